package redline

import "unicode/utf8"

// lists cuts the items of a group into lists of one style: the marks of the first item are the
// top, others stand below it. Marks that begin again behind a closing comma begin a new list.
func (g *group) lists() (lists [][]*item) {
	top, open := unmarked, map[style]int{}
	for i, it := range g.items {
		s := it.style
		if s == unmarked {
			if !g.loose(i) {
				continue
			}
			s = g.styleAround(i)
		}
		if top == unmarked {
			top = s
		}
		if s == top {
			at, known := open[s]
			open = map[style]int{s: at}
			if !known {
				delete(open, s)
			}
		}
		if at, known := open[s]; known && !g.restarts(i) {
			lists[at] = append(lists[at], it)
			continue
		}
		open[s] = len(lists)
		lists = append(lists, []*item{it})
	}
	return lists
}

// loose tells whether an item without mark stands like one of a list: closed by a semicolon, with
// a marked item behind it.
func (g *group) loose(i int) bool {
	return g.items[i].last() == ';' && i+1 < len(g.items) && g.items[i+1].style != unmarked
}

func (g *group) styleAround(i int) style { return g.items[i+1].style }

// restarts tells whether the marks begin again behind an item that closed its list.
func (g *group) restarts(i int) bool {
	it := g.items[i]
	if i == 0 || len(it.marks) != 1 || value(it.marks[0].word, it.style) != 1 {
		return false
	}
	last := g.items[i-1].last()
	return (last == ',' || last == '.') && g.items[i-1].marks != nil
}

// mostBreaks are the breaks of a list's series up to which its marks are still told apart.
const mostBreaks = 2

// solveLists reads the marks of every list and records what they tell.
func solveLists(t *reading) {
	for _, g := range t.groups {
		for _, list := range g.lists() {
			if (len(list) > 1 || list[0].glued() || len(list[0].marks) == 2) && len(list) <= longestList && t.entries < mostEntries {
				t.entries += len(list)
				t.solveList(list)
			}
		}
	}
}

func (t *reading) solveList(items []*item) {
	list := make([]entry, len(items))
	s := unmarked
	for i, it := range items {
		list[i] = entry{item: it, both: t.changedWithin(it), notOld: t.notOld(it), older: olderTwin(it, items), outdate: t.stale(it), ending: it.last(), options: printedChoices(it)}
		s = max(s, it.style)
	}
	best, breaks, cost := solve(list, s, -1, [4]int{})
	if breaks > mostBreaks {
		return // the marks tell nothing
	}
	for i, c := range best {
		if c.old == c.new && c.old > 0 || c.old == 0 && c.new == 0 {
			continue
		}
		sure := sureness{breaks: breaks}
		if t.again++; t.again <= mostAgain {
			_, _, other := solve(list, s, i, c.status())
			sure.gap = other - cost
		}
		t.record(&list[i], c, s, sure)
	}
}

// sureness is how far a reading of a list stands above the others.
type sureness struct {
	breaks int     // breaks that no reading of the list avoids
	gap    float64 // what the next best reading of the item costs more
}

func (s sureness) certainty(best float64) float64 {
	switch {
	case s.breaks > 0:
		return 0.5
	case s.gap >= 3:
		return best
	case s.gap >= 2.25:
		return 0.8
	}
	return 0.6
}

// record writes down what a choice says about an item.
func (t *reading) record(e *entry, c choice, s style, sure sureness) {
	switch {
	case c.old > 0 && c.new > 0 && c.restored == neither:
		t.recordMarks(e.item, c, sure)
	case c.old > 0 && c.new > 0:
		t.restore(e.item, c, s, sure.certainty(0.9))
	case c.old > 0:
		t.recordWhole(e, Deleted, sure)
	default:
		t.recordWhole(e, Inserted, sure)
	}
	if c.restored != neither && (c.old == 0 || c.new == 0) {
		t.restore(e.item, c, s, sure.certainty(0.8))
	}
}

