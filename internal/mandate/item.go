package mandate

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"resolute"
)

// mark reads the mark of an item of a list of ITU, as printed without its bracket.
func (p *parser) mark(line string) (text, rest string) {
	if m := marked.FindStringSubmatch(line); m != nil {
		return m[1] + m[2], line[len(m[0]):]
	}
	if p.doc.Lang == resolute.English {
		return "", line
	}
	if m := readMark(line); m.style != "" && m.style != "bullet" {
		return strings.TrimSpace(m.text), m.rest
	}
	return "", line
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

func isNumber(mark string) bool {
	first := firstRune(mark)
	return first >= '0' && first <= '9' || first >= '٠' && first <= '٩'
}

// pathMark writes a mark as paths do: the letters of other alphabets by their place in the list, so
// that the same provision has the same path in every language.
func pathMark(mark string) string {
	if isASCII(mark) {
		return strings.ReplaceAll(mark, ".", "_")
	}
	if isNumber(mark) {
		return strconv.Itoa(value(mark))
	}
	if n := letterValue(mark); n > 0 && n <= 26 {
		return string(rune('a' + n - 1))
	}
	return strings.Map(cyrillicTwin, mark)
}

// cyrillicTwin gives the Latin letter that a Cyrillic one stands for in a list: Russian texts
// letter lists in Latin, and what looks so may be Cyrillic; other letters by their place.
func cyrillicTwin(r rune) rune {
	const cyrillic, latin = "асеорхуікмтбвгд", "aceopxyikmtbcde"
	if at := strings.IndexRune(cyrillic, r); at >= 0 {
		return rune(latin[utf8.RuneCountInString(cyrillic[:at])])
	}
	return r
}

// longestList bounds the lists whose marks are compared: no text has longer ones, and a file that
// pretends to shall not cost more.
const longestList = 4000

// addItem appends an item. A mark that is missing or taken gives the path its place in the list.
func addItem(list *[]Provision, parent string, level int, mark, text string, n int) {
	path := joinPath(parent, pathMark(mark))
	taken := mark == "" || len(*list) > longestList
	for i := 0; i < len(*list) && !taken; i++ {
		taken = (*list)[i].Mark == mark
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
	last, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(",;.:،؛，；。：", last)
}

// settlePaths makes every path of a document its own: one that is there before ends in ".2".
func (d *Document) settlePaths() {
	seen := map[string]int{}
	d.Walk(func(_ *Group, _ string, p *Provision) {
		for seen[p.Path] > 0 {
			seen[p.Path]++
			p.Path += "." + strconv.Itoa(seen[p.Path])
		}
		seen[p.Path] = 1
	})
}
