package framework

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// assemble makes a catalogue of editions and areas. Mappings with an end that no edition holds
// are left out and returned. hashes name the content.
func assemble(areas *atlas, editions []edition, hashes ...string) (*Catalogue, []Mapping) {
	c := &Catalogue{
		version: joinHashes(hashes), shelves: map[string]*shelf{}, address: map[string]string{}, children: map[place][]Concept{},
		from: map[place][]Mapping{}, to: map[place][]Mapping{}, areas: areas,
	}
	for _, e := range editions {
		c.addScheme(e)
	}
	for _, e := range editions {
		for _, concept := range e.Concepts {
			if concept.Parent != "" {
				parent := place{concept.ParentScheme, fold(concept.Parent)}
				c.children[parent] = append(c.children[parent], concept)
			}
		}
	}
	lost := c.addMappings(editions)
	c.readMatrix()
	return c, lost
}

// joinHashes leaves a single hash as it is.
func joinHashes(hashes []string) string {
	if len(hashes) == 1 {
		return hashes[0]
	}
	h := sha256.New()
	for _, one := range hashes {
		h.Write([]byte(one))
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (c *Catalogue) addScheme(e edition) {
	s := &shelf{scheme: e.Scheme, concepts: e.Concepts, byCode: make(map[string]int, len(e.Concepts))}
	for i := range e.Concepts {
		concept := &e.Concepts[i]
		if concept.Parent != "" && concept.ParentScheme == "" {
			concept.ParentScheme = concept.Scheme
		}
		s.byCode[fold(concept.Code)] = i
	}
	c.schemes = append(c.schemes, e.Scheme)
	c.shelves[e.Scheme.Key] = s
	for _, address := range e.Scheme.Addresses {
		c.address[foldAddress(address)] = e.Scheme.Key
	}
}

func (c *Catalogue) addMappings(editions []edition) (lost []Mapping) {
	for _, e := range editions {
		for _, m := range e.Mappings {
			_, from := c.Concept(m.FromScheme, m.From)
			_, to := c.Concept(m.ToScheme, m.To)
			if !from || !to {
				lost = append(lost, m)
				continue
			}
			start, end := place{m.FromScheme, fold(m.From)}, place{m.ToScheme, fold(m.To)}
			c.from[start] = append(c.from[start], m)
			c.to[end] = append(c.to[end], m)
		}
	}
	for _, list := range c.from {
		slices.SortStableFunc(list, func(x, y Mapping) int { return c.compare(x.ToScheme, x.To, y.ToScheme, y.To) })
	}
	for _, list := range c.to {
		slices.SortStableFunc(list, func(x, y Mapping) int { return c.compare(x.FromScheme, x.From, y.FromScheme, y.From) })
	}
	return lost
}

// compare orders concepts by the order of schemes, then by their place in the scheme.
func (c *Catalogue) compare(schemeX, x, schemeY, y string) int {
	if schemeX != schemeY {
		return c.rank(schemeX) - c.rank(schemeY)
	}
	byCode := c.shelves[schemeX].byCode
	return byCode[fold(x)] - byCode[fold(y)]
}

func (c *Catalogue) rank(scheme string) int {
	return slices.IndexFunc(c.schemes, func(s Scheme) bool { return s.Key == scheme })
}

// readMatrix gathers goals and targets of each action line; a line takes those of its children.
func (c *Catalogue) readMatrix() {
	c.targets, c.goals = map[string][]string{}, map[string][]string{}
	for _, line := range c.Concepts(ActionLine) {
		targets, goals := map[string]bool{}, map[string]bool{}
		for _, own := range append([]Concept{line}, c.Children(ActionLine, line.Code)...) {
			for _, m := range c.from[place{ActionLine, fold(own.Code)}] {
				switch m.ToScheme {
				case Goal:
					goals[m.To] = true
				case Target:
					target, _ := c.Concept(Target, m.To)
					targets[target.Code], goals[target.Parent] = true, true
				}
			}
		}
		c.targets[fold(line.Code)] = c.inOrder(Target, targets)
		c.goals[fold(line.Code)] = c.inOrder(Goal, goals)
	}
}

// inOrder lists the wanted codes in the order of their scheme.
func (c *Catalogue) inOrder(scheme string, wanted map[string]bool) []string {
	var list []string
	for _, concept := range c.Concepts(scheme) {
		if wanted[concept.Code] {
			list = append(list, concept.Code)
		}
	}
	return list
}
