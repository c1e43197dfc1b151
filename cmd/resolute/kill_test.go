package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"resolute/internal/db"
)

const (
	// programVariable makes the test binary be the program.
	programVariable = "RESOLUTE_TEST_PROGRAM"
	// killsVariable says how often an import is killed, and databaseVariable where.
	killsVariable    = "RESOLUTE_TEST_KILLS"
	databaseVariable = "RESOLUTE_TEST_KILLS_DB"
)

func TestMain(m *testing.M) {
	if os.Getenv(programVariable) != "" {
		main()
	}
	os.Exit(m.Run())
}

// program gives a command of ours, to be started.
func program(database string, args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], append(args, "--db", database)...)
	c.Env = append(os.Environ(), programVariable+"=1")
	return c
}

func run(t *testing.T, database string, args ...string) []byte {
	t.Helper()
	c := program(database, args...)
	var stderr strings.Builder
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("resolute %s: %v\n%s%s", strings.Join(args, " "), err, out, stderr.String())
	}
	return out
}

// An import that is killed at any moment leaves the old state or the new one, an account that fits
// it, and nothing that a check finds. Ten kills by default; RESOLUTE_TEST_KILLS=100 for more.
func TestAnImportKilledAtAnyMoment(t *testing.T) {
	kills, err := strconv.Atoi(os.Getenv(killsVariable))
	if err != nil {
		kills = 10
	}
	dir := t.TempDir()
	database := filepath.Join(dir, "resolute.db")
	if url := os.Getenv(databaseVariable); url != "" {
		database = url
	}
	files := []string{filepath.Join(dir, "one", "agency.xml"), filepath.Join(dir, "two", "agency.xml")}
	for i, path := range files {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(agency(i)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	other := filepath.Join(dir, "other.xml")
	if err := os.WriteFile(other, []byte(file(activityXML("ZZ-OTHER-1-1", "other"))), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, database, "import", "iati", "--quiet", files[0])
	began := time.Now()
	run(t, database, "import", "iati", "--quiet", files[1])
	whole := time.Since(began)
	states := []string{"", seen(t, database)}
	run(t, database, "import", "iati", "--quiet", files[0])
	states[0] = seen(t, database)
	if states[0] == states[1] {
		t.Fatal("the two files give one state")
	}

	random, holds, done, cut := rand.New(rand.NewSource(time.Now().UnixNano())), 0, accounts(t, database), 0
	for range kills {
		next := 1 - holds
		wait := time.Duration(random.Int63n(int64(whole * 11 / 10)))
		killed := kill(t, database, files[next], wait)
		if now := seen(t, database); now == states[next] && accounts(t, database) == done+1 {
			holds, done = next, done+1
		} else if now != states[holds] || accounts(t, database) != done {
			t.Fatalf("killed after %v: readers see neither the old nor the new state, or %d accounts are done, want %d", wait, accounts(t, database), done)
		} else if killed {
			cut++
		}
		run(t, database, "import", "iati", "--quiet", other) // the next command that writes sweeps what was left
		clean(t, database)
	}
	clean(t, database, "--all")
	t.Logf("%d kills, %d cut an import short; a whole one takes %v", kills, cut, whole)
	if cut == 0 {
		t.Error("no kill cut an import short: nothing was tried")
	}
}

// kill starts an import and kills it after a while; false when it had ended by then.
func kill(t *testing.T, database, path string, wait time.Duration) bool {
	t.Helper()
	c := program(database, "import", "iati", "--quiet", path)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(wait)
	_ = c.Process.Kill() // it may have ended
	err := c.Wait()
	return err != nil
}

// seen is what readers see, hashed.
func seen(t *testing.T, database string) string {
	t.Helper()
	sum := sha256.New()
	each(t, database, `SELECT c.key || ' ' || a.title || ' ' || CAST(c.counts AS TEXT) || CASE WHEN c.absent = 0 THEN '' ELSE ' absent' END
		|| ' ' || CAST(a.lowest AS TEXT) || ' ' || (SELECT COUNT(*) FROM txn t WHERE t.version = a.version) || ' ' || (SELECT COUNT(*) FROM doc d WHERE d.version = a.version)
		FROM current c JOIN activity a ON a.version = c.version WHERE a.iati_id LIKE 'ZZ-KILL%' ORDER BY c.key`, func(line string) { fmt.Fprintln(sum, line) })
	return fmt.Sprintf("%x", sum.Sum(nil))
}

// accounts counts the finished imports of the agency.
func accounts(t *testing.T, database string) int {
	t.Helper()
	n := 0
	each(t, database, `SELECT CAST(COUNT(*) AS TEXT) FROM import WHERE state = 'done' AND source = 'agency.xml'`, func(line string) { n, _ = strconv.Atoi(line) })
	return n
}

func each(t *testing.T, database, query string, do func(line string)) {
	t.Helper()
	ctx := context.Background()
	d, err := db.Open(ctx, database)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	rows, err := d.Query(ctx, query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		do(line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// clean fails when a check finds an error, or anything that an import left.
func clean(t *testing.T, database string, flags ...string) {
	t.Helper()
	var report struct {
		Checks []struct {
			Name, Severity string
			Count          int
		}
	}
	if err := json.Unmarshal(run(t, database, append([]string{"check", "--format", "json"}, flags...)...), &report); err != nil || len(report.Checks) < 20 {
		t.Fatalf("%d checks, %v", len(report.Checks), err)
	}
	for _, c := range report.Checks {
		if c.Count > 0 && c.Severity != "note" {
			t.Errorf("check %s finds %d", c.Name, c.Count)
		}
	}
}

// agency makes one of two files: of what both hold half is other, and each holds some of its own.
func agency(which int) string {
	var b strings.Builder
	for i := range 1800 {
		title := "same"
		switch {
		case i%10 == which:
			continue
		case i%2 == 0:
			title = fmt.Sprintf("of file %d", which)
		}
		b.WriteString(activityXML(fmt.Sprintf("ZZ-KILL-1-%d", i-i%50/49), title)) // some identifiers twice
	}
	return file(b.String())
}

func file(activities string) string {
	return "<iati-activities version=\"2.03\">\n" + activities + "</iati-activities>\n"
}

func activityXML(id, title string) string {
	return fmt.Sprintf(`<iati-activity default-currency="USD" xml:lang="en" hierarchy="1"><iati-identifier>%s</iati-identifier><reporting-org ref="%s" type="40"><narrative>Fictional agency</narrative></reporting-org>
<title><narrative>Fictional %s</narrative></title><description><narrative>Fictional training of teachers in rural schools.</narrative></description><participating-org role="4"><narrative>Fictional partner</narrative></participating-org>
<activity-status code="2"/><activity-date type="2" iso-date="2024-01-01"/><activity-scope code="4"/><recipient-country code="KE"/><sector vocabulary="1" code="22040"/>
<transaction><transaction-type code="3"/><transaction-date iso-date="2024-02-01"/><value value-date="2024-02-01">1000</value></transaction></iati-activity>
`, id, id[:7], title)
}
