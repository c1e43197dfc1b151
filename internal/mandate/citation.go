package mandate

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Citation is one phrase of a text that names other instruments or other provisions. Start and
// End are code points of the line from 0, half open.
type Citation struct {
	Line       int // from 1
	Start, End int
	Text       string
	Targets    []Target
}

// Target is one instrument, or one part of it, that a citation names.
type Target struct {
	Key     string // itu:pp/res/140; "self" for the text that cites; empty: the body is not told
	Part    string // annex_2, 27c, 20-25, resolves_5; empty: the whole
	Edition string // 2018, 2013-05, 2022-12-14 as the id carries it; empty: none is told
	Rev     bool   // cited as a revision
	Number  string // as printed
	Bracket string // what stands between the brackets that name the edition; empty: none
	At      int    // code point of the line where the bracket's text begins, from 0
	bracket bracket
}

// ID writes a target as a citation id: itu:pp/res/71@2018#annex_2.
func (t Target) ID() string {
	if t.Key == "" {
		return ""
	}
	id := t.Key
	if t.Edition != "" {
		id += "@" + t.Edition
	}
	if t.Part != "" {
		id += "#" + t.Part
	}
	return strings.Replace(id, "#annex_0", "#annex", 1)
}

// IDs lists the ids of all targets that could be told.
func (c Citation) IDs() []string {
	list := []string{}
	for _, t := range c.Targets {
		if id := t.ID(); id != "" {
			list = append(list, id)
		}
	}
	return list
}

// Cite finds the citations of a document in the order of the text, title and opening left out.
func Cite(doc *Document) []Citation {
	var list []Citation
	for n := doc.firstLine(); n <= len(doc.Lines); n++ {
		list = append(list, CiteLine(doc.Lines[n-1], n, doc.Body)...)
	}
	return list
}

// firstLine is the first line behind title and opening, from 1.
func (d *Document) firstLine() int {
	if len(d.Groups) == 0 {
		return 1
	}
	if g := d.Groups[0]; g.Line > 0 || len(g.Items) == 0 {
		return max(g.Line, 1)
	}
	return d.Groups[0].Items[0].Line
}

// CiteLine finds the citations of one line or passage. Body is that of the text that cites ("itu:pp",
// "un:a"); it is what "this conference" and "its resolution" mean.
func CiteLine(line string, n int, body string) []Citation {
	text := plain(strings.TrimRight(line, "\r\n"))
	var list []Citation
	for _, find := range finders {
		for _, f := range find(text, body) {
			if !overlaps(list, f) {
				list = append(list, f)
			}
		}
	}
	slices.SortFunc(list, func(a, b Citation) int { return a.Start - b.Start })
	for i := range list {
		c := &list[i]
		c.Line, c.Text = n, text[c.Start:c.End]
		for j := range c.Targets {
			c.Targets[j].At = utf8.RuneCountInString(text[:c.Targets[j].At])
		}
		c.End = utf8.RuneCountInString(text[:c.End])
		c.Start = utf8.RuneCountInString(text[:c.Start])
	}
	return list
}

func overlaps(list []Citation, c Citation) bool {
	return slices.ContainsFunc(list, func(o Citation) bool { return c.Start < o.End && o.Start < c.End })
}

// finder finds citations of one form; places are bytes until CiteLine turns them into code
// points. A place that one finder took is closed to the ones behind it.
type finder func(text, body string) []Citation

var finders = []finder{findSections, findNumbered, findConvention, findSelf, findDocuments, findNamed}

// SupersededBy gives the newest known edition of the cited instrument when it is later than the
// cited one; ok is false when none is, or when the citation names no edition.
func (t Target) SupersededBy() (e Edition, ok bool) {
	i, known := InstrumentOf(t.Key)
	if !known || t.Edition == "" || len(i.Editions) == 0 {
		return Edition{}, false
	}
	e = i.Editions[len(i.Editions)-1]
	return e, strconv.Itoa(e.Year) > t.Edition[:min(4, len(t.Edition))]
}
