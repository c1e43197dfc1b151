package register

import (
	"slices"

	"resolute"
	"resolute/internal/iati"
	"resolute/internal/search"
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
		words = append(append(words, search.Tokens(passage)...), passageEnd)
	}
	return words
}
