package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/api"
	"resolute/internal/coverage"
	"resolute/internal/db/dbtest"
	"resolute/internal/demo"
	"resolute/internal/directory"
	"resolute/internal/framework"
	"resolute/internal/mandate"
	"resolute/internal/measure"
	"resolute/internal/register"
)

func clock() time.Time { return time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC) }

func handler(t *testing.T) (http.Handler, *coverage.Coverage) {
	t.Helper()
	d := dbtest.SQLite(t)
	reg := &register.Register{DB: d, Now: clock}
	if err := demo.Load(context.Background(), reg, demo.Options{Activities: 60, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	frameworks := &framework.Framework{DB: d, Now: clock}
	c := &coverage.Coverage{DB: d, Frameworks: frameworks}
	for _, a := range mandate.Aliases() {
		c.Paragraphs = append(c.Paragraphs, coverage.Paragraph{ID: a.Alias, Parent: a.Parent, Thread: a.Thread, Addressee: a.Addressee, Title: a.Wording})
	}
	if _, err := c.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	a := &api.API{DB: d, Coverage: c, Register: reg, Frameworks: frameworks, Directory: &directory.Directory{DB: d}, Mandate: &mandate.Mandate{DB: d, Now: clock}, Measure: &measure.Measure{DB: d, Now: clock}, Version: "test", Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	return a.Handler(), c
}

func get(h http.Handler, address string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, address, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestCoverageEqualsWhatTheRoomAnswers(t *testing.T) {
	h, c := handler(t)
	for _, by := range coverage.Views {
		want, err := c.Table(context.Background(), coverage.Query{By: by, Period: resolute.Period{From: "2021-01-01", To: "2024-12-31"}})
		if err != nil {
			t.Fatal(err)
		}
		expected, err := json.Marshal(want.JSON("fr"))
		if err != nil {
			t.Fatal(err)
		}
		got := get(h, "/api/v1/coverage?by="+by+"&period=2021..2024&lang=fr")
		if got.Code != http.StatusOK || strings.TrimSpace(got.Body.String()) != string(expected) {
			t.Errorf("%s: status %d, the answer differs from the room's", by, got.Code)
		}
	}
}

func TestCursorsLeadThroughAllActivitiesOnce(t *testing.T) {
	h, _ := handler(t)
	seen, next, total := map[string]bool{}, "", 0
	for range 100 {
		var page struct {
			Total      int
			Next       string
			Activities []struct{ Key string }
		}
		w := get(h, "/api/v1/activities?limit=7&cursor="+next)
		if err := json.Unmarshal(w.Body.Bytes(), &page); err != nil || w.Code != http.StatusOK {
			t.Fatalf("status %d, %v", w.Code, err)
		}
		for _, a := range page.Activities {
			if seen[a.Key] {
				t.Errorf("%s stands on two pages", a.Key)
			}
			seen[a.Key] = true
			if one := get(h, "/api/v1/activities/"+a.Key); one.Code != http.StatusOK {
				t.Errorf("activity %s: status %d", a.Key, one.Code)
			}
		}
		if total, next = page.Total, page.Next; next == "" {
			break
		}
	}
	if len(seen) != total || total == 0 {
		t.Errorf("%d activities on all pages, %d in all", len(seen), total)
	}
}

func TestEveryGapOfTheListIsAnObject(t *testing.T) {
	h, c := handler(t)
	gaps, err := c.Gaps(context.Background(), coverage.GapQuery{Addressees: []string{mandate.Members}, Kinds: []string{coverage.NoResult, coverage.Nothing}})
	if err != nil {
		t.Fatal(err)
	}
	want, err := json.Marshal(gaps.JSON("es"))
	if err != nil {
		t.Fatal(err)
	}
	if got := get(h, "/api/v1/gaps?addressee=members&gap=no-result&gap=nothing&lang=es"); strings.TrimSpace(got.Body.String()) != string(want) {
		t.Errorf("status %d, the answer differs from the room's", got.Code)
	}
	for _, g := range gaps.List {
		var one struct {
			ID      string
			Missing bool
		}
		if w := get(h, "/api/v1/gap?id="+g.ID()); json.Unmarshal(w.Body.Bytes(), &one) != nil || one.ID != g.ID() || !one.Missing {
			t.Errorf("%s: status %d, %+v", g.ID(), w.Code, one)
		}
	}
	if len(gaps.List) == 0 {
		t.Error("the demonstration has no such gap")
	}
}

func TestErrorsAreProblems(t *testing.T) {
	h, _ := handler(t)
	for address, want := range map[string]int{
		"/api/v1/nowhere":                     404,
		"/api/v1/activities/nobody":           404,
		"/api/v1/imports/99":                  404,
		"/api/v1/coverage?by=moon":            422,
		"/api/v1/coverage?colour=red":         422,
		"/api/v1/activities?period=2022-26":   422,
		"/api/v1/activities?cursor=%21":       422,
		"/api/v1/coverage?by=group&of=NOBODY": 422,
		"/api/v1/matrix?targets_of=99":        404,
		"/api/v1/gaps?gap=holes":              422,
		"/api/v1/gaps?region=QQ":              422,
		"/api/v1/gap":                         422,
		"/api/v1/gap?id=thread/R99/nothing":   404,
	} {
		w := get(h, address)
		var p struct {
			Type, Title string
			Status      int
		}
		if w.Code != want || json.Unmarshal(w.Body.Bytes(), &p) != nil || p.Status != want || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/problem+json") {
			t.Errorf("%s: status %d, %s", address, w.Code, w.Body)
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/api/v1/activities", nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}
}

func TestAnUnchangedAnswerIsNotSentAgain(t *testing.T) {
	h, _ := handler(t)
	tag := get(h, "/api/v1/status").Header().Get("ETag")
	if w := get(h, "/api/v1/status", "If-None-Match", tag); w.Code != http.StatusNotModified || w.Header().Get("ETag") != tag {
		t.Errorf("status %d, tag %q", w.Code, w.Header().Get("ETag"))
	}
	if w := get(h, "/api/v1/imports", "If-None-Match", tag); w.Code != http.StatusOK {
		t.Errorf("another address: %d", w.Code)
	}
}

func TestTheDescriptionIsOpenAPI31(t *testing.T) {
	h, _ := handler(t)
	var d struct {
		OpenAPI string
		Paths   map[string]any
	}
	if err := json.Unmarshal(get(h, "/api/v1/openapi.json").Body.Bytes(), &d); err != nil || !strings.HasPrefix(d.OpenAPI, "3.1") {
		t.Fatalf("%q, %v", d.OpenAPI, err)
	}
	for path := range d.Paths {
		if w := get(h, strings.NewReplacer("{key}", "nobody", "{id}", "1").Replace(path)); w.Code >= 500 {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
}

func TestTheDocumentOfAnActivityIsXML(t *testing.T) {
	h, c := handler(t)
	list, err := c.Activities(context.Background(), coverage.ListQuery{Limit: 1})
	if err != nil || len(list.Items) == 0 {
		t.Fatal(err)
	}
	w := get(h, "/api/v1/activities/"+list.Items[0].Key+"/xml")
	body := w.Body.String()
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/xml" || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment;") {
		t.Errorf("status %d, headers %v", w.Code, w.Header())
	}
	if !strings.HasPrefix(body, "<?xml ") || !strings.Contains(body, "<iati-activity") || !strings.HasSuffix(body, "</iati-activities>\n") {
		t.Errorf("not a whole file: %.80q", body)
	}
	if w := get(h, "/api/v1/activities/nobody/xml"); w.Code != http.StatusNotFound {
		t.Errorf("an unknown activity: status %d, want 404", w.Code)
	}
}

func TestTheLinkToTheNextPageKeepsTheFilter(t *testing.T) {
	h, _ := handler(t)
	link := get(h, "/api/v1/activities?line=C2&limit=1&lang=fr").Header().Get("Link")
	for _, part := range []string{"<?", "line=C2", "limit=1", "lang=fr", "cursor=", `rel="next"`} {
		if !strings.Contains(link, part) {
			t.Errorf("Link %q lacks %q", link, part)
		}
	}
}

func TestWhatAFilterDoesNotKnowIsAProblem(t *testing.T) {
	h, _ := handler(t)
	for address, want := range map[string]int{"/api/v1/activities?line=ZZZ": 422, "/api/v1/matrix?region=QQ": 422, "/api/v1/gaps?thread=X1": 422, "/api/v1/activities?line=c2&region=afr": 200,
		"/api/v1/activities?cursor=%%%": 400, "/api/v2/x": 404, "/api/": 404} {
		w := get(h, address)
		if w.Code != want || want >= 400 && w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: status %d, want %d; %s: %s", address, w.Code, want, w.Header().Get("Content-Type"), w.Body)
		}
	}
}

func TestAnAnswerOfADataVersionStays(t *testing.T) {
	h, c := handler(t)
	before := map[string]string{}
	asked := []string{"/api/v1/coverage?by=action-line", "/api/v1/activities?limit=5", "/api/v1/matrix?lang=fr", "/api/v1/gaps?gap=stale"}
	newest, err := c.Version(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range asked {
		before[address] = get(h, address).Body.String()
	}
	reg := &register.Register{DB: c.DB, Now: clock}
	d := register.Decision{Verdict: register.Confirm, Reach: register.Reach{Rule: "dac:22040"}, Share: register.NoShare, Reason: "test"}
	if _, err := reg.Decide(context.Background(), resolute.Operator(), d); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, address := range asked {
		if got := get(h, address).Body.String(); got == before[address] {
			t.Errorf("%s is the same after a decision", address)
		}
		pinned := get(h, fmt.Sprintf("%s&at=%d", address, newest.Seq)).Body.String()
		if strings.ReplaceAll(pinned, fmt.Sprintf("at=%d&", newest.Seq), "") != before[address] {
			t.Errorf("%s of version %d differs from what was answered then", address, newest.Seq)
		}
	}
	for at, want := range map[string]int{"999": http.StatusNotFound, "0": http.StatusUnprocessableEntity, "x": http.StatusUnprocessableEntity} {
		if got := get(h, "/api/v1/coverage?at="+at).Code; got != want {
			t.Errorf("at=%s gives status %d, want %d", at, got, want)
		}
	}
}

func TestFiguresOfAnArea(t *testing.T) {
	h, _ := handler(t)
	a := get(h, "/api/v1/areas/ke/figures?beside=LDC")
	var p measure.Profile
	if err := json.Unmarshal(a.Body.Bytes(), &p); err != nil || a.Code != 200 || p.Area != "KE" || len(p.Beside) != 1 || p.Beside[0] != "LDC" || len(p.Missing) < 70 || p.DataVersion == 0 {
		t.Errorf("status %d, %v, %.300s", a.Code, err, a.Body)
	}
	if world := get(h, "/api/v1/areas/world/figures").Body.String(); !strings.HasPrefix(world, `{"area":"WORLD","is_group":true,"beside":[],`) {
		t.Errorf("the world, beside which nothing stands: %.200s", world)
	}
	for address, want := range map[string]int{"/api/v1/areas/XX/figures": 404, "/api/v1/areas/KE/figures?beside=XX": 422, "/api/v1/areas/AFR/figures": 200, "/api/v1/areas/KE/figures?at=99999": 404} {
		if got := get(h, address).Code; got != want {
			t.Errorf("%s: status %d, want %d", address, got, want)
		}
	}
}

// TestEveryFilterOfPagesIsOneOfRequests holds totals of one value to those of the room.
func TestEveryFilterOfPagesIsOneOfRequests(t *testing.T) {
	h, c := handler(t)
	all, err := c.Activities(context.Background(), coverage.ListQuery{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	reporter := all.Items[0].Reporter
	for query, filter := range map[string]coverage.Filter{
		"state=partly":                          {States: []string{coverage.Partly}},
		"state=proposed&state=nothing":          {States: []string{coverage.Proposed, coverage.Nothing}},
		"reporter=" + url.QueryEscape(reporter): {Reporters: []string{reporter}},
		"source=no-such-file.xml":               {Sources: []string{"no-such-file.xml"}},
	} {
		want, err := c.Activities(context.Background(), coverage.ListQuery{Filter: filter, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		var got struct{ Total int }
		w := get(h, "/api/v1/activities?"+query)
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK || got.Total != want.Total || got.Total == all.Total {
			t.Errorf("%s: %d, %d activities, want %d of %d", query, w.Code, got.Total, want.Total, all.Total)
		}
	}
	for _, address := range []string{"/api/v1/coverage?reporter=ZZ-NOBODY", "/api/v1/matrix?source=x.xml&state=partly", "/api/v1/gaps?state=partly", "/api/v1/locations?reporter=ZZ-NOBODY"} {
		if w := get(h, address); w.Code != http.StatusOK {
			t.Errorf("%s: %d", address, w.Code)
		}
	}
	if w := get(h, "/api/v1/activities?state=perhaps"); w.Code != http.StatusUnprocessableEntity && w.Code != http.StatusBadRequest {
		t.Errorf("an unknown state gives %d", w.Code)
	}
}
