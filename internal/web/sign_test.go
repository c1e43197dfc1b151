package web_test

import (
	"bytes"
	"context"
	"errors"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/account"
	"resolute/internal/ledger"
	"resolute/internal/register"
	"resolute/internal/web"
)

// visitor is one browser: it keeps cookies and sends forms as a page of ours would.
type visitor struct {
	t       *testing.T
	handler http.Handler
	cookies []*http.Cookie
	origin  string // of the page that sends forms
	page    string // address of that page; empty: the browser does not tell
}

// unsigned serves the pages as readers see them to a browser.
func (v *visitor) unsigned() string {
	server := httptest.NewServer(v.handler)
	v.t.Cleanup(server.Close)
	return server.URL
}

// signed serves them as the visitor who signed in sees them.
func (v *visitor) signed() string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.AddCookie(v.cookies[0])
		v.handler.ServeHTTP(w, r)
	}))
	v.t.Cleanup(server.Close)
	return server.URL
}

func (v *visitor) get(path string) *httptest.ResponseRecorder {
	return v.do(httptest.NewRequest(http.MethodGet, "http://example.org"+path, nil))
}

func (v *visitor) post(path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "http://example.org"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", v.origin)
	return v.do(r)
}

func (v *visitor) do(r *http.Request) *httptest.ResponseRecorder {
	for _, c := range v.cookies {
		r.AddCookie(c)
	}
	if v.page != "" {
		r.Header.Set("Referer", v.origin+v.page)
	}
	w := httptest.NewRecorder()
	v.handler.ServeHTTP(w, r)
	if set := w.Result().Cookies(); len(set) > 0 {
		v.cookies = set
	}
	return w
}

// form gives what proves that a form is of this session.
func (v *visitor) form() string {
	m := regexp.MustCompile(`name="form" value="([^"]+)"`).FindStringSubmatch(v.get("/sign-in?lang=en").Body.String())
	if m == nil {
		v.t.Fatal("no form of a session: nobody is signed in")
	}
	return m[1]
}

// operated opens an installation with an operator, and gives the link of that person.
func operated(t *testing.T) (*web.Site, *visitor, string) {
	t.Helper()
	s := site(t, 0)
	s.Accounts = &account.Accounts{DB: s.DB, Now: clock}
	link, err := s.Accounts.Invite(context.Background(), resolute.Operator(), "A. Person")
	if err != nil {
		t.Fatal(err)
	}
	return s, &visitor{t: t, handler: s.Handler(), origin: "http://example.org"}, link
}

func TestTheOperatorSignsInAndOut(t *testing.T) {
	_, v, link := operated(t)
	page := v.get("/sign-in?lang=en&code=" + link)
	if !strings.Contains(page.Body.String(), `name="code" value="`+link+`"`) || page.Header().Get("Cache-Control") != "private, no-store" {
		t.Fatalf("the page of the link: %d %v", page.Code, page.Header())
	}
	if strings.Count(page.Body.String(), link) != 1 {
		t.Error("the code stands elsewhere than in the form")
	}
	in := v.post("/sign-in", url.Values{"code": {link}})
	if in.Code != http.StatusSeeOther || in.Header().Get("Location") != "/" {
		t.Fatalf("signing in: %d to %q", in.Code, in.Header().Get("Location"))
	}
	if c := v.cookies[0]; !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Secure {
		t.Errorf("cookie over http = %+v", c)
	}
	home := v.get("/?lang=en")
	if !strings.Contains(home.Body.String(), "Signed in as A. Person") || home.Header().Get("Cache-Control") != "private, no-store" {
		t.Errorf("the first page does not say who is signed in, or may be kept: %v", home.Header())
	}
	out := v.post("/sign-out", url.Values{"form": {v.form()}})
	if out.Code != http.StatusSeeOther || strings.Contains(v.get("/?lang=en").Body.String(), "A. Person") {
		t.Errorf("signing out: %d, or still signed in", out.Code)
	}
}

