package mandate_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"resolute/internal/mandate"
)

// citingBody tells which body speaks in an example, where its note says so.
func citingBody(note string) string {
	switch {
	case strings.Contains(note, "a WTDC text"):
		return "itu:wtdc"
	case strings.Contains(note, "ECOSOC text"):
		return "un:e"
	case strings.Contains(note, "citing body (General Assembly)"):
		return "un:a"
	}
	return "itu:pp"
}

func TestCitationForms(t *testing.T) {
	file, err := os.Open(filepath.Join(resolutions, "citations.tsv"))
	if err != nil {
		t.Skip("the worked examples are not tried: ../shared/samples/resolutions is absent")
	}
	defer func() { _ = file.Close() }()
	r := csv.NewReader(file)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		want := row[1]
		if want == "self" {
			want = "" // "this resolution" cites nothing else
		}
		var ids []string
		for _, c := range mandate.CiteLine(row[0], 1, citingBody(row[2])) {
			ids = append(ids, c.IDs()...)
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%s\n got %s\nwant %s", row[0], got, want)
		}
	}
}
