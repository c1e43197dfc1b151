package register

import (
	"slices"
	"strings"
	"unicode"

	"resolute"
	"resolute/internal/iati"
)

// texts gives what the search looks in: titles and descriptions in every language, the
// identifier, and the names of participants.
func texts(a iati.Activity) []string {
	list := append(human(a), a.Identifier)
	for _, p := range a.Participants {
		list = append(list, inOrder(p.Name)...)
	}
	return append(list, inOrder(a.Reporter.Name)...)
}

// human gives titles and descriptions in every language.
func human(a iati.Activity) []string {
	list := inOrder(a.Title)
	for _, d := range a.Descriptions {
		list = append(list, inOrder(d.Text)...)
	}
	return list
}

// inOrder gives the passages of a text by language, so that equal activities give equal rows.
func inOrder(t resolute.Text) []string {
	langs := make([]resolute.Lang, 0, len(t))
	for l := range t {
		langs = append(langs, l)
	}
	slices.Sort(langs)
	list := make([]string, len(langs))
	for i, l := range langs {
		list[i] = t[l]
	}
	return list
}

// passageEnd stands between passages, so that no phrase reaches from one into the next; no
// word is empty.
const passageEnd = ""

// wordsOf gives the folded words that keyword rules look at, in order.
func wordsOf(a iati.Activity) []string {
	var words []string
	for _, passage := range human(a) {
		words = append(append(words, tokens(passage)...), passageEnd)
	}
	return words
}

// tokens gives the words of a passage without case, in order.
func tokens(passage string) []string {
	return strings.FieldsFunc(strings.ToLower(passage), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// index gives the different words of several passages, in order.
func index(passages ...string) []string {
	var all []string
	for _, p := range passages {
		all = append(all, tokens(p)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
