package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"resolute/internal/sdmx"
	"resolute/internal/sheet"
)

func newSDMXPrinter(format string, out *bufio.Writer, several bool) sdmxPrinter {
	switch format {
	case "csv":
		return &sdmxRows{out: out, several: several}
	case "text":
		return &sdmxText{out: out}
	case "jsonl":
		return &sdmxLines{out: out}
	}
	return &sdmxJSON{out: out, several: several}
}

// sdmxJSON writes {dataflow, observations, findings}, an observation on each line.
type sdmxJSON struct {
	out     *bufio.Writer
	several bool
	files   int
	lines   int
}

func (p *sdmxJSON) begin(f sdmxFile) error {
	switch {
	case p.several && p.files == 0:
		_, _ = p.out.WriteString("{\"files\": [\n") // the writer keeps its first error for Flush
	case p.several:
		_, _ = p.out.WriteString(",\n")
	}
	p.files++
	p.lines = 0
	if p.several {
		name, err := json.Marshal(f.path)
		if err != nil {
			return err
		}
		_, _ = fmt.Fprintf(p.out, "{\"file\": %s,\n \"dataflow\": %q,\n \"observations\": [", name, f.dataflow())
		return nil
	}
	_, err := fmt.Fprintf(p.out, "{\n \"dataflow\": %q,\n \"observations\": [", f.dataflow())
	return err
}

func (p *sdmxJSON) observation(o sdmxObservation) error {
	text, err := json.Marshal(shownObservation(o))
	if err != nil {
		return err
	}
	between := ",\n  "
	if p.lines == 0 {
		between = "\n  "
	}
	p.lines++
	_, _ = p.out.WriteString(between) // the writer keeps its first error for Flush
	_, err = p.out.Write(text)
	return err
}

func (p *sdmxJSON) finish(f sdmxFile) error {
	text, err := json.MarshalIndent(f.findings, " ", " ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "\n ],\n \"findings\": %s\n}", text)
	return err
}

func (p *sdmxJSON) end() error {
	tail := "\n"
	if p.several {
		tail = "\n]}\n"
	}
	_, err := p.out.WriteString(tail)
	return err
}

// sdmxLines writes an observation on each line, with the name of its file.
type sdmxLines struct {
	out  *bufio.Writer
	file sdmxFile
}

func (p *sdmxLines) begin(f sdmxFile) error { p.file = f; return nil }
func (p *sdmxLines) finish(sdmxFile) error  { return nil }
func (p *sdmxLines) end() error             { return nil }

func (p *sdmxLines) observation(o sdmxObservation) error {
	return printLines(p.out, []any{struct {
		File     string `json:"file"`
		Dataflow string `json:"dataflow"`
		shownSDMX
	}{p.file.path, o.about.Ref.String(), shownObservation(o)}})
}

// sdmxTable is the columns that the observations of a message fill.
type sdmxTable struct {
	dimensions, measures, attributes []string
}

func tableOf(f sdmxFile) sdmxTable {
	var t sdmxTable
	for _, set := range f.summary.Sets {
		for _, d := range set.Dimensions {
			if d != set.Time {
				t.dimensions = union(t.dimensions, d)
			}
		}
		for _, m := range set.Measures {
			t.measures = union(t.measures, m)
		}
		for _, a := range set.Attributes {
			t.attributes = union(t.attributes, a)
		}
	}
	return t
}

func union(list []string, name string) []string {
	if slices.Contains(list, name) {
		return list
	}
	return append(list, name)
}

func (t sdmxTable) header() []string {
	values := []string{"value"}
	if len(t.measures) > 1 {
		values = t.measures
	}
	return slices.Concat([]string{"dataflow", "action"}, t.dimensions, []string{"time"}, values, t.attributes)
}

func (t sdmxTable) row(o sdmxObservation) []string {
	r := o.record
	cells := []string{o.about.Ref.String(), string(o.about.Action)}
	for _, d := range t.dimensions {
		cells = append(cells, textOf(r.Key, d))
	}
	cells = append(cells, textOf(r.Key, o.about.Time))
	measures := t.measures
	if len(measures) == 0 {
		measures = []string{""}
	}
	for _, m := range measures {
		cells = append(cells, textOf(r.Measures, m))
	}
	for _, a := range t.attributes {
		cells = append(cells, textOf(r.Attributes, a))
	}
	return cells
}

func textOf(list []sdmx.Value, id string) string {
	for _, v := range list {
		if v.ID == id {
			return v.Text
		}
	}
	return ""
}

// sdmxRows writes one table for each file, the next behind an empty line.
type sdmxRows struct {
	out     *bufio.Writer
	several bool
	table   sdmxTable
	rows    *sheet.Writer
	files   int
}

func (p *sdmxRows) begin(f sdmxFile) error {
	if p.files++; p.files > 1 {
		_, _ = p.out.WriteString("\n") // the writer keeps its first error for Flush
	}
	p.table = tableOf(f)
	var columns []sheet.Column
	for _, name := range p.table.header() {
		columns = append(columns, sheet.Column{Name: name, Kind: sheet.Number}) // text that is no number is guarded all the same
	}
	var err error
	p.rows, err = sheet.NewWriter(p.out, columns...)
	return err
}

func (p *sdmxRows) observation(o sdmxObservation) error { return p.rows.Write(p.table.row(o)...) }
func (p *sdmxRows) finish(sdmxFile) error               { return p.rows.Flush() }
func (p *sdmxRows) end() error                          { return nil }

// sdmxText writes aligned columns for people, then what is wrong.
type sdmxText struct {
	out   *bufio.Writer
	table sdmxTable
	tabs  *tabwriter.Writer
	rows  int
}

// alignedRows is how many rows are aligned with each other.
const alignedRows = 500

func (p *sdmxText) begin(f sdmxFile) error {
	p.table, p.rows = tableOf(f), 0
	p.tabs = tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	_, err := fmt.Fprintln(p.tabs, strings.Join(p.table.header(), "\t"))
	return err
}

func (p *sdmxText) observation(o sdmxObservation) error {
	if _, err := fmt.Fprintln(p.tabs, strings.Join(p.table.row(o), "\t")); err != nil {
		return err
	}
	if p.rows++; p.rows%alignedRows == 0 {
		return p.tabs.Flush()
	}
	return nil
}

func (p *sdmxText) finish(f sdmxFile) error {
	if err := p.tabs.Flush(); err != nil {
		return err
	}
	return printSDMXFindings(p.out, f)
}

func (p *sdmxText) end() error { return nil }
