package report_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/demo"
	"resolute/internal/framework"
	"resolute/internal/mandate"
	"resolute/internal/register"
	"resolute/internal/report"
	"resolute/internal/wording"
)

var update = flag.Bool("update", false, "write the goldens anew")

var period = resolute.Period{From: "2021-01-01", To: "2024-12-31"}

func clock() time.Time { return time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC) }

// installation is a register with some demonstration activities; none for an empty one.
func installation(t testing.TB, activities int) *report.Report {
	t.Helper()
	return installed(t, dbtest.SQLite(t), activities)
}

func installed(t testing.TB, d *db.DB, activities int) *report.Report {
	t.Helper()
	if activities > 0 {
		if err := demo.Load(context.Background(), &register.Register{DB: d, Now: clock}, demo.Options{Activities: activities, Seed: 1}); err != nil {
			t.Fatal(err)
		}
	}
	c := &coverage.Coverage{DB: d, Frameworks: &framework.Framework{DB: d, Now: clock}}
	for _, a := range mandate.Aliases() {
		c.Paragraphs = append(c.Paragraphs, coverage.Paragraph{ID: a.Alias, Parent: a.Parent, Thread: a.Thread, Addressee: a.Addressee, Title: a.Wording})
	}
	if _, err := c.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	return &report.Report{Coverage: c, BaseURL: "https://resolute.example"}
}

func summary(t testing.TB, r *report.Report, lang resolute.Lang) *report.Document {
	t.Helper()
	return written(t, r, report.Options{Period: period, Lang: lang})
}

