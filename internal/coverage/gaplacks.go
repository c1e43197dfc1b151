package coverage

import "slices"

// lackSet is what a subject lacks, as bits by the places in GapKinds.
type lackSet uint8

func lackSetOf(kinds []string) (s lackSet) {
	for _, kind := range kinds {
		s |= 1 << slices.Index(GapKinds, kind)
	}
	return s
}

func (s lackSet) has(kind string) bool { return s&lackSetOf([]string{kind}) != 0 }

// kinds lists them in the order of GapKinds.
func (s lackSet) kinds() (list []string) {
	for i, kind := range GapKinds {
		if s&(1<<i) != 0 {
			list = append(list, kind)
		}
	}
	return list
}

// cutLacks is what each subject lacks in one region, one year, or one region in one year.
type cutLacks struct {
	region, year string
	lacks        []lackSet // by subject
}

// gapCuts is what subjects lack in each cut.
type gapCuts []cutLacks

func (g gapCuts) weight() int {
	bytes := 100
	for _, c := range g {
		bytes += 60 + len(c.lacks)
	}
	return bytes
}

// cutsOf cuts a question by region and by year. What is listed of the gaps and in what currency makes no
// difference: they are judged by what was reported.
func (s *snapshot) cutsOf(q GapQuery) gapCuts {
	q.Kinds, q.Filter.Currency = nil, ""
	return once(s, "gap cuts "+key(q), func(s *snapshot) gapCuts {
		years, _ := s.years(q.Period, bitOf(q.Filter.Rule))
		return s.newGapWalk(s.subjects(q), q, years).run(s)
	})
}

// judge says of every subject what it lacks in the cut.
func (c *gapCut) judge() cutLacks {
	out := cutLacks{c.region, c.year, make([]lackSet, len(c.stands))}
	for i := range c.stands {
		out.lacks[i] = lackSetOf(missing(c.stands[i].settled().judge(c.reported, c.end)))
	}
	return out
}

// gapsOf makes the gaps of one subject, with the regions and years that lack the same.
func (g gapCuts) gapsOf(i int, x Subject, row Row) []Gap {
	var list []Gap
	for _, kind := range missing(row.State, row.Gaps) {
		list = append(list, g.gap(i, x, row, kind))
	}
	return list
}

func (g gapCuts) gap(i int, x Subject, row Row, kind string) Gap {
	out := Gap{Subject: x, Kind: kind, Row: row}
	for _, c := range g {
		lacks := c.lacks[i].has(kind)
		switch {
		case c.year == "" && lacks:
			out.Regions = append(out.Regions, c.region)
		case c.year == "" || c.region != "":
		case lacks:
			out.Years = append(out.Years, c.year)
			if out.Since == "" {
				out.Since = c.year
			}
		default:
			out.Since = ""
		}
	}
	return out
}

// counts counts the subjects that lack something, by region and by year.
func (g gapCuts) counts(kinds []string) (regions, years []Cut) {
	for _, c := range g {
		cut := Cut{Code: c.region + c.year, Counts: map[string]int{}}
		for _, lacks := range c.lacks {
			open := 0
			for _, kind := range lacks.kinds() {
				if anyOf(kinds, kind) {
					cut.Counts[kind]++
					open = 1
				}
			}
			cut.Open += open
		}
		if c.year == "" {
			regions = append(regions, cut)
		} else {
			years = append(years, cut)
		}
	}
	return regions, years
}
