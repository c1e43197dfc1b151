package coverage_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db/dbtest"
	"resolute/internal/framework"
	"resolute/internal/register"
)

var years2022 = resolute.Period{From: "2022-01-01", To: "2022-12-31"}

// document wraps the elements of one activity that runs through 2022; the identifier is "A".
func document(elements ...string) string { return documents(strings.Join(elements, "")) }

func documents(activities ...string) string {
	var b strings.Builder
	b.WriteString(`<iati-activities version="2.03">`)
	for i, elements := range activities {
		fmt.Fprintf(&b, `<iati-activity default-currency="USD"><iati-identifier>ZZ-FICT-8-%c</iati-identifier><reporting-org ref="ZZ-FICT-8" type="40"><narrative>F</narrative></reporting-org>`+
			`<participating-org ref="ZZ-FICT-8" role="4"/><activity-status code="2"/><activity-date type="2" iso-date="2022-01-01"/><activity-date type="4" iso-date="2022-12-31"/>%s</iati-activity>`, 'A'+i, elements)
	}
	b.WriteString(`</iati-activities>`)
	return b.String()
}

// undated takes the dates out of a file.
func undated(text string) string {
	return strings.NewReplacer(`<activity-date type="2" iso-date="2022-01-01"/>`, "", `<activity-date type="4" iso-date="2022-12-31"/>`, "").Replace(text)
}

func line(code string) string {
	return fmt.Sprintf(`<sector vocabulary="99" vocabulary-uri="https://resolute.example/scheme/wsis-action-line" code="%s"/>`, code)
}

func paid(kind, day, value string, inner ...string) string {
	return fmt.Sprintf(`<transaction><transaction-type code="%s"/><transaction-date iso-date="%s"/><value value-date="%s">%s</value>%s</transaction>`, kind, day, day, value, strings.Join(inner, ""))
}

func rowOf(t *testing.T, c *coverage.Coverage, q coverage.Query, id string) coverage.Row {
	t.Helper()
	table, err := c.Table(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	row, ok := table.Row(id)
	if !ok {
		t.Fatalf("%s has no row %q", q.By, id)
	}
	return row
}

// Rule 24: a transaction is evidence by its day, whatever its type; only pledges are not.
func TestEveryTransactionButAPledgeIsEvidence(t *testing.T) {
	for kind, want := range map[string]string{
		"2": "2022-05-05", "3": "2022-05-05", "1": "2022-05-05", "11": "2022-05-05",
		"5": "2022-05-05", "6": "2022-05-05", "7": "2022-05-05", "8": "2022-05-05", "9": "2022-05-05", "10": "2022-05-05",
		"12": "2022-01-01", "13": "2022-01-01", // the actual start
	} {
		t.Run("transaction type "+kind, func(t *testing.T) {
			d := dbtest.SQLite(t)
			importText(t, d, "a.xml", strings.Replace(document(line("C2"), paid(kind, "2022-05-05", "10")), `type="4" iso-date="2022-12-31"`, `type="3" iso-date="2022-12-31"`, 1))
			if got := rowOf(t, newCoverage(d), coverage.Query{By: coverage.ByLine, Period: years2022}, "C2").LastEvidence; got != want {
				t.Errorf("last evidence %q, want %q", got, want)
			}
		})
	}
}

// A link of a transaction counts its activity when the transaction is dated in the period,
// whatever the transaction is counted as.
func TestALinkOfATransactionThatIsNoFigureStillCountsTheActivity(t *testing.T) {
	d := dbtest.SQLite(t)
	importText(t, d, "a.xml", document(paid("9", "2022-05-05", "10", line("C4"))))
	if got := rowOf(t, newCoverage(d), coverage.Query{By: coverage.ByLine, Period: years2022}, "C4"); got.Activities != 1 || len(got.Spent.Currencies()) != 0 {
		t.Errorf("C4 has %d activities and %v spent, want 1 and nothing", got.Activities, got.Spent)
	}
}

func TestMoneyThatAddsUpToNothingIsNoMoney(t *testing.T) {
	for name, money := range map[string]string{
		"a transaction of zero":        paid("3", "2022-05-05", "0"),
		"a payment that was paid back": paid("3", "2022-05-05", "10") + paid("3", "2022-06-05", "-10"),
		"no transaction":               "",
	} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.SQLite(t)
			importText(t, d, "a.xml", document(line("C2"), money))
			row := rowOf(t, newCoverage(d), coverage.Query{By: coverage.ByLine, Period: years2022}, "C2")
			if !slices.Contains(row.Gaps, coverage.NoMoney) {
				t.Errorf("gaps %v, want no-money among them", row.Gaps)
			}
		})
	}
}

