package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/mandate"
	"resolute/internal/register"
)

// A decision about organisations, past the verbs: between the two stand its verb and its two keys.
const (
	decided     = `INSERT INTO organisation_decision (verb, key, other, name, actor, at, reason, seq, undo_seq, undo_actor, undo_at, undo_reason) VALUES `
	decidedRest = `, '', 'nobody', 1, 'why', 1, 0, '', 0, '')`
)

// fault plants one thing that is wrong, past the program, and names the check that must find it.
type fault struct {
	check string
	sql   []string
}

// faults has one for each check but file-sound, which only a damaged disk can fail.
var faults = []fault{
	{"log-chain", []string{`UPDATE change SET actor = 'nobody' WHERE seq = 2`}},
	{"log-chain", []string{`UPDATE change SET body = replace(body, 'iati', 'csv') WHERE seq = 1`}},
	{"log-chain", []string{`DELETE FROM change WHERE seq = 1`}},
	{"import-sum", []string{`UPDATE import SET read_n = read_n + 1 WHERE id = 1`}},
	{"import-findings", []string{`UPDATE import SET warnings = warnings + 1 WHERE id = 1`}},
	{"import-refused", []string{`DELETE FROM import_refused`}},
	{"ledger-orphan", []string{`UPDATE import_finding SET import = 99`}},
	{"mapping-hanging", []string{schemeRow, `INSERT INTO mapping (version, n, from_scheme, from_code, to_scheme, to_code, kind, rationale, source, confidence, valid_from, valid_to)
		VALUES (1, 1, 'test', 'A', 'sdg-goal', '99', 'related', '', '', '', '', '')`}},
	{"framework-orphan", []string{`INSERT INTO mapping (version, n, from_scheme, from_code, to_scheme, to_code, kind, rationale, source, confidence, valid_from, valid_to)
		VALUES (7, 1, 'test', 'A', 'sdg-goal', '9', 'related', '', '', '', '', '')`}},
	{"organisation-decided-unknown", []string{decided + `('split', 'ref:NOBODY', 'ref:NOBODY-ELSE'` + decidedRest}},
	{"organisation-merged-twice", []string{decided + `('merge', (SELECT key FROM organisation WHERE id = 1), (SELECT key FROM organisation WHERE id = 1)` + decidedRest}},
	{"organisation-nameless", []string{`UPDATE organisation SET ref = '', name = '' WHERE id = 1`}},
	{"revision-text", []string{`UPDATE revision SET body = body || '.'`}},
	{"revision-empty", []string{`DELETE FROM provision`}},
	{"provision-orphan", []string{`UPDATE provision SET revision = 99`}},
	{"citation-orphan", []string{`INSERT INTO citation (revision, n, thread, key, id) VALUES (1, 1, 'itu:wtdc/res/30#nowhere', 'itu:pp/res/140', 'itu:pp/res/140@2018')`}},
	{"import-abandoned", []string{`UPDATE import SET state = 'staged' WHERE id = 1`, `INSERT INTO staging (import, host, pid, beat) VALUES (1, 'elsewhere', 1, 0)`}},
	{"import-unowned", []string{`UPDATE import SET state = 'staged' WHERE id = 1`}},
	{"import-unlogged", []string{`UPDATE import SET seq = 99 WHERE id = 1`}},
	{"import-entries", []string{`DELETE FROM import_entry WHERE key IN (SELECT key FROM activity WHERE iati_id = 'ZZ-FICT-1-A')`}},
	{"pointer-lost", []string{`UPDATE current SET version = 99 WHERE key IN (SELECT key FROM activity WHERE iati_id = 'ZZ-FICT-1-A')`}},
	{"document-missing", []string{`DELETE FROM words WHERE version = 1`}},
	{"projection-orphan", []string{`INSERT INTO evidence (version, n, kind, day) VALUES (99, 1, 'start', '2024-01-01')`}},
	{"one-counts", []string{`UPDATE current SET counts = 0`}},
	{"history-differs", []string{`UPDATE moved SET absent = 7 WHERE key <> ''`}},
	{"participant-unknown", []string{`UPDATE participant SET organisation = 99`}},
	{"projection-derived", []string{`UPDATE txn SET cents = cents + 1`}},
	{"projection-derived", []string{`UPDATE activity SET planned_start = '1999-01-01'`}},
	{"projection-derived", []string{`DELETE FROM tag WHERE basis = 'derived'`}},
	{"projection-derived", []string{`UPDATE doc SET bytes = import.root FROM import WHERE import.id = 1`}},
	{"stats-unowned", []string{`UPDATE import SET state = 'staged', kind = 'stats' WHERE id = 1`}},
	{"stats-abandoned", []string{`UPDATE import SET state = 'staged', kind = 'stats' WHERE id = 1`, `INSERT INTO measure_staging (import, host, pid, beat) VALUES (1, 'elsewhere', 1, 0)`}},
	{"organisation-entry-lost", []string{`UPDATE organisation_entry SET version = 99`}},
	{"organisation-entries", []string{`DELETE FROM organisation_entry`}},
	{"organisation-document", []string{`UPDATE organisation_record SET bytes = import.root FROM import WHERE import.id = 1`}},
	{"series-orphan", []string{`INSERT INTO series_version (series, import, n, latest, body) SELECT 99, 1, 0, '', root FROM import WHERE id = 1`}},
	{"series-damaged", []string{`INSERT INTO series (id, import, owner, dataflow, indicator, area, area_name, dims) VALUES (1, 1, 'operator', 'X', 'u', 'KEN', '', '{}')`,
		`INSERT INTO series_version (series, import, n, latest, body) SELECT 1, 1, 3, '2020', root FROM import WHERE id = 1`}},
	{"indicator-state", []string{`INSERT INTO indicator_state (dataflow, indicator, seq, areas, series, observations, latest) VALUES ('X', 'u', 1, 1, 1, 1, '2020')`}},
	{"linked-activity-unknown", nil},
	{"unknown-scheme", nil},
	{"share-over-100", []string{`INSERT INTO tag (version, n, txn, scheme, code, share, basis, rule, reason, line) VALUES (1, 90, 0, 'wsis-action-line', 'C3', 700000, 'stated', 'x', '', 0),
		(1, 91, 0, 'wsis-action-line', 'C5', 700000, 'stated', 'x', '', 0)`}},
	{"tag-unknown-concept", []string{`INSERT INTO tag (version, n, txn, scheme, code, share, basis, rule, reason, line) VALUES (1, 90, 0, 'wsis-action-line', 'C77', -1, 'derived', 'x', '', 0)`}},
	{"link-unknown-thread", []string{`INSERT INTO mandate_link (version, n, thread, share, basis, rule, reason, line) VALUES (1, 90, 'itu:wtdc/res/30#resolves_99', -1, 'derived', 'x', '', 0)`}},
	{"decision-idle", []string{`UPDATE decision SET rule = 'dac:99999'`}},
	{"activity-undated", []string{`UPDATE activity SET dated = 0`}},
	{"activity-placeless", []string{`DELETE FROM place`}},
	{"activity-unlinked", []string{`DELETE FROM tag`, `DELETE FROM mandate_link`}},
	{"activity-moneyless", []string{`DELETE FROM txn`}},
	{"activity-levelless", []string{`UPDATE activity SET level = ''`}},
	{"organisation-idle", []string{`DELETE FROM participant`}},
}

