package web

import (
	"cmp"
	"context"
	"html/template"
	"io"
	"slices"
	"strconv"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/framework"
	"resolute/internal/measure"
	"resolute/internal/web/chart"
)

// profilePart is an area in figures, beside what is done there about what they show.
type profilePart struct {
	*shell
	Group    bool
	World    string        // of the world: where its coverage stands; empty: another area
	First    []ProfileLine // that evidence a paragraph or have a target
	Further  []ProfileLine
	Open     bool // the further ones are shown at once
	Missing  []Passage
	Unknown  int    // indicators held that the catalogue does not know
	Here     string // where the form leads
	With     Choice
	Hidden   []Pair
	Page     string // the profile on a page of its own; empty: this is it
	Joined   []JoinedLine
	Sheets   []Link // the profile as files
	Compared []Link // profiles of those it is compared with
	Rule     bool   // Joined has figures that are made by a rule
}

// ProfileLine is one indicator of a profile.
type ProfileLine struct {
	Name      string
	Own       bool // Name is in the page's language
	Href      string
	Unit      string
	Source    string
	Value     string // empty: insufficient
	Year      string
	Estimated bool
	Status    string // code of the source, where it says more than that it is an estimate
	Spark     template.HTML
	Trend     string // what the spark shows
	Change    *SinceLine
	Ranks     []RankWords
	Direction int
	Aggregate *AggregateLine
	Spread    *SpreadLine
	Beside    []NextToLine
	Verdict   *ProgressLine
	Aimed     bool // there is a target; without a verdict the values do not allow to judge it
	Done      []DoneLine
}

// SinceLine is what changed since an earlier year.
type SinceLine struct {
	By, Year string
	Others   bool // the areas with a value are not the same
}

// RankWords is a place among the countries of a group.
type RankWords struct {
	Among, Words string
	Tied         int
}

// AggregateLine is what the figure of a group rests on.
type AggregateLine struct {
	Rule, WeighedBy, Words string
	Sufficient             bool
}

// SpreadLine is how the countries of a group differ.
type SpreadLine struct{ Least, Median, Most, Gini, N string }

// NextToLine is the same figure of another area or of a group.
type NextToLine struct {
	Name, Value, Year string // Year where it is another than that of the line
	None              bool   // nothing is known
	Aggregate         *AggregateLine
	Before            string // of a group that is insufficient: an earlier figure with its year
}

// ProgressLine is a verdict on progress, by two methods.
type ProgressLine struct {
	Target, By, Growth, Pace, Base string
	Source                         string
}

// DoneLine leads to the activities here about a paragraph or a target.
type DoneLine struct {
	Code, Href string
	Activities int
}

// JoinedLine is a paragraph or a target with the figures that evidence it and what is done here.
type JoinedLine struct {
	Line
	Figures []Link
}

// profile gives the profile of an area, for the page and as it was found.
func (s *Site) profile(ctx context.Context, r *request, p *shell, by, id string, threads coverage.Table, c *framework.Catalogue) (*profilePart, *measure.Profile, error) {
	found, err := s.Measure.Profile(ctx, c, measure.ProfileQuery{Area: id, Beside: r.values.Get("beside"), Since: r.sinceYear(), At: r.head.Seq})
	if resolute.CodeOf(err) == resolute.Usage {
		r.refuse([]string{"beside=" + r.values.Get("beside")})
		r.values.Del("beside")
		found, err = s.Measure.Profile(ctx, c, measure.ProfileQuery{Area: id, Since: r.sinceYear(), At: r.head.Seq})
	}
	if err != nil {
		return nil, nil, err
	}
	p.Notices = r.notices
	part := &profilePart{shell: p, Group: found.Group, Unknown: found.Unknown, Page: p.Filtered("/area/"+id+"/figures", "beside", r.values.Get("beside"), "since", r.values.Get("since")), Here: p.address("/area/"+id, nil)}
	if len(found.Figures) == 0 {
		return part, &found, nil
	}
	targets := coverage.Table{}
	if slices.ContainsFunc(found.Figures, func(f measure.ProfileFigure) bool { return f.Target != "" }) {
		q := r.query(coverage.ByTarget)
		q.Filter = withArea(q.Filter, by, id)
		if targets, err = s.Coverage.Table(ctx, q); err != nil {
			return nil, nil, err
		}
	}
	names := part.names(c)
	join := joiner{part: part, place: inArea(by, id), threads: threads, targets: targets}
	for _, f := range found.Figures {
		line := part.profileLine(f, found, names)
		line.Done = join.add(f, line)
		if len(f.Threads) > 0 || f.Aimed {
			part.First = append(part.First, line)
		} else {
			part.Further = append(part.Further, line)
		}
	}
	part.Joined, part.Rule = join.lines, len(join.lines) > 0
	for _, gap := range found.Missing {
		part.Missing = append(part.Missing, p.In(gap.Name))
	}
	for _, other := range found.Beside {
		if href := areaPath(other); href != "" {
			part.Compared = append(part.Compared, Link{Href: p.URL(href), Text: names(other)})
		}
	}
	part.With, part.Hidden = part.withChoice(found.Area, c, names), p.carriedBeside("beside")
	for _, format := range []string{"csv", "xlsx", "json"} {
		part.Sheets = append(part.Sheets, Link{Href: p.Filtered("/area/"+id+"/figures."+format, "beside", r.values.Get("beside"), "since", r.values.Get("since")), Text: map[string]string{"csv": "CSV", "xlsx": "XLSX", "json": "JSON"}[format]})
	}
	return part, &found, nil
}

