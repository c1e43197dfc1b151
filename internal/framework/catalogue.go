package framework

import (
	"net/url"
	"slices"
	"strings"
)

// Catalogue is every scheme, concept, mapping and area as one immutable value, safe for
// concurrent readers. Slices and maps that it returns belong to it and must not be changed.
type Catalogue struct {
	version  string
	schemes  []Scheme
	shelves  map[string]*shelf
	address  map[string]string // folded vocabulary address to scheme
	children map[place][]Concept
	from, to map[place][]Mapping
	targets  map[string][]string // of each action line by the matrix
	goals    map[string][]string
	areas    *atlas
}

// shelf is one scheme with its concepts in order and by folded code.
type shelf struct {
	scheme   Scheme
	concepts []Concept
	byCode   map[string]int
}

// place is a concept's identity: its scheme and folded code.
type place struct{ scheme, code string }

// Version is a hash of everything in the catalogue, for entity tags.
func (c *Catalogue) Version() string { return c.version }

// Schemes lists every scheme: the built-in ones first, then the imported ones by key.
func (c *Catalogue) Schemes() []Scheme { return c.schemes }

// Scheme finds a scheme by its key.
func (c *Catalogue) Scheme(key string) (Scheme, bool) {
	s := c.shelves[key]
	if s == nil {
		return Scheme{}, false
	}
	return s.scheme, true
}

// Concepts lists the concepts of a scheme in its order; an unknown scheme has none.
func (c *Catalogue) Concepts(scheme string) []Concept {
	s := c.shelves[scheme]
	if s == nil {
		return nil
	}
	return s.concepts
}

// Concept finds a concept. Codes compare without regard to case and outer blanks; what comes
// back has the spelling of the scheme: "3.D" finds 3.d.
func (c *Catalogue) Concept(scheme, code string) (Concept, bool) {
	s := c.shelves[scheme]
	if s == nil {
		return Concept{}, false
	}
	i, ok := s.byCode[fold(code)]
	if !ok {
		return Concept{}, false
	}
	return s.concepts[i], true
}

// Children lists the concepts, of any scheme, whose parent is the given one: the lines of C7,
// the targets of a goal, the initiatives of an ITU region.
func (c *Catalogue) Children(scheme, code string) []Concept {
	return c.children[place{scheme, fold(code)}]
}

// SchemeByAddress finds the scheme that a vocabulary address of IATI data names. Case of the
// host and a final slash do not matter.
func (c *Catalogue) SchemeByAddress(uri string) (string, bool) {
	key, ok := c.address[foldAddress(uri)]
	return key, ok
}

// Mappings lists the relations of a concept to those of another scheme, in the order of that
// scheme; toScheme empty: to all. C7 has none of its own: see MatrixTargets.
func (c *Catalogue) Mappings(fromScheme, code, toScheme string) []Mapping {
	all := c.from[place{fromScheme, fold(code)}]
	if toScheme == "" {
		return all
	}
	return slices.Collect(func(yield func(Mapping) bool) {
		for _, m := range all {
			if m.ToScheme == toScheme && !yield(m) {
				return
			}
		}
	})
}

// MappingsTo lists the relations that lead to a concept, in the order of the schemes they
// come from.
func (c *Catalogue) MappingsTo(toScheme, code string) []Mapping {
	return c.to[place{toScheme, fold(code)}]
}

// MatrixTargets lists the SDG targets that the WSIS-SDG matrix links to an action line, by
// number; rows for a goal as a whole give none. C7 has the union of its children's.
func (c *Catalogue) MatrixTargets(line string) []string { return c.targets[fold(line)] }

// MatrixGoals lists the distinct goals that the matrix links to an action line, by number, be
// it through a target or as a whole. C7 has the union of its children's.
func (c *Catalogue) MatrixGoals(line string) []string { return c.goals[fold(line)] }

// fold makes codes that differ only in case and outer blanks equal.
func fold(code string) string { return strings.ToLower(strings.TrimSpace(code)) }

func foldAddress(uri string) string {
	uri = strings.TrimRight(strings.TrimSpace(uri), "/")
	u, err := url.Parse(uri)
	if err != nil {
		return uri
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	return u.String()
}
