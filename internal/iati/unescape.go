package iati

import (
	"unicode/utf8"
)

// unescaped gives a part of the buffer with references resolved and line ends as \n; in an
// attribute value white space becomes a blank each, as XML 1.0 (3.3.3) wants it.
func (s *scanner) unescaped(p span, escaped, value bool) string {
	b := s.bytes(p)
	if !escaped {
		return string(b)
	}
	return string(appendUnescaped(make([]byte, 0, len(b)), b, value))
}

// appendUnescaped does the work of unescaped on bytes that were checked before.
func appendUnescaped(to, b []byte, value bool) []byte {
	for i := 0; i < len(b); {
		switch c := b[i]; {
		case c == '&':
			r, n := resolve(b[i:])
			to = utf8.AppendRune(to, r)
			i += max(n, 1)
			continue
		case c == '\r':
			if i+1 < len(b) && b[i+1] == '\n' {
				i++
			}
			c = '\n'
			fallthrough
		case c == '\n' || c == '\t':
			if value {
				c = ' '
			}
			to = append(to, c)
		default:
			to = append(to, c)
		}
		i++
	}
	return to
}
