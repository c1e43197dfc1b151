package sdmx

import (
	"bufio"
	"cmp"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"
)

// jsonWriter writes SDMX-JSON data 2.0, flat. What the numbers of keys mean stands behind the
// data, so that nothing needs to be held but the codes.
type jsonWriter struct {
	out        *bufio.Writer
	set        *SetSummary
	dimensions []string
	numbers    []map[string]int // of the values of each dimension
	values     [][]string
	structures []writtenStructure
	began      bool
	open       bool // observations are being written
	records    int
	names      Names
}

// jsonBeginnings say by which schema a message is valid.
var jsonBeginnings = map[Format]string{
	JSON10: `{"meta":{"schema":"https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/1.0/sdmx-json-data-schema.json","id":`,
	JSON20: `{"$schema":"https://json.sdmx.org/2.0.0/sdmx-json-data-schema.json","meta":{"id":`,
	JSON21: `{"$schema":"https://json.sdmx.org/2.1/sdmx-json-data-schema.json","meta":{"id":`,
}

func newJSONWriter(w io.Writer, version Format, o Options) (*jsonWriter, error) {
	j := &jsonWriter{out: bufio.NewWriterSize(w, bufferSize), names: o.Names}
	_, _ = j.out.WriteString(jsonBeginnings[version]) // the writer keeps its first error for Flush
	j.text(o.ID)
	_, _ = j.out.WriteString(`,"prepared":"` + o.Prepared.UTC().Format(time.RFC3339) + `","test":false,"contentLanguages":[`)
	j.text(cmp.Or(o.Lang, "en"))
	_, _ = j.out.WriteString(`],"sender":{"id":`)
	j.text(o.Sender)
	_, err := j.out.WriteString(`}},"data":{"dataSets":[`)
	return j, err
}

func (j *jsonWriter) text(s string) {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always has a form in JSON
	}
	_, _ = j.out.Write(b) // the writer keeps its first error
}

func (j *jsonWriter) Begin(set *SetSummary) error {
	if err := j.end(); err != nil {
		return err
	}
	if len(j.structures) > 0 {
		_ = j.out.WriteByte(',') // the writer keeps its first error
	}
	j.began, j.open, j.records = true, false, 0
	j.layout(set)
	_, err := j.out.WriteString("\n" + `{"structure":` + strconv.Itoa(len(j.structures)) + `,"action":"` + set.Action.word() + `"`)
	j.valid(set)
	if err != nil || len(set.Attached) == 0 {
		return err
	}
	_, _ = j.out.WriteString(`,"dimensionGroupAttributes":{`) // the writer keeps its first error
	for i := range set.Attached {
		if i > 0 {
			_ = j.out.WriteByte(',')
		}
		rec := &set.Attached[i]
		if len(rec.Measures) > 0 {
			return cannot("SDMX-JSON has no place for a value without a whole key (line %d)", rec.Line)
		}
		if err := j.key(rec, true); err != nil {
			return err
		}
		_ = j.out.WriteByte('[')
		j.components(set.Layout.Attributes, rec.Attributes, false)
		_ = j.out.WriteByte(']')
	}
	return j.out.WriteByte('}')
}

// valid writes for which time the data held.
func (j *jsonWriter) valid(set *SetSummary) {
	for _, v := range []Value{{ID: "validFrom", Text: set.ValidFrom}, {ID: "validTo", Text: set.ValidTo}} {
		if v.Text != "" {
			_, _ = j.out.WriteString(`,"` + v.ID + `":`) // the writer keeps its first error
			j.text(v.Text)
		}
	}
}

// layout takes the dimensions of a data set and begins to number their values.
func (j *jsonWriter) layout(set *SetSummary) {
	j.set, j.dimensions = set, set.dimensionsTimeLast()
	j.numbers, j.values = make([]map[string]int, len(j.dimensions)), make([][]string, len(j.dimensions))
	for i := range j.numbers {
		j.numbers[i] = map[string]int{}
	}
}

// key writes the numbers of the values of a key; only a partial key may leave some out.
func (j *jsonWriter) key(rec *Record, partial bool) error {
	_, _ = j.out.WriteString("\n\"") // the writer keeps its first error
	for i, id := range j.dimensions {
		if i > 0 {
			_ = j.out.WriteByte(':')
		}
		v := find(rec.Key, id, i)
		if v == nil {
			if !partial {
				return cannot("SDMX-JSON has no place for an observation without %s (line %d)", id, rec.Line)
			}
			continue
		}
		n, known := j.numbers[i][v.Text]
		if !known {
			n = len(j.values[i])
			j.numbers[i][v.Text] = n
			j.values[i] = append(j.values[i], v.Text)
		}
		_, _ = j.out.WriteString(strconv.Itoa(n))
	}
	_, err := j.out.WriteString(`":`)
	return err
}

// next begins an observation.
func (j *jsonWriter) next() {
	if !j.open {
		j.open = true
		_, _ = j.out.WriteString(`,"observations":{`) // the writer keeps its first error
	}
	if j.records > 0 {
		_ = j.out.WriteByte(',')
	}
	j.records++
}

