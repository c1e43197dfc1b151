package web

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/mandate"
)

type activitiesPage struct {
	*shell
	List    coverage.List
	Items   []Item
	Chips   []Link
	Facets  []FacetList
	Sorts   []Link
	Next    string
	First   string // back to the first page, from a later one
	Clear   string
	Filter  string // the page of all facets
	Show    string // the list, from that page
	Partial []Link // what some of them lack
	Query   string
	Hidden  []Pair // parameters that the search form carries along
	Less    []Less
	Claims  []Link   // organisations that a provision gives a role for a line of the filter
	Speak   []string // who the paragraphs of the filter speak to
	Nothing bool     // no activity at all was imported
	IATI    bool     // it can be had as IATI
}

// FacetList is one facet as a page shows it.
type FacetList struct {
	Name   string
	Values []FacetLink
	More   int // values that are not listed
}

// FacetLink is one value of a facet: a link that adds or takes away the filter.
type FacetLink struct {
	Href, Text string
	Count      int
	Chosen     bool
}

// Pair is a parameter with its value.
type Pair struct{ Name, Value string }

// Less is a filter that is set, with the number of activities without it.
type Less struct {
	Link
	Count int
}

// How many values of a facet are listed beside the list, and on the page of all facets.
const (
	shownValues = 12
	allValues   = 200
)

func (s *Site) activities(ctx context.Context, r *request) (answer, error) {
	return s.activityList(ctx, r, "activities", shownValues)
}

// activityFilter shows the facets alone, with all their values: the way to filter on a phone.
func (s *Site) activityFilter(ctx context.Context, r *request) (answer, error) {
	a, err := s.activityList(ctx, r, "filter", allValues)
	if err != nil {
		return a, err
	}
	p := a.page.(activitiesPage)
	a.data = map[string]any{"total": p.List.Total, "of": p.List.Of, "data_version": p.List.Version, "facets": facetsJSON(p.List.Facets)}
	a.csv, a.lines, a.feed, a.book = facetsCSV(p.List.Facets), nil, nil, nil
	return a, nil
}

func (s *Site) activityList(ctx context.Context, r *request, template string, values int) (answer, error) {
	limit := 30
	if r.format == "json" {
		limit = 1000
	}
	q := r.listQuery(limit)
	list, err := listFrom(ctx, r, &q, s.Coverage.Activities)
	if err != nil {
		return answer{}, err
	}
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	p := activitiesPage{shell: s.shell(r, template+".title"), List: list, Query: r.values.Get("q")}
	p.Items = p.items(list.Items, countryNames(catalogue))
	label := s.labels(ctx, p.shell, catalogue)
	p.Chips = p.chips(label)
	p.fillFacets(label, values)
	p.fillLinks()
	p.IATI = r.pin.seq == 0
	if list.Total == 0 {
		err = s.fillEmpty(ctx, r, &p)
	}
	return answer{template: template, page: p, data: listJSON(list, r), csv: s.listCSV(ctx, q), lines: s.listLines(ctx, q), feed: s.listIATI(ctx, r, q), book: s.listBook(ctx, r, q)}, err
}

func (p *activitiesPage) fillFacets(label func(name, value string) string, most int) {
	for _, f := range p.List.Facets {
		out := FacetList{Name: f.Name, More: f.More}
		for i, v := range f.Values {
			if i >= most && !v.Chosen {
				out.More++
				continue
			}
			out.Values = append(out.Values, FacetLink{Href: p.Toggle(f.Name, v.Value), Text: label(f.Name, v.Value), Count: v.Count, Chosen: v.Chosen})
		}
		if len(out.Values) > 0 {
			p.Facets = append(p.Facets, out)
		}
	}
}

func (p *activitiesPage) fillLinks() {
	sort := p.request.values.Get("sort")
	for _, s := range coverage.Sorts {
		p.Sorts = append(p.Sorts, Link{Href: p.With("sort", s), Text: p.T("sort." + s), Current: sort == s || sort == "" && s == coverage.ByEvidence})
	}
	if p.List.Next != "" {
		p.Next = p.With("page", p.List.Next)
	}
	if p.request.values.Get("page") != "" {
		p.First = p.With("page", "")
	}
	p.Clear, p.Filter, p.Show = p.cleared(p.request.http.URL.Path, "sort"), p.Filtered("/activities/filter", "sort", sort), p.Filtered("/activities", "sort", sort)
	p.Hidden = p.carriedBeside("q")
	p.fillPartial(sort)
}

