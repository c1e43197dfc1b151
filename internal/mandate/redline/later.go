package redline

import (
	"regexp"
	"slices"
	"strings"
)

// headReach is how far into an item, in bytes, a citation stands that the item is about.
const headReach = 60

// findLater finds names that came into use between the two texts, and wordings as a mere hint.
func findLater(t *reading) {
	for _, name := range lateNames() {
		if t.oldYear == 0 || name.since <= t.oldYear || name.since > t.newYear {
			continue
		}
		for _, l := range t.lines {
			if !name.wording {
				t.laterName(l, name)
			} else if l.item != nil && strings.Contains(l.text, name.new) && l.item.style == numbers {
				t.add("later-wording", Doubtful, l.item.lines[0], 0, len(l.item.lines[0].text), 0.5)
			}
		}
	}
}

// laterName finds the part by which a name grew, or the new name behind the old one.
func (t *reading) laterName(l *line, name lateName) {
	for at := 0; ; {
		i := strings.Index(l.text[at:], name.new)
		if i < 0 {
			return
		}
		from := at + i
		at = from + len(name.new)
		if strings.HasPrefix(name.new, name.old) {
			t.add("later-name", Inserted, l, from+len(name.old), at, 0.97)
		} else if before := strings.TrimRight(l.text[:from], " "); strings.HasSuffix(before, name.old) {
			t.pair("later-name", l, len(before)-len(name.old), from, at, true, 0.97)
		}
	}
}

// notOld tells whether an item is about an edition that is later than the earlier text.
func (t *reading) notOld(it *item) bool {
	text := it.text()
	at := strings.IndexByte(text, ')')
	if t.oldYear == 0 || at < 0 || at > headReach {
		return false
	}
	list := citationsOf(text[:at+1])
	return len(list) == 1 && !list[0].mixed && list[0].was.year > t.oldYear && list[0].was.year <= t.newYear
}

// stale tells whether an item cites an edition that the text replaces elsewhere.
func (t *reading) stale(it *item) bool {
	return slices.ContainsFunc(it.cites(), func(c citation) bool {
		_, moved := t.moved[c.was]
		return moved && !c.mixed
	})
}

// olderTwin tells whether another item of the list cites the same instrument in a newer edition,
// and did not cite it before too.
func olderTwin(it *item, list []*item) bool {
	own := it.cites()
	if len(own) == 0 || own[0].mixed {
		return false
	}
	return slices.ContainsFunc(list, func(other *item) bool {
		cites := other.cites()
		return other != it && len(cites) > 0 && !cites[0].mixed && cites[0].number == own[0].number && cites[0].now.year > own[0].was.year && sameBody(cites[0].now, own[0].was)
	})
}

// changedWithin tells whether both old and new words were found within an item: then it stands
// in both texts.
func (t *reading) changedWithin(it *item) bool {
	var kinds [2]bool
	for _, s := range t.spans {
		if slices.ContainsFunc(it.lines, func(l *line) bool { return l.number == s.Line }) {
			kinds[0], kinds[1] = kinds[0] || s.Kind == Deleted, kinds[1] || s.Kind == Inserted
		}
	}
	return kinds[0] && kinds[1]
}

// findPast flags the one item of a group when it names as to come what is over in the later text.
func findPast(t *reading) {
	for _, g := range t.groups {
		if g.heading == nil || len(g.items) != 1 || g.items[0].marks != nil || t.oldYear == 0 {
			continue
		}
		it := g.items[0]
		if t.stale(it) || slices.ContainsFunc(slotForms().brackets.FindAllString(it.text(), -1), t.between) {
			t.flag("past-conference", it.lines[0], 0.5)
		}
	}
}

// between tells whether a bracket names a conference held after the earlier text and before the later.
func (t *reading) between(inner string) bool {
	list := editionsOf(inner)
	return len(list) == 1 && len(list[0].bodies()) > 0 && list[0].year > t.oldYear && list[0].year < t.newYear
}

// flag marks a whole line as kept, and to be looked at.
func (t *reading) flag(rule string, l *line, certainty float64) {
	t.add(rule, Doubtful, l, 0, len(l.text), certainty)
}

var (
	soleRole = regexp.MustCompile(`\b(?:sole|only|exclusive) (\p{L}{4,})`)
	code     = regexp.MustCompile(`\b\p{Lu}\d{1,2}\b`)
)

// findRoles flags an item that gives a thing to one alone while a neighbour shares it out.
func findRoles(t *reading) {
	for _, g := range t.groups {
		for i, it := range g.items {
			m := soleRole.FindStringSubmatch(it.text())
			if m == nil {
				continue
			}
			for _, other := range g.items[i+1:] {
				if shared := `\b(?:co-|joint )` + m[1] + `\b`; regexp.MustCompile(shared).MatchString(other.text()) && sharesCode(it, other) {
					t.flag("two-roles", it.lines[0], 0.7)
				}
			}
		}
	}
}

func sharesCode(a, b *item) bool {
	codes := code.FindAllString(b.text(), -1)
	return slices.ContainsFunc(code.FindAllString(a.text(), -1), func(c string) bool { return slices.Contains(codes, c) })
}
