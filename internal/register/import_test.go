package register_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
	"resolute/internal/register"
)

var day = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func open(d *db.DB) *register.Register {
	return &register.Register{DB: d, Now: func() time.Time { return day }}
}

func load(t *testing.T, r *register.Register, src register.Source, text string) ledger.Import {
	t.Helper()
	account, err := r.ImportIATI(context.Background(), resolute.Operator(), src, strings.NewReader(text), register.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return account
}

// samples gives a folder of the shared samples, or skips.
func samples(t testing.TB, path string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
	}
	full := filepath.Join(dir, "..", "shared", "samples", path)
	if _, err := os.Stat(full); err != nil {
		t.Skipf("the samples are not here: %s", full)
	}
	return full
}

func file(t testing.TB, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// oracleLedger is the account that the oracle expects.
type oracleLedger struct {
	Imports []struct {
		SHA256, Source, State                                                   string
		Read, New, Changed, Unchanged, Refused, Transactions, Rounded, ExitCode int
		FindingsTotal                                                           resolute.FindingsTotal `json:"findings_total"`
		Findings                                                                []struct {
			Rule, Severity, Activity string
			Line                     int
		}
	}
	Again struct{ Read, New, Changed, Unchanged, Refused, Transactions int }
}

func TestTheAccountOfTheOracleFile(t *testing.T) {
	dir := samples(t, "coverage")
	var want oracleLedger
	if err := json.Unmarshal([]byte(file(t, filepath.Join(dir, "expected.ledger.json"))), &want); err != nil {
		t.Fatal(err)
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, ctx := open(d), context.Background()
		text := file(t, filepath.Join(dir, "twelve.xml"))
		got, w := load(t, r, register.Source{File: "twelve.xml"}, text), want.Imports[0]
		counts := ledger.Counts{Read: w.Read, New: w.New, Changed: w.Changed, Unchanged: w.Unchanged, Refused: w.Refused, Transactions: w.Transactions, Rounded: w.Rounded}
		if got.Counts != counts || got.SHA256 != w.SHA256 || got.Source != w.Source || string(got.State) != w.State {
			t.Errorf("account %+v\nwant %+v", got, w)
		}
		if got.Total != w.FindingsTotal {
			t.Errorf("findings %+v, want %+v", got.Total, w.FindingsTotal)
		}
		findings, err := ledger.Findings(ctx, d, got.ID, 0, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range w.Findings {
			if !holds(findings, f.Rule, f.Severity, f.Activity, f.Line) {
				t.Errorf("no finding %s (%s) about %q in line %d", f.Rule, f.Severity, f.Activity, f.Line)
			}
		}
		if t.Failed() {
			for _, f := range findings {
				t.Logf("%d %s %s %q: %s", f.Line, f.Severity, f.Rule, f.Record, f.Message)
			}
		}
		again := load(t, r, register.Source{File: "twelve.xml"}, text)
		a := want.Again
		counts = ledger.Counts{Read: a.Read, New: a.New, Changed: a.Changed, Unchanged: a.Unchanged, Refused: a.Refused, Transactions: a.Transactions, Rounded: w.Rounded}
		if again.Counts != counts {
			t.Errorf("second import %+v, want %+v", again.Counts, counts)
		}
		refused, err := ledger.RefusedRecords(ctx, d, got.ID, 100)
		if err != nil || len(refused) != 1 || refused[0].Line != 361 {
			t.Errorf("refused records %+v, %v; want one from line 361", refused, err)
		}
	})
}

func holds(list []resolute.Finding, rule, severity, record string, line int) bool {
	for _, f := range list {
		if f.Rule == rule && string(f.Severity) == severity && f.Record == record && f.Line == line {
			return true
		}
	}
	return false
}
