package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"resolute"
)

type organisationList struct {
	Total         int
	Organisations []struct {
		ID         int64
		Name       string
		Activities int
		Roles      map[string]int
	}
}

func organisations(t *testing.T, h http.Handler, query string) organisationList {
	t.Helper()
	var list organisationList
	w := get(t, h, "/organisations.json?"+query)
	if err := json.Unmarshal(w.Body.Bytes(), &list); err != nil {
		t.Fatalf("organisations %s: %d, %v", query, w.Code, err)
	}
	return list
}

func TestOrganisationsAreFoundByWordsAndRole(t *testing.T) {
	h := site(t, 60).Handler()
	all, funders := organisations(t, h, ""), organisations(t, h, "role=1")
	if all.Total == 0 || funders.Total == 0 || funders.Total >= all.Total {
		t.Fatalf("%d organisations, %d funders; want fewer funders", all.Total, funders.Total)
	}
	for _, o := range funders.Organisations {
		if o.Roles["1"] == 0 {
			t.Errorf("%s funds nothing", o.Name)
		}
	}
	named := organisations(t, h, "q=ministry")
	if named.Total == 0 {
		t.Fatal("no ministry is found")
	}
	for _, o := range named.Organisations {
		if !strings.Contains(strings.ToLower(o.Name), "ministry") {
			t.Errorf("%q is no ministry", o.Name)
		}
	}
	if byName := organisations(t, h, "sort=name").Organisations; byName[0].Name > byName[1].Name {
		t.Errorf("%q stands before %q", byName[0].Name, byName[1].Name)
	}
}

func TestAPageOfTheListThatIsNotThereIsNotUnderstood(t *testing.T) {
	h := site(t, 20).Handler()
	for _, page := range []string{"0", "x", "99", "9223372036854775807"} {
		w := get(t, h, "/organisations?lang=en&page="+page)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "page="+page) {
			t.Errorf("page %s: %d, want the first page and a notice", page, w.Code)
		}
	}
}

func TestAFileOfMoreThanWasAskedForIsRefused(t *testing.T) {
	h := site(t, 20).Handler()
	for _, query := range []string{"area=XX", "after=garbage", "page=999", "sort=colour", "period=soon"} {
		if w := get(t, h, "/activities?lang=en&"+query); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Not understood and left out") {
			t.Errorf("page %s: %d, want a notice", query, w.Code)
		}
		for _, format := range []string{"json", "jsonl", "csv", "xlsx", "xml"} {
			w := get(t, h, "/activities."+format+"?"+query)
			if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), strings.SplitN(query, "=", 2)[0]) {
				t.Errorf("%s %s: %d, want a refusal that names it", format, query, w.Code)
			}
		}
	}
	if w := get(t, h, "/activities.json?area=KE"); w.Code != http.StatusOK {
		t.Errorf("what is understood: %d", w.Code)
	}
}

func TestAnOrganisationSaysWhoseMoneyItShows(t *testing.T) {
	h := site(t, 60).Handler()
	first := organisations(t, h, "").Organisations[0]
	body := get(t, h, fmt.Sprintf("/organisation/%d?lang=en", first.ID)).Body.String()
	for _, want := range []string{"it is not the money of this organization", "Takes part together with", "Paragraphs it works for", "Action lines it works for"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page of %s does not say %q", first.Name, want)
		}
	}
	if empty := get(t, h, fmt.Sprintf("/organisation/%d?lang=en&period=1901..1902", first.ID)).Body.String(); !strings.Contains(empty, "takes part in no counted activity") {
		t.Error("a period without activities does not say so")
	}
}

func TestTheAddressOfAMergedOrganisationLeadsToTheOneThatStays(t *testing.T) {
	ctx := context.Background()
	s := site(t, 60)
	h := s.Handler()
	list := organisations(t, h, "").Organisations
	keep, gone := list[0], list[1]
	key := func(id int64) string {
		o, err := s.Directory.Organisation(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		return o.Key
	}
	merged, err := s.Directory.Merge(ctx, resolute.Operator(), key(keep.ID), key(gone.ID), "one office in fact")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Coverage.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	for _, id := range []int64{keep.ID, gone.ID} {
		body := get(t, h, fmt.Sprintf("/organisation/%d?lang=en", id)).Body.String()
		for _, want := range []string{"<h1><bdi>" + keep.Name + "</bdi></h1>", "one office in fact", "What people decided", gone.Name} {
			if !strings.Contains(body, want) {
				t.Errorf("the page of %d lacks %q", id, want)
			}
		}
		if told := strings.Contains(body, "its address leads here"); told != (id == gone.ID) {
			t.Errorf("the page of %d says that its address leads elsewhere: %v", id, told)
		}
	}
	if after := organisations(t, h, ""); len(after.Organisations) != len(list)-1 {
		t.Errorf("%d organisations are listed, want one less than %d", len(after.Organisations), len(list))
	}
	if _, err := s.Directory.Undo(ctx, resolute.Operator(), merged.ID, "two after all"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Coverage.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	body := get(t, h, fmt.Sprintf("/organisation/%d?lang=en", gone.ID)).Body.String()
	if !strings.Contains(body, "<h1><bdi>"+gone.Name+"</bdi></h1>") || strings.Contains(body, "its address leads here") {
		t.Error("what was undone still leads elsewhere")
	}
}
