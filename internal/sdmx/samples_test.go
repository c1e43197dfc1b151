package sdmx

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"resolute"
)

const samples = "../../../shared/samples/stats/sdmx"

func sample(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(samples, name))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the samples are not there")
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func structuresOf(t testing.TB, name string) Structures {
	t.Helper()
	found, err := ReadStructures(bytes.NewReader(sample(t, name)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return found
}

// inWords gives what a message holds, a line for each data set, observation and attachment; order
// within a data set, the two words for merging and where one of two data sets of the same kind ends
// make no difference.
func inWords(t testing.TB, message []byte, known Structures) ([]string, Summary) {
	t.Helper()
	s, err := Survey(bytes.NewReader(message), known, func(resolute.Finding) {})
	if err != nil {
		t.Fatalf("%v\n%s", err, message[:min(len(message), 1500)])
	}
	var lines, set []string
	about := ""
	flush := func() {
		slices.Sort(set)
		lines = append(lines, set...)
		set = nil
	}
	_, err = Read(bytes.NewReader(message), known, Handler{
		DataSet: func(d DataSet) error {
			if d.Action == Append {
				d.Action = Merge
			}
			if next := fmt.Sprint("data set ", d.Ref.Class, " ", d.Ref, " ", d.Action); next != about {
				flush()
				about = next
				lines = append(lines, next)
			}
			return nil
		},
		Record: func(rec *Record) error {
			set = append(set, fmt.Sprintf("attached=%t %q | %q | %q", rec.Attached, sorted(rec.Key), sorted(rec.Measures), sorted(rec.Attributes)))
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	flush()
	return lines, s
}

func sorted(list []Value) []string {
	var out []string
	for _, v := range list {
		out = append(out, fmt.Sprintf("%s=%s %q", v.ID, v.Text, v.Parts))
	}
	slices.Sort(out)
	return out
}

// values gives key, time and value of each observation, sorted.
func values(t testing.TB, message []byte, known Structures, attributes bool) []string {
	t.Helper()
	var lines []string
	s, err := Survey(bytes.NewReader(message), known, func(resolute.Finding) {})
	if err != nil {
		t.Fatal(err)
	}
	set := -1
	_, err = Read(bytes.NewReader(message), known, Handler{
		DataSet: func(DataSet) error { set++; return nil },
		Record: func(rec *Record) error {
			if rec.Attached {
				return nil
			}
			s.Sets[set].Attachments.Apply(rec)
			line := fmt.Sprint(sorted(rec.Key), sorted(rec.Measures))
			if attributes {
				line += fmt.Sprint(sorted(rec.Attributes))
			}
			lines = append(lines, line)
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(lines)
	return lines
}

func equalLines(t *testing.T, what string, got, want []string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		g, w := "(nothing)", "(nothing)"
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("%s: line %d of %d and %d:\ngot  %s\nwant %s", what, i, len(got), len(want), g, w)
			return
		}
	}
}

func TestAFamilyOfMessagesHoldsTheSameDataSet(t *testing.T) {
	known := structuresOf(t, "ecb_exr/ng-structure-full.xml")
	want := values(t, sample(t, "ecb_exr/ng-flat.xml"), known, true)
	if len(want) != 12 {
		t.Fatalf("%d observations, want 12", len(want))
	}
	for _, name := range []string{"ng-flat-ss", "ng-ts", "ng-ts-ss", "ng-ts-gf", "ng-ts-gf-ss", "ng-xs", "ng-xs-ss"} {
		for what, structures := range map[string]Structures{"with structure": known, "without": {}} {
			got := values(t, sample(t, "ecb_exr/"+name+".xml"), structures, true)
			equalLines(t, name+" "+what, got, want)
		}
	}
}

func TestValuesAreThoseOfTheExpectedTables(t *testing.T) {
	for name, expected := range map[string]string{"ng-flat.xml": "ng-flat-xml.txt", "ng-xs-ss.xml": "ng-xs-xml.txt"} {
		var want []string
		var header []string
		for line := range strings.Lines(string(sample(t, "ecb_exr/expected/"+expected))) {
			cells := strings.Fields(line)
			if header == nil {
				header = cells
				continue
			}
			var key, measure []Value
			for i, id := range header {
				if id == "value" {
					measure = []Value{{ID: obsValue, Text: cells[i]}}
				} else {
					key = append(key, Value{ID: id, Text: cells[i]})
				}
			}
			want = append(want, fmt.Sprint(sorted(key), sorted(measure)))
		}
		slices.Sort(want)
		equalLines(t, name, values(t, sample(t, "ecb_exr/"+name), Structures{}, false), want)
	}
}

func TestTheSameDataGenericAndStructureSpecific(t *testing.T) {
	known := structuresOf(t, "pysdmx_xml21/reader/datastructure_full.xml")
	want := values(t, sample(t, "pysdmx_xml21/reader/gen_all.xml"), known, false)
	for _, name := range []string{"str_all.xml", "message_full_no_namespace.xml", "gen_ser.xml", "str_ser.xml", "str_ser_group.xml"} {
		got := values(t, sample(t, "pysdmx_xml21/reader/"+name), known, false)
		if len(got) != len(want) {
			t.Errorf("%s: %d observations, gen_all has %d", name, len(got), len(want))
		}
	}
	equalLines(t, "series", values(t, sample(t, "pysdmx_xml21/reader/str_ser.xml"), known, true), values(t, sample(t, "pysdmx_xml21/reader/gen_ser.xml"), known, true))
	equalLines(t, "flat", values(t, sample(t, "pysdmx_xml21/reader/str_all.xml"), known, true), values(t, sample(t, "pysdmx_xml21/reader/gen_all.xml"), known, true))
}

// dataSamples gives the data messages among the samples.
func dataSamples(t *testing.T) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	err := filepath.WalkDir(samples, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if _, refused := Read(bytes.NewReader(b), Structures{}, Handler{}); refused == nil {
			found[path[len(samples)+1:]] = b
		}
		return nil
	})
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the samples are not there")
	}
	if err != nil {
		t.Fatal(err)
	}
	return found
}

var options = Options{ID: "TEST", Sender: "RESOLUTE", Prepared: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), About: Ref{Class: Dataflow, Agency: "TEST", ID: "FLOW", Version: "1.0"}}

// converted writes a message in a format.
func converted(t testing.TB, message []byte, format Format, known Structures) ([]byte, error) {
	t.Helper()
	s, err := Survey(bytes.NewReader(message), known, func(resolute.Finding) {})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	err = Convert(bytes.NewReader(message), &out, format, s, known, options)
	return out.Bytes(), err
}

func TestWhatIsWrittenIsReadTheSame(t *testing.T) {
	messages := dataSamples(t)
	if len(messages) < 50 {
		t.Errorf("%d data messages among the samples, want at least 50", len(messages))
	}
	for name, message := range messages {
		if strings.Contains(name, "data_v2_structures") {
			continue // three structures in one table: without them no column can be told
		}
		want, summary := inWords(t, message, Structures{})
		for _, format := range Formats() {
			out, err := converted(t, message, format, Structures{})
			if resolute.CodeOf(err) == resolute.Invalid {
				t.Logf("%s as %s: %v", name, format, err)
				continue
			}
			if err != nil {
				t.Errorf("%s as %s: %v", name, format, err)
				continue
			}
			known := structuresFor(summary)
			got, _ := inWords(t, out, known)
			equalLines(t, name+" as "+string(format), unnamed(got, want), unnamed(want, want))
		}
	}
}

// structuresFor makes the structures that the data sets of a message follow.
func structuresFor(s Summary) Structures {
	var known Structures
	known.Add(Structures{})
	for _, set := range s.Sets {
		ref := set.Ref
		if ref.ID == "" || ref.Agency == "" {
			ref = options.About
		}
		if ref.Version == "" {
			ref.Version = "1.0"
		}
		d := &Structure{Ref: ref, Time: set.Time}
		for _, other := range known.Defined {
			if other.Ref == ref {
				d = other
			}
		}
		add := func(to *[]Component, ids []string) {
			for _, id := range ids {
				if d.role(id) == unknownRole {
					*to = append(*to, Component{ID: id})
				}
			}
		}
		add(&d.Dimensions, set.Dimensions)
		if set.attachedTo(set.Dimensions) && set.Time != "" && len(s.Sets) == 1 {
			add(&d.Dimensions, []string{set.Time})
		}
		add(&d.Measures, set.Measures)
		add(&d.Attributes, set.Layout.Attributes)
		if !slices.Contains(known.Defined, d) {
			known.Defined = append(known.Defined, d)
		}
	}
	return known
}

// unnamed takes off the names of data sets where the message that was written first does not say
// agency and version.
func unnamed(lines, first []string) []string {
	out := slices.Clone(lines)
	for i := range out {
		if i < len(first) && strings.HasPrefix(first[i], "data set") && (!strings.Contains(first[i], "(") || strings.Contains(first[i], " :")) {
			out[i] = "data set"
		}
	}
	return out
}