const (
	schemeRow = `INSERT INTO concept_scheme (version, key, import, owner, state, current, before, seq, hash, title, edition, source, addresses, cycle, note, valid_from, valid_to)
		VALUES (1, 'test', 1, 'operator', 'approved', 1, 0, 1, 'x', '{"en":"Test"}', '', '', '', '', '', '', '')`
	soundFile = `<iati-activities version="2.03"><iati-activity default-currency="USD" hierarchy="1"><iati-identifier>ZZ-FICT-1-A</iati-identifier>
<reporting-org ref="ZZ-FICT-1" type="40"><narrative>Fictional Agency</narrative></reporting-org><title><narrative xml:lang="en">Network of a village</narrative></title>
<participating-org ref="ZZ-FICT-2" role="4" type="40"><narrative>Fictional Builder</narrative></participating-org><activity-status code="2"/>
<activity-date type="2" iso-date="2024-01-01"/><activity-scope code="4"/><recipient-country code="KE"/><sector vocabulary="1" code="22020"/>
<transaction><transaction-type code="2"/><transaction-date iso-date="2024-02-01"/><value value-date="2024-02-01">1250.505</value></transaction>%s</iati-activity>
<iati-activity><iati-identifier></iati-identifier></iati-activity></iati-activities>`
	soundOrganisations = `<iati-organisations version="2.03"><iati-organisation><organisation-identifier>ZZ-FICT-1</organisation-identifier>
<name><narrative xml:lang="en">Fictional Agency</narrative></name><reporting-org ref="ZZ-FICT-1" type="40"><narrative xml:lang="en">Fictional Agency</narrative></reporting-org>
</iati-organisation></iati-organisations>`
	soundText = "RESOLUTION 30 (Rev. Fiction, 2001)\nA title in words of our own\nThe World Telecommunication Development Conference (Fiction, 2001),\nrecalling\na) a first thing,\nresolves to invite the Sector\n1 to go on;\n2 to end.\n"
)

