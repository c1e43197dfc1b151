package compare

import (
	"strings"
	"unicode"
)

// Kind tells what became of a stretch of text.
type Kind string

// The kinds of stretches.
const (
	Kept     Kind = "kept"
	Deleted  Kind = "deleted"
	Inserted Kind = "inserted"
)

// Stretch is a run of words that share a kind. Old is empty for what was inserted, New for what
// was deleted. In what was kept both say the same, though blanks and signs that are not seen may
// differ.
type Stretch struct {
	Kind     Kind
	Old, New string
}

// mostlyChanged is the share of words from which on a provision reads better as struck and
// written anew.
const mostlyChanged = 0.6

// Words compares two wordings. The old texts of what it gives are together the old wording, the
// new ones the new. What was deleted stands before what took its place. When most words changed,
// the whole is one deletion and one insertion.
func Words(old, new string) []Stretch {
	list, changed, all := compared(old, new)
	if float64(changed) > mostlyChanged*float64(all) {
		return replaced(old, new)
	}
	return list
}

// Within is Words for a wording that was split, or merged from several: what is common is shown,
// however much stands in the other parts.
func Within(old, new string) []Stretch {
	list, _, _ := compared(old, new)
	return list
}

// compared gives the stretches of two wordings, how many words changed, and how many there are.
func compared(old, new string) (list []Stretch, changed, all int) {
	if old == new && old != "" {
		return []Stretch{{Kept, old, new}}, 0, 0
	}
	a, b := tokens(old), tokens(new)
	list, changed = stretches(a, b)
	return list, changed, words(a) + words(b)
}

func words(list []token) int {
	n := 0
	for _, t := range list {
		if t.word {
			n++
		}
	}
	return n
}

func replaced(old, new string) []Stretch {
	var list []Stretch
	if old != "" {
		list = append(list, Stretch{Kind: Deleted, Old: old})
	}
	if new != "" {
		list = append(list, Stretch{Kind: Inserted, New: new})
	}
	return list
}

// stretches joins tokens of one kind, deletions before insertions, and counts the words that
// changed.
func stretches(a, b []token) (list []Stretch, changed int) {
	ids := map[string]int32{}
	deleted, inserted := edits(numbered(a, ids), numbered(b, ids))
	slide(a, deleted, inserted)
	slide(b, inserted, deleted)
	changed = changedWords(a, deleted) + changedWords(b, inserted)
	absorb(a, b, deleted, inserted)
	w := &writer{}
	for i, j := 0, 0; i < len(a) || j < len(b); {
		fromOld, fromNew := i, j
		for i < len(a) && deleted[i] {
			i++
		}
		for j < len(b) && inserted[j] {
			j++
		}
		w.change(joined(a[fromOld:i]), joined(b[fromNew:j]))
		fromOld, fromNew = i, j
		for i < len(a) && j < len(b) && !deleted[i] && !inserted[j] {
			i, j = i+1, j+1
		}
		w.keep(joined(a[fromOld:i]), joined(b[fromNew:j]))
	}
	return w.list, changed
}

// changedWords counts the words that are marked.
func changedWords(list []token, marks []bool) int {
	n := 0
	for i, t := range list {
		if t.word && marks[i] {
			n++
		}
	}
	return n
}

func joined(list []token) string {
	var b strings.Builder
	for _, t := range list {
		b.WriteString(t.text)
	}
	return b.String()
}

func numbered(list []token, ids map[string]int32) []int32 {
	numbers := make([]int32, len(list))
	for i, t := range list {
		id, known := ids[t.key]
		if !known {
			id = int32(len(ids))
			ids[t.key] = id
		}
		numbers[i] = id
	}
	return numbers
}

// writer puts stretches in order.
type writer struct{ list []Stretch }

// change writes what was deleted and inserted. Blanks that end both sides are kept, and blanks that
// only one side has in front of a change belong to it.
func (w *writer) change(old, new string) {
	if old == "" && new == "" {
		return
	}
	oldLead, newLead := w.lead()
	old, new = oldLead+old, newLead+new
	oldBody, newBody := trimEnd(old), trimEnd(new)
	if len(oldBody) == len(old) || len(newBody) == len(new) {
		oldBody, newBody = old, new
	}
	w.list = append(w.list, replaced(oldBody, newBody)...)
	w.keep(old[len(oldBody):], new[len(newBody):])
}

// lead takes the blanks off the end of what was kept last, when only one side has any.
func (w *writer) lead() (old, new string) {
	n := len(w.list)
	if n == 0 {
		return "", ""
	}
	last := &w.list[n-1]
	oldBody, newBody := trimEnd(last.Old), trimEnd(last.New)
	switch {
	case newBody == last.New:
		old, last.Old = last.Old[len(oldBody):], oldBody
	case oldBody == last.Old:
		new, last.New = last.New[len(newBody):], newBody
	}
	return old, new
}

func trimEnd(text string) string { return strings.TrimRightFunc(text, unicode.IsSpace) }

// keep writes what was kept, in one with what was kept before.
func (w *writer) keep(old, new string) {
	if old == "" && new == "" {
		return
	}
	if n := len(w.list); n > 0 && w.list[n-1].Kind == Kept {
		w.list[n-1].Old += old
		w.list[n-1].New += new
		return
	}
	w.list = append(w.list, Stretch{Kept, old, new})
}
