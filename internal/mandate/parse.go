package mandate

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Document is the text of a resolution read into its groups. Lines holds every line as it was,
// so that nothing is lost: put together they are the text.
type Document struct {
	Lines  []string // each with its line end
	Title  string
	Number string // "30"
	Label  string // "Rev. Dubai, 2018", as printed between brackets behind the number
	Groups []Group
}

// Group is a heading in italics with what follows it: "recalling", "instructs the Director ...".
type Group struct {
	Operative bool
	Heading   string
	Path      string // heading's words before its addressee, joined by "_"; repeated ones end in ".2"
	Line      int    // from 1
	Items     []Provision
}

// Provision is one item of a group, or of another item. Text is without its mark.
type Provision struct {
	Path  string // of the group, then the printed marks: resolves_11_ii
	Mark  string // as printed, without brackets; empty when there is none
	Line  int    // from 1
	Text  string
	Items []Provision
}

var (
	titleLine = regexp.MustCompile(`(?i)\b(?:RESOLUTION|DECISION)\s+([0-9]+)\b\s*(?:\(([^)]*)\))?`)
	marked    = regexp.MustCompile(`^(?:([a-z]{1,4})\)|([0-9]{1,3}(?:\.[0-9]{1,2})?)[.)]?(?:\s))\s*`)
	roman     = regexp.MustCompile(`^[ivx]+$`)
	footnote  = regexp.MustCompile(`^(?:\[footnote|_{5,}|ANNEX\b)`)
)

// verbs open groups; true marks the operative ones.
var verbs = map[string]bool{
	"recalling": false, "considering": false, "recognizing": false, "noting": false, "aware": false, "bearing": false, "taking": false, "emphasizing": false,
	"reaffirming": false, "acknowledging": false, "mindful": false, "convinced": false, "conscious": false, "welcoming": false, "stressing": false,
	"concerned": false, "having": false, "observing": false, "underlining": false, "affirming": false, "guided": false, "desiring": false, "believing": false,
	"endorsing": false, "appreciating": false, "expressing": false, "understanding": false, "realizing": false, "highlighting": false, "taking-note": false,
	"resolves": true, "instructs": true, "invites": true, "calls": true, "requests": true, "urges": true, "encourages": true, "decides": true,
	"recommends": true, "authorizes": true, "appeals": true, "charges": true, "declares": true, "approves": true, "entrusts": true,
}

// Parse reads the plain text of a resolution of ITU. It never fails: what it cannot place stays
// in Lines only.
func Parse(text string) *Document {
	p := &parser{doc: &Document{Lines: splitLines(text)}, seen: map[string]int{}}
	for i, raw := range p.doc.Lines {
		if line := strings.TrimSpace(raw); line != "" && !p.ended {
			p.line(line, i+1)
		}
	}
	return p.doc
}

func splitLines(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, line)
	}
	return lines
}

// parser walks the lines once. item and sub are where the next continuation belongs.
type parser struct {
	doc   *Document
	seen  map[string]int
	ended bool // an annex or the footnotes have begun
}

func (p *parser) line(line string, n int) {
	switch {
	case len(p.doc.Groups) > 0 && footnote.MatchString(line):
		p.ended = true
	case p.heading(line, n):
	case len(p.doc.Groups) > 0:
		p.item(line, n)
	case p.doc.Number == "":
		if m := titleLine.FindStringSubmatch(line); m != nil {
			p.doc.Number, p.doc.Label = m[1], m[2]
		}
	case p.doc.Title == "":
		p.doc.Title = line
	}
}

// heading opens a group when a line begins with a verb of the kind and has no closing mark.
func (p *parser) heading(line string, n int) bool {
	if utf8.RuneCountInString(line) > 200 || strings.ContainsAny(line[len(line)-1:], ",;.:") || !unicode.IsLower(firstRune(line)) {
		return false
	}
	words := strings.Fields(line)
	verb := words[0]
	if (verb == "further" || verb == "also") && len(words) > 1 {
		verb = words[1]
	}
	operative, known := verbs[strings.TrimRight(verb, ",")]
	if !known {
		return false
	}
	path := headingPath(words)
	if p.seen[path]++; p.seen[path] > 1 {
		path += "." + strconv.Itoa(p.seen[path])
	}
	p.doc.Groups = append(p.doc.Groups, Group{Operative: operative, Heading: line, Path: path, Line: n})
	return true
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// headingPath joins the words before the addressee: "further instructs the Director" gives
// further_instructs, "resolves to invite the ITU" gives resolves.
func headingPath(words []string) string {
	var path []string
	for i, w := range words {
		if i > 0 && (w == "the" || w == "to" || w == "that" || unicode.IsUpper(firstRune(w))) {
			break
		}
		path = append(path, strings.ToLower(strings.Trim(w, ",")))
	}
	return strings.Join(path, "_")
}

// item adds a line to the group at hand: a new item, a part of the last one, or more of its text.
func (p *parser) item(line string, n int) {
	g := &p.doc.Groups[len(p.doc.Groups)-1]
	m := marked.FindStringSubmatch(line)
	if m == nil {
		if len(g.Items) > 0 && !closed(lastText(g)) {
			appendText(g, line)
			return
		}
		g.add(&g.Items, g.Path, "", line, n)
		return
	}
	mark, text := m[1]+m[2], line[len(m[0]):]
	if last := len(g.Items) - 1; last >= 0 && isPart(g.Items, mark) {
		g.add(&g.Items[last].Items, g.Items[last].Path, mark, text, n)
		return
	}
	g.add(&g.Items, g.Path, mark, text, n)
}

// isPart tells whether a mark belongs below the last item: a decimal below a number, a letter or
// roman number below a number, a roman number below a letter that it does not follow.
func isPart(items []Provision, mark string) bool {
	last := items[len(items)-1].Mark
	switch {
	case strings.Contains(mark, "."):
		return true
	case last == "" || isNumber(mark):
		return false
	case isNumber(last):
		return true
	}
	follows := len(last) == 1 && len(mark) == 1 && mark[0] == last[0]+1
	return roman.MatchString(mark) && !follows && (mark == "i" || len(items[len(items)-1].Items) > 0)
}

func isNumber(mark string) bool { return mark != "" && mark[0] >= '0' && mark[0] <= '9' }

// add appends an item. A mark that is missing or taken gives the path its place in the list.
func (g *Group) add(list *[]Provision, parent, mark, text string, n int) {
	path := parent + "_" + strings.ReplaceAll(mark, ".", "_")
	taken := mark == ""
	for _, other := range *list {
		taken = taken || other.Mark == mark
	}
	if taken {
		path = parent + "_p" + strconv.Itoa(len(*list)+1)
	}
	*list = append(*list, Provision{Path: path, Mark: mark, Line: n, Text: text})
}

func lastText(g *Group) string {
	last := g.Items[len(g.Items)-1]
	if n := len(last.Items); n > 0 {
		return last.Items[n-1].Text
	}
	return last.Text
}

func appendText(g *Group, line string) {
	last := &g.Items[len(g.Items)-1]
	if n := len(last.Items); n > 0 {
		last = &last.Items[n-1]
	}
	last.Text += " " + line
}

// closed tells whether a text ends with a closing mark.
func closed(text string) bool {
	return text != "" && strings.ContainsAny(text[len(text)-1:], ",;.:")
}
