package web

import (
	"context"
	"io"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/framework"
	"resolute/internal/mandate"
)

// detailPage shows one paragraph, concept or area with what stands behind it.
type detailPage struct {
	*shell
	Line
	by       string // the view that it is a row of
	Kind     string // the words above the name: "Paragraph R8"
	Chips    []Link
	Clear    string
	Gaps     []string
	Where    []Meter // of all but areas: its activities by ITU region
	Sums     []SumLine
	Parts    []Line
	Years    []YearBars
	Partners []PartnerLine
	Nations  []Link
	Items    []Item
	Total    int
	All      string // the list of as many activities, whatever else of the view is asked for
	Groups   []GroupLine
	Asked    []Line
	Area     *areaPart    // of a country, region or group
	Beside   *Beside      // what the matrix of action lines and goals joins it with
	Roles    []RoleLine   // claims of provisions about an action line
	NoRole   bool         // an action line about which no provision claims a role
	Figures  []FigureLine // that evidence a paragraph
}

// GroupLine is one membership of a country.
type GroupLine struct {
	Name, When string
}

// shownPartners is how many organisations and countries a page lists.
const shownPartners = 15

func (s *Site) detail(ctx context.Context, r *request, by, id, title string) (detailPage, answer, error) {
	d, err := s.Coverage.Detail(ctx, r.query(by), id, r.lang)
	if err != nil {
		return detailPage{}, answer{}, err
	}
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return detailPage{}, answer{}, err
	}
	p := detailPage{shell: s.shell(r, title, "code", id), by: by, Gaps: d.Gaps, Total: d.List.Total}
	p.Kind = p.Heading
	p.Line, p.Sums = p.line(by, d.Row), p.sumLines(d.Row)
	p.All = p.Filtered("/activities", parameterOf[by], id)
	p.Chips, p.Clear = p.chips(s.labels(ctx, p.shell, catalogue), parameterOf[by]), p.cleared(r.http.URL.Path)
	if p.Name.Text != "" {
		p.Heading = p.Name.Text
	}
	p.converted, p.row = d.Conversion, [2]string{parameterOf[by], id}
	p.Parts = p.lines(by, d.Children)
	p.Years = p.rowYears(d.Years)
	for _, partner := range d.Partners[:min(shownPartners, len(d.Partners))] {
		p.Partners = append(p.Partners, p.partner(partner, parameterOf[by], id))
	}
	name := countryNames(catalogue)
	for _, n := range d.Nations[:min(shownPartners, len(d.Nations))] {
		p.Nations = append(p.Nations, Link{Href: p.URL("/area/" + n.Code), Text: p.In(name(n.Code)).Text, Code: p.Number(int64(n.Activities))})
	}
	p.Items = p.items(d.List.Items, name)
	if p.Where, err = s.where(ctx, r, p); err != nil {
		return p, answer{}, err
	}
	return p, answer{template: "detail", data: detailJSON(d, r.lang), csv: rowCSV(by, d, r.lang)}, nil
}

func countryNames(c *framework.Catalogue) func(string) resolute.Text {
	return func(code string) resolute.Text {
		country, _ := c.Country(code)
		return country.Name
	}
}

// detailJSON is a row as others read it, with the keys of its newest activities.
func detailJSON(d coverage.Detail, lang resolute.Lang) any {
	var keys []string
	for _, a := range d.List.Items {
		keys = append(keys, a.Key)
	}
	return struct {
		coverage.RowJSON
		NewestActivities []string `json:"newest_activities"`
		Rule             string   `json:"rule"`
		RuleID           string   `json:"rule_id"`
		DataVersion      int64    `json:"data_version"`

		Conversion *coverage.Conversion `json:"conversion,omitempty"`
	}{d.Row.JSON(lang), keys, d.List.Rule.Text, d.List.Rule.ID, d.List.Version, d.Conversion}
}

func rowCSV(by string, d coverage.Detail, lang resolute.Lang) func(io.Writer) error {
	return func(w io.Writer) error {
		return coverage.Table{By: by, Rule: d.List.Rule, Rows: []coverage.Row{d.Row}}.WriteCSV(w, lang)
	}
}

func (s *Site) line(ctx context.Context, r *request) (answer, error) {
	out, err := s.concept(ctx, r, coverage.ByLine, framework.ActionLine, "line.title")
	if err != nil {
		return out, err
	}
	p := out.page.(detailPage)
	for _, c := range mandate.RolesOf(p.ID) {
		p.Roles = append(p.Roles, p.roleLine(c))
	}
	p.NoRole = len(p.Roles) == 0
	out.page = p
	return out, nil
}

func (s *Site) goal(ctx context.Context, r *request) (answer, error) {
	a, err := s.concept(ctx, r, coverage.ByGoal, framework.Goal, "goal.title")
	if err != nil {
		return a, err
	}
	p := a.page.(detailPage)
	targets, err := s.Coverage.Table(ctx, r.query(coverage.ByTarget))
	if err != nil {
		return answer{}, err
	}
	for _, row := range targets.Rows {
		if row.Parent == p.ID {
			p.Parts = append(p.Parts, p.line(coverage.ByTarget, row))
		}
	}
	a.page = p
	return a, nil
}

func (s *Site) target(ctx context.Context, r *request) (answer, error) {
	return s.concept(ctx, r, coverage.ByTarget, framework.Target, "target.title")
}

// concept finds a code without regard to case.
func (s *Site) concept(ctx context.Context, r *request, by, scheme, title string) (answer, error) {
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	c, known := catalogue.Concept(scheme, r.http.PathValue("id"))
	if !known {
		return answer{}, s.missing(r.http)
	}
	p, out, err := s.detail(ctx, r, by, c.Code, title)
	if err != nil {
		return out, err
	}
	err = s.fillBeside(ctx, r, &p, by, catalogue)
	out.page = p
	return out, err
}
