package search

import (
	"strings"
	"unicode"
)

// Tokens gives the folded words of a text in order. Letters, digits and marks make words; a
// code such as 9.c or C7.1 is one word. A run of Han, which has no blanks between words, gives
// its pairs of neighbours, and itself when it is a single sign.
func Tokens(s string) []string {
	return tokens(Fold(s))
}

func tokens(folded string) []string {
	var list []string
	start, han := -1, false // of the word that is being read
	flush := func(end int) {
		if start >= 0 {
			list = appendWord(list, folded[start:end], han)
		}
		start = -1
	}
	for i, r := range folded {
		isHan := r >= 0x2e80 && unicode.Is(unicode.Han, r)
		switch {
		case !wordRune(r) && !joins(folded, i, r, start):
			flush(i)
		case start < 0 || isHan != han:
			flush(i)
			start, han = i, isHan
		}
	}
	flush(len(folded))
	return list
}

// hanZero stands in years (二〇三〇) and is a number sign, not a letter, to Unicode.
const hanZero = '〇'

func wordRune(r rune) bool {
	if r < 0x80 {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mc, r) || r == hanZero
}

// joins reports whether a full stop between a digit and a letter or digit holds a code together.
func joins(s string, i int, r rune, start int) bool {
	return r == '.' && start >= 0 && i+1 < len(s) && s[i-1] >= '0' && s[i-1] <= '9' && s[i+1] < 0x80 && wordRune(rune(s[i+1]))
}

func appendWord(list []string, word string, han bool) []string {
	if !han {
		return append(list, word)
	}
	signs := []rune(word)
	if len(signs) == 1 {
		return append(list, word)
	}
	for i := range len(signs) - 1 {
		list = append(list, string(signs[i:i+2]))
	}
	return list
}

// articles are the Arabic one, with the letters that may be written onto it.
var articles = []string{"وال", "بال", "كال", "فال", "ال", "لل"}

// proclitics are written onto an Arabic word: and, in, for, alone or before the article. Those that stand in
// articles are taken off when a text is read.
var proclitics = []string{"و", "ب", "ل", "وب", "ول", "ولل", "فلل", "وبال", "فبال", "وكال"}

// joined gives an Arabic word of three letters or more with what may be written onto it.
func joined(word string) []string {
	if !arabic(word) || len(word) < leastBare {
		return nil
	}
	list := make([]string, len(proclitics))
	for i, p := range proclitics {
		list[i] = p + word
	}
	return list
}

// counted gives the many of an Arabic word that ends in ta marbuta (خدمة, خدمات), or the one of many; empty for
// other words. What stands before the ending must be three letters.
func counted(word string) string {
	for _, end := range [][2]string{{"ه", "ات"}, {"ات", "ه"}} { // ta marbuta is folded
		if rest, ok := strings.CutSuffix(word, end[0]); ok && arabic(word) && len(rest) >= leastBare {
			return rest + end[1]
		}
	}
	return ""
}

// leastBare is the length of three Arabic letters.
const leastBare = 6

// arabic looks at the lead byte, of Arabic letters in UTF-8.
func arabic(word string) bool { return word != "" && word[0] >= 0xd8 && word[0] <= 0xdb }

// bare gives an Arabic word without its article; empty when it has none. What is left must
// still be a word of three letters.
func bare(word string) string {
	if !arabic(word) {
		return ""
	}
	for _, a := range articles {
		if rest, ok := strings.CutPrefix(word, a); ok && len(rest) >= leastBare {
			return rest
		}
	}
	return ""
}

// Index gives the different words of texts by which they are found, in order of their first
// occurrence: every token, and Arabic words also without their article.
func Index(texts ...string) []string {
	var list []string
	seen := map[string]bool{}
	add := func(w string) {
		if w != "" && !seen[w] {
			seen[w] = true
			list = append(list, w)
		}
	}
	for _, text := range texts {
		for _, w := range Tokens(text) {
			add(w)
			add(bare(w))
		}
	}
	return list
}
