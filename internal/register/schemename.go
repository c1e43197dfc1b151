package register

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/iati"
)

// FindingUnknownScheme tells of a code of a scheme that bears our address and is none.
const FindingUnknownScheme = "unknown-scheme"

// nearestShown is how many schemes a finding names.
const nearestShown = 3

// ownScheme gives the name of a scheme under our address. A vocabulary of IATI that a table names by its
// number ("3", "tag 4") is none of ours.
func ownScheme(uri string) (string, bool) {
	name, ours := strings.CutPrefix(uri, ownAddress)
	foreign := strings.Trim(name, "0123456789") == "" || strings.HasPrefix(name, "tag ")
	return name, ours && !foreign
}

// noScheme notes a scheme that does not exist, once for each of an activity.
func (s *statement) noScheme(element, name string, c iati.Code) {
	key := element + "\x00" + c.URI
	if s.unknown[key] {
		return
	}
	s.unknown[key] = true
	near := strings.Join(nearest(name, s.book.schemeNames(), nearestShown), ", ")
	why := fmt.Sprintf("no such scheme (nearest: %s); kept in the document, not counted", near)
	s.findings = append(s.findings, codeFinding{resolute.Finding{Rule: FindingUnknownScheme, Severity: resolute.SeverityWarning, Record: s.record, Line: c.Line, Column: c.Column,
		Path: element, Found: name, Expected: near + " or another scheme that is held",
		Message: fmt.Sprintf("%s vocabulary %s, scheme %q: %s", element, c.Vocabulary, name, why)},
		statedCode{c.Vocabulary, c.URI, c.Code}, why})
}

// schemeNames are all names under which a table may name a scheme.
func (b *Rulebook) schemeNames() []string {
	names := slices.Concat(slices.Collect(maps.Keys(tagSchemes)), slices.Collect(maps.Keys(schemeAliases)), []string{ThreadScheme})
	for _, scheme := range b.catalogue.Schemes() {
		if key, ok := b.catalogue.SchemeByAddress(ownAddress + scheme.Key); ok && key == scheme.Key {
			names = append(names, key)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// longestCompared bounds the work of comparing what stands in a cell, in signs.
const longestCompared = 64

// nearest gives the n names that are most like a word, the likest first.
func nearest(word string, names []string, n int) []string {
	signs := []rune(word)
	signs = signs[:min(len(signs), longestCompared)]
	far := make(map[string]int, len(names))
	for _, name := range names {
		far[name] = edits(signs, []rune(name))
	}
	list := slices.Clone(names)
	slices.SortStableFunc(list, func(a, b string) int { return cmp.Compare(far[a], far[b]) })
	return list[:min(n, len(list))]
}

// edits counts the signs that must be put in, taken out or exchanged to make one word of another
// (Levenshtein 1966): 3 from kitten to sitting.
func edits(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, from := range a {
		corner := row[0]
		row[0] = i + 1
		for j, to := range b {
			step := corner
			if from != to {
				step++
			}
			corner = row[j+1]
			row[j+1] = min(step, corner+1, row[j]+1)
		}
	}
	return row[len(b)]
}
