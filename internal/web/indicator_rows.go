package web

import (
	"slices"
	"strconv"

	"resolute/internal/measure"
	"resolute/internal/web/chart"
)

// chartRows are the lines of the chart: countries, groups, what is expected, and percentiles.
func (p *indicatorPage) chartRows(v *frameView) fileTable {
	t := fileTable{columns: observationColumns}
	for _, one := range v.compared {
		if one.group() {
			t.rows = append(t.rows, v.groupRows(one, v.first)...)
		} else {
			t.rows = append(t.rows, v.areaRows(one.series, v.first)...)
		}
	}
	if f := p.Forecast; f != nil {
		t.rows = append(t.rows, v.projectionRows(v.compared[f.Line], f)...)
	}
	for _, l := range v.spread() {
		t.rows = append(t.rows, v.percentileRows(l)...)
	}
	return t
}

// projectionRows are the values that are expected; F is the status of a forecast.
func (v *frameView) projectionRows(one compared, f *ForecastPart) (rows [][]string) {
	area, iso2, name := one.series.Area, one.code, one.series.Name
	if one.group() {
		area, iso2, name = one.code, "", one.name.Text
	}
	for _, e := range f.expected {
		row := v.observationRow(ofProjection, area, iso2, name, measure.Point{Period: strconv.Itoa(e.Year), Text: numberText(e.Value), Status: "F"})
		set(row, observationColumns, "low", numberText(e.Low))
		set(row, observationColumns, "high", numberText(e.High))
		set(row, observationColumns, "rule", f.Method)
		rows = append(rows, row)
	}
	return rows
}

func (v *frameView) percentileRows(l chart.Line) (rows [][]string) {
	for _, point := range l.Points {
		rows = append(rows, v.observationRow(ofPercentile, "", "", l.Name, measure.Point{Period: strconv.Itoa(point.Year), Text: numberText(measure.Number(point.Value))}))
	}
	return rows
}

// tableRows are the values that the table shows.
func (v *frameView) tableRows(p *indicatorPage) fileTable {
	t := fileTable{columns: observationColumns}
	for _, one := range v.compared {
		if one.group() {
			t.rows = append(t.rows, v.groupRows(one, p.tableFrom(v))...)
		} else {
			t.rows = append(t.rows, v.areaRows(one.series, p.tableFrom(v))...)
		}
	}
	if len(v.compared) == 0 {
		for _, a := range v.frame.Areas {
			t.rows = append(t.rows, v.areaRows(a, p.tableFrom(v))...)
		}
	}
	return t
}

// missingStatus is the status of a value that is missing.
const missingStatus = "M"

// mapRows are the tiles: of each country the value that its tile stands for, or that there is none.
func (v *frameView) mapRows() fileTable {
	t := fileTable{columns: observationColumns}
	for _, code := range chart.TiledCountries() {
		a := v.areaOf(code)
		point, ok := latest(a, v.year)
		if !ok {
			point = measure.Point{Period: strconv.Itoa(v.year), Status: missingStatus}
		}
		name := a.Name
		if name == "" {
			name = v.countryName(code)
		}
		t.rows = append(t.rows, v.observationRow(ofArea, a.Area, code, name, point))
	}
	return t
}

// rankingRows are the bars, in their order.
func (v *frameView) rankingRows() fileTable {
	t := fileTable{columns: observationColumns}
	list := v.order()
	places := placesOf(list)
	for i, r := range list {
		if r.group {
			at := slices.IndexFunc(v.compared, func(one compared) bool { return one.group() && one.code == r.code })
			figure, _ := figureOfYear(v.compared[at].figures, r.point.Year)
			t.rows = append(t.rows, v.groupRow(v.compared[at], figure))
			continue
		}
		row := v.observationRow(ofArea, r.series.Area, r.code, r.series.Name, r.point)
		set(row, observationColumns, "place", strconv.Itoa(places[i]))
		t.rows = append(t.rows, row)
	}
	return t
}
