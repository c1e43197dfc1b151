package sdmx

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"resolute"
)

// invented makes a message of random data sets, in memory.
type invented struct {
	known Structures
	sets  []DataSet
	lines [][]Record
}

var (
	codes = []string{"A", "M", "_T", "KEN", "ZW1", "Y15T24", "B-E", "@x"}
	texts = []string{"plain", "with, comma", "with \"quotes\"", "two\nlines", "tab\there", "semi;colon", "a: b", "<&>", "مرحبا", "北京", "é", " blank ", "", "-", "0", "en:x", "a\r\nb"}
	langs = []string{"en", "fr", "ar"}
)

func invent(r *rand.Rand) *invented {
	in := &invented{}
	in.known.Add(Structures{})
	for n := range 1 + r.IntN(3) {
		d := &Structure{Ref: Ref{Class: DataStructure, Agency: "T.X", ID: "DS" + strconv.Itoa(n), Version: "1.0"}}
		for i := range 1 + r.IntN(4) {
			d.Dimensions = append(d.Dimensions, Component{ID: "D" + strconv.Itoa(i)})
		}
		d.Time = timePeriod
		d.Dimensions = append(d.Dimensions, Component{ID: timePeriod})
		for i := range 1 + r.IntN(2) {
			d.Measures = append(d.Measures, Component{ID: "OBS_VALUE" + map[int]string{0: "", 1: "2"}[i]})
		}
		for i := range r.IntN(6) {
			d.Attributes = append(d.Attributes, Component{ID: "AT" + strconv.Itoa(i)})
		}
		in.known.Defined = append(in.known.Defined, d)
		in.sets = append(in.sets, DataSet{Ref: d.Ref, Structure: d, Action: []Action{Merge, Replace, Delete, Information}[r.IntN(4)]})
		in.lines = append(in.lines, in.records(r, d))
	}
	return in
}

func (in *invented) records(r *rand.Rand, d *Structure) []Record {
	var list []Record
	for n := range r.IntN(30) {
		rec := Record{Attached: r.IntN(6) == 0}
		for i, c := range d.Dimensions {
			text := codes[r.IntN(len(codes))]
			if c.ID == timePeriod {
				text = strconv.Itoa(1990 + n)
			}
			if rec.Attached && (i == len(d.Dimensions)-1 || r.IntN(2) == 0) {
				continue
			}
			rec.Key = append(rec.Key, Value{ID: c.ID, Text: text})
		}
		for _, c := range d.Measures {
			if !rec.Attached && r.IntN(5) > 0 {
				text := []string{"1.30", "-0.0", "NaN", "1e5", "007", "12345678901234567890.123456789", "some text", ""}[r.IntN(8)]
				rec.Measures = append(rec.Measures, Value{ID: c.ID, Text: text})
			}
		}
		for _, c := range d.Attributes {
			if r.IntN(2) == 0 {
				rec.Attributes = append(rec.Attributes, inventValue(r, c.ID))
			}
		}
		if rec.Attached && len(rec.stated().Attributes) == 0 {
			continue
		}
		list = append(list, rec)
	}
	return list
}

func inventValue(r *rand.Rand, id string) Value {
	text := func() string { return texts[r.IntN(len(texts))] }
	if id != "AT3" && id != "AT4" || r.IntN(3) == 0 {
		if id == "AT4" { // SDMX-CSV cannot tell en:x from x in English
			return Value{ID: id, Text: codes[r.IntN(len(codes))]}
		}
		return Value{ID: id, Text: text()}
	}
	v := Value{ID: id}
	for i := range 2 + r.IntN(2) {
		p := Part{Text: text()}
		if id == "AT4" {
			p.Lang = langs[i%len(langs)]
		}
		v.Parts = append(v.Parts, p)
	}
	return v.canonical()
}

