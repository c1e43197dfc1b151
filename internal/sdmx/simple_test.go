package sdmx

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"resolute"
)

// asRead gives all that a reader hands on, with places, and what it refuses.
func asRead(message io.ReadSeeker) []string {
	var lines []string
	_, err := Read(message, Structures{}, Handler{
		DataSet: func(d DataSet) error {
			lines = append(lines, fmt.Sprint(d.Ref, d.Action, d.Line))
			return nil
		},
		Record: func(rec *Record) error {
			lines = append(lines, fmt.Sprintf("%d:%d %t %q %q %q", rec.Line, rec.Column, rec.Attached, rec.Key, rec.Measures, rec.Attributes))
			return nil
		},
		Finding: func(f resolute.Finding) { lines = append(lines, fmt.Sprint(f)) },
	})
	return append(lines, fmt.Sprint(err))
}

// slowly gives a message byte by byte.
type slowly struct{ *bytes.Reader }

func (s slowly) Read(p []byte) (int, error) { return iotest.OneByteReader(s.Reader).Read(p) }

// Observations of the plain sort are read in a shorter way than others. What must be read the long
// way is the same with places as what need not be: apart from the sign by which it is made unusual.
func TestSimpleElementsAreReadAsAllOthers(t *testing.T) {
	set := func(obs string) []byte {
		return []byte(mlHead + `<m:DataSet s:structureRef="S">` + obs + `</m:DataSet>` + mlTail)
	}
	for name, obs := range map[string]string{
		"flat":                          "\n<Obs A=\"1\" TIME_PERIOD=\"2020\" OBS_VALUE=\"1\"/>\n\n  <Obs A=\"1\"\n TIME_PERIOD=\"2021\" OBS_VALUE=\"2\" />\n<Obs A=\"2\" TIME_PERIOD=\"2021\"><Comp id=\"X\"><Value>a</Value></Comp></Obs> <Obs A=\"3\" TIME_PERIOD=\"2021\" OBS_VALUE=\"5\"/>",
		"in one line":                   `<Obs A="1" TIME_PERIOD="2020"/><Obs A="2" TIME_PERIOD="2020"/><Obs A="3" TIME_PERIOD="2020" OBS_VALUE="é 漢"/>`,
		"series":                        "<Series A=\"1\" B=\"x\">\n<Obs TIME_PERIOD=\"2020\" OBS_VALUE=\"1\"/><Obs TIME_PERIOD=\"2021\" OBS_VALUE=\"1\"/></Series><Series A=\"2\"/><Obs TIME_PERIOD=\"2021\" OBS_VALUE=\"1\"/>",
		"with a namespace":              `<Obs xmlns:x="u" A="1" x:type="T" TIME_PERIOD="2020"/><Obs A="2" xmlns="" TIME_PERIOD="2020"/>`,
		"a comment, then more":          "<Obs A=\"1\" TIME_PERIOD=\"2020\"/><!-- <Obs A=\"9\"/> --><Obs A=\"2\" TIME_PERIOD=\"2020\"/>\n<?pi <Obs/> ?><Obs A=\"3\" TIME_PERIOD=\"2020\"/>",
		"a reference":                   `<Obs A="1" TIME_PERIOD="2020" N="a &amp; b"/><Obs A="2" TIME_PERIOD="2020" N="&#65;"/>`,
		"a break in a value":            "<Obs A=\"1\" TIME_PERIOD=\"2020\" N=\"a\nb\"/><Obs A=\"2\" TIME_PERIOD=\"2020\"/>",
		"an attribute twice":            `<Obs A="1" TIME_PERIOD="2020"/><Obs A="1" A="2"/>`,
		"no blank between":              `<Obs A="1"TIME_PERIOD="2020"/>`,
		"a value without quotes":        `<Obs A=1/>`,
		"a sign that is none":           "<Obs A=\"\x01\"/>",
		"not UTF-8":                     "<Obs A=\"\xff\"/>",
		"U+FFFE":                        "<Obs A=\"\uFFFE\"/>",
		"a reference that is none":      `<Obs A="&nbsp;"/>`,
		"a name that is none":           `<Obs 1A="2"/>`,
		"the end is missing":            `<Obs A="1" TIME_PERIOD="2020"/><Obs A="1"`,
		"a component twice":             `<Series A="1"><Obs TIME_PERIOD="2020"/><Obs A="1" TIME_PERIOD="2021"/></Series>`,
		"other elements of that ending": `<ObsX A="1"/><Obs A="1" TIME_PERIOD="2020"/>`,
	} {
		t.Run(name, func(t *testing.T) {
			got := asRead(bytes.NewReader(set(obs)))
			// An element with an end tag is never simple; blanks in place of what is cut keep the places of what follows.
			long := strings.NewReplacer("/>", "></Obs>", "<Series A=\"2\"/>", "<Series A=\"2\"/>", "<ObsX A=\"1\"/>", "<ObsX A=\"1\"/>").Replace(obs)
			want := asRead(bytes.NewReader(set(long)))
			if strings.Join(placeless(got), "\n") != strings.Join(placeless(want), "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			if again := asRead(slowly{bytes.NewReader(set(obs))}); strings.Join(again, "\n") != strings.Join(got, "\n") {
				t.Errorf("byte by byte\n%s\nat once\n%s", strings.Join(again, "\n"), strings.Join(got, "\n"))
			}
		})
	}
}

// placeless takes the columns away, which differ by the length of the end tags, and what only one way says of a fault.
func placeless(lines []string) (list []string) {
	for _, line := range lines {
		if at, rest, ok := strings.Cut(line, " "); ok && strings.Contains(at, ":") {
			row, _, _ := strings.Cut(at, ":")
			line = row + " " + rest
		}
		if i := strings.Index(line, "column"); i >= 0 {
			line = line[:i]
		}
		list = append(list, line)
	}
	return list
}

// The place of an observation is that behind its start tag.
func TestPlacesOfSimpleElements(t *testing.T) {
	message := mlHead + "\n<m:DataSet s:structureRef=\"S\">\n<Obs A=\"1\"/><Obs A=\"2\"/>\n <Obs A=\"3\"/><Obs A=\"4\"></Obs>\n\n<Obs A=\"5\"\n/><Obs A=\"6\"></Obs></m:DataSet>" + mlTail
	for i, line := range strings.Split(message, "\n") {
		for n := 1; n <= 6; n++ {
			at := strings.Index(line, fmt.Sprintf(`<Obs A="%d"`, n))
			if at < 0 || n == 5 {
				continue
			}
			want := place{i + 1, at + strings.Index(line[at:], ">") + 2}
			found := false
			_, err := Read(strings.NewReader(message), Structures{}, Handler{Record: func(rec *Record) error {
				found = found || place{rec.Line, rec.Column} == want && value(rec.Key, "A")+value(rec.Attributes, "A") == fmt.Sprint(n)
				return nil
			}})
			if err != nil || !found {
				t.Errorf("observation %d is not at %v: %v", n, want, err)
			}
		}
	}
}

// A medium may give the sign behind a backslash later than the backslash.
func TestSDMXJSONMayComeByteByByte(t *testing.T) {
	message := []byte(jsonHead + `{"observations":{"0":[5,"a \"quoted\" word\n"]}}]}}`)
	equalLines(t, "byte by byte", asRead(slowly{bytes.NewReader(message)}), asRead(bytes.NewReader(message)))
}
