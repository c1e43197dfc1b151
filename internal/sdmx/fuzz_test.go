package sdmx

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"resolute"
)

// readSafely reads a message: it is whole or refused with a place, and what is whole can be
// written and read again.
func readSafely(t *testing.T, message []byte) {
	s, err := Survey(bytes.NewReader(message), Structures{}, func(resolute.Finding) {})
	if err != nil {
		var refused *RefusedError
		if !errors.As(err, &refused) || refused.Finding.Line < 1 || refused.Finding.Column < 1 {
			t.Fatalf("no refusal with a place: %v", err)
		}
		return
	}
	want, err := stated(message)
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []Format{CSV10, CSV21, JSON10, JSON20, GenericML21, ML21, ML30} {
		var out bytes.Buffer
		if err := Convert(bytes.NewReader(message), &out, format, s, Structures{}, options); err != nil {
			if resolute.CodeOf(err) != resolute.Invalid {
				t.Fatal(err)
			}
			continue
		}
		again, err := stated(out.Bytes())
		if err != nil {
			t.Fatalf("what was written as %s is refused: %v\n%s", format, err, out.Bytes())
		}
		if !slices.Equal(again, want) {
			t.Fatalf("written as %s:\n%s\nread again:\n%s\n%s", format, strings.Join(want, "\n"), strings.Join(again, "\n"), out.Bytes())
		}
	}
}

// stated gives what each record of a message states, whatever its components are taken for: without
// the structure formats differ in that.
func stated(message []byte) ([]string, error) {
	var lines []string
	_, err := Read(bytes.NewReader(message), Structures{}, Handler{Record: func(rec *Record) error {
		if all := sorted(slices.Concat(rec.Key, rec.Measures, rec.Attributes)); len(all) > 0 {
			lines = append(lines, strings.Join(all, " | "))
		}
		return nil
	}})
	slices.Sort(lines)
	return lines, err
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte(csvHead + "dataflow,A:B(1.0),I,A,2020,1\n"))
	f.Add([]byte("STRUCTURE[;];STRUCTURE_ID;ACTION;D: Label;A[en;fr];B[]\ndataflow;A:B(1.0): Name;D;\"x\";en:a;\"b;c\"\n"))
	f.Add([]byte("DATAFLOW,FREQ,OBS_VALUE\nA:B,A,\n"))
	f.Fuzz(readSafely)
}

func FuzzML(f *testing.F) {
	f.Add([]byte(mlHead + `<m:DataSet s:structureRef="S"><Atts A="1" B="2"/><Obs A="1" TIME_PERIOD="2020" OBS_VALUE="1"><Comp id="X"><Value>a</Value><Value>b</Value></Comp></Obs></m:DataSet>` + mlTail))
	f.Add([]byte(mlHead + `<m:DataSet s:structureRef="S"><Obs A="1" TIME_PERIOD="2020"><Comp id="OBS_VALUE"><Value></Value></Comp></Obs></m:DataSet>` + mlTail))
	f.Add([]byte(`<m:GenericData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"><m:Header><m:Structure structureID="S"><c:Structure><Ref agencyID="A" id="B" version="1.0"/></c:Structure></m:Structure></m:Header><m:DataSet structureRef="S"><g:Series><g:SeriesKey><g:Value id="F" value="A"/></g:SeriesKey><g:Obs><g:ObsDimension value="2020"/><g:ObsValue value="1"/></g:Obs></g:Series></m:DataSet></m:GenericData>`))
	f.Add([]byte(`<m:CompactData xmlns:m="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message"><x:DataSet><x:Series A="1"><x:Obs YEA="1990" OBS_VALUE="1"/></x:Series></x:DataSet></m:CompactData>`))
	f.Fuzz(readSafely)
}

func FuzzJSON(f *testing.F) {
	f.Add([]byte(jsonHead + `{"attributes":[],"observations":{"0":[5,null,"x"]}}]}}`))
	f.Add([]byte(strings.Replace(jsonHead, `"structures":[`, `"structure":`, 1)))
	f.Add([]byte(`{"errors":[{"code":1}],"structure":{"dimensions":{"observation":[{"id":"F","role":"time","values":[{"id":"A"}]}]},"attributes":{"observation":[{"id":"S","default":["a","b"],"values":[{"id":"E"},null]}]}},"dataSets":[{"validFrom":"2020","observations":{"0":[1,0]}}]}`))
	f.Fuzz(func(t *testing.T, message []byte) {
		_, err := Read(bytes.NewReader(message), Structures{}, Handler{})
		if at := bytes.IndexByte(message, '{'); err == nil && at >= 0 && len(bytes.TrimLeft(bytes.TrimPrefix(message[:at], []byte("\xef\xbb\xbf")), " \t\r\n")) == 0 && !json.Valid(message[at:]) {
			t.Fatalf("what is no JSON is read: %q", message)
		}
		readSafely(t, message)
	})
}

func FuzzStructures(f *testing.F) {
	f.Add([]byte(dsd))
	f.Add([]byte(`{"data":{"dataStructures":[{"id":"A","dataStructureComponents":{"dimensionList":{"dimensions":[{"id":"F"}]}}}]}}`))
	f.Fuzz(func(t *testing.T, message []byte) {
		if _, err := ReadStructures(bytes.NewReader(message)); err != nil {
			var refused *RefusedError
			if !errors.As(err, &refused) {
				t.Fatalf("no refusal: %v", err)
			}
		}
	})
}
