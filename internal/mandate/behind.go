package mandate

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"resolute/internal/mandate/align"
)

// Series says which part of a text a change belongs to. Each is aligned by itself.
type Series string

// The series of a text.
const (
	InText     Series = "text" // the provisions of the text proper
	InAnnex    Series = "annex"
	InFootnote Series = "footnote"
)

// series are the parts of a text that are compared, each in the order of the text.
type series struct{ text, annexes, footnotes []Wording }

// series takes a document apart. A document without structure is all text.
func (d *Document) series() series {
	return series{d.wordings(), annexWordings(d), footnoteWordings(d.Footnotes)}
}

// series of a text that is held. Annexes and footnotes have no threads.
func (r *Reading) series() series {
	s := series{r.Provisions, annexWordings(r.document()), footnoteWordings(r.Footnotes)}
	for _, list := range [][]Wording{s.annexes, s.footnotes} {
		for i := range list {
			list[i].Revision = r.Revision
		}
	}
	return s
}

// annexHeading begins an annex in one of six languages.
var annexHeading = regexp.MustCompile(`^(?:(?i:Annexe?|Anexo|Appendix|Приложение)(?:[^\p{L}]|$)|(?:ال)?ملحق(?:\s|$)|附件)`)

// longestHeading is how many signs the heading of an annex may have: a sentence may begin with its name.
const longestHeading = 120

func headsAnnex(line string) bool {
	return annexHeading.MatchString(line) && !closed(line) && utf8.RuneCountInString(line) <= longestHeading
}

// annexWordings gives the lines of the annexes, headings included, whether or not a structure was found in them.
func annexWordings(d *Document) []Wording {
	if len(d.Groups) == 0 {
		return nil
	}
	var list []Wording
	heading := ""
	for _, w := range lineWordings(d.Lines[min(d.lastLine(), len(d.Lines)):]) {
		line := strings.TrimSpace(w.Mark + " " + w.Text)
		if w.Line += d.lastLine(); headsAnnex(line) {
			heading = line
		}
		if heading == "" || strings.Trim(line, "_–—- ") == "" {
			continue
		}
		w.Heading = heading
		list = append(list, w)
	}
	return list
}

// lastLine is the line on which the last heading or provision of the text proper begins, from 1.
func (d *Document) lastLine() int {
	last := 0
	for _, g := range d.Groups {
		last = max(last, g.Line)
	}
	d.Walk(func(_ *Group, _ string, p *Provision) { last = max(last, p.Line) })
	return last
}

func footnoteWordings(notes []Footnote) []Wording {
	list := make([]Wording, len(notes))
	for i, n := range notes {
		list[i] = Wording{Mark: n.Mark, Line: n.Line, Text: n.Text}
	}
	return list
}

// annexUnits are the lines of annexes as alignment sees them: A2.3 is the third line of the second annex.
func annexUnits(list []Wording) []align.Provision {
	out := make([]align.Provision, len(list))
	annex, line := 0, 0
	for i, w := range list {
		if line++; i == 0 || w.Heading != list[i-1].Heading {
			annex, line = annex+1, 1
		}
		out[i] = align.Provision{Label: "A" + strconv.Itoa(annex) + "." + strconv.Itoa(line), Number: w.Mark, Line: w.Line, Group: w.Heading, Text: w.Text}
	}
	return out
}

// footnoteUnits are footnotes as alignment sees them: F3 is the one whose mark is 3.
func footnoteUnits(list []Wording) []align.Provision {
	out := make([]align.Provision, len(list))
	for i, w := range list {
		out[i] = align.Provision{Label: "F" + w.Mark, Number: w.Mark, Line: w.Line, Text: w.Text}
	}
	return out
}

// Behind are the links of what stands behind the text proper.
type Behind struct {
	Annexes   []LinkJSON `json:"annexes"`   // labels A2.3: third line of the second annex
	Footnotes []LinkJSON `json:"footnotes"` // labels F3: by the printed mark
}

// AlignBehind links the lines of the annexes of two texts and their footnotes, in the order of the new one.
func AlignBehind(old, new *Document) Behind {
	a, b := old.series(), new.series()
	return Behind{linksJSON(annexUnits(a.annexes), annexUnits(b.annexes)), linksJSON(footnoteUnits(a.footnotes), footnoteUnits(b.footnotes))}
}
