package coverage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"resolute"
)

// GapKinds lists what can be missing, from nothing at all to evidence that has grown old: the
// states of a row that nobody answers, then the gaps of one that somebody does.
var GapKinds = []string{NoReport, Nothing, Proposed, NoEvidence, NoResult, NoMoney, OneOrganisation, Stale}

// What a gap can be about.
const (
	OfThread = "thread" // a paragraph that has no parts
	OfCell   = "matrix" // an action line without parts, with a goal or target that the matrix joins it to
)

// Subject is what a gap is about.
type Subject struct {
	Of           string
	Thread       string        // alias; empty for a cell
	Addressee    string        // of the paragraph
	Title        resolute.Text // of the paragraph
	Line, Column string        // empty for a paragraph
	Targets      bool          // the column is a target
	Confidence   string        // of the link of the matrix
}

// ID names the subject: thread/R8, matrix/C2/9.
func (s Subject) ID() string {
	if s.Of == OfThread {
		return OfThread + "/" + s.Thread
	}
	return OfCell + "/" + cellID(s.Line, s.Column)
}

// Gap is one thing that is missing for one subject.
type Gap struct {
	Subject
	Kind    string
	Row     Row      // figures of the subject; its gaps are all that it lacks
	Regions []string // ITU regions in which the same is missing, each by itself
	Years   []string // years of the period in which the same is missing, each by itself
	Since   string   // first of the unbroken years up to the last; empty when it is not missing there
}

// ID names the gap: thread/R8/no-result, matrix/C2/9/nothing.
func (g Gap) ID() string { return g.Subject.ID() + "/" + g.Kind }

// HasMoney tells whether money was committed or spent on the subject in the period.
func (g Gap) HasMoney() bool {
	return len(g.Row.Commitments.Currencies())+len(g.Row.Spent.Currencies()) > 0
}

// GapQuery asks what is missing. The filter narrows the activities that can answer; the other
// lists narrow what they should answer: values of one are alternatives, lists add up. A list of
// addressees or threads leaves out the cells, one of lines or goals the paragraphs.
type GapQuery struct {
	Period     resolute.Period
	Filter     Filter
	Kinds      []string
	Addressees []string
	Threads    []string
	Lines      []string // C7 stands for its sub-lines too
	Goals      []string
	Targets    string // a goal: cells are with its targets, and there are no paragraphs
}

// Cut counts the subjects that lack something in one region or year.
type Cut struct {
	Code   string
	Counts map[string]int // by kind of gap
	Open   int            // subjects that lack anything
}

// Gaps is the answer to a GapQuery.
type Gaps struct {
	Period   resolute.Period
	Subjects int // looked at
	Open     int // of them, that lack anything
	Threads  int // of the open ones, paragraphs
	Cells    int // of the open ones, cells
	Counts   map[string]int
	Money    map[string]int // of the counts, with money committed or spent
	Regions  []Cut
	Years    []Cut
	Earlier  bool // the period has years before those, which are not cut
	List     []Gap
	Rule     Rule
	Version  int64

	Conversion *Conversion // of the money of the gaps; nil: it stands as it was reported
}

func (g Gaps) weight() int {
	bytes := 500 * (len(g.Regions) + len(g.Years))
	for _, x := range g.List {
		bytes += 500 + 16*(len(x.Regions)+len(x.Years))
	}
	return bytes
}

// Gaps lists what is missing. An unknown kind, group or area is an Error with code Usage.
func (c *Coverage) Gaps(ctx context.Context, q GapQuery) (Gaps, error) {
	s, err := c.now(ctx)
	if err != nil {
		return Gaps{}, err
	}
	for _, kind := range q.Kinds {
		if !slices.Contains(GapKinds, kind) {
			return Gaps{}, &resolute.Error{Code: resolute.Usage, Field: "gap", Message: fmt.Sprintf("unknown kind of gap %q: want %s", kind, strings.Join(GapKinds, ", "))}
		}
	}
	if err := s.check(Query{By: ByProvision, Filter: q.Filter}); err != nil {
		return Gaps{}, err
	}
	return once(s, "gaps "+key(q), func(s *snapshot) Gaps { return s.gaps(q) }), nil
}

