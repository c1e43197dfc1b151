package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db/dbtest"
	"resolute/internal/register"
)

// taken reads a file of activities into a register of its own and counts them.
func taken(t *testing.T, file io.Reader) int {
	t.Helper()
	r := &register.Register{DB: dbtest.SQLite(t), Now: clock}
	account, err := r.ImportIATI(context.Background(), resolute.Operator(), register.Source{File: "file.xml"}, file, register.ImportOptions{})
	if err != nil || account.Counts.Refused != 0 {
		t.Fatalf("%+v, %v", account, err)
	}
	return account.Read
}

func TestAListIsGivenAsIATIWhole(t *testing.T) {
	t.Parallel()
	s := site(t, 80)
	h := s.Handler()
	for _, query := range []string{"", "?line=C2", "?area=KE&sort=title", "?q=nothing-like-this"} {
		w := get(t, h, "/activities.xml"+query)
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/xml" || w.Header().Get("Last-Modified") == "" ||
			w.Header().Get("Content-Disposition") != `attachment; filename="activities.xml"` {
			t.Fatalf("%s: status %d, headers %v", query, w.Code, w.Header())
		}
		var list struct{ Total int }
		if err := json.Unmarshal(get(t, h, "/activities.json"+query).Body.Bytes(), &list); err != nil {
			t.Fatal(err)
		}
		if got := taken(t, w.Body); got != list.Total {
			t.Errorf("%s: %d activities in the file, %d in the list", query, got, list.Total)
		}
	}
	if w := get(t, h, "/activities/filter.xml"); w.Code != http.StatusNotFound {
		t.Errorf("the page of all facets as XML: status %d", w.Code)
	}
	if body := get(t, h, "/activities?lang=en&line=C2").Body.String(); !strings.Contains(body, `href="/activities.xml?lang=en&amp;line=C2"`) {
		t.Error("the page does not lead to its XML")
	}
}

func TestFilesOfPublishersStandAtAddressesThatLast(t *testing.T) {
	t.Parallel()
	s := site(t, 80)
	h := s.Handler()
	var index struct {
		Activities int
		Publishers []struct {
			Reference  string
			Activities int
			Files      []string
		}
	}
	for _, address := range []string{"/iati.json", "/iati/index.json"} {
		if err := json.Unmarshal(get(t, h, address).Body.Bytes(), &index); err != nil {
			t.Fatalf("%s: %v", address, err)
		}
	}
	page, sum := get(t, h, "/iati?lang=en").Body.String(), 0
	for _, p := range index.Publishers {
		if len(p.Files) != 1 || !strings.Contains(page, `href="`+p.Files[0]+`"`) {
			t.Fatalf("%s: files %q; on the page %v", p.Reference, p.Files, strings.Contains(page, p.Files[0]))
		}
		w := get(t, h, p.Files[0])
		if got := taken(t, bytes.NewReader(w.Body.Bytes())); w.Code != http.StatusOK || got != p.Activities {
			t.Errorf("%s: status %d, %d activities, want %d", p.Files[0], w.Code, got, p.Activities)
		}
		sum += p.Activities
	}
	if sum == 0 || sum != index.Activities {
		t.Errorf("%d activities in files, the index says %d", sum, index.Activities)
	}
	file := index.Publishers[0].Files[0]
	for _, address := range []string{"/iati/activities/NOBODY.xml", strings.TrimSuffix(file, ".xml") + "/2.xml", strings.TrimSuffix(file, ".xml") + "/0.xml", strings.TrimSuffix(file, ".xml")} {
		if w := get(t, h, address); w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", address, w.Code)
		}
	}
	for address, want := range map[string]int{file + "?area=KE": http.StatusBadRequest, file + "?q=rural": http.StatusBadRequest, file + "?period=2022": http.StatusBadRequest, file + "?at=1": http.StatusBadRequest, file + "?lang=fr": http.StatusOK} {
		if w := get(t, h, address); w.Code != want {
			t.Errorf("%s, which is given whole: status %d, want %d", address, w.Code, want)
		}
	}
	first := get(t, h, file)
	ask := func(method, name, value string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, file, nil)
		r.Header.Set(name, value)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	for name, value := range map[string]string{"If-None-Match": first.Header().Get("ETag"), "If-Modified-Since": first.Header().Get("Last-Modified")} {
		if w := ask(http.MethodGet, name, value); w.Code != http.StatusNotModified || w.Body.Len() != 0 {
			t.Errorf("%s %s: status %d", name, value, w.Code)
		}
	}
	if w := ask(http.MethodGet, "If-Modified-Since", "Mon, 02 Jan 2006 15:04:05 GMT"); w.Code != http.StatusOK {
		t.Errorf("to who knows an old one: status %d", w.Code)
	}
	if w := ask(http.MethodHead, "Accept", "*/*"); w.Code != http.StatusOK || w.Body.Len() != 0 || w.Header().Get("ETag") == "" {
		t.Errorf("HEAD: status %d, %v", w.Code, w.Header())
	}
	packed, err := gzip.NewReader(ask(http.MethodGet, "Accept-Encoding", "gzip").Body)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := io.ReadAll(packed); err != nil || !bytes.Equal(plain, first.Body.Bytes()) {
		t.Errorf("packed it is another file: %v", err)
	}
}

func TestAListOfThePastIsNotGivenAsIATI(t *testing.T) {
	s := site(t, 20)
	list, err := s.Coverage.Activities(context.Background(), coverage.ListQuery{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Register.Decide(context.Background(), resolute.Operator(), register.Decision{Verdict: register.SetTag, Reason: "seen",
		Reach: register.Reach{Key: list.Items[0].Key, Scheme: "wsis-action-line", Code: "C9"}, Share: register.NoShare})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Coverage.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	h := s.Handler()
	if w := get(t, h, "/activities.xml?at="+strconv.FormatInt(list.Version, 10)); w.Code != http.StatusNotFound {
		t.Errorf("status %d", w.Code)
	}
	if w := get(t, h, "/activities.xml"); !strings.Contains(w.Body.String(), "resolute-review=confirmed&amp;basis=set&amp;reason=seen") {
		t.Error("what was decided does not travel with the list")
	}
}
