package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/browsertest"
	"resolute/internal/mandate"
	"resolute/internal/mandate/redline"
	"resolute/internal/web"
)

// mixedText is a text of our own in which two revisions are mixed, with a sure and a doubtful part.
const mixedText = `RESOLUTION 9 (Rev. Busan, 2014Dubai, 2018)
On lamps
The Plenipotentiary Conference of the International Telecommunication Union (Busan, 2014Dubai, 2018),
noting
a) that lamps burn;
b) that oil is dear;
cb) that wicks are cheap,
noting further
a) that glass breaks;
b) that it is cleaned daily;
b) that it is cleaned by the hour;
c) that some <i>light</i> is lost,
resolves
1 to go on.
`

func mixedSite(t *testing.T) *web.Site {
	s := site(t, 20)
	if _, err := s.Mandate.Import(context.Background(), resolute.Operator(), mandate.File{Name: "mixed.txt", Data: []byte(mixedText)}); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestATextThatMixesTwoRevisionsIsShownApart(t *testing.T) {
	h := mixedSite(t).Handler()
	const address = "/mandate/itu:pp/res/9"
	if page := get(t, h, address+"?lang=en").Body.String(); !strings.Contains(page, "view=redline") {
		t.Error("the page of the text does not lead to the proposal")
	}
	page := get(t, h, address+"?view=redline&lang=en").Body.String()
	for _, want := range []string{
		`[struck: </span>Busan, 2014<span`, `[inserted: </span>Dubai, 2018<span`, "end of inserted text]",
		`<del id="s6:0-20">`, `<del class="unsure" id="s10:0-28">`, `<ins class="unsure"`,
		"7 changes are sure", // a place and year twice, the item b), and two marks of one item
		"2 are doubtful", "certainty 60 %", "Or else: the first is the new one", "view=before", "view=after", "&lt;i&gt;light",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the proposal does not say %q", want)
		}
	}
}

func TestBothTextsCanBeTakenAway(t *testing.T) {
	h := mixedSite(t).Handler()
	want := redline.Split(mixedText)
	for view, text := range map[string]string{"before": want.Before, "after": want.After} {
		w := get(t, h, "/mandate/itu:pp/res/9.txt?view="+view)
		if got := w.Body.String(); got != text || w.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
			t.Errorf("%s as %s:\n%s", view, w.Header().Get("Content-Type"), got)
		}
		if page := get(t, h, "/mandate/itu:pp/res/9?lang=en&view="+view).Body.String(); !strings.Contains(page, "itu:pp/res/9.txt?") || strings.Contains(page, "<del") {
			t.Errorf("the page of the text %s does not lead to the file, or shows changes", view)
		}
	}
	var got redline.Proposal
	if err := json.Unmarshal(get(t, h, "/mandate/itu:pp/res/9.json?view=redline").Body.Bytes(), &got); err != nil || len(got.Spans) != len(want.Spans) {
		t.Errorf("%d spans as JSON, want %d (%v)", len(got.Spans), len(want.Spans), err)
	}
	for _, address := range []string{"/mandate/itu:pp/res/9.txt?view=redline", "/about.txt"} {
		if w := get(t, h, address); w.Code != 404 {
			t.Errorf("%s: %d, want 404", address, w.Code)
		}
	}
}

func TestTheProposalInABrowser(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	server := httptest.NewServer(mixedSite(t).Handler())
	t.Cleanup(server.Close)
	var addresses []string
	for _, view := range []string{"redline", "before", "after"} {
		addresses = append(addresses, server.URL+"/mandate/itu:pp/res/9?view="+view)
	}
	lookAll(t, browser, addresses)
}

// decidingSite holds the mixed text where a person is signed in.
func decidingSite(t *testing.T) (*web.Site, *visitor, string) {
	t.Helper()
	s, v, link := operated(t)
	if _, err := s.Mandate.Import(context.Background(), resolute.Operator(), mandate.File{Name: "mixed.txt", Data: []byte(mixedText)}); err != nil {
		t.Fatal(err)
	}
	return s, v, link
}

