package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"resolute/internal/coverage"
)

func TestLinesMeetTheTargetsOfAllGoals(t *testing.T) {
	s := site(t, 300)
	h := s.Handler()
	g, err := s.Coverage.Grid(t.Context(), coverage.GridQuery{})
	if err != nil {
		t.Fatal(err)
	}
	page := get(t, h, "/matrix/targets?lang=en")
	if n := packedSize(t, page.Body.Bytes()); n > 50_000 {
		t.Errorf("the page has %d bytes compressed, want at most 50 kB", n)
	}
	body, met := page.Body.String(), 0
	for i, line := range g.Lines {
		for k, target := range g.Targets {
			if g.Cells[i][k].Activities == 0 {
				continue
			}
			if met++; !strings.Contains(body, `href="/activities?lang=en&amp;line=`+line+`&amp;target=`+target+`"`) {
				t.Errorf("no link leads to the activities of %s and %s", line, target)
			}
		}
	}
	if met == 0 || strings.Count(body, "<caption") != 17 {
		t.Errorf("%d cells hold activities, the page has %d goals", met, strings.Count(body, "<caption"))
	}
	var read struct{ Cells []struct{ Line string } }
	if w := get(t, h, "/matrix/targets.json"); w.Code != http.StatusOK || json.Unmarshal(w.Body.Bytes(), &read) != nil || len(read.Cells) < met {
		t.Errorf("as JSON: %d, %d cells", w.Code, len(read.Cells))
	}
	if w := get(t, h, "/matrix/targets.csv"); w.Code != http.StatusOK || strings.Count(w.Body.String(), "\n") != len(read.Cells)+1 {
		t.Errorf("as CSV: %d", w.Code)
	}
	holds(t, h, "/matrix?lang=en", map[string]string{"the way to all targets": `href="/matrix/targets?lang=en"`})
}
