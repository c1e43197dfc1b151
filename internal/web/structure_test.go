package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/browsertest"
	"resolute/internal/mandate"
	"resolute/internal/web"
)

// runTogether is a text of our own in which two paragraphs stand on one line, and one has lost its mark.
const runTogether = `RESOLUTION 9 (Dubai, 2018)
On lamps
The Plenipotentiary Conference of the International Telecommunication Union (Dubai, 2018),
resolves
1 to light the lamps; 2 to watch <i>them</i>;
4 to report,
and to publish the report.
`

const structureAddress = "/mandate/itu:pp/res/9?view=structure"

func lampsIn(t *testing.T, s *web.Site) {
	t.Helper()
	if _, err := s.Mandate.Import(context.Background(), resolute.Operator(), mandate.File{Name: "lamps.txt", Data: []byte(runTogether)}); err != nil {
		t.Fatal(err)
	}
}

func TestReadersSeeHowATextWasReadAndTheOperatorCorrectsIt(t *testing.T) {
	s, v, link := operated(t)
	lampsIn(t, s)
	if page := v.get("/mandate/itu:pp/res/9?lang=en").Body.String(); !strings.Contains(page, "view=structure") {
		t.Error("the page of the text does not lead to how it was read")
	}
	page := v.get(structureAddress + "&lang=en&provision=resolves_1").Body.String()
	for _, want := range []string{"Its mark does not follow the one before it.", "certainty 60 %", `id="resolves_1"`, "&lt;i&gt;them"} {
		if !strings.Contains(page, want) {
			t.Errorf("a reader does not see %q", want)
		}
	}
	if strings.Contains(page, "/structure/correct") {
		t.Error("a reader has a form")
	}
	if w := v.post("/structure/correct", url.Values{"instrument": {"itu:pp/res/9"}, "revision": {"1"}}); w.Code != http.StatusForbidden {
		t.Errorf("a reader corrects: %d", w.Code)
	}
	v.post("/sign-in", url.Values{"code": {link}})
	if page = v.get(structureAddress + "&lang=en&provision=resolves_1").Body.String(); strings.Count(page, "/structure/correct") != 1 {
		t.Fatalf("the operator has no form, or more than one:\n%s", page)
	}
	correct := func(values url.Values, want int) {
		t.Helper()
		values["form"], values["instrument"], values["revision"], values["reason"] = []string{v.form()}, []string{"itu:pp/res/9"}, []string{"1"}, []string{"the printed text"}
		w := v.post("/structure/correct", values)
		if w.Code != want {
			t.Fatalf("%v: %d %s", values, w.Code, w.Body)
		}
		if to := w.Header().Get("Location"); want == http.StatusSeeOther && !strings.HasSuffix(to, "view=structure#"+values.Get("provision")) {
			t.Errorf("%v leads to %s, not back to its place", values, to)
		}
	}
	correct(url.Values{"provision": {"resolves_1"}, "as": {"split"}, "words": {"2 to watch"}}, http.StatusSeeOther)
	correct(url.Values{"provision": {"resolves_1"}, "as": {"indent"}}, http.StatusBadRequest)
	page = v.get(structureAddress + "&lang=en").Body.String()
	for _, want := range []string{`id="resolves_2"`, "A. Person", "the printed text", "A person corrected it."} {
		if !strings.Contains(page, want) {
			t.Errorf("after the correction the page does not tell %q", want)
		}
	}
	var got mandate.Structure
	if err := json.Unmarshal(v.get("/mandate/itu:pp/res/9.json?view=structure").Body.Bytes(), &got); err != nil || len(got.Corrections) != 1 || len(got.Provisions) != 4 {
		t.Errorf("as data: %+v, %v", got, err)
	}
	if w := v.post("/structure/undo", url.Values{"form": {v.form()}, "instrument": {"itu:pp/res/9"}, "revision": {"1"}, "correction": {"1"}}); w.Code != http.StatusSeeOther || !strings.HasSuffix(w.Header().Get("Location"), "view=structure#made") {
		t.Errorf("taken back: %d, leads to %s", w.Code, w.Header().Get("Location"))
	}
	if page = v.get(structureAddress + "&lang=en").Body.String(); strings.Contains(page, `id="resolves_2"`) {
		t.Error("taken back, the text is still split")
	}
}