// A link that signs nobody in says the same of a code that was used and of one that never was.
func TestADeadLinkSaysHowToGetAnother(t *testing.T) {
	_, v, link := operated(t)
	v.post("/sign-in", url.Values{"code": {link}})
	stranger := &visitor{t: t, handler: v.handler, origin: v.origin}
	told := map[string]bool{}
	for _, code := range []string{link, "guess"} {
		for _, w := range []*httptest.ResponseRecorder{stranger.get("/sign-in?lang=es&code=" + code), stranger.post("/sign-in?lang=es", url.Values{"code": {code}})} {
			body := w.Body.String()
			_, content, _ := strings.Cut(body, "<main")
			told[content] = true
			if w.Code != http.StatusNotFound || !strings.Contains(body, "Este enlace no permite iniciar sesión") || strings.Contains(content, "not-found") || strings.Contains(content, "una sola vez") {
				t.Errorf("code %q: %d %s", code, w.Code, content)
			}
		}
	}
	if len(told) != 1 {
		t.Errorf("%d different answers tell used links from guesses", len(told))
	}
	if body := v.get("/sign-in?lang=en&code=" + link).Body.String(); !strings.Contains(body, "Signed in as A. Person") {
		t.Error("who is signed in already is told of the link")
	}
}

func TestOverHTTPSTheCookieIsBoundToTheHost(t *testing.T) {
	s, v, link := operated(t)
	s.BaseURL = "https://example.org/resolute"
	v.handler, v.origin = s.Handler(), "https://example.org"
	v.post("/resolute/sign-in", url.Values{"code": {link}})
	if len(v.cookies) != 1 || v.cookies[0].Name != "__Host-s" || !v.cookies[0].Secure || v.cookies[0].Path != "/" {
		t.Errorf("cookies = %+v", v.cookies)
	}
}

// TestWhatIsRefused sends each form that must not be obeyed; none may end the session.
func TestWhatIsRefused(t *testing.T) {
	_, v, link := operated(t)
	if code := v.post("/sign-in", url.Values{"code": {"guess"}}).Code; code != http.StatusNotFound {
		t.Errorf("a guessed code: %d, want 404", code)
	}
	v.post("/sign-in", url.Values{"code": {link}})
	form := v.form()
	tests := []struct {
		name, origin, form string
		signedIn           bool
		want               int
	}{
		{"a form of another site", "https://evil.example", form, true, http.StatusForbidden},
		{"a form without origin", "null", form, true, http.StatusForbidden},
		{"a form without proof", "http://example.org", "", true, http.StatusForbidden},
		{"a form of another session", "http://example.org", form + "x", true, http.StatusForbidden},
		{"nobody signed in", "http://example.org", form, false, http.StatusForbidden},
		{"nobody signed in, no proof", "http://example.org", "", false, http.StatusForbidden},
		{"more than a form holds", "http://example.org", strings.Repeat("x", 65<<10), true, http.StatusRequestEntityTooLarge},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			sender := &visitor{t: t, handler: v.handler, origin: test.origin}
			if test.signedIn {
				sender.cookies = v.cookies
			}
			if got := sender.post("/sign-out", url.Values{"form": {test.form}}).Code; got != test.want {
				t.Errorf("answer %d, want %d", got, test.want)
			}
			v.form()
		})
	}
}

func TestWithoutOperatorNothingCanBeWritten(t *testing.T) {
	v := &visitor{t: t, handler: site(t, 0).Handler(), origin: "http://example.org"}
	if code := v.get("/sign-in").Code; code != http.StatusNotFound {
		t.Errorf("sign-in page: %d, want 404", code)
	}
	for _, path := range []string{"/sign-in", "/sign-out"} {
		if code := v.post(path, url.Values{"code": {"x"}}).Code; code != http.StatusMethodNotAllowed {
			t.Errorf("POST %s: %d, want 405", path, code)
		}
	}
}

