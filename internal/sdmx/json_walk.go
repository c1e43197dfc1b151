package sdmx

import (
	"bytes"
	"encoding/json"
)

// members calls each for the name of every member; each must read the value before it reads the name
// no more.
func (s *jsonScanner) members(each func(name []byte) error) error {
	if s.peek() == 'n' {
		return s.null()
	}
	if s.peek() != '{' {
		return refuse("sdmx-content", s.here(), "", "an object", "an object is expected here")
	}
	s.pos++
	if s.depth++; s.depth > maxDepth {
		return refuse("sdmx-limit", s.here(), "", "at most 64 levels", "the message is nested too deep")
	}
	if s.peek() != '}' {
		for {
			if s.peek() != '"' {
				return s.fault("a name is expected")
			}
			name, err := s.raw(maxText)
			if err != nil {
				return err
			}
			spot := s.spot
			// the name stands in the window until the value is read
			if name, err = s.plain(name); err != nil {
				return err
			}
			if err := s.colon(name, spot, each); err != nil {
				return err
			}
			if s.peek() != ',' {
				break
			}
			s.pos++
		}
	}
	s.depth--
	return s.one('}', "a comma or the end of the object")
}

// colon passes over what stands between name and value.
func (s *jsonScanner) colon(name []byte, spot place, each func(name []byte) error) error {
	if s.pos == len(s.window) || s.window[s.pos] != ':' { // blanks before it: reading on may move the window
		name = bytes.Clone(name)
		if s.peek() != ':' {
			return s.fault("a colon is expected")
		}
	}
	s.pos++
	s.spot = spot
	return each(name)
}

// plain gives what a text within quotes says.
func (s *jsonScanner) plain(quoted []byte) ([]byte, error) {
	inside := quoted[1 : len(quoted)-1]
	if bytes.IndexByte(inside, '\\') < 0 {
		return inside, nil
	}
	var text string
	if err := json.Unmarshal(quoted, &text); err != nil {
		return nil, s.fault(err.Error())
	}
	return []byte(text), nil
}

func (s *jsonScanner) null() error {
	raw, err := s.raw(maxText)
	if err == nil && string(raw) != "null" {
		err = s.fault("a value is expected")
	}
	return err
}

// object calls each for the name of every member; each must read the value. Each name may stand
// once.
func (s *jsonScanner) object(each func(name string) error) error {
	seen := map[string]bool{}
	return s.members(func(raw []byte) error {
		name := string(raw)
		if seen[name] {
			return refuse("sdmx-content", s.at(), name, "each name once", "the member %q stands twice", short(name))
		}
		seen[name] = true
		return each(name)
	})
}

// array calls each before every element.
func (s *jsonScanner) array(each func(i int) error) error {
	if s.peek() == 'n' {
		return s.null()
	}
	if s.peek() != '[' {
		return refuse("sdmx-content", s.here(), "", "an array", "an array is expected here")
	}
	s.pos++
	s.spot = s.here()
	if s.depth++; s.depth > maxDepth {
		return refuse("sdmx-limit", s.here(), "", "at most 64 levels", "the message is nested too deep")
	}
	if s.peek() != ']' {
		for i := 0; ; i++ {
			if err := each(i); err != nil {
				return err
			}
			if s.peek() != ',' {
				break
			}
			s.pos++
		}
	}
	s.depth--
	return s.one(']', "a comma or the end of the array")
}

// skip reads one value without keeping it.
func (s *jsonScanner) skip() error {
	switch s.peek() {
	case '{':
		return s.members(func([]byte) error { return s.skip() })
	case '[':
		return s.array(func(int) error { return s.skip() })
	}
	raw, err := s.raw(maxText)
	if err == nil && !json.Valid(raw) {
		err = s.fault("no value of JSON")
	}
	return err
}

// into decodes one value.
func (s *jsonScanner) into(v any) error {
	raw, err := s.raw(maxDescription)
	if err != nil {
		return err
	}
	return s.decode(raw, v)
}

func (s *jsonScanner) decode(raw []byte, v any) error {
	if err := json.Unmarshal(raw, v); err != nil {
		return s.fault(err.Error())
	}
	return nil
}
