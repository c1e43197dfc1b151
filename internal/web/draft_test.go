package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/browsertest"
	"resolute/internal/mandate"
)

// draftedText is a text that can be drafted from, with a citation that is old by then.
const draftedText = `RESOLUTION 30 (Rev. Fiction, 2001)
A title in words of our own
The World Telecommunication Development Conference (Fiction, 2001),
recalling
a) Resolution 140 (Rev. Antalya, 2006) of the Plenipotentiary Conference;
b) a second thing,
resolves to invite the Telecommunication Development Sector
1 to go on;
2 to begin, as resolves 1 above says:
i) here;
ii) and there,
instructs the Director of the Telecommunication Development Bureau
1 to report;
2 to publish.
`

// drafting signs the operator in on an installation that holds a text.
func drafting(t *testing.T, text string) (*visitor, string) {
	t.Helper()
	s, v, link := operated(t)
	if _, err := s.Mandate.Import(context.Background(), resolute.Operator(), mandate.File{Name: "our.txt", Data: []byte(text)}); err != nil {
		t.Fatal(err)
	}
	v.post("/sign-in", url.Values{"code": {link}})
	return v, v.form()
}

// begin begins a draft from the page of the text, and gives its address.
func begin(t *testing.T, v *visitor, form string) string {
	t.Helper()
	page := v.get("/mandate/itu:wtdc/res/30?lang=en").Body.String()
	_, rest, found := strings.Cut(page, `name="revision" value="`)
	revision, _, _ := strings.Cut(rest, `"`)
	if !found {
		t.Fatal("the page of a text offers no draft to its operator")
	}
	done := v.post("/draft", url.Values{"form": {form}, "instrument": {mandate.BuiltIn()}, "revision": {revision}, "place": {"Elsewhere"}, "year": {"2029"}, "why": {"for us"}})
	if done.Code != http.StatusSeeOther {
		t.Fatalf("begin: %d %s", done.Code, done.Body)
	}
	return done.Header().Get("Location")
}

func TestTheConferenceOfADraftIsChangedOnItsPage(t *testing.T) {
	v, form := drafting(t, draftedText)
	address := begin(t, v, form)
	done := v.post(address+"/set", url.Values{"form": {form}, "version": {"1"}, "place": {"Harbour"}, "year": {"2031"}, "day": {"2031-05-04"}})
	if done.Code != http.StatusSeeOther || done.Header().Get("Location") != address {
		t.Fatalf("set: %d %s", done.Code, done.Body)
	}
	page := v.get(address + "?lang=en").Body.String()
	for _, want := range []string{"Rev. Harbour, 2031", `value="2031-05-04"`, "conference changed"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of the draft lacks %q", want)
		}
	}
	if again := v.post(address+"/set", url.Values{"form": {form}, "version": {"1"}, "place": {"Harbour"}, "year": {"2032"}}); again.Code != http.StatusConflict {
		t.Errorf("set on an old version: %d, want 409", again.Code)
	}
}

