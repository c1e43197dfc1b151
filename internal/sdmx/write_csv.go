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
	prefix                           string // the first cells of each row
	old                              bool   // 1.0
}

func newCSVWriter(w io.Writer, format Format, s Summary) (*csvWriter, error) {
	c := &csvWriter{out: bufio.NewWriterSize(w, bufferSize), several: map[string][]string{}, old: format == CSV10}
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
	if len(c.measures) == 0 {
		c.measures = []string{obsValue} // tells readers without structure where the dimensions end
	}
	first := "STRUCTURE"
	if len(c.several) > 0 {
		first = "STRUCTURE[;]"
	}
	first += ",STRUCTURE_ID,ACTION"
	if c.old {
		first = "DATAFLOW"
	}
	_, _ = c.out.WriteString(first) // the writer keeps its first error for Flush
	for _, list := range [][]string{c.dimensions, c.measures, c.attributes} {
		for _, id := range list {
			c.cell(c.titled(id))
		}
	}
	return c, c.out.WriteByte('\n')
}

// attachedTo says whether attributes hang on a key of all these dimensions.
func (s *SetSummary) attachedTo(dimensions []string) bool {
	for _, rec := range s.Attached {
		if len(rec.Key) == len(dimensions) {
			return true
		}
	}
	return false
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
	c.prefix = string(set.Ref.Class) + "," + set.Ref.String() + "," + letters[set.Action]
	if c.old {
		c.prefix = set.Ref.String()
	}
	for i := range set.Attached {
		if err := c.write(&set.Attached[i]); err != nil {
			return err
		}
	}
	return nil
}

func (c *csvWriter) Observation(rec *Record) error { return c.write(rec) }

func (c *csvWriter) write(rec *Record) error {
	_, _ = c.out.WriteString(c.prefix) // the writer keeps its first error for the last byte
	c.cells(c.dimensions, rec.Key)
	c.cells(c.measures, rec.Measures)
	c.cells(c.attributes, rec.Attributes)
	return c.out.WriteByte('\n')
}

func (c *csvWriter) cells(columns []string, values []Value) {
	near := 0
	for _, id := range columns {
		v := find(values, id, near)
		if v == nil {
			_ = c.out.WriteByte(',') // the writer keeps its first error
			continue
		}
		near++
		if _, several := c.several[id]; several {
			c.cell(Value{Parts: v.parts()}.printed())
			continue
		}
		c.cell(v.Text)
	}
}

func (c *csvWriter) cell(text string) {
	_ = c.out.WriteByte(',') // the writer keeps its first error
	if !strings.ContainsAny(text, ",\"\r\n") {
		_, _ = c.out.WriteString(text)
		return
	}
	_, _ = c.out.WriteString(`"` + strings.ReplaceAll(text, `"`, `""`) + `"`)
}

func (c *csvWriter) Close() error { return c.out.Flush() }
