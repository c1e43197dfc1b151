package register_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
	"resolute/internal/register"
)

func loadFile(t testing.TB, r *register.Register, path string) ledger.Import {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	account, err := r.ImportIATI(context.Background(), resolute.Operator(), register.Source{File: filepath.Base(path)}, f, register.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return account
}

func count(t testing.TB, q db.Queryer, query string, args ...any) int {
	t.Helper()
	var n int
	if err := q.QueryRow(context.Background(), query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestTheBulkFiles holds the figures of the contract.
func TestTheBulkFiles(t *testing.T) {
	dir := samples(t, "iati/bulk")
	d := dbtest.SQLite(t)
	r := open(d)
	loadFile(t, r, filepath.Join(dir, "bulk.xml.gz"))
	loadFile(t, r, filepath.Join(dir, "mid.xml"))
	for name, c := range map[string]struct {
		query string
		want  int
	}{
		"activities":            {`SELECT COUNT(*) FROM current`, 2212},
		"of a secondary":        {`SELECT COUNT(*) FROM current c JOIN activity a ON a.version = c.version WHERE a.secondary = 1`, 41},
		"with a DAC 220xx code": {`SELECT COUNT(DISTINCT version) FROM tag WHERE scheme = 'dac-sector' AND code LIKE '220__'`, 11},
		"with an SDG code":      {`SELECT COUNT(DISTINCT version) FROM tag WHERE scheme IN ('sdg-goal', 'sdg-target', 'sdg-indicator') AND basis = 'stated'`, 197},
		"with target 3.d":       {`SELECT COUNT(DISTINCT version) FROM tag WHERE scheme = 'sdg-target' AND code = '3.d' AND basis = 'stated'`, 191},
		"with prose for a code": {`SELECT COUNT(DISTINCT record) FROM import_finding WHERE rule = 'unknown-code' AND expected LIKE 'a code of sdg%'`, 2},
	} {
		if got := count(t, d, c.query); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