// Indicators is how many indicators have data.
func (p *profilePart) Indicators() int { return len(p.First) + len(p.Further) }

// sinceYear is the year from which change is told; 0: the usual.
func (r *request) sinceYear() int {
	text := r.values.Get("since")
	if text == "" {
		return 0
	}
	year, err := strconv.Atoi(text)
	if err != nil || year < 1900 || year > 2200 {
		r.values.Del("since")
		r.refuse([]string{"since=" + text})
		return 0
	}
	return year
}

// worldPath is the profile of the world.
const worldPath = "/area/" + measure.World + "/figures"

// areaPath is the page of an area or group; empty: it has none.
func areaPath(key string) string {
	if key == measure.World {
		return worldPath
	}
	if region, is := cutRegion(key); is {
		return "/area/" + region
	}
	return "/area/" + key
}

// names gives areas and groups their names in the page's language.
func (p *profilePart) names(c *framework.Catalogue) func(key string) string {
	return func(key string) string {
		if key == measure.World {
			return p.T("profile.world")
		}
		if region, is := cutRegion(key); is {
			if of, known := c.Region(region); known {
				return p.In(of.Title).Text
			}
		}
		if group, known := c.Group(key); known {
			return cmp.Or(p.In(group.Name).Text, key)
		}
		country, _ := c.Country(key)
		return cmp.Or(p.In(country.Name).Text, key)
	}
}

// withChoice offers whom to compare with.
func (p *profilePart) withChoice(own string, c *framework.Catalogue, name func(string) string) Choice {
	chosen := p.request.values.Get("beside")
	choice := Choice{Name: "beside", Label: p.T("profile.compare"), All: p.T("profile.usual")}
	usual := ""
	switch {
	case own == measure.World:
		choice.All = p.T("profile.alone")
	case p.Group:
		choice.All, usual = p.T("profile.world"), measure.World
	}
	add := func(key string) {
		if key != own && key != usual {
			choice.Options = append(choice.Options, Option{Value: key, Text: name(key), Chosen: key == chosen})
		}
	}
	for _, key := range []string{measure.World, "LDC", "LLDC", "SIDS", "ITU:AFR", "ITU:AMS", "ITU:ARB", "ITU:ASP", "ITU:CIS", "ITU:EUR"} {
		add(key)
	}
	groups := len(choice.Options)
	for _, country := range c.Countries() {
		add(country.ISO2)
	}
	order := p.Order()
	slices.SortFunc(choice.Options[groups:], func(a, b Option) int { return order(a.Text, b.Text) })
	return choice
}

// profiles gives the addresses of profiles, of those areas that have figures.
func (s *Site) profiles(ctx context.Context, p *shell, c *framework.Catalogue) (func(by, id string) string, error) {
	reporting, err := s.Measure.Reporting(ctx, c, p.request.head.Seq)
	return func(by, id string) string {
		switch {
		case len(reporting) == 0, by != byWorld && by != coverage.ByCountry && by != coverage.ByITURegion && by != coverage.ByGroup, by == coverage.ByCountry && !reporting[id]:
			return ""
		}
		return p.URL("/area/" + id + "/figures")
	}, err
}

// withProfiles adds the addresses of profiles to the rows of areas, and returns what gives them.
func (s *Site) withProfiles(ctx context.Context, p *shell, c *framework.Catalogue, by string, lines []Line) (func(by, id string) string, error) {
	profiles, err := s.profiles(ctx, p, c)
	if err != nil {
		return nil, err
	}
	for i := range lines {
		if lines[i].Linked {
			lines[i].Profile = profiles(by, lines[i].ID)
		}
	}
	return profiles, nil
}

// profilePage is the profile on a page of its own.
type profilePage struct {
	*shell
	Name    Passage
	Area    Link
	Profile *profilePart
}

// areaFigures shows the profile of an area alone; its files hold exactly this.
func (s *Site) areaFigures(ctx context.Context, r *request) (answer, error) {
	catalogue, by, id, err := s.areaAsked(ctx, r)
	if err != nil {
		return answer{}, err
	}
	q := r.query(coverage.ByProvision)
	q.Filter = withArea(q.Filter, by, id)
	threads, err := s.Coverage.Table(ctx, q)
	if err != nil {
		return answer{}, err
	}
	p := profilePage{shell: s.shell(r, "profile.title")}
	part, found, err := s.profile(ctx, r, p.shell, by, id, threads, catalogue)
	if err != nil {
		return answer{}, err
	}
	name := part.names(catalogue)(found.Area)
	p.Area = Link{Href: p.Filtered("/area/" + id), Text: name}
	if by == byWorld {
		part.World = p.Filtered("/coverage")
		p.Area = Link{Href: p.Filtered("/coverage", "by", coverage.ByCountry), Text: p.T("coverage.by.country")}
	}
	p.Heading = p.T("profile.of", "name", name)
	part.Page, part.Open, part.Here = "", true, p.Here()
	p.Profile = part
	found.DataVersion = r.head.Seq
	return answer{template: "profile", page: p, data: found, csv: func(w io.Writer) error { return found.WriteCSV(w, r.lang) },
		book: func(w io.Writer) error { return found.WriteXLSX(w, r.lang) }}, nil
}

// sparkOf draws the points of a figure.
func sparkOf(f measure.ProfileFigure) template.HTML {
	spark := chart.Spark{Share: f.Unit == "%"}
	for _, point := range f.Points {
		spark.Points = append(spark.Points, chart.Point{Year: point.Year, Value: float64(point.Value), Open: point.Estimated})
	}
	return spark.SVG()
}
