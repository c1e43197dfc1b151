package sdmx

import (
	"bytes"
	"encoding/xml"
	"strings"
	"unicode/utf8"
)

// Most of a message are observations without anything in them: <Obs A="1" B="2"/>. Those of the plain
// sort, without references to signs and in ASCII names, are read here from the buffer; whatever is
// unusual, or wrong, is left to encoding/xml, which then finds the message where it stands.

// simple reads an element of a name if it comes next and is of the plain sort. The element that it
// gives holds for the call that follows it only.
func (s *mlScanner) simple(name string) (xml.StartElement, bool) {
	if s.unread || s.size.closes() {
		return xml.StartElement{}, false
	}
	for wanted := 1 << 10; ; wanted *= 8 {
		ahead, err := s.size.in.Peek(max(wanted, s.size.in.Buffered()))
		n, cut := s.scanSimple(ahead, name)
		switch {
		case n > 0:
			s.pass(ahead[:n])
			return s.element, true
		case !cut || err != nil:
			return xml.StartElement{}, false
		}
	}
}

// pass takes what was read out of the buffer and remembers that encoding/xml did not see it.
func (s *mlScanner) pass(read []byte) {
	line, column := s.xml.InputPos()
	if s.passed.line != line {
		s.passed.line, s.passed.columns = line, 0
	}
	if last := bytes.LastIndexByte(read, '\n'); last >= 0 {
		s.passed.lines += bytes.Count(read, []byte{'\n'})
		s.passed.columns = len(read) - last - column
	} else {
		s.passed.columns += len(read)
	}
	_, _ = s.size.in.Discard(len(read)) // it was just seen
}

// passed is what encoding/xml did not see: lines, and the signs by which the column in one of its own
// lines differs.
type passed struct {
	lines, line, columns int
}

// scanSimple gives the length of a simple element with the blanks before it, 0 when there is none. cut
// says that more must be read to know.
func (s *mlScanner) scanSimple(text []byte, name string) (n int, cut bool) {
	at := skipBlank(text, 0)
	if at == len(text) {
		return 0, true
	}
	if text[at] != '<' {
		return 0, false
	}
	end := at + 1
	for end < len(text) && nameSign[text[end]] {
		end++
	}
	if end == len(text) {
		return 0, true
	}
	if _, local, _ := cutPrefix(text[at+1 : end]); string(local) != name {
		return 0, false
	}
	s.spots = s.spots[:0]
	for at = end; ; {
		begin := skipBlank(text, at)
		if begin+1 >= len(text) {
			return 0, true
		}
		if text[begin] == '/' {
			if text[begin+1] != '>' {
				return 0, false
			}
			if !s.take(text[:begin]) {
				return 0, false
			}
			return begin + 2, false
		}
		var spot attributeSpot
		if spot, at, cut = scanAttribute(text, begin); cut || at == 0 || begin == end || len(s.spots) == maxComponents {
			return 0, cut
		}
		if end = at; text[begin-1] > ' ' {
			return 0, false // no blank before it
		}
		s.spots = append(s.spots, spot)
	}
}

// attributeSpot is where name and value of an attribute stand.
type attributeSpot struct{ name, nameEnd, value, valueEnd int }

// scanAttribute reads name="value"; at is 0 when it is not of the plain sort.
func scanAttribute(text []byte, begin int) (spot attributeSpot, at int, cut bool) {
	at = begin
	for at < len(text) && nameSign[text[at]] {
		at++
	}
	if at+1 >= len(text) {
		return spot, 0, true
	}
	if at == begin || text[at] != '=' || text[at+1] != '"' {
		return spot, 0, false
	}
	spot = attributeSpot{name: begin, nameEnd: at, value: at + 2}
	size := bytes.IndexByte(text[spot.value:], '"')
	if size < 0 {
		return spot, 0, true
	}
	spot.valueEnd = spot.value + size
	if !plainValue(text[spot.value:spot.valueEnd]) {
		return spot, 0, false
	}
	return spot, spot.valueEnd + 1, false
}

// plainValue tells whether a value means what it says: no reference, no sign that XML has no place for.
func plainValue(value []byte) bool {
	ascii := true
	for _, c := range value {
		if c < ' ' || c == '&' || c == '<' {
			return false
		}
		ascii = ascii && c < utf8.RuneSelf
	}
	return ascii || utf8.Valid(value) && !bytes.Contains(value, []byte("\uFFFE")) && !bytes.Contains(value, []byte("\uFFFF"))
}

var nameSign = func() (signs [256]bool) {
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-:") {
		signs[c] = true
	}
	return signs
}()

func skipBlank(text []byte, at int) int {
	for at < len(text) && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r') {
		at++
	}
	return at
}

func cutPrefix(name []byte) (prefix, local []byte, prefixed bool) {
	if prefix, local, prefixed = bytes.Cut(name, []byte{':'}); prefixed {
		return prefix, local, true
	}
	return nil, name, false
}

// take makes the element of the attributes that were found; false when an attribute stands twice or a
// name is none. The texts share one piece of memory.
func (s *mlScanner) take(text []byte) bool {
	all := string(text)
	attributes := s.element.Attr[:0]
	for i, spot := range s.spots {
		name := all[spot.name:spot.nameEnd]
		if i < len(s.names) && s.names[i] == name {
			name = s.names[i] // the same memory for all
		} else {
			s.names = append(s.names[:min(i, len(s.names))], strings.Clone(name))
			name = s.names[i]
		}
		a := xml.Attr{Name: xml.Name{Local: name}, Value: all[spot.value:spot.valueEnd]}
		if prefix, local, prefixed := strings.Cut(name, ":"); prefixed {
			a.Name = xml.Name{Space: prefix, Local: local}
		}
		if c := a.Name.Local; c == "" || c[0] == '-' || c[0] >= '0' && c[0] <= '9' || strings.Contains(c, ":") || a.Name.Space == "" && a.Name.Local != name {
			return false
		}
		for _, other := range attributes {
			if other.Name.Local == a.Name.Local && (other.Name.Space != "") == (a.Name.Space != "") {
				return false // perhaps twice
			}
		}
		attributes = append(attributes, a)
	}
	s.element.Attr = attributes
	return true
}
