package mandate

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	titleLine = regexp.MustCompile(`(?i)\b(RESOLUTION|DECISION)\s+(?:ITU-R )?([0-9]+(?:-[0-9]+)?)\b\s*(?:\(([^)]*)\))?`)
	marked    = regexp.MustCompile(`^(?:([a-z]{1,4})\)|([0-9]{1,3}(?:\.[0-9]{1,2})?)[.)]?(?:\s))\s*`)
	roman     = regexp.MustCompile(`^[ivx]+$`)
	noteLine  = regexp.MustCompile(`^\[footnote ([^\]]{1,8})\]\s*(.*)`)
	afterText = regexp.MustCompile(`^(?:_{5,}|ANNEX\b)`)
)

// kindCodes are the kinds of instruments as citation ids write them.
var kindCodes = map[string]string{"resolution": "res", "decision": "dec", "recommendation": "rec", "opinion": "opinion"}

// ituBodies finds the body in the line "The ... Conference (Dubai, 2018),".
var ituBodies = []struct{ words, body string }{
	{"Plenipotentiary Conference", "itu:pp"}, {"World Telecommunication Development Conference", "itu:wtdc"},
	{"World Telecommunication Standardization Assembly", "itu:wtsa"}, {"Radiocommunication Assembly", "itu:ra"}, {"Council", "itu:council"},
}

// parseITU reads the family of ITU: verbs alone on their lines over lists that begin again under
// each.
func parseITU(doc *Document) {
	p := &parser{doc: doc, seen: map[string]int{}}
	for i, raw := range doc.Lines {
		if line := strings.TrimSpace(raw); line != "" {
			p.line(line, i+1)
		}
	}
	if len(doc.Groups) > 0 {
		doc.Family = familyITU
	}
	p.settleDay()
}

// parser walks the lines once.
type parser struct {
	doc   *Document
	seen  map[string]int
	ended bool // an annex or the footnotes have begun
}

func (p *parser) line(line string, n int) {
	d := p.doc
	if m := noteLine.FindStringSubmatch(line); m != nil {
		d.Footnotes = append(d.Footnotes, Footnote{Mark: m[1], Line: n, Text: m[2]})
		p.ended = p.ended || len(d.Groups) > 0
		return
	}
	switch {
	case p.ended:
	case len(d.Groups) > 0 && afterText.MatchString(line):
		p.ended = true
	case p.heading(line, n):
	case len(d.Groups) > 0:
		p.item(line, n)
	default:
		p.head(line, n)
	}
}

// head reads what stands before the first group: number, title, and the body that speaks.
func (p *parser) head(line string, n int) {
	d := p.doc
	switch m := titleLine.FindStringSubmatch(line); {
	case d.Number == "" && m != nil:
		d.Kind, d.Number, d.Label = strings.ToLower(m[1]), m[2], m[3]
	case d.Number != "" && d.Title == "":
		d.Title, d.TitleLine = line, n
	case d.Body == "" && strings.HasPrefix(line, "The "):
		for _, b := range ituBodies {
			if strings.Contains(line, b.words) {
				d.Body = b.body
				return
			}
		}
	}
}

// settleDay takes the day from the edition behind the number; of two, the later.
func (p *parser) settleDay() {
	d := p.doc
	e, ok := readBracket(d.Label)
	if !ok {
		return
	}
	if c, known := meeting(e.place(), e.year(), d.Body); known {
		d.Day = c.lastDay()
		if d.Body == "" {
			d.Body = c.Body
		}
		return
	}
	d.Day = strconv.Itoa(e.year()) + "-12-31"
}

// heading opens a group when a line begins with a verb of the kind and has no closing mark.
func (p *parser) heading(line string, n int) bool {
	if utf8.RuneCountInString(line) > 200 || strings.ContainsAny(line[len(line)-1:], ",;.:") || !unicode.IsLower(firstRune(line)) {
		return false
	}
	words := strings.Fields(line)
	if len(p.doc.Groups) == 0 && p.doc.Number == "" {
		return false
	}
	verb, class := headVerb(line)
	if class == "" {
		return false
	}
	path := headingPath(words)
	if p.seen[path]++; p.seen[path] > 1 {
		path += "." + strconv.Itoa(p.seen[path])
	}
	p.doc.Groups = append(p.doc.Groups, Group{Operative: class != preambular, Heading: line, Verb: verb, Addressees: addressees(line), Path: path, Line: n})
	return true
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
		addItem(&g.Items, g.Path, 1, "", line, n)
		return
	}
	mark, text := m[1]+m[2], line[len(m[0]):]
	if last := len(g.Items) - 1; last >= 0 && isPart(g.Items, mark) {
		addItem(&g.Items[last].Items, g.Items[last].Path, 2, mark, text, n)
		return
	}
	addItem(&g.Items, g.Path, 1, mark, text, n)
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

// addItem appends an item. A mark that is missing or taken gives the path its place in the list.
func addItem(list *[]Provision, parent string, level int, mark, text string, n int) {
	path := joinPath(parent, strings.ReplaceAll(mark, ".", "_"))
	taken := mark == ""
	for _, other := range *list {
		taken = taken || other.Mark == mark
	}
	if taken {
		path = joinPath(parent, "p"+strconv.Itoa(len(*list)+1))
	}
	*list = append(*list, Provision{Path: path, Mark: mark, Level: level, Line: n, Text: text})
}

func joinPath(parent, mark string) string {
	if parent == "" {
		return mark
	}
	return parent + "_" + mark
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