// The sentence of the rule: any activity of an import that falls in the period is a report,
// also one that figures leave out.
func TestAReportThatFiguresLeaveOutIsAReport(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		period resolute.Period
		want   string
	}{
		"nothing was imported":                       {"", years2022, coverage.NoReport},
		"a second-hand report":                       {strings.Replace(document(line("C2")), `type="40"`, `type="40" secondary-reporter="1"`, 1), years2022, coverage.Nothing},
		"a second-hand report outside of the period": {strings.Replace(document(line("C2")), `type="40"`, `type="40" secondary-reporter="1"`, 1), resolute.Period{From: "2024-01-01"}, coverage.NoReport},
		"an activity that answers something else":    {document(line("C4")), years2022, coverage.Nothing},
		"an undated one, asked for a period":         {undated(document(line("C4"))), years2022, coverage.NoReport},
		"an undated one, asked for all time":         {undated(document(line("C4"))), resolute.Period{}, coverage.Nothing},
	} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.SQLite(t)
			if c.text != "" {
				importText(t, d, "a.xml", c.text)
			}
			if got := rowOf(t, newCoverage(d), coverage.Query{By: coverage.ByLine, Period: c.period}, "C2").State; got != c.want {
				t.Errorf("state %q, want %q", got, c.want)
			}
		})
	}
}

// What a person refused is proposed no more: neither its money nor its activity.
func TestARefusedProposalOfTheMatrixIsNotProposed(t *testing.T) {
	ctx := context.Background()
	d := dbtest.SQLite(t)
	importText(t, d, "a.xml", document(line("C2"), paid("3", "2022-05-05", "100")))
	q := coverage.Query{By: coverage.ByGoal, Period: years2022}
	before := rowOf(t, newCoverage(d), q, "9")
	if before.Open.Activities != 1 || before.Open.Spent["USD"] == 0 {
		t.Fatalf("the matrix proposes nothing for goal 9: %+v", before.Open)
	}
	list, err := newCoverage(d).Activities(ctx, coverage.ListQuery{})
	if err != nil {
		t.Fatal(err)
	}
	reg := &register.Register{DB: d, Now: clock}
	if _, err := reg.Decide(ctx, resolute.Operator(), register.Decision{Verdict: register.Refuse, Reach: register.Reach{Key: list.Items[0].Key,
		Scheme: framework.Goal, Code: "9"}, Share: register.NoShare, Reason: "not about industry"}); err != nil {
		t.Fatal(err)
	}
	after := rowOf(t, newCoverage(d), q, "9")
	if after.Open.Activities != 0 || after.Open.Spent["USD"] != 0 || after.State != coverage.Nothing {
		t.Errorf("goal 9 after the refusal: %+v, state %s", after.Open, after.State)
	}
	others := rowOf(t, newCoverage(d), q, "1")
	if others.Open.Activities != 1 {
		t.Error("goal 1, which nobody refused, is not proposed any more")
	}
}

func TestListsKnowEveryGroupOfTheTables(t *testing.T) {
	ctx := context.Background()
	d := dbtest.SQLite(t)
	importText(t, d, "a.xml", documents(`<recipient-country code="KE"/>`, `<recipient-country code="FR"/>`))
	c := newCoverage(d)
	for _, group := range []string{"M49:002", "m49:002"} {
		list, err := c.Activities(ctx, coverage.ListQuery{Filter: coverage.Filter{Groups: []string{group}}, Period: years2022})
		if err != nil {
			t.Fatal(err)
		}
		if list.Total != 1 {
			t.Errorf("group %s: %d activities, want that of Kenya", group, list.Total)
		}
	}
}

// Every figure is a link to the records behind it: a row counts what the list behind it shows.
func TestARowCountsWhatItsListShows(t *testing.T) {
	ctx := context.Background()
	d := dbtest.SQLite(t)
	loadDemo(t, d, 150)
	importText(t, d, "levels.xml", documents(
		line("C2")+`<recipient-country code="KE"/>`+paid("3", "2019-05-05", "10", line("C4"), `<recipient-country code="CO"/>`),
		paid("3", "2022-05-05", "10", line("C7.1"), `<recipient-country code="BT"/>`)+paid("3", "2021-05-05", "10", line("C7.4")),
		paid("3", "2022-05-05", "10", `<sector vocabulary="8" code="9.c"/>`)+paid("3", "2023-05-05", "10", `<sector vocabulary="7" code="5"/>`)))
	c := newCoverage(d)
	parameter := map[string]func(string) coverage.Filter{
		coverage.ByProvision: func(id string) coverage.Filter { return coverage.Filter{Threads: []string{id}} },
		coverage.ByLine:      func(id string) coverage.Filter { return coverage.Filter{Lines: []string{id}} },
		coverage.ByGoal:      func(id string) coverage.Filter { return coverage.Filter{Goals: []string{id}} },
		coverage.ByTarget:    func(id string) coverage.Filter { return coverage.Filter{Targets: []string{id}} },
		coverage.ByCountry:   func(id string) coverage.Filter { return coverage.Filter{Areas: []string{id}} },
		coverage.ByITURegion: func(id string) coverage.Filter { return coverage.Filter{Regions: []string{id}} },
		coverage.ByGroup:     func(id string) coverage.Filter { return coverage.Filter{Groups: []string{id}} },
	}
	for by, filter := range parameter {
		table, err := c.Table(ctx, coverage.Query{By: by, Period: years2022})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range table.Rows {
			if row.ID == coverage.RegionRow || row.ID == coverage.NotKnownRow {
				continue
			}
			list, err := c.Activities(ctx, coverage.ListQuery{Filter: filter(row.ID), Period: years2022})
			if err != nil {
				t.Fatal(err)
			}
			if list.Total != row.Activities {
				t.Errorf("%s %s counts %d activities, its list shows %d", by, row.ID, row.Activities, list.Total)
			}
		}
	}
}

