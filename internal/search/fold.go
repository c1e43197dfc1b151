package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the form in which words are compared: lower case, compatibility forms (full width,
// ligatures) as plain ones, Latin letters without their marks except ñ, Cyrillic ё as е, Arabic
// without vowel signs and tatweel and with one form each of alef, ya, kaf and ta marbuta, digits
// as 0-9. Signs that only shape a line (soft hyphen, joiners, direction marks) fall away; blanks
// are left as they are. Folding what is folded changes nothing.
func Fold(s string) string {
	if ascii(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKC.String(strings.ToValidUTF8(s, "\uFFFD")) { // behind a broken byte letters would stay as they are
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
	'أ': "ا", 'إ': "ا", 'آ': "ا", 'ٱ': "ا", 'ى': "ي", 'ی': "ي", 'ک': "ك", 'ة': "ه", 'ؤ': "و", 'ئ': "ي",
}

const (
	tatweel   = '\u0640'
	zeroWidth = '\u200b' // a place where words part, in scripts that write no blanks
)

func foldRune(b *strings.Builder, r rune) {
	switch {
	case r < 0x80:
		b.WriteByte(byte(r))
	case spelled[r] != "":
		b.WriteString(spelled[r])
	case r == tatweel || unicode.Is(unicode.Mn, r) || (unicode.Is(unicode.Cf, r) && r != zeroWidth):
	case unicode.Is(unicode.Latin, r):
		foldLatin(b, r)
	case r >= '٠' && r <= '٩':
		b.WriteRune(r - '٠' + '0')
	case r >= '۰' && r <= '۹':
		b.WriteRune(r - '۰' + '0')
	default:
		b.WriteRune(r)
	}
}

// foldLatin writes a letter without its marks; what is left may itself be spelled: ǿ, ø, o.
func foldLatin(b *strings.Builder, r rune) {
	base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
	if base != r {
		foldRune(b, base)
		return
	}
	b.WriteRune(base)
}