// write writes what was invented.
func (in *invented) write(format Format) ([]byte, error) {
	var s Summary
	for i, d := range in.sets {
		set := &SetSummary{DataSet: d, Layout: Layout{Time: d.timeDimension()}}
		for _, c := range d.Structure.Dimensions {
			set.Dimensions = append(set.Dimensions, c.ID)
		}
		for j := range in.lines[i] {
			set.meet(&in.lines[i][j])
			if in.lines[i][j].Attached {
				set.Attached = append(set.Attached, in.lines[i][j])
			}
		}
		s.Sets = append(s.Sets, set)
	}
	var out bytes.Buffer
	w, err := NewWriter(&out, format, s, options)
	for i := range in.sets {
		if err == nil {
			err = w.Begin(s.Sets[i])
		}
		for j := range in.lines[i] {
			if err == nil && !in.lines[i][j].Attached {
				err = w.Observation(&in.lines[i][j])
			}
		}
	}
	if err == nil {
		err = w.Close()
	}
	return out.Bytes(), err
}

// inWords gives what was invented as the function of the same name gives a message.
func (in *invented) inWords(format Format) []string {
	var lines []string
	for i, d := range in.sets {
		if format == CSV21 && len(in.lines[i]) == 0 {
			continue // a table has no place for an empty data set
		}
		lines = append(lines, fmt.Sprint("data set ", d.Ref.Class, " ", d.Ref, " ", d.Action))
		var set []string
		for _, rec := range in.lines[i] {
			rec = *rec.stated()
			set = append(set, fmt.Sprintf("attached=%t %q | %q | %q", rec.Attached, sorted(rec.Key), sorted(rec.Measures), sorted(rec.Attributes)))
		}
		slices.Sort(set)
		lines = append(lines, set...)
	}
	return lines
}

func TestAnyDataSetIsReadAsItWasWritten(t *testing.T) {
	written := map[Format]int{}
	for seed := range uint64(600) {
		in := invent(rand.New(rand.NewPCG(seed, 7)))
		for _, format := range Formats() {
			out, err := in.write(format)
			if olderForm(format) && resolute.CodeOf(err) == resolute.Invalid {
				continue // several values, measures or structures have no place there
			}
			written[format]++
			if err != nil {
				t.Fatalf("seed %d as %s: %v", seed, format, err)
			}
			got, _ := inWords(t, out, in.known)
			equalLines(t, fmt.Sprintf("seed %d as %s", seed, format), got, in.inWords(format))
			if t.Failed() {
				t.Fatalf("%s", out)
			}
		}
	}
	for _, format := range Formats() {
		if written[format] < 25 {
			t.Errorf("%s held %d of 600 messages", format, written[format])
		}
	}
}

func olderForm(f Format) bool { return f == ML21 || f == GenericML21 || f == JSON10 }

func TestWhatAFormatCannotHoldIsRefused(t *testing.T) {
	flow := Ref{Class: Dataflow, Agency: "A", ID: "B", Version: "1.0"}
	in := func(agency, dimension, code, attribute string, text Value) *invented {
		text.ID = attribute
		ref := flow
		ref.Agency = agency
		d := &Structure{Ref: ref, Dimensions: []Component{{ID: dimension}}, Measures: []Component{{ID: obsValue}}, Attributes: []Component{{ID: attribute}}}
		rec := Record{Key: []Value{{ID: dimension, Text: code}}, Measures: []Value{{ID: obsValue, Text: "1"}}, Attributes: []Value{text}}
		return &invented{known: Structures{Defined: []*Structure{d}}, sets: []DataSet{{Ref: ref, Structure: d}}, lines: [][]Record{{rec, rec}}}
	}
	plain := Value{Text: "x"}
	mixed := in("A", "D", "C", "X", Value{Parts: []Part{{Lang: "en", Text: "x"}, {Lang: "fr", Text: "y"}}}.canonical())
	mixed.lines[0][1].Attributes = []Value{{ID: "X", Text: "en:x"}}
	hung := in("A", "D", "C", "X", plain)
	hung.lines[0][1].Attached, hung.lines[0][1].Measures = true, nil
	for _, c := range []struct {
		name   string
		in     *invented
		format Format
	}{
		{"a component called like a column", in("A", "D", "C", "ACTION", plain), CSV21},
		{"a code that switches its dimension off", in("A", "D", "~", "X", plain), CSV21},
		{"a text that begins like a language", mixed, CSV21},
		{"attributes of a whole key without time", hung, CSV21},
		{"a component called like an attribute of elements", in("A", "D", "C", "type", plain), ML30},
		{"an agency that is no name", in(`A" x="`, "D", "C", "X", plain), ML21},
	} {
		t.Run(c.name, func(t *testing.T) {
			if out, err := c.in.write(c.format); resolute.CodeOf(err) != resolute.Invalid {
				t.Errorf("got %v, want it to be refused: %s", err, out)
			}
		})
	}
}

