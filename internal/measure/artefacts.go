package measure

import (
	"context"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/framework"
	"resolute/internal/measure/dataquery"
	"resolute/internal/sdmx"
	"resolute/internal/sdmx/artefact"
)

// Naming gives the name by which people know a component or a code of the standard, such as _Z, and
// the schemes CONCEPTS and AGENCIES; nil: none.
type Naming func(id string) resolute.Text

// Names of the schemes that hold for all dataflows.
const (
	conceptScheme  = "CONCEPTS"
	agencyScheme   = "AGENCIES"
	standardAgency = "SDMX"
)

// Structures gives what a question for structures asks for, with what it wants to be told too; nil when
// there is nothing of the kind. A table that cannot be a dataflow is passed over.
func (m *Measure) Structures(ctx context.Context, q dataquery.Structures, names Naming) ([]artefact.Artefact, error) {
	s, err := m.shelf(ctx, Selection{Sound: true}, names)
	if err != nil {
		return nil, err
	}
	if q.Class != string(artefact.Dataflow) && q.Class != string(artefact.AgencyScheme) && q.Class != string(artefact.ConceptScheme) || len(q.References) > 0 {
		if s.held, err = m.holdings(ctx, s.seq); err != nil {
			return nil, err
		}
	}
	s.fill()
	return s.choose(q), nil
}

// shelf holds all artefacts that follow from the dataflows.
type shelf struct {
	names     Naming
	seq       int64
	flows     []*Flow
	held      map[string]*holding // nil: data structures and code lists are not asked for
	catalogue *Catalogue
	list      []artefact.Artefact
}

func (m *Measure) shelf(ctx context.Context, chosen Selection, names Naming) (*shelf, error) {
	head, err := audit.Newest(ctx, m.DB)
	if err != nil {
		return nil, err
	}
	if chosen.At <= 0 || chosen.At > head.Seq {
		chosen.At = head.Seq
	}
	s := &shelf{names: names, seq: chosen.At}
	if s.flows, err = m.Flows(ctx, chosen); err != nil {
		return nil, err
	}
	s.catalogue, err = m.Catalogue(ctx, s.seq)
	return s, err
}

// fill makes the artefacts.
func (s *shelf) fill() {
	s.agencies()
	for _, f := range s.flows {
		flow := artefactOf(artefact.Dataflow, f)
		flow.Text, flow.Structure = english(f.Name), nameOf(artefact.DataStructure, f)
		s.list = append(s.list, flow)
	}
	s.concepts()
	if s.held == nil {
		return
	}
	for _, f := range s.flows {
		s.structure(f)
	}
}

func nameOf(class artefact.Class, f *Flow) artefact.Name {
	return artefact.Name{Class: class, Agency: f.Ref.Agency, ID: f.Ref.ID, Version: f.Ref.Version}
}

func artefactOf(class artefact.Class, f *Flow) artefact.Artefact {
	return artefact.Artefact{Name: nameOf(class, f)}
}

func english(text string) resolute.Text { return resolute.Text{resolute.English: text} }

// named gives the name of a component or code, which is its own name when it has no other.
func (s *shelf) named(id string) resolute.Text {
	if text := s.names(id); len(text) > 0 {
		return text
	}
	return english(id)
}

// concepts makes the one scheme of the concepts of all components.
func (s *shelf) concepts() {
	ids := append([]string{timeDimension, valueMeasure}, attributes...)
	for _, f := range s.flows {
		ids = append(ids, f.Dimensions...)
	}
	slices.Sort(ids)
	scheme := artefact.Artefact{Name: conceptsName(), Text: s.named(conceptScheme)}
	for _, id := range slices.Compact(ids) {
		scheme.Items = append(scheme.Items, artefact.Item{ID: id, Text: s.named(id)})
	}
	s.list = append(s.list, scheme)
}

func conceptsName() artefact.Name {
	return artefact.Name{Class: artefact.ConceptScheme, Agency: ownAgency, ID: conceptScheme, Version: firstVersion}
}

