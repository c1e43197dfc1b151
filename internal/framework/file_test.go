package framework

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"resolute"
)

func faultless(t *testing.T, data []byte) []edition {
	t.Helper()
	editions, findings := parseFile("example.csv", data, Builtin())
	if len(findings) > 0 {
		t.Fatalf("findings in a sound file: %+v", findings)
	}
	return editions
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestASoundFileIsReadWhole(t *testing.T) {
	editions := faultless(t, read(t, "example.csv"))
	if len(editions) != 1 || len(editions[0].Concepts) != 4 || len(editions[0].Mappings) != 3 {
		t.Fatalf("editions = %+v", editions)
	}
	s, concepts, mappings := editions[0].Scheme, editions[0].Concepts, editions[0].Mappings
	if s.Cycle != "2024-2027" || len(s.Addresses) != 2 || s.Title[resolute.Arabic] == "" || s.Builtin {
		t.Errorf("scheme = %+v", s)
	}
	goal, output, region, line := concepts[0], concepts[1], concepts[2], concepts[3]
	if goal.ValidFrom != s.ValidFrom || goal.Source != s.Source || goal.Attributes["deadline"] != "2027-06-30" || goal.Short[resolute.English] != "Piers" {
		t.Errorf("a concept takes days and source of its scheme: %+v", goal)
	}
	if output.ValidTo != "2025-12-31" || output.Parent != "G1" || output.ParentScheme != s.Key || output.Title[resolute.English] != "Cables, ducts\nand masts" {
		t.Errorf("output = %+v", output)
	}
	if region.ParentScheme != ITURegion || line.ParentScheme != ActionLine {
		t.Errorf("parents of other schemes: %+v, %+v", region, line)
	}
	if m := mappings[0]; m.From != "G1.1" || m.To != "C2" || m.Kind != "close" {
		t.Errorf("a mapping has the spelling of the schemes: %+v", m)
	}
	if m := mappings[1]; m.Kind != "related" || m.Source != s.Source {
		t.Errorf("kind and source left out: %+v", m)
	}
}

func TestAByteOrderMarkAndTheOrderOfColumnsDoNotMatter(t *testing.T) {
	plain := faultless(t, []byte("row,scheme,title_en,source\nscheme,demo,Demo,Fictional\n"))
	other := faultless(t, []byte("\ufeffSource , TITLE_EN,scheme,row\r\nFictional, Demo ,demo,scheme\r\n"))
	if hashOf(plain[0]) != hashOf(other[0]) {
		t.Errorf("%+v differs from %+v", plain, other)
	}
}

func TestEachFaultIsToldWithItsPlace(t *testing.T) {
	tests := []struct {
		name, rule   string
		line, column int
		path, found  string
	}{
		{"empty", "framework-syntax", 1, 1, "", "nothing"},
		{"latin-1", "framework-encoding", 2, 17, "", "byte 0xe9"},
		{"control-character", "framework-encoding", 2, 18, "", "byte 0x01"},
		{"semicolons", "framework-header", 1, 1, "row;scheme;", ""},
		{"unknown-column", "framework-header", 1, 83, "sort", "sort"},
		{"column-twice", "framework-header", 1, 83, "source", "source"},
		{"no-scheme-column", "framework-header", 1, 1, "scheme", "no column scheme"},
		{"missing-required-column", "framework-header", 2, 1, "source", ""},
		{"too-few-cells", "framework-syntax", 3, 1, "", "another number of cells"},
		{"open-quote", "framework-syntax", 3, 0, "", "extraneous or missing"},
		{"stray-quote", "framework-syntax", 3, 25, "", "bare"},
		{"no-rows", "framework-reference", 1, 1, "row", "no scheme row"},
		{"unknown-row", "framework-cell", 4, 1, "row", "theme"},
		{"no-title", "framework-cell", 3, 19, "title_en", ""},
		{"cell-of-another-row", "framework-cell", 3, 26, "to_scheme", "sdg-goal"},
		{"key-with-capitals", "framework-cell", 2, 8, "scheme", "Demo"},
		{"code-with-blank", "framework-cell", 3, 14, "code", "G 1"},
		{"confidence", "framework-cell", 3, 24, "confidence", "D"},
		{"region", "framework-cell", 3, 24, "region", "afr"},
		{"kind", "framework-cell", 4, 34, "kind", "equal"},
		{"no-such-day", "framework-cell", 3, 30, "valid_from", "2024-02-30"},
		{"days-reversed", "framework-cell", 3, 41, "valid_to", "2024-12-31"},
		{"address", "framework-cell", 2, 38, "addresses", "demo.example/plan"},
		{"address-taken", "framework-duplicate", 2, 38, "addresses", "https://"},
		{"built-in-key", "framework-builtin", 2, 8, "scheme", "sdg-goal"},
		{"scheme-twice", "framework-duplicate", 3, 8, "scheme", "demo"},
		{"no-scheme-row", "framework-reference", 2, 9, "scheme", "demo"},
		{"code-twice", "framework-duplicate", 4, 14, "code", "g1"},
		{"parent-missing", "framework-reference", 4, 17, "parent", "G9"},
		{"parent-of-no-scheme", "framework-reference", 4, 17, "parent", "G1"},
		{"parent-scheme-alone", "framework-reference", 3, 18, "parent_scheme", "sdg-goal"},
		{"parents-in-a-circle", "framework-reference", 3, 17, "parent", "G2"},
		{"own-parent", "framework-reference", 3, 17, "parent", "G1"},
		{"mapping-from-nothing", "framework-reference", 4, 14, "code", "G9"},
		{"mapping-to-nothing", "framework-reference", 4, 34, "to_code", "9.99"},
		{"mapping-of-others", "framework-reference", 4, 9, "scheme", "wsis-action-line"},
		{"mapping-twice", "framework-duplicate", 5, 32, "to_code", "9"},
		{"mapping-without-reason", "framework-cell", 4, 35, "rationale", ""},
	}
	for _, c := range tests {
		editions, findings := parseFile(c.name+".csv", read(t, "faulty/"+c.name+".csv"), Builtin())
		if editions != nil || len(findings) == 0 {
			t.Errorf("%s: taken: %+v", c.name, editions)
			continue
		}
		f := findings[0]
		if f.Rule != c.rule || f.Line != c.line || (c.column != 0 && f.Column != c.column) ||
			!strings.HasPrefix(f.Path, c.path) || !strings.HasPrefix(f.Found, c.found) {
			t.Errorf("%s: %+v", c.name, f)
		}
		if f.Expected == "" || f.Message == "" || f.File == "" || f.Severity != resolute.SeverityError {
			t.Errorf("%s: says too little: %+v", c.name, f)
		}
	}
	names, err := filepath.Glob("testdata/faulty/*.csv")
	if err != nil || len(names) != len(tests) {
		t.Errorf("%d faulty files, %d cases, %v", len(names), len(tests), err)
	}
}

func TestLimits(t *testing.T) {
	head := "row,scheme,code,title_en,source,confidence\nscheme,demo,,Demo,Fictional,\n"
	for _, c := range []struct{ name, data, rule string }{
		{"too many bytes", strings.Repeat("x", MaxFileBytes+1), "framework-limit"},
		{"too many rows", head + strings.Repeat("concept,demo,a,b,,A\n", MaxFileRows), "framework-limit"},
		{"too many columns", strings.Repeat("row,", 200) + "scheme\n", "framework-limit"},
		{"cell too long", head + "concept,demo,a," + strings.Repeat("ж", 4001) + ",,A\n", "framework-cell"},
	} {
		_, findings := parseFile("limit.csv", []byte(c.data), Builtin())
		if len(findings) == 0 || findings[0].Rule != c.rule {
			t.Errorf("%s: %d findings, %.300v", c.name, len(findings), findings)
		}
	}
	if _, findings := parseFile("limit.csv", []byte(head+"concept,demo,a,"+strings.Repeat("ж", 4000)+",,A\n"), Builtin()); len(findings) != 0 {
		t.Errorf("4000 code points are refused: %.300v", findings)
	}
	_, findings := parseFile("many.csv", []byte(head+strings.Repeat("theme,,,,,\n", 5000)), Builtin())
	if len(findings) != 1000 {
		t.Errorf("%d findings, want no more than 1000", len(findings))
	}
}

func FuzzParseFile(f *testing.F) {
	names, err := filepath.Glob("testdata/faulty/*.csv")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range append(names, "testdata/example.csv") {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	known := Builtin()
	f.Fuzz(func(t *testing.T, data []byte) {
		editions, findings := parseFile("fuzz.csv", data, known)
		if (len(editions) > 0) == (len(findings) > 0) {
			t.Fatalf("%d editions and %d findings", len(editions), len(findings))
		}
		lines := bytes.Count(data, []byte("\n")) + 1
		for _, finding := range findings {
			if finding.Line < 0 || finding.Line > lines || finding.Message == "" {
				t.Fatalf("finding out of place: %+v", finding)
			}
		}
		if len(findings) > 0 {
			return
		}
		imported := make([]stored, len(editions))
		for i, e := range editions {
			imported[i] = stored{edition: e, hash: hashOf(e)}
		}
		if c, lost := join(imported); len(lost) > 0 || len(c.Schemes()) != len(known.Schemes())+len(editions) {
			t.Fatalf("a sound file does not join: %v", lost)
		}
	})
}
