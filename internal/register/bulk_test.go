package register_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
	"resolute/internal/register"
)

func loadFile(t testing.TB, r *register.Register, path string) ledger.Import {
	t.Helper()
	account, err := tryFile(t, r, path)
	if err != nil {
		t.Fatal(err)
	}
	return account
}

func tryFile(t testing.TB, r *register.Register, path string) (ledger.Import, error) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	return r.ImportIATI(context.Background(), resolute.Operator(), register.Source{File: filepath.Base(path)}, f, register.ImportOptions{})
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
	if n, err := r.Rederive(context.Background(), operator); err != nil || n != 0 {
		t.Errorf("tags read again from the documents differ in %d activities, %v", n, err)
	}
}

// TestEveryFileOfTheManifest compares read activities, organisations and transactions with counts that expat made.
func TestEveryFileOfTheManifest(t *testing.T) {
	dir := samples(t, "iati")
	tried := 0
	for _, line := range strings.Split(file(t, filepath.Join(dir, "MANIFEST.tsv")), "\n")[1:] {
		column := strings.Split(line, "\t")
		if len(column) < 9 || !strings.HasPrefix(column[3], "iati-") || !strings.HasPrefix(column[4], "2.0") || column[5] != "ok" || column[6] != "ok" {
			continue
		}
		path := filepath.Join(dir, column[0])
		if _, err := os.Stat(path); err != nil || strings.Contains(column[0], "billion") {
			continue
		}
		counts := strings.Split(column[8], "/")
		account, err := tryFile(t, open(dbtest.SQLite(t)), path)
		if err != nil {
			if !strings.Contains(err.Error(), "DOCTYPE") {
				t.Errorf("%s: %v", column[0], err)
			}
			continue
		}
		tried++
		want := counts[0]
		if column[3] == "iati-organisations" {
			want = counts[1]
		}
		if got := []string{strconv.Itoa(account.Read), strconv.Itoa(account.Transactions)}; got[0] != want || got[1] != counts[2] {
			t.Errorf("%s: %s records, %s transactions; want %s, %s", column[0], got[0], got[1], want, counts[2])
		}
	}
	if tried < 10 {
		t.Errorf("only %d files were tried", tried)
	}
}