// fillPartial says how many activities lack what figures need, with the list of these.
func (p *activitiesPage) fillPartial(sort string) {
	for _, x := range []struct {
		words, lacks string
		n            int
	}{{"activities.no_place", coverage.LacksPlace, p.List.NoPlace}, {"activities.no_date", coverage.LacksDate, p.List.NoDate}, {"activities.no_money", coverage.LacksMoney, p.List.NoMoney}} {
		if x.n > 0 {
			p.Partial = append(p.Partial, Link{Text: p.T(x.words, "n", x.n), Href: p.listOf("lacks", x.lacks, "sort", sort)})
		}
	}
}

// fillEmpty says what an empty list was asked for: how many there are without each filter, and
// who could report.
func (s *Site) fillEmpty(ctx context.Context, r *request, p *activitiesPage) error {
	fresh, err := s.Coverage.Freshness(ctx)
	if err != nil {
		return err
	}
	p.Nothing = fresh.Activities == 0
	for _, chip := range p.Chips {
		f, period := r.filter, r.period
		field := filterFields(&f)[chip.Code]
		switch {
		case chip.Code == "q":
			f.Text = ""
		case chip.Code == "period":
			period = resolute.Period{}
		case field == nil: // a rule or a currency leaves out none
			continue
		default:
			*field = nil // without all values of this name
		}
		list, err := s.Coverage.Activities(ctx, coverage.ListQuery{Filter: f, Period: period, Limit: 1})
		if err != nil {
			return err
		}
		p.Less = append(p.Less, Less{Link{Href: p.With(chip.Code, ""), Text: chip.Text}, list.Total})
	}
	for _, line := range r.filter.Lines {
		p.Claims = append(p.Claims, p.claims(line)...)
	}
	for _, thread := range r.filter.Threads {
		x, known, err := s.paragraph(ctx, thread)
		if err != nil {
			return err
		}
		if known && x.Addressee != "" {
			p.Speak = append(p.Speak, p.addresseeName(x.Addressee))
		}
	}
	return nil
}

// claims are the organisations that provisions give a role for an action line; the page of the
// line shows which, and what contradicts.
func (s *shell) claims(line string) []Link {
	var list []Link
	for _, claim := range mandate.RolesOf(line) {
		link := Link{Href: s.URL("/line/" + line), Text: claim.Organisation, Code: line}
		if claim.LikelyStruck != "yes" && !slices.Contains(list, link) {
			list = append(list, link)
		}
	}
	return list
}

func listJSON(list coverage.List, r *request) any {
	items := make([]coverage.SummaryJSON, len(list.Items))
	for i, a := range list.Items {
		items[i] = a.JSON(r.lang)
	}
	return map[string]any{"total": list.Total, "of": list.Of, "data_version": list.Version, "next": list.Next, "activities": items}
}

// listCSV writes the whole list as a table, whatever page was asked for.
func (s *Site) listCSV(ctx context.Context, q coverage.ListQuery) func(io.Writer) error {
	return func(w io.Writer) error {
		c := csv.NewWriter(w)
		if err := c.Write(listHeader); err != nil {
			return err
		}
		err := s.Coverage.EachActivity(ctx, q, func(a coverage.Summary) error { return c.Write(listRecord(a, q.Lang)) })
		c.Flush()
		if err == nil {
			err = c.Error()
		}
		return err
	}
}

// listLines writes the whole list as objects, one a line, whatever page was asked for.
func (s *Site) listLines(ctx context.Context, q coverage.ListQuery) func(io.Writer) error {
	return func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		return s.Coverage.EachActivity(ctx, q, func(a coverage.Summary) error { return e.Encode(a.JSON(q.Lang)) })
	}
}

var listHeader = []string{"key", "iati_identifier", "title", "reporter", "starts", "ends", "status", "kind", "countries", "lines", "goals", "targets", "paragraphs", "commitments", "spent", "last_evidence"}

func listRecord(a coverage.Summary, lang resolute.Lang) []string {
	title, _ := a.Title.In(lang)
	return guardedRow(a.Key, a.Identifier, title, a.ReporterName, a.Starts, a.Ends, a.Status, a.Kind, strings.Join(a.Countries, "|"),
		strings.Join(a.Lines, "|"), strings.Join(a.Goals, "|"), strings.Join(a.Targets, "|"), strings.Join(a.Threads, "|"), plainMoney(a.Commitments), plainMoney(a.Spent), a.LastEvidence)
}

func facetsCSV(facets []coverage.Facet) func(io.Writer) error {
	return func(w io.Writer) error {
		rows := [][]string{{"facet", "value", "activities"}}
		for _, f := range facets {
			for _, v := range f.Values {
				rows = append(rows, []string{f.Name, guarded(v.Value), strconv.Itoa(v.Count)})
			}
		}
		return csv.NewWriter(w).WriteAll(rows)
	}
}
