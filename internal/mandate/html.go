package mandate

import (
	"bytes"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"resolute"
	"resolute/internal/ooxml/docx"
)

// deepestHTML is how deep elements of HTML may stand in one another.
const deepestHTML = 400

// isHTML tells by how a file begins whether it is HTML.
func isHTML(data []byte) bool {
	start := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(data[:min(len(data), 1024)], []byte("\ufeff"))))
	for _, head := range []string{"<!doctype html", "<html", "<body", "<?xml"} {
		if bytes.HasPrefix(start, []byte(head)) {
			return head != "<?xml" || bytes.Contains(start, []byte("<html"))
		}
	}
	return false
}

// html gives the text of HTML: a line for each block, numbers of ordered lists before their
// items, footnotes as Parse reads them. <ins> and <del> are tracked changes.
func (f File) html() (Received, *resolute.Finding) {
	root, err := html.ParseWithOptions(bytes.NewReader(f.Data), html.ParseOptionEnableScripting(false))
	if err != nil {
		return Received{}, refuse("html", "", "", "the HTML cannot be read: "+err.Error()+": refused whole")
	}
	var sides [2]string
	notes := notesOf(root)
	for i, side := range []Side{Before, After} {
		w := &htmlLines{side: side, notes: notes, written: map[*html.Node]bool{}}
		if !w.inside(root, 0) {
			return Received{}, refuse("limit-html", "", strconv.Itoa(deepestHTML), "elements stand too deep in one another: refused whole")
		}
		w.breakLine()
		sides[i] = w.text.String()
	}
	return f.chosen(sides[0], sides[1], nil)
}

// htmlLines puts the text of one side into lines.
type htmlLines struct {
	side  Side
	text  strings.Builder
	line  strings.Builder
	blank bool // a blank is due before the next word
	pre   bool

	notes   htmlNotes
	written map[*html.Node]bool // notes
}

// unread are elements of which nothing is text of the document.
var unread = map[atom.Atom]bool{atom.Head: true, atom.Script: true, atom.Style: true, atom.Template: true, atom.Noscript: true, atom.Svg: true,
	atom.Select: true, atom.Textarea: true, atom.Button: true, atom.Iframe: true, atom.Object: true}

// inlines are elements that do not break the line; all others do, before and behind.
var inlines = map[atom.Atom]bool{atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Cite: true, atom.Code: true, atom.Data: true,
	atom.Del: true, atom.Dfn: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Ins: true, atom.Kbd: true, atom.Label: true, atom.Mark: true, atom.Q: true,
	atom.S: true, atom.Samp: true, atom.Small: true, atom.Span: true, atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Time: true, atom.U: true, atom.Var: true,
	atom.Wbr: true, atom.Img: true}

// inside writes what stands in an element; false when it is too deep.
func (w *htmlLines) inside(n *html.Node, depth int) bool {
	if depth > deepestHTML {
		return false
	}
	number := listStart(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			w.words(c.Data)
			continue
		}
		if c.Type != html.ElementNode || unread[c.DataAtom] || c.DataAtom == atom.Del && w.side == After || c.DataAtom == atom.Ins && w.side == Before {
			continue
		}
		if w.notes.marks[c] != "" {
			w.mark(w.notes.marks[c])
			continue
		}
		if w.notes.back[c] {
			continue
		}
		if w.notes.words[c] != "" {
			if !w.note(c, depth+1) {
				return false
			}
			continue
		}
		if !inlines[c.DataAtom] {
			w.breakLine()
		}
		if w.notes.apart(c) && !w.notes.apart(n) && !w.notesFirst(c, depth+1) {
			return false
		}
		if c.DataAtom == atom.Li && n.DataAtom == atom.Ol {
			number = ownValue(c, number)
			w.line.WriteString(itemNumber(attribute(n, "type"), number) + " ")
			number++
		}
		if !w.element(c, depth+1) {
			return false
		}
	}
	return true
}

// element writes one element; what does not stand within a line ends it.
func (w *htmlLines) element(n *html.Node, depth int) bool {
	pre := w.pre
	w.pre = pre || n.DataAtom == atom.Pre
	whole := w.inside(n, depth)
	if w.pre = pre; !inlines[n.DataAtom] {
		w.breakLine()
	}
	return whole
}

// words adds text; blanks and line ends are one blank, but in <pre>.
func (w *htmlLines) words(text string) {
	if w.pre {
		for part := range strings.Lines(text) {
			w.line.WriteString(strings.TrimRight(part, "\r\n"))
			if strings.HasSuffix(part, "\n") {
				w.breakLine()
			}
		}
		return
	}
	for i, word := range strings.FieldsFunc(text, isHTMLBlank) {
		if i > 0 || w.blank || isHTMLBlank(rune(text[0])) {
			w.gap()
		}
		w.line.WriteString(word)
		w.blank = false
	}
	w.blank = w.blank || text != "" && isHTMLBlank(rune(text[len(text)-1]))
}

// isHTMLBlank tells blanks that run together from those that stay: a no-break space stays.
func isHTMLBlank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' }

// gap writes the blank between words, but not at the head of a line.
func (w *htmlLines) gap() {
	if line := w.line.String(); line != "" && !strings.HasSuffix(line, " ") {
		w.line.WriteByte(' ')
	}
}

func (w *htmlLines) breakLine() {
	if line := strings.TrimRight(w.line.String(), " "); line != "" {
		w.text.WriteString(line + "\n")
	}
	w.line.Reset()
	w.blank = false
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// listStart gives the first number of an ordered list.
func listStart(n *html.Node) int {
	if start, err := strconv.Atoi(attribute(n, "start")); err == nil {
		return start
	}
	return 1
}

func ownValue(item *html.Node, otherwise int) int {
	if value, err := strconv.Atoi(attribute(item, "value")); err == nil {
		return value
	}
	return otherwise
}

var listFormats = map[string]string{"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}

// itemNumber writes the number of an item as resolutions print it: 1. or a) or i).
func itemNumber(kind string, n int) string {
	format, other := listFormats[kind]
	if !other {
		return strconv.Itoa(n) + "."
	}
	number, _ := docx.FormatNumber(format, n)
	return number + ")"
}
