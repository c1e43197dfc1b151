package register_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
	"resolute/internal/mandate"
	"resolute/internal/register"
)

var ownWork = register.Source{File: "own-work.csv"}

func loadCSV(t *testing.T, r *register.Register, text string) ledger.Import {
	t.Helper()
	account, err := r.ImportTable(context.Background(), operator, ownWork, strings.NewReader(text), register.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return account
}

// TestAnEmptyCellLeavesWhatStands and a mark erases it; lines take the place of those that stood.
func TestAnEmptyCellLeavesWhatStands(t *testing.T) {
	d := dbtest.SQLite(t)
	r := open(d)
	ctx := context.Background()
	loadCSV(t, r, "id,title_en,title_fr,actual_start,actual_end,amounts\nW1,One,Un,2024-01-01,2024-02-01,commitment 2024-01-01 USD 5\n")
	loadCSV(t, r, "id,title_en,title_fr,actual_start,actual_end\nW1,,-,,-\n")
	p, err := r.Activity(ctx, register.Key("", "W1", "own-work.csv", 1))
	if err != nil {
		t.Fatal(err)
	}
	if p.Title["en"] != "One" || p.Title["fr"] != "" || p.ActualStart != "2024-01-01" || p.ActualEnd != "" || len(p.Transactions) != 1 {
		t.Errorf("after empty cells and marks: %+v", p.Activity)
	}
	for step, table := range []struct {
		text  string
		money []string
	}{
		{"activity,type,day,currency,value,description\nW1,disbursement,2024-03-01,USD,7,first\nW1,disbursement,2024-04-01,USD,8,\n", []string{"7", "8"}},
		{"activity,type,day,currency,value,description\nW1,disbursement,2024-03-01,USD,7,\nW1,disbursement,2024-05-01,USD,9,\n", []string{"7", "9"}},
		{"activity,type,day,currency,value\nW1,-,-,-,-\n", nil},
	} {
		account := loadCSV(t, r, table.text)
		if !account.Partial || account.Changed != 1 {
			t.Errorf("step %d: %+v", step, account)
		}
		if p, err = r.Activity(ctx, p.Key); err != nil {
			t.Fatal(err)
		}
		var money []string
		for _, m := range p.Transactions {
			money = append(money, m.Original)
		}
		if !slices.Equal(money, table.money) {
			t.Errorf("step %d: transactions %v, want %v", step, money, table.money)
		}
		if step == 1 && p.Document.Transactions[0].Description["en"] != "first" {
			t.Errorf("the description of the transaction that stood is gone: %+v", p.Document.Transactions[0])
		}
	}
}

func TestATableDoesNotChangeWhatCameAsIATI(t *testing.T) {
	d := dbtest.SQLite(t)
	r := open(d)
	load(t, r, register.Source{File: "a.xml"}, iatiFile(activity{id: "ZZ-1"}))
	account := loadCSV(t, r, "id,title_en\nZZ-1,Another title\nZZ-2,\n")
	findings, err := ledger.Findings(context.Background(), d, account.ID, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	if account.Counts.Refused != 1 || account.New != 1 || findings[0].Rule != "activity-not-own" || findings[0].Path != "B2" || !strings.Contains(findings[0].Message, "title [en]") {
		t.Errorf("account %+v, findings %+v", account.Counts, findings)
	}
	account = loadCSV(t, r, "activity,type,day,currency,value\nNOWHERE,pledge,2024-01-01,USD,1\n")
	if account.Counts.Refused != 1 {
		t.Errorf("lines of no activity: %+v", account.Counts)
	}
}

func TestARowIsAnActivityLikeAnyOther(t *testing.T) {
	table := "id;Title EN;title_fr;kind;sector;status;actual_start;countries;partners;amounts;budgets;action_lines;targets;reporter;updated\n" +
		"W1;Workshop;Atelier;training;D;closed;2024-02-01;ke:60|UG:40;implementing: Village Council|funding: Fund <ZZ-FICT-002>;commitment 2024-03-01 USD 1000.125;2024-01-01..2024-12-31 EUR 50;c7.1:70|C7.4:30;9.C;Agency <ZZ-FICT-001>;2024-06-30\n"
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		account := loadCSV(t, r, table)
		if account.New != 1 || account.Rounded != 1 || account.Total != (resolute.FindingsTotal{Note: 1}) {
			t.Fatalf("account %+v, findings %+v", account.Counts, account.Total)
		}
		p, err := r.Activity(context.Background(), register.Key("ZZ-FICT-001", "W1", "own-work.csv", 1))
		if err != nil {
			t.Fatal(err)
		}
		if p.Title["fr"] != "Atelier" || p.Kind != "training" || p.Activity.Sector != "D" || p.Status != "4" || p.ActualStart != "2024-02-01" || p.Updated != "2024-06-30T00:00:00Z" || p.ReporterName != "Agency" {
			t.Errorf("activity %+v", p.Activity)
		}
		if len(p.Places) != 2 || p.Places[0].Code != "KE" || p.Places[0].Share != 600_000 || len(p.Participants) != 2 || p.Participants[1].Ref != "ZZ-FICT-002" || p.Participants[1].Role != "1" {
			t.Errorf("places %+v, participants %+v", p.Places, p.Participants)
		}
		if len(p.Transactions) != 1 || p.Transactions[0].Cents != 100012 || p.Transactions[0].Type != "2" || len(p.Budgets) != 1 || p.Budgets[0].Currency != "EUR" {
			t.Errorf("transactions %+v, budgets %+v", p.Transactions, p.Budgets)
		}
		for _, want := range []struct {
			scheme, code string
			share        register.Share
		}{{lineScheme, "C7.1", 700_000}, {lineScheme, "C7.4", 300_000}, {"sdg-target", "9.c", register.NoShare}, {"sdg-goal", "9", register.NoShare}} {
			if got := tagOf(t, r, p.Key, want.scheme, want.code); got.Basis != register.Stated || got.Share != want.share {
				t.Errorf("%s is %+v", want.code, got)
			}
		}
		if again := loadCSV(t, r, table); again.Unchanged != 1 {
			t.Errorf("again: %+v, want unchanged", again.Counts)
		}
		if changed := loadCSV(t, r, strings.Replace(table, "Workshop", "Training", 1)); changed.Changed != 1 {
			t.Errorf("another title: %+v, want changed", changed.Counts)
		}
		if n, err := r.Rederive(context.Background(), operator); err != nil || n != 0 {
			t.Errorf("deriving again changes %d, %v", n, err)
		}
	})
}

