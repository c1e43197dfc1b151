package compare

import (
	"regexp"
	"strings"
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
	a, b := tokens(bare(old)), tokens(bare(new))
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
	text = noteMark.ReplaceAllString(text, "$1$2")
	return strings.TrimSpace(strings.TrimRight(strings.TrimSpace(text), ",;.:،؛。；，"))
}
