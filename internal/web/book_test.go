package web_test

import (
	"bytes"
	"net/http"
	"testing"

	"resolute/internal/sheet"
)

// TestAListIsAWorkbookToo holds a filtered list as XLSX against the same as CSV.
func TestAListIsAWorkbookToo(t *testing.T) {
	s := site(t, 30)
	w := get(t, s.Handler(), "/activities.xlsx?lang=ar&line=C2")
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	raw := w.Body.Bytes()
	book, err := sheet.OpenWorkbook(bytes.NewReader(raw), int64(len(raw)), "activities.xlsx", sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	table, end, err := book.Table(book.Sheets[0])
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for {
		if _, err := table.Next(); err != nil {
			break
		}
		rows++
	}
	if err := end(); err != nil {
		t.Fatal(err)
	}
	lines := bytes.Count(get(t, s.Handler(), "/activities.csv?lang=ar&line=C2").Body.Bytes(), []byte("\n")) - 1
	if rows == 0 || rows != lines {
		t.Errorf("%d rows in the workbook, %d in the CSV", rows, lines)
	}
	if w := get(t, s.Handler(), "/gaps.xlsx"); w.Code != http.StatusNotFound {
		t.Errorf("a page without workbook: %d, want 404", w.Code)
	}
}
