package web

import (
	"context"
	"slices"
	"strings"
	"time"

	"resolute/internal/coverage"
	"resolute/internal/framework"
	"resolute/internal/mandate"
	"resolute/internal/measure"
)

// areaPart is what the page of an area shows beside that of a concept.
type areaPart struct {
	*shell
	Region    *Link        // of a country
	Notes     []string     // comparison, commissions, membership
	States    []StateCount // of the paragraphs, by activities in the area
	Spine     []Vertebra
	Themes    []Line // the four priorities of M1, by their action lines
	Countries []Line // of a region, that something is reported for
	Silent    []Link // the other countries of a region
	Members   []Link // of a group, on the last day of the period
	Work      *WorkTable
	Located   string       // the list of locations in the area
	Profile   *profilePart // the area in figures
}

// byWorld is the view of the world: it is a row of none, for the whole register is of it.
const byWorld = ""

// areaOf finds a country, an ITU region, a group of countries or the world: the view that it is a row of, and
// its code there.
func areaOf(c *framework.Catalogue, code string) (by, id string, known bool) {
	if country, ok := c.Country(code); ok {
		return coverage.ByCountry, country.ISO2, true
	}
	if _, ok := c.Region(strings.ToUpper(code)); ok {
		return coverage.ByITURegion, strings.ToUpper(code), true
	}
	if strings.EqualFold(code, measure.World) {
		return byWorld, measure.World, true
	}
	group, ok := c.Group(code)
	return coverage.ByGroup, group.Key, ok
}

// areaAsked is the area that an address names; NotFound where there is none.
func (s *Site) areaAsked(ctx context.Context, r *request) (c *framework.Catalogue, by, id string, err error) {
	if c, err = s.Coverage.Catalogue(ctx); err != nil {
		return nil, "", "", err
	}
	by, id, known := areaOf(c, r.http.PathValue("id"))
	if !known {
		return nil, "", "", s.missing(r.http)
	}
	return c, by, id, nil
}

// area shows a country, an ITU region or a group of countries; of the world the figures alone, for what is done
// about the resolution in the world is what the other pages show.
func (s *Site) area(ctx context.Context, r *request) (answer, error) {
	catalogue, by, id, err := s.areaAsked(ctx, r)
	if err != nil {
		return answer{}, err
	}
	if by == byWorld {
		return s.areaFigures(ctx, r)
	}
	p, out, err := s.detail(ctx, r, by, id, "area.title")
	if err != nil {
		return answer{}, err
	}
	table, err := s.fillReached(ctx, r, &p)
	if err != nil {
		return answer{}, err
	}
	if p.Area.Profile, _, err = s.profile(ctx, r, p.shell, by, id, table, catalogue); err != nil {
		return answer{}, err
	}
	switch by {
	case coverage.ByCountry:
		country, _ := catalogue.Country(id)
		err = s.fillCountry(ctx, r, &p, country, table, catalogue)
	case coverage.ByGroup:
		p.Area.fillGroup(r, id, catalogue)
	default:
		err = s.fillRegion(ctx, r, p.Area, id, catalogue)
	}
	out.page = p
	return out, err
}

// fillCountry adds the memberships of a country with their days, and what the resolution asks
// of Member States, answered by activities there.
func (s *Site) fillCountry(ctx context.Context, r *request, p *detailPage, country framework.Country, table coverage.Table, c *framework.Catalogue) error {
	for _, key := range []string{"LDC", "LLDC", "SIDS"} {
		group, _ := c.Group(key)
		for _, span := range c.GroupSpans(key, country.ISO3) {
			p.Groups = append(p.Groups, GroupLine{Name: p.In(group.Name).Text, When: p.span(span)})
		}
	}
	if err := s.fillSiblings(ctx, r, p.Area, country, c); err != nil {
		return err
	}
	if err := s.fillThemes(ctx, r, p); err != nil {
		return err
	}
	for _, row := range table.Rows {
		if x, known, _ := s.paragraph(ctx, row.ID); known && x.Addressee == mandate.Members {
			line := p.line(coverage.ByProvision, row)
			if line.List != "" {
				line.List = p.inArea("/activities", "thread", row.ID)
			}
			if line.Taking != "" {
				line.Taking = p.inArea("/organisations", "thread", row.ID)
			}
			p.Asked = append(p.Asked, line)
		}
	}
	return nil
}

func (s *shell) span(span framework.Span) string {
	from := span.From
	if from == "" {
		from = span.KnownFrom
	}
	when := s.T("area.groups_since", "day", s.Day(from))
	if span.To != "" {
		when += s.Comma() + s.T("area.groups_until", "day", s.Day(span.To))
	}
	return when
}

// fillReached adds the paragraphs by state, as activities in the area answer them, and who works
// on them. It returns them as a table.
func (s *Site) fillReached(ctx context.Context, r *request, p *detailPage) (coverage.Table, error) {
	q := r.query(coverage.ByProvision)
	q.Filter = withArea(q.Filter, p.by, p.ID)
	table, err := s.Coverage.Table(ctx, q)
	if err != nil {
		return table, err
	}
	rows, err := s.Coverage.Rows(ctx)
	if err != nil {
		return table, err
	}
	p.Area = &areaPart{shell: p.shell, Located: p.inArea("/places/locations")}
	spine, counts := p.spine(rows, table)
	p.Area.Spine = spine
	for _, state := range coverage.States {
		href := p.inArea("/coverage", "by", coverage.ByProvision, "show", state)
		p.Area.States = append(p.Area.States, StateCount{State: state, Href: href, N: counts[state]})
	}
	return table, s.fillWork(ctx, r, p, rows, table)
}