// The home page tells of a correction, and that it was taken back, in the language of the reader.
func TestTheLatestChangesTellOfCorrections(t *testing.T) {
	s, v, _ := operated(t)
	lampsIn(t, s)
	r, err := s.Mandate.Read(context.Background(), "itu:pp/res/9", 0)
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.Mandate.Correct(context.Background(), resolute.Operator(), r, "resolves_4", mandate.Correction{Deed: mandate.Indent, Reason: "a part of 1"})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Mandate.UndoCorrection(context.Background(), resolute.Operator(), r, c.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Coverage.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string][]string{
		"en": {"A person corrected how a text was read: itu:pp/res/9", "A person took back a correction of how a text was read: itu:pp/res/9"},
		"fr": {"Une personne a corrigé la lecture d’un texte : itu:pp/res/9", "Une personne a annulé une correction de la lecture d’un texte : itu:pp/res/9"},
	} {
		page := v.get("/?lang=" + lang).Body.String()
		for _, line := range want {
			if !strings.Contains(page, line) {
				t.Errorf("%s: the home page does not tell %q", lang, line)
			}
		}
	}
}

// A paragraph that is joined is found in the one before it.
func TestAJoinedParagraphLeadsToTheOneBefore(t *testing.T) {
	s, v, link := operated(t)
	lampsIn(t, s)
	v.post("/sign-in", url.Values{"code": {link}})
	v.get(structureAddress)
	w := v.post("/structure/correct", url.Values{"form": {v.form()}, "instrument": {"itu:pp/res/9"}, "revision": {"1"}, "reason": {"the printed text"}, "provision": {"resolves_4"}, "as": {"join"}})
	if to := w.Header().Get("Location"); !strings.HasSuffix(to, "view=structure#resolves_1") {
		t.Errorf("it leads to %s", to)
	}
}

// The page with its form open and with a correction made, as readers and the operator see it.
func TestTheStructureOfATextInABrowser(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	s, v, link := operated(t)
	lampsIn(t, s)
	unsigned := v.unsigned()
	v.post("/sign-in", url.Values{"code": {link}})
	signed := v.signed()
	v.post("/structure/correct", url.Values{"form": {v.form()}, "instrument": {"itu:pp/res/9"}, "revision": {"1"}, "reason": {"the printed text"},
		"provision": {"resolves_1"}, "as": {"split"}, "words": {"2 to watch"}})
	page := browser.Open(t, signed+structureAddress+"&lang=en", widths[1])
	address := page.Text(`document.querySelector('#resolves_2 p.note a').href`)
	if open := browser.Open(t, address, widths[1]).Text(`document.querySelector('#resolves_2 form button').textContent`); open != "Correct" {
		t.Errorf("behind the link of a provision the form says %q", open)
	}
	form := browser.Open(t, address, widths[0])
	form.Text(`(() => { const f = document.querySelector('#resolves_2 form'); f.elements.as.value = 'renumber'; f.elements.label.value = '3';
		f.elements.reason.value = 'misprint'; f.querySelector('button').click(); return '' })()`)
	if place := shownAt(form, "#resolves_3"); place != "resolves_3" {
		t.Fatalf("after the form was sent the browser is at %q", place)
	}
	if left := form.Text(`(() => { document.querySelector('#made form button').click(); return '' })()`) + shownAt(form, "#made"); left != "made" || form.Number(`document.querySelectorAll('#made form').length`) != 1 {
		t.Errorf("after a correction was taken back the browser is at %q, or the list is not shorter", left)
	}
	lookAll(t, browser, []string{unsigned + structureAddress, signed + structureAddress, strings.Replace(strings.Split(address, "#")[0], "lang=en&", "", 1)})
}

// shownAt waits until a page that a form leads to is shown at a place of it, and names the element there.
func shownAt(page *browsertest.Page, place string) (id string) {
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end) && id == ""; time.Sleep(50 * time.Millisecond) {
		id = page.Text(`document.readyState == 'complete' && location.hash == '` + place + `' ? (document.querySelector(':target') || {}).id || '' : ''`)
	}
	return id
}
