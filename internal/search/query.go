package search

import (
	"strings"
	"unicode"
)

// Query is what a reader typed, ready to be matched. The zero value matches everything.
type Query struct {
	terms []term
}

// term is one word with the forms that satisfy it; each form begins with the blank that stands
// before a word, unless it may stand inside one.
type term struct {
	forms []string
}

// ParseQuery folds what was typed. Every word must occur, as the beginning of a word when it
// has two signs or more, else as a whole word; a single Han sign may stand anywhere. An Arabic
// article, typed or not, makes no difference.
func ParseQuery(typed string) Query {
	var q Query
	for _, w := range Tokens(typed) {
		signs := []rune(w)
		switch {
		case len(signs) == 1 && unicode.Is(unicode.Han, signs[0]):
			q.terms = append(q.terms, term{[]string{w}})
		case len(signs) == 1:
			q.terms = append(q.terms, term{[]string{" " + w + " "}})
		default:
			forms := []string{" " + w}
			if b := bare(w); b != "" {
				forms = append(forms, " "+b)
			}
			q.terms = append(q.terms, term{forms})
		}
	}
	return q
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
	return false
}

// Padded joins words as Match wants them: a blank before, between and after.
func Padded(words ...string) string { return " " + strings.Join(words, " ") + " " }