func written(t testing.TB, r *report.Report, o report.Options) *report.Document {
	t.Helper()
	d, err := r.Summary(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func html(t testing.TB, d *report.Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := d.WriteHTML(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func docx(t testing.TB, d *report.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.WriteDOCX(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// annex is the table of the annex with the rows that are made when it is written.
func annex(t testing.TB, d *report.Document) report.Table {
	t.Helper()
	table := d.Annex.Table
	if err := d.Annex.Each(context.Background(), func(row []report.Run) error {
		table.Rows = append(table.Rows, row)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(table.Rows) != d.Annex.Count {
		t.Errorf("the annex has %d rows and says %d", len(table.Rows), d.Annex.Count)
	}
	return table
}

// tables lists every table of a document, that of the annex last.
func tables(t testing.TB, d *report.Document) []report.Table {
	t.Helper()
	var list []report.Table
	for _, b := range d.Blocks {
		if t, ok := b.(report.Table); ok {
			list = append(list, t)
		}
	}
	return append(list, annex(t, d))
}

// texts lists every sentence of a document, those of the box first.
func texts(d *report.Document) []report.Text {
	var list []report.Text
	for _, part := range d.Box {
		list = append(list, part.Texts...)
	}
	for _, b := range d.Blocks {
		if t, ok := b.(report.Text); ok {
			list = append(list, t)
		}
	}
	return list
}

func TestTheSameDataGivesTheSameBytes(t *testing.T) {
	first, second := installation(t, 60), installation(t, 60)
	for _, lang := range []resolute.Lang{"en", "ar"} {
		a, b := summary(t, first, lang), summary(t, second, lang)
		if !bytes.Equal(docx(t, a), docx(t, b)) || html(t, a) != html(t, b) {
			t.Errorf("%s: two installations of the same data differ", lang)
		}
	}
}

func TestASummaryOfADataVersionStays(t *testing.T) {
	ctx := context.Background()
	r := installation(t, 60)
	then, err := r.Coverage.Version(ctx)
	if err != nil {
		t.Fatal(err)
	}
	type files struct{ html, docx string }
	pinned := func(r *report.Report, lang resolute.Lang) files { // written at once: the annex is read with the writing
		d := written(t, r, report.Options{Period: period, Lang: lang, At: then.Seq})
		return files{html(t, d), string(docx(t, d))}
	}
	before, present := map[resolute.Lang]files{}, html(t, summary(t, r, "en"))
	for _, lang := range []resolute.Lang{"en", "ar"} {
		before[lang] = pinned(r, lang)
	}
	d := register.Decision{Verdict: register.Confirm, Reach: register.Reach{Rule: "dac:22040"}, Share: register.NoShare, Reason: "test"}
	if _, err := (&register.Register{DB: r.Coverage.DB, Now: clock}).Decide(ctx, resolute.Operator(), d); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Coverage.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	if html(t, summary(t, r, "en")) == present {
		t.Error("the decision changed nothing: the test shows nothing")
	}
	figures, err := r.Coverage.At(ctx, then.Seq)
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range before {
		if pinned(&report.Report{Coverage: figures, BaseURL: r.BaseURL}, lang) != want {
			t.Errorf("%s: the summary of version %d is not what it was then", lang, then.Seq)
		}
	}
}

func TestASummaryOfADataVersionNamesIt(t *testing.T) {
	r := installation(t, 40)
	version, err := r.Coverage.Version(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	d := written(t, r, report.Options{Period: period, Lang: "en", At: version.Seq})
	want := fmt.Sprintf("Figures of data version %d of 1 October 2026", version.Seq)
	front, _, _ := strings.Cut(html(t, d), "<main>")
	if !strings.Contains(front, want) || !strings.Contains(parts(t, docx(t, d))["word/document.xml"], want) {
		t.Errorf("the front page lacks %q", want)
	}
	if strings.Contains(html(t, summary(t, r, "en")), "Figures of data version") {
		t.Error("a summary of the newest data says that it is pinned")
	}
	at := fmt.Sprintf("at=%d&", version.Seq)
	for _, f := range d.Facts() {
		if !strings.Contains(f.Query, at) || f.Repeat != "" && !strings.Contains(f.Repeat, fmt.Sprintf(" --at %d", version.Seq)) {
			t.Errorf("a figure leads to %s and %q, not to the version", f.Query, f.Repeat)
		}
	}
}

// head is the head of the log, which belongs to an installation and not to its data.
var head = regexp.MustCompile(`[0-9a-f]{64}|[Ll]og head [0-9a-f]{12}`)

func TestBothEnginesGiveTheSameSummary(t *testing.T) {
	seen, engines := map[string]bool{}, 0
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		doc, all := summary(t, installed(t, d, 60), "en"), ""
		files := parts(t, docx(t, doc))
		for _, name := range slices.Sorted(maps.Keys(files)) {
			all += files[name]
		}
		seen[head.ReplaceAllString(html(t, doc)+all, "")] = true
		engines++
	})
	if len(seen) != 1 {
		t.Errorf("%d engines give %d different summaries", engines, len(seen))
	}
}

func TestTheSummaryStandsInSixLanguages(t *testing.T) {
	r := installation(t, 60)
	for _, lang := range resolute.Langs {
		d := summary(t, r, lang)
		page := html(t, d)
		if strings.Contains(page, "⟦") || strings.Contains(page, "{") && regexp.MustCompile(`\{[a-z]+\}`).MatchString(page) || !strings.Contains(page, `<html lang="`+string(lang)+`" dir="`+lang.Dir()+`">`) {
			t.Errorf("%s: a missing key, an empty place or a wrong language", lang)
		}
		for name, part := range parts(t, docx(t, d)) {
			wellFormed(t, name, part)
		}
	}
}

func parts(t *testing.T, file []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, part := range archive.File {
		f, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(f)
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if err != nil {
			t.Fatal(err)
		}
		all[part.Name] = string(raw)
	}
	return all
}

func wellFormed(t *testing.T, name, text string) {
	t.Helper()
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

// names are digits in sentences of the catalogues that belong to names.
var names = regexp.MustCompile(`(Resolution 30|2030 Agenda|“0”)`)

func TestEveryFigureNamesItsRecords(t *testing.T) {
	d := summary(t, installation(t, 60), "en")
	figures := 0
	for _, text := range texts(d) {
		for _, r := range text.Runs {
			if r.Fact != nil {
				figures++
			} else if !r.Name && !r.Blank && regexp.MustCompile(`\d`).MatchString(names.ReplaceAllString(r.Text, "")) {
				t.Errorf("%q has a figure without its records", r.Text)
			}
		}
	}
	for _, table := range tables(t, d) {
		for _, row := range table.Rows {
			for i, r := range row {
				if table.Columns[i].Figures != (r.Fact != nil) {
					t.Errorf("%s, %q of %q: a figure without records, or records without a figure", table.Label, r.Text, row[0].Text)
				}
				if r.Fact != nil {
					figures++
				}
			}
		}
		if table.Repeat == "" && slices.ContainsFunc(table.Columns, func(c report.Column) bool { return c.Figures }) {
			t.Errorf("%s does not say how its figures are got again", table.Label)
		}
	}
	if figures < 500 {
		t.Errorf("only %d figures", figures)
	}
}

// list asks the register what an address of the list of activities asks for.
func list(t *testing.T, r *report.Report, query string) (coverage.List, bool) {
	t.Helper()
	u, err := url.Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	if u.Path != "/activities" {
		return coverage.List{}, false
	}
	q := u.Query()
	p, err := resolute.ParsePeriod(q.Get("period"))
	if err != nil {
		t.Fatal(err)
	}
	f := coverage.Filter{Threads: q["thread"], Lines: q["line"], Goals: q["goal"], Regions: q["region"], Groups: q["group"], Organisations: q["org"], Lacks: q["lacks"]}
	l, err := r.Coverage.Activities(context.Background(), coverage.ListQuery{Filter: f, Period: p})
	if err != nil {
		t.Fatal(err)
	}
	return l, true
}

func TestWhoFollowsAFigureFindsItsRecords(t *testing.T) {
	r := installation(t, 80)
	d := summary(t, r, "en")
	facts := d.Facts()
	for _, table := range tables(t, d) {
		for _, row := range table.Rows {
			for _, run := range row {
				if run.Fact != nil {
					facts = append(facts, run.Fact)
				}
			}
		}
	}
	followed := 0
	for _, f := range facts {
		if l, is := list(t, r, f.Query); is {
			followed++
			if l.Total != f.Records {
				t.Errorf("%s: the report says %d records, the list has %d", f.Query, f.Records, l.Total)
			}
		}
	}
	if followed < 300 {
		t.Errorf("only %d addresses of lists", followed)
	}
}

func TestEveryFigureOfASentenceHasAFootnote(t *testing.T) {
	d := summary(t, installation(t, 60), "en")
	want := 1 // the table of the annex; its rows lead to their activity
	for _, text := range texts(d) {
		want += facts(text.Runs)
	}
	for _, table := range tables(t, d)[:len(tables(t, d))-1] {
		if table.Repeat != "" {
			want++
		}
	}
	all := parts(t, docx(t, d))
	if got := strings.Count(all["word/document.xml"], "<w:footnoteReference "); got != want {
		t.Errorf("%d footnotes, want %d", got, want)
	}
	notes := all["word/footnotes.xml"]
	for _, words := range []string{fmt.Sprintf("data version %d", d.Version), "resolute coverage --by action-line --from 2021-01-01 --to 2024-12-31", "/activities?lang=en&amp;line=…&amp;period=2021..2024"} {
		if !strings.Contains(notes, words) {
			t.Errorf("no footnote says %q", words)
		}
	}
}

// The footnote of a table stands for its rows: each of them refers to it, and it says how many
// records each has behind it.
func TestEveryRowOfFiguresRefersToTheFootnoteOfItsTable(t *testing.T) {
	for _, base := range []string{"https://resolute.example", ""} {
		r := installation(t, 60)
		r.BaseURL = base
		d := summary(t, r, "en")
		all := parts(t, docx(t, d))
		notes, want := strings.ReplaceAll(all["word/footnotes.xml"], "\u00a0", " "), 0
		for _, table := range tables(t, d)[:len(tables(t, d))-1] {
			for _, row := range table.Rows {
				if facts(row) > 0 {
					want++
				}
				for _, run := range row {
					said := recordsOf(run, table.Key)
					if run.Fact != nil && (!strings.Contains(notes, said) || strings.Contains(notes, said+", "+said)) {
						t.Errorf("%s: no footnote says %q once", table.Label, said)
					}
				}
			}
		}
		if got := strings.Count(all["word/document.xml"], " NOTEREF "); got != want {
			t.Errorf("with address %q: %d references to footnotes of tables, want one of each of %d rows", base, got, want)
		}
		if said := strings.Contains(notes, "; Proposed: "); said != (base == "") {
			t.Errorf("with address %q: the footnotes name what is proposed: %v; figures lead there where they can", base, said)
		}
	}
}

// recordsOf is what a footnote says of a figure in a row.
func recordsOf(r report.Run, key string) string {
	if r.Fact == nil {
		return ""
	}
	u, err := url.Parse(r.Fact.Query)
	if value := u.Query().Get(key); err == nil && value != "" {
		return fmt.Sprintf("%s: %d", value, r.Fact.Records)
	}
	return fmt.Sprintf("%d", r.Fact.Records)
}

// An activity may reach further than the region that a table is about.
func TestTablesOfARegionCountItsOwnCountries(t *testing.T) {
	r := installation(t, 80)
	d, region, further := summary(t, r, "en"), "", false
	for _, b := range d.Blocks {
		if h, is := b.(report.Heading); is {
			region = map[string]string{"Africa": "AFR", "Arab States": "ARB", "Europe": "EUR"}[h.Text]
		}
		table, is := b.(report.Table)
		if !is || region == "" {
			continue
		}
		for _, row := range table.Rows {
			u, err := url.Parse(row[2].Fact.Query)
			if err != nil {
				t.Fatal(err)
			}
			line, _, _ := strings.Cut(row[0].Text, " ")
			own, all := countries(t, r, coverage.Filter{Lines: u.Query()["line"], Regions: []string{region}}, region)
			further = further || all > own
			if row[3].Text != fmt.Sprint(own) {
				t.Errorf("%s in %s: %s countries, want %d", line, region, row[3].Text, own)
			}
		}
	}
	if !further {
		t.Error("no activity reaches further than its region: the test says nothing")
	}
}

// countries counts those of the activities that count for a line: the region's own, and all.
func countries(t *testing.T, r *report.Report, f coverage.Filter, region string) (own, all int) {
	t.Helper()
	list, err := r.Coverage.Activities(context.Background(), coverage.ListQuery{Filter: f, Period: period, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	held := map[string]bool{}
	for _, a := range list.Items {
		for _, code := range a.Countries {
			held[code] = true
		}
	}
	for code := range held {
		if country, _ := framework.Builtin().Country(code); country.ITURegion == region {
			own++
		}
	}
	return own, len(held)
}

// facts counts what runs rest on, each once.
func facts(runs []report.Run) int {
	seen := map[*report.Fact]bool{}
	for _, r := range runs {
		if r.Fact != nil {
			seen[r.Fact] = true
		}
	}
	return len(seen)
}

func TestMissingIsNotZero(t *testing.T) {
	d := summary(t, installation(t, 0), "en")
	page := html(t, d)
	if !strings.Contains(page, "no report") || !strings.Contains(page, "No report was received for the period.") {
		t.Error("an empty installation does not say that nothing was reported")
	}
	for _, table := range tables(t, d) {
		if len(table.Columns) > 2 && table.Columns[1].Head == "State" && len(table.Rows) > 0 && table.Rows[0][2].Text == "0" {
			t.Errorf("%s counts 0 where nothing was reported", table.Title)
		}
	}
	page = html(t, summary(t, installation(t, 40), "en"))
	if !strings.Contains(page, "no amount reported") || !strings.Contains(page, `<bdi dir="ltr">0</bdi>`) {
		t.Error("a count of nothing and an amount that nobody reported look alike")
	}
}

func TestAFieldThatNobodyFilledIsABlankAndMakesADraft(t *testing.T) {
	r := installation(t, 10)
	d := summary(t, r, "en")
	if d.Blanks != 7 || d.Draft == "" || strings.Count(html(t, d), `<mark class="blank">`) != 7 {
		t.Errorf("%d blanks, draft %q", d.Blanks, d.Draft)
	}
	full := written(t, r, report.Options{Period: period, Lang: "fr", Fields: report.Fields{Number: "CWG-X/7", Revision: 1, Place: "Genève, 25-26 janvier 2027", Agenda: "4.2",
		Date: "2026-11-23", Original: "en", Contact: "A. Exemple", Stocktaking: "Rien.", Next: "Aucune."}})
	page := html(t, full)
	if full.Blanks != 0 || full.Draft != "" || strings.Contains(page, "<mark") {
		t.Errorf("%d blanks are left in a document that is filled in", full.Blanks)
	}
	for _, words := range []string{"Révision 1 du Document CWG-X/7-F", "Genève, 25-26 janvier 2027", "Point de l’ordre du jour : 4.2", "23 novembre 2026", "Original : anglais", "A. Exemple"} {
		if !strings.Contains(page, words) {
			t.Errorf("the front page does not say %q", words)
		}
	}
}

// section gives the names of the rows of the table under a heading.
func section(d *report.Document, heading string) []string {
	var rows []string
	inside := false
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case report.Heading:
			inside = b.Text == heading
		case report.Table:
			for _, row := range b.Rows {
				if inside {
					code, _, _ := strings.Cut(row[0].Text, " ")
					rows = append(rows, code)
				}
			}
		}
	}
	return rows
}

func TestLinesStandInTheOrderOfTheirRoles(t *testing.T) {
	d := summary(t, installation(t, 20), "en")
	for heading, want := range map[string]string{
		"Action lines with ITU as sole facilitator":    "C2 C5 C6",
		"Action lines with ITU as co-facilitator":      "C1 C3 C4 C6 C7 C7.1 C7.2 C7.3 C7.4 C7.5 C7.6 C7.7 C7.8 C11",
		"Action lines with ITU as partner":             "C8 C9",
		"Action lines for which no role is stated":     "C10",
		"Action lines with ITU as lead facilitator":    "",
		"The Director of the Telecommunication Bureau": "",
	} {
		if got := strings.Join(section(d, heading), " "); got != want {
			t.Errorf("%s: %s, want %s", heading, got, want)
		}
	}
}

func TestContradictingRolesAreShownAndNotResolved(t *testing.T) {
	page := html(t, summary(t, installation(t, 20), "en"))
	for _, words := range []string{"C6 stands in roles that exclude each other", "R11.i\u00a0= resolves\u00a011\u00a0i", "R11.ii\u00a0= resolves\u00a011\u00a0ii",
		"No provision states a role of ITU as facilitator or partner for C10.", "likely struck"} {
		if !strings.Contains(page, words) {
			t.Errorf("the summary does not say %q", words)
		}
	}
}

func TestInstrumentsStandAsTheyWereAtTheEndOfThePeriod(t *testing.T) {
	page := html(t, summary(t, installation(t, 20), "en"))
	for _, words := range []string{"superseded by A/RES/80/173, 17 December 2025", "not yet; adopted 17 December 2025", "PP Resolution 140"} {
		if !strings.Contains(page, words) {
			t.Errorf("the background does not say %q", words)
		}
	}
}

func TestTheAnnexListsEveryActivityOfThePeriod(t *testing.T) {
	r := installation(t, 80)
	l, err := r.Coverage.Activities(context.Background(), coverage.ListQuery{Period: period})
	if err != nil {
		t.Fatal(err)
	}
	if got := len(annex(t, summary(t, r, "en")).Rows); got != l.Total {
		t.Errorf("the annex has %d rows, the register %d activities", got, l.Total)
	}
}

// Rows that are made while they are written may fail then; a file that ends early must not pass
// for a whole one.
func TestAReportThatCannotBeReadToItsEndIsAnError(t *testing.T) {
	d := summary(t, installation(t, 20), "en")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for name, write := range map[string]func(context.Context, io.Writer) error{"DOCX": d.WriteDOCX, "HTML": d.WriteHTML} {
		if err := write(ctx, io.Discard); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v, want that the run was stopped", name, err)
		}
	}
}

func TestTheRuleUnderTheFiguresIsInTheLanguageOfTheReport(t *testing.T) {
	r := installation(t, 5)
	for _, lang := range resolute.Langs {
		d := summary(t, r, lang)
		rule := wording.For(lang).T("coverage.rule_text.2")
		if !slices.ContainsFunc(texts(d), func(text report.Text) bool {
			return len(text.Runs) == 1 && text.Runs[0].Text == rule && text.Runs[0].Lang == ""
		}) {
			t.Errorf("%s: the report does not say %q", lang, rule)
		}
	}
}

func TestTheSummaryReadsAsTheGolden(t *testing.T) {
	r := installation(t, 25)
	for _, lang := range []resolute.Lang{"en", "ar"} {
		file, got := "testdata/summary."+string(lang)+".txt", plain(t, summary(t, r, lang))
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s differs; go test -update, then read the difference", file)
		}
	}
}

// plain writes a document as text, each figure with the number of its fact or records.
func plain(t testing.TB, d *report.Document) string {
	t.Helper()
	var b strings.Builder
	f := d.Front
	for _, r := range []report.Run{f.Meeting, f.Place, f.Agenda, f.Number, f.Date, f.Original, f.Source} {
		fmt.Fprintln(&b, r.Text)
	}
	fmt.Fprintf(&b, "%s\n%s\n", d.Draft, d.Title)
	for _, part := range d.Box {
		fmt.Fprintf(&b, "[%s]\n", part.Label)
		for _, text := range part.Texts {
			fmt.Fprintln(&b, line(text.Runs))
		}
	}
	for _, block := range d.Blocks {
		switch block := block.(type) {
		case report.Heading:
			fmt.Fprintf(&b, "\n%s %s\n", block.Number, block.Text)
		case report.Text:
			fmt.Fprintln(&b, line(block.Runs))
		case report.Table:
			plainTable(&b, block)
		}
	}
	fmt.Fprintf(&b, "\n%s: %s\n%s\n", d.Annex.Label, d.Annex.Title, d.Annex.Note)
	plainTable(&b, annex(t, d))
	fmt.Fprintln(&b, d.Foot)
	return b.String()
}

func plainTable(b *strings.Builder, t report.Table) {
	fmt.Fprintf(b, "%s: %s (%s)\n", t.Label, t.Title, t.Repeat)
	for _, row := range t.Rows {
		var cells []string
		for _, r := range row {
			cells = append(cells, strings.ReplaceAll(r.Text, "\n", ", "))
		}
		fmt.Fprintf(b, "  %s\n", strings.Join(cells, " | "))
	}
}

func line(runs []report.Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
		if r.Fact != nil {
			fmt.Fprintf(&b, "[%d]", r.Fact.Number)
		}
	}
	return b.String()
}

func BenchmarkSummary15000(b *testing.B) {
	r := installation(b, 15_000)
	for b.Loop() {
		d, err := r.Summary(context.Background(), report.Options{Lang: "en"})
		if err != nil {
			b.Fatal(err)
		}
		if err := d.WriteDOCX(context.Background(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
