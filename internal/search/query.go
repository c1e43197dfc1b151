package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Query is what a reader typed, ready to be matched. The zero value matches everything.
type Query struct {
	terms []term
}

// term is one word with the forms that satisfy it; each form begins with the blank that stands
// before a word, unless it may stand inside one. Words with one of the stems satisfy it too.
type term struct {
	forms []string
	stems []stemmed
}

// ParseQuery folds what was typed. Every word must occur, as the beginning of a word or as another
// form of it when it has two signs or more, else as a whole word; a single Han sign may stand anywhere. An
// Arabic article, typed or not, makes no difference, nor do the letters that are written onto a word for and, in
// and for, nor one or many of a word in ة; nor what is elided before a word, as in l'accès, nor the ending 's. A word in quotation marks must
// occur as it is.
func ParseQuery(typed string) Query {
	var q Query
	parts := strings.Split(oneQuote.Replace(typed), `"`)
	for i, part := range parts {
		quoted := i%2 == 1 && i < len(parts)-1 // the last one was never closed
		words := Tokens(part)
		if !quoted {
			words = wordsAsked(part)
		}
		for _, w := range words {
			q.terms = append(q.terms, termOf(w, quoted))
		}
	}
	return q
}

// oneQuote writes all quotation marks as one.
var oneQuote = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, "「", `"`, "」", `"`)

func termOf(word string, quoted bool) term {
	signs := []rune(word)
	switch {
	case len(signs) == 1 && unicode.Is(unicode.Han, signs[0]):
		return term{forms: []string{word}}
	case len(signs) == 1 || quoted:
		return term{forms: []string{" " + word + " "}}
	}
	t := term{forms: []string{" " + word}, stems: stems(word)}
	b := bare(word)
	if b != "" {
		t.forms = append(t.forms, " "+b)
	}
	base := cmp.Or(b, word)
	bases := []string{base}
	if other := counted(base); other != "" {
		t.forms, bases = append(t.forms, " "+other), append(bases, other)
	}
	for _, w := range bases {
		for _, form := range joined(w) {
			t.forms = append(t.forms, " "+form)
		}
	}
	return t
}

// Empty reports whether nothing was asked.
func (q Query) Empty() bool { return len(q.terms) == 0 }

// Terms gives the words of the query, each as a query by itself.
func (q Query) Terms() []Query {
	list := make([]Query, len(q.terms))
	for i := range q.terms {
		list[i].terms = q.terms[i : i+1]
	}
	return list
}

// Match reports whether all words of the query occur in words, the text of Padded.
func (q Query) Match(words string) bool {
	for _, t := range q.terms {
		if !t.in(words) {
			return false
		}
	}
	return true
}

func (t term) in(words string) bool {
	for _, form := range t.forms {
		if strings.Contains(words, form) {
			return true
		}
	}
	return slices.ContainsFunc(t.stems, func(s stemmed) bool { return s.in(words) })
}

// Padded joins words as Match wants them: a blank before, between and after.
func Padded(words ...string) string { return " " + strings.Join(words, " ") + " " }
