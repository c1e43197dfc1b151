package coverage

import (
	"slices"
	"strconv"
	"strings"

	"resolute"
)

// cutYears is how many years are cut at most; the newest are.
const cutYears = 25

// years are those of a period that can hold evidence: from its first day, or that of the oldest
// evidence, to its last, or that of the data. earlier says that older ones were left out.
func (s *snapshot) years(p resolute.Period) (years []string, earlier bool) {
	from, to := p.From, s.end(resolute.Period{})
	if p.To != "" {
		to = min(to, p.To)
	}
	if s.facts.head.At == 0 {
		return nil, false
	}
	if from == "" {
		from = s.facts.oldest(to)
	}
	first, _ := strconv.Atoi(from[:4])
	last, _ := strconv.Atoi(to[:4])
	earlier = last-first >= cutYears
	for y := max(first, last-cutYears+1); y <= last; y++ {
		years = append(years, strconv.Itoa(y))
	}
	return years, earlier
}

// oldest is the day of the oldest evidence before a day.
func (f *facts) oldest(day string) string {
	for i := range f.activities {
		for _, w := range f.activities[i].flows {
			day = min(day, w.day)
		}
		for _, x := range f.activities[i].proofs {
			day = min(day, x.day)
		}
	}
	return day
}

// gapCut is one region, one year, or one region in one year.
type gapCut struct {
	region, year string
	regionRow    int16
	period       resolute.Period
	area         *part
	match        *matcher
	sides        [2]side
	stands       []stand // by subject
	reported     bool
	end          string
}

// side is one of the two views that a gap can be found in, for the period of one cut.
type side struct {
	linker  linker
	subject []int // by row of the view; -1: not looked at
}

// gapWalk walks the facts once for all regions and years.
type gapWalk struct {
	subjects []Subject
	all      [2]side // for all time: how an activity falls to subjects whatever the cut
	cuts     []*gapCut
}

// candidate is an activity that may matter to subjects, with what all cuts ask of it.
type candidate struct {
	*activity
	splits [2][]split // by side, of each flow
	rows   [2][2][]int
	fixed  bool // the rows are the same in every period
}

// newGapWalk makes a walk over each ITU region, or those of the filter, and each year.
func (s *snapshot) newGapWalk(subjects []Subject, q GapQuery, years []string) *gapWalk {
	w := &gapWalk{subjects: subjects, all: s.sides(subjects, q, resolute.Period{})}
	for _, region := range s.cutRegions(q.Filter) {
		w.cuts = append(w.cuts, s.newCut(w, q, region, ""))
	}
	for _, year := range years {
		w.cuts = append(w.cuts, s.newCut(w, q, "", year))
	}
	return w
}

func (s *snapshot) cutRegions(f Filter) []string {
	if len(f.Regions) > 0 {
		return f.Regions
	}
	return slices.DeleteFunc(slices.Clone(s.book.regions.ids), func(id string) bool { return id == RegionRow })
}

func (s *snapshot) newCut(w *gapWalk, q GapQuery, region, year string) *gapCut {
	f, p := q.Filter, q.Period
	if region != "" {
		f.Regions = []string{region}
	}
	if year != "" {
		p.From, p.To = max(p.From, year+"-01-01"), year+"-12-31"
		if q.Period.To != "" {
			p.To = min(p.To, q.Period.To)
		}
	}
	return &gapCut{region: region, regionRow: s.book.regions.rowOf(region), year: year, period: p, area: s.book.part(f, p), match: s.figureMatcher(f, p), sides: s.sides(w.subjects, q, p),
		stands: make([]stand, len(w.subjects)), reported: s.facts.reported(p), end: s.end(p)}
}

// sides finds the rows of the subjects in the table of paragraphs and in the matrix.
func (s *snapshot) sides(subjects []Subject, q GapQuery, p resolute.Period) [2]side {
	b := s.book
	columns := b.columns(q.Targets)
	threads := side{conceptLinker{view: b.provision, book: b, period: p}, nowhere(len(b.provision.ids))}
	cells := side{b.cellLinker(columns, q.Targets == "", p), nowhere(len(b.lines.ids) * len(columns))}
	for i, x := range subjects {
		if x.Of == OfThread {
			threads.subject[b.provision.index[x.Thread]] = i
		} else {
			cells.subject[b.lines.index[x.Line]*len(columns)+slices.Index(columns, x.Column)] = i
		}
	}
	return [2]side{threads, cells}
}

func nowhere(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = -1
	}
	return list
}

func (w *gapWalk) run(activities []activity) {
	walkTogether(activities, w.begin, (*gapWalk).walk, w.join)
}

// begin gives a walk over the same cuts that has found nothing yet.
func (w *gapWalk) begin() *gapWalk {
	empty := &gapWalk{subjects: w.subjects, all: w.all}
	for _, c := range w.cuts {
		own := *c
		own.stands = make([]stand, len(c.stands))
		empty.cuts = append(empty.cuts, &own)
	}
	return empty
}

