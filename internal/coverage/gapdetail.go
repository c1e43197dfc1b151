package coverage

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/framework"
)

// GapDetail is one gap with what stands around it. An address of a gap lives on when the gap is
// closed: then Missing is false.
type GapDetail struct {
	Gap
	Missing      bool
	LastEver     string // newest evidence until the end of the period, however old
	CutRegions   []string
	CutYears     []string
	Grid         [][][]string // by region, by year: all that the subject lacks there
	Near         []Near
	Activities   []Summary // counted for the subject, newest evidence first
	Proposals    []Summary // that would count if people confirmed what rules derive, newest evidence first
	AllProposals int       // listed or not
	Rule         Rule
	Version      int64

	Conversion *Conversion // of its money; nil: it stands as it was reported
}

// Near is something beside the subject that is answered.
type Near struct {
	By    string        // ByProvision or OfCell
	Title resolute.Text // of a paragraph
	Cell  Subject       // of a cell
	Row
}

// shown is how many activities and neighbours a gap lists.
const shown = 10

// GapDetail gives one gap by its id. Of the query, period and filter count. A subject or kind
// that does not exist is an Error with code NotFound.
func (c *Coverage) GapDetail(ctx context.Context, id string, q GapQuery, lang resolute.Lang) (GapDetail, error) {
	s, err := c.now(ctx)
	if err != nil {
		return GapDetail{}, err
	}
	if err := s.check(Query{By: ByProvision, Filter: q.Filter}); err != nil {
		return GapDetail{}, err
	}
	subject, kind, known := s.book.gapNamed(id)
	if !known {
		return GapDetail{}, &resolute.Error{Code: resolute.NotFound, Field: "gap", Message: fmt.Sprintf("no gap is called %q: want thread/R8/no-result or matrix/C2/9/nothing", id)}
	}
	asked := once(s, "gap "+subject.ID()+"/"+kind+key(q)+string(lang), func(s *snapshot) gapAnswer {
		d := s.gapDetail(subject, kind, q)
		err := s.gapEvidence(&d, q, lang)
		return gapAnswer{d, err}
	})
	return asked.detail, asked.err
}

// gapAnswer is a detail as a snapshot remembers it.
type gapAnswer struct {
	detail GapDetail
	err    error
}

func (g gapAnswer) weight() int {
	return 2000 + 60*len(g.detail.CutRegions)*len(g.detail.CutYears) + 500*len(g.detail.Near) + 1500*(len(g.detail.Activities)+len(g.detail.Proposals))
}

// gapNamed reads the id of a gap. Codes compare without regard to case; a thread is found by its
// alias or its key with the "#" written "/".
func (b *book) gapNamed(id string) (x Subject, kind string, known bool) {
	at := strings.LastIndex(id, "/")
	if at < 0 || !slices.Contains(GapKinds, id[at+1:]) {
		return x, "", false
	}
	of, rest, _ := strings.Cut(id[:at], "/")
	kind = id[at+1:]
	switch of {
	case OfThread:
		x, known = b.threadNamed(rest)
	case OfCell:
		x, known = b.cellNamed(rest)
	}
	return x, kind, known
}

func (b *book) threadNamed(name string) (Subject, bool) {
	id, known := b.threadID(name)
	row := b.provision.index[id]
	if !known || b.provision.hasParts(row) {
		return Subject{}, false
	}
	p := b.paragraphs[row]
	return Subject{Of: OfThread, Thread: p.ID, Addressee: p.Addressee, Title: p.Title}, true
}

func (b *book) cellNamed(name string) (Subject, bool) {
	lineCode, column, _ := strings.Cut(name, "/")
	line, known := b.catalogue.Concept(framework.ActionLine, lineCode)
	if !known || b.lines.hasParts(b.lines.index[line.Code]) {
		return Subject{}, false
	}
	goal, isGoal := b.catalogue.Concept(framework.Goal, column)
	target, isTarget := b.catalogue.Concept(framework.Target, column)
	if isGoal {
		target = goal
	}
	j := b.joins(line.Code, isGoal)[target.Code]
	return Subject{Of: OfCell, Line: line.Code, Column: target.Code, Targets: isTarget && !isGoal, Confidence: j.confidence}, j.linked
}

