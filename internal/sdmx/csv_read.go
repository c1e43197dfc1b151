package sdmx

import (
	"bufio"
	"slices"
	"strings"

	"resolute"
)

// csvReader reads the rows of SDMX-CSV.
type csvReader struct {
	*csvHeader
	rows    *rowScanner
	known   Structures
	handler Handler
	set     DataSet
	roles   []role // of each column in the data set
	coded   []bool // the cells of the column are CODE: Label
	last    [3]string
	began   bool
	told    map[string]bool
	record  Record
}

func readCSV(in *bufio.Reader, known Structures, h Handler) (Format, error) {
	header, rows, err := readCSVHeader(in)
	if err != nil {
		return "", err
	}
	r := &csvReader{csvHeader: header, rows: rows, known: known, handler: h, told: map[string]bool{}}
	for {
		cells, err := rows.row()
		if err != nil || cells == nil {
			return r.version, err
		}
		if len(cells) != len(r.columns) {
			return r.version, refuse("sdmx-row", place{rows.line, 1}, strings.Join(cells, string(r.separator)), "as many cells as columns",
				"the row has %d cells, the header %d", len(cells), len(r.columns))
		}
		if err := r.row(cells); err != nil {
			return r.version, err
		}
	}
}

func (r *csvReader) row(cells []string) error {
	ref := [3]string{"", cells[r.id], ""}
	if r.class >= 0 {
		ref[0] = cells[r.class]
	}
	if r.action >= 0 {
		ref[2] = cells[r.action]
	}
	if !r.began || ref != r.last {
		if err := r.begin(ref); err != nil {
			return err
		}
	}
	rec := &r.record
	rec.Key, rec.Measures, rec.Attributes = rec.Key[:0], rec.Measures[:0], rec.Attributes[:0]
	rec.Line, rec.Column = r.rows.line, 1
	missing := false
	for i, cell := range cells {
		if r.roles[i] == unknownRole {
			continue
		}
		if r.coded[i] {
			cell = codeOf(cell, r.roles[i])
		}
		v := r.value(&r.columns[i], cell)
		if v.Text == "" || cell == "~" && r.roles[i] == dimensionRole {
			missing = missing || r.roles[i] == dimensionRole
			continue
		}
		switch r.roles[i] {
		case dimensionRole:
			rec.Key = append(rec.Key, Value{ID: v.ID, Text: v.Text}) // a dimension has one value
		case measureRole:
			rec.Measures = append(rec.Measures, v)
		default:
			rec.Attributes = append(rec.Attributes, v)
		}
	}
	if d := r.set.Structure; d != nil {
		missing = len(rec.Key) < len(d.Dimensions)
	}
	rec.Attached = missing && len(rec.Measures) == 0
	return r.handler.record(rec)
}

// value reads a cell.
func (r *csvReader) value(c *csvColumn, cell string) Value {
	if !c.several || cell == "" {
		return Value{ID: c.id, Text: cell}
	}
	return Value{ID: c.id, Parts: r.parts(cell, c.langs)}.canonical()
}

// codeOf takes the label off CODE: Label. What stands before must look like a code or a number, but in
// a dimension, which holds nothing else.
func codeOf(cell string, r role) string {
	code, _, ok := strings.Cut(cell, ": ")
	if ok && code != "" && r == dimensionRole {
		return code
	}
	if ok && IsID(strings.NewReplacer(".", "_", "+", "_").Replace(code)) {
		return code
	}
	return cell
}

// begin starts a data set where the reference or the action of the rows changes.
func (r *csvReader) begin(ref [3]string) error {
	at := place{r.rows.line, 1}
	id, _, _ := strings.Cut(ref[1], ": ")
	target, ok := ParseRef(id)
	if !ok {
		return refuse("sdmx-reference", at, ref[1], "AGENCY:ID(VERSION)", "%q names no dataflow, structure or provision agreement", short(ref[1]))
	}
	target.Class = Dataflow
	if r.class >= 0 {
		if target.Class = classOf(ref[0]); target.Class == "" || strings.EqualFold(ref[0], "structure") {
			return refuse("sdmx-reference", at, ref[0], "dataflow, datastructure or dataprovision", "%q is no kind of artefact that data refer to", short(ref[0]))
		}
	}
	action, ok := actionOf(ref[2])
	if !ok {
		return refuse("sdmx-action", at, ref[2], "I, A, M, R or D", "%q is no action", short(ref[2]))
	}
	if r.class < 0 {
		action = Information // SDMX-CSV 1.0 has no actions
	}
	r.set, r.last, r.began = bind(target, action, r.known, at, r.handler), ref, true
	r.assign(at)
	for i, c := range r.columns {
		if r.roles[i] == dimensionRole {
			r.set.Columns = append(r.set.Columns, c.id)
		}
	}
	return r.handler.dataSet(r.set)
}

// assign gives each column its role in the data set.
func (r *csvReader) assign(at place) {
	r.roles, r.coded = make([]role, len(r.columns)), make([]bool, len(r.columns))
	if r.set.Structure == nil && !r.told[""] {
		r.told[""] = true
		r.handler.finding(guessed(r.set, at))
	}
	for i, c := range r.columns {
		switch {
		case c.skip:
		case r.set.Structure == nil:
			r.roles[i] = c.role
		default:
			r.roles[i] = r.set.Structure.role(c.id)
			r.foreign(i, at)
		}
		r.coded[i] = c.labelled && (r.roles[i] == dimensionRole || r.set.Structure.isCoded(c.id))
	}
}

// foreign tells of a column that the structure does not have. It is kept as an attribute, unless
// the rows are about several structures, each with its own columns.
func (r *csvReader) foreign(i int, at place) {
	c := r.columns[i]
	if r.roles[i] != unknownRole {
		return
	}
	r.roles[i] = attributeRole
	if !r.told[c.id] {
		r.told[c.id] = true
		r.handler.finding(finding("sdmx-component-unknown", resolute.SeverityWarning, place{1, 1}, c.id, "a component of "+r.set.Structure.Ref.String(),
			"%s has no component %s: kept as an attribute of each observation", r.set.Structure.Ref, c.id))
	}
}

// parts cuts a cell with several values; quoted ones may hold the sub-separator.
func (r *csvReader) parts(cell string, langs []string) []Part {
	var list []Part
	for rest, more := cell, true; more; {
		var text string
		text, rest, more = cutPart(rest, r.subSeparator)
		p := Part{Text: text}
		if lang, t, ok := strings.Cut(text, ":"); ok && slices.Contains(langs, lang) {
			p = Part{Lang: lang, Text: t}
		}
		list = append(list, p)
	}
	return list
}

func cutPart(s, separator string) (part, rest string, more bool) {
	if !strings.HasPrefix(s, `"`) {
		return strings.Cut(s, separator)
	}
	for i := 1; i < len(s); i++ {
		if s[i] != '"' {
			continue
		}
		if i+1 < len(s) && s[i+1] == '"' {
			i++
			continue
		}
		if after, ok := strings.CutPrefix(s[i+1:], separator); ok {
			return strings.ReplaceAll(s[1:i], `""`, `"`), after, true
		}
		if i+1 == len(s) {
			return strings.ReplaceAll(s[1:i], `""`, `"`), "", false
		}
		break
	}
	return strings.Cut(s, separator)
}
