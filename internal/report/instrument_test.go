package report_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db/dbtest"
	"resolute/internal/framework"
	"resolute/internal/mandate"
	"resolute/internal/register"
	"resolute/internal/report"
)

const otherText = `RESOLUTION 140 (Rev. Fable, 2031)
A title in words of our own
The Plenipotentiary Conference of the International Telecommunication Union (Fable, 2031),
resolves
1 to lay submarine cables to the islands that have none;
2 to train teachers of rural schools:
i) in the use of computers;
ii) in the use of networks.
`

// otherInstrument is the register of a text other than the built-in mandate, one paragraph of which
// two activities answer.
func otherInstrument(t *testing.T) *report.Report {
	t.Helper()
	ctx, d := context.Background(), dbtest.SQLite(t)
	m := &mandate.Mandate{DB: d, Now: clock}
	if _, err := m.Import(ctx, resolute.Operator(), mandate.File{Name: "r.txt", Data: []byte(otherText)}); err != nil {
		t.Fatal(err)
	}
	r := &register.Register{DB: d, Now: clock}
	csv := "id,reporter,title_en,status,actual_start,actual_end,paragraphs\n" +
		"ZZ-1,ZZ-FICT-1,First cable,2,2022-01-01,2023-01-01,itu:pp/res/140#resolves_1\n" +
		"ZZ-2,ZZ-FICT-1,Second cable,2,2022-01-01,2023-01-01,itu:pp/res/140#resolves_1\n"
	if _, err := r.ImportTable(ctx, resolute.Operator(), register.Source{File: "own.csv"}, strings.NewReader(csv), register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	paragraphs, err := m.Paragraphs(ctx, "itu:pp/res/140")
	if err != nil {
		t.Fatal(err)
	}
	c := &coverage.Coverage{DB: d, Frameworks: &framework.Framework{DB: d, Now: clock}, Paragraphs: paragraphs}
	if _, err := c.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	return &report.Report{Coverage: c, BaseURL: "https://resolute.example"}
}

func TestAnotherInstrumentHasItsReport(t *testing.T) {
	r := otherInstrument(t)
	d := written(t, r, report.Options{Period: period, Lang: "en", Instrument: "itu:pp/res/140"})
	page := html(t, d)
	for _, want := range []string{"What answers the paragraphs of PP Resolution 140", "resolves_1 to lay submarine cables", "Operative paragraphs:", "instrument=itu%3App%2Fres%2F140", "--instrument itu:pp/res/140",
		"https://resolute.example/thread/itu:pp/res/140/resolves_2_i"} {
		if !strings.Contains(page, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	if strings.Contains(page, `class="annex"`) {
		t.Error("an annex that the outline does not have")
	}
	if strings.Contains(page, "Resolution 30") || strings.Contains(page, "thread/R1") {
		t.Error("the report speaks of the built-in mandate")
	}
	paragraphs := tables(t, d)[0]
	if row := paragraphs.Rows[0]; len(paragraphs.Rows) != 4 || row[2].Text != "2" {
		t.Errorf("the table of paragraphs: %+v", paragraphs.Rows)
	}
	if files := parts(t, docx(t, d)); !regexp.MustCompile(`submarine cables`).MatchString(files["word/document.xml"]) {
		t.Error("the document lacks the paragraphs")
	}
}
