package coverage_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/directory"
	"resolute/internal/register"
)

// TestAPatchedSnapshotAnswersAsOneReadAnew runs random histories of imports, absences, copies of
// one identifier, families, decisions and undos, and asks both everything after each deed.
func TestAPatchedSnapshotAnswersAsOneReadAnew(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		h := history{t: t, d: d, random: rand.New(rand.NewPCG(30, 7))}
		h.importSome()
		following := newCoverage(d)
		if _, err := following.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
		for range 25 {
			deed := h.deed()
			if _, err := following.Refresh(ctx); err != nil {
				t.Fatalf("after %s: %v", deed, err)
			}
			got, want := everything(t, following), everything(t, newCoverage(d))
			for question := range want {
				if got[question] != want[question] {
					t.Fatalf("after %s, %s\n got %s\nwant %s", deed, question, got[question], want[question])
				}
			}
		}
		if n := following.ReadsAnew(); n != 1 {
			t.Errorf("everything was read %d times, want once", n)
		}
	})
}

// history does random deeds to a register.
type history struct {
	t      *testing.T
	d      *db.DB
	random *rand.Rand
	done   []int64 // imports that can be undone
}

func (h *history) deed() string {
	switch n := h.random.IntN(10); {
	case n < 5 || len(h.done) == 0:
		return h.importSome()
	case n < 7:
		return h.undo()
	case n == 7:
		return h.unite()
	}
	return h.decide()
}

func (h *history) pick(values ...string) string { return values[h.random.IntN(len(values))] }

// importSome imports a random choice of ten identifiers from one of two sources, so that some
// change, some go, some come back, and some stand in both.
func (h *history) importSome() string {
	var list []string
	for i := range 10 {
		if h.random.IntN(2) == 0 {
			list = append(list, h.activity(i))
		}
	}
	source := h.pick("one.xml", "two.xml")
	reg := &register.Register{DB: h.d, Now: clock}
	account, err := reg.ImportIATI(context.Background(), resolute.Operator(), register.Source{File: source}, strings.NewReader(whole(append(list, h.activity(10))...)), register.ImportOptions{})
	if err != nil {
		h.t.Fatal(err)
	}
	h.done = append(h.done, account.ID)
	return "import of " + source
}

// whole is a file of activities that are written out.
func whole(activities ...string) string {
	return `<iati-activities version="2.03">` + strings.Join(activities, "") + `</iati-activities>`
}

func (h *history) activity(i int) string {
	secondary := h.pick("", "", "", ` secondary-reporter="1"`)
	related := fmt.Sprintf(`<related-activity ref="ZZ-P-%d" type="%s"/>`, h.random.IntN(10), h.pick("1", "2"))
	return fmt.Sprintf(`<iati-activity default-currency="USD" hierarchy="%d" last-updated-datetime="202%d-01-01T00:00:00Z"><iati-identifier>ZZ-P-%d</iati-identifier>
		<reporting-org ref="ZZ-P" type="40"%s><narrative>P</narrative></reporting-org><title><narrative xml:lang="en">Title %d</narrative></title>
		<participating-org ref="ZZ-%d" role="%s"><narrative>Partner</narrative></participating-org><activity-status code="%s"/><activity-date type="2" iso-date="202%d-01-01"/>
		<recipient-country code="%s"/>%s<sector vocabulary="1" code="%s"/>%s%s<budget><period-start iso-date="2022-01-01"/><period-end iso-date="2022-12-31"/><value value-date="2022-01-01">%d</value></budget>
		<transaction><transaction-type code="%s"/><transaction-date iso-date="202%d-05-05"/><value value-date="2022-01-01">%d</value></transaction></iati-activity>`,
		1+h.random.IntN(3), h.random.IntN(5), i, secondary, h.random.IntN(1000), h.random.IntN(4), h.pick("1", "2", "4"), h.pick("1", "2", "4"), h.random.IntN(6),
		h.pick("KE", "UG", "BT", "FR"), strings.Repeat(`<location><name><narrative>Site</narrative></name></location>`, h.random.IntN(3)), h.pick("22040", "22020", "11110"), h.pick("", line("C2"), line("C7")), related, h.random.IntN(9999), h.pick("2", "3"), h.random.IntN(6), h.random.IntN(9999))
}

// undo takes one of the imports back; that one of an older import is refused is part of life.
func (h *history) undo() string {
	at := len(h.done) - 1 - h.random.IntN(min(2, len(h.done)))
	id := h.done[at]
	reg := &register.Register{DB: h.d, Now: clock}
	if _, err := reg.Undo(context.Background(), resolute.Operator(), id); err != nil {
		return fmt.Sprintf("refused undo of %d", id)
	}
	h.done = append(h.done[:at], h.done[at+1:]...)
	return fmt.Sprintf("undo of %d", id)
}