// sendFile sends a file as the form of the page does.
func (v *visitor) sendFile(name, text string) *httptest.ResponseRecorder {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	file, err := form.CreateFormFile("file", name)
	if err != nil {
		v.t.Fatal(err)
	}
	_, _ = file.Write([]byte(text)) // a buffer takes everything
	if err := errors.Join(form.WriteField("form", v.form()), form.Close()); err != nil {
		v.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "http://example.org/upload", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Origin", v.origin)
	return v.do(r)
}

func TestAFileThatIsTooLargeIsToldItsLimit(t *testing.T) {
	_, v, link := operated(t)
	v.post("/sign-in", url.Values{"code": {link}})
	form := v.get("/upload?lang=en").Body.String()
	for _, want := range []string{"At most 16 MiB", "A ZIP is refused", `aria-describedby="kinds"`} {
		if !strings.Contains(form, want) {
			t.Errorf("the form does not say %q", want)
		}
	}
	v.page = "/upload?lang=ar"
	w := v.sendFile("large.xml", strings.Repeat("x", 17<<20))
	body := w.Body.String()
	for _, want := range []string{`lang="ar"`, "16 ميبيبايت", "resolute import", `class="btn" href="/upload?lang=ar"`, `href="/upload?lang=fr"`} {
		if w.Code != http.StatusRequestEntityTooLarge || !strings.Contains(body, want) {
			t.Errorf("answer %d without %q: %s", w.Code, want, body)
		}
	}
}

func TestATextIsLookedAtBeforeItIsTakenIn(t *testing.T) {
	s, v, link := operated(t)
	v.post("/sign-in", url.Values{"code": {link}})
	sent := v.sendFile(`C:\texts\our.txt`, ourText)
	look := sent.Header().Get("Location")
	if sent.Code != http.StatusSeeOther || !strings.HasPrefix(look, "/upload/") {
		t.Fatalf("sending: %d to %q: %s", sent.Code, look, sent.Body)
	}
	body := v.get(look + "?lang=en").Body.String()
	for _, want := range []string{"our.txt", "to cooperate on the safety of networks;", "itu:wtdc/res/30", "mixes two revisions", "Take it in"} {
		if !strings.Contains(body, want) {
			t.Errorf("the look does not show %q", want)
		}
	}
	if held, err := s.Mandate.Revisions(context.Background(), ""); err != nil || len(held) != 0 {
		t.Fatalf("taken in before anybody said so: %v %v", held, err)
	}
	if stranger := (&visitor{t: t, handler: v.handler}).get(look); stranger.Code != http.StatusForbidden {
		t.Errorf("nobody signed in sees the upload: %d, want 403", stranger.Code)
	}
	taken := v.post(look+"/take", url.Values{"form": {v.form()}})
	if taken.Code != http.StatusSeeOther || taken.Header().Get("Location") != "/import/1" {
		t.Fatalf("taking in: %d to %q: %s", taken.Code, taken.Header().Get("Location"), taken.Body)
	}
	held, err := s.Mandate.Revisions(context.Background(), "")
	if err != nil || len(held) != 1 {
		t.Fatalf("held = %v, %v", held, err)
	}
	account, err := ledger.Get(context.Background(), s.DB, 1)
	if err != nil || account.Actor != "person/1" || account.File != "our.txt" {
		t.Errorf("account = %+v, %v", account, err)
	}
	if again := v.post(look+"/take", url.Values{"form": {v.form()}}).Code; again != http.StatusNotFound {
		t.Errorf("taking in twice: %d, want 404", again)
	}
}

func TestAFileThatIsNoTextIsRefusedWithItsReason(t *testing.T) {
	_, v, link := operated(t)
	v.post("/sign-in", url.Values{"code": {link}})
	look := v.sendFile("x.txt", "\xff\xfe\x00").Header().Get("Location")
	body := v.get(look + "?lang=en").Body.String()
	if !strings.Contains(body, "would be refused whole") || !strings.Contains(body, "save it as UTF-8") || strings.Contains(body, "Take it in") {
		t.Error("the look at a broken file does not say why, or offers to take it in")
	}
	v.post(look+"/discard", url.Values{"form": {v.form()}})
	if code := v.get(look).Code; code != http.StatusNotFound {
		t.Errorf("a discarded upload: %d, want 404", code)
	}
}

func TestAFileOfNoUseSaysWhatItIs(t *testing.T) {
	_, v, link := operated(t)
	v.post("/sign-in", url.Values{"code": {link}})
	for name, c := range map[string]struct{ text, want string }{
		"empty.xml":  {"", "the file is empty"},
		"empty.csv":  {"", "found nothing, expected a row with the names of the columns"},
		"empty.xlsx": {"", "the file is empty"},
		"data.json":  {`{"a": 1}`, "this kind of file is not read"},
		"empty.zip":  {"PK\x05\x06" + strings.Repeat("\x00", 18), "this kind of file is not read"},
		"page.html":  {"<html><p>About lamps</p></html>", "no number of a resolution was found"},
		"cut.xlsx":   {"PK\x03\x04 cut off", "broken archive"},
		"cut.docx":   {"PK\x03\x04 cut off", "the zip cannot be read"},
	} {
		body := v.get(v.sendFile(name, c.text).Header().Get("Location") + "?lang=en").Body.String()
		if !strings.Contains(body, c.want) || strings.Contains(body, "Take it in") {
			t.Errorf("%s is not refused with %q: %s", name, c.want, body)
		}
	}
}

// twoTexts is a page with tracked changes, two editions of one resolution.
const twoTexts = "<html><p>RESOLUTION 30 (Rev. Fiction, <del>2001</del><ins>2005</ins>)</p><p>A title in words of our own</p>" +
	"<p>The World Telecommunication Development Conference,</p><p>recalling</p><p>that the networks are for all,</p>" +
	"<p>resolves to invite the Sector</p><ol><li>to go on with the work of the past;</li><li>to tell of it.</li></ol></html>"

func TestAFileWithTwoTextsIsTakenInBySide(t *testing.T) {
	s, v, link := operated(t)
	v.post("/sign-in", url.Values{"code": {link}})
	look := v.sendFile("r.html", twoTexts).Header().Get("Location")
	body := v.get(look + "?lang=en").Body.String()
	if !strings.Contains(body, "Choose which to look at") || strings.Contains(body, "Take it in") {
		t.Error("the look does not ask for a side, or takes the file in without one")
	}
	body = v.get(look + "?lang=en&side=before").Body.String()
	if !strings.Contains(body, "Rev. Fiction, 2001") || strings.Contains(body, "2005") || !strings.Contains(body, `name="side" value="before"`) || !strings.Contains(body, "side=after") {
		t.Error("the look at one side does not show it alone")
	}
	v.post(look+"/take", url.Values{"form": {v.form()}, "side": {"before"}})
	held, err := s.Mandate.Revisions(context.Background(), "")
	if err != nil || len(held) != 1 || held[0].Label != "Rev. Fiction, 2001" {
		t.Errorf("held = %v, %v", held, err)
	}
	look = v.sendFile("r.html", twoTexts).Header().Get("Location")
	body = v.get(look + "?lang=en&side=both").Body.String()
	for _, want := range []string{"Rev. Fiction, 2001", "Rev. Fiction, 2005", `name="side" value="both"`, "The same text is held already", "Before: every change refused</h2>", "After: every change accepted</h2>"} {
		if !strings.Contains(body, want) {
			t.Errorf("the look at both texts lacks %q", want)
		}
	}
	v.post(look+"/take", url.Values{"form": {v.form()}, "side": {"both"}})
	if held, err = s.Mandate.Revisions(context.Background(), ""); err != nil || len(held) != 2 {
		t.Errorf("held after both = %v, %v", held, err)
	}
}

// The language in which a person looks changes the titles that are shown, and nothing of what is taken in.
func TestWhatIsLookedAtInOneLanguageIsTakenInInAnother(t *testing.T) {
	_, v, link := operated(t)
	v.post("/sign-in", url.Values{"code": {link}})
	look := v.sendFile("own.csv", "id,title_en,title_ar,actual_start\nW1,One,ورشة,2024-01-01\nW2,Two,,2024-01-01\n").Header().Get("Location")
	body := v.get(look + "?lang=ar").Body.String()
	for _, want := range []string{`<bdi lang="ar" dir="rtl">ورشة</bdi>`, `<bdi lang="en" dir="ltr">Two</bdi>`} {
		if !strings.Contains(body, want) {
			t.Errorf("the look in Arabic lacks %s", want)
		}
	}
	_, rest, _ := strings.Cut(body, `name="digest" value="`)
	digest, _, _ := strings.Cut(rest, `"`)
	taken := v.post(look+"/take?lang=en", url.Values{"form": {v.form()}, "digest": {digest}, "source": {"own.csv"}})
	if got := taken.Header().Get("Location"); got != "/import/1?lang=en" {
		t.Errorf("taking in leads to %q", got)
	}
}

func TestATableIsLookedAtBeforeItIsTakenIn(t *testing.T) {
	s, v, link := operated(t)
	v.post("/sign-in", url.Values{"code": {link}})
	take := func(look string) *httptest.ResponseRecorder {
		body := v.get(look + "?lang=en").Body.String()
		_, rest, _ := strings.Cut(body, `name="digest" value="`)
		digest, _, _ := strings.Cut(rest, `"`)
		_, rest, _ = strings.Cut(body, `name="source" value="`)
		source, _, _ := strings.Cut(rest, `"`)
		return v.post(look+"/take", url.Values{"form": {v.form()}, "digest": {digest}, "source": {source}})
	}
	const header = "id,title_en,actual_start\n"
	first := v.sendFile("own.csv", header+"W1,One,2024-01-01\n").Header().Get("Location")
	if body := v.get(first + "?lang=en").Body.String(); !strings.Contains(body, "1 new") || !strings.Contains(body, "One") {
		t.Errorf("the look does not show what is new: %s", body)
	}
	if _, found, err := ledger.Latest(context.Background(), s.DB, "activities", "own.csv"); err != nil || found {
		t.Fatalf("taken in before anybody said so: %v", err)
	}
	if taken := take(first); taken.Header().Get("Location") != "/import/1" {
		t.Fatalf("taking in: %d to %q: %s", taken.Code, taken.Header().Get("Location"), taken.Body)
	}
	second := v.sendFile("own.csv", header+"W1,Two,2024-01-01\n,no identifier,2024-01-01\n").Header().Get("Location")
	body := v.get(second + "?lang=en").Body.String()
	for _, want := range []string{"1 changed", "<bdi dir=\"auto\">One</bdi>", "<bdi dir=\"auto\">Two</bdi>", "A3", "refuse 1"} {
		if !strings.Contains(body, want) {
			t.Errorf("the look does not show %q", want)
		}
	}
	if _, err := s.Register.ImportTable(context.Background(), resolute.Operator(), register.Source{File: "own.csv"}, strings.NewReader(header+"W1,Meanwhile,2024-01-01\n"), register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(body, `name="digest" value="`)
	digest, _, _ := strings.Cut(rest, `"`)
	moved := v.post(second+"/take", url.Values{"form": {v.form()}, "digest": {digest}, "source": {"own.csv"}}).Header().Get("Location")
	if !strings.Contains(moved, second+"?moved=1") {
		t.Fatalf("the data moved, and the form leads to %q", moved)
	}
	if body := v.get(moved + "&lang=en").Body.String(); !strings.Contains(body, "The data changed since") || !strings.Contains(body, "Meanwhile") {
		t.Error("the page does not say that the data moved")
	}
}
