package mandate

import (
	"strconv"
	"strings"
)

// The types of a line.
const (
	rowFront     = "frontmatter" // before the title, and between title and text
	rowTitle     = "title"
	rowHeading   = "heading"
	rowParagraph = "paragraph"
	rowFootnote  = "footer"
	rowBack      = "backmatter" // behind the text: place and day, annexes
)

// Row is one line of a text as the structure has it, in the columns that the annotations of
// others use. Lines without words have no row.
type Row struct {
	Line         int    // from 1
	Type         string // frontmatter, title, heading, paragraph, footer, backmatter
	Group        string // of a paragraph: preambular or operative
	Level        int    // of a paragraph, 1 at the top; 0 for other lines
	Num          string // the mark as printed, with its stop or brackets
	Verb         string // at the head of a paragraph or heading; empty where there is none
	HeadingLevel int    // of a heading, 1 at the top; 0 for other lines
}

// RowColumns are the names of the columns of Row.Cells.
var RowColumns = []string{"line", "type", "group", "level", "num", "verb", "heading_level"}

// Cells writes a row for a table; recitals at the top have no level there.
func (r Row) Cells() []string {
	level := number(r.Level)
	if r.Group == preambular && r.Level == 1 {
		level = ""
	}
	return []string{strconv.Itoa(r.Line), r.Type, r.Group, level, r.Num, r.Verb, number(r.HeadingLevel)}
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// Rows tells of every line with words what it is. A line that goes on from the one before has the
// group and level of that one.
func (d *Document) Rows() []Row {
	known := d.knownRows()
	first, last := d.span(known)
	var list []Row
	var before Row
	for i, raw := range d.Lines {
		if strings.TrimSpace(plain(raw)) == "" {
			continue
		}
		n := i + 1
		row, found := known[n]
		switch {
		case found:
		case n < first || first == 0:
			row = Row{Type: rowFront}
		case n > last:
			row = Row{Type: rowBack}
		default:
			row = Row{Type: rowParagraph, Group: before.Group, Level: before.Level}
		}
		row.Line = n
		list, before = append(list, row), row
	}
	return list
}

// knownRows are the rows of the lines on which a part of the document begins.
func (d *Document) knownRows() map[int]Row {
	known := map[int]Row{}
	if d.TitleLine > 0 {
		known[d.TitleLine] = Row{Type: rowTitle}
	}
	for _, f := range d.Footnotes {
		known[f.Line] = Row{Type: rowFootnote}
	}
	for _, groups := range d.allGroups() {
		for _, g := range groups {
			if g.Line > 0 {
				known[g.Line] = d.headingRow(&g)
			}
		}
		walk(groups, func(g *Group, _ string, p *Provision) {
			known[p.Line] = Row{Type: rowParagraph, Group: g.kind(), Level: p.Level, Num: d.printedMark(p), Verb: p.Verb}
		})
	}
	for _, a := range d.Annexes {
		known[a.Line] = Row{Type: rowHeading, HeadingLevel: 1}
	}
	return known
}

// headingRow is the row of the heading of a group. Topics of texts whose paragraphs begin with their
// verbs lie below numbered or lettered sections.
func (d *Document) headingRow(g *Group) Row {
	row := Row{Type: rowHeading, Verb: g.Verb, HeadingLevel: 1}
	if d.Family == familyUN && g.Verb == "" && !sectionLine.MatchString(g.Heading) {
		row.HeadingLevel = 2
	}
	if num := strings.Fields(g.Heading); len(num) > 0 && g.Verb == "" && sectionMark.MatchString(num[0]) {
		row.Num = num[0]
	}
	return row
}

// allGroups are the groups of the text proper and those of each annex.
func (d *Document) allGroups() [][]Group {
	list := [][]Group{d.Groups}
	for _, a := range d.Annexes {
		list = append(list, a.Groups)
	}
	return list
}

// printedMark is the mark of a provision with its stop or brackets, as it begins its line.
func (d *Document) printedMark(p *Provision) string {
	line := strings.TrimSpace(plain(d.Lines[p.Line-1]))
	if p.Mark == "" || p.Text == "" {
		return p.Mark
	}
	if at := strings.Index(line, p.Text); at > 0 {
		return strings.TrimSpace(line[:at])
	}
	return p.Mark
}

// span is the first and the last line of the text proper; both 0 when nothing was found.
func (d *Document) span(known map[int]Row) (first, last int) {
	for n, row := range known {
		if row.Type != rowParagraph && row.Type != rowHeading {
			continue
		}
		if first == 0 || n < first {
			first = n
		}
		last = max(last, n)
	}
	return first, last
}
