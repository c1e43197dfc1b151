package report_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db/dbtest"
	"resolute/internal/demo"
	"resolute/internal/framework"
	"resolute/internal/mandate"
	"resolute/internal/register"
	"resolute/internal/report"
)

func clock() time.Time { return time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC) }

// installation is a register with some demonstration activities; none for an empty one.
func installation(t testing.TB, activities int) *report.Report {
	t.Helper()
	d := dbtest.SQLite(t)
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
	d, err := r.Summary(context.Background(), report.Options{Period: resolute.Period{From: "2021-01-01", To: "2024-12-31"}, Lang: lang})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func html(t testing.TB, d *report.Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := d.WriteHTML(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func docx(t testing.TB, d *report.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.WriteDOCX(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTheSameDataGivesTheSameBytes(t *testing.T) {
	r := installation(t, 60)
	first, second := summary(t, r, "en"), summary(t, r, "en")
	if !bytes.Equal(docx(t, first), docx(t, second)) || html(t, first) != html(t, second) {
		t.Error("two runs differ")
	}
}

func TestTheSummaryStandsInSixLanguages(t *testing.T) {
	r := installation(t, 60)
	for _, lang := range resolute.Langs {
		d := summary(t, r, lang)
		page := html(t, d)
		if strings.Contains(page, "⟦") || !strings.Contains(page, `<html lang="`+string(lang)+`" dir="`+lang.Dir()+`">`) {
			t.Errorf("%s: a missing key or a wrong language", lang)
		}
		parts, err := zip.NewReader(bytes.NewReader(docx(t, d)), int64(len(docx(t, d))))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range parts.File {
			if strings.HasSuffix(part.Name, ".xml") {
				wellFormed(t, part)
			}
		}
	}
}

func wellFormed(t *testing.T, part *zip.File) {
	t.Helper()
	f, err := part.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for d := xml.NewDecoder(f); ; {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", part.Name, err)
		}
	}
}

func TestEveryFigureOfATableNamesItsRecords(t *testing.T) {
	d := summary(t, installation(t, 60), "en")
	figures := 0
	for _, b := range d.Blocks {
		table, ok := b.(report.Table)
		if !ok {
			continue
		}
		for _, row := range table.Rows {
			for i, run := range row {
				if !table.Columns[i].Figures || row[0].Text == "A region only, no country" || row[0].Text == "Membership not known" {
					continue
				}
				figures++
				if !strings.HasPrefix(run.Evidence, "https://resolute.example/activities?") || !strings.Contains(run.Evidence, "period=2021..2024") {
					t.Errorf("%s, %q of %q: evidence %q", table.Label, run.Text, row[0].Text, run.Evidence)
				}
			}
		}
	}
	if figures < 200 {
		t.Errorf("only %d figures", figures)
	}
}

func TestBlanksAreHonest(t *testing.T) {
	page := html(t, summary(t, installation(t, 0), "en"))
	if !strings.Contains(page, "no report") || strings.Contains(page, ">nothing<") || !strings.Contains(page, "[to be filled in]") {
		t.Error("an empty installation does not say that nothing was reported")
	}
}

func TestContradictingRolesAreShownAndNotResolved(t *testing.T) {
	d := summary(t, installation(t, 20), "en")
	c6 := 0
	for _, b := range d.Blocks {
		if table, ok := b.(report.Table); ok {
			for _, row := range table.Rows {
				if strings.HasPrefix(row[0].Text, "C6 ") {
					c6++
				}
			}
		}
	}
	if c6 != 2 || !regexp.MustCompile(`C6 stands in two roles`).MatchString(html(t, d)) {
		t.Errorf("C6 stands in %d roles, want both and a sentence", c6)
	}
}

func TestTheAnnexListsEveryActivityOfThePeriod(t *testing.T) {
	r := installation(t, 80)
	list, err := r.Coverage.Activities(context.Background(), coverage.ListQuery{Period: resolute.Period{From: "2021-01-01", To: "2024-12-31"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := len(summary(t, r, "en").Annex.Rows); got != list.Total {
		t.Errorf("the annex has %d rows, the register %d activities", got, list.Total)
	}
}

func BenchmarkSummary15000(b *testing.B) {
	r := installation(b, 15_000)
	for b.Loop() {
		d, err := r.Summary(context.Background(), report.Options{Lang: "en"})
		if err != nil {
			b.Fatal(err)
		}
		if err := d.WriteDOCX(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
