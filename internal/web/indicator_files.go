package web

import (
	"context"
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"resolute/internal/measure"
	"resolute/internal/sheet"
)

// IndicatorFiles are the files of the page: of what is shown, and of all that is held.
type IndicatorFiles struct {
	Shown []Link
	Whole []Link
}

// fileTable is what a view shows, a row for each value, the same in every format.
type fileTable struct {
	columns []sheet.Column
	rows    [][]string
}

func columnsOf(texts string, numbers ...string) (columns []sheet.Column) {
	for _, name := range strings.Fields(texts) {
		c := sheet.Column{Name: name, Kind: sheet.Text}
		if slices.Contains(numbers, name) {
			c.Kind = sheet.Number
		}
		columns = append(columns, c)
	}
	return columns
}

// csv writes the table with decimal texts as received.
func (t fileTable) csv(to io.Writer) error {
	w, err := sheet.NewWriter(to, t.columns...)
	if err != nil {
		return err
	}
	for _, row := range t.rows {
		if err := w.Write(row...); err != nil {
			return err
		}
	}
	return w.Flush()
}

// book writes the table as a workbook of one sheet.
func (t fileTable) book(name string, rightToLeft bool) func(io.Writer) error {
	return func(to io.Writer) error {
		form := sheet.Form{Name: name, RightToLeft: rightToLeft}
		for _, c := range t.columns {
			form.Columns = append(form.Columns, sheet.BookColumn{Name: c.Name, Kind: c.Kind})
		}
		b := sheet.NewBook(to)
		s, err := b.Sheet(form)
		if err != nil {
			return err
		}
		for _, row := range t.rows {
			if err := s.Write(row...); err != nil {
				return err
			}
		}
		return b.Close()
	}
}

// objects are the rows for JSON: numbers as decimals, null where there is none.
func (t fileTable) objects() []map[string]any {
	list := make([]map[string]any, len(t.rows))
	for i, row := range t.rows {
		list[i] = map[string]any{}
		for n, c := range t.columns {
			switch {
			case c.Kind != sheet.Number:
				list[i][c.Name] = row[n]
			case row[n] == "":
				list[i][c.Name] = nil
			default:
				list[i][c.Name] = json.RawMessage(decimalJSON(row[n]))
			}
		}
	}
	return list
}

// decimalJSON writes a decimal as JSON wants it: without a leading plus, zeros or a bare point.
func decimalJSON(text string) string {
	if json.Valid([]byte(text)) {
		return text
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return "null"
	}
	return strconv.FormatFloat(value, 'f', -1, 64)
}

// numberText writes a number for a cell; empty for none.
func numberText(n measure.Number) string {
	if n.String() == "" {
		return ""
	}
	return strconv.FormatFloat(float64(n), 'f', -1, 64)
}

// answer is the page, and what it shows in every format.
func (p *indicatorPage) answer(v *frameView) answer {
	a := answer{template: "indicator", page: p}
	if p.request.format == "" {
		return a
	}
	t := p.rows(v)
	a.csv, a.book = t.csv, t.book(p.About.Code, p.Dir() == "rtl")
	a.data = map[string]any{"indicator": p.About, "view": p.View, "where": v.frame.Dims, "data_version": p.request.head.Seq,
		"as_of": time.UnixMilli(p.request.head.At).UTC().Format(time.DateOnly), "source": p.Source(), "rows": t.objects()}
	if p.pictured() {
		a.svg = func() []byte { return p.picture(v) }
	}
	return a
}

// rows are those of the view.
func (p *indicatorPage) rows(v *frameView) fileTable {
	switch {
	case p.View == "revisions":
		return p.revisionRows(v)
	case p.View == "divide":
		return p.divideRows(v)
	case p.View == "map":
		return v.mapRows()
	case p.View == "ranking":
		return v.rankingRows()
	case p.View == "table" || p.Words:
		return v.tableRows(p)
	}
	return p.chartRows(v)
}

// observationColumns are those of values of areas and groups: first as in the plain form of statistics, then
// what is known of figures that are reckoned.
var observationColumns = columnsOf(`dataflow indicator area iso2 area_name period value status unit source note
	kind dims low high rule weighed_by areas_used areas_of coverage share_estimated members_on place`,
	"value", "low", "high", "areas_used", "areas_of", "coverage", "share_estimated", "place")

// rowKind tells what a value is: of an area or a group, a percentile of all economies, or expected.
type rowKind string

const (
	ofArea       rowKind = "area"
	ofGroup      rowKind = "group"
	ofPercentile rowKind = "percentile"
	ofProjection rowKind = "projection"
)

