package web

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"resolute/internal/audit"
	"resolute/internal/coverage"
	"resolute/internal/mandate"
)

// Sign is one paragraph on the spine: Number is what the text prints before it, or its place among those
// without a mark, as ¶4.
type Sign struct {
	Href, Code, Number, State string
	Name                      Passage
}

// Vertebra is the paragraphs under one heading of the text.
type Vertebra struct {
	Heading string
	Signs   []Sign
}

// StateCount is how many paragraphs are in a state, with the list of them.
type StateCount struct {
	State, Href string
	N           int
}

// Lack is one paragraph that nobody answers, with why and since when.
type Lack struct {
	Href, Code, State, Why string
	Name                   Passage
}

type homePage struct {
	*shell
	Answer    []Link
	States    []StateCount
	Spine     []Vertebra
	Gaps      []Lack
	Missing   int // paragraphs that nobody answers
	Lines     []Line
	Regions   []RegionBar
	Changes   []ChangeLine
	Freshness coverage.Freshness
	Evidence  string // newest day of evidence, in words
	Empty     bool
}

// Task is one thing to do in an empty installation.
type Task struct{ Key, Command string }

// Tasks are what to do first, in order.
func (homePage) Tasks() []Task {
	return []Task{
		{"home.empty.resolution", "resolute import resolution resolution.txt"},
		{"home.empty.activities", "resolute import iati activities.xml"},
		{"home.empty.own", "resolute template activities > activities.csv\nresolute import activities activities.csv"},
		{"home.empty.demo", "resolute demo"},
	}
}

// shownGaps and shownChanges are how many gaps and changes the first page lists.
const shownGaps, shownChanges = 5, 6

func (s *Site) home(ctx context.Context, r *request) (answer, error) {
	table, err := s.Coverage.Table(ctx, r.query(coverage.ByProvision))
	if err != nil {
		return answer{}, err
	}
	lines, err := s.Coverage.Table(ctx, r.query(coverage.ByLine))
	if err != nil {
		return answer{}, err
	}
	gaps, err := s.Coverage.Gaps(ctx, coverage.GapQuery{Period: r.period, Filter: r.filter, Addressees: s.Coverage.Addressees()})
	if err != nil {
		return answer{}, err
	}
	p := homePage{shell: s.shell(r, "home.question")}
	if p.Freshness, err = s.Coverage.Freshness(ctx); err != nil {
		return answer{}, err
	}
	changes, err := audit.Latest(ctx, s.DB, r.head.Seq, shownChanges, inside...)
	if err != nil {
		return answer{}, err
	}
	for _, c := range changes {
		p.Changes = append(p.Changes, p.change(c))
	}
	p.Empty, p.Evidence = p.Freshness.Activities == 0, p.Day(table.Total.LastEvidence)
	p.Lines = p.lines(coverage.ByLine, topRows(lines.Rows))
	rows, err := s.Coverage.Rows(ctx)
	if err != nil {
		return answer{}, err
	}
	p.fillSpine(rows, table)
	p.fillGaps(gaps)
	if p.Regions, err = s.regionBars(ctx, p.shell, gaps); err != nil {
		return answer{}, err
	}
	return answer{template: "home", page: p, data: table.JSON(r.lang), csv: tableCSV(table, r)}, nil
}

func topRows(rows []coverage.Row) []coverage.Row {
	return slices.DeleteFunc(slices.Clone(rows), func(r coverage.Row) bool { return r.Parent != "" })
}

// unmarked is the part of a path that counts a paragraph without a mark.
var unmarked = regexp.MustCompile(`^p\d+$`)

// headingOf takes a paragraph's path apart: the words of its heading and its printed number.
func headingOf(thread string) (heading, number string) {
	_, path, _ := strings.Cut(thread, "#")
	parts := strings.Split(path, "_")
	at := slices.IndexFunc(parts, func(s string) bool { return strings.ContainsAny(s, "0123456789") })
	if at < 0 {
		return path, ""
	}
	marks := slices.Clone(parts[at:])
	for i, mark := range marks {
		if unmarked.MatchString(mark) {
			marks[i] = "¶" + mark[1:]
		}
	}
	return strings.Join(parts[:at], "_"), strings.Join(marks, " ")
}

// spine groups the paragraphs without parts by the headings of the text, and counts their states.
func (s *shell) spine(rows []mandate.Paragraph, table coverage.Table) (groups []Vertebra, counts map[string]int) {
	counts = map[string]int{}
	last := ""
	for _, x := range leaves(rows) {
		row, _ := table.Row(x.ID)
		counts[row.State]++
		heading, number := headingOf(x.Thread)
		if heading != last {
			groups, last = append(groups, Vertebra{Heading: s.headingName(heading)}), heading
		}
		g := &groups[len(groups)-1]
		g.Signs = append(g.Signs, Sign{Href: s.URL(pathOf(coverage.ByProvision, x.ID)), Code: codeOf(x.ID), Number: number, State: row.State, Name: s.In(x.Title)})
	}
	return groups, counts
}

// leaves are the paragraphs without parts.
func leaves(rows []mandate.Paragraph) []mandate.Paragraph {
	above := map[string]bool{}
	for _, x := range rows {
		above[x.Parent] = true
	}
	return slices.DeleteFunc(slices.Clone(rows), func(x mandate.Paragraph) bool { return above[x.ID] })
}

// headingName gives the words of a heading, those of its path where we have no others.
func (s *shell) headingName(heading string) string {
	if key := "home.heading." + heading; s.Has(key) {
		return s.T(key)
	}
	return strings.ReplaceAll(heading, "_", " ")
}

func (p *homePage) fillSpine(rows []mandate.Paragraph, table coverage.Table) {
	spine, counts := p.spine(rows, table)
	p.Spine = spine
	total := 0
	for _, state := range coverage.States {
		p.States = append(p.States, StateCount{State: state, Href: p.stateList(state), N: counts[state]})
		total += counts[state]
	}
	p.Answer = append(p.Answer, Link{Text: p.T("home.answered", "total", total, "n", counts[coverage.Answered], "partly", counts[coverage.Partly])})
	for _, state := range []string{coverage.Proposed, coverage.Nothing, coverage.NoReport} {
		if n := counts[state]; n > 0 {
			p.Answer = append(p.Answer, Link{Text: p.T("home."+state, "n", n), Href: p.stateList(state)})
		}
	}
}

// stateList is the table of the paragraphs in one state.
func (s *shell) stateList(state string) string {
	return s.URL("/coverage", "by", coverage.ByProvision, "show", state)
}

// fillGaps lists the first paragraphs that nobody answers.
func (p *homePage) fillGaps(gaps coverage.Gaps) {
	for _, g := range gaps.List {
		if g.Kind != coverage.NoReport && g.Kind != coverage.Nothing {
			continue
		}
		if p.Missing++; len(p.Gaps) == shownGaps {
			continue
		}
		why := p.T("home.why." + g.Kind)
		if g.Since != "" {
			why = p.T("home.since."+g.Kind, "year", g.Since)
		}
		p.Gaps = append(p.Gaps, Lack{Href: p.URL(pathOf(coverage.ByProvision, g.Thread)), Code: codeOf(g.Thread), State: g.Kind, Why: why, Name: p.In(g.Title)})
	}
}
