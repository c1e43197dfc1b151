package compare

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// noteMark is the number of a footnote as plain text carries it: glued to a word in small
// letters, to a closing mark, or to the comma behind a year.
var noteMark = regexp.MustCompile(`(\p{Ll}{4}|\p{L}[,;.:)”"]|(?:19|20)\d{2},)\d{1,2}(\s|$|[,;.])`)

// Same reports whether two wordings say the same in the same words: they may differ in footnote
// marks, blanks, and the mark at their end.
func Same(old, new string) bool {
	if old == new {
		return true
	}
	old, new = bare(old), bare(new)
	if old == new {
		return true
	}
	a, b := tokens(old), tokens(new)
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].key != b[i].key {
			return false
		}
	}
	return true
}

// bare takes footnote marks and the mark at the end off a wording.
func bare(text string) string {
	if gluedDigit(text) {
		text = noteMark.ReplaceAllString(text, "$1$2")
	}
	return strings.TrimSpace(strings.TrimRight(strings.TrimSpace(text), ",;.:،؛。；，"))
}

// gluedDigit tells whether a digit follows what a footnote mark may be glued to.
func gluedDigit(text string) bool {
	for i := 1; i < len(text); i++ {
		if before := text[i-1]; text[i] >= '0' && text[i] <= '9' && (before >= 'a' && before <= 'z' || before >= utf8.RuneSelf || strings.IndexByte(`,;.:)"`, before) >= 0) {
			return true
		}
	}
	return false
}
