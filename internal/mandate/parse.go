package mandate

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"resolute"
)

var (
	marked    = regexp.MustCompile(`^(?:([a-z]{1,4})\)|([0-9]{1,3}(?:\.[0-9]{1,2})?)[.)]?(?:\s))\s*`)
	roman     = regexp.MustCompile(`^[ivx]+$`)
	noteLine  = regexp.MustCompile(`^\[footnote ([^\]]{1,8})\]\s*(.*)`)
	afterText = regexp.MustCompile(`^(?:_{5,}|(?:ANNEX|ANNEXE|ANEXO|ПРИЛОЖЕНИЕ)(?:[^\p{L}]|$)|(?:ال)?ملحق(?:\s|$)|附件)`)
	dashed    = regexp.MustCompile(`^[–—•-]\s+`)
)

// kindCodes are the kinds of instruments as citation ids write them.
var kindCodes = map[string]string{"resolution": "res", "decision": "dec", "recommendation": "rec", "opinion": "opinion"}

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
	case p.unheaded(line):
		p.item(line, n)
	case len(d.Groups) > 0:
		p.item(line, n)
	default:
		p.head(line, n)
	}
}

// unheaded opens a group without a heading when an excerpt begins in the midst of a list: numbers
// speak for the operative part, letters for the preamble.
func (p *parser) unheaded(line string) bool {
	d := p.doc
	if len(d.Groups) > 0 || d.Number != "" || d.Body == "" && d.Lang == resolute.English || !closed(line) {
		return false
	}
	mark, _ := p.mark(line)
	if mark == "" {
		return false
	}
	d.Groups = append(d.Groups, Group{Operative: isNumber(mark), Path: "unheaded", Why: whyLost})
	return true
}

// head reads what stands before the first group: number, title, and the body that speaks.
func (p *parser) head(line string, n int) {
	d := p.doc
	if m := proposalLine.FindStringSubmatch(line); m != nil && d.Mark == "" {
		d.Mark, d.Proposal = m[1], m[2]
	}
	if t, ok := readTitle(line, familyITU); ok && d.Number == "" {
		d.Kind, d.Number, d.Label = t.kind, t.number, t.label
		if t.words != "" {
			d.Title, d.TitleLine = t.words, n
		}
		return
	}
	spoken := ""
	if d.Body == "" && opens(line, d.Lang) {
		spoken = bodyNamed(line, familyITU, d.Lang)
	}
	switch {
	case d.Number != "" && d.Title == "" && (spoken == "" || d.Lang == resolute.English):
		d.Title, d.TitleLine = line, n
	case spoken != "":
		d.Body = spoken
	}
}

// opens tells whether a line may be the one that names the body that speaks.
func opens(line string, lang resolute.Lang) bool {
	return lang != resolute.English && utf8.RuneCountInString(line) < 160 || strings.HasPrefix(line, "The ")
}

// settleDay takes the day from the edition behind the number; of two, the later.
func (p *parser) settleDay() {
	d := p.doc
	e, ok := readBracket(d.Label)
	if !ok {
		return
	}
	if c, known := meeting(e.place(), e.year(), d.Body); known {
		d.Day = c.LastDay()
		if d.Body == "" {
			d.Body = c.Body
		}
		return
	}
	d.Day = strconv.Itoa(e.year()) + "-12-31"
}

// heading opens a group when a line begins with a verb of the kind and has no closing mark.
func (p *parser) heading(line string, n int) bool {
	d := p.doc
	if utf8.RuneCountInString(line) > 200 || !p.mayHead(line) {
		return false
	}
	h := headOf(line, d.Lang)
	if h.class == "" || !h.heading {
		return false
	}
	if len(d.Groups) == 0 && d.Number == "" && (d.Lang == resolute.English || d.Body == "" && !alone(line, h)) {
		return false
	}
	text := ""
	if closed(line) && !alone(line, h) { // Chinese: the only item stands behind its verb
		text = h.rest
	}
	p.open(line[:len(line)-len(text)], h, n)
	if g := &d.Groups[len(d.Groups)-1]; text != "" {
		addItem(&g.Items, g.Path, 1, "", text, n)
		g.Items[0].Why = whySingle
	}
	return true
}

