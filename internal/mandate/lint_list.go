package mandate

import (
	"strings"

	"resolute"
)

// The rules of this file look at the marks of lists.

// letterRepeated finds a letter that stands twice in one list. Letters that begin again at a)
// after an item that ended its list have lost their heading: one finding stands for all of them.
func letterRepeated(t *lintText) []resolute.Finding {
	var list []resolute.Finding
	for i := range t.doc.Groups {
		list = append(list, t.repeated(&t.doc.Groups[i])...)
	}
	return list
}

func (t *lintText) repeated(g *Group) []resolute.Finding {
	var list []resolute.Finding
	seen := map[string]int{}
	for i := range g.Items {
		p := &g.Items[i]
		mark := firstMark(t.lines[p.Line-1])
		first, twice := seen[mark]
		switch {
		case mark == "":
			continue
		case twice && mark == "a" && i > 0 && endsList(lastLine(&g.Items[i-1])):
			list = append(list, t.markFinding("heading-missing", p, "a heading", "the item before ended its list with a comma, and letters begin again without a heading"))
			clear(seen)
		case twice:
			list = append(list, t.markFinding("letter-repeated", p, t.expectedMark(g, i), mark+") already stands at "+lineWords(first)+" in the same list ("+g.Heading+")"))
			continue
		}
		seen[mark] = p.Line
	}
	return list
}

func (t *lintText) markFinding(rule string, p *Provision, expected, message string) resolute.Finding {
	return atRune(rule, p.Line, t.markColumn(p)-1, firstMark(t.lines[p.Line-1])+")", expected, message)
}

// firstMark reads the letter that a line begins with; of "a) b)" the first.
func firstMark(line string) string {
	line = strings.TrimLeft(line, " ")
	if len(line) > 1 && line[1] == ')' && line[0] >= 'a' && line[0] <= 'z' {
		return line[:1]
	}
	return ""
}

// expectedMark is the letter after the one before, when the one before is sure.
func (t *lintText) expectedMark(g *Group, i int) string {
	before := firstMark(t.lines[g.Items[i-1].Line-1])
	here := firstMark(t.lines[g.Items[i].Line-1])
	if before == here && before != "" && before < "z" && i > 1 && firstMark(t.lines[g.Items[i-2].Line-1]) == string(before[0]-1) {
		return string(before[0]+1) + ")"
	}
	return "another letter"
}

// lastLine is the text of the last part of an item.
func lastLine(p *Provision) string {
	if n := len(p.Items); n > 0 {
		return lastLine(&p.Items[n-1])
	}
	return p.Text
}

func endsList(text string) bool { return strings.HasSuffix(strings.TrimRight(text, " "), ",") }

// numberMissing finds an item without mark in a list whose other items have one. A text that
// opens the list is no item.
func numberMissing(t *lintText) []resolute.Finding {
	if t.doc.Family != familyITU {
		return nil
	}
	var list []resolute.Finding
	for _, g := range t.doc.Groups {
		for i := range g.Items {
			p := &g.Items[i]
			if p.Mark != "" || i == len(g.Items)-1 || !lettered(g.Items[i+1].Mark) || !strings.HasSuffix(strings.TrimRight(p.Text, " "), ";") {
				continue
			}
			found := firstWords(p.Text, 2)
			expected := "a letter"
			if i == 0 {
				expected = "a) " + strings.Fields(found)[0]
			}
			list = append(list, atRune("number-missing", p.Line, t.markColumn(p)-1, found, expected, "an item of a lettered list has no letter"))
		}
	}
	return list
}

func lettered(mark string) bool { return mark != "" && !isNumber(mark) }

func firstWords(text string, n int) string {
	words := strings.Fields(text)
	return strings.Join(words[:min(n, len(words))], " ")
}
