package sdmx

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
)

// jsonScanner reads JSON part by part and knows the place of each.
type jsonScanner struct {
	dec   *json.Decoder
	lines *lineReader
	depth int
}

// lineReader remembers where the lines that were read ahead begin.
type lineReader struct {
	in     io.Reader
	offset int64
	starts []int64 // of lines that begin behind the place asked last
	line   int
	begin  int64 // of the current line
}

func (l *lineReader) Read(p []byte) (int, error) {
	n, err := l.in.Read(p)
	for rest, at := p[:n], l.offset; ; {
		i := bytes.IndexByte(rest, '\n')
		if i < 0 {
			break
		}
		at += int64(i) + 1
		rest = rest[i+1:]
		l.starts = append(l.starts, at)
	}
	l.offset += int64(n)
	return n, err
}

func (l *lineReader) at(offset int64) place {
	n := 0
	for n < len(l.starts) && l.starts[n] <= offset {
		l.line, l.begin = l.line+1, l.starts[n]
		n++
	}
	l.starts = append(l.starts[:0], l.starts[n:]...)
	return place{l.line + 1, int(offset-l.begin) + 1}
}

func newJSONScanner(in *bufio.Reader) *jsonScanner {
	lines := &lineReader{in: in}
	return &jsonScanner{dec: json.NewDecoder(lines), lines: lines}
}

func (s *jsonScanner) at() place { return s.lines.at(s.dec.InputOffset()) }

func (s *jsonScanner) fault(err error) error {
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return refusal(err, s.at(), "well-formed JSON")
}

func (s *jsonScanner) token() (json.Token, error) {
	t, err := s.dec.Token()
	if err != nil {
		return nil, s.fault(err)
	}
	return t, nil
}

// object calls each for the name of every member; each must read the value. Each name may stand
// once, unless repeated is true.
func (s *jsonScanner) object(repeated bool, each func(name string) error) error {
	t, err := s.token()
	if err != nil {
		return err
	}
	if t == nil {
		return nil // null
	}
	if t != json.Delim('{') {
		return refuse("sdmx-content", s.at(), "", "an object", "an object is expected here")
	}
	if s.depth++; s.depth > maxDepth {
		return refuse("sdmx-limit", s.at(), "", "at most 64 levels", "the message is nested too deep")
	}
	seen := map[string]bool{}
	for s.dec.More() {
		t, err := s.token()
		if err != nil {
			return err
		}
		name, ok := t.(string)
		if !ok {
			return refuse("sdmx-content", s.at(), "", "a name", "a member without name")
		}
		if !repeated {
			if seen[name] {
				return refuse("sdmx-content", s.at(), name, "each name once", "the member %q stands twice", short(name))
			}
			seen[name] = true
		}
		if err := each(name); err != nil {
			return err
		}
	}
	s.depth--
	_, err = s.token()
	return err
}

// array calls each before every element.
func (s *jsonScanner) array(each func(i int) error) error {
	t, err := s.token()
	if err != nil {
		return err
	}
	if t == nil {
		return nil
	}
	if t != json.Delim('[') {
		return refuse("sdmx-content", s.at(), "", "an array", "an array is expected here")
	}
	for i := 0; s.dec.More(); i++ {
		if err := each(i); err != nil {
			return err
		}
	}
	_, err = s.token()
	return err
}

// skip reads one value without keeping it.
func (s *jsonScanner) skip() error {
	depth := 0
	for {
		t, err := s.token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			if depth++; depth > maxDepth {
				return refuse("sdmx-limit", s.at(), "", "at most 64 levels", "the message is nested too deep")
			}
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}

// into decodes one value.
func (s *jsonScanner) into(v any) error {
	if err := s.dec.Decode(v); err != nil {
		return s.fault(err)
	}
	return nil
}