// mayHead tells whether a line has the form of a heading: no closing mark, and in scripts that
// have capitals none at its head.
func (p *parser) mayHead(line string) bool {
	switch first := firstRune(line); {
	case p.doc.Lang == resolute.English:
		return !strings.ContainsAny(line[len(line)-1:], ",;.:") && unicode.IsLower(first)
	case p.doc.Lang == resolute.Chinese:
		return len(p.doc.Groups) == 0 || len(p.lastItems()) == 0 || !closed(line) || closed(lastText(p.last()))
	case unicode.IsUpper(first):
		return false
	}
	return !closed(line) || alone(line, headOf(line, p.doc.Lang))
}

func (p *parser) last() *Group { return &p.doc.Groups[len(p.doc.Groups)-1] }

func (p *parser) lastItems() []Provision { return p.last().Items }

// alone tells whether nothing but its closing mark stands behind the verb of a line.
func alone(line string, h head) bool {
	return h.class != "" && strings.Trim(h.rest, " ,:،，：") == "" && line != ""
}

func (p *parser) open(line string, h head, n int) {
	path := headingPath(line, h, p.doc.Lang)
	if p.seen[path]++; p.seen[path] > 1 {
		path += "." + strconv.Itoa(p.seen[path])
	}
	p.doc.Groups = append(p.doc.Groups, Group{Operative: h.class != preambular, Heading: line, Verb: h.verb, Addressees: addressees(line, p.doc.Lang), Path: path, Line: n, Why: whyVerbAlone})
}

// headingPath joins the words before the addressee: "further instructs the Director" gives
// further_instructs, "resolves to invite the ITU" gives resolves. In other languages it is the
// same path, so that a provision has one address in all six.
func headingPath(line string, h head, lang resolute.Lang) string {
	if lang != resolute.English {
		if h.further && h.class == preambular {
			return h.means + "_further"
		} else if h.further {
			return "further_" + h.means
		}
		return h.means
	}
	var path []string
	for i, w := range strings.Fields(line) {
		if i > 0 && (w == "the" || w == "to" || w == "that" || unicode.IsUpper(firstRune(w))) {
			break
		}
		path = append(path, strings.ToLower(strings.Trim(w, ",")))
	}
	return strings.Join(path, "_")
}

// item adds a line to the group at hand: a new item, a part of the last one, or more of its text.
func (p *parser) item(line string, n int) {
	g := p.last()
	mark, text := p.mark(line)
	if mark == "" {
		p.unmarked(g, line, n)
		return
	}
	if last := len(g.Items) - 1; last >= 0 && isPart(g.Items, mark) {
		over := &g.Items[last]
		addItem(&over.Items, over.Path, 2, mark, text, n)
		return
	}
	p.top(g, mark, text, n)
}

// unmarked adds a line without a mark: a dash below an item that announced it, more of an open
// text, or an item by itself.
func (p *parser) unmarked(g *Group, line string, n int) {
	last := len(g.Items) - 1
	switch {
	case last >= 0 && dashed.MatchString(line) && (strings.HasSuffix(g.Items[last].Text, ":") || len(g.Items[last].Items) > 0):
		over := &g.Items[last]
		addItem(&over.Items, over.Path, 2, "", line[len(dashed.FindString(line)):], n)
		g.dashes++
		dash := &over.Items[len(over.Items)-1]
		dash.Why, dash.Path = whyBullet, p.place(g)
	case last >= 0 && !closed(lastText(g)):
		appendText(g, line)
	default:
		p.top(g, "", line, n)
	}
}

// top adds an item to a group. Where its mark is missing or taken its path is its place among the
// lines of the group, those with a dash counted.
func (p *parser) top(g *Group, mark, text string, n int) {
	addItem(&g.Items, g.Path, 1, mark, text, n)
	if last := &g.Items[len(g.Items)-1]; last.Path != joinPath(g.Path, pathMark(mark)) {
		last.Path = p.place(g)
	}
}

func (p *parser) place(g *Group) string {
	return joinPath(g.Path, "p"+strconv.Itoa(len(g.Items)+g.dashes))
}
