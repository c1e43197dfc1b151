package coverage_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
)

// told is one activity as somebody reports it.
type told struct {
	identifier, reporter, updated string
	money                         []string
}

func (a told) xml() string {
	return fmt.Sprintf(`<iati-activity default-currency="USD" last-updated-datetime="%s"><iati-identifier>%s</iati-identifier><reporting-org ref="%s" type="40"><narrative>F</narrative></reporting-org>`+
		`<activity-status code="2"/><activity-date type="2" iso-date="2022-01-01"/><recipient-country code="KE"/>%s</iati-activity>`, a.updated, a.identifier, a.reporter, strings.Join(a.money, ""))
}

func file(activities ...told) string {
	var b strings.Builder
	b.WriteString(`<iati-activities version="2.03">`)
	for _, a := range activities {
		b.WriteString(a.xml())
	}
	b.WriteString(`</iati-activities>`)
	return b.String()
}

// passed is a transaction that names other activities.
func passed(kind, value, provider, receiver string) string {
	return paid(kind, "2022-06-30", value, fmt.Sprintf(`<provider-org provider-activity-id="%s"/><receiver-org receiver-activity-id="%s"/>`, provider, receiver))
}

func totalBy(t interface{ Fatal(...any) }, c *coverage.Coverage, rule string) coverage.Row {
	table, err := c.Table(context.Background(), coverage.Query{By: coverage.ByCountry, Filter: coverage.Filter{Rule: rule}})
	if err != nil {
		t.Fatal(err)
	}
	return table.Total
}

var (
	exampleParty = regexp.MustCompile(`([A-Z]): ([^.]*)\.?`)
	exampleMoney = regexp.MustCompile(`^(\d+), (\d+)(?: (→|←) ([A-Z]))?$`)
)

// example makes the activities of a line of the table of worked examples.
func example(t *testing.T, reported string) []told {
	t.Helper()
	var all []told
	for _, party := range exampleParty.FindAllStringSubmatch(reported, -1) {
		a := told{identifier: "ZZ-" + party[1] + "-1", reporter: "ZZ-" + party[1]}
		for _, text := range strings.Split(party[2], "; ") {
			m := exampleMoney.FindStringSubmatch(text)
			switch {
			case m == nil && (text == "nothing" || text == "no transaction"):
			case m == nil:
				t.Fatalf("the example %q is not understood at %q", reported, text)
			case m[3] == "→":
				a.money = append(a.money, passed(m[1], m[2], "", "ZZ-"+m[4]+"-1"))
			case m[3] == "←":
				a.money = append(a.money, passed(m[1], m[2], "ZZ-"+m[4]+"-1", ""))
			default:
				a.money = append(a.money, passed(m[1], m[2], a.identifier, a.identifier)) // as many publishers name their own
			}
		}
		all = append(all, a)
	}
	return all
}

// The documentation works examples out; they are these tests.
func TestTheWorkedExamplesOfTheDocumentation(t *testing.T) {
	text, err := os.ReadFile("../../docs/explanation/figures.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "### Worked examples")
	examples := 0
	for _, line := range strings.Split(table, "\n") {
		cells := strings.Split(line, " | ")
		if len(cells) != 6 || cells[0] == "| case" {
			continue
		}
		examples++
		t.Run(strings.TrimPrefix(cells[0], "| "), func(t *testing.T) {
			d := dbtest.SQLite(t)
			for i, a := range example(t, cells[1]) {
				importText(t, d, fmt.Sprintf("%d.xml", i), file(a))
			}
			got := totalBy(t, newCoverage(d), coverage.CountOnce)
			for i, m := range []coverage.Money{got.Commitments, got.Spent, got.Incoming} {
				want := strings.Trim(cells[2+i], "*") + ".00"
				if have := m["USD"].String(); have != want {
					t.Errorf("column %d: got %s, want %s", i+1, have, want)
				}
			}
		})
	}
	if examples < 9 {
		t.Errorf("the documentation works %d examples out, want all", examples)
	}
}

func TestOneOfSeveralReportersCounts(t *testing.T) {
	spend := func(value string) []string { return []string{paid("4", "2022-06-30", value)} }
	for name, c := range map[string]struct {
		reports []told
		want    string
	}{
		"whose reference begins the identifier": {[]told{
			{"XM-DAC-1-P", "XM-DAC-1", "2023-01-01T00:00:00Z", spend("40")}, {"XM-DAC-1-P", "XM-DAC-2", "2024-01-01T00:00:00Z", spend("45")}}, "40.00"},
		"the longest reference": {[]told{
			{"XM-DAC-1-P", "XM-DAC", "2024-01-01T00:00:00Z", spend("40")}, {"XM-DAC-1-P", "XM-DAC-1", "", spend("45")}}, "45.00"},
		"a reference must end at a hyphen": {[]told{
			{"XM-DAC-11-P", "XM-DAC-1", "2023-01-01T00:00:00Z", spend("40")}, {"XM-DAC-11-P", "XM-DAC-2", "2024-01-01T00:00:00Z", spend("45")}}, "45.00"},
		"the newest when it is nobody's": {[]told{
			{"ZZ-P", "XM-DAC-2", "2024-01-01T00:00:00Z", spend("40")}, {"ZZ-P", "XM-DAC-1", "2023-01-01T00:00:00Z", spend("45")}}, "40.00"},
		"the first reporter when equally new": {[]told{
			{"ZZ-P", "XM-DAC-2", "2024-01-01T00:00:00Z", spend("40")}, {"zz-p ", "XM-DAC-1", "2024-01-01T00:00:00Z", spend("45")}}, "45.00"},
		"the last source of one reporter": {[]told{
			{"ZZ-P", "XM-DAC-2", "", spend("40")}, {"ZZ-P", "XM-DAC-2", "", spend("45")}}, "45.00"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, order := range [][]int{{0, 1}, {1, 0}} {
				d := dbtest.SQLite(t)
				for _, i := range order {
					importText(t, d, fmt.Sprintf("file-%d.xml", i), file(c.reports[i]))
				}
				got := totalBy(t, newCoverage(d), "")
				if got.Activities != 1 || got.Spent["USD"].String() != c.want {
					t.Errorf("files %v: %d activities spent %s, want one that spent %s", order, got.Activities, got.Spent["USD"], c.want)
				}
			}
		})
	}
}

