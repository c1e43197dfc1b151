package web_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"resolute/internal/ooxml/docx"
)

const wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

func TestATextIsTakenAwayAsADocument(t *testing.T) {
	h := site(t, 5).Handler()
	page := get(t, h, "/mandate/itu:wtdc/res/30?lang=en").Body.String()
	for ending, kind := range map[string]string{"docx": wordType, "html": "text/html; charset=utf-8", "txt": "text/plain; charset=utf-8"} {
		if !strings.Contains(page, "/mandate/itu:wtdc/res/30."+ending) {
			t.Errorf("the page does not lead to .%s", ending)
		}
		for _, edition := range []string{"", "@2035"} {
			w := get(t, h, "/mandate/itu:wtdc/res/30"+edition+"."+ending)
			if w.Code != 200 || w.Header().Get("Content-Type") != kind {
				t.Errorf("%s.%s: %d %s", edition, ending, w.Code, w.Header().Get("Content-Type"))
			}
		}
	}
	rows, err := csv.NewReader(get(t, h, "/mandate/itu:wtdc/res/30@2035.csv").Body).ReadAll()
	if err != nil || len(rows) < 4 || rows[0][0] != "thread" {
		t.Errorf("%d rows of provisions, %v", len(rows), err)
	}
	for _, address := range []string{"/about.docx", "/mandate/itu:pp/res/140.docx", "/matrix.html"} {
		if w := get(t, h, address); w.Code != 404 {
			t.Errorf("%s: %d, want 404", address, w.Code)
		}
	}
}

func TestADocumentIsNoPageOfOurs(t *testing.T) {
	w := get(t, site(t, 5).Handler(), "/mandate/itu:wtdc/res/30.html")
	if got := w.Header().Get("Content-Disposition"); got != `attachment; filename="30.html"` {
		t.Errorf("Content-Disposition %q", got)
	}
}

func TestTheWordsAroundATextFollowTheAddressElseTheText(t *testing.T) {
	h := site(t, 5).Handler()
	for lang, want := range map[string]string{"": "Unofficial wording", "?lang=fr": "Formulation non officielle"} {
		if body := get(t, h, "/mandate/itu:wtdc/res/30.html"+lang).Body.String(); !strings.Contains(body, want) || !strings.Contains(body, `<html lang="en" dir="ltr">`) {
			t.Errorf("lang %q: no %q, or the text is in another language", lang, want)
		}
	}
}

func TestChangesAreTakenAwayAsTrackedChanges(t *testing.T) {
	h := holding(t, oldLamps, newLamps).Handler()
	if page := get(t, h, lamps+"?lang=en").Body.String(); !strings.Contains(page, "compare.docx") || !strings.Contains(page, "compare.html") {
		t.Error("the page of the changes does not lead to documents")
	}
	w := get(t, h, lamps+".docx")
	d, err := docx.Read(w.Body.Bytes())
	if err != nil || w.Header().Get("Content-Type") != wordType || !d.Changed {
		t.Fatalf("%v %v", err, w.Header())
	}
	if again := get(t, h, lamps+".docx"); !bytes.Equal(again.Body.Bytes(), w.Body.Bytes()) {
		t.Error("asked twice, the bytes differ")
	}
	if body := get(t, h, lamps+".html").Body.String(); !strings.Contains(body, "<ins>") || !strings.Contains(body, "end of insertion") {
		t.Error("the page of changes lacks them, or words for those who do not see them")
	}
}