func (w *gapWalk) walk(activities []activity) {
	for i := range activities {
		a := candidate{activity: &activities[i], fixed: len(activities[i].own) == 0}
		if !w.matters(&a) {
			continue
		}
		for k := range w.all {
			a.splits[k] = a.fall(w.all[k].linker)
		}
		for _, c := range w.cuts {
			if c.may(a.activity) && c.match.admits(a.activity) {
				c.add(&a)
			}
		}
	}
}

// matters tells whether any link of an activity leads to a subject.
func (w *gapWalk) matters(a *candidate) bool {
	found := false
	for k, x := range w.all {
		counted, open := x.linker.rows(a.activity, resolute.Period{})
		a.rows[k] = [2][]int{counted, open}
		for _, rows := range a.rows[k] {
			found = found || slices.ContainsFunc(rows, func(row int) bool { return x.subject[row] >= 0 })
		}
	}
	return found
}

// fall splits every flow; those of transactions that state nothing of their own fall alike.
func (a *candidate) fall(l linker) []split {
	list := make([]split, len(a.flows))
	base := l.counted(a.activity, flow{})
	for i, w := range a.flows {
		list[i] = base
		if w.txn > 0 && slices.Contains(a.own, int(w.txn)) {
			list[i] = l.counted(a.activity, w)
		}
	}
	return list
}

// may is a quick look at whether an activity can have anything in a cut.
func (c *gapCut) may(a *activity) bool {
	if c.region != "" && !slices.Contains(a.codes.of(regions), c.regionRow) {
		return false
	}
	return c.year == "" || a.inside(c.period) || slices.ContainsFunc(a.flows, func(w flow) bool { return c.contains(w.day) })
}

// contains tells whether a day falls in the cut. Most days fall in another year, which shows at once.
func (c *gapCut) contains(day string) bool {
	return (c.year == "" || strings.HasPrefix(day, c.year)) && c.period.Contains(day)
}

// add counts an activity, and gives its money to the subjects by the rule of every table.
func (c *gapCut) add(a *candidate) {
	inside := a.inside(c.period) && c.area.holds(a.activity)
	for i, w := range a.flows {
		if w.txn == 0 || !c.contains(w.day) {
			continue
		}
		if w.cents = c.area.of(a.activity, w); w.cents == 0 && c.area != nil {
			continue
		}
		for k, x := range c.sides {
			c.give(x, a.splits[k][i], w, inside)
		}
	}
	if inside {
		c.count(a)
	}
}

func (c *gapCut) count(a *candidate) {
	last, result := a.lastEvidence(c.contains)
	for k, x := range c.sides {
		counted, open := a.rows[k][0], a.rows[k][1]
		if !a.fixed {
			counted, open = x.linker.rows(a.activity, c.period)
		}
		for _, row := range counted {
			if i := x.subject[row]; i >= 0 {
				c.stands[i].count(a.activity, last, result)
			}
		}
		for _, row := range open {
			if i := x.subject[row]; i >= 0 {
				c.stands[i].open++
			}
		}
	}
}

// give gives one flow to the subjects of one side. A payment is evidence of its rows even when
// its activity lies outside.
func (c *gapCut) give(x side, s split, w flow, inside bool) {
	if !inside {
		for _, part := range s.weights {
			if i := x.subject[part.row]; i >= 0 {
				c.stands[i].last = max(c.stands[i].last, w.day)
			}
		}
	}
	if w.figure > spent || len(s.weights) == 0 {
		return
	}
	s.give(w.cents, func(row int, cents resolute.Cents) {
		if i := x.subject[row]; i >= 0 {
			c.stands[i].pay(w, cents)
		}
	})
}

// missing judges one subject in the cut.
func (c *gapCut) missing(subject int) []string {
	return missing(c.stands[subject].settled().judge(c.reported, c.end))
}

// gapsOf makes the gaps of one subject, with the regions and years that lack the same.
func (w *gapWalk) gapsOf(i int, x Subject, row Row) []Gap {
	var list []Gap
	for _, kind := range missing(row.State, row.Gaps) {
		list = append(list, w.gap(i, x, row, kind))
	}
	return list
}

func (w *gapWalk) gap(i int, x Subject, row Row, kind string) Gap {
	g := Gap{Subject: x, Kind: kind, Row: row}
	for _, c := range w.cuts {
		lacks := slices.Contains(c.missing(i), kind)
		switch {
		case c.year == "" && lacks:
			g.Regions = append(g.Regions, c.region)
		case c.year == "" || c.region != "":
		case lacks:
			g.Years = append(g.Years, c.year)
			if g.Since == "" {
				g.Since = c.year
			}
		default:
			g.Since = ""
		}
	}
	return g
}

// cutCounts counts the subjects that lack something, by region and by year.
func (w *gapWalk) cutCounts(kinds []string) (regions, years []Cut) {
	for _, c := range w.cuts {
		cut := Cut{Code: c.region + c.year, Counts: map[string]int{}}
		for i := range w.subjects {
			lacks := slices.DeleteFunc(c.missing(i), func(kind string) bool { return !anyOf(kinds, kind) })
			for _, kind := range lacks {
				cut.Counts[kind]++
			}
			if len(lacks) > 0 {
				cut.Open++
			}
		}
		if c.year == "" {
			regions = append(regions, cut)
		} else {
			years = append(years, cut)
		}
	}
	return regions, years
}