// soundHouse holds a little of everything, and nothing that is wrong.
func soundHouse(t *testing.T, d *db.DB, extra string) *house {
	t.Helper()
	ctx, h := context.Background(), newHouse(d)
	fixed := func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }
	h.register.Now, h.mandate.Now, h.frameworks.Now = fixed, fixed, fixed
	if _, err := h.register.ImportIATI(ctx, resolute.Operator(), register.Source{File: "a.xml"}, strings.NewReader(fmt.Sprintf(soundFile, extra)), register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.mandate.Import(ctx, resolute.Operator(), mandate.File{Name: "text.txt", Data: []byte(soundText)}); err != nil {
		t.Fatal(err)
	}
	_, err := h.register.Decide(ctx, resolute.Operator(), register.Decision{Verdict: register.Confirm, Share: register.NoShare, Reason: "read", Reach: register.Reach{Rule: "dac:22020"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.register.ImportIATI(ctx, resolute.Operator(), register.Source{File: "organisations.xml"}, strings.NewReader(soundOrganisations), register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	return h
}

// found runs one check, with at most ten records.
func found(t *testing.T, h *house, name string) db.Found {
	t.Helper()
	for _, c := range h.checks(false) {
		if c.Name != name {
			continue
		}
		got, err := c.Run(context.Background(), h.db, 10)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	t.Fatalf("no check %q", name)
	return db.Found{}
}

func TestASoundHouseHasNoFinding(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := soundHouse(t, d, "")
		for _, c := range h.checks(true) {
			if got := found(t, h, c.Name); got.Count != 0 {
				t.Errorf("%s finds %+v", c.Name, got)
			}
		}
	})
}

func TestEachFaultIsFoundByItsCheck(t *testing.T) {
	for _, f := range faults {
		t.Run(f.check, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				h := soundHouse(t, d, "")
				if f.sql == nil {
					faultyFiles(t, h)
				}
				plant(t, d, f.sql)
				got := found(t, h, f.check)
				if got.Count == 0 || len(got.Records) == 0 || got.Records[0].Record == "" || got.Records[0].Detail == "" {
					t.Errorf("%s finds %+v, want a record that says what is wrong", f.check, got)
				}
			})
		})
	}
}

// faultyFiles takes in what names an activity that is nowhere, and a scheme that is none.
func faultyFiles(t *testing.T, h *house) {
	t.Helper()
	ctx := context.Background()
	linked := fmt.Sprintf(soundFile, `<related-activity type="1" ref="ZZ-FICT-1-NOWHERE"/>`)
	if _, err := h.register.ImportIATI(ctx, resolute.Operator(), register.Source{File: "a.xml"}, strings.NewReader(linked), register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"id,title_en,actual_start\nW1,One,2024-01-01\n", "activity,scheme,code\nW1,sdg-gaol,4\n"} {
		if _, err := h.register.ImportTable(ctx, resolute.Operator(), register.Source{File: "own.csv"}, strings.NewReader(table), register.ImportOptions{}); err != nil {
			t.Fatal(err)
		}
	}
}

func plant(t *testing.T, d *db.DB, statements []string) {
	t.Helper()
	err := d.Write(context.Background(), func(tx *db.Tx) error {
		for _, s := range statements {
			if _, err := tx.Exec(context.Background(), s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEachCheckHasAFaultAPlaceInTheDocsAndWords(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "reference", "checks.md"))
	if err != nil {
		t.Fatal(err)
	}
	planted, seen := map[string]bool{"file-sound": true}, map[string]bool{}
	for _, f := range faults {
		planted[f.check] = true
	}
	for _, c := range newHouse(dbtest.SQLite(t)).checks(false) {
		if seen[c.Name] {
			t.Errorf("two checks are called %q", c.Name)
		}
		seen[c.Name] = true
		if !planted[c.Name] {
			t.Errorf("no test plants the fault of %q", c.Name)
		}
		if row := fmt.Sprintf("| `%s` | %s | %s | %s |", c.Name, c.Severity, c.Why, c.Do); !strings.Contains(string(text), row) {
			t.Errorf("docs/reference/checks.md lacks the row\n%s", row)
		}
	}
}

func TestTheStretchOfDocumentsMovesWithTheDataVersion(t *testing.T) {
	d := dbtest.SQLite(t)
	h := soundHouse(t, d, "")
	var rows []string
	for i := range 1200 {
		rows = append(rows, fmt.Sprintf("FICT-%04d,Fictional <ZZ-1>,Title,2024-01-01", i))
	}
	table := "id,reporter,title_en,planned_start\n" + strings.Join(rows, "\n") + "\n"
	ctx := context.Background()
	if _, err := h.register.ImportTable(ctx, resolute.Operator(), register.Source{File: "own.csv"}, strings.NewReader(table), register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	plant(t, d, []string{`UPDATE activity SET kind = 'odd'`})
	total := 0
	for range 3 {
		total += found(t, h, "projection-derived").Count
		err := d.Write(ctx, func(tx *db.Tx) error {
			_, err := audit.Record(ctx, tx, audit.Change{Actor: "operator", Verb: "nothing", Object: "nothing"})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if total != 1201 {
		t.Errorf("three stretches read %d activities, want all 1,201 once", total)
	}
}
