package mandate

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"resolute"
)

// The families of drafting.
const (
	familyITU = "itu" // a verb alone on its line over a list
	familyUN  = "un"  // a verb at the head of each paragraph, one numbering through the whole text
)

// Document is the text of a resolution read into its groups. Lines holds every line as it was,
// so that nothing is lost: put together they are the text, but for the marks in raised brackets that tell where a
// footnote stands.
type Document struct {
	Lines     []string // each with its line end
	Lang      resolute.Lang
	Family    string // itu or un; empty: no group was found
	Mark      string // of a proposal, in the margin: MOD, ADD, SUP, NOC
	Proposal  string // behind it: MEX/18A3/1
	Body      string // itu:pp, un:a; empty: not known
	Kind      string // resolution or decision
	Title     string
	TitleLine int    // of the title, else of the number alone, from 1; 0: none
	Number    string // "30", "70/125"
	Label     string // "Rev. Dubai, 2018", as printed between brackets behind the number
	Day       string // on which the text was adopted, or will stand at the latest; empty: not known
	Groups    []Group
	Footnotes []Footnote
	Annexes   []Annex
	cuts      []int // lines that a correction took apart, in order
}

// Group is a heading in italics with what follows it: "recalling", "instructs the Director ...".
// The groups of other texts are the preamble and the paragraphs under each topic.
type Group struct {
	Operative  bool
	Heading    string
	Verb       string   // of the heading, without its adverb: "instructs"
	Addressees []string // who an operative heading speaks to, as printed
	Path       string   // heading's words before its addressee, joined by "_"; repeated ones end in ".2"
	Line       int      // from 1; 0: the group has no heading of its own
	Why        string   // a reason of reasons.csv
	Items      []Provision
	dashes     int // lines with a dash below items, which count among the places of the group
}

// Annex is what stands behind the text proper, read like a text of its own. Its provisions are no
// provisions of the resolution.
type Annex struct {
	Heading string // as printed: "Annex I"; empty: none
	Line    int    // on which it begins, from 1
	Groups  []Group
}

// Provision is one item of a group, or of another item. Text is without its mark.
type Provision struct {
	Path       string // of the group, then the printed marks: resolves_11_ii
	Mark       string // as printed, without brackets; empty when there is none
	Level      int    // 1 at the top
	Line       int    // from 1
	Verb       string // UN texts: the verb at its head, "Requests"; empty where there is none
	Addressees []string
	Text       string
	Why        string // a reason of reasons.csv
	Items      []Provision
	origin     string // name of its thread, as of its path before it was corrected; empty: its path
	marked     bool   // its mark is a correction's; as printed it begins with printed, if anything
	printed    string
}

// Footnote is the text of one note, printed as "[footnote 1] ..." after the text.
type Footnote struct {
	Mark string
	Line int // from 1
	Text string
	at   spot // of its mark; the zero spot: not told
}

// Parse reads the plain text of a resolution, of ITU or of any body whose paragraphs begin with
// their verbs or are numbered through. It never fails: what it cannot place stays in Lines only.
func Parse(text string) *Document {
	doc := &Document{Lines: splitLines(text), Lang: languageOf(text), Kind: "resolution"}
	marks := doc.takeMarks()
	if at, ok := chooseOpening(doc); ok {
		parseParagraphs(doc, at)
	} else if parseITU(doc); len(doc.Groups) == 0 {
		doc.Body, doc.Number, doc.Label, doc.Title, doc.TitleLine, doc.Day, doc.Kind = "", "", "", "", 0, "", "resolution"
		parseUnopened(doc)
	}
	for i := range doc.Footnotes {
		doc.Footnotes[i].at = marks[doc.Footnotes[i].Mark]
	}
	doc.settleReasons()
	doc.settlePaths()
	return doc
}

func splitLines(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, line)
	}
	return lines
}

// essence is what a text says, whatever the file and its blanks: head, provisions with their marks,
// footnotes and what stands behind.
func (d *Document) essence() string {
	var b strings.Builder
	line := func(parts ...string) {
		for _, part := range parts {
			b.WriteString(strings.Join(strings.Fields(plain(part)), " ") + "|")
		}
		b.WriteByte('\n')
	}
	line(d.Body, d.Kind, d.Number, d.Label, d.Title)
	d.Walk(func(g *Group, _ string, p *Provision) { line(g.Heading, p.Path, p.Mark, strconv.Itoa(p.Level), p.Text) })
	notes := slices.Clone(d.Footnotes)
	slices.SortStableFunc(notes, func(a, b Footnote) int { return numberOf(a.Mark) - numberOf(b.Mark) })
	for _, n := range notes {
		line(n.Mark, n.Text)
	}
	for _, r := range d.Rows() {
		if r.Type == rowBack {
			line(d.Lines[r.Line-1])
		}
	}
	return b.String()
}

// Key is the citation id of the instrument without revision: "itu:wtdc/res/30". It is empty when
// body or number are not known: a number alone means nothing.
func (d *Document) Key() string {
	if d.Body == "" || d.Number == "" {
		return ""
	}
	if d.Family == familyUN {
		return d.Body + "/" + kindCodes[d.Kind] + "/" + unNumber(d.Number)
	}
	return d.Body + "/" + kindCodes[d.Kind] + "/" + d.Number
}

// Walk calls fn with every provision in the order of the text, with its group and the path of
// the provision it is part of. Annexes are left out.
func (d *Document) Walk(fn func(g *Group, parent string, p *Provision)) { walk(d.Groups, fn) }

func walk(groups []Group, fn func(g *Group, parent string, p *Provision)) {
	for i := range groups {
		g := &groups[i]
		var down func(parent string, items []Provision)
		down = func(parent string, items []Provision) {
			for j := range items {
				fn(g, parent, &items[j])
				down(items[j].Path, items[j].Items)
			}
		}
		down("", g.Items)
	}
}

// kind is preambular or operative.
func (g *Group) kind() string {
	if g.Operative {
		return "operative"
	}
	return preambular
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// plain writes every kind of blank as one space, rune for rune, so that columns stay.
func plain(line string) string {
	if !strings.ContainsFunc(line, oddBlank) {
		return line
	}
	return strings.Map(func(r rune) rune {
		if oddBlank(r) {
			return ' '
		}
		return r
	}, line)
}

func oddBlank(r rune) bool {
	return r != ' ' && (r < 0x80 && r >= '\t' && r <= '\r' || r >= 0x80 && unicode.IsSpace(r))
}

// column turns a place in bytes into a column from 1, in code points.
func column(line string, at int) int { return utf8.RuneCountInString(line[:at]) + 1 }
