package sdmx

import (
	"encoding/json"
	"io"
	"slices"
	"strconv"
)

// json1Writer writes SDMX-JSON data 1.0, flat. That version has one structure for all data sets, and
// attributes are numbers of texts that stand behind the data: these are held until then.
type json1Writer struct {
	*jsonWriter
	about      Ref
	attributes []string
	texts      []numbered // of the attributes of observations
	whole      []numbered // of those of data sets
	sets       int
}

// numbered gives texts numbers in the order in which they are met.
type numbered struct {
	numbers map[string]int
	list    []string
}

func (n *numbered) of(text string) int {
	at, known := n.numbers[text]
	if !known {
		if n.numbers == nil {
			n.numbers = map[string]int{}
		}
		at = len(n.list)
		n.numbers[text] = at
		n.list = append(n.list, text)
	}
	return at
}

func newJSON1Writer(w io.Writer, s Summary, o Options) (*json1Writer, error) {
	j := &json1Writer{}
	for i, set := range s.Sets {
		if i == 0 {
			j.about = set.Ref
		}
		if err := j.join(set, s.Sets[0]); err != nil {
			return nil, err
		}
	}
	var err error
	if j.jsonWriter, err = newJSONWriter(w, JSON10, o); err != nil {
		return nil, err
	}
	if len(s.Sets) > 0 {
		j.layout(s.Sets[0])
	}
	j.texts, j.whole = make([]numbered, len(j.attributes)), make([]numbered, len(j.attributes))
	return j, nil
}

// join adds a data set to the one structure of the message.
func (j *json1Writer) join(set, first *SetSummary) error {
	if set.Ref != j.about {
		return cannot("SDMX-JSON 1.0 holds data of one structure, these are of %s and %s: write them apart, or as 2.0", j.about, set.Ref)
	}
	if !slices.Equal(set.dimensionsTimeLast(), first.dimensionsTimeLast()) {
		return cannot("SDMX-JSON 1.0 holds data of one structure, and two data sets of %s have other dimensions: write 2.0", set.Ref)
	}
	if len(set.Measures) > 1 || len(set.Measures) == 1 && set.Measures[0] != obsValue {
		return cannot("SDMX-JSON 1.0 has one measure, %s: write 2.0", obsValue)
	}
	for id := range set.Several {
		return cannot("SDMX-JSON 1.0 has no place for several values or languages, as %s has them: write 2.0", id)
	}
	for _, rec := range set.Attached {
		if len(rec.Key) > 0 || len(rec.Attributes) == 0 {
			return cannot("SDMX-JSON 1.0 has no place for a part of a key (line %d): write 2.0", rec.Line)
		}
	}
	for _, id := range set.Layout.Attributes {
		if !slices.Contains(j.attributes, id) {
			j.attributes = append(j.attributes, id)
		}
	}
	return nil
}

func (j *json1Writer) Begin(set *SetSummary) error {
	j.endSet()
	if j.sets++; j.sets > 1 {
		_ = j.out.WriteByte(',') // the writer keeps its first error
	}
	j.began, j.open, j.records, j.set = true, false, 0, set
	_, err := j.out.WriteString("\n" + `{"action":"` + set.Action.old().word() + `"`)
	j.valid(set)
	for i := range set.Attached {
		if i == 0 {
			_, _ = j.out.WriteString(`,"attributes":[`)
			j.attributeNumbers(set.Attached[0].Attributes, j.whole)
			err = j.out.WriteByte(']')
			continue
		}
		return cannot("SDMX-JSON 1.0 says the attributes of a data set once (line %d): write 2.0", set.Attached[i].Line)
	}
	return err
}

func (j *json1Writer) Observation(rec *Record) error {
	j.next()
	if err := j.key(rec, false); err != nil {
		return err
	}
	_ = j.out.WriteByte('[') // the writer keeps its first error
	j.components([]string{obsValue}, rec.Measures, true)
	if len(rec.Attributes) > 0 {
		_ = j.out.WriteByte(',')
		j.attributeNumbers(rec.Attributes, j.texts)
	}
	return j.out.WriteByte(']')
}

