package measure

import (
	"slices"
	"strings"

	"resolute/internal/measure/dataquery"
	"resolute/internal/sdmx/artefact"
)

// choose gives the artefacts that are asked for, and those that are to be told with them.
func (s *shelf) choose(q dataquery.Structures) []artefact.Artefact {
	asked := map[artefact.Name]bool{}
	for _, a := range s.list {
		if s.asks(q, a) {
			asked[a.Name] = true
		}
	}
	wanted := s.related(asked, q.References)
	var list []artefact.Artefact
	for _, a := range s.list {
		switch {
		case asked[a.Name] && q.Items != nil:
			a.Items, a.Partial = itemsAmong(a.Items, q.Items), true
		case asked[a.Name]:
		case !wanted[a.Name]:
			continue
		case q.Detail.Partial && a.Class == artefact.ConceptScheme:
			a.Items, a.Partial = s.inUse(a.Items, union(asked, wanted)), true
		}
		if q.Detail.Stubs || q.Detail.ReferenceStubs && !asked[a.Name] {
			a = artefact.Artefact{Name: a.Name, Text: a.Text, Stub: true}
		}
		list = append(list, a)
	}
	return list
}

// asks tells whether an artefact is asked for by its name.
func (s *shelf) asks(q dataquery.Structures, a artefact.Artefact) bool {
	among := func(list []string, text string) bool { return list == nil || slices.Contains(list, text) }
	if q.Class != dataquery.AnyClass && q.Class != string(a.Class) || !among(q.Agencies, a.Agency) || !among(q.IDs, a.ID) || !among(q.Versions, a.Version) {
		return false
	}
	newer := func(b artefact.Artefact) bool {
		return a.Class == b.Class && a.Agency == b.Agency && a.ID == b.ID && compareVersions(a.Version, b.Version) < 0
	}
	if q.Latest && slices.ContainsFunc(s.list, newer) {
		return false
	}
	return q.Items == nil || len(itemsAmong(a.Items, q.Items)) > 0
}

func itemsAmong(items []artefact.Item, ids []string) (some []artefact.Item) {
	for _, i := range items {
		if slices.Contains(ids, i.ID) {
			some = append(some, i)
		}
	}
	return some
}

// children are what an artefact refers to.
func children(a artefact.Artefact) []artefact.Name {
	owner := standardAgency
	if at := strings.LastIndexByte(a.Agency, '.'); at >= 0 {
		owner = a.Agency[:at]
	}
	var list []artefact.Name
	if a.Class != artefact.AgencyScheme {
		list = append(list, agenciesName(owner))
	}
	switch a.Class {
	case artefact.Dataflow:
		list = append(list, a.Structure)
	case artefact.DataStructure:
		list = append(list, conceptsName())
		for _, d := range a.Components.Dimensions {
			if d.Codelist.ID != "" {
				list = append(list, d.Codelist)
			}
		}
	}
	return list
}

// related gives what is to be told beside what is asked for, by the words of the standard.
func (s *shelf) related(asked map[artefact.Name]bool, words []string) map[artefact.Name]bool {
	wanted := map[artefact.Name]bool{}
	for _, word := range words {
		var found map[artefact.Name]bool
		switch word {
		case "children":
			found = s.down(asked)
		case "descendants":
			found = far(asked, s.down)
		case "parents":
			found = s.up(asked)
		case "ancestors":
			found = far(asked, s.up)
		case "parentsandsiblings":
			found = s.siblings(asked)
		case "all":
			found = union(s.siblings(asked), far(asked, s.down))
		default:
			found = s.ofClass(union(far(asked, s.up), far(asked, s.down)), artefact.Class(word))
		}
		wanted = union(wanted, found)
	}
	return wanted
}

func (s *shelf) siblings(of map[artefact.Name]bool) map[artefact.Name]bool {
	parents := s.up(of)
	return union(parents, s.down(parents))
}

// down gives the children of some artefacts, up those that refer to them.
func (s *shelf) down(from map[artefact.Name]bool) map[artefact.Name]bool {
	found := map[artefact.Name]bool{}
	for _, a := range s.list {
		if from[a.Name] {
			for _, child := range children(a) {
				found[child] = true
			}
		}
	}
	return found
}

func (s *shelf) up(from map[artefact.Name]bool) map[artefact.Name]bool {
	found := map[artefact.Name]bool{}
	for _, a := range s.list {
		if slices.ContainsFunc(children(a), func(child artefact.Name) bool { return from[child] }) {
			found[a.Name] = true
		}
	}
	return found
}

// far takes steps until they lead to nothing new.
func far(from map[artefact.Name]bool, step func(map[artefact.Name]bool) map[artefact.Name]bool) map[artefact.Name]bool {
	found := map[artefact.Name]bool{}
	for len(from) > 0 {
		next := map[artefact.Name]bool{}
		for name := range step(from) {
			if !found[name] {
				found[name], next[name] = true, true
			}
		}
		from = next
	}
	return found
}

func union(one, other map[artefact.Name]bool) map[artefact.Name]bool {
	both := map[artefact.Name]bool{}
	for _, set := range []map[artefact.Name]bool{one, other} {
		for name := range set {
			both[name] = true
		}
	}
	return both
}

func (s *shelf) ofClass(names map[artefact.Name]bool, class artefact.Class) map[artefact.Name]bool {
	found := map[artefact.Name]bool{}
	for name := range names {
		if name.Class == class || class == dataquery.AnyClass {
			found[name] = true
		}
	}
	return found
}

// inUse leaves of concepts those of the data structures that are told.
func (s *shelf) inUse(concepts []artefact.Item, told map[artefact.Name]bool) []artefact.Item {
	var ids []string
	for _, a := range s.list {
		if a.Class == artefact.DataStructure && told[a.Name] {
			ids = append(ids, a.Components.IDs()...)
		}
	}
	return itemsAmong(concepts, ids)
}