func TestADraftIsWrittenOnPages(t *testing.T) {
	v, form := drafting(t, draftedText)
	address := begin(t, v, form)
	if page := v.get("/mandate/itu:wtdc/res/30?lang=en").Body.String(); !strings.Contains(page, `href="`+address) || !strings.Contains(page, "draft, not adopted") {
		t.Error("the page of the text does not list its draft")
	}
	stranger := &visitor{t: t, handler: v.handler}
	for _, path := range []string{address, address + "/line/title", address + ".docx"} {
		if got := stranger.get(path).Code; got != http.StatusForbidden {
			t.Errorf("nobody signed in gets %s: %d, want 403", path, got)
		}
	}
	if strings.Contains(stranger.get("/mandate/itu:wtdc/res/30?lang=en").Body.String(), "/draft") {
		t.Error("nobody signed in is told of drafts")
	}
	page := v.get(address + "?lang=en").Body.String()
	for _, want := range []string{"Draft of", "Elsewhere, 2029", "Draft, not adopted", "0 changed", "/line/resolves_1"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of the draft does not say %q", want)
		}
	}
	deed := url.Values{"form": {form}, "version": {"1"}, "line": {"title"}, "verb": {"text"}, "text": {"Another title <b>"}, "why": {"clearer"}}
	if done := v.post(address+"/edit", deed); done.Code != http.StatusSeeOther || done.Header().Get("Location") != address+"/line/title" {
		t.Fatalf("save: %d to %s %s", done.Code, done.Header().Get("Location"), done.Body)
	}
	deed.Set("text", "My title")
	late := v.post(address+"/edit?lang=en", deed)
	if body := late.Body.String(); late.Code != http.StatusConflict || !strings.Contains(body, "My title") || !strings.Contains(body, "Another title &lt;b&gt;") || !strings.Contains(body, `name="version" value="2"`) {
		t.Errorf("a save on an old version: %d; both texts must stand on the page, and the version that stands", late.Code)
	}
	deed.Set("version", "2")
	deed.Set("text", strings.Repeat("ت", mandate.LongestDraftLine+1))
	if long := v.post(address+"/edit", deed); long.Code != http.StatusBadRequest || !strings.Contains(long.Body.String(), "تتت") {
		t.Errorf("a text that is too long: %d, and what was typed must stand in the form", long.Code)
	}
	if text := v.get(address + ".txt").Body.String(); !strings.HasPrefix(text, "MOD\n") || !strings.Contains(text, "Another title <b>") {
		t.Errorf("as text:\n%.200s", text)
	}
	file := v.get(address + ".docx")
	if page := v.get(address + ".html"); page.Code != http.StatusOK || !strings.Contains(page.Body.String(), "<ins") {
		t.Errorf("the proposal as a page: %d", page.Code)
	}
	if file.Code != http.StatusOK || !strings.HasPrefix(file.Body.String(), "PK") || !strings.Contains(file.Header().Get("Content-Disposition"), ".docx") {
		t.Errorf("the proposal: %d %v", file.Code, file.Header())
	}
	if back := v.post(address+"/restore", url.Values{"form": {form}, "version": {"1"}}); back.Code != http.StatusSeeOther || strings.Contains(v.get(address+".txt").Body.String(), "Another") {
		t.Errorf("version 1 again: %d", back.Code)
	}
}

// TestALongDraftIsASmallPage measures the page of a resolution with 130 provisions.
func TestALongDraftIsASmallPage(t *testing.T) {
	var text strings.Builder
	text.WriteString("RESOLUTION 30 (Rev. Fiction, 2001)\nA title\nThe World Telecommunication Development Conference (Fiction, 2001),\nresolves\n")
	for n := range 130 {
		fmt.Fprintf(&text, "%d to go on with thing %d of year %d in places %x, with all that belongs to it and %d more of the kind that was asked for%s\n", n+1, n*7919, 1900+n, n*n*n*7919, n*31, ending(n))
	}
	v, form := drafting(t, text.String())
	address := begin(t, v, form)
	for _, path := range []string{address, address + "/line/resolves_7"} {
		var small bytes.Buffer
		w := gzip.NewWriter(&small)
		_, _ = w.Write(v.get(path).Body.Bytes())
		_ = w.Close()
		t.Logf("%s: %d bytes compressed", path, small.Len())
		if small.Len() > 50_000 {
			t.Errorf("%s: %d bytes compressed, want at most 50 kB", path, small.Len())
		}
	}
}

func ending(n int) string {
	if n == 129 {
		return "."
	}
	return ";"
}

func TestPagesOfADraftInABrowser(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	v, form := drafting(t, draftedText)
	address := begin(t, v, form)
	v.post(address+"/edit", url.Values{"form": {form}, "version": {"1"}, "line": {"resolves_1"}, "verb": {"after"}, "text": {"to do a new thing;"}})
	v.post(address+"/edit", url.Values{"form": {form}, "version": {"2"}, "line": {"resolves_1"}, "verb": {"strike"}})
	signed := v.signed()
	var addresses []string
	for _, path := range []string{address, address + "/line/title", address + "/line/new.1", address + "/line/resolves_1", "/mandate/itu:wtdc/res/30"} {
		addresses = append(addresses, signed+path)
	}
	lookAll(t, browser, addresses)
}
