package mandate

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"resolute"
)

// language is what reading needs to know about a language in which texts are drafted.
type language struct {
	code   resolute.Lang
	common map[string]bool // words that tell the language from others of the same script
	tos    []string        // what ends the names that a verb speaks to
}

var languages = sync.OnceValue(func() map[resolute.Lang]language {
	list := map[resolute.Lang]language{}
	for _, row := range readTable("languages.csv") {
		l := language{code: resolute.Lang(row["lang"]), common: map[string]bool{}, tos: pieces(row["to_words"])}
		for _, word := range pieces(row["function_words"]) {
			l.common[word] = true
		}
		list[l.code] = l
	}
	return list
})

// pieces cuts a cell that holds several values, split by "|".
func pieces(cell string) []string {
	return strings.FieldsFunc(cell, func(r rune) bool { return r == '|' })
}

// sniffed is how much of a text is looked at to tell its language, in bytes.
const sniffed = 6000

// languageOf tells the language of a text by its script, and for Latin letters by its most common
// words; English when nothing speaks for another one.
func languageOf(text string) resolute.Lang {
	text = text[:min(len(text), sniffed)]
	if lang := byScript(text); lang != "" {
		return lang
	}
	return latinLanguage(text)
}

// byScript tells the language of a text that is mostly not in Latin letters; empty for others.
func byScript(text string) resolute.Lang {
	var han, arabic, cyrillic, latin int
	for _, r := range text {
		switch {
		case r < 0x80:
			if r|0x20 >= 'a' && r|0x20 <= 'z' {
				latin++
			}
		case r >= 0x0400 && r < 0x0530:
			cyrillic++
		case r >= 0x0600 && r < 0x0700 || presentation(r):
			arabic++
		case r >= 0x3400 && unicode.Is(unicode.Han, r):
			han += 3 // a sign is a syllable
		}
	}
	switch most := max(han, arabic, cyrillic); {
	case most == 0 || most <= latin:
		return ""
	case most == han:
		return resolute.Chinese
	case most == arabic:
		return resolute.Arabic
	}
	return resolute.Russian
}

func latinLanguage(text string) resolute.Lang {
	counts := map[resolute.Lang]int{}
	for word := range strings.FieldsSeq(text) {
		word = strings.ToLower(word)
		for _, code := range []resolute.Lang{resolute.English, resolute.French, resolute.Spanish} {
			if languages()[code].common[word] {
				counts[code]++
			}
		}
	}
	best := resolute.English
	for _, code := range []resolute.Lang{resolute.French, resolute.Spanish} {
		if counts[code] > counts[best] {
			best = code
		}
	}
	return best
}

// fold writes a text for matching: small letters, and of Arabic neither vowel marks, lengthening
// strokes nor presentation forms. It is never stored.
func fold(text string) string {
	if isASCII(text) {
		return strings.ToLower(text)
	}
	if strings.ContainsFunc(text, presentation) {
		text = norm.NFKC.String(text)
	}
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r == 'ـ' || r >= '\u064b' && r <= '\u065f' || r == '\u0670' {
			return -1
		}
		if r == '’' {
			return '\''
		}
		return r
	}, text))
}

func presentation(r rune) bool {
	return r >= '\ufb50' && r <= '\ufdff' || r >= '\ufe70' && r <= '\ufeff'
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}