// observationRow is a row with its place in the table of columns; what is not filled is empty.
func (v *frameView) observationRow(kind rowKind, area, iso2, name string, point measure.Point) []string {
	row := make([]string, len(observationColumns))
	copy(row, []string{v.frame.Dataflow, v.frame.Indicator, area, iso2, name, point.Period, point.Text, point.Status, v.frame.Unit, point.Source, point.Note, string(kind), v.dimsText()})
	return row
}

// dimsText writes the breakdown as the address does; empty for the whole.
func (v *frameView) dimsText() string {
	if len(v.frame.Dims) == 0 {
		return ""
	}
	text, err := json.Marshal(v.frame.Dims) // names in order
	if err != nil {
		panic(err) // strings are always JSON
	}
	return string(text)
}

func set(row []string, columns []sheet.Column, name, value string) {
	row[slices.IndexFunc(columns, func(c sheet.Column) bool { return c.Name == name })] = value
}

// areaRows are the values of an area in the years.
func (v *frameView) areaRows(a measure.AreaSeries, from int) (rows [][]string) {
	for _, point := range a.Points {
		if point.Year >= from {
			rows = append(rows, v.observationRow(ofArea, a.Area, v.iso2(a), a.Name, point))
		}
	}
	return rows
}

// groupRows are the figures of a group; those that too few areas make have no value.
func (v *frameView) groupRows(one compared, from int) (rows [][]string) {
	for _, f := range one.figures {
		if f.Year < from || f.Year > v.last {
			continue
		}
		rows = append(rows, v.groupRow(one, f))
	}
	return rows
}

func (v *frameView) groupRow(one compared, f measure.GroupFigure) []string {
	point := measure.Point{Period: strconv.Itoa(f.Year)}
	if f.Sufficient {
		point.Text = numberText(f.Value)
		if f.MostlyEstimated() {
			point.Status = "E"
		}
	}
	row := v.observationRow(ofGroup, one.code, "", one.name.Text, point)
	for name, value := range map[string]string{"rule": f.Rule, "weighed_by": f.WeighedBy, "areas_used": strconv.Itoa(f.Areas), "areas_of": strconv.Itoa(f.Of),
		"coverage": numberText(f.Coverage), "share_estimated": numberText(f.Estimated), "members_on": f.Members} {
		set(row, observationColumns, name, value)
	}
	return row
}

// statistics gives all that is held of an indicator, in the plain form, which import stats reads.
func (s *Site) statistics(ctx context.Context, r *request) (answer, error) {
	key := indicatorOf(r.http.PathValue("id"))
	_, found, err := s.aboutIndicator(ctx, r, key)
	if err != nil {
		return answer{}, err
	}
	if !found || r.format != "csv" && r.format != "xlsx" {
		return answer{}, s.missing(r.http)
	}
	filter := measure.ExportFilter{Dataflow: key.Dataflow, Indicators: []string{key.Code}, At: r.head.Seq}
	return answer{
		csv:  func(w io.Writer) error { _, err := s.Measure.WriteCSV(ctx, filter, w); return err },
		book: func(w io.Writer) error { _, err := s.Measure.WriteXLSX(ctx, filter, w); return err },
	}, nil
}

// sdmxForms are the forms of SDMX in which the whole is offered, by their names in addresses.
var sdmxForms = [][2]string{{"SDMX-CSV 2.1", "csv"}, {"SDMX-JSON 2.0", "json"}, {"SDMX-ML 3.0", "xml"}, {"SDMX-ML 2.1", "ml2.1"}}

// files lists the files of the page. Those of the whole are of this data version, when one is asked for.
func (p *indicatorPage) files(v *frameView) (f IndicatorFiles) {
	for _, format := range []string{"csv", "xlsx", "json"} {
		f.Shown = append(f.Shown, Link{Href: p.As(format), Text: strings.ToUpper(format)})
	}
	if p.pictured() {
		f.Shown = append(f.Shown, Link{Href: p.As("svg"), Text: "SVG"})
	}
	whole := strings.Replace(indicatorPath(p.About.IndicatorKey), "/indicator/", "/statistics/", 1)
	for _, format := range []string{"csv", "xlsx"} {
		f.Whole = append(f.Whole, Link{Href: p.URL(whole + "." + format), Text: strings.ToUpper(format)})
	}
	flow, known := measure.FlowPath(p.About.Dataflow)
	if !known {
		return f
	}
	for _, form := range sdmxForms {
		q := url.Values{"format": {form[1]}, "c[INDICATOR]": {p.About.Code}}
		if p.request.pin.seq > 0 {
			q.Set("asOf", time.UnixMilli(p.request.head.At).UTC().Format(time.RFC3339Nano))
		}
		f.Whole = append(f.Whole, Link{Href: p.address("/sdmx/v2/data/"+flow, q), Text: form[0]})
	}
	return f
}
