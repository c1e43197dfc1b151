package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/french"
	"github.com/kljensen/snowball/russian"
	"github.com/kljensen/snowball/spanish"
)

// stemmers give the stems of words. Nobody says in what language a query is, so that each of its
// script is tried; two words are forms of one when they have one stem in one language.
var stemmers = []struct {
	script *unicode.RangeTable
	stem   func(word string) string
}{
	{unicode.Latin, func(w string) string { return english.Stem(w, true) }},
	{unicode.Latin, func(w string) string { return french.Stem(w, true) }},
	{unicode.Latin, func(w string) string { return spanish.Stem(accented(w), true) }},
	{unicode.Cyrillic, func(w string) string { return russian.Stem(w, true) }},
}

// accented gives a folded Spanish word its accent back where only words that bear it end so: the
// stemmer knows it by that.
func accented(word string) string {
	if rest, ok := strings.CutSuffix(word, "ion"); ok {
		return rest + "ión"
	}
	return word
}

// stemmed is a word reduced by one of the stemmers.
type stemmed struct {
	by     int
	stem   string
	prefix string // of all words that may have the stem
}

// leastStem is the length of the shortest stem that says anything.
const leastStem = 3

// stems reduces a word that was typed. A stem of less than half of it says too little, as organ does
// of organization; and a stem that is the whole word finds nothing that the word does not begin.
func stems(word string) []stemmed {
	first, _ := utf8.DecodeRuneInString(word)
	if strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return nil
	}
	var list []stemmed
	for i, s := range stemmers {
		if !unicode.Is(s.script, first) {
			continue
		}
		stem := s.stem(word)
		if n := utf8.RuneCountInString(stem); stem == word || n < leastStem || 2*n < utf8.RuneCountInString(word) {
			continue
		}
		list = append(list, stemmed{i, stem, strings.TrimRight(shared(word, stem), "iy")}) // policy and policies
	}
	return list
}

// shared is what two words begin with.
func shared(a, b string) string {
	for i, r := range a {
		if other, _ := utf8.DecodeRuneInString(b[min(i, len(b)):]); other != r {
			return a[:i]
		}
	}
	return a
}

// of tells whether a word that begins as it should is a form of the same.
func (s stemmed) of(word string) bool { return stemmers[s.by].stem(word) == s.stem }

// in tells whether any of the words of a text is a form of the same.
func (s stemmed) in(words string) bool {
	for {
		_, rest, found := strings.Cut(words, " "+s.prefix)
		if !found {
			return false
		}
		end, _, _ := strings.Cut(rest, " ")
		if s.of(s.prefix + end) {
			return true
		}
		words = rest
	}
}
