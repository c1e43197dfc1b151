package web_test

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"net/http"
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
