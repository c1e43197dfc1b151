package sdmx

import (
	"bytes"
	"encoding/json"
)

// text gives the value of a component that a message lists.
func (v *jsonValue) text() (Value, bool) {
	if v == nil {
		return Value{}, false
	}
	if v.ID != "" {
		return Value{Text: v.ID}, true
	}
	if len(v.Value) > 0 {
		return literal(string(v.Value))
	}
	if len(v.Many) > 0 {
		return literal(string(v.Many))
	}
	if v.Start != "" {
		return Value{Text: v.Start}, true
	}
	return Value{Text: v.Name}, v.Name != ""
}

// literal reads a value that stands where it is used, printed as JSON; false for null.
func literal(printed string) (Value, bool) {
	switch printed[0] {
	case 'n':
		return Value{}, false
	case '"':
		if plainQuoted(printed) {
			return Value{Text: printed[1 : len(printed)-1]}, len(printed) > 2
		}
		var s string
		err := json.Unmarshal([]byte(printed), &s)
		return Value{Text: s}, err == nil && s != ""
	case '[':
		var list []json.RawMessage
		if json.Unmarshal([]byte(printed), &list) != nil || len(list) == 0 {
			return Value{}, false
		}
		var v Value
		for _, item := range list {
			if one, ok := literal(string(item)); ok {
				v.Parts = append(v.Parts, one.parts()...)
			}
		}
		v = v.canonical()
		return v, v.Text != ""
	case '{':
		return languages([]byte(printed))
	}
	return Value{Text: printed}, true
}

func (v Value) parts() []Part {
	if v.Parts != nil {
		return v.Parts
	}
	return []Part{{Text: v.Text}}
}

// languages reads a text in several languages, in the order of the message.
func languages(raw json.RawMessage) (Value, bool) {
	d := json.NewDecoder(bytes.NewReader(raw))
	_, _ = d.Token() // the opening brace
	var v Value
	for d.More() {
		lang, err := d.Token()
		if err != nil {
			return Value{}, false
		}
		name, _ := lang.(string)
		var text string
		if d.Decode(&text) != nil {
			return Value{Text: string(raw)}, true // no text in languages: kept as it is
		}
		v.Parts = append(v.Parts, Part{Lang: name, Text: text})
	}
	v = v.canonical()
	return v, v.Text != ""
}
