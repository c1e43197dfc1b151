package web

import (
	"slices"
	"strconv"

	"resolute/internal/measure"
)

// AreaValues is one area or group with its values by year.
type AreaValues struct {
	Name   Passage
	Code   string
	Href   string
	Values []ValueCell
}

// ValueCell is the value of a year; no text is no data.
type ValueCell struct {
	Text      string
	Estimated bool
	Note      string
	Ahead     bool   // it is expected
	Band      string // of what is expected
	Absent    string // why there is no value; empty: no data
}

// tableYears is how many years the table of all areas shows; what is compared has all of its years.
const tableYears = 8

// tableFrom is the first year of the table.
func (p *indicatorPage) tableFrom(v *frameView) int {
	if len(v.compared) > 0 {
		return v.first
	}
	return max(v.first, v.last-tableYears+1)
}

func (p *indicatorPage) fillTable(v *frameView) {
	from := p.tableFrom(v)
	for year := from; year <= v.last && year > 0; year++ {
		p.Years = append(p.Years, strconv.Itoa(year))
	}
	if len(v.compared) > 0 {
		for _, one := range v.compared {
			p.Table = append(p.Table, p.comparedValues(v, one, from))
		}
		return
	}
	for _, a := range v.frame.Areas {
		line := AreaValues{Name: v.name(a), Code: a.Area}
		if code := v.iso2(a); code != "" {
			line.Href = p.URL("/area/" + code)
		}
		known := false
		for year := from; year <= v.last; year++ {
			cell := v.cell(a, year)
			known = known || cell.Text != ""
			line.Values = append(line.Values, cell)
		}
		if known {
			p.Table = append(p.Table, line)
		}
	}
	order := p.Order()
	slices.SortStableFunc(p.Table, func(a, b AreaValues) int { return order(a.Name.Text, b.Name.Text) })
}

// comparedValues are the values of what is compared; years in which too few areas of a group report say so.
func (p *indicatorPage) comparedValues(v *frameView, one compared, from int) AreaValues {
	line := AreaValues{Name: one.name, Code: one.code}
	if !one.group() {
		line.Href = p.URL("/area/" + one.code)
	}
	for year := from; year <= v.last && year > 0; year++ {
		cell := v.cell(one.series, year)
		if _, known := figureOfYear(one.figures, year); known && cell.Text == "" {
			cell.Absent = p.T("indicator.insufficient")
		}
		line.Values = append(line.Values, cell)
	}
	return line
}

func (v *frameView) cell(a measure.AreaSeries, year int) ValueCell {
	point, ok := a.At(year)
	if !ok {
		return ValueCell{}
	}
	return ValueCell{Text: v.figure(point.Value), Estimated: point.Estimated, Note: point.Note}
}
