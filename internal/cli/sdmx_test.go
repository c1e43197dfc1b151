package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const fewRates = `DATAFLOW,FREQ,CURRENCY,TIME_PERIOD,OBS_VALUE,OBS_STATUS,TITLE
ECB:EXR(1.0),M,CHF,2010-08,1.3410,A,"Swiss franc, monthly"
ECB:EXR(1.0),M,CHF,2010-09,,M,
`

func sdmxTestFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

type readSDMX struct {
	Dataflow     string
	Observations []struct {
		Key        map[string]string
		Time       string
		Value      json.RawMessage
		Attributes map[string]string
	}
	Findings []struct{ Rule, File string }
}

func TestSDMXReadGivesTheObservations(t *testing.T) {
	path := sdmxTestFile(t, "rates.csv", fewRates)
	code, out, errs := run(t, "sdmx", "read", path)
	var got readSDMX
	if err := json.Unmarshal([]byte(out), &got); code != exitDone || err != nil {
		t.Fatalf("exit %d, %v: %s%s", code, err, out, errs)
	}
	if got.Dataflow != "ECB:EXR(1.0)" || len(got.Observations) != 2 {
		t.Fatalf("got %s", out)
	}
	first, second := got.Observations[0], got.Observations[1]
	if first.Key["CURRENCY"] != "CHF" || first.Time != "2010-08" || string(first.Value) != "1.3410" || first.Attributes["TITLE"] != "Swiss franc, monthly" {
		t.Errorf("the first observation: %+v", first)
	}
	if string(second.Value) != "null" || second.Attributes["OBS_STATUS"] != "M" {
		t.Errorf("an observation without value: %+v", second)
	}
	if len(got.Findings) != 1 || got.Findings[0].Rule != "sdmx-structure-missing" {
		t.Errorf("findings: %+v", got.Findings)
	}
}

func TestSDMXReadGivesTheValueOfOneMeasure(t *testing.T) {
	path := sdmxTestFile(t, "two.json", `{"data":{"structures":[{"dimensions":{"observation":[{"id":"TIME_PERIOD","values":[{"id":"2020"},{"id":"2021"}]}]},`+
		`"measures":{"observation":[{"id":"TURNOVER"},{"id":"EMPLOYEES"}]}}],"dataSets":[{"structure":0,"observations":{"0":[1000000,7],"1":[null,8]}}]}}`)
	_, out, errs := run(t, "sdmx", "read", path)
	var got readSDMX
	if err := json.Unmarshal([]byte(out), &got); err != nil || len(got.Observations) != 2 {
		t.Fatalf("%v: %s%s", err, out, errs)
	}
	if a, b := string(got.Observations[0].Value), string(got.Observations[1].Value); a != "1000000" || b != "null" || !strings.Contains(out, `"EMPLOYEES":"8"`) {
		t.Errorf("values %s and %s: %s", a, b, out)
	}
}

func TestSDMXReadTellsKeysThatStandTwiceAndGivesBoth(t *testing.T) {
	path := sdmxTestFile(t, "twice.csv", fewRates+"ECB:EXR(1.0),M,CHF,2010-08,1.5,A,\n")
	code, out, _ := run(t, "sdmx", "read", path)
	var got readSDMX
	if err := json.Unmarshal([]byte(out), &got); code != exitRefused || err != nil {
		t.Fatalf("exit %d, want %d: %v %s", code, exitRefused, err, out)
	}
	if len(got.Observations) != 3 || !strings.Contains(out, "sdmx-duplicate-key") {
		t.Errorf("got %s", out)
	}
}

func TestSDMXReadRefusesABrokenFileWhole(t *testing.T) {
	path := sdmxTestFile(t, "broken.csv", fewRates+"ECB:EXR(1.0),M\n")
	code, out, errs := run(t, "sdmx", "read", path)
	var got readSDMX
	if err := json.Unmarshal([]byte(out), &got); code != exitFailed || err != nil {
		t.Fatalf("exit %d, want %d: %v %s", code, exitFailed, err, out)
	}
	if len(got.Observations) != 0 || !strings.Contains(errs, "broken.csv: line 4") {
		t.Errorf("got %s and %q", out, errs)
	}
}

func TestSDMXWriteGoesRoundThroughEveryFormat(t *testing.T) {
	path := sdmxTestFile(t, "rates.csv", fewRates)
	_, want, _ := run(t, "sdmx", "read", "--format", "csv", path)
	dir := t.TempDir()
	for _, format := range writtenFormats() {
		next := filepath.Join(dir, format)
		if code, _, errs := run(t, "sdmx", "write", "--to", format, "--out", next, path); code != exitDone {
			t.Fatalf("%s: exit %d: %s", format, code, errs)
		}
		if _, got, _ := run(t, "sdmx", "read", "--format", "csv", next); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", format, got, want)
		}
		path = next
	}
}

func TestSDMXCheckSaysWhatAFileHolds(t *testing.T) {
	path := sdmxTestFile(t, "rates.csv", fewRates)
	code, out, _ := run(t, "sdmx", "check", "--format", "text", path)
	if code != exitDone || !strings.Contains(out, "csv1.0, 2 observations in 1 data set; 0 errors") {
		t.Errorf("exit %d: %s", code, out)
	}
	structure := sdmxTestFile(t, "structure.json", `{"data":{"dataflows":[{"id":"F","agencyID":"A","structure":"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=A:S(1.0)"}],"codelists":[{"id":"CL","agencyID":"A","codes":[{"id":"X"}]}],`+
		`"dataStructures":[{"id":"S","agencyID":"A","dataStructureComponents":{"dimensionList":{"dimensions":[{"id":"D"}]}}}]}}`)
	if code, out, _ := run(t, "sdmx", "check", "--format", "text", structure); code != exitDone || !strings.Contains(out, "structures: 1 dataflow, 1 data structure, 1 code list; 0 errors") {
		t.Errorf("structures: exit %d: %s", code, out)
	}
	if code, out, _ := run(t, "sdmx", "check", structure); code != exitDone || !strings.Contains(out, `"A:F(1.0)"`) || !strings.Contains(out, `"A:S(1.0)"`) || !strings.Contains(out, `"A:CL(1.0)"`) {
		t.Errorf("structures as JSON: exit %d: %s", code, out)
	}
	if code, _, _ := run(t, "sdmx", "write", "--to", "xlsx", path); code != exitUsage {
		t.Errorf("an unknown format: exit %d", code)
	}
	if code, _, _ := run(t, "sdmx", "read", filepath.Join(t.TempDir(), "none.xml")); code != exitFailed {
		t.Errorf("a file that is not there: exit %d", code)
	}
}

func TestAnUnknownFormatIsAnsweredWithAllThatTheCommandWrites(t *testing.T) {
	code, _, errs := run(t, "iati", "check", "--format", "pdf", "none.xml")
	if code != exitUsage || !strings.Contains(errs, "csv, sarif, html") {
		t.Errorf("exit %d: %s", code, errs)
	}
}

func run(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr strings.Builder
	code = Main(t.Context(), args, Streams{In: strings.NewReader(""), Out: &stdout, Err: &stderr}, func(string) string { return "" })
	return code, stdout.String(), stderr.String()
}