// Of the copies of one file the later in the newest one counts under every rule, and of identifiers that
// differ by capitals the first by code point, whatever files came before.
func TestTheLaterInTheNewestFileCounts(t *testing.T) {
	p := func(identifier, value string) told {
		return told{identifier, "XM-DAC-2", "", []string{paid("4", "2022-06-30", value)}}
	}
	pad := told{identifier: "ZZ-PAD", reporter: "XM-DAC-2"}
	for name, c := range map[string]struct {
		files [][]told
		rule  string
		want  string
	}{
		"one moves up, another comes behind it": {[][]told{{pad, pad, pad, p("ZZ-P", "40")}, {p("ZZ-P", "40"), p("ZZ-P", "45")}}, "", "45.00"},
		"as reported":                           {[][]told{{pad, pad, pad, p("ZZ-P", "40")}, {p("ZZ-P", "40"), p("ZZ-P", "45")}}, coverage.AsReported, "45.00"},
		"the first changes":                     {[][]told{{p("ZZ-P", "40"), p("ZZ-P", "45")}, {p("ZZ-P", "50"), p("ZZ-P", "45")}}, "", "45.00"},
		"capitals":                              {[][]told{{p("ZZ-P", "40"), p("zz-p", "45")}}, "", "40.00"},
		"capitals, the other changes":           {[][]told{{p("ZZ-P", "40"), p("zz-p", "50")}, {p("ZZ-P", "40"), p("zz-p", "45")}}, "", "40.00"},
		"capitals, this one changes":            {[][]told{{p("ZZ-P", "50"), p("zz-p", "45")}, {p("ZZ-P", "40"), p("zz-p", "45")}}, "", "40.00"},
	} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.SQLite(t)
			for _, list := range c.files {
				importText(t, d, "file.xml", strings.ReplaceAll(file(list...), "><iati-activity ", ">\n<iati-activity "))
			}
			if got := totalBy(t, newCoverage(d), c.rule); got.Spent["USD"].String() != c.want {
				t.Errorf("spent %s, want %s", got.Spent["USD"], c.want)
			}
		})
	}
}

func TestWhatIsLeftOutOfASumIsStillEvidence(t *testing.T) {
	d := dbtest.SQLite(t)
	a := told{"ZZ-A-1", "ZZ-A", "", []string{line("C2"), passed("3", "100", "", "ZZ-B-1")}}
	b := told{"ZZ-B-1", "ZZ-B", "", []string{line("C4"), passed("4", "80", "", "")}}
	importText(t, d, "a.xml", file(a, b))
	c := newCoverage(d)
	row := rowOf(t, c, coverage.Query{By: coverage.ByLine, Period: years2022}, "C2")
	if row.Activities != 1 || len(row.Spent.Currencies()) != 0 || row.LastEvidence != "2022-06-30" {
		t.Errorf("C2 has %d activities, %v spent, last evidence %q; want 1, nothing, 2022-06-30", row.Activities, row.Spent, row.LastEvidence)
	}
	for _, gap := range row.Gaps {
		if gap == coverage.NoMoney {
			t.Errorf("C2 lacks money, though its activity reports a payment")
		}
	}
	if raw := rowOf(t, c, coverage.Query{By: coverage.ByLine, Filter: coverage.Filter{Rule: coverage.AsReported}}, "C2"); raw.Spent["USD"] != 10000 {
		t.Errorf("as reported C2 spent %v, want 100.00", raw.Spent)
	}
}

