package report

import (
	"net/url"
	"strings"

	"resolute/internal/ooxml"
)

// behind are the records of the rows whose addresses are one when the row's own value is left
// open.
type behind struct {
	address string   // with the row's own value left open: line=…
	records []string // of each row: "C2: 53"
	beside  string   // address of what is proposed; empty when none, or when the figure leads there
}

// tableNote names the addresses and records behind the rows of a table, and the command that
// gives its figures again.
func (c converter) tableNote(t Table) []ooxml.Run {
	note := []ooxml.Run{}
	for i, b := range c.behind(t) {
		records := ooxml.Run{Text: strings.Join(b.records, ", "), Dir: ooxml.LTR}
		if i == 0 {
			note = c.recordsNote(records)
		} else {
			note = append(note, ooxml.Run{Text: "; "}, records)
		}
		note = append(note, ooxml.Run{Text: " "}, address(b.address))
		if b.beside != "" {
			note = append(note, ooxml.Run{Text: "; " + c.T("coverage.proposed") + ": "}, address(b.beside))
		}
	}
	return append(note, c.repeat(t.Repeat)...)
}

// recordsNote is the sentence that begins a footnote.
func (c converter) recordsNote(records ooxml.Run) []ooxml.Run {
	var runs []ooxml.Run
	for _, piece := range c.Parts("report.note", "records", records.Text, "version", c.version) {
		run := ooxml.Run{Text: piece.Text}
		if piece.Name == "records" {
			run = records
		}
		runs = append(runs, run)
	}
	return runs
}

// behind gathers the facts of the rows, each once, in their order.
func (c converter) behind(t Table) []*behind {
	var list []*behind
	known, seen := map[string]*behind{}, map[*Fact]bool{}
	for _, row := range t.Rows {
		for _, r := range row {
			f := r.Fact
			if f == nil || seen[f] {
				continue
			}
			seen[f] = true
			template, value := leftOpen(f.Query, t.Key)
			if known[template] == nil {
				known[template] = &behind{address: template}
				list = append(list, known[template])
			}
			known[template].add(c, f, value)
		}
	}
	return list
}

func (b *behind) add(c converter, f *Fact, value string) {
	records := c.Number(int64(f.Records))
	if value != "" {
		records = value + ":\u00a0" + records
	}
	b.records = append(b.records, records)
	if f.Beside != "" && !whole(f.Beside) {
		b.beside = strings.Replace(f.Beside, "/"+value+"?", "/"+open+"?", 1)
	}
}

// open stands in an address for the value that the row has.
const open = "…"

// leftOpen takes the value of a parameter out of an address.
func leftOpen(query, key string) (template, value string) {
	path, parameters, _ := strings.Cut(query, "?")
	pairs := strings.Split(parameters, "&")
	for i, pair := range pairs {
		name, escaped, _ := strings.Cut(pair, "=")
		if name != key {
			continue
		}
		value, err := url.QueryUnescape(escaped)
		if err != nil {
			return query, ""
		}
		pairs[i] = name + "=" + open
		return path + "?" + strings.Join(pairs, "&"), value
	}
	return query, ""
}
