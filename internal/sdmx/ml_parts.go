package sdmx

import (
	"encoding/xml"
	"strings"

	"resolute"
)

// components reads what stands within a group or observation: values with parts (3.0).
func (r *mlReader) components(rec *Record) error {
	return r.children(func(t xml.StartElement) error { return r.within(rec, t) })
}

func (r *mlReader) within(rec *Record, t xml.StartElement) error {
	switch t.Name.Local {
	case "Comp":
		return r.component(rec, t)
	case "Annotations", "Metadata":
		r.tellSkipped(t.Name.Local)
	}
	return r.skip()
}

func (r *mlReader) tellSkipped(name string) {
	if r.told["/"+name] {
		return
	}
	r.told["/"+name] = true
	r.handler.finding(finding("sdmx-not-kept", resolute.SeverityNote, r.at(), name, "", "%s of data are not kept", name))
}

// truncated tells of a message of 2.0 whose header says that it is cut off.
func (r *mlReader) truncated() error {
	at := r.at()
	var said string
	err := r.textInto(&said)
	if said == "true" || said == "1" {
		r.handler.finding(incomplete(at, "Truncated"))
	}
	return err
}

// footer tells of the errors and warnings that the sender puts behind the data.
func (r *mlReader) footer() error {
	return r.children(func(t xml.StartElement) error {
		if t.Name.Local != "Message" || strings.EqualFold(attr(t, "severity"), "information") {
			return r.skip()
		}
		at, said := r.at(), attr(t, "code")
		texts := 0
		err := r.children(func(xml.StartElement) error {
			text, err := r.text()
			if texts++; texts == 1 { // more are the same in other languages
				said = strings.TrimSpace(said + " " + strings.TrimSpace(text))
			}
			return err
		})
		if err == nil {
			r.handler.finding(incomplete(at, said))
		}
		return err
	})
}

// component reads a component with several values or languages.
func (r *mlReader) component(rec *Record, comp xml.StartElement) error {
	v := Value{ID: attr(comp, "id")}
	err := r.children(func(t xml.StartElement) error {
		if t.Name.Local != "Value" {
			return r.skip()
		}
		return r.part(&v, t)
	})
	if err != nil || len(v.Parts) == 0 {
		return err
	}
	if !IsID(v.ID) {
		return refuse("sdmx-content", r.at(), v.ID, "the id of a component", "a component has no name")
	}
	v = v.canonical()
	if r.roleOf(v.ID, attributeRole) == measureRole {
		rec.Measures = append(rec.Measures, v)
	} else {
		rec.Attributes = append(rec.Attributes, v)
	}
	return nil
}

// part reads one value of a component: text, or texts by language within.
func (r *mlReader) part(v *Value, value xml.StartElement) error {
	var b strings.Builder
	nested := false
	for {
		token, err := r.next()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			nested = true
			text, err := r.text()
			if err != nil {
				return err
			}
			v.Parts = append(v.Parts, Part{Lang: attr(t, "lang"), Text: text})
		case xml.CharData:
			if b.Len()+len(t) > maxText {
				return refuse("sdmx-limit", r.at(), "", "at most 1 MiB", "a text is longer than 1 MiB")
			}
			b.Write(t)
		default:
			if !nested {
				v.Parts = append(v.Parts, Part{Lang: attr(value, "lang"), Text: b.String()})
			}
			return nil
		}
	}
}

// printed joins the parts of a value as SDMX-CSV does.
func (v Value) printed() string {
	var b strings.Builder
	for i, p := range v.Parts {
		if i > 0 {
			b.WriteByte(';')
		}
		text := p.Text
		if p.Lang != "" {
			text = p.Lang + ":" + text
		}
		if strings.ContainsAny(text, `;"`) || text == "" {
			text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
		}
		b.WriteString(text)
	}
	return b.String()
}
