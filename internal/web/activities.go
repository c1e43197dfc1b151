package web

import (
	"context"

	"resolute/internal/coverage"
	"resolute/internal/framework"
)

type activitiesPage struct {
	*shell
	List   coverage.List
	Items  []Item
	Chips  []Link
	Facets []FacetList
	Sorts  []Link
	Next   string
	Clear  string
	Query  string
	Hidden []Pair // parameters that the search form carries along
}

// FacetList is one facet as a page shows it.
type FacetList struct {
	Name   string
	Values []FacetLink
}

// FacetLink is one value of a facet: a link that adds or takes away the filter.
type FacetLink struct {
	Href, Text string
	Count      int
	Chosen     bool
}

// Pair is a parameter with its value.
type Pair struct{ Name, Value string }

// shownValues is how many values of a facet are listed.
const shownValues = 12

func (s *Site) activities(ctx context.Context, r *request) (answer, error) {
	q := coverage.ListQuery{Filter: r.filter, Period: r.period, Lang: r.lang, Sort: r.values.Get("sort"), Cursor: r.values.Get("page"), Limit: 30}
	if r.format != "" {
		q.Limit = 1000
	}
	list, err := s.Coverage.Activities(ctx, q)
	if err != nil {
		return answer{}, err
	}
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	p := activitiesPage{shell: s.shell(r, "activities.title"), List: list, Query: r.values.Get("q")}
	p.Items = p.items(list.Items, countryNames(catalogue))
	label := func(name, value string) string { return s.label(ctx, p.shell, catalogue, name, value) }
	p.fillFacets(label)
	for _, sort := range coverage.Sorts {
		current := r.values.Get("sort") == sort || r.values.Get("sort") == "" && sort == coverage.ByEvidence
		p.Sorts = append(p.Sorts, Link{Href: p.With("sort", sort), Text: p.T("sort." + sort), Current: current})
	}
	if list.Next != "" {
		p.Next = p.With("page", list.Next)
	}
	p.Clear = p.URL("/activities")
	for name, values := range r.values {
		for _, v := range values {
			if name != "q" && name != "page" {
				p.Hidden = append(p.Hidden, Pair{name, v})
			}
		}
	}
	return answer{template: "activities", page: p, data: listJSON(list, r), csv: listCSV(list.Items, r.lang)}, nil
}

func (p *activitiesPage) fillFacets(label func(name, value string) string) {
	for _, f := range p.List.Facets {
		out := FacetList{Name: f.Name}
		for i, v := range f.Values {
			link := FacetLink{Href: p.Toggle(f.Name, v.Value), Text: label(f.Name, v.Value), Count: v.Count, Chosen: v.Chosen}
			if i < shownValues || v.Chosen {
				out.Values = append(out.Values, link)
			}
			if v.Chosen {
				p.Chips = append(p.Chips, Link{Href: link.Href, Text: p.T("facet."+f.Name) + ": " + link.Text})
			}
		}
		if len(out.Values) > 0 {
			p.Facets = append(p.Facets, out)
		}
	}
	if p.Query != "" {
		p.Chips = append(p.Chips, Link{Href: p.With("q", ""), Text: "“" + p.Query + "”"})
	}
}

// label names a value of a facet in the page's language.
func (s *Site) label(ctx context.Context, p *shell, c *framework.Catalogue, name, value string) string {
	concept := func(scheme string) string {
		k, ok := c.Concept(scheme, value)
		if !ok {
			return value
		}
		title := k.Short
		if len(title) == 0 {
			title = k.Title
		}
		return p.In(title).Text
	}
	switch name {
	case "region":
		return concept(framework.ITURegion)
	case "area":
		country, ok := c.Country(value)
		if !ok {
			return value
		}
		return p.In(country.Name).Text
	case "group":
		g, _ := c.Group(value)
		return p.In(g.Name).Text
	case "org":
		return s.Coverage.OrganisationName(ctx, value)
	case "line":
		return value + " " + concept(framework.ActionLine)
	case "goal":
		return value + " " + concept(framework.Goal)
	case "kind":
		return concept(framework.Kind)
	case "sector":
		return concept(framework.Sector)
	case "level":
		return concept(framework.Level)
	case "role", "status":
		if p.Has("code." + name + "." + value) {
			return p.T("code." + name + "." + value)
		}
	}
	return value
}

func listJSON(list coverage.List, r *request) any {
	items := make([]coverage.SummaryJSON, len(list.Items))
	for i, a := range list.Items {
		items[i] = a.JSON(r.lang)
	}
	return map[string]any{"total": list.Total, "of": list.Of, "data_version": list.Version, "next": list.Next, "activities": items}
}