// recordMarks writes down the old and the new of two marks. Where it is doubtful which is which
// and the first reads as the new one, only the second is proposed as struck.
func (t *reading) recordMarks(it *item, c choice, sure sureness) {
	l, certainty := it.lines[0], sure.certainty(0.98)
	if c.reversed {
		certainty = min(certainty, 0.8)
	}
	if len(it.marks) == 1 {
		m := it.marks[0]
		from := m.from + indexOf(l.text[m.from:m.to], m.word)
		first := c.old
		if c.reversed {
			first = c.new
		}
		t.pair("glued-marks", l, from, from+width(m.word, first, it.style), from+len(m.word), !c.reversed, certainty)
		return
	}
	a, b := it.marks[0], it.marks[1]
	if certainty >= Certain || !c.reversed {
		rule := "glued-marks"
		if certainty < Certain {
			rule, certainty = "two-marks", 0.6
		}
		t.pair(rule, l, a.from, b.from, b.to, !c.reversed, certainty)
		return
	}
	t.add("two-marks", Deleted, l, b.from, b.to, 0.6)
	t.letter(l, before, l.text[a.from:it.body], b.word+") ", "two-marks", certainty)
}

// width is how many bytes of a mark its first value takes.
func width(word string, first int, s style) int {
	for i := range word {
		if i > 0 && value(word[:i], s) == first {
			return i
		}
	}
	_, n := utf8.DecodeRuneInString(word)
	return n
}

// recordWhole writes down an item that stands in one of the texts only.
func (t *reading) recordWhole(e *entry, kind Kind, sure sureness) {
	rule, certainty := "list-series", sure.certainty(0.93)
	switch {
	case e.notOld && kind == Inserted:
		rule, certainty = "later-citation", 0.97
	case e.older && kind == Deleted:
		rule, certainty = "same-instrument-twice", sure.certainty(0.97)
	case e.item.marks == nil && e.outdate && kind == Deleted:
		rule, certainty = "stale-citation", 0.85
	case certainty >= Certain && e.item.marks != nil:
	case e.item.marks == nil:
		rule, certainty = "mark-missing", min(certainty, 0.8)
	default:
		rule = "mark-doubled"
	}
	t.addWhole(rule, kind, e.item, certainty)
}

// restore writes down the mark that an item must have had in one of the texts.
func (t *reading) restore(it *item, c choice, s style, certainty float64) {
	of, n := before, c.old
	if c.restored == after {
		of, n = after, c.new
	}
	printed, like, l := "", "a", it.lines[0]
	if it.marks != nil {
		printed, like = l.text[it.marks[0].from:it.body], it.marks[0].word
	} else if t.oldLetters(it) != "" {
		like = t.oldLetters(it)
	}
	word := writeMark(n, s, like)
	if word == "" {
		return
	}
	written := word + ") "
	if s == numbers {
		written = word + " "
	}
	if printed != "" {
		at := indexOf(printed, like)
		written = printed[:at] + word + printed[at+len(like):]
	}
	t.letter(l, of, printed, written, "list-series", certainty)
}

// oldLetters is a mark of the group, to tell the alphabet of one that is not printed.
func (t *reading) oldLetters(it *item) string {
	for _, other := range it.group.items {
		if other.marks != nil {
			return other.marks[0].word
		}
	}
	return ""
}

func (t *reading) letter(l *line, of side, printed, written, rule string, certainty float64) {
	name := "before"
	if of == after {
		name = "after"
	}
	t.letters = append(t.letters, Letter{Line: l.number, Side: name, Printed: printed, Written: written, Certainty: certainty, Reason: ruleOf(rule).Reason})
}

// findRestarts flags a list that begins again below the same heading.
func findRestarts(t *reading) {
	for _, g := range t.groups {
		for i, it := range g.items {
			if !g.restarts(i) || g.items[i-1].style != it.style || it.style == romans {
				continue
			}
			if g.heading != nil {
				t.flag("list-restarts", g.heading, 0.6)
			}
			t.flag("list-restarts", it.lines[0], 0.6)
		}
	}
}