// TestFindingsNameTheCell at the first import, and again when the row changes nothing.
func TestFindingsNameTheCell(t *testing.T) {
	header := "id,title_en,actual_start,status,countries,partners,amounts,action_lines,paragraphs,colour\n"
	for name, c := range map[string]struct{ row, rule, cell, found string }{
		"a day that is none":          {"A,T,2024-02-30,,,,,,,", "date-invalid", "C2", "2024-02-30"},
		"no day at all":               {"A,T,,,,,,,,", "activity-undated", "C2", ""},
		"no title":                    {"A,,2024-01-01,,,,,,,", "title-missing", "B2", ""},
		"a status that is none":       {"A,T,2024-01-01,going on,,,,,,", "unknown-code", "D2", "going on"},
		"a country that is none":      {"A,T,2024-01-01,,KE:50|XX:50,,,,,", "unknown-code", "E2", "XX"},
		"a percentage that is none":   {"A,T,2024-01-01,,KE:half,,,,,", "bad-value", "E2", "KE:half"},
		"percentages short of 100":    {"A,T,2024-01-01,,KE:50|UG:40,,,,,", "percentage-sum", "E2", "90"},
		"a partner without role":      {"A,T,2024-01-01,,,Council,,,,", "bad-value", "F2", "Council"},
		"an amount without currency":  {"A,T,2024-01-01,,,,commitment 2024-01-01 12,,,", "bad-value", "G2", "commitment 2024-01-01 12"},
		"an amount that is no number": {"A,T,2024-01-01,,,,commitment 2024-01-01 USD 1'2,,,", "bad-value", "G2", "1'2"},
		"an action line that is none": {"A,T,2024-01-01,,,,,C2|C99,,", "unknown-code", "H2", "C99"},
		"a paragraph that is none":    {"A,T,2024-01-01,,,,,,Z9,", "unknown-code", "I2", "Z9"},
		"a column that means nothing": {"A,T,2024-01-01,,,,,,,red", "unknown-column", "J1", "colour"},
	} {
		d := dbtest.SQLite(t)
		r := open(d)
		account := loadCSV(t, r, header+c.row+"\n")
		findings, err := ledger.Findings(context.Background(), d, account.ID, 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		ok := false
		for _, f := range findings {
			ok = ok || f.Rule == c.rule && f.Path == c.cell && f.Found == c.found
		}
		if !ok || account.New != 1 {
			t.Errorf("%s: %+v; want %s in %s about %q", name, findings, c.rule, c.cell, c.found)
		}
		again := loadCSV(t, r, header+c.row+"\n")
		if told, err := ledger.Findings(context.Background(), d, again.ID, 0, 10); err != nil || again.Unchanged != 1 || !slices.Equal(told, findings) {
			t.Errorf("%s, again: %+v, %v; want %+v", name, told, err, findings)
		}
	}
}

// TestARowThatStandsIsStoredWholeWhenItComesTwice since the second of them is another activity.
func TestARowThatStandsIsStoredWholeWhenItComesTwice(t *testing.T) {
	const header, line = "id,title_en,actual_start,action_lines,amounts\n", "W1,Workshop,2024-01-01,C4,commitment 2024-01-01 USD 5.125\n"
	d := dbtest.SQLite(t)
	r := open(d)
	first := loadCSV(t, r, header+line)
	twice := loadCSV(t, r, header+line+line)
	if twice.Unchanged != 1 || twice.New != 1 || twice.Transactions != 2*first.Transactions || twice.Rounded != 2 {
		t.Fatalf("account %+v", twice)
	}
	one, err := r.Activity(context.Background(), register.Key("", "W1", "own-work.csv", 1))
	if err != nil {
		t.Fatal(err)
	}
	two, err := r.Activity(context.Background(), register.Key("", "W1", "own-work.csv", 2))
	if err != nil {
		t.Fatal(err)
	}
	if len(one.Tags) < 2 || len(two.Tags) != len(one.Tags) || len(two.Links) != len(one.Links) || two.Document.Title["en"] != "Workshop" || len(two.Transactions) != 1 {
		t.Errorf("stored of the second: %+v", two)
	}
}

func TestARowThatCannotBeUnderstoodLosesNoOther(t *testing.T) {
	d := dbtest.SQLite(t)
	account := loadCSV(t, open(d), "id,title_en,actual_start\nA,T,2024-01-01\n,nameless,2024-01-01\nB,too,many,cells,2024\nC,T,2024-01-01\n")
	if want := (ledger.Counts{Read: 4, New: 2, Refused: 2}); account.Counts != want || account.Total.Error != 2 {
		t.Errorf("counts %+v, findings %+v; want %+v", account.Counts, account.Total, want)
	}
	kept, err := ledger.RefusedRecords(context.Background(), d, account.ID, 100)
	if err != nil || len(kept) != 2 || kept[0].Line != 3 {
		t.Errorf("kept %+v, %v", kept, err)
	}
}

func TestAFileThatIsNoTableIsRefusedWhole(t *testing.T) {
	for name, text := range map[string]string{"empty": "", "no id": "title_en\nT\n", "a column twice": "id,ID\n1,2\n", "another encoding": "id,title_en\nA,caf\xe9\n"[:3] + "\xff\xfe"} {
		d := dbtest.SQLite(t)
		account, err := open(d).ImportTable(context.Background(), operator, ownWork, strings.NewReader(text), register.ImportOptions{})
		if resolute.CodeOf(err) != resolute.Invalid || account.State != ledger.Refused || account.ID == 0 {
			t.Errorf("%s: %+v, %v; want refused", name, account, err)
		}
	}
}

func TestATableNamesParagraphsOfAnyInstrument(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		m := &mandate.Mandate{DB: d, Now: func() time.Time { return time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC) }}
		text := "RESOLUTION 901 (Fiction, 2021)\nPonds\nThe Plenipotentiary Conference of the International Telecommunication Union (Fiction, 2021),\nresolves\n1 to count the ponds;\n2 to draw a map.\n"
		if _, err := m.Import(ctx, resolute.Operator(), mandate.File{Name: "ponds.txt", Data: []byte(text)}); err != nil {
			t.Fatal(err)
		}
		r := &register.Register{DB: d, Now: func() time.Time { return time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC) }}
		table := "id,reporter,title_en,actual_start,paragraphs\na1,F <ZZ-FICT-9>,One,2022-01-01,R8:20|itu:pp/res/901#resolves_1:60|ITU:PP/RES/901#Resolves_2:20|itu:pp/res/901#resolves_9\n"
		if _, err := r.ImportTable(ctx, resolute.Operator(), register.Source{File: "t.csv", Name: "t.csv"}, strings.NewReader(table), register.ImportOptions{}); err != nil {
			t.Fatal(err)
		}
		tags, err := r.Tags(ctx, register.TagFilter{Reach: register.Reach{Scheme: register.ThreadScheme}, Basis: register.Stated})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, x := range tags {
			got = append(got, x.Code+":"+x.Share.String())
		}
		if want := "itu:wtdc/res/30#resolves_8:20 itu:pp/res/901#resolves_1:60 itu:pp/res/901#resolves_2:20"; strings.Join(got, " ") != want {
			t.Errorf("links %q, want %q", strings.Join(got, " "), want)
		}
		set := register.Decision{Verdict: register.SetTag, Reach: register.Reach{Key: tags[0].Key, Scheme: register.ThreadScheme, Code: "itu:pp/res/901#resolves_2"}, Share: register.NoShare, Reason: "agreed"}
		if decided, err := r.Decide(ctx, resolute.Operator(), set); err != nil || decided.Revision == 0 {
			t.Errorf("a paragraph of another instrument is set under revision %d, %v", decided.Revision, err)
		}
		set.Code = "itu:pp/res/901#resolves_9"
		if _, err := r.Decide(ctx, resolute.Operator(), set); resolute.CodeOf(err) != resolute.NotFound {
			t.Errorf("a paragraph that is not there: %v", err)
		}
	})
}
