package iati_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"resolute/internal/iati"
)

// notOurs are the findings of the oracle that need the tables of another room, or a look at
// other activities.
var notOurs = []string{
	"unknown-code warning 77 ZZ-FICT-001-A02",
	"unknown-code warning 78 ZZ-FICT-001-A02",
	"duplicate-identifier warning 345 ZZ-FICT-001-A01",
}

func TestFindingsEqualTheOracle(t *testing.T) {
	folder := samples(t, "coverage")
	var ledger struct {
		Imports []struct {
			Read, Transactions int
			Findings           []struct {
				Rule, Severity, Activity string
				Line                     int
			}
		}
	}
	b, err := os.ReadFile(filepath.Join(folder, "expected.ledger.json"))
	if err == nil {
		err = json.Unmarshal(b, &ledger)
	}
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, f := range ledger.Imports[0].Findings {
		want = append(want, fmt.Sprintf("%s %s %d %s", f.Rule, f.Severity, f.Line, f.Activity))
	}
	all, findings := decodeAll(t, unzipped(t, filepath.Join(folder, "twelve.xml")))
	got := slices.Clone(notOurs)
	for _, f := range findings {
		got = append(got, fmt.Sprintf("%s %s %d %s", f.Rule, f.Severity, f.Line, f.Record))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("findings\ngot  %q\nwant %q", got, want)
	}
	n := 0
	for _, a := range all {
		n += len(a.Transactions)
	}
	if len(all) != ledger.Imports[0].Read || n != ledger.Imports[0].Transactions {
		t.Errorf("read %d activities and %d transactions, want %d and %d", len(all), n, ledger.Imports[0].Read, ledger.Imports[0].Transactions)
	}
	checkOracleValues(t, all)
}

// checkOracleValues looks at what the README of the oracle says of single activities.
func checkOracleValues(t *testing.T, all []iati.Activity) {
	a02, a04, a09, last := all[1], all[3], all[8], all[11]
	if got := a02.Countries; len(got) != 3 || got[0].Share != 500_000 || got[1].Share != 300_000 || got[2].Code != "MK" {
		t.Errorf("countries of A02: %+v", got)
	}
	if got := a02.Transactions[2].Value; got.Currency != "EUR" || got.Cents != 200_00 || !got.Exact {
		t.Errorf("third value of A02: %+v", got)
	}
	if got := a04.Transactions[0].Value; got.Currency != "USD" || got.Cents != 1000_12 || got.Exact || got.Text != "1000.125" {
		t.Errorf("first value of A04: %+v", got)
	}
	if !a09.Reporter.Secondary || a09.Reporter.Ref != "ZZ-FICT-002" {
		t.Errorf("reporter of A09: %+v", a09.Reporter)
	}
	if last.Identifier != "" || last.IdentifierLine != 362 || last.Line != 361 {
		t.Errorf("the activity without identifier: %q, lines %d and %d", last.Identifier, last.Line, last.IdentifierLine)
	}
}