func TestAnUnknownRuleIsRefused(t *testing.T) {
	c := newCoverage(dbtest.SQLite(t))
	_, err := c.Table(context.Background(), coverage.Query{By: coverage.ByLine, Filter: coverage.Filter{Rule: "once@3"}})
	if resolute.CodeOf(err) != resolute.Usage {
		t.Errorf("got %v, want a usage error", err)
	}
	_, err = c.Activities(context.Background(), coverage.ListQuery{Filter: coverage.Filter{Rule: "once@3"}})
	if resolute.CodeOf(err) != resolute.Usage {
		t.Errorf("got %v, want a usage error", err)
	}
}

// web makes files of several publishers who report each other's activities and name each other.
func web(r *rand.Rand) []string {
	identifiers := []string{"ZZ-A-1", "ZZ-A-2", "ZZ-B-1", "ZZ-C-1", "zz-b-1", "ZZ-X"}
	pick := func(values ...string) string { return values[r.IntN(len(values))] }
	files := make([]string, 2+r.IntN(3))
	for i := range files {
		var all []told
		for range 1 + r.IntN(3) {
			a := told{pick(identifiers...), pick("ZZ-A", "ZZ-B", "ZZ-C"), pick("", "2023-01-01T00:00:00Z", "2024-01-01T00:00:00Z"), nil}
			for range r.IntN(5) {
				a.money = append(a.money, passed(pick("1", "2", "3", "4", "11"), strconv.Itoa(r.IntN(120)-20), pick(append(identifiers, "")...), pick(append(identifiers, "")...)))
			}
			all = append(all, a)
		}
		files[i] = file(all...)
	}
	return files
}

// Whatever the order in which files come, the sums are the same: on SQLite, on PostgreSQL, read
// anew, or followed from change to change. And under every rule the rows add up.
func TestTheOrderOfImportsChangesNoTotal(t *testing.T) {
	const tries = 15
	totals := make([]string, tries)
	dbtest.Each(t, func(t *testing.T, _ *db.DB) {
		store := dbtest.SQLite
		if strings.HasSuffix(t.Name(), "PostgreSQL") {
			store = dbtest.Postgres
		}
		for try := range tries {
			r := rand.New(rand.NewPCG(uint64(try), 5))
			files := web(r)
			for range 2 {
				order := r.Perm(len(files))
				following, fresh := importInOrder(t, store(t), files, order)
				for name, c := range map[string]*coverage.Coverage{"read anew": fresh, "followed": following} {
					got := fmt.Sprint(totalBy(t, c, coverage.CountOnce))
					if totals[try] == "" {
						totals[try] = got
					}
					if got != totals[try] {
						t.Errorf("try %d, files in order %v, %s: the total is\n%s\nbefore it was\n%s", try, order, name, got, totals[try])
					}
					addUpUnderEveryRule(t, c)
				}
			}
		}
	})
}

func importInOrder(t *testing.T, d *db.DB, files []string, order []int) (following, fresh *coverage.Coverage) {
	t.Helper()
	following = newCoverage(d)
	for _, i := range order {
		importText(t, d, fmt.Sprintf("file-%d.xml", i), files[i])
		if _, err := following.Refresh(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	return following, newCoverage(d)
}

func addUpUnderEveryRule(t *testing.T, c *coverage.Coverage) {
	t.Helper()
	for _, rule := range coverage.Rules() {
		for _, by := range []string{coverage.ByCountry, coverage.ByLine} {
			table, err := c.Table(context.Background(), coverage.Query{By: by, Filter: coverage.Filter{Rule: rule.ID}})
			if err != nil {
				t.Fatal(err)
			}
			rowsAddUp(t, table)
		}
	}
}

// What is reported second-hand is left out, whatever its date: it never stands in the place of what the same
// organisation reports of its own.
func TestASecondHandReportTakesNobodysPlace(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		own := file(told{"ZZ-A-1", "ZZ-A", "2023-01-01T00:00:00Z", []string{paid("4", "2022-06-30", "40")}})
		other := strings.Replace(file(told{"ZZ-A-1", "ZZ-A", "2024-01-01T00:00:00Z", []string{paid("4", "2022-06-30", "45")}}), `type="40"`, `type="40" secondary-reporter="1"`, 1)
		importText(t, d, "own.xml", own)
		importText(t, d, "other.xml", other)
		c := newCoverage(d)
		for _, rule := range coverage.Rules() {
			if got := totalBy(t, c, rule.ID); got.Spent["USD"] != 4000 {
				t.Errorf("%s: spent %v, want 40.00", rule.ID, got.Spent)
			}
		}
	})
}
