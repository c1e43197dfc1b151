package api_test

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
)

func TestQuestionsOfDPortal(t *testing.T) {
	h, _ := handler(t)
	var answer struct {
		Rows  []map[string]any
		Count int
	}
	w := get(h, "/q.json?from=act,country&select=country_code,count&groupby=country_code&orderby=count-&limit=3")
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || answer.Count != 3 || len(answer.Rows) != 3 || answer.Rows[0]["count"].(float64) < answer.Rows[2]["count"].(float64) {
		t.Errorf("got %s, %v", w.Body, err)
	}
	if w.Header().Get("Access-Control-Allow-Origin") != "*" || w.Header().Get("ETag") == "" {
		t.Errorf("headers %v", w.Header())
	}
	if again := get(h, "/q.json?from=act,country&select=country_code,count&groupby=country_code&orderby=count-&limit=3", "If-None-Match", w.Header().Get("ETag")); again.Code != 304 {
		t.Errorf("asked again: status %d", again.Code)
	}
	if body := get(h, "/q.json?aid=NOBODY").Body.String(); body != "{\"rows\":[],\"count\":0}\n" {
		t.Errorf("nothing: %q", body)
	}
	if body := get(h, "/q.csv?select=aid,title&limit=2").Body.String(); !strings.HasPrefix(body, "aid,title\n") || strings.Count(body, "\n") != 3 {
		t.Errorf("csv: %q", body)
	}
	if body := get(h, "/q.csv?select=aid&aid=NOBODY").Body.String(); body != "aid\n" {
		t.Errorf("csv of nothing: %q", body)
	}
	if body := get(h, "/q.html?select=aid,title&limit=2").Body.String(); strings.Count(body, "<tr>") != 3 || !strings.Contains(body, `<th scope="col">aid</th>`) {
		t.Errorf("html: %q", body)
	}
	var activities struct {
		Activities []struct {
			Identifier string `xml:"iati-identifier"`
		} `xml:"iati-activity"`
	}
	if w := get(h, "/q.xml?limit=4"); xml.Unmarshal(w.Body.Bytes(), &activities) != nil || len(activities.Activities) != 4 {
		t.Errorf("xml: %d activities of %.200s", len(activities.Activities), w.Body)
	}
	if w := get(h, "/q.json?nonsense=1"); w.Code != 422 || !strings.Contains(w.Body.String(), "nonsense") {
		t.Errorf("nonsense: %d %s", w.Code, w.Body)
	}
}