// withArea narrows a filter to one area, or to none: the world.
func withArea(f coverage.Filter, by, id string) coverage.Filter {
	f.Areas, f.Regions, f.Groups = nil, nil, nil
	switch by {
	case coverage.ByCountry:
		f.Areas = []string{id}
	case coverage.ByITURegion:
		f.Regions = []string{id}
	case coverage.ByGroup:
		f.Groups = []string{id}
	}
	return f
}

// themes are the action lines of the four priorities that M1 names: infrastructure, confidence
// and security, enabling environment, applications.
var themes = []string{"C2", "C5", "C6", "C7"}

func (s *Site) fillThemes(ctx context.Context, r *request, p *detailPage) error {
	q := r.query(coverage.ByLine)
	q.Filter = withArea(q.Filter, p.by, p.ID)
	table, err := s.Coverage.Table(ctx, q)
	if err != nil {
		return err
	}
	for _, code := range themes {
		if row, ok := table.Row(code); ok {
			line := p.line(coverage.ByLine, row)
			line.Taking = ""
			if line.List != "" {
				line.List = p.inArea("/activities", "line", code)
			}
			p.Area.Themes = append(p.Area.Themes, line)
		}
	}
	return nil
}

// siblings are the countries of a region, as rows.
func (s *Site) siblings(ctx context.Context, r *request, region string) ([]coverage.Row, error) {
	table, err := s.Coverage.Table(ctx, r.query(coverage.ByCountry))
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(table.Rows), func(row coverage.Row) bool { return row.Parent != region || row.ID == coverage.RegionRow }), nil
}

// fillSiblings sets a country beside the middle of its region, and says how many that rests on.
func (s *Site) fillSiblings(ctx context.Context, r *request, area *areaPart, country framework.Country, c *framework.Catalogue) error {
	if len(country.Commissions)+len(country.AssociateCommissions) > 0 {
		list := area.List(append(slices.Clone(country.Commissions), country.AssociateCommissions...))
		area.Notes = append(area.Notes, area.T("area.commissions", "n", len(country.Commissions)+len(country.AssociateCommissions), "list", list))
	}
	region, known := c.Region(country.ITURegion)
	if !known {
		return nil
	}
	area.Region = &Link{Href: area.URL("/area/" + region.Code), Text: area.In(region.Title).Text}
	rows, err := s.siblings(ctx, r, region.Code)
	if err != nil {
		return err
	}
	median, with := middle(rows)
	area.Notes = append(area.Notes, area.T("area.median", "median", median, "with", with, "total", len(rows)))
	return nil
}

// middle gives the median of the countries' activities, the lower of two, and how many have any.
func middle(rows []coverage.Row) (median, with int) {
	var counts []int
	for _, row := range rows {
		counts = append(counts, row.Activities)
		if row.Activities > 0 {
			with++
		}
	}
	if len(counts) == 0 {
		return 0, 0
	}
	slices.Sort(counts)
	return counts[(len(counts)-1)/2], with
}

// fillRegion adds the countries of an ITU region with their figures.
func (s *Site) fillRegion(ctx context.Context, r *request, area *areaPart, region string, c *framework.Catalogue) error {
	rows, err := s.siblings(ctx, r, region)
	if err != nil {
		return err
	}
	area.Countries = area.lines(coverage.ByCountry, reported(rows))
	if _, err := s.withProfiles(ctx, area.shell, c, coverage.ByCountry, area.Countries); err != nil {
		return err
	}
	var two []string
	for _, row := range rows {
		if !slices.ContainsFunc(area.Countries, func(l Line) bool { return l.ID == row.ID }) {
			area.Silent = append(area.Silent, Link{Href: area.URL("/area/" + row.ID), Text: area.In(row.Title).Text})
		}
		if country, ok := c.Country(row.ID); ok && len(country.Commissions) > 1 {
			two = append(two, area.In(country.Name).Text)
		}
	}
	if len(two) > 0 {
		area.Sort(two)
		area.Notes = append(area.Notes, area.T("area.two_commissions", "list", area.List(two)))
	}
	return nil
}

// fillGroup adds who is in a group on the last day of the period, or says that it is not known.
func (area *areaPart) fillGroup(r *request, key string, c *framework.Catalogue) {
	group, _ := c.Group(key)
	day := r.lastDay()
	if day < group.KnownFrom || group.KnownTo != "" && day > group.KnownTo {
		until := area.T("absent.not_known")
		if group.KnownTo != "" {
			until = area.Day(group.KnownTo)
		}
		area.Notes = append(area.Notes, area.T("area.not_known", "day", area.Day(day), "from", area.Day(group.KnownFrom), "to", until))
		return
	}
	members := c.Members(key, day)
	area.Notes = append(area.Notes, area.T("area.members_on", "n", len(members), "day", area.Day(day)))
	for _, country := range members {
		area.Members = append(area.Members, Link{Href: area.URL("/area/" + country.ISO2), Text: area.In(country.Name).Text})
	}
}

// lastDay is the last day of the period, or the day of the data when the period is open.
func (r *request) lastDay() string {
	if r.period.To != "" {
		return r.period.To
	}
	return time.UnixMilli(r.head.At).UTC().Format(time.DateOnly)
}
