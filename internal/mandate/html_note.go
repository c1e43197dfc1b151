package mandate

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlNotes are the footnotes of a page: raised marks that lead to an element with words, from which a link leads back.
type htmlNotes struct {
	marks    map[*html.Node]string // of a link in the text
	words    map[*html.Node]string // of the element that holds the words of a note, its mark
	back     map[*html.Node]bool   // links back to the text
	aboveOne map[*html.Node]bool   // elements that hold marks
	aboveTwo map[*html.Node]bool   // elements that hold words of notes
}

// longestNoteMark is how many signs the mark of a footnote may have.
const longestNoteMark = 8

func notesOf(root *html.Node) htmlNotes {
	n := htmlNotes{map[*html.Node]string{}, map[*html.Node]string{}, map[*html.Node]bool{}, map[*html.Node]bool{}, map[*html.Node]bool{}}
	byID := map[string]*html.Node{}
	var links []*html.Node
	for node := range root.Descendants() {
		if id := attribute(node, "id"); id != "" && byID[id] == nil {
			byID[id] = node
		}
		if node.DataAtom == atom.A && strings.HasPrefix(attribute(node, "href"), "#") {
			links = append(links, node)
		}
	}
	target := func(link *html.Node) *html.Node { return byID[attribute(link, "href")[1:]] }
	backTo := map[*html.Node][]*html.Node{}
	for _, link := range links {
		if to := target(link); to != nil {
			backTo[to] = append(backTo[to], link)
		}
	}
	for _, link := range links {
		n.note(link, target(link), append(backTo[link], backTo[link.Parent]...))
	}
	return n
}

// note takes a link for the mark of a footnote when it is raised and one of the links to it stands among the words
// that it leads to.
func (n htmlNotes) note(link, words *html.Node, back []*html.Node) {
	mark := strings.Trim(strings.TrimSpace(textIn(link)), "[]()")
	raised := link.Parent != nil && link.Parent.DataAtom == atom.Sup || link.FirstChild != nil && link.FirstChild.DataAtom == atom.Sup
	if words == nil || changing(link) || changing(words) || inlines[words.DataAtom] || !raised || mark == "" || utf8.RuneCountInString(mark) > longestNoteMark || n.words[words] != "" {
		return
	}
	for _, b := range back {
		for up := range b.Ancestors() {
			if up == words {
				n.marks[link], n.words[words], n.back[b] = mark, mark, true
			}
		}
	}
	if n.words[words] == "" {
		return
	}
	for up := range link.Ancestors() {
		n.aboveOne[up] = true
	}
	for up := range words.Ancestors() {
		n.aboveTwo[up] = true
	}
}

// changing tells whether a node is not there on every side, or is not read at all.
func changing(node *html.Node) bool {
	for up := range node.Ancestors() {
		if up.DataAtom == atom.Ins || up.DataAtom == atom.Del || unread[up.DataAtom] {
			return true
		}
	}
	return unread[node.DataAtom]
}

// apart tells whether an element holds words of notes and no marks.
func (n htmlNotes) apart(node *html.Node) bool { return n.aboveTwo[node] && !n.aboveOne[node] }

func textIn(node *html.Node) string {
	var b strings.Builder
	for d := range node.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// mark writes the mark of a footnote where it stands.
func (w *htmlLines) mark(mark string) {
	if w.blank {
		w.gap()
		w.blank = false
	}
	w.line.WriteString(raised(mark))
}

// notesFirst writes the notes of an element before what else it holds, such as a heading over them: they end the text.
func (w *htmlLines) notesFirst(n *html.Node, depth int) bool {
	for d := range n.Descendants() {
		if w.notes.words[d] != "" && !w.note(d, depth) {
			return false
		}
	}
	return true
}

// note writes a footnote on a line of its own.
func (w *htmlLines) note(n *html.Node, depth int) bool {
	if w.written[n] {
		return true
	}
	w.written[n] = true
	inner := &htmlLines{side: w.side, notes: w.notes, written: w.written}
	if !inner.inside(n, depth) {
		return false
	}
	inner.breakLine()
	w.breakLine()
	w.text.WriteString("[footnote " + w.notes.words[n] + "] " + strings.Join(strings.Fields(inner.text.String()), " ") + "\n")
	return true
}