func TestAnEmptyValueIsNone(t *testing.T) {
	const want = "A=a | F=M | OBS_VALUE=1"
	for name, message := range map[string]string{
		"csv2.1":       "STRUCTURE[;],STRUCTURE_ID,ACTION,F,OBS_VALUE,A,B,C[en]\ndataflow,X:Y(1.0),M,M,1,a,,\"en:\"\n",
		"json2.0":      `{"data":{"structures":[{"dimensions":{"observation":[{"id":"F","values":[{"id":"M"}]}]},"measures":{"observation":[{"id":"OBS_VALUE"}]},"attributes":{"observation":[{"id":"A"},{"id":"B"},{"id":"C"}]}}],"dataSets":[{"observations":{"0":["1","a","",{"en":""}]}}]}}`,
		"json1.0":      `{"structure":{"dimensions":{"observation":[{"id":"F","values":[{"id":"M"}]}]},"attributes":{"observation":[{"id":"A","values":[{"id":"a"}]},{"id":"B","values":[{"name":""}]},{"id":"C","values":[null]}]}},"dataSets":[{"observations":{"0":["1",0,0,0]}}]}`,
		"ml3.0":        mlHead + `<m:DataSet s:structureRef="S"><Obs F="M" OBS_VALUE="1" A="a" B=""><Comp id="C"><Value></Value></Comp></Obs></m:DataSet>` + mlTail,
		"genericml2.1": `<m:GenericData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"><m:Header><m:Structure structureID="S"><c:Structure><Ref agencyID="A" id="B" version="1.0"/></c:Structure></m:Structure></m:Header><m:DataSet structureRef="S"><g:Obs><g:ObsKey><g:Value id="F" value="M"/></g:ObsKey><g:ObsValue value="1"/><g:Attributes><g:Value id="A" value="a"/><g:Value id="B" value=""/></g:Attributes></g:Obs></m:DataSet></m:GenericData>`,
	} {
		got, err := stated([]byte(message))
		if err != nil || len(got) != 1 || strings.ReplaceAll(got[0], " []", "") != want {
			t.Errorf("%s: got %q (%v), want %q", name, got, err, want)
		}
	}
}

// A row without a value and without a dimension says attributes of all observations that its key covers.
func TestAnIncompleteObservationIsNotWrittenAsAttributesOfSeveral(t *testing.T) {
	message := func(action, obs string) []byte {
		return []byte(mlHead + `<m:DataSet s:structureRef="S" s:action="` + action + `"><Obs A="1" TIME_PERIOD="2020" OBS_VALUE="1"/>` + obs + `</m:DataSet>` + mlTail)
	}
	for obs, refused := range map[string]bool{`<Obs A="2" OBS_STATUS="E"/>`: true, `<Obs A="2" OBS_VALUE="5" OBS_STATUS="E"/>`: false, `<Obs A="2" TIME_PERIOD="2021" OBS_STATUS="E"/>`: false} {
		for _, format := range []Format{CSV10, CSV21} {
			if _, err := converted(t, message("Replace", obs), format, Structures{}); (resolute.CodeOf(err) == resolute.Invalid) != refused {
				t.Errorf("%s as %s: %v", obs, format, err)
			}
		}
		if _, err := converted(t, message("Delete", obs), CSV21, Structures{}); err != nil {
			t.Errorf("%s to be deleted: %v", obs, err)
		}
	}
}
