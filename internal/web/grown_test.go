package web_test

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"os"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/mandate"
	"resolute/internal/register"
)

// TestANewParagraphOfTheMandateIsCountedWithoutAnAlias takes in a later revision of the built-in mandate
// that has one paragraph more, links an activity to it by its key, and looks for it everywhere that
// the aliased ones stand.
func TestANewParagraphOfTheMandateIsCountedWithoutAnAlias(t *testing.T) {
	s := site(t, 40)
	ctx := context.Background()
	wording, err := os.ReadFile("../demo/data/wording.txt")
	if err != nil {
		t.Fatal(err)
	}
	const before = "instructs the Director"
	later := strings.Replace(strings.Replace(string(wording), "Demonstration, 2026", "Demonstration, 2040", 1), "\n"+before, "12 to keep a list of lighthouses beyond the horizon,\n\n"+before, 1)
	if !strings.Contains(later, "lighthouses") {
		t.Fatal("the wording of the demonstration has no such heading")
	}
	if _, err := s.Mandate.Import(ctx, resolute.Operator(), mandate.File{Name: "later.txt", Data: []byte(later)}); err != nil {
		t.Fatal(err)
	}
	rows, err := s.Mandate.Paragraphs(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	var added []mandate.Paragraph
	for i, x := range rows {
		if x.ID == x.Thread {
			added = append(added, x)
			if rows[i-1].Thread == x.Thread || rows[i-1].Addressee != x.Addressee {
				t.Errorf("%s stands behind %+v", x.ID, rows[i-1])
			}
		}
	}
	if len(rows) != 49 || len(added) != 1 || added[0].Addressee != mandate.Sector {
		t.Fatalf("%d rows, without an alias %+v", len(rows), added)
	}
	thread := added[0].Thread
	lights := fmt.Sprintf("id,reporter,title_en,status,actual_start,countries,amounts,paragraphs\nl1,F <ZZ-FICT-9>,Fictional lights,implementation,2022-01-01,KE,commitment 2022-02-01 USD 100,%s\n", thread)
	if _, err := s.Register.ImportTable(ctx, resolute.Operator(), register.Source{File: "lights.csv", Name: "lights.csv"}, strings.NewReader(lights), register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	refreshed(t, s)
	h := s.Handler()
	page := strings.Replace("/thread/"+thread, "#", "/", 1)
	for address, want := range map[string]string{
		page + "?lang=en":          "Fictional lights",
		"/?lang=en":                `href="` + page + `?lang=en"`,
		"/coverage?lang=en":        "lighthouses",
		"/mandate/itu:wtdc/res/30": "1 activity",
		"/area/KE?lang=en":         `href="` + page + `?lang=en"`,
		"/gaps?lang=en&thread=" + strings.Replace(thread, "#", "%23", 1):       "lighthouses",
		"/activities?lang=en&thread=" + strings.Replace(thread, "#", "%23", 1): "Fictional lights",
		"/coverage.csv": thread,
		"/coverage?instrument=itu:wtdc/res/30&lang=en": "lighthouses",
	} {
		w := get(t, h, address)
		if w.Code != http.StatusOK || !strings.Contains(html.UnescapeString(w.Body.String()), html.UnescapeString(want)) {
			t.Errorf("%s: status %d without %q", address, w.Code, want)
		}
	}
}

// TestAParagraphWithoutAMarkTakesNoNumberOfAnother splits a paragraph of the built-in mandate in two: the second
// half has no mark, and stands on the first page beside the paragraph that prints its number.
func TestAParagraphWithoutAMarkTakesNoNumberOfAnother(t *testing.T) {
	s := site(t, 0)
	ctx := context.Background()
	wording, err := os.ReadFile("../demo/data/wording.txt")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Mandate.Import(ctx, resolute.Operator(), mandate.File{Name: "text.txt", Data: wording}); err != nil {
		t.Fatal(err)
	}
	text, err := s.Mandate.Read(ctx, mandate.BuiltIn(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Mandate.Correct(ctx, resolute.Operator(), text, "resolves_3", mandate.Correction{Deed: mandate.Split, Words: "and to say for each", Reason: "so printed"}); err != nil {
		t.Fatal(err)
	}
	refreshed(t, s)
	page := get(t, s.Handler(), "/?lang=en").Body.String()
	_, section, _ := strings.Cut(page, `/thread/R1?`)
	section, _, _ = strings.Cut(section, "</section>")
	if four, other := strings.Count(section, `<bdi aria-hidden="true">4</bdi>`), strings.Count(section, `<bdi aria-hidden="true">¶`); four != 1 || other != 1 {
		t.Errorf("%d paragraphs have the number 4, and %d have none: %s", four, other, section)
	}
}
