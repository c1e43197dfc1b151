package iati

import (
	"bytes"
	"strconv"
	"unicode"
	"unicode/utf8"
)

// The classes of bytes; one byte may be of several.
const (
	plainText  = 1 << iota // needs no look inside text
	plainValue             // needs no look inside an attribute value
	anyText                // an allowed ASCII character
	blank                  // white space
	nameFirst              // may begin a name
	nameByte               // may stand in a name; the colon is told apart
)

// class gives the classes of each byte.
var class = classes()

func classes() (table [256]uint8) {
	for c := range 256 {
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			table[c] |= anyText | blank | plainText
		case c > ' ' && c < utf8.RuneSelf:
			table[c] |= anyText | plainText | plainValue
		}
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
		if letter {
			table[c] |= nameFirst
		}
		if letter || c >= '0' && c <= '9' || c == '-' || c == '.' {
			table[c] |= nameByte
		}
	}
	table[' '] |= plainValue
	for _, c := range []byte("<&]\r") {
		table[c] &^= plainText
	}
	for _, c := range []byte("<&\"'") {
		table[c] &^= plainValue
	}
	return table
}

// isXMLRune reports whether r is a Char of XML 1.0 (production 2).
func isXMLRune(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xD7FF ||
		r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

// nameStart holds the NameStartChar of XML 1.0, fifth edition (production 4), above ASCII.
var nameStart = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0xC0, Hi: 0xD6, Stride: 1}, {Lo: 0xD8, Hi: 0xF6, Stride: 1}, {Lo: 0xF8, Hi: 0x2FF, Stride: 1},
		{Lo: 0x370, Hi: 0x37D, Stride: 1}, {Lo: 0x37F, Hi: 0x1FFF, Stride: 1}, {Lo: 0x200C, Hi: 0x200D, Stride: 1},
		{Lo: 0x2070, Hi: 0x218F, Stride: 1}, {Lo: 0x2C00, Hi: 0x2FEF, Stride: 1}, {Lo: 0x3001, Hi: 0xD7FF, Stride: 1},
		{Lo: 0xF900, Hi: 0xFDCF, Stride: 1}, {Lo: 0xFDF0, Hi: 0xFFFD, Stride: 1},
	},
	R32: []unicode.Range32{{Lo: 0x10000, Hi: 0xEFFFF, Stride: 1}},
}

// isNameRune reports whether r, above ASCII, may stand in a name (production 4a) or begin one.
func isNameRune(r rune, first bool) bool {
	if r == utf8.RuneError {
		return false
	}
	more := r == 0xB7 || r >= 0x300 && r <= 0x36F || r == 0x203F || r == 0x2040
	return unicode.Is(nameStart, r) || !first && more
}

// resolve gives the character that the reference at the start of b stands for, and its length;
// 0 when there is no valid one.
func resolve(b []byte) (rune, int) {
	end := bytes.IndexByte(b, ';')
	if end < 0 {
		return 0, 0
	}
	name := string(b[1:end])
	switch name {
	case "amp":
		return '&', end + 1
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, 0
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	if digits == "" || digits[0] == '+' || digits[0] == '-' {
		return 0, 0
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > unicode.MaxRune || !isXMLRune(rune(n)) {
		return 0, 0
	}
	return rune(n), end + 1
}
