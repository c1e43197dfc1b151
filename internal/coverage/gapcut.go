package coverage

import (
	"slices"
	"strconv"

	"resolute"
)

// cutYears is how many years are cut at most; the newest are.
const cutYears = 25

// years are those of a period that can hold evidence: from its first day, or that of the oldest
// evidence, to its last, or that of the data. earlier says that older ones were left out.
func (s *snapshot) years(p resolute.Period, rule rules) (years []string, earlier bool) {
	if s.facts.head.At == 0 {
		return nil, false
	}
	asked, to := daysOf(p), s.end(resolute.Period{})
	if asked.to != 0 {
		to = min(to, asked.to)
	}
	from := asked.from
	if from == 0 {
		from = s.facts.oldest(s.book, to, rule)
	}
	first, last := from.year(), to.year()
	earlier = last-first >= cutYears
	for y := max(first, last-cutYears+1); y <= last; y++ {
		years = append(years, strconv.Itoa(y))
	}
	return years, earlier
}

// oldest is the day of the oldest evidence before a day, of what counts under a rule.
func (f *facts) oldest(b *book, than day, rule rules) day {
	for _, p := range f.pieces {
		oldest := p.columnsOf(&f.stock, b).oldest
		p.counting(&f.stock, b, rule).each(func(row int) { than = min(than, oldest[row]) })
	}
	return than
}

// gapCut is one region, one year, or one region in one year.
type gapCut struct {
	region, year string
	regionRow    int16
	during       days
	area         *part
	book         *book
	rows         []bitset // of the activities that it looks at; nil: all
	stands       []stand  // by subject
	reported     bool
	end          day
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
	return &gapCut{region: region, regionRow: s.book.regions.rowOf(region), year: year, during: daysOf(p), area: s.book.part(f, p), book: s.book, rows: w.admit(s.figureMatcher(f, p)),
		stands: make([]stand, len(w.subjects)), reported: s.reported(p), end: s.end(p)}
}

// may is a quick look at whether an activity can have anything in a cut.
func (c *gapCut) may(a *activity) bool {
	if c.rows != nil && !c.rows[a.at.piece].has(int(a.at.row)) || c.region != "" && !slices.Contains(c.book.codesOf(a).of(regions), c.regionRow) {
		return false
	}
	return c.year == "" || a.inside(c.during) || c.during.touches(a.firstFlow, a.lastFlow) && slices.ContainsFunc(a.flows, func(w flow) bool { return c.during.holds(w.day) })
}