func (s *snapshot) gaps(q GapQuery) Gaps {
	subjects := s.subjects(q)
	_, earlier := s.years(q.Period, bitOf(q.Filter.Rule))
	cuts := s.cutsOf(q)
	g := Gaps{Period: q.Period, Rule: q.Filter.rule(), Subjects: len(subjects), Earlier: earlier, Counts: map[string]int{}, Money: map[string]int{}, Version: s.facts.head.Seq,
		Conversion: s.conversionOf(q.Filter, q.Period)}
	rows := s.subjectRows(subjects, q)
	for i, subject := range subjects {
		found := cuts.gapsOf(i, subject, rows[i])
		found = slices.DeleteFunc(found, func(x Gap) bool { return !anyOf(q.Kinds, x.Kind) })
		g.add(found)
	}
	slices.SortStableFunc(g.List, func(a, b Gap) int { return slices.Index(GapKinds, a.Kind) - slices.Index(GapKinds, b.Kind) })
	g.Regions, g.Years = cuts.counts(q.Kinds)
	return g
}

// anyOf tells whether a value is wanted; an empty list wants all.
func anyOf(wanted []string, v string) bool { return len(wanted) == 0 || slices.Contains(wanted, v) }

// add takes the gaps of one subject.
func (g *Gaps) add(found []Gap) {
	if len(found) == 0 {
		return
	}
	g.Open++
	if found[0].Of == OfThread {
		g.Threads++
	} else {
		g.Cells++
	}
	for _, x := range found {
		g.Counts[x.Kind]++
		if x.HasMoney() {
			g.Money[x.Kind]++
		}
	}
	g.List = append(g.List, found...)
}

// missing gives the kinds of gap of a row by its state and gaps.
func missing(state string, gaps []string) []string {
	switch state {
	case NoReport, Nothing, Proposed:
		return []string{state}
	}
	return gaps
}

// subjects lists what a query looks at: paragraphs without parts in the order of the mandate,
// then cells in the order of the matrix.
func (s *snapshot) subjects(q GapQuery) []Subject {
	var list []Subject
	if len(q.Lines)+len(q.Goals) == 0 && q.Targets == "" {
		list = s.book.threadSubjects(q)
	}
	if len(q.Addressees)+len(q.Threads) == 0 {
		list = append(list, s.book.cellSubjects(q)...)
	}
	return list
}

func (b *book) threadSubjects(q GapQuery) []Subject {
	var list []Subject
	for row, p := range b.paragraphs {
		if !b.provision.hasParts(row) && anyOf(q.Addressees, p.Addressee) && (anyOf(q.Threads, p.ID) || anyOf(q.Threads, p.Parent)) {
			list = append(list, Subject{Of: OfThread, Thread: p.ID, Addressee: p.Addressee, Title: p.Title})
		}
	}
	return list
}

func (b *book) cellSubjects(q GapQuery) []Subject {
	var list []Subject
	for row, line := range b.lines.ids {
		if b.lines.hasParts(row) || !anyOf(q.Lines, line) && !anyOf(q.Lines, b.lines.parent[row]) {
			continue
		}
		joins := b.joins(line, q.Targets == "")
		for _, column := range b.columns(q.Targets) {
			if j := joins[column]; j.linked && anyOf(q.Goals, column) {
				list = append(list, Subject{Of: OfCell, Line: line, Column: column, Targets: q.Targets != "", Confidence: j.confidence})
			}
		}
	}
	return list
}

// subjectRows gives the row of each subject, from the table of paragraphs and the matrix.
func (s *snapshot) subjectRows(subjects []Subject, q GapQuery) []Row {
	threads := Table{}
	cells := map[string]Row{}
	if slices.ContainsFunc(subjects, func(x Subject) bool { return x.Of == OfThread }) {
		threads = s.table(Query{By: ByProvision, Period: q.Period, Filter: q.Filter})
	}
	if slices.ContainsFunc(subjects, func(x Subject) bool { return x.Of == OfCell }) {
		matrix := MatrixQuery{Period: q.Period, Filter: q.Filter, Goal: q.Targets}
		for _, line := range once(s, "matrix "+key(matrix), func(s *snapshot) Matrix { return s.matrix(matrix) }).Cells {
			for _, cell := range line {
				cells[cell.ID] = cell.Row
			}
		}
	}
	rows := make([]Row, len(subjects))
	for i, x := range subjects {
		if x.Of == OfThread {
			rows[i], _ = threads.Row(x.Thread)
		} else {
			rows[i] = cells[cellID(x.Line, x.Column)]
		}
	}
	return rows
}
