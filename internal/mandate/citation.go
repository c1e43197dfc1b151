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
	next       int // how far it goes on in the next line, in code points
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
	after   string // what stands behind the number: "of the Plenipotentiary Conference"
	day     string // YYYY-MM-DD as printed behind it; empty: none
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

// Cite finds the citations of a document in the order of the text, title and opening left out. One
// that goes on behind the end of its line ends with the line and has its whole text.
func Cite(doc *Document) []Citation {
	var list []Citation
	known := doc.knownRows()
	from := 0 // in code points, where the line before has already been read
	for n := doc.firstLine(); n <= len(doc.Lines); n++ {
		line := strings.TrimRight(doc.Lines[n-1], "\r\n")
		found := CiteLine(line, n, doc.Body)
		if n < len(doc.Lines) && doc.goesOn(n, known) {
			found = citeAcross(doc, n, found)
		}
		for _, c := range found {
			if c.Start >= from {
				list = append(list, c)
			}
		}
		from = 0
		if k := len(list); k > 0 && list[k-1].Line == n {
			from = list[k-1].next
		}
	}
	return list
}

// goesOn tells whether the text of a line goes on in the next one.
func (d *Document) goesOn(n int, known map[int]Row) bool {
	_, begins := known[n+1]
	line := strings.TrimSpace(plain(d.Lines[n-1]))
	return !begins && line != "" && !strings.HasSuffix(line, ".") && !strings.HasSuffix(line, ";") && strings.TrimSpace(plain(d.Lines[n])) != ""
}

// citeAcross looks at a line together with the next one and takes what begins on the first and
// ends behind it, in place of what the first alone shows there.
func citeAcross(doc *Document, n int, alone []Citation) []Citation {
	line := strings.TrimRight(doc.Lines[n-1], " \t\r\n")
	next := strings.TrimRight(doc.Lines[n], "\r\n")
	ends := utf8.RuneCountInString(line)
	for _, c := range CiteLine(line+" "+next, n, doc.Body) {
		if c.Start >= ends || c.End <= ends+1 {
			continue
		}
		c.next, c.End = c.End-ends-1, ends
		alone = slices.DeleteFunc(alone, func(o Citation) bool { return o.End > c.Start })
		return append(alone, c)
	}
	return alone
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
	line = strings.TrimRight(line, "\r\n")
	text := strings.Map(twin, line)
	var list []Citation
	for _, find := range finders {
		for _, f := range find(text, body) {
			if !overlaps(list, f) {
				list = append(list, f)
			}
		}
	}
	if len(list) == 0 {
		return nil
	}
	slices.SortFunc(list, func(a, b Citation) int { return a.Start - b.Start })
	list = joinOthers(list, text)
	printed := []rune(line)
	for i := range list {
		c := &list[i]
		for j := range c.Targets {
			t := &c.Targets[j]
			t.At = utf8.RuneCountInString(text[:t.At])
			t.Bracket = string(printed[t.At : t.At+utf8.RuneCountInString(t.Bracket)])
		}
		c.Start, c.End = utf8.RuneCountInString(text[:c.Start]), utf8.RuneCountInString(text[:c.End])
		c.Line, c.Text = n, plain(string(printed[c.Start:c.End]))
	}
	return list
}

// twin writes a sign as the forms of citations have it, rune for rune so that places stay: blanks,
// brackets, commas and digits of other scripts.
func twin(r rune) rune {
	switch {
	case r >= '٠' && r <= '٩':
		return '0' + r - '٠'
	case r >= '０' && r <= '９':
		return '0' + r - '０'
	case r == '（':
		return '('
	case r == '）':
		return ')'
	case r == '，' || r == '،':
		return ','
	case r == '‑' || r == '‐':
		return '-'
	case oddBlank(r):
		return ' '
	}
	return r
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