func (j *jsonWriter) Observation(rec *Record) error {
	j.next()
	if err := j.key(rec, false); err != nil {
		return err
	}
	_ = j.out.WriteByte('[')
	j.components(j.measures(), rec.Measures, true)
	if len(rec.Attributes) > 0 {
		_ = j.out.WriteByte(',')
		j.components(j.set.Layout.Attributes, rec.Attributes, false)
	}
	return j.out.WriteByte(']')
}

func (j *jsonWriter) measures() []string {
	if len(j.set.Measures) == 0 {
		return []string{obsValue}
	}
	return j.set.Measures
}

// components writes values in the order of the columns; what misses at the end is left out.
func (j *jsonWriter) components(columns []string, values []Value, numbers bool) {
	written, near := 0, 0
	for i, id := range columns {
		if !numbers && written == len(values) {
			return
		}
		if i > 0 {
			_ = j.out.WriteByte(',') // the writer keeps its first error
		}
		v := find(values, id, near)
		if v == nil {
			_, _ = j.out.WriteString("null")
			continue
		}
		written++
		near++
		j.value(v, numbers)
	}
}

func (j *jsonWriter) value(v *Value, number bool) {
	if v.Parts != nil {
		j.parts(v.Parts)
		return
	}
	if number && strings.IndexAny(v.Text, "-0123456789") == 0 && !strings.ContainsAny(v.Text, " \t\r\n") && json.Valid([]byte(v.Text)) {
		_, _ = j.out.WriteString(v.Text) // the writer keeps its first error
		return
	}
	j.text(v.Text)
}

// parts writes texts by language when each has one of its own, else a list.
func (j *jsonWriter) parts(parts []Part) {
	if inLanguages(parts) {
		j.languages(parts)
		return
	}
	_ = j.out.WriteByte('[') // the writer keeps its first error
	for i, p := range parts {
		if i > 0 {
			_ = j.out.WriteByte(',')
		}
		if p.Lang == "" {
			j.text(p.Text)
		} else {
			j.languages([]Part{p})
		}
	}
	_ = j.out.WriteByte(']')
}

func inLanguages(parts []Part) bool {
	seen := map[string]bool{"": true}
	for _, p := range parts {
		if seen[p.Lang] {
			return false
		}
		seen[p.Lang] = true
	}
	return true
}

func (j *jsonWriter) languages(parts []Part) {
	_ = j.out.WriteByte('{') // the writer keeps its first error
	for i, p := range parts {
		if i > 0 {
			_ = j.out.WriteByte(',')
		}
		j.text(p.Lang)
		_ = j.out.WriteByte(':')
		j.text(p.Text)
	}
	_ = j.out.WriteByte('}')
}

// name is the name of a structure, a component or a code, its id where it has no other.
func (j *jsonWriter) name(about Ref, component, code string) string {
	return cmp.Or(j.names.of(about, component, code), code, component, about.ID)
}

// end closes the data set and keeps what its numbers mean.
func (j *jsonWriter) end() error {
	if !j.began {
		return nil
	}
	j.began = false
	if j.open {
		_ = j.out.WriteByte('}') // the writer keeps its first error
	}
	s := writtenStructure{DataSets: []int{len(j.structures)}, Name: j.name(j.set.Ref, "", ""), Links: []writtenLink{{URN: j.set.Ref.urn(), Rel: j.set.Ref.relation()}}}
	s.Dimensions.Observation = []writtenComponent{} // a data set that clears all names no dimension
	for i, id := range j.dimensions {
		c := writtenComponent{ID: id, Name: j.name(j.set.Ref, id, ""), Position: &i}
		if id == j.set.Time {
			c.Roles = []string{timePeriod}
		}
		for _, text := range j.values[i] {
			if IsID(text) {
				c.Values = append(c.Values, writtenValue{ID: text, Name: j.name(j.set.Ref, id, text)})
			} else {
				c.Values = append(c.Values, writtenValue{Value: text})
			}
		}
		s.Dimensions.Observation = append(s.Dimensions.Observation, c)
	}
	for _, id := range j.measures() {
		s.Measures.Observation = append(s.Measures.Observation, writtenComponent{ID: id, Name: j.name(j.set.Ref, id, "")})
	}
	s.Attributes.Group, s.Attributes.Observation = []writtenComponent{}, []writtenComponent{}
	for _, id := range j.set.Layout.Attributes {
		s.Attributes.Group = append(s.Attributes.Group, writtenComponent{ID: id, Name: j.name(j.set.Ref, id, ""), Relationship: &writtenRelation{Dimensions: j.dimensions}})
		s.Attributes.Observation = append(s.Attributes.Observation, writtenComponent{ID: id, Name: j.name(j.set.Ref, id, ""), Relationship: &writtenRelation{Observation: &struct{}{}}})
	}
	j.structures = append(j.structures, s)
	return j.out.WriteByte('}')
}

func (j *jsonWriter) Close() error {
	if err := j.end(); err != nil {
		return err
	}
	_, _ = j.out.WriteString("\n],\"structures\":[") // the writer keeps its first error for Flush
	for i, s := range j.structures {
		b, err := json.Marshal(s)
		if err != nil {
			return err
		}
		if i > 0 {
			_ = j.out.WriteByte(',')
		}
		_, _ = j.out.WriteString("\n")
		_, _ = j.out.Write(b)
	}
	_, _ = j.out.WriteString("\n]}}\n")
	return j.out.Flush()
}
