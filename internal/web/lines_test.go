package web_test

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestALongListIsGivenWholeOneObjectALine holds the lines to the table, whose order they have.
func TestALongListIsGivenWholeOneObjectALine(t *testing.T) {
	s := site(t, 120)
	w := get(t, s.Handler(), "/activities.jsonl?lang=en&line=C2&sort=title")
	table, err := csv.NewReader(get(t, s.Handler(), "/activities.csv?lang=en&line=C2&sort=title").Body).ReadAll()
	if err != nil || w.Code != http.StatusOK {
		t.Fatal(w.Code, err)
	}
	lines := bufio.NewScanner(w.Body)
	n := 0
	for ; lines.Scan(); n++ {
		var a struct{ Key, Title string }
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil || n+1 >= len(table) || a.Key != table[n+1][0] {
			t.Fatalf("line %d: %s, %v", n, lines.Text(), err)
		}
	}
	if n != len(table)-1 || n < 2 {
		t.Errorf("%d lines, the table has %d", n, len(table)-1)
	}
	if w := get(t, s.Handler(), "/gaps.jsonl"); w.Code != http.StatusNotFound {
		t.Errorf("a page without a list gives %d", w.Code)
	}
}

// TestWhoAsksForHeadersGetsThoseOfTheWholeList without the list being made for nobody.
func TestWhoAsksForHeadersGetsThoseOfTheWholeList(t *testing.T) {
	h := site(t, 20).Handler()
	for _, format := range []string{"csv", "jsonl", "xlsx", "xml"} {
		address := "/activities." + format + "?lang=en&line=C2"
		whole, w := get(t, h, address), httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodHead, address, nil))
		if w.Code != http.StatusOK || w.Body.Len() != 0 || fmt.Sprint(w.Header()) != fmt.Sprint(whole.Header()) {
			t.Errorf("%s: %d, %d bytes, %v, want %v", format, w.Code, w.Body.Len(), w.Header(), whole.Header())
		}
	}
}
