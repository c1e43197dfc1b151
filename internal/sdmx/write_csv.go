package sdmx

import (
	"bufio"
	"io"
	"slices"
	"strings"
)

// csvWriter writes SDMX-CSV 2.1, or 1.0, which has no actions and no other artefacts than dataflows.
type csvWriter struct {
	out                              *bufio.Writer
	dimensions, measures, attributes []string
	several                          map[string][]string
	action                           string // of the data set
	names                            Names
	labels                           Labels
	about                            Ref   // of the data set
	old                              bool  // 1.0
	removes                          bool  // the data set takes away
	needed                           int   // dimensions of a whole key
	err                              error // what the format cannot hold
}

func newCSVWriter(w io.Writer, format Format, s Summary, o Options) (*csvWriter, error) {
	c := &csvWriter{out: bufio.NewWriterSize(w, bufferSize), several: map[string][]string{}, old: format == CSV10, labels: o.Labels}
	if c.labels != NoLabels {
		c.names = o.Names
	}
	if c.old && c.labels == NameLabels {
		return nil, cannot("SDMX-CSV 1.0 has no columns for names: ask for both, or for version 2.1")
	}
	for _, set := range s.Sets {
		c.dimensions = joined(c.dimensions, set.dimensionsTimeLast())
		c.measures = joined(c.measures, set.Measures)
		c.attributes = joined(c.attributes, set.Layout.Attributes)
		for id, langs := range set.Several {
			c.several[id] = joined(c.several[id], langs)
		}
	}
	for _, set := range s.Sets { // behind the dimensions of all, where readers without structure look for the time
		if at := slices.Index(c.dimensions, set.Time); at >= 0 {
			c.dimensions = append(slices.Delete(c.dimensions, at, at+1), set.Time)
		}
	}
	for _, set := range s.Sets {
		if set.attachedTo(c.dimensions) && set.Time != "" {
			c.dimensions = joined(c.dimensions, []string{set.Time}) // an empty time tells that a key is partial
		}
	}
	if err := c.mayBeCalledSo(s); err != nil {
		return nil, err
	}
	if len(c.measures) == 0 {
		c.measures = []string{obsValue} // tells readers without structure where the dimensions end
	}
	first := "STRUCTURE"
	if len(c.several) > 0 {
		first = "STRUCTURE[;]"
	}
	first += ",STRUCTURE_ID"
	if c.labels == NameLabels {
		first += ",STRUCTURE_NAME"
	}
	first += ",ACTION"
	if c.old {
		first = "DATAFLOW"
	}
	_, _ = c.out.WriteString(first) // the writer keeps its first error for Flush
	for _, list := range [][]string{c.dimensions, c.measures, c.attributes} {
		for _, id := range list {
			c.labelled(c.titled(id), c.names.of(Ref{}, id, ""))
		}
	}
	return c, c.out.WriteByte('\n')
}

// mayBeCalledSo refuses components that are called like a column of another purpose, and what makes
// the values of a column no longer tell their languages.
func (c *csvWriter) mayBeCalledSo(s Summary) error {
	for _, id := range slices.Concat(c.dimensions, c.measures, c.attributes) {
		switch {
		case id == "SERIES_KEY" || id == "OBS_KEY", !c.old && (id == "STRUCTURE_ID" || id == "STRUCTURE_NAME" || id == "ACTION"):
			return cannot("SDMX-CSV has no place for a component that is called %s, as one of its columns is", id)
		}
	}
	for id, langs := range c.several {
		for _, lang := range langs {
			if !IsID(lang) {
				return cannot("SDMX-CSV has no place for %q, a language of %s", short(lang), id)
			}
		}
	}
	for _, set := range s.Sets {
		if whole := set.attachedWhole(c.dimensions); whole != nil {
			return cannot("SDMX-CSV cannot tell attributes of a whole key from those of an observation (line %d)", whole.Line)
		}
	}
	return nil
}

// attachedWhole gives attributes on a key that leaves no column of a dimension empty.
func (s *SetSummary) attachedWhole(dimensions []string) *Record {
	for i := range s.Attached {
		if rec := &s.Attached[i]; len(rec.Key) == len(dimensions) {
			return rec
		}
	}
	return nil
}

// attachedTo says whether attributes hang on a key of all these dimensions.
func (s *SetSummary) attachedTo(dimensions []string) bool {
	return s.attachedWhole(dimensions) != nil
}

