package compare

import "strings"

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
	a, b := tokens(old), tokens(new)
	if changed := stretches(a, b); !rewritten(a, b, changed) {
		return changed
	}
	return replaced(old, new)
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

// stretches joins tokens of one kind, deletions before insertions.
func stretches(a, b []token) []Stretch {
	ids := map[string]int32{}
	deleted, inserted := edits(numbered(a, ids), numbered(b, ids))
	w := &writer{}
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && deleted[i]:
			w.deleted.WriteString(a[i].text)
			i++
		case j < len(b) && inserted[j]:
			w.inserted.WriteString(b[j].text)
			j++
		default:
			w.keep(a[i].text, b[j].text)
			i, j = i+1, j+1
		}
	}
	w.flush()
	return w.list
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

// writer collects what was deleted and inserted until something was kept.
type writer struct {
	list              []Stretch
	deleted, inserted strings.Builder
}

func (w *writer) keep(old, new string) {
	w.flush()
	w.append(Stretch{Kept, old, new})
}

// flush writes what is collected. Blanks that end both sides are kept.
func (w *writer) flush() {
	old, new := w.deleted.String(), w.inserted.String()
	w.deleted.Reset()
	w.inserted.Reset()
	oldEnd, newEnd := strings.TrimRight(old, " "), strings.TrimRight(new, " ")
	if old == "" || new == "" || len(oldEnd) == len(old) || len(newEnd) == len(new) {
		oldEnd, newEnd = old, new
	}
	w.list = append(w.list, replaced(oldEnd, newEnd)...)
	if oldEnd != old {
		w.append(Stretch{Kept, old[len(oldEnd):], new[len(newEnd):]})
	}
}

// append adds what was kept to the stretch before when that was kept as well.
func (w *writer) append(s Stretch) {
	if n := len(w.list); n > 0 && w.list[n-1].Kind == Kept {
		w.list[n-1].Old += s.Old
		w.list[n-1].New += s.New
		return
	}
	w.list = append(w.list, s)
}

// rewritten reports whether most words of both wordings changed.
func rewritten(a, b []token, list []Stretch) bool {
	changed := 0
	for _, s := range list {
		switch s.Kind {
		case Deleted:
			changed += words(tokens(s.Old))
		case Inserted:
			changed += words(tokens(s.New))
		}
	}
	return float64(changed) > mostlyChanged*float64(words(a)+words(b))
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
