package web

import (
	"context"

	"resolute/internal/coverage"
	"resolute/internal/framework"
)

// labels gives label for one page.
func (s *Site) labels(ctx context.Context, p *shell, c *framework.Catalogue) func(name, value string) string {
	return func(name, value string) string { return s.label(ctx, p, c, name, value) }
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
		if value == coverage.RegionRow {
			return p.T("coverage.region_only")
		}
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
	case "thread":
		return s.paragraphTitle(ctx, p, value)
	case "state":
		return p.T("state." + value)
	case "lacks":
		return p.T("lacks." + value)
	case "gap":
		return p.lackName(value)
	case "addressee":
		return p.addresseeName(value)
	case "role", "status":
		if p.Has("code." + name + "." + value) {
			return p.T("code." + name + "." + value)
		}
	}
	return value
}
