package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the form in which words are compared: lower case, compatibility forms as plain
// ones, Latin letters without their marks except ñ, Cyrillic ё as е, Arabic without vowel signs
// and tatweel and with one form each of alef, ya and ta marbuta. Blanks are left as they are.
func Fold(s string) string {
	if ascii(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKC.String(s) {
		foldRune(&b, unicode.ToLower(r))
	}
	return b.String()
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// spelled are letters that fold to something else than themselves without their marks.
var spelled = map[rune]string{
	'ß': "ss", 'œ': "oe", 'æ': "ae", 'ø': "o", 'ł': "l", 'đ': "d", 'ı': "i", 'ñ': "ñ", 'ё': "е",
	'أ': "ا", 'إ': "ا", 'آ': "ا", 'ٱ': "ا", 'ى': "ي", 'ة': "ه", 'ؤ': "و", 'ئ': "ي",
}

func foldRune(b *strings.Builder, r rune) {
	switch {
	case r < 0x80:
		b.WriteByte(byte(r))
	case spelled[r] != "":
		b.WriteString(spelled[r])
	case r == '\u0640' || unicode.Is(unicode.Mn, r): // tatweel; marks that stand apart
	case r < 0x250 || unicode.Is(unicode.Latin, r):
		base, _ := firstRune(norm.NFD.String(string(r)))
		b.WriteRune(base)
	default:
		b.WriteRune(r)
	}
}

func firstRune(s string) (rune, bool) {
	for _, r := range s {
		return r, true
	}
	return 0, false
}