// One code may be printed again and again, each time with 1000 %: what it says together is bounded, also
// in what was stored before it was, so that no product of two wholes is beyond what is counted with.
func TestACodeThatIsPrintedAgainAndAgain(t *testing.T) {
	again := func(code string) string {
		sector := func(attributes, percentage string) string {
			return `<sector ` + attributes + ` percentage="` + percentage + `"/>`
		}
		return strings.Repeat(sector(code, "1000"), 429) + sector(code, "496.7295")
	}
	own := `vocabulary="99" vocabulary-uri="https://resolute.example/scheme/wsis-action-line" code=`
	text := document(`<sector `+own+`"C1" percentage="0.0001"/>`, again(own+`"C2"`), `<sector vocabulary="7" code="4" percentage="0.0001"/>`, again(`vocabulary="7" code="9"`), paid("3", "2022-05-05", "100000"))
	for name, stored := range map[string]bool{"as it is imported": false, "as it was stored": true} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.SQLite(t)
			importText(t, d, "a.xml", text)
			if stored {
				execute(t, d, `UPDATE tag SET share = 4294967295 WHERE share > 1`)
			}
			c := newCoverage(d)
			if got := rowOf(t, c, coverage.Query{By: coverage.ByLine}, "C2").Spent["USD"]; got != 9_999_999 {
				t.Errorf("C2 gets %s, want all but the hundredth of C1", got)
			}
			if _, err := c.Gaps(context.Background(), coverage.GapQuery{}); err != nil {
				t.Fatal(err)
			}
			m, err := c.Matrix(context.Background(), coverage.MatrixQuery{})
			if err != nil {
				t.Fatal(err)
			}
			cell := m.Cells[slices.Index(m.Lines, "C2")][slices.Index(m.Columns, "9")]
			if got := cell.Spent["USD"]; got != 9_999_998 {
				t.Errorf("C2 with goal 9 gets %s, want all but two hundredths", got)
			}
		})
	}
}

// More than a sum holds is shown as the most that it holds, never as less than nothing.
func TestASumBeyondAllBoundsStaysAtItsBound(t *testing.T) {
	d := dbtest.SQLite(t)
	const printed = "89999999999999.99"
	budget := `<budget><period-start iso-date="2022-01-01"/><period-end iso-date="2022-12-31"/><value value-date="2022-01-01">` + printed + `</value></budget>`
	importText(t, d, "a.xml", document(line("C2"), `<sector vocabulary="7" code="9"/>`, strings.Repeat(budget, 1100), strings.Repeat(paid("3", "2022-05-05", printed), 1100), strings.Repeat(paid("2", "2022-05-05", "-"+printed), 1100)))
	c := newCoverage(d)
	for name, row := range map[string]coverage.Row{
		"a row": rowOf(t, c, coverage.Query{By: coverage.ByLine}, "C2"), "the total": totalBy(t, c, coverage.CountOnce),
		"the total as reported": totalBy(t, c, coverage.AsReported),
	} {
		if row.Spent["USD"] != resolute.MostSum || row.Commitments["USD"] != -resolute.MostSum || row.Budgets["USD"] != resolute.MostSum {
			t.Errorf("%s: %v spent, %v committed, budgets of %v; want the largest sums", name, row.Spent, row.Commitments, row.Budgets)
		}
	}
	m, err := c.Matrix(context.Background(), coverage.MatrixQuery{})
	if err != nil {
		t.Fatal(err)
	}
	if cell := m.Cells[slices.Index(m.Lines, "C2")][slices.Index(m.Columns, "9")]; cell.Spent["USD"] != resolute.MostSum {
		t.Errorf("a cell: %v spent, want the largest sum", cell.Spent)
	}
}

func TestAnAmountBeyondAllBoundsIsNotCounted(t *testing.T) {
	d := dbtest.SQLite(t)
	importText(t, d, "a.xml", document(line("C2"), strings.Repeat(paid("3", "2022-05-05", "90000000000000000"), 2), paid("3", "2022-05-05", "7")))
	if got := rowOf(t, newCoverage(d), coverage.Query{By: coverage.ByLine}, "C2").Spent["USD"]; got != 700 {
		t.Errorf("%s spent, want 7.00", got)
	}
	execute(t, d, `UPDATE txn SET usable = 1, cents = 9000000000000000000 WHERE usable = 0`) // as they were stored once
	execute(t, d, `DELETE FROM migration WHERE number = 49`)
	migrate(t, d, 1)
	if got := rowOf(t, newCoverage(d), coverage.Query{By: coverage.ByLine}, "C2").Spent["USD"]; got != 700 {
		t.Errorf("%s spent once the store was brought up to date, want 7.00", got)
	}
}
