package schema

import "bytes"

// isAddress reports whether s is a URI reference (RFC 3986) after signs that a URI must escape are
// taken as escaped, blanks among them, as XML Schema asks.
func isAddress(s []byte) bool {
	if len(s) == 0 {
		return true
	}
	for i, c := range s {
		if c == '%' && (i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2])) {
			return false
		}
	}
	s, fragment, _ := bytes.Cut(s, []byte("#"))
	if !onlyPath(fragment, "?/:@") {
		return false
	}
	s, query, _ := bytes.Cut(s, []byte("?"))
	if !onlyPath(query, "?/:@") {
		return false
	}
	if n := scheme(s); n > 0 {
		s = s[n+1:]
	} else if first, _, _ := bytes.Cut(s, []byte("/")); bytes.IndexByte(first, ':') >= 0 {
		return false // "1:2" is neither a scheme nor a relative path
	}
	if after, found := bytes.CutPrefix(s, []byte("//")); found {
		authority, path := after, []byte(nil)
		if i := bytes.IndexByte(after, '/'); i >= 0 {
			authority, path = after[:i], after[i:]
		}
		return isAuthority(authority) && onlyPath(path, "/:@")
	}
	return onlyPath(s, "/:@")
}

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

// scheme gives the length of the scheme before a colon, 0 when there is none.
func scheme(s []byte) int {
	for i, c := range s {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		switch {
		case letter, i > 0 && (isDigit(c) || c == '+' || c == '-' || c == '.'):
		case c == ':':
			return i
		default:
			return 0
		}
	}
	return 0
}

// isAuthority checks user, host and port; a host in brackets is not looked into.
func isAuthority(s []byte) bool {
	if i := bytes.LastIndexByte(s, '@'); i >= 0 {
		if !onlyPath(s[:i], ":") {
			return false
		}
		s = s[i+1:]
	}
	if len(s) > 0 && s[0] == '[' {
		end := bytes.IndexByte(s, ']')
		if end < 0 {
			return false
		}
		s = s[end+1:]
	} else if i := bytes.IndexByte(s, ':'); i >= 0 {
		if !onlyPath(s[:i], "") {
			return false
		}
		s = s[i:]
	} else {
		return onlyPath(s, "")
	}
	return len(s) == 0 || s[0] == ':' && digits(s[1:]) == len(s)-1
}

// onlyPath: unreserved signs, sub-delimiters, escapes, signs that are taken as escaped, and more.
func onlyPath(s []byte, more string) bool {
	for _, c := range s {
		if (c == '[' || c == ']' || c == '#' || c == '?' || c == '/' || c == ':' || c == '@') && bytes.IndexByte([]byte(more), c) < 0 {
			return false
		}
	}
	return true
}