// decide takes or withdraws a decision; that there is none to take back is part of life.
func (h *history) decide() string {
	ctx := context.Background()
	d := register.Decision{Verdict: register.Verdict(h.pick("confirm", "refuse", "withdraw")), Share: register.NoShare, Reason: "test"}
	d.Rule = h.pick("dac:22040", "dac:22020", "dac:11110", "matrix")
	list, err := newCoverage(h.d).Activities(ctx, coverage.ListQuery{})
	if err == nil && len(list.Items) > 0 && h.random.IntN(2) == 0 {
		d.Reach = register.Reach{Key: list.Items[h.random.IntN(len(list.Items))].Key, Scheme: "wsis-action-line", Code: h.pick("C2", "C4")}
		if h.random.IntN(2) == 0 {
			d.Scheme, d.Code = "sdg-target", h.pick("9.c", "4.4", "1.4")
		}
		d.Verdict = register.Verdict(h.pick("set", "refuse", "withdraw"))
	}
	reg := &register.Register{DB: h.d, Now: clock}
	_, err = reg.Decide(ctx, resolute.Operator(), d)
	if d.Verdict == register.Withdraw && resolute.CodeOf(err) == resolute.NotFound {
		return fmt.Sprintf("refused %+v", d)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return fmt.Sprintf("decision %+v", d)
}

// everything asks one of each kind of question and writes the answers out.
func everything(t *testing.T, c *coverage.Coverage) map[string]string {
	t.Helper()
	ctx := context.Background()
	answers := map[string]string{}
	put := func(question string, answer any, err error) {
		if err != nil {
			t.Fatalf("%s: %v", question, err)
		}
		answers[question] = fmt.Sprintf("%+v", answer)
	}
	period := resolute.Period{From: "2021-01-01", To: "2024-12-31"}
	for _, by := range coverage.Views {
		for _, f := range []coverage.Filter{{}, {Regions: []string{"AFR"}}} {
			table, err := c.Table(ctx, coverage.Query{By: by, Period: period, Filter: f})
			put("table by "+by+fmt.Sprint(f.Regions), table, err)
		}
	}
	matrix, err := c.Matrix(ctx, coverage.MatrixQuery{Period: period})
	put("matrix", matrix, err)
	for _, sort := range coverage.Sorts {
		list, err := c.Activities(ctx, coverage.ListQuery{Sort: sort, Lang: "en"})
		put("list by "+sort, list, err)
	}
	for _, f := range []coverage.Filter{{}, {Regions: []string{"AFR"}}} {
		gaps, err := c.Gaps(ctx, coverage.GapQuery{Period: period, Filter: f})
		put("gaps"+fmt.Sprint(f.Regions), gaps, err)
	}
	counted, err := c.Locations(ctx, coverage.ListQuery{Limit: 1})
	counted.Items = nil // they stand in the table
	put("locations counted", counted, err)
	var places strings.Builder
	err = c.WriteLocations(ctx, &places, coverage.ListQuery{Sort: coverage.ByTitle, Lang: "en"}, "csv")
	put("locations", places.String(), err)
	detail, err := c.Detail(ctx, coverage.Query{By: coverage.ByLine}, "C2", "en")
	put("detail", detail, err)
	partners, err := c.Partners(ctx, coverage.Filter{}, resolute.Period{})
	put("partners", partners, err)
	fresh, err := c.Freshness(ctx)
	put("freshness", fresh, err)
	return answers
}

// BenchmarkRefreshAfterOneChange measures how long the snapshot of 15,000 activities takes to
// follow an import of one activity.
func BenchmarkRefreshAfterOneChange(b *testing.B) {
	ctx := context.Background()
	d := dbtest.SQLite(b)
	loadDemo(b, d, 15_000)
	c := newCoverage(d)
	if _, err := c.Refresh(ctx); err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		b.StopTimer()
		n++
		importText(b, d, "one.xml", strings.Replace(document(line("C2")), "2022-01-01", fmt.Sprintf("2022-01-%02d", 1+n%28), 1))
		b.StartTimer()
		if _, err := c.Refresh(ctx); err != nil {
			b.Fatal(err)
		}
	}
}

// unite merges two organisations, splits or prefers one, or takes one of these back; that some of it
// is refused is part of life.
func (h *history) unite() string {
	ctx, by := context.Background(), resolute.Operator()
	dir := directory.Directory{DB: h.d, Now: clock}
	one, other := fmt.Sprintf("ref:ZZ-%d", h.random.IntN(4)), fmt.Sprintf("ref:ZZ-%d", h.random.IntN(4))
	made, err := dir.Decisions(ctx)
	if err != nil {
		h.t.Fatal(err)
	}
	deed := h.pick("merge", "merge", "split", "prefer", "undo")
	switch {
	case deed == "split":
		_, err = dir.Split(ctx, by, one, "", "another")
	case deed == "prefer":
		_, err = dir.Prefer(ctx, by, directory.Preference{Key: one, Identifier: other}, "the one in use")
	case deed == "undo" && len(made) > 0:
		_, err = dir.Undo(ctx, by, made[h.random.IntN(len(made))].ID, "it was wrong")
	default:
		_, err = dir.Merge(ctx, by, one, other, "one and the same")
	}
	return fmt.Sprintf("%s of %s and %s (%v)", deed, one, other, err)
}