// agencies makes the schemes of agencies: each agency stands in the scheme of the one above it, and
// the topmost ones in that of the standard.
func (s *shelf) agencies() {
	below := map[string][]string{standardAgency: {ownAgency}}
	for _, f := range s.flows {
		over := standardAgency
		for _, part := range strings.Split(f.Ref.Agency, ".") {
			below[over] = append(below[over], part)
			over = strings.TrimPrefix(over+"."+part, standardAgency+".")
		}
	}
	var owners []string
	for owner := range below {
		owners = append(owners, owner)
	}
	slices.Sort(owners)
	for _, owner := range owners {
		scheme := artefact.Artefact{Name: agenciesName(owner), Text: s.named(agencyScheme)}
		slices.Sort(below[owner])
		for _, id := range slices.Compact(below[owner]) {
			scheme.Items = append(scheme.Items, artefact.Item{ID: id, Text: english(id)})
		}
		s.list = append(s.list, scheme)
	}
}

func agenciesName(owner string) artefact.Name {
	return artefact.Name{Class: artefact.AgencyScheme, Agency: owner, ID: agencyScheme, Version: firstVersion}
}

// structure makes the data structure of a dataflow and the code lists of its dimensions.
func (s *shelf) structure(f *Flow) {
	held, defined := s.held[f.Name], artefactOf(artefact.DataStructure, f)
	defined.Text = english(f.Name)
	c := &defined.Components
	var lists []artefact.Artefact
	for i, id := range f.Dimensions {
		part := artefact.Component{ID: id, Scheme: conceptsName(), Type: "String"}
		codes := held.sorted(i)
		if !slices.ContainsFunc(codes, func(code string) bool { return !sdmx.IsID(code) }) {
			list := s.codelist(f, id, codes, held)
			part.Codelist = list.Name
			lists = append(lists, list)
		}
		c.Dimensions = append(c.Dimensions, part)
	}
	c.Time = artefact.Component{ID: timeDimension, Scheme: conceptsName(), Type: "ObservationalTimePeriod"}
	c.Measure = artefact.Component{ID: valueMeasure, Scheme: conceptsName(), Type: "Double"}
	if held.words {
		c.Measure.Type = "String"
	}
	for _, id := range attributes {
		c.Attributes = append(c.Attributes, artefact.Component{ID: id, Scheme: conceptsName(), Type: "String"})
	}
	s.list = append(append(s.list, lists...), defined)
}

// codelist makes the list of the codes that a dimension has in a dataflow.
func (s *shelf) codelist(f *Flow, dimension string, codes []string, held *holding) artefact.Artefact {
	list := artefactOf(artefact.Codelist, f)
	list.ID = "CL_" + strings.NewReplacer("@", "_", "$", "_").Replace(f.Ref.ID) + "_" + dimension
	list.Text = s.named(dimension)
	for _, code := range codes {
		item := artefact.Item{ID: code}
		switch dimension {
		case indicatorDimension:
			item.Text = s.indicator(f, code)
		case areaDimension:
			item.Text = s.area(code, held.areas[code])
		default:
			item.Text = s.named(code)
		}
		list.Items = append(list.Items, item)
	}
	return list
}

// indicator names an indicator as its source does, and in the languages that the catalogue adds.
func (s *shelf) indicator(f *Flow, code string) resolute.Text {
	text := resolute.Text{}
	for _, c := range s.catalogue.list {
		if in := c.in(f.Name); in.code == code && in.dims == "{}" {
			for lang, name := range c.Name {
				text[lang] = name
			}
			break
		}
	}
	if name := f.texts[IndicatorKey{f.Name, code}].name; name != "" {
		text[resolute.English] = name
	}
	if len(text) == 0 {
		return english(code)
	}
	return text
}

// area names an area as the tables of countries do, else as its source does.
func (s *shelf) area(code, printed string) resolute.Text {
	if country, ok := framework.Builtin().Country(code); ok {
		return country.Name
	}
	if printed == "" {
		return s.named(code)
	}
	return english(printed)
}