// attributeNumbers writes the numbers of texts in the order of the columns; what misses at the end
// is left out.
func (j *json1Writer) attributeNumbers(values []Value, texts []numbered) {
	written := 0
	for i, id := range j.attributes {
		if written == len(values) {
			return
		}
		if i > 0 {
			_ = j.out.WriteByte(',') // the writer keeps its first error
		}
		v := find(values, id, written)
		if v == nil {
			_, _ = j.out.WriteString("null")
			continue
		}
		written++
		_, _ = j.out.WriteString(strconv.Itoa(texts[i].of(v.Text)))
	}
}

func (j *json1Writer) endSet() {
	if !j.began {
		return
	}
	if j.open {
		_ = j.out.WriteByte('}') // the writer keeps its first error
	}
	j.began = false
	_ = j.out.WriteByte('}')
}

// The parts of the structure of 1.0.
type (
	writtenStructure1 struct {
		Links      []writtenLink1      `json:"links"`
		Name       string              `json:"name"`
		Dimensions writtenDimensions1  `json:"dimensions"`
		Attributes writtenAttachments1 `json:"attributes"`
	}
	writtenLink1 struct {
		HRef string `json:"href"`
		URN  string `json:"urn"`
		Rel  string `json:"rel"`
	}
	writtenDimensions1 struct {
		Observation []writtenDimension1 `json:"observation"`
	}
	writtenAttachments1 struct {
		DataSet     []writtenAttribute1 `json:"dataSet"`
		Observation []writtenAttribute1 `json:"observation"`
	}
	writtenDimension1 struct {
		ID       string          `json:"id"`
		Name     string          `json:"name"`
		Position int             `json:"keyPosition"`
		Role     string          `json:"role,omitempty"`
		Values   []writtenValue1 `json:"values"`
	}
	writtenAttribute1 struct {
		ID     string          `json:"id"`
		Name   string          `json:"name"`
		Values []writtenValue1 `json:"values"`
	}
	writtenValue1 struct {
		ID   string `json:"id,omitempty"`
		Name string `json:"name"`
	}
)

func (j *json1Writer) structure() writtenStructure1 {
	s := writtenStructure1{Name: j.name(j.about, "", ""), Links: []writtenLink1{{j.about.urn(), j.about.urn(), j.about.relation()}}}
	s.Dimensions.Observation, s.Attributes.DataSet, s.Attributes.Observation = []writtenDimension1{}, []writtenAttribute1{}, []writtenAttribute1{}
	for i, id := range j.dimensions {
		d := writtenDimension1{ID: id, Name: j.name(j.about, id, ""), Position: i, Values: []writtenValue1{}}
		if j.set != nil && id == j.set.Time {
			d.Role = "time"
		}
		for _, text := range j.values[i] {
			d.Values = append(d.Values, writtenValue1{text, j.name(j.about, id, text)}) // a dimension is known by the id of its value alone
		}
		s.Dimensions.Observation = append(s.Dimensions.Observation, d)
	}
	attribute := func(id string, texts []string) writtenAttribute1 {
		a := writtenAttribute1{ID: id, Name: j.name(j.about, id, ""), Values: []writtenValue1{}}
		for _, text := range texts {
			v := writtenValue1{Name: text}
			if IsID(text) {
				v.ID = text
			}
			a.Values = append(a.Values, v)
		}
		return a
	}
	for i, id := range j.attributes {
		s.Attributes.DataSet = append(s.Attributes.DataSet, attribute(id, j.whole[i].list))
		s.Attributes.Observation = append(s.Attributes.Observation, attribute(id, j.texts[i].list))
	}
	return s
}

func (j *json1Writer) Close() error {
	j.endSet()
	b, err := json.Marshal(j.structure())
	if err != nil {
		return err
	}
	_, _ = j.out.WriteString("\n],\"structure\":") // the writer keeps its first error for Flush
	_, _ = j.out.Write(b)
	_, _ = j.out.WriteString("}}\n")
	return j.out.Flush()
}
