package mandate

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The families of drafting.
const (
	familyITU = "itu" // a verb alone on its line over a list
	familyUN  = "un"  // a verb at the head of each paragraph, one numbering through the whole text
)

// Document is the text of a resolution read into its groups. Lines holds every line as it was,
// so that nothing is lost: put together they are the text.
type Document struct {
	Lines     []string // each with its line end
	Family    string   // itu or un; empty: no group was found
	Body      string   // itu:pp, un:a; empty: not known
	Kind      string   // resolution or decision
	Title     string
	TitleLine int    // from 1
	Number    string // "30", "70/125"
	Label     string // "Rev. Dubai, 2018", as printed between brackets behind the number
	Day       string // on which the text was adopted, or will stand at the latest; empty: not known
	Groups    []Group
	Footnotes []Footnote
}

// Group is a heading in italics with what follows it: "recalling", "instructs the Director ...".
// The groups of a UN text are its preamble and the paragraphs under each topic.
type Group struct {
	Operative  bool
	Heading    string
	Verb       string   // of the heading, without its adverb: "instructs"
	Addressees []string // who an operative heading speaks to, as printed
	Path       string   // heading's words before its addressee, joined by "_"; repeated ones end in ".2"
	Line       int      // from 1; 0: the group has no heading of its own
	Items      []Provision
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
	Items      []Provision
}

// Footnote is the text of one note, printed as "[footnote 1] ..." after the text.
type Footnote struct {
	Mark string
	Line int // from 1
	Text string
}

// Parse reads the plain text of a resolution of ITU or of the United Nations. It never fails:
// what it cannot place stays in Lines only.
func Parse(text string) *Document {
	doc := &Document{Lines: splitLines(text), Kind: "resolution"}
	if opening := unOpening(doc.Lines); opening > 0 {
		parseUN(doc, opening)
	} else {
		parseITU(doc)
	}
	return doc
}

func splitLines(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, line)
	}
	return lines
}

// Key is the citation id of the instrument without revision: "itu:wtdc/res/30". It is empty when
// body or number are not known: a number alone means nothing.
func (d *Document) Key() string {
	if d.Body == "" || d.Number == "" {
		return ""
	}
	if d.Family == familyUN {
		return d.Body + "/res/" + unNumber(d.Number)
	}
	return d.Body + "/" + kindCodes[d.Kind] + "/" + d.Number
}

// Walk calls fn with every provision in the order of the text, with its group and the path of
// the provision it is part of.
func (d *Document) Walk(fn func(g *Group, parent string, p *Provision)) {
	for i := range d.Groups {
		g := &d.Groups[i]
		var walk func(parent string, items []Provision)
		walk = func(parent string, items []Provision) {
			for j := range items {
				fn(g, parent, &items[j])
				walk(items[j].Path, items[j].Items)
			}
		}
		walk("", g.Items)
	}
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// plain writes every kind of blank as one space, rune for rune, so that columns stay.
func plain(line string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u00a0' || r == '\u202f' {
			return ' '
		}
		return r
	}, line)
}

// column turns a place in bytes into a column from 1, in code points.
func column(line string, at int) int { return utf8.RuneCountInString(line[:at]) + 1 }
