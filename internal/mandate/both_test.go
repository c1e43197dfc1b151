package mandate_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
	"resolute/internal/mandate"
)

const trackedLamps = `RESOLUTION 9 (Rev. {-Busan, 2014-}{+Dubai, 2018+})
On lamps
The Plenipotentiary Conference of the International Telecommunication Union ({-Busan, 2014-}{+Dubai, 2018+}),
noting
a) that lamps burn;
b) that {-oil-}{+light+} is dear,
resolves
{-1 to count the lamps of every harbour;
-}1 to go on with this work in every region;
2 to report on it to the next conference.
`

func TestBothTextsOfTrackedChangesAreTakenInTogether(t *testing.T) {
	page := strings.NewReplacer("{-", "<del>", "-}", "</del>", "{+", "<ins>", "+}", "</ins>", "\n", "<br>").Replace(trackedLamps)
	inWord := strings.Replace(trackedLamps, "{-1 to count the lamps of every harbour;\n-}", "", 1)
	for name, data := range map[string][]byte{"r.docx": docxOf(t, inWord), "r.html": []byte("<html><p>" + page)} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				m, ctx := opened(d), context.Background()
				looks, err := m.PreviewBoth(ctx, mandate.File{Name: name, Data: data})
				if err != nil || len(looks) != 2 || looks[0].Document.Label != "Rev. Busan, 2014" || looks[1].Document.Label != "Rev. Dubai, 2018" {
					t.Fatalf("the look at both: %+v, %v", looks, err)
				}
				accounts, err := m.ImportBoth(ctx, resolute.Operator(), mandate.File{Name: name, Data: data})
				if err != nil || len(accounts) != 2 {
					t.Fatal(accounts, err)
				}
				for i, side := range []string{"before", "after"} {
					if a := accounts[i]; a.State != ledger.Done || a.File != name+" ("+side+")" || a.New != looks[i].Account.New || a.Read == 0 {
						t.Errorf("%s: %+v, the look said %+v", side, a, looks[i].Account)
					}
				}
				through, err := m.Timeline(ctx, "itu:pp/res/9#noting_b")
				if err != nil || len(through) != 2 || through[0].Text == through[1].Text {
					t.Errorf("noting b) goes through %v, want two wordings (%v)", through, err)
				}
				again, err := m.ImportBoth(ctx, resolute.Operator(), mandate.File{Name: name, Data: data})
				if err != nil || len(again) != 2 || again[0].Unchanged != again[0].Read || again[1].Unchanged != again[1].Read {
					t.Errorf("the same again: %+v, %v", again, err)
				}
			})
		})
	}
}

func TestBothTextsAreRefusedWhenOneCannotStandBesideTheOther(t *testing.T) {
	for name, c := range map[string]struct{ text, before, after string }{
		"the head was not changed": {strings.ReplaceAll(trackedLamps, "{-Busan, 2014-}{+Dubai, 2018+}", "Dubai, 2018"), "one-edition", "one-edition"},
		"one text has no number":   {strings.Replace(trackedLamps, "RESOLUTION 9 (", "{+RESOLUTION 9+} (", 1), "number-unknown", "other-side"},
		"the other has no number":  {strings.Replace(trackedLamps, "RESOLUTION 9 (", "{-RESOLUTION 9-} (", 1), "other-side", "number-unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.SQLite(t)
			m, ctx := opened(d), context.Background()
			text := strings.Replace(c.text, "{-1 to count the lamps of every harbour;\n-}", "", 1)
			accounts, err := m.ImportBoth(ctx, resolute.Operator(), mandate.File{Name: "r.docx", Data: docxOf(t, text)})
			if resolute.CodeOf(err) != resolute.Invalid || len(accounts) != 2 {
				t.Fatalf("%+v, %v; want two refused accounts", accounts, err)
			}
			for i, want := range []string{c.before, c.after} {
				found, err := ledger.Findings(ctx, d, accounts[i].ID, 0, 9)
				if err != nil || len(found) != 1 || found[0].Rule != want || accounts[i].State != ledger.Refused || accounts[i].Total.Error != 1 {
					t.Errorf("account %d: %+v %v %v, want only %s", i, accounts[i], found, err, want)
				}
			}
			if held, err := m.Revisions(ctx, ""); err != nil || len(held) != 0 {
				t.Errorf("held: %v, %v", held, err)
			}
		})
	}
}

func TestAFileWithoutTrackedChangesGivesOneText(t *testing.T) {
	m := opened(dbtest.SQLite(t))
	plain := strings.NewReplacer("{-1 to count the lamps of every harbour;\n-}", "", "{-Busan, 2014-}{+Dubai, 2018+}", "Dubai, 2018", "{-oil-}{+light+}", "oil").Replace(trackedLamps)
	accounts, err := m.ImportBoth(context.Background(), resolute.Operator(), mandate.File{Name: "r.txt", Data: []byte(plain)})
	if err != nil || len(accounts) != 1 || accounts[0].File != "r.txt" || accounts[0].New != 4 {
		t.Errorf("%+v, %v", accounts, err)
	}
	accounts, err = m.ImportBoth(context.Background(), resolute.Operator(), mandate.File{Name: "r.pdf", Data: []byte("%PDF-1.4")})
	if resolute.CodeOf(err) != resolute.Invalid || len(accounts) != 1 || accounts[0].State != ledger.Refused {
		t.Errorf("a PDF: %+v, %v", accounts, err)
	}
	if _, err := m.ImportBoth(context.Background(), resolute.Actor{}, mandate.File{Name: "r.txt", Data: []byte(plain)}); resolute.CodeOf(err) != resolute.Forbidden {
		t.Errorf("without the right: %v", err)
	}
}

// TestBothTextsOfEveryRealDocument holds what is stored, or refused, against the two texts.
func TestBothTextsOfEveryRealDocument(t *testing.T) {
	files, err := filepath.Glob("../../../shared/samples/resolutions/docx/*/*.docx")
	if err != nil || len(files) == 0 {
		t.Skip("tracked documents not tried: ../shared/samples is not there")
	}
	taken := 0
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		before, fault := mandate.File{Data: data, Side: mandate.Before}.Read()
		after, second := mandate.File{Data: data, Side: mandate.After}.Read()
		if fault != nil || second != nil || !after.TwoTexts {
			continue
		}
		m, ctx := opened(dbtest.SQLite(t)), context.Background()
		accounts, err := m.ImportBoth(ctx, resolute.Operator(), mandate.File{Name: filepath.Base(path), Data: bytes.Clone(data)})
		held, herr := m.Revisions(ctx, "")
		if herr != nil {
			t.Fatal(herr)
		}
		switch {
		case len(accounts) != 2:
			t.Errorf("%s: %d accounts, %v", path, len(accounts), err)
		case err != nil && (resolute.CodeOf(err) != resolute.Invalid || len(held) != 0):
			t.Errorf("%s: %v, %d held", path, err, len(held))
		case err == nil:
			taken++
			if len(held) != 2 || before.Text == after.Text {
				t.Errorf("%s: %d texts held, want 2", path, len(held))
			}
		}
	}
	if taken == 0 {
		t.Error("no tracked document gave two revisions")
	}
	t.Logf("%d documents gave two revisions", taken)
}
