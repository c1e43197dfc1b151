package resolution_test

import (
	"bytes"
	"encoding/csv"
	"html"
	"regexp"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/mandate"
	"resolute/internal/ooxml/docx"
	"resolute/internal/report/resolution"
)

const arabicText = `القرار 140 (المراجَع في دبي، 2018)
دور الاتحاد في تنفيذ نتائج القمة
إن مؤتمر المندوبين المفوضين للاتحاد الدولي للاتصالات (دبي، 2018)،
إذ يذكّر
أ ) بالقرار 71 (المراجَع في بوسان، 2014)، بشأن الخطة الاستراتيجية للاتحاد للفترة 2012-2015؛
ب) بالقرار ITU-R 61 الصادر عن جمعية الاتصالات الراديوية (WSIS)،
يقرر
1 أن يواصل الاتحاد عمله؛
2 أن يقدم تقريراً سنوياً.
`

func TestADocumentHoldsTheTextAndNoChanges(t *testing.T) {
	for name, text := range map[string]string{"English": oldText, "Arabic": arabicText} {
		r := mandate.Unheld(text)
		var b bytes.Buffer
		if err := resolution.DOCX(&b, r, ""); err != nil {
			t.Fatal(err)
		}
		d, err := docx.Read(b.Bytes())
		if err != nil || d.Changed {
			t.Fatalf("%s: changed %v, %v", name, d.Changed, err)
		}
		checkSides(t, r, r, b.Bytes())
	}
}

// A footnote behind a citation stands at its mark, and where paragraphs begin with verbs the name of the body is the opening.
func TestLinesAreWhatTheyArePrintedAs(t *testing.T) {
	arabic := mandate.Unheld(newArabicText).Printed()
	for _, l := range arabic.Lines {
		if l.Path == "" && l.Kind == mandate.LooseLine {
			t.Errorf("the footnote was not placed: %+v", l)
		}
	}
	assembly := mandate.Unheld("Resolution adopted by the General Assembly on 16 December 2015\n70/125. Title\nThe General Assembly,\nRecalling its resolution 56/183 of 21 December 2001,\n1. Requests the Secretary-General to report;\n").Printed()
	if l := assembly.Lines[2]; l.Kind != mandate.OpeningLine || assembly.Lines[3].Verb != len("Recalling") {
		t.Errorf("opening %+v, verb %d", l, assembly.Lines[3].Verb)
	}
}

// TestADocumentIsReadAgainAsTheSameStructure takes a document in again, as an import does.
func TestADocumentIsReadAgainAsTheSameStructure(t *testing.T) {
	for _, text := range []string{oldText, newText, arabicText} {
		r := mandate.Unheld(text)
		var b bytes.Buffer
		if err := resolution.DOCX(&b, r, ""); err != nil {
			t.Fatal(err)
		}
		got, fault := mandate.File{Name: "text.docx", Data: b.Bytes()}.Read()
		if fault != nil {
			t.Fatal(fault.Message)
		}
		again := mandate.Unheld(got.Text)
		if again.Instrument != r.Instrument || again.Title != r.Title || len(again.Provisions) != len(r.Provisions) || len(again.Footnotes) != len(r.Footnotes) {
			t.Fatalf("%s, %d provisions, %d footnotes: read again as %s, %d, %d", r.Instrument, len(r.Provisions), len(r.Footnotes), again.Instrument, len(again.Provisions), len(again.Footnotes))
		}
		for i, p := range r.Provisions {
			if again.Provisions[i].Thread != p.Thread {
				t.Errorf("%s is read again as %s", p.Thread, again.Provisions[i].Thread)
			}
		}
	}
}

func TestAPageNamesProvisionsByTheirThreadsAndLinksFootnotesBothWays(t *testing.T) {
	var b bytes.Buffer
	if err := resolution.HTML(&b, mandate.Unheld(oldText), resolute.French); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, want := range []string{`<html lang="en" dir="ltr">`, `id="recalling_a"`, `id="resolves_2_ii"`, `id="mark-1" href="#note-1"`, `id="note-1"><a class="mark" href="#mark-1"`, "ladders for islands<sup>",
		`<footer lang="fr"`, "<h2>recalling</h2>", "<h1>Lamps"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in the page", want)
		}
	}
	checkPage(t, page)
}

// checkPage holds what any page must: ids once, links to something, nothing from elsewhere.
func checkPage(t *testing.T, page string) {
	t.Helper()
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if ids[m[1]] {
			t.Errorf("id %s twice", m[1])
		}
		ids[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`(?:href|src)="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if name, local := strings.CutPrefix(m[1], "#"); !local || !ids[name] {
			t.Errorf("%s leads nowhere on the page", m[1])
		}
	}
}

func TestAPageOfChangesGivesBothTexts(t *testing.T) {
	old, new := mandate.Unheld(oldText), mandate.Unheld(newText)
	var b bytes.Buffer
	if err := resolution.RedlineHTML(&b, old, new, ""); err != nil {
		t.Fatal(err)
	}
	checkPage(t, b.String())
	_, main, _ := strings.Cut(b.String(), "<main>")
	main, _, _ = strings.Cut(main, "</main>")
	main = regexp.MustCompile(`<span class="vh"[^>]*>[^<]*</span>|<sup>[^<]*<a [^>]*>[^<]*</a></sup>`).ReplaceAllString(main, "")
	for side, r := range map[string]*mandate.Reading{"ins": old, "del": new} {
		text := regexp.MustCompile(`(?s)<`+side+`>.*?</`+side+`>`).ReplaceAllString(main, "")
		got := strings.Fields(html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(text, "")))
		lines, _ := printed(r, false)
		if want := strings.Fields(strings.Join(lines, "\n")); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("without <%s>:\ngot  %s\nwant %s", side, got, want)
		}
	}
}

func TestATableHasARowForEachProvision(t *testing.T) {
	var b bytes.Buffer
	text := strings.Replace(oldText, "1 to lend", "1 =1+1 to lend", 1)
	if err := resolution.CSV(&b, mandate.Unheld(text)); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	byThread := map[string]map[string]string{}
	for _, row := range rows[1:] {
		cells := map[string]string{}
		for i, name := range rows[0] {
			cells[name] = row[i]
		}
		byThread[cells["thread"]] = cells
	}
	for thread, want := range map[string]map[string]string{
		"itu:wtdc/res/7#recalling_a":   {"part": "preambular", "verb": "recalling", "mark": "a", "level": "1", "footnotes": "Islands of less than ten houses.", "citations": "itu:wtdc/res/5@2006"},
		"itu:wtdc/res/7#resolves_1":    {"part": "operative", "text": "'=1+1 to lend a rope to each of the small islands each winter;"},
		"itu:wtdc/res/7#resolves_2_ii": {"parent": "itu:wtdc/res/7#resolves_2", "level": "2", "path": "resolves_2_ii"},
	} {
		for column, value := range want {
			if got := byThread[thread][column]; got != value {
				t.Errorf("%s: %s %q, want %q", thread, column, got, value)
			}
		}
	}
}
