package resolution

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"resolute/internal/mandate"
	"resolute/internal/sheet"
)

// columns are those of a table of provisions.
var columns = []string{"thread", "path", "parent", "part", "operative", "heading", "verb", "addressees", "mark", "level", "line", "text", "footnotes", "citations"}

// CSV writes the provisions of a text as a table, a row for each, in the order of the text. Lists are joined by
// "|"; a text that a spreadsheet would take for a formula has an apostrophe before it.
func CSV(w io.Writer, r *mandate.Reading) error {
	out := csv.NewWriter(w)
	rows := [][]string{columns}
	if r != nil {
		rows = append(rows, provisions(r)...)
	}
	return out.WriteAll(rows)
}

func provisions(r *mandate.Reading) [][]string {
	verbs, notes := r.Verbs(), footnotes(r)
	rows := make([][]string, len(r.Provisions))
	for i, p := range r.Provisions {
		part := "preambular"
		if p.Operative {
			part = "operative"
		}
		rows[i] = guarded(p.Thread, p.Path, p.Parent, part, strconv.FormatBool(p.Operative), p.Heading, verbs[p.Line], strings.Join(p.Addressees, "|"),
			p.Mark, strconv.Itoa(p.Level), strconv.Itoa(p.Line), p.Text, strings.Join(notes[p.Line], "|"), strings.Join(cited(r, p), "|"))
	}
	return rows
}

func guarded(cells ...string) []string {
	for i, c := range cells {
		cells[i] = sheet.Guard(c)
	}
	return cells
}

// footnotes are the texts of the notes of each line.
func footnotes(r *mandate.Reading) map[int][]string {
	list := map[int][]string{}
	for _, l := range r.Printed().Lines {
		for _, n := range l.Notes {
			list[l.Number] = append(list[l.Number], n.Text)
		}
	}
	return list
}

// cited lists the ids of what a provision cites, each once.
func cited(r *mandate.Reading, p mandate.Wording) []string {
	var ids []string
	known := map[string]bool{}
	for _, c := range r.CitationsOf(p.Thread) {
		for _, id := range c.IDs() {
			if !known[id] {
				ids, known[id] = append(ids, id), true
			}
		}
	}
	return ids
}
