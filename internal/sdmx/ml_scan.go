package sdmx

import (
	"bufio"
	"encoding/xml"
	"io"
	"strings"
)

// mlScanner reads XML with the strictness that encoding/xml leaves out: one root, no document
// type, no attribute twice, limits.
type mlScanner struct {
	xml    *xml.Decoder
	depth  int
	rooted bool
	size   *countingReader

	unread  bool // encoding/xml holds a sign that it has looked at
	passed  passed
	element xml.StartElement // that was read without it
	spots   []attributeSpot
	names   []string // of the attributes of the last such element
}

// countingReader refuses a token that is too long: it is asked for more than the limit since the
// last mark.
type countingReader struct {
	in    *bufio.Reader
	count int64
	limit int64
	last  [2]byte // that were read
}

// closes tells whether a tag was read that closes its element itself.
func (c *countingReader) closes() bool { return c.last == [2]byte{'/', '>'} }

func (c *countingReader) ReadByte() (byte, error) {
	if c.count > c.limit {
		return 0, refuse("sdmx-limit", place{1, 1}, "", "at most 1 MiB", "an element or a text is longer than 1 MiB")
	}
	c.count++
	b, err := c.in.ReadByte()
	c.last = [2]byte{c.last[1], b}
	return b, err
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.count += int64(n)
	return n, err
}

func newMLScanner(in *bufio.Reader) *mlScanner {
	counted := &countingReader{in: in, limit: maxText}
	d := xml.NewDecoder(counted)
	d.CharsetReader = func(name string, _ io.Reader) (io.Reader, error) {
		return nil, refuse("sdmx-encoding", place{1, 1}, name, "UTF-8", "the message is in %s: only UTF-8 is read", short(name))
	}
	return &mlScanner{xml: d, size: counted}
}

func (s *mlScanner) at() place {
	line, column := s.xml.InputPos()
	if line == s.passed.line {
		column += s.passed.columns
	}
	return place{line + s.passed.lines, max(column, 1)}
}

// next gives the next start or end of an element, or a text; nil at the end of the message.
func (s *mlScanner) next() (xml.Token, error) {
	for {
		s.size.limit = s.size.count + maxText
		token, err := s.xml.Token()
		_, text := token.(xml.CharData)
		s.unread = text
		if err == io.EOF {
			if !s.rooted {
				return nil, refuse("sdmx-not-well-formed", s.at(), "", "an element", "the message has no element")
			}
			return nil, nil
		}
		if err != nil {
			return nil, s.fault(err)
		}
		switch t := token.(type) {
		case xml.Directive:
			return nil, refuse("sdmx-doctype", s.at(), string(t), "no document type", "a document type could bring foreign text in: remove it")
		case xml.StartElement:
			return t, s.start(t)
		case xml.EndElement:
			s.depth--
			s.size.last = [2]byte{} // what closes itself is closed
			return t, nil
		case xml.CharData:
			if s.depth > 0 {
				return t, nil
			}
			if strings.TrimSpace(string(t)) != "" {
				return nil, refuse("sdmx-not-well-formed", s.at(), string(t), "one root element", "text stands outside of the root element")
			}
		}
	}
}

func (s *mlScanner) start(t xml.StartElement) error {
	if s.depth == 0 && s.rooted {
		return refuse("sdmx-not-well-formed", s.at(), t.Name.Local, "one root element", "a second root element begins")
	}
	s.rooted = true
	if s.depth++; s.depth > maxDepth {
		return refuse("sdmx-limit", s.at(), t.Name.Local, "at most 64 levels", "elements are nested too deep")
	}
	if len(t.Attr) > maxComponents {
		return refuse("sdmx-limit", s.at(), t.Name.Local, "at most 2,000 attributes", "the element has %d attributes", len(t.Attr))
	}
	for i, a := range t.Attr {
		for _, b := range t.Attr[:i] {
			if a.Name == b.Name {
				return refuse("sdmx-not-well-formed", s.at(), a.Name.Local, "each attribute once", "the attribute %s stands twice", a.Name.Local)
			}
		}
	}
	return nil
}

func (s *mlScanner) fault(err error) error {
	if fault, ok := refusal(err, s.at(), "well-formed XML").(*RefusedError); ok && fault.Finding.Rule != "sdmx-not-well-formed" {
		at := s.at()
		fault.Finding.Line, fault.Finding.Column = at.line, at.column
		return fault
	}
	said := strings.TrimPrefix(err.Error(), "XML syntax error on ")
	return refuse("sdmx-not-well-formed", s.at(), said, "well-formed XML", "the message breaks off or is not well-formed: %s", said)
}

// children calls each for every child element until the element that was begun ends. each must
// read its element to the end.
func (s *mlScanner) children(each func(xml.StartElement) error) error {
	for {
		token, err := s.next()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := each(t); err != nil {
				return err
			}
		case xml.EndElement, nil:
			return nil
		case xml.CharData:
			if text := strings.TrimSpace(string(t)); text != "" {
				return refuse("sdmx-content", s.at(), text, "elements", "text stands where only elements may")
			}
		}
	}
}

// skip reads the element that was begun to its end.
func (s *mlScanner) skip() error {
	for depth := 1; depth > 0; {
		token, err := s.next()
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// text reads the text of the element that was begun, without that of elements within.
func (s *mlScanner) text() (string, error) {
	var b strings.Builder
	for {
		token, err := s.next()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := s.skip(); err != nil {
				return "", err
			}
		case xml.CharData:
			if b.Len()+len(t) > maxText {
				return "", refuse("sdmx-limit", s.at(), "", "at most 1 MiB", "a text is longer than 1 MiB")
			}
			b.Write(t)
		default:
			return b.String(), nil
		}
	}
}

// attr gives an attribute by its local name; unqualified wins.
func attr(t xml.StartElement, name string) string {
	found := ""
	for _, a := range t.Attr {
		if a.Name.Local == name {
			if a.Name.Space == "" {
				return a.Value
			}
			found = a.Value
		}
	}
	return found
}
