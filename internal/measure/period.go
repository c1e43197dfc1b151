package measure

import (
	"cmp"
	"slices"
	"strconv"
)

// span is how long a period is.
type span uint8

const (
	wholeYear span = iota // or several
	half
	quarter
	month
	day
)

// partsOf is how many periods of a span a year has; 0: they do not make a year.
var partsOf = map[span]int{half: 2, quarter: 4, month: 12}

// spanOf tells how long a period is, as statfile reads them. 2011-12 is a month; whether it is meant for
// a year that ends in 2012, only what stands beside it can tell.
func spanOf(period string) span {
	switch {
	case len(period) == 7 && period[5] == 'S':
		return half
	case len(period) == 7 && period[5] == 'Q':
		return quarter
	case len(period) == 7 && period[5:] >= "01" && period[5:] <= "12":
		return month
	case len(period) == 10 && (period[7] == '-' || period[7] == '/'):
		return day
	}
	return wholeYear
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
	var parts []Point
	for _, p := range points {
		if spanOf(p.Period) == kind {
			parts = append(parts, p)
		}
	}
	switch {
	case overTime == OverTimeLast:
		return parts[len(parts)-1], true
	case overTime == OverTimeMean && len(parts) == partsOf[kind]:
		return meanOf(parts), true
	}
	return Point{}, false
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
