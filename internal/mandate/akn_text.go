package mandate

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/akn"
)

// isAkoma tells Akoma Ntoso from other files by its first elements.
func isAkoma(file []byte) bool {
	head := file[:min(len(file), 2000)]
	return bytes.Contains(head, []byte("<akomaNtoso")) || bytes.Contains(head, []byte(":akomaNtoso"))
}

// textOfAkoma gives the lines of Akoma Ntoso as plain text, as its paragraphs are printed, with what others may
// stumble over. The error has code Invalid.
func textOfAkoma(file []byte) (string, []resolute.Finding, error) {
	d, findings, err := akn.Read(bytes.NewReader(file))
	if err != nil {
		return "", nil, err
	}
	var b strings.Builder
	if len(d.Lines) == 0 || d.Lines[0].Kind == akn.ItemLine || d.Lines[0].Kind == akn.HeadingLine {
		b.WriteString(numberLine(d) + "\n")
	}
	back := slices.IndexFunc(d.Lines, func(l akn.Line) bool { return l.Kind == akn.AfterLine })
	if back < 0 {
		back = len(d.Lines)
	}
	writeLines(&b, d.Lines[:back])
	writeNotes(&b, d)
	writeLines(&b, d.Lines[back:])
	return b.String(), findings, nil
}

func writeLines(b *strings.Builder, lines []akn.Line) {
	for _, l := range lines {
		if l.Mark != "" {
			b.WriteString(l.Mark + " ")
		}
		b.WriteString(strings.TrimSpace(wordsOf(l)) + "\n")
	}
}

// wordsOf is the text of a line, with the marks of its footnotes where it does not print them.
func wordsOf(l akn.Line) string {
	var b strings.Builder
	for _, s := range l.Spans {
		b.WriteString(s.Text)
		if s.Note == nil || s.Note.Mark == "" {
			continue
		}
		if printed, err := gluedMark(s.Note.Mark, `$`); err != nil || !printed.MatchString(s.Text) {
			b.WriteString(raised(s.Note.Mark))
		}
	}
	return b.String()
}

// writeNotes writes the footnotes in the order of their numbers, as plain text has them.
func writeNotes(b *strings.Builder, d akn.Document) {
	notes := slices.Clone(d.Notes)
	for _, l := range d.Lines {
		for _, s := range l.Spans {
			if s.Note != nil {
				notes = append(notes, *s.Note)
			}
		}
	}
	slices.SortStableFunc(notes, func(a, b akn.Note) int { return numberOf(a.Mark) - numberOf(b.Mark) })
	for i, n := range notes {
		if n.Mark == "" {
			n.Mark = strconv.Itoa(i + 1)
		}
		b.WriteString("[footnote " + n.Mark + "] " + n.Text + "\n")
	}
}

// numberOf orders footnotes by their numbers; others come last.
func numberOf(mark string) int {
	if n, err := strconv.Atoi(mark); err == nil {
		return n
	}
	return 1 << 30
}

// numberLine writes the number of a text that does not print it.
func numberLine(d akn.Document) string {
	line := strings.ToUpper(d.Kind) + " " + d.Number
	if d.Label != "" {
		line += " (" + d.Label + ")"
	}
	return line
}
