package mandate_test

import (
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
	_, rows := rowsIn(t, resolutions, "citations.tsv", "the worked examples are")
	for _, row := range rows {
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
