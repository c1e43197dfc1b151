package web_test

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db/dbtest"
	"resolute/internal/register"
	"resolute/internal/web"
)

// anActivity gives the key of some activity of a site.
func anActivity(t *testing.T, s *web.Site) string {
	t.Helper()
	list, err := s.Coverage.Activities(context.Background(), coverage.ListQuery{Limit: 1})
	if err != nil || len(list.Items) == 0 {
		t.Fatalf("no activity: %v", err)
	}
	return list.Items[0].Key
}

func TestTheXMLOfAnActivityIsAFileThatComesInAgain(t *testing.T) {
	s := site(t, 20)
	key := anActivity(t, s)
	w := get(t, s.Handler(), "/activity/"+key+".xml")
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/xml" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Fatalf("status %d, headers %v", w.Code, w.Header())
	}
	if got := w.Header().Get("Content-Disposition"); got != `attachment; filename="`+key+`.xml"` {
		t.Errorf("disposition %q: a browser must not run what a publisher wrote", got)
	}
	before, err := s.Register.Activity(context.Background(), key)
	if err != nil {
		t.Fatal(err)
	}
	fresh := &register.Register{DB: dbtest.SQLite(t), Now: clock}
	account, err := fresh.ImportIATI(context.Background(), resolute.Operator(), register.Source{File: "one.xml", Name: before.Source}, w.Body, register.ImportOptions{})
	if err != nil || account.Read != 1 || account.Counts.Refused != 0 {
		t.Fatalf("read again: %+v, %v", account, err)
	}
	after, err := fresh.Activity(context.Background(), register.Key(before.Reporter, before.Identifier, before.Source, 1))
	if err != nil || !bytes.Equal(after.Raw, before.Raw) {
		t.Errorf("the element is not byte for byte the one received: %v", err)
	}
}

func TestThePageOfAnActivityLinksItsXML(t *testing.T) {
	s := site(t, 20)
	key := anActivity(t, s)
	if body := get(t, s.Handler(), "/activity/"+key+"?lang=en").Body.String(); !strings.Contains(body, "/activity/"+key+".xml") {
		t.Error("no link to the XML")
	}
}

func TestWhatIsNoXMLSaysSo(t *testing.T) {
	s := site(t, 0)
	table := "id,reporter,title_en,planned_start\nOWN-1,Fictional Agency <ZZ-1>,Own work,2024-01-01\n"
	if _, err := s.Register.ImportTable(context.Background(), resolute.Operator(), register.Source{File: "own.csv"}, strings.NewReader(table), register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	key := register.Key("ZZ-1", "OWN-1", "own.csv", 1)
	w := get(t, s.Handler(), "/activity/"+key+".xml?lang=en")
	if w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "came from a table") || strings.Contains(w.Header().Get("Content-Type"), "xml") {
		t.Errorf("own work: status %d, %s", w.Code, w.Header().Get("Content-Type"))
	}
	if body := get(t, s.Handler(), "/activity/"+key+"?lang=en").Body.String(); strings.Contains(body, ".xml") {
		t.Error("the page of own work offers XML that does not exist")
	}
	if w := get(t, s.Handler(), "/about.xml"); w.Code != http.StatusNotFound {
		t.Errorf("a page that is no IATI: status %d, want 404", w.Code)
	}
}
