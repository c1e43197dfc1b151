package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/mandate"
	"resolute/internal/web"
)

// revised takes in two revisions of a resolution; whether the second paragraph goes on is in doubt.
func revised(t *testing.T, s *web.Site) {
	t.Helper()
	for _, x := range []struct {
		year   int
		second string
	}{{2031, "to train teachers of rural schools in the use of computers, with help of the regional offices"},
		{2035, "to train some teachers in cities in the use of networks, with the help of universities"}} {
		text := fmt.Sprintf("RESOLUTION 140 (Rev. Fable, %d)\nA title in words of our own\nThe Plenipotentiary Conference of the International Telecommunication Union (Fable, %d),\nresolves\n1 to lay submarine cables to the islands that have none;\n2 %s.\n", x.year, x.year, x.second)
		if _, err := s.Mandate.Import(context.Background(), resolute.Operator(), mandate.File{Name: fmt.Sprint(x.year, ".txt"), Data: []byte(text)}); err != nil {
			t.Fatal(err)
		}
	}
}

const threadsAddress = "/mandate/itu:pp/res/140?view=threads"

func TestReadersSeeWhatWaitsAndTheOperatorDecides(t *testing.T) {
	s, v, link := operated(t)
	revised(t, s)
	page := v.get(threadsAddress + "&lang=en").Body.String()
	if !strings.Contains(page, "to train some teachers in cities") && !strings.Contains(page, "in cities") || strings.Contains(page, "/thread/decide") {
		t.Fatalf("what a reader sees of what waits:\n%s", page)
	}
	if w := v.post("/thread/decide", url.Values{"revision": {"1"}}); w.Code != http.StatusForbidden {
		t.Errorf("a reader decides: %d", w.Code)
	}
	v.post("/sign-in", url.Values{"code": {link}})
	page = v.get(threadsAddress + "&lang=en").Body.String()
	revision := regexp.MustCompile(`name="revision" value="(\d+)"`).FindStringSubmatch(page)
	path := regexp.MustCompile(`name="path" value="([^"]+)"`).FindStringSubmatch(page)
	if revision == nil || path == nil {
		t.Fatalf("the operator has no form:\n%s", page)
	}
	decide := func(verb, target, want string) {
		t.Helper()
		w := v.post("/thread/decide", url.Values{"form": {v.form()}, "revision": {revision[1]}, "path": {path[1]}, "verb": {verb}, "target": {target}, "reason": {"the delegates said so"}})
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != want {
			t.Fatalf("%s: %d to %q, want %q", verb, w.Code, w.Header().Get("Location"), want)
		}
	}
	decide(mandate.SplitThread, "", "/thread/itu:pp/res/140/resolves_2@2035")
	decide(mandate.JoinThread, "resolves_2", "/thread/itu:pp/res/140/resolves_2")
	if page = v.get("/thread/itu:pp/res/140/resolves_2?lang=en").Body.String(); !strings.Contains(page, "A. Person") || !strings.Contains(page, "the delegates said so") {
		t.Errorf("the thread does not tell who decided and why:\n%s", page)
	}
	if w := v.get("/thread/itu:pp/res/140/resolves_2@2035?lang=en"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "itu:pp/res/140#resolves_2<") {
		t.Errorf("the address of the joined thread: %d", w.Code)
	}
	for _, decision := range []string{"1", "2"} {
		if w := v.post("/thread/undo", url.Values{"form": {v.form()}, "decision": {decision}, "reason": {"it was wrong"}}); w.Code != http.StatusSeeOther {
			t.Fatalf("taken back: %d %s", w.Code, w.Body)
		}
	}
	var got struct {
		Waiting   []mandate.Wording        `json:"waiting"`
		Decisions []mandate.ThreadDecision `json:"decisions"`
	}
	if err := json.Unmarshal(v.get("/mandate/itu:pp/res/140.json?view=threads").Body.Bytes(), &got); err != nil || len(got.Waiting) != 1 || len(got.Decisions) != 2 || got.Decisions[0].UndoReason != "it was wrong" {
		t.Errorf("as data: %+v, %v", got, err)
	}
}