// titled gives the title of a column: its id, with the languages or brackets of several values.
func (c *csvWriter) titled(id string) string {
	langs, several := c.several[id]
	if !several {
		return id
	}
	return id + "[" + strings.Join(langs, ";") + "]"
}

func joined(list, more []string) []string {
	for _, id := range more {
		found := false
		for _, known := range list {
			found = found || known == id
		}
		if !found {
			list = append(list, id)
		}
	}
	return list
}

// letters are the actions in SDMX-CSV.
var letters = map[Action]string{Merge: "M", Append: "A", Replace: "R", Delete: "D", Information: "I"}

func (c *csvWriter) Begin(set *SetSummary) error {
	c.removes, c.needed = set.Action == Delete, len(set.Dimensions)
	if set.Time != "" && !slices.Contains(set.Dimensions, set.Time) && slices.Contains(c.dimensions, set.Time) {
		c.needed++
	}
	c.about, c.action = set.Ref, letters[set.Action]
	for i := range set.Attached {
		if err := c.write(&set.Attached[i]); err != nil {
			return err
		}
	}
	return nil
}

// Observation refuses an observation without a dimension and without a value: the row would be read as
// attributes of all observations that its key covers, which the message does not say. What is to be
// deleted may be named so.
func (c *csvWriter) Observation(rec *Record) error {
	if len(rec.Measures) == 0 && len(rec.Key) < c.needed && (!c.removes || c.old) {
		return cannot("SDMX-CSV would take an observation without a value that lacks a dimension as attributes of several (line %d)", rec.Line)
	}
	return c.write(rec)
}

func (c *csvWriter) write(rec *Record) error {
	for i := range rec.Key {
		if rec.Key[i].Text == "~" {
			return cannot("SDMX-CSV takes the code ~ of %s as none (line %d)", rec.Key[i].ID, rec.Line)
		}
	}
	c.first()
	c.cells(c.dimensions, rec.Key)
	c.cells(c.measures, rec.Measures)
	c.cells(c.attributes, rec.Attributes)
	if c.err != nil {
		return c.err
	}
	return c.out.WriteByte('\n')
}

// first writes the cells that tell what the data are about.
func (c *csvWriter) first() {
	name := c.names.of(c.about, "", "")
	if c.old {
		_, _ = c.out.WriteString(quoted(c.both(c.about.String(), name))) // the writer keeps its first error for the last byte
		return
	}
	_, _ = c.out.WriteString(string(c.about.Class))
	c.labelled(c.about.String(), name)
	c.cell(c.action)
}

// labelled writes a cell with its name as the labels want it.
func (c *csvWriter) labelled(text, name string) {
	c.cell(c.both(text, name))
	if c.labels == NameLabels {
		c.cell(name)
	}
}

// both is a text with its name behind it, where the labels want that.
func (c *csvWriter) both(text, name string) string {
	if c.labels != BothLabels || name == "" {
		return text
	}
	return text + ": " + name
}

func (c *csvWriter) cells(columns []string, values []Value) {
	near := 0
	for _, id := range columns {
		v := find(values, id, near)
		if v == nil {
			c.labelled("", "")
			continue
		}
		near++
		if langs, several := c.several[id]; several {
			c.unmistaken(v, langs)
			c.labelled(Value{Parts: v.parts()}.printed(), "")
			continue
		}
		c.labelled(v.Text, c.names.of(c.about, id, v.Text))
	}
}

// unmistaken refuses a text without language that begins as one with its language does.
func (c *csvWriter) unmistaken(v *Value, langs []string) {
	for _, p := range v.parts() {
		lang, _, ok := strings.Cut(p.Text, ":")
		if p.Lang == "" && ok && slices.Contains(langs, lang) && c.err == nil {
			c.err = cannot("SDMX-CSV would take %q of %s as a text in the language %s", short(p.Text), v.ID, lang)
		}
	}
}

func (c *csvWriter) cell(text string) {
	_ = c.out.WriteByte(',') // the writer keeps its first error
	_, _ = c.out.WriteString(quoted(text))
}

func quoted(text string) string {
	if !strings.ContainsAny(text, ",\"\r\n") {
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
}

func (c *csvWriter) Close() error { return c.out.Flush() }
