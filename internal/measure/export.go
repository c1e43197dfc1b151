package measure

import (
	"context"
	"io"
	"slices"
	"sort"

	"resolute/internal/sheet"
)

// ExportFilter says which statistics are given out; empty fields are any. At is the change as of
// which; 0 is now.
type ExportFilter struct {
	Dataflow   string
	Indicators []string
	Areas      []string // codes of the source
	At         int64
}

func (f ExportFilter) takes(indicator, area string) bool {
	return (len(f.Indicators) == 0 || slices.Contains(f.Indicators, indicator)) && (len(f.Areas) == 0 || slices.Contains(f.Areas, area))
}

// WriteCSV writes observations in the plain form, a row for each: codes, decimal text as received,
// flags and notes. What it writes comes back by Import without a change. Names of dimensions that
// the series have are columns between area and period.
func (m *Measure) WriteCSV(ctx context.Context, f ExportFilter, out io.Writer) (rows int, err error) {
	dims, err := m.dimNames(ctx, f)
	if err != nil {
		return 0, err
	}
	w, err := sheet.NewWriter(out, plainColumns(dims)...)
	if err != nil {
		return 0, err
	}
	if rows, err = m.writePlain(ctx, f, dims, w); err != nil {
		return rows, err
	}
	return rows, w.Flush()
}

// WriteXLSX writes the plain form as a workbook; where the rows are more than a sheet holds, further
// sheets follow.
func (m *Measure) WriteXLSX(ctx context.Context, f ExportFilter, out io.Writer) (rows int, err error) {
	dims, err := m.dimNames(ctx, f)
	if err != nil {
		return 0, err
	}
	form := sheet.Form{Name: "Statistics"}
	for _, c := range plainColumns(dims) {
		form.Columns = append(form.Columns, sheet.BookColumn{Name: c.Name, Kind: c.Kind})
	}
	book := sheet.NewBook(out)
	w, err := book.Sheet(form)
	if err == nil {
		rows, err = m.writePlain(ctx, f, dims, w)
	}
	if err != nil {
		return rows, err
	}
	return rows, book.Close()
}

// rowWriter takes the rows of the plain form.
type rowWriter interface{ Write(cells ...string) error }

// writePlain writes a row for each observation.
func (m *Measure) writePlain(ctx context.Context, f ExportFilter, dims []string, w rowWriter) (rows int, err error) {
	texts := map[IndicatorKey]Indicator{}
	list, err := m.Indicators(ctx, f.At)
	if err != nil {
		return 0, err
	}
	for _, i := range list {
		texts[i.IndicatorKey] = i
	}
	err = m.eachOf(ctx, f, func(s Series) error {
		rows += len(s.Observations)
		return writeSeries(w, s, texts[IndicatorKey{s.Dataflow, s.Indicator}], dims)
	})
	return rows, err
}

// dimNames are the names of all dimensions of the series, in order.
func (m *Measure) dimNames(ctx context.Context, f ExportFilter) ([]string, error) {
	names := map[string]bool{}
	err := m.eachOf(ctx, f, func(s Series) error {
		for name := range s.Dims {
			names[name] = true
		}
		return nil
	})
	list := make([]string, 0, len(names))
	for name := range names {
		list = append(list, name)
	}
	sort.Strings(list)
	return list, err
}

func plainColumns(dims []string) []sheet.Column {
	var columns []sheet.Column
	for _, name := range slices.Concat([]string{"dataflow", "indicator", "area", "area_name"}, dims, []string{"period", "value", "kind", "status", "unit", "multiplier", "nature", "source", "note", "indicator_name", "parent", "description"}) {
		kind := sheet.Text
		if name == "value" {
			kind = sheet.Number
		}
		columns = append(columns, sheet.Column{Name: name, Kind: kind})
	}
	return columns
}

func writeSeries(w rowWriter, s Series, about Indicator, dims []string) error {
	for _, o := range s.Observations {
		cells := []string{s.Dataflow, s.Indicator, s.Area, s.AreaName}
		for _, name := range dims {
			cells = append(cells, s.Dims[name])
		}
		kind := ""
		if o.Words {
			kind = "words"
		}
		cells = append(cells, o.Period, o.Value, kind, o.Status, about.Unit, o.Multiplier, o.Nature, o.Source, o.Note, about.Name, about.Parent, about.Description)
		if err := w.Write(cells...); err != nil {
			return err
		}
	}
	return nil
}
