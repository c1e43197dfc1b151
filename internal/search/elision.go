package search

import "regexp"

// What is written before an apostrophe in French in place of a whole word, and the ending 's of English.
var (
	elided     = regexp.MustCompile(`(?i)(^|[^\pL\pM\pN'’])(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['’](\pL)`)
	possessive = regexp.MustCompile(`(?i)(\pL)['’]s([^\pL\pM\pN]|$)`)
)

// wordsAsked gives the words of what was typed without those that say nothing: l'accès asks for accès, which is
// found after d' and alone too. Where nothing else was typed they are all there is.
func wordsAsked(typed string) []string {
	if said := Tokens(possessive.ReplaceAllString(elided.ReplaceAllString(typed, "$1$2"), "$1$2")); len(said) > 0 {
		return said
	}
	return Tokens(typed)
}