// gapDetail judges one subject in every region and year, and in every region of every year.
func (s *snapshot) gapDetail(x Subject, kind string, q GapQuery) GapDetail {
	q = GapQuery{Period: q.Period, Filter: q.Filter, Targets: targetsOf(x)}
	years, _ := s.years(q.Period, bitOf(q.Filter.Rule))
	w := s.newGapWalk([]Subject{x}, q, years)
	marginal := len(w.cuts)
	regions := s.cutRegions(q.Filter)
	for _, region := range regions {
		for _, year := range years {
			w.cuts = append(w.cuts, s.newCut(w, q, region, year))
		}
	}
	cuts := w.run(s)
	row := s.subjectRows([]Subject{x}, q)[0]
	d := GapDetail{Gap: cuts.gap(0, x, row, kind), CutRegions: regions, CutYears: years, Rule: q.Filter.rule(), Version: s.facts.head.Seq, Conversion: s.conversionOf(q.Filter, q.Period)}
	d.Missing = slices.Contains(missing(row.State, row.Gaps), kind)
	for i := range regions {
		line := make([][]string, len(years))
		for k := range years {
			line[k] = cuts[marginal+i*len(years)+k].lacks[0].kinds()
		}
		d.Grid = append(d.Grid, line)
	}
	ever := q
	ever.Period.From = ""
	d.LastEver = s.subjectRows([]Subject{x}, ever)[0].LastEvidence
	d.Near = s.near(x, q)
	return d
}

// near lists what is answered beside the subject: the other parts of its paragraph, or else what
// is asked of the same addressee; the other cells of its line and column.
func (s *snapshot) near(x Subject, q GapQuery) []Near {
	var list []Near
	if x.Of == OfThread {
		list = s.nearThreads(x, q)
	} else {
		list = s.nearCells(x, q)
	}
	list = slices.DeleteFunc(list, func(n Near) bool { return n.Activities == 0 })
	slices.SortStableFunc(list, func(a, b Near) int { return cmp.Compare(b.Activities, a.Activities) })
	return list[:min(shown, len(list))]
}

func (s *snapshot) nearThreads(x Subject, q GapQuery) []Near {
	var siblings, others []Near
	parent := s.book.paragraphs[s.book.provision.index[x.Thread]].Parent
	for i, row := range s.table(Query{By: ByProvision, Period: q.Period, Filter: q.Filter}).Rows {
		n := Near{By: ByProvision, Title: row.Title, Row: row}
		switch p := s.book.paragraphs[i]; {
		case p.ID == x.Thread:
		case parent != "" && (p.Parent == parent || p.ID == parent):
			siblings = append(siblings, n)
		case p.Addressee == x.Addressee && !s.book.provision.hasParts(i):
			others = append(others, n)
		}
	}
	if len(siblings) > 0 {
		return siblings
	}
	return others
}

func (s *snapshot) nearCells(x Subject, q GapQuery) []Near {
	var list []Near
	matrix := MatrixQuery{Period: q.Period, Filter: q.Filter, Goal: q.Targets}
	m := once(s, "matrix "+key(matrix), func(s *snapshot) Matrix { return s.matrix(matrix) })
	for i, line := range m.Cells {
		for _, cell := range line {
			beside := (cell.Line == x.Line) != (cell.Column == x.Column)
			if beside && !s.book.lines.hasParts(i) {
				list = append(list, Near{By: OfCell, Cell: Subject{Of: OfCell, Line: cell.Line, Column: cell.Column, Targets: x.Targets, Confidence: cell.Confidence}, Row: cell.Row})
			}
		}
	}
	return list
}

// gapEvidence lists the activities that the subject has, counted and proposed.
func (s *snapshot) gapEvidence(d *GapDetail, q GapQuery, lang resolute.Lang) error {
	list, err := s.activities(ListQuery{Filter: q.Filter.of(d.Subject), Period: q.Period, Lang: lang, Limit: shown})
	if err != nil {
		return err
	}
	d.Activities = list.Items
	w := s.newGapWalk([]Subject{d.Subject}, GapQuery{Targets: targetsOf(d.Subject)}, nil)
	match := s.matcher(q.Filter, q.Period)
	rows := s.fitting(match, true)
	for i, about := range s.aboutAny(w.sides, q.Filter.Rule) {
		rows[i].keep(about)
	}
	proposed := found{rows: make([]bitset, len(s.facts.pieces))}
	s.each(rows, func(a *activity) {
		if w.proposes(a, match.during) {
			d.AllProposals++
			proposed.rows[a.at.piece].add(int(a.at.row))
		}
	})
	d.Proposals, _ = s.page(ListQuery{Period: q.Period, Sort: ByEvidence, Limit: shown}, &proposed, nil)
	return nil
}

func targetsOf(x Subject) string {
	if !x.Targets {
		return ""
	}
	goal, _, _ := strings.Cut(x.Column, ".")
	return goal
}

// proposes tells whether an activity is open for the one subject of the walk.
func (w *gapWalk) proposes(a *activity, p days) bool {
	for _, x := range w.sides {
		_, open := x.linker.rows(a, p)
		if slices.ContainsFunc(open, func(row int) bool { return x.subject[row] >= 0 }) {
			return true
		}
	}
	return false
}

// of narrows a filter to the activities of a subject.
func (f Filter) of(x Subject) Filter {
	switch {
	case x.Of == OfThread:
		f.Threads = []string{x.Thread}
	case x.Targets:
		f.Lines, f.Targets = []string{x.Line}, []string{x.Column}
	default:
		f.Lines, f.Goals = []string{x.Line}, []string{x.Column}
	}
	return f
}
