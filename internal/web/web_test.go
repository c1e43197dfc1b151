package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db/dbtest"
	"resolute/internal/demo"
	"resolute/internal/directory"
	"resolute/internal/framework"
	"resolute/internal/ledger"
	"resolute/internal/mandate"
	"resolute/internal/measure"
	"resolute/internal/register"
	"resolute/internal/web"
	"resolute/internal/wording"
)

func clock() time.Time { return time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC) }

// site opens an installation with some demonstration activities; none for an empty one.
func site(t testing.TB, activities int) *web.Site {
	t.Helper()
	d := dbtest.SQLite(t)
	frameworks := &framework.Framework{DB: d, Now: clock}
	reg := &register.Register{DB: d, Now: clock}
	var paragraphs []coverage.Paragraph
	for _, a := range mandate.Aliases() {
		paragraphs = append(paragraphs, coverage.Paragraph{ID: a.Alias, Parent: a.Parent, Thread: a.Thread, Addressee: a.Addressee, Title: a.Wording})
	}
	c := &coverage.Coverage{DB: d, Frameworks: frameworks, Paragraphs: paragraphs}
	if activities > 0 {
		if err := demo.Load(context.Background(), reg, demo.Options{Activities: activities, Seed: 1}); err != nil {
			t.Fatal(err)
		}
	}
	if activities > 0 {
		if _, err := (&mandate.Mandate{DB: d, Now: clock}).Import(context.Background(), resolute.Operator(), mandate.File{Name: "text.txt", Data: []byte(ourText)}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	return &web.Site{DB: d, Coverage: c, Register: reg, Directory: &directory.Directory{DB: d, Now: clock}, Mandate: &mandate.Mandate{DB: d, Now: clock}, Frameworks: frameworks, Measure: &measure.Measure{DB: d, Now: clock}, Demo: true, Version: "test",
		Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
}

// ourText has the form of a resolution and words of our own; its label carries two revisions.
const ourText = `RESOLUTION 30 (Rev. Fiction, 2031 Fable, 2035)
A title in words of our own
The Conference of the example,
recalling
a) a first thing,
resolves to invite the Sector
8 to cooperate on the safety of networks;
11 to propose means:
ii) for lines with a partner.
`

func TestThePageOfAParagraphShowsItsText(t *testing.T) {
	h := site(t, 20).Handler()
	body := get(t, h, "/thread/R8?lang=en").Body.String()
	if !strings.Contains(body, "to cooperate on the safety of networks;") || !strings.Contains(body, "mixes two revisions") {
		t.Error("the page of R8 does not show the imported text, or not that it mixes two revisions")
	}
	if body := get(t, h, "/mandate/itu:wtdc/res/30?lang=en").Body.String(); !strings.Contains(body, "a first thing") {
		t.Error("the page of the resolution does not show its preamble")
	}
}

func get(t testing.TB, h http.Handler, address string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// pages is one address of every kind of page.
func pages(t testing.TB, s *web.Site) []string {
	t.Helper()
	list, err := s.Coverage.Activities(context.Background(), coverage.ListQuery{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	addresses := []string{"/", "/mandate/itu:wtdc/res/30", "/thread/R8", "/thread/itu:wtdc/res/30/resolves_11_ii", "/coverage", "/coverage?by=country", "/coverage?by=group",
		"/line/C2", "/line/C7", "/goal/9", "/target/9.c", "/area/KE", "/area/AFR", "/area/LDC", "/places", "/places?show=organisations&region=AFR", "/places?area=KE", "/places/locations", "/places/locations?area=KE&sort=title&region=AFR", "/places/locations?q=nothing-like-this", "/matrix", "/matrix/targets", "/matrix?goal=9", "/matrix?view=list&region=AFR", "/matrix?view=gaps&show=proposed",
		"/gaps", "/gaps?region=AFR&gap=no-result&line=C7&period=2021..2024", "/gaps?line=C11&goal=1&thread=R8", "/gap/thread/R8/no-result", "/gap/matrix/C2/9/nothing", "/gap/matrix/C2/9.c/no-result?period=2022..2024&group=LDC",
		"/activities/filter?line=C2&region=AFR", "/figures", "/figures?rule=as-reported@1&currency=USD&line=C2", "/coverage?currency=USD",
		"/activities", "/activities?line=C2&region=AFR&q=rural", "/activities?q=nothing-like-this", "/organisations", "/organisations?role=1&q=fictional&sort=name", "/organisations?q=nothing-like-this", "/organisations/candidates", "/organisations/candidates?q=nothing-like-this&area=KE", "/imports", "/about", "/rules", "/iati", "/nowhere",
		"/mandate/itu:pp/res/140", "/mandate/itu:wtdc/res/30?view=gaps", "/mandate/itu:wtdc/res/30?view=today", "/mandate/itu:wtdc/res/30/compare", "/mandate/itu:wtdc/res/30/compare?view=inline&show=all", "/mandate/itu:wtdc/res/30?view=redline", "/mandate/itu:wtdc/res/30?view=after", "/instruments", "/instruments?q=digital&body=itu:pp&sort=cited", "/instruments?year=1066", "/citations", "/citations?by=provision&cited_body=itu:pp", "/citations?standing=in-force&body=un:s", "/search", "/search?q=network", "/search?q=nothing-like-this"}
	if len(list.Items) > 0 {
		addresses = append(addresses, "/activity/"+list.Items[0].Key, "/organisation/1", "/import/1", "/thread/itu:wtdc/res/30/recalling_a")
	}
	return addresses
}

func TestEveryPageStandsInEveryLanguage(t *testing.T) {
	t.Parallel()
	s := site(t, 80)
	h := s.Handler()
	for _, address := range pages(t, s) {
		for _, lang := range resolute.Langs {
			joint := "?"
			if strings.Contains(address, "?") {
				joint = "&"
			}
			w := get(t, h, address+joint+"lang="+string(lang))
			if want := map[bool]int{true: 404, false: 200}[address == "/nowhere"]; w.Code != want {
				t.Errorf("%s in %s: status %d", address, lang, w.Code)
			}
			body := w.Body.String()
			if strings.Contains(body, "⟦") || !strings.Contains(body, `<html lang="`+string(lang)+`" dir="`+lang.Dir()+`">`) || strings.Count(body, "<h1") != 1 {
				t.Errorf("%s in %s: a missing key, a wrong language or not one heading", address, lang)
			}
		}
	}
}

func TestAnEmptyInstallationSaysWhatToDo(t *testing.T) {
	s := site(t, 0)
	h := s.Handler()
	for _, address := range pages(t, s) {
		if w := get(t, h, address); w.Code >= 500 {
			t.Errorf("%s: status %d", address, w.Code)
		}
	}
	if body := get(t, h, "/").Body.String(); !strings.Contains(body, "resolute import") || strings.Count(body, "no report") < 44 {
		t.Error("the first page of an empty installation does not say what to do, or shows a report")
	}
	for _, lang := range resolute.Langs {
		if page := get(t, s.Handler(), "/?lang="+string(lang)).Body.String(); strings.Contains(page, "1970") {
			t.Errorf("%s: the first page dates an import that never was", lang)
		}
	}
}

func TestTheFirstPageAnswersItsQuestion(t *testing.T) {
	h := site(t, 80).Handler()
	body := get(t, h, "/?lang=en").Body.String()
	for what, want := range map[string]string{
		"the headings of the text":     "<h2>further instructs the Director</h2>",
		"the printed number":           `<bdi aria-hidden="true">11 ii</bdi>`,
		"a bar a region":               `class="bar" viewBox="0 0 1000 18"`,
		"the words of a bar":           "no report: 0",
		"the latest change in words":   "Text of a resolution loaded",
		"the list behind a count":      `href="/coverage?by=provision&amp;lang=en&amp;show=answered"`,
		"the search of every page":     `action="/search"`,
		"all gaps":                     `href="/gaps?lang=en"`,
		"that names imply no opinion":  "imply no opinion",
		"the data version of the page": "data version ",
		"the way to change the period": "<u>change</u>",
		"how new the evidence is":      "The newest evidence is of",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the first page lacks %s: %q", what, want)
		}
	}
}

func TestThePageOfAnAreaSaysWhatIsAskedAndWhatItIsPartOf(t *testing.T) {
	h := site(t, 80).Handler()
	for address, wants := range map[string][]string{
		"/area/KE?lang=en":                                {`ITU region: <a href="/area/AFR?lang=en"`, "The four priorities of M1", "What the resolution asks of Member States", "Median of the region", "calls upon Member States", "ECA"},
		"/area/AFR?lang=en":                               {"Countries of the region", `href="/area/KE?lang=en"`},
		"/area/ASP?lang=en":                               {"Belong to more than one UN regional commission"},
		"/area/LDC?lang=en&period=2022..2023":             {"Members on 31 December 2023", `href="/area/TD?lang=en&amp;period=2022..2023"`},
		"/area/LDC?lang=en&period=1950-01-01..1951-01-01": {"Membership on 1 January 1951 is not known"},
	} {
		body := get(t, h, address).Body.String()
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q", address, want)
			}
		}
	}
}

func TestTheLedgerGroupsFindingsByRule(t *testing.T) {
	s := site(t, 80)
	h := s.Handler()
	body := get(t, h, "/import/1?lang=en").Body.String()
	for _, want := range []string{"records were read", "<summary>", "Expected", ">Found<", "Findings as data", "column "} {
		if !strings.Contains(body, want) {
			t.Errorf("the ledger lacks %q", want)
		}
	}
	if table := get(t, h, "/import/1.csv").Body.String(); strings.Count(table, "\n") < 2 {
		t.Error("the table of findings is empty")
	}
}

func TestATableIsLeftWithTheRowsOfOneState(t *testing.T) {
	h := site(t, 80).Handler()
	counted := regexp.MustCompile(`show=partly"><b>(\d+)</b>`).FindStringSubmatch(get(t, h, "/?lang=en").Body.String())
	if counted == nil {
		t.Fatal("the first page does not count the paragraphs that are answered in part")
	}
	body := get(t, h, "/coverage?lang=en&by=provision&show=partly").Body.String()
	table, _, _ := strings.Cut(body, "<tfoot>")
	if got := strings.Count(table, `<th scope="row">`); fmt.Sprint(got) != counted[1] {
		t.Errorf("the table has %d rows, the first page says %s", got, counted[1])
	}
}

func TestEveryAnswerBearsTheHeaders(t *testing.T) {
	s := site(t, 20)
	h := s.Handler()
	for _, address := range append(pages(t, s), "/index.json", "/imports.csv", "/icon.svg") {
		w := get(t, h, address)
		if got := w.Header().Get("Content-Security-Policy"); !strings.Contains(got, "default-src 'none'") || strings.Contains(got, "unsafe") {
			t.Errorf("%s: policy %q", address, got)
		}
		if w.Header().Get("X-Content-Type-Options") != "nosniff" || w.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s: headers %v", address, w.Header())
		}
	}
}

func TestNoPageHoldsScriptOrInlineStyle(t *testing.T) {
	s := site(t, 40)
	h := s.Handler()
	for _, address := range pages(t, s) {
		body := get(t, h, address).Body.String()
		for _, bad := range []string{"<script", " style=", "<style", "javascript:", " onclick"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s holds %q", address, bad)
			}
		}
	}
}

func TestEveryPageIsUnder50KilobytesPacked(t *testing.T) {
	t.Parallel()
	s := site(t, 400)
	h := s.Handler()
	style := packedSize(t, get(t, h, regexp.MustCompile(`/static/[0-9a-f]+\.css`).FindString(get(t, h, "/").Body.String())).Body.Bytes())
	for _, address := range pages(t, s) {
		if n := packedSize(t, get(t, h, address).Body.Bytes()) + style; n > 50_000 {
			t.Errorf("%s and the style sheet are %d bytes packed", address, n)
		}
	}
}

func packedSize(t *testing.T, body []byte) int {
	t.Helper()
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, 5)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := z.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

func TestAnUnchangedPageIsNotSentAgain(t *testing.T) {
	s := site(t, 20)
	h := s.Handler()
	first := get(t, h, "/thread/R8")
	tag := first.Header().Get("ETag")
	if w := get(t, h, "/thread/R8", "If-None-Match", tag); w.Code != http.StatusNotModified || w.Body.Len() != 0 {
		t.Errorf("same page again: %d with %d bytes", w.Code, w.Body.Len())
	}
	if w := get(t, h, "/thread/R8", "If-None-Match", tag, "Accept-Language", "ar"); w.Code != http.StatusOK {
		t.Errorf("another language: %d, want the page", w.Code)
	}
	_, err := s.Register.Decide(context.Background(), resolute.Operator(), register.Decision{Verdict: register.Refuse,
		Reach: register.Reach{Rule: "dac:22010"}, Share: register.NoShare, Reason: "test"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Coverage.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	if w := get(t, h, "/thread/R8", "If-None-Match", tag); w.Code != http.StatusOK {
		t.Errorf("after a decision: %d, want the new page", w.Code)
	}
}

func TestUnknownParametersAreNamedNeverDropped(t *testing.T) {
	h := site(t, 20).Handler()
	body := get(t, h, "/activities?colour=red&period=2022-26&lang=xx&line=C2").Body.String()
	for _, want := range []string{"colour", "period=2022-26", "lang=xx"} {
		if !strings.Contains(body, want) {
			t.Errorf("the notice does not name %s", want)
		}
	}
	if body := get(t, h, "/coverage?by=moon"); body.Code != http.StatusBadRequest {
		t.Errorf("an unknown view: %d", body.Code)
	}
}

func TestWhatReadersTypeIsEscaped(t *testing.T) {
	h := site(t, 20).Handler()
	body := get(t, h, "/activities?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E&lang=en").Body.String()
	if strings.Contains(body, "<script>alert") {
		t.Error("the typed text came back as markup")
	}
}

func TestEveryPageIsDataToo(t *testing.T) {
	s := site(t, 60)
	h := s.Handler()
	for _, address := range pages(t, s) {
		if address == "/nowhere" {
			continue
		}
		path, query, _ := strings.Cut(address, "?")
		if path == "/" {
			path = "/index"
		}
		if strings.Contains(get(t, h, path+"?lang=en&"+query).Body.String(), "Not understood") {
			continue // a body that no text held is of
		}
		w := get(t, h, path+".json?"+query)
		if w.Code != http.StatusOK || !json.Valid(w.Body.Bytes()) {
			t.Errorf("%s.json: status %d", path, w.Code)
		}
		if w = get(t, h, path+".csv?"+query); w.Code != http.StatusOK && path != "/about" || w.Code == http.StatusOK && !strings.Contains(w.Body.String(), ",") {
			t.Errorf("%s.csv: status %d", path, w.Code)
		}
	}
}

func TestBehindAProxyEveryLinkStartsWithTheOutsidePath(t *testing.T) {
	s := site(t, 20)
	s.BaseURL = "https://wsis.example.org/resolute"
	h := s.Handler()
	body := get(t, h, "/resolute/activities", "X-Forwarded-Host", "evil.example").Body.String()
	if !strings.Contains(body, `href="/resolute/`) || strings.Contains(body, `href="/activit`) || strings.Contains(body, "evil.example") {
		t.Error("links do not start with the path of the outside address, or believe a header")
	}
}

func TestAnAddressWithoutItsNameIsNotFoundAndLeadsNowhere(t *testing.T) {
	s := site(t, 0)
	s.BaseURL = "https://wsis.example.org/resolute"
	h := s.Handler()
	for _, path := range []string{"/mandate", "/thread", "/gap", "/indicator", "/statistics", "/akn", "/area", "/resolute/mandate"} {
		if w := get(t, h, path); w.Code != http.StatusNotFound || w.Header().Get("Location") != "" {
			t.Errorf("%s: %d, location %q", path, w.Code, w.Header().Get("Location"))
		}
	}
}

func TestOnlyReadingIsPossible(t *testing.T) {
	h := site(t, 0).Handler()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/activities", strings.NewReader("x=1")))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}
}

var (
	usedKey = regexp.MustCompile(`\.T (?:\(print )?"([a-z0-9_.-]+)"`)
	literal = regexp.MustCompile(`>[^<{]*[A-Za-z]{2,}[^<{]*<`)
	actions = regexp.MustCompile(`\{\{[^}]*\}\}`)
	command = regexp.MustCompile(`<(?:code|pre) [^>]*>resolute [^<]*</(?:code|pre)>`) // the same in every language
)

func TestEveryKeyOfTheTemplatesExists(t *testing.T) {
	for name, text := range templateTexts(t) {
		for _, m := range usedKey.FindAllStringSubmatch(text, -1) {
			key := m[1]
			if strings.HasSuffix(key, ".") || wording.For("en").Has(key) {
				continue
			}
			t.Errorf("%s uses the key %q, which does not exist", name, key)
		}
	}
}

// Words that are the same in every language, each marked as English where it stands.
var sameEverywhere = []string{"Resolute", "JSON", "GeoJSON", "CSV", "DOCX", "HTML", "XLSX", "IATI XML", "Atom"}

func TestTemplatesHoldNoWordsOfTheirOwn(t *testing.T) {
	for name, text := range templateTexts(t) {
		for _, found := range literal.FindAllString(command.ReplaceAllString(actions.ReplaceAllString(text, ""), ""), -1) {
			words := strings.Trim(found, "<> \n")
			known := false
			for _, same := range sameEverywhere {
				known = known || strings.Trim(words, " ·") == same
			}
			if !known {
				t.Errorf("%s holds the words %q outside of the catalogue", name, words)
			}
		}
	}
}

func templateTexts(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob("templates/*.html")
	if err != nil || len(names) == 0 {
		t.Fatalf("templates: %v, %v", names, err)
	}
	texts := map[string]string{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(text)
	}
	return texts
}

func TestRefusedBytesCanBeTakenAwayAndNeverRun(t *testing.T) {
	s := site(t, 80)
	imports, err := ledger.List(context.Background(), s.DB, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(imports, func(i ledger.Import) bool { return i.Counts.Refused > 0 && strings.HasSuffix(i.File, ".xml") })
	if at < 0 {
		t.Fatal("the demonstration refuses nothing")
	}
	h, address := s.Handler(), fmt.Sprintf("/import/%d/refused/1", imports[at].ID)
	w := get(t, h, address)
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "<iati-activity") {
		t.Fatalf("%s: %d %.80q, want the bytes of the record", address, w.Code, w.Body)
	}
	header := w.Header()
	if header.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(header.Get("Content-Disposition"), "attachment") || header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("a browser might run it: %v", header)
	}
	if body := get(t, h, fmt.Sprintf("/import/%d?lang=en", imports[at].ID)).Body.String(); !strings.Contains(body, address) || !strings.Contains(body, "&lt;iati-activity") {
		t.Error("the ledger does not show what was refused, or not the way to it")
	}
	for _, nothing := range []string{"/import/1/refused/0", address + "x", fmt.Sprintf("/import/%d/refused/9999", imports[at].ID), address + ".json"} {
		if w := get(t, h, nothing); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d, want not found", nothing, w.Code)
		}
	}
}

// BenchmarkPages reports the median beside the mean. The first asks are for a period that nobody
// asked for before, so that no remembered answer helps.
func BenchmarkPages(b *testing.B) {
	s := site(b, 15_000)
	h := s.Handler()
	for _, address := range pages(b, s) {
		b.Run(strings.ReplaceAll(address, "/", "_"), func(b *testing.B) { benchmarkPage(b, h, func() string { return address }) })
	}
	day := 0
	for _, address := range []string{"/?", "/gaps?", "/matrix?", "/matrix?view=list&region=AFR&", "/coverage?", "/activities?line=C2&", "/thread/R8?", "/area/KE?"} {
		b.Run("first_ask_"+strings.ReplaceAll(address, "/", "_"), func(b *testing.B) {
			benchmarkPage(b, h, func() string {
				day++
				from := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, day)
				return address + "period=" + from.Format(time.DateOnly) + "..2025-12-31"
			})
		})
	}
}

func benchmarkPage(b *testing.B, h http.Handler, address func() string) {
	var times []time.Duration
	for b.Loop() {
		asked := address()
		begun := time.Now()
		get(b, h, asked)
		times = append(times, time.Since(begun))
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2])/float64(time.Millisecond), "median-ms")
}

func TestReadersByHTTPSStayWithIt(t *testing.T) {
	s := site(t, 0)
	for base, want := range map[string]bool{"": false, "http://a.example": false, "https://a.example/x": true} {
		s.BaseURL = base
		if got := get(t, s.Handler(), "/about").Header().Get("Strict-Transport-Security") != ""; got != want {
			t.Errorf("behind %q: strict transport %v, want %v", base, got, want)
		}
	}
}
