package web

import (
	"io"
	"slices"
	"strconv"

	"resolute/internal/measure"
	"resolute/internal/sheet"
)

// AreaValues is one area with its values by year.
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
}

// tableYears is how many years the table of the page shows; the file has all.
const tableYears = 8

func (p *indicatorPage) fillTable(v *frameView) {
	from := max(v.first, v.last-tableYears+1)
	for year := from; year <= v.last && year > 0; year++ {
		p.Years = append(p.Years, strconv.Itoa(year))
	}
	for _, a := range v.shown() {
		line := AreaValues{Name: v.name(a), Code: a.Area}
		if code := v.iso2(a); code != "" {
			line.Href = p.URL("/area/" + code)
		}
		known := false
		for year := from; year <= v.last; year++ {
			i := slices.IndexFunc(a.Points, func(point measure.Point) bool { return point.Year == year })
			if i < 0 {
				line.Values = append(line.Values, ValueCell{})
				continue
			}
			known = true
			line.Values = append(line.Values, ValueCell{Text: v.figure(a.Points[i].Value), Estimated: a.Points[i].Estimated, Note: a.Points[i].Note})
		}
		if known {
			p.Table = append(p.Table, line)
		}
	}
	order := p.Order()
	slices.SortStableFunc(p.Table, func(a, b AreaValues) int { return order(a.Name.Text, b.Name.Text) })
}

// csv writes what the page shows, in the plain form: codes, decimal text as received, flags and notes.
func (v *frameView) csv(to io.Writer) error {
	var columns []sheet.Column
	for _, name := range []string{"dataflow", "indicator", "area", "iso2", "area_name", "period", "value", "status", "unit", "source", "note"} {
		kind := sheet.Text
		if name == "value" {
			kind = sheet.Number
		}
		columns = append(columns, sheet.Column{Name: name, Kind: kind})
	}
	w, err := sheet.NewWriter(to, columns...)
	if err != nil {
		return err
	}
	for _, a := range v.shown() {
		for _, p := range a.Points {
			if err := w.Write(v.frame.Dataflow, v.frame.Indicator, a.Area, v.iso2(a), a.Name, p.Period, p.Text, p.Status, v.frame.Unit, p.Source, p.Note); err != nil {
				return err
			}
		}
	}
	return w.Flush()
}
