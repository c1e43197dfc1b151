package directory

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"
)

// Identifier is a reference of an organisation, with the list that it is of.
type Identifier struct {
	Key       string `json:"key"` // of the organisation
	Ref       string `json:"ref"`
	Scheme    string `json:"scheme"` // code of the list, in capitals: GB-COH, XM-DAC; empty: none is stated
	Number    string `json:"number"` // in that list; without a list the whole reference
	List      string `json:"list"`   // name of the list; empty: not in the register of lists
	Withdrawn bool   `json:"withdrawn"`
	Import    int64  `json:"import"` // that named the organisation first
	Preferred bool   `json:"preferred"`
}

// lists.tsv are the code, the state and the name of each list of organisations: the code list
// OrganisationRegistrationAgency of IATI, which repeats the register of org-id.guide.
//
//go:embed data/lists.tsv
var listsFile string

// listing is one list of organisations.
type listing struct {
	name      string
	withdrawn bool
}

var listings = sync.OnceValue(func() map[string]listing {
	known := map[string]listing{}
	for line := range strings.Lines(listsFile) {
		code, rest, _ := strings.Cut(strings.TrimSpace(line), "\t")
		state, name, _ := strings.Cut(rest, "\t")
		known[code] = listing{name, state == "withdrawn"}
	}
	return known
})

// listForm is how the code of a list looks: a country, a part of one or an X code, and a name.
var listForm = regexp.MustCompile(`^(?:[A-Z]{2}(?:_[A-Z]{2,3})?)-[A-Z][A-Z0-9_]*$`)

// Schemed reads the list and the number of a reference: a code of the register before a hyphen, else
// what has the form of one.
func Schemed(ref string) Identifier {
	ref = plain(ref)
	up := strings.ToUpper(ref)
	id := Identifier{Ref: ref, Number: ref}
	for at, sign := range up {
		if sign != '-' {
			continue
		}
		if l, known := listings()[up[:at]]; known && at+1 < len(up) {
			id.Scheme, id.Number, id.List, id.Withdrawn = up[:at], ref[at+1:], l.name, l.withdrawn
		} else if id.Scheme == "" && at+1 < len(up) && listForm.MatchString(up[:at]) {
			id.Scheme, id.Number = up[:at], ref[at+1:]
		}
	}
	return id
}
