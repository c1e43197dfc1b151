package measure

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"resolute/internal/measure/dataquery"
)

// span is how long a period is.
type span uint8

const (
	wholeYear span = iota // or several
	half
	third
	quarter
	month
	week
	day // or a moment
	otherSpan
)

// partsOf is how many periods of a span a year has; 0: they do not make a year.
var partsOf = map[span]int{half: 2, third: 3, quarter: 4, month: 12}

// lettered are the spans of reporting periods such as 2020-Q3.
var lettered = map[byte]span{'A': wholeYear, 'S': half, 'T': third, 'Q': quarter, 'M': month, 'W': week, 'D': day}

// spanOf tells how long a period is, as statfile and messages give them. 2011-12 is a month; whether it is
// meant for a year that ends in 2012, only what stands beside it can tell. What is no time, or a range with
// a duration, is of a span that makes no year.
func spanOf(period string) span {
	if len(period) == 4 {
		return wholeYear
	}
	if _, _, ok := calendar(period); !ok {
		return otherSpan
	}
	if kind, ok := lettered[period[5]]; ok {
		return kind
	}
	switch {
	case len(period) >= len(time.DateOnly):
		return day
	case len(period) == 7 && period[5:] >= "01" && period[5:] <= "12":
		return month
	}
	return wholeYear
}

// calendar gives the first and the last day of a period, which tables write with strokes too: 2020/07/01.
func calendar(period string) (first, last time.Time, ok bool) {
	if len(period) <= len(time.DateOnly) {
		period = strings.ReplaceAll(period, "/", "-")
	}
	return dataquery.Days(period)
}

// endsNextYear tells whether a period that looks like a month may be a year that ends in the next.
func endsNextYear(period string) bool {
	first, err := strconv.Atoi(period[2:4])
	last, also := strconv.Atoi(period[5:])
	return err == nil && also == nil && last == (first+1)%100
}

// yearly makes years of points in the order of periods. A figure of the year itself counts alone, the
// first of several. Without one the parts of the year make it by the rule of what is measured: the last
// of them, or the mean of all when none is missing. Without a rule, or where days are all there is for
// a mean, a year has no figure: lost are those years. Spans are never mixed: the longest counts.
func yearly(points []Point, overTime string) (years []Point, lost []int) {
	for len(points) > 0 {
		n := 1
		for n < len(points) && points[n].Year == points[0].Year {
			n++
		}
		if p, ok := oneYear(points[:n], overTime); ok {
			years = append(years, p)
		} else {
			lost = append(lost, points[0].Year)
		}
		points = points[n:]
	}
	return years, lost
}

func oneYear(points []Point, overTime string) (Point, bool) {
	longest := slices.MinFunc(points, func(a, b Point) int { return cmp.Compare(spanOf(a.Period), spanOf(b.Period)) })
	kind := spanOf(longest.Period)
	if kind == wholeYear || len(points) == 1 && kind == month && endsNextYear(longest.Period) {
		return longest, true
	}
	parts := inOrder(points, kind)
	switch {
	case kind == otherSpan:
	case overTime == OverTimeLast:
		return parts[len(parts)-1], true
	case overTime == OverTimeMean && len(parts) == partsOf[kind]:
		return meanOf(parts), true
	}
	return Point{}, false
}

// inOrder gives the points of a span in the order of the calendar. Of two of one time, which can be named
// 2020-07 and 2020-M07, the first stays.
func inOrder(points []Point, kind span) (parts []Point) {
	begin := func(p Point) time.Time { first, _, _ := calendar(p.Period); return first }
	for _, p := range points {
		if spanOf(p.Period) == kind {
			parts = append(parts, p)
		}
	}
	slices.SortStableFunc(parts, func(a, b Point) int { return begin(a).Compare(begin(b)) })
	return slices.CompactFunc(parts, func(a, b Point) bool { return begin(a).Equal(begin(b)) })
}

// meanOf is the plain mean of the parts of a year; it is estimated when one of them is.
func meanOf(parts []Point) Point {
	p := Point{Period: strconv.Itoa(parts[0].Year), Year: parts[0].Year, Source: parts[0].Source}
	for _, part := range parts {
		p.Value += part.Value / float64(len(parts))
		if part.Estimated && !p.Estimated {
			p.Estimated, p.Status = true, part.Status
		}
	}
	p.Text = strconv.FormatFloat(p.Value, 'f', -1, 64)
	return p
}