func TestThePersonDecidesTheDoubtfulSpansOnThePage(t *testing.T) {
	s, v, link := decidingSite(t)
	const page = "/mandate/itu:pp/res/9?revision=1&view=redline"
	if body := v.get(page + "&lang=en").Body.String(); strings.Contains(body, "redline/decide") {
		t.Error("a reader who is not signed in is offered to decide")
	}
	v.post("/sign-in", url.Values{"code": {link}})
	if body := v.get(page + "&lang=en").Body.String(); strings.Count(body, `action="/redline/decide"`) != 2 || strings.Contains(body, `action="/redline/take"`) {
		t.Fatal("not both doubtful spans, and nothing else, are offered for decision")
	}
	about := func(more ...string) url.Values {
		form := url.Values{"form": {v.form()}, "instrument": {"itu:pp/res/9"}, "revision": {"1"}}
		for i := 0; i < len(more); i += 2 {
			form.Set(more[i], more[i+1])
		}
		return form
	}
	if w := v.post("/redline/take", about()); w.Code != http.StatusConflict {
		t.Errorf("taken in undecided: %d, want 409", w.Code)
	}
	if w := v.post("/redline/decide", about("span", "10:0-28", "as", "deleted", "reason", " ")); w.Code != http.StatusBadRequest {
		t.Errorf("without a reason: %d, want 400", w.Code)
	}
	for span, as := range map[string]string{"10:0-28": "inserted", "11:0-34": "deleted"} {
		w := v.post("/redline/decide", about("span", span, "as", as, "reason", "page <4>"))
		if to := w.Header().Get("Location"); w.Code != http.StatusSeeOther || !strings.Contains(to, "view=redline") {
			t.Fatalf("%s: %d to %q: %s", span, w.Code, to, w.Body)
		}
	}
	body := (&visitor{t: t, handler: v.handler}).get(page + "&lang=en").Body.String()
	for _, want := range []string{"Decided by", "A. Person", "page &lt;4&gt;", "0 are doubtful"} {
		if !strings.Contains(body, want) {
			t.Errorf("readers do not see %q", want)
		}
	}
	v.post("/redline/undo", about("decision", "1"))
	if _, err := s.Coverage.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	log := v.get("/?lang=en").Body.String()
	for _, want := range []string{"A person decided what was struck or inserted in a text that mixes two revisions: itu:pp/res/9", "A person took back a decision about a text that mixes two revisions: itu:pp/res/9"} {
		if !strings.Contains(log, want) {
			t.Errorf("the first page does not say %q", want)
		}
	}
	v.post("/redline/decide", about("span", "10:0-28", "as", "inserted", "reason", "again"))
	v.post("/redline/decide", about("span", "11:0-34", "as", "deleted", "reason", "again"))
	if w := v.post("/redline/take", about()); w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/import/") {
		t.Fatalf("taking in: %d %s", w.Code, w.Body)
	}
	if held, err := s.Mandate.Revisions(context.Background(), "itu:pp/res/9"); err != nil || len(held) != 3 {
		t.Errorf("held: %v %v, want the mixed text and both sides", held, err)
	}
}

func TestDecidingInABrowser(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	s, v, link := decidingSite(t)
	r, err := s.Mandate.Read(context.Background(), "itu:pp/res/9", 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Mandate.DecideSpan(context.Background(), resolute.Operator(), r, "10:0-28", redline.Kept, "so printed"); err != nil {
		t.Fatal(err)
	}
	v.post("/sign-in", url.Values{"code": {link}})
	var addresses []string
	for _, by := range []string{"reader", "person"} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if by == "person" {
				r.AddCookie(v.cookies[0])
			}
			v.handler.ServeHTTP(w, r)
		}))
		t.Cleanup(server.Close)
		addresses = append(addresses, server.URL+"/mandate/itu:pp/res/9?revision=1&view=redline")
	}
	lookAll(t, browser, addresses)
}
