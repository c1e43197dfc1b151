package sheet

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// lengthOfEscape is that of _x000D_, the form in which texts of a workbook hold signs that XML cannot, or
// would change (ST_Xstring, ECMA-376 part 1, 22.9.2.19).
const lengthOfEscape = 7

// escapeAt reads the sign of the escape with which a text begins.
func escapeAt(text string) (rune, bool) {
	if len(text) < lengthOfEscape || text[:2] != "_x" || text[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(text[2:6], 16, 16)
	return rune(n), err == nil
}

// unescaped gives the signs for their escapes. Halves of a sign are none: they stay as they are written.
func unescaped(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	var b strings.Builder
	for len(text) > 0 {
		if r, ok := escapeAt(text); ok && utf8.ValidRune(r) {
			b.WriteRune(r)
			text = text[lengthOfEscape:]
			continue
		}
		b.WriteByte(text[0])
		text = text[1:]
	}
	return b.String()
}

// literal writes a text so that nothing in it is read as an escape.
func literal(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	var b strings.Builder
	for i := range len(text) {
		if _, ok := escapeAt(text[i:]); ok {
			b.WriteString("_x005F")
		}
		b.WriteByte(text[i])
	}
	return b.String()
}
