package framework

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"resolute"
)

// need says what a column is to a kind of row; a column that is not listed must be empty.
type need int

const (
	optional need = iota + 1
	required
)

// Kinds of rows.
const (
	schemeRow  = "scheme"
	conceptRow = "concept"
	mappingRow = "mapping"
)

// attributePrefix begins the columns of further facts of a concept: "attribute:deadline".
const attributePrefix = "attribute:"

// fileColumn is one column of the format: which rows need it, and what a filled cell must be.
// check gives what was expected, or nothing when the cell is sound.
type fileColumn struct {
	name  string
	needs map[string]need
	check func(cell string) (expected string)
}

var everyRow = map[string]need{schemeRow: optional, conceptRow: optional, mappingRow: optional}

// fileColumns is the whole format, in the order in which it is documented.
var fileColumns = append([]fileColumn{
	{"row", map[string]need{schemeRow: required, conceptRow: required, mappingRow: required}, anyText},
	{"scheme", map[string]need{schemeRow: required, conceptRow: required, mappingRow: required}, isKey},
	{"code", map[string]need{conceptRow: required, mappingRow: required}, isCode},
	{"parent", map[string]need{conceptRow: optional}, isCode},
	{"parent_scheme", map[string]need{conceptRow: optional}, isKey},
	{"level", map[string]need{conceptRow: optional}, anyText},
	{"region", map[string]need{conceptRow: optional}, isRegion},
	{"to_scheme", map[string]need{mappingRow: required}, isKey},
	{"to_code", map[string]need{mappingRow: required}, isCode},
	{"kind", map[string]need{mappingRow: optional}, isKind},
	{"rationale", map[string]need{mappingRow: required}, anyText},
	{"confidence", map[string]need{conceptRow: required, mappingRow: required}, isConfidence},
	{"source", map[string]need{schemeRow: required, conceptRow: optional, mappingRow: optional}, anyText},
	{"note", map[string]need{schemeRow: optional, conceptRow: optional}, anyText},
	{"version", map[string]need{schemeRow: optional}, anyText},
	{"addresses", map[string]need{schemeRow: optional}, isAddressList},
	{"cycle", map[string]need{schemeRow: optional}, anyText},
	{"valid_from", everyRow, isDay},
	{"valid_to", everyRow, isDay},
}, textColumns()...)

// textColumns are the titles in six languages: English is required, short titles are not.
func textColumns() []fileColumn {
	var list []fileColumn
	for _, l := range resolute.Langs {
		n := optional
		if l == resolute.English {
			n = required
		}
		list = append(list, fileColumn{"title_" + string(l), map[string]need{schemeRow: n, conceptRow: n}, anyText})
	}
	for _, l := range resolute.Langs {
		list = append(list, fileColumn{"short_" + string(l), map[string]need{conceptRow: optional}, anyText})
	}
	return list
}

func findColumn(name string) (fileColumn, bool) {
	for _, c := range fileColumns {
		if c.name == name {
			return c, true
		}
	}
	if attribute, ok := strings.CutPrefix(name, attributePrefix); ok && attributeName.MatchString(attribute) {
		return fileColumn{name, map[string]need{conceptRow: optional}, anyText}, true
	}
	return fileColumn{}, false
}

func knownColumn(name string) bool {
	_, ok := findColumn(name)
	return ok
}

func columnNames() string {
	list := make([]string, 0, len(fileColumns)+1)
	for _, c := range fileColumns {
		list = append(list, c.name)
	}
	return strings.Join(append(list, attributePrefix+"NAME"), ", ")
}

var (
	schemeKey     = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	attributeName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	mappingKinds  = []string{"related", "exact", "close", "broad", "narrow"}
	regionCodes   = []string{"AFR", "AMS", "ARB", "ASP", "CIS", "EUR"}
)

func anyText(cell string) string {
	if utf8.RuneCountInString(cell) > maxCell {
		return "at most 4000 characters"
	}
	return ""
}

func isKey(cell string) string {
	if len(cell) > 64 || !schemeKey.MatchString(cell) {
		return "a key of small letters, digits and single hyphens, at most 64 characters"
	}
	return ""
}

func isCode(cell string) string {
	bad := func(c rune) bool {
		return unicode.IsSpace(c) || !unicode.IsPrint(c) || strings.ContainsRune(`|#?%"`, c)
	}
	if utf8.RuneCountInString(cell) > 64 || strings.ContainsFunc(cell, bad) {
		return `a code without blanks and | # ? % ", at most 64 characters`
	}
	return ""
}

func isConfidence(cell string) string {
	if cell != "A" && cell != "B" && cell != "C" {
		return "A, B or C"
	}
	return ""
}

func isKind(cell string) string {
	if !slices.Contains(mappingKinds, cell) {
		return "one of " + strings.Join(mappingKinds, ", ")
	}
	return ""
}

func isRegion(cell string) string {
	if !slices.Contains(regionCodes, cell) {
		return "an ITU region: " + strings.Join(regionCodes, ", ")
	}
	return ""
}

func isDay(cell string) string {
	if !resolute.ValidDay(cell) {
		return "a day YYYY-MM-DD"
	}
	return ""
}

func isAddressList(cell string) string {
	for _, address := range splitList(cell) {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || len(address) > 500 {
			return "addresses that begin with https:// or http://, joined with |"
		}
	}
	return ""
}
