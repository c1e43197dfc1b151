package register

import (
	"strings"
	"testing"
)

// FuzzRow reads any table: no row may stop the reader, lose an entry without a finding, or give
// a share beyond its bounds.
func FuzzRow(f *testing.F) {
	f.Add("id,title_en,countries,amounts,partners\nA,T,KE:60|UG,commitment 2024-01-01 USD 1,funding: X <R>\n")
	f.Add("id;budgets;documents\n1;2024..x USD 1;u 2024-02-30\n")
	f.Add("activity,type,day,currency,value\nA,commitment,2024-01-01,USD,1\n,,,,\nA,-,-,-,-\n")
	f.Add("id\taction_lines\n\"a\nb\"\tC2:1e9|:|C5:-3|%\n")
	pack, err := newPacker()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table, err := newBook(nil, strings.NewReader(text), "fuzz.csv", ImportOptions{})
		if err != nil {
			return
		}
		for {
			read, err := table.next()
			if err != nil {
				return
			}
			from := read.row
			r := testBook.readRow(read, pack)
			if r.refused == "" && r.Identifier == "" {
				t.Errorf("row %d without identifier is stored", from.N)
			}
			for _, p := range r.Places {
				if p.Share < NoShare || p.Share > mostStated {
					t.Errorf("row %d: share %d", from.N, p.Share)
				}
			}
			if raw, err := unpack(r.doc); err != nil || len(raw) == 0 {
				t.Errorf("row %d: document %q, %v", from.N, raw, err)
			}
		}
	})
}

func TestPartiesOfCells(t *testing.T) {
	for text, want := range map[string][2]string{
		"Village Council":                {"Village Council", ""},
		"Fund <ZZ-FICT-002>":             {"Fund", "ZZ-FICT-002"},
		"<ZZ-FICT-002>":                  {"", "ZZ-FICT-002"},
		"Fund for A < B <ZZ-1>":          {"Fund for A < B", "ZZ-1"},
		"a name that ends <unclosed":     {"a name that ends <unclosed", ""},
		"وكالة خيالية <ZZ-FICT-001>":     {"وكالة خيالية", "ZZ-FICT-001"},
		"Fund <ZZ-FICT-002> and friends": {"Fund <ZZ-FICT-002> and friends", ""},
	} {
		name, ref := party(text)
		if got := [2]string{name["en"], ref}; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
