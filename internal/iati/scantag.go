package iati

import (
	"bytes"
	"unicode/utf8"
)

// startTag scans <name attr="value" ...> or <name .../>.
func (s *scanner) startTag(b []byte) (kind, int, error) {
	s.prefixed = false
	i, err := s.nameAt(b, 1)
	if err != nil {
		return 0, 0, err
	}
	if s.rooted && len(s.open) == 0 {
		return 0, 0, s.malformed(s.start, "a second root element <%s>; a file has one", b[1:i])
	}
	s.name = span{s.start + 1, s.start + i}
	s.attrs = s.attrs[:0]
	closing := false
	for done := false; !done; {
		from := skipBlank(b, i)
		if from+1 >= len(b) && (from >= len(b) || b[from] == '/') {
			return 0, 0, errMore
		}
		switch {
		case b[from] == '>':
			i, done = from+1, true
		case b[from] == '/' && b[from+1] == '>':
			i, done, closing = from+2, true, true
		case from == i:
			return 0, 0, s.malformed(s.start+i, "in the tag <%s>: found %q where white space, \">\" or \"/>\" is expected", s.bytes(s.name), b[i:i+1])
		default:
			if i, err = s.attribute(b, from); err != nil {
				return 0, 0, err
			}
		}
	}
	return startTag, i, s.enter(closing)
}

// enter opens the element whose start tag was scanned.
func (s *scanner) enter(closing bool) error {
	if len(s.open) >= s.limits.MaxDepth {
		return s.refuse(s.start, "limit-depth", "elements are nested deeper than %d levels", s.limits.MaxDepth)
	}
	s.push(s.bytes(s.name))
	s.rooted = true
	s.closing = closing
	switch {
	case s.prefixed && s.fragment:
		s.notePrefixes()
	case s.prefixed:
		return s.checkPrefixes()
	}
	return nil
}

// attribute scans one attribute at b[i] and returns where it ends.
func (s *scanner) attribute(b []byte, i int) (int, error) {
	end, err := s.nameAt(b, i)
	if err != nil {
		return 0, err
	}
	a := attribute{name: span{s.start + i, s.start + end}}
	i = skipBlank(b, end)
	if i >= len(b) {
		return 0, errMore
	}
	if b[i] != '=' {
		return 0, s.malformed(s.start+i, "attribute %q has no value", s.bytes(a.name))
	}
	i = skipBlank(b, i+1)
	if i >= len(b) {
		return 0, errMore
	}
	if b[i] != '"' && b[i] != '\'' {
		return 0, s.malformed(s.start+i, "the value of attribute %q is not quoted", s.bytes(a.name))
	}
	end, a.escaped, err = s.attributeValue(b, i)
	if err != nil {
		return 0, err
	}
	a.value = span{s.start + i + 1, s.start + end}
	return end + 1, s.keep(a)
}

// keep adds an attribute to those of the tag.
func (s *scanner) keep(a attribute) error {
	name := s.bytes(a.name)
	for _, other := range s.attrs {
		if bytes.Equal(s.bytes(other.name), name) {
			return s.malformed(a.name.from, "attribute %q is given twice", name)
		}
	}
	if len(s.attrs) >= s.limits.MaxAttributes {
		return s.refuse(s.start, "limit-attributes", "<%s> has more than %d attributes", s.bytes(s.name), s.limits.MaxAttributes)
	}
	if string(name) == "xmlns" {
		s.prefixed = true
	}
	s.attrs = append(s.attrs, a)
	return nil
}

// attributeValue scans a quoted value whose opening quote is b[i] and returns the place of the
// closing one.
func (s *scanner) attributeValue(b []byte, i int) (end int, escaped bool, err error) {
	quote := b[i]
	for i++; ; {
		for i < len(b) && class[b[i]]&plainValue != 0 {
			i++
		}
		if i >= len(b) {
			return 0, false, errMore
		}
		switch c := b[i]; {
		case c == quote:
			return i, escaped, nil
		case c == '"' || c == '\'':
			i++
		case c == '\t' || c == '\n' || c == '\r':
			escaped = true
			i++
		case c == '<':
			return 0, false, s.malformed(s.start+i, "\"<\" inside an attribute value; a closing quote may be missing")
		case c == '&':
			escaped = true
			if i, err = s.reference(b, i); err != nil {
				return 0, false, err
			}
		default:
			if i, err = s.character(b, i); err != nil {
				return 0, false, err
			}
		}
	}
}

// endTag scans </name> and closes the element.
func (s *scanner) endTag(b []byte) (kind, int, error) {
	if len(s.open) == 0 {
		return 0, 0, s.malformed(s.start, "an end tag without a start tag")
	}
	want := s.top()
	i := 2 + len(want)
	if len(b) <= i && !s.eof {
		return 0, 0, errMore
	}
	if len(b) <= i || !bytes.Equal(b[2:i], want) || (b[i] != '>' && class[b[i]]&blank == 0) {
		end, err := s.nameAt(b, 2)
		if err != nil {
			return 0, 0, err
		}
		return 0, 0, s.malformed(s.start, "</%s> closes <%s>", b[2:end], want)
	}
	i = skipBlank(b, i)
	if i >= len(b) {
		return 0, 0, errMore
	}
	if b[i] != '>' {
		return 0, 0, s.malformed(s.start+i, "the end tag </%s> holds more than a name", want)
	}
	s.pop()
	return endTag, i + 1, nil
}

// nameAt scans a qualified name at b[i] and returns where it ends. It notes prefixes.
func (s *scanner) nameAt(b []byte, i int) (int, error) {
	from, colon := i, -1
	for i < len(b) {
		if i > from && i != colon+1 { // no first character any more
			for i < len(b) && class[b[i]]&nameByte != 0 {
				i++
			}
			if i == len(b) {
				break
			}
		}
		c := b[i]
		switch {
		case c == ':':
			if colon >= 0 || i == from {
				return 0, s.malformed(s.start+i, "a colon in the wrong place of a name")
			}
			colon = i
			i++
		case class[c]&nameFirst != 0:
			i++
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRune(b[i:])
			if r == utf8.RuneError && !utf8.FullRune(b[i:]) && !s.eof {
				return 0, errMore
			}
			first := i == from || i == colon+1
			if !isNameRune(r, first) {
				return 0, s.malformed(s.start+i, "%q cannot stand in a name", r)
			}
			i += n
		default:
			return s.nameEnd(b, from, colon, i)
		}
	}
	return 0, errMore
}

// nameEnd checks what nameAt found: a name from from to i.
func (s *scanner) nameEnd(b []byte, from, colon, i int) (int, error) {
	if i == from || i == colon+1 {
		return 0, s.malformed(s.start+i, "found %q where a name is expected", b[i:i+1])
	}
	if colon >= 0 && string(b[from:colon]) != "xml" {
		s.prefixed = true
	}
	return i, nil
}

// skipBlank returns the place of the first byte from i on that is not white space.
func skipBlank(b []byte, i int) int {
	for i < len(b) && class[b[i]]&blank != 0 {
		i++
	}
	return i
}
