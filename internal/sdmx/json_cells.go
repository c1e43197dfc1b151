package sdmx

import (
	"encoding/json"
	"strings"
)

// list reads an array and gives its elements as they are printed; none for null. They share one piece
// of memory, and the slice is used again by the next call.
func (s *jsonScanner) list() ([]string, error) {
	raw, err := s.raw(maxText)
	if err != nil {
		return nil, err
	}
	text := string(raw)
	if text == "null" {
		return nil, nil
	}
	if text[0] != '[' {
		return nil, s.fault("an array is expected")
	}
	s.cells = s.cells[:0]
	rest := blankless(text[1:])
	if rest == "]" {
		return s.cells, nil
	}
	for {
		n := lengthOf(rest)
		if n == 0 {
			return nil, s.fault("no value of JSON")
		}
		s.cells = append(s.cells, rest[:n])
		switch rest = blankless(rest[n:]); {
		case rest == "]":
			return s.cells, nil
		case rest == "" || rest[0] != ',':
			return nil, s.fault("a comma or the end of the array is expected")
		}
		rest = blankless(rest[1:])
	}
}

func blankless(text string) string {
	for text != "" && (text[0] == ' ' || text[0] == '\n' || text[0] == '\t' || text[0] == '\r') {
		text = text[1:]
	}
	return text
}

// lengthOf gives the length of the value with which a text begins; 0 when it begins with none.
func lengthOf(text string) int {
	if text == "" {
		return 0
	}
	n, depth := 0, 0
	for n < len(text) {
		c := text[n]
		switch {
		case c == '"':
			end := quoteEnd(text[n:])
			if end == 0 {
				return 0
			}
			if n += end; depth > 0 {
				continue
			}
			return checked(text[:n])
		case c == '[' || c == '{':
			depth++
		case (c == ']' || c == '}') && depth > 0:
			if depth--; depth == 0 {
				return checked(text[:n+1])
			}
		case depth == 0 && !scalarSign[c]:
			return checked(text[:n])
		}
		n++
	}
	return 0
}

// quoteEnd gives the length of a text within quotes.
func quoteEnd(text string) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}

// checked gives the length of a value if it is one.
func checked(value string) int {
	if plainNumber(value) || value == "null" || plainQuoted(value) || json.Valid([]byte(value)) {
		return len(value)
	}
	return 0
}

// plainNumber tells whether a value is digits with at most a sign before and a point within; others
// may be numbers too.
func plainNumber(value string) bool {
	value = strings.TrimPrefix(value, "-")
	whole, part, pointed := strings.Cut(value, ".")
	return whole != "" && digits(whole) && (len(whole) == 1 || whole[0] != '0') && (!pointed || part != "" && digits(part))
}

// plainQuoted tells whether a text within quotes says what stands there.
func plainQuoted(value string) bool {
	if len(value) < 2 || value[0] != '"' {
		return false
	}
	for i := 1; i < len(value)-1; i++ {
		if c := value[i]; c < ' ' || c >= 0x7F || c == '\\' || c == '"' {
			return false
		}
	}
	return value[len(value)-1] == '"'
}
