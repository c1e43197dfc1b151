package web

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"resolute/internal/coverage"
	"resolute/internal/register"
)

// TestCodesAreGuardedInTablesToo since a file may hold any text where a code is wanted.
func TestCodesAreGuardedInTablesToo(t *testing.T) {
	var p register.Page
	p.Transactions = []register.Transaction{{Type: "=2+2", Currency: "=C1", Cents: -100}}
	partners := make([]coverage.Partner, 1)
	partners[0].Type = "=3+3"
	var out bytes.Buffer
	if err := moneyCSV(p)(&out); err != nil {
		t.Fatal(err)
	}
	if err := partnersCSV(partners)(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"0,'=2+2,,'=C1,-1.00,", ",'=3+3,"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in %s", want, out.String())
		}
	}
	if row := listRecord(coverage.Summary{Status: "=1+1"}, "en"); !slices.Contains(row, "'=1+1") {
		t.Errorf("a list holds %q", row)
	}
}
