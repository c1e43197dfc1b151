package search

import "slices"

// Lexicon finds many words and phrases in one pass over a text: the keywords of tagging rules.
// It is immutable after NewLexicon and safe for several goroutines.
type Lexicon struct {
	first map[string][]phrase // by the stem of the first word
}

// phrase is one entry: its place in the list it came from and the stems of its words.
type phrase struct {
	place int
	stems []string
}

// NewLexicon compiles phrases, which may be words. One without any word is never found.
func NewLexicon(phrases []string) *Lexicon {
	l := &Lexicon{first: map[string][]phrase{}}
	for place, text := range phrases {
		stems := Tokens(text)
		for i, word := range stems {
			stems[i] = stem(word)
		}
		if len(stems) > 0 {
			l.first[stems[0]] = append(l.first[stems[0]], phrase{place, stems})
		}
	}
	return l
}

// Find gives the places, in the list given to NewLexicon, of the phrases that occur in words,
// each once and in the order of their first occurrence. Words are those of Tokens; whole words
// must agree one after the other, an Arabic article makes no difference. An empty word agrees
// with none, so that it can stand between passages that no phrase may span.
func (l *Lexicon) Find(words []string) []int {
	var found []int
	for i, word := range words {
		for _, p := range l.first[stem(word)] {
			if p.begins(words[i:]) && !slices.Contains(found, p.place) {
				found = append(found, p.place)
			}
		}
	}
	return found
}

func (p phrase) begins(words []string) bool {
	if len(words) < len(p.stems) {
		return false
	}
	for i, s := range p.stems {
		if stem(words[i]) != s {
			return false
		}
	}
	return true
}

// stem gives the form in which words of phrases are compared: without an Arabic article.
func stem(word string) string {
	if b := bare(word); b != "" {
		return b
	}
	return word
}
