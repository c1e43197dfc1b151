package mandate

import (
	"slices"
	"strconv"
	"strings"
)

// renumber counts the list of a line anew, without gaps: struck ones have no number, those that a
// person numbered keep theirs. A list without numbers stays as it is.
func (w *draftWriter) renumber(at int) {
	if w.lines[at].Kind != DraftProvision {
		return
	}
	run := w.run(at)
	form, start, found := w.form(run)
	if !found {
		return
	}
	next := start
	for _, i := range run {
		l := &w.lines[i]
		switch {
		case l.Struck || l.Mark == "" && !l.New():
		case l.Own:
			if n := form.read(l.Mark); n > 0 {
				next = n + 1
			}
		default:
			l.setMark(form.write(next))
			next++
		}
	}
}

// run lists the places of the lines that are numbered with one another.
func (w *draftWriter) run(at int) []int {
	level := w.lines[at].Level
	breaks := func(l DraftLine) bool {
		if l.Kind != DraftProvision {
			return !(w.through && level == 1)
		}
		return l.Level < level
	}
	from := at
	for from > 0 && !breaks(w.lines[from-1]) {
		from--
	}
	var run []int
	for i := from; i < len(w.lines) && !breaks(w.lines[i]); i++ {
		if w.lines[i].Kind == DraftProvision && w.lines[i].Level == level {
			run = append(run, i)
		}
	}
	return run
}

// form finds how a list counts, and from which number: that of the base, whose lines still bear
// their marks; a list of new lines alone counts from 1.
func (w *draftWriter) form(run []int) (form numbering, start int, found bool) {
	marks := w.marks(run, func(l DraftLine) bool { return !l.New() })
	if len(marks) == 0 {
		if marks = w.marks(run, DraftLine.New); len(marks) == 0 {
			return form, 0, false
		}
		marks = marks[:1]
	}
	form = numberingOf(marks)
	for _, mark := range marks {
		if n := form.read(mark); n > 0 && (start == 0 || n < start) {
			start = n
		}
	}
	return form, start, start > 0
}

// marks lists those that no person chose, of the lines that are asked for.
func (w *draftWriter) marks(run []int, asked func(DraftLine) bool) []string {
	var list []string
	for _, i := range run {
		if l := w.lines[i]; l.Mark != "" && !l.Own && asked(l) {
			list = append(list, l.Mark)
		}
	}
	return list
}

// numbering is how a list counts.
type numbering struct {
	before string // what stands before each number: "11." of 11.2
	kind   string // digits, roman, letter, abjad; empty: not known
	upper  bool
}

// numberingOf tells how a list counts that has these marks. With an i and no h before it, letters
// are roman numbers.
func numberingOf(marks []string) numbering {
	mark := marks[0]
	if at := strings.LastIndexByte(mark, '.'); at >= 0 && isNumber(mark[at+1:]) {
		return numbering{before: mark[:at+1], kind: "digits"}
	}
	small := strings.ToLower(mark)
	has := func(letter string) bool {
		return slices.ContainsFunc(marks, func(m string) bool { return strings.EqualFold(m, letter) })
	}
	n := numbering{upper: small != mark}
	switch {
	case isNumber(mark):
		n.kind = "digits"
	case romanValue(small) > 0 && has("i") && !has("h"):
		n.kind = "roman"
	case ordinal(small) > 0 && firstRune(small) < 0x80:
		n.kind = "letter"
	case letterValue(mark) > 0:
		n.kind = "abjad"
	}
	return n
}

// read gives the number of a mark in the list; 0 when it is none.
func (f numbering) read(mark string) int {
	mark, found := strings.CutPrefix(mark, f.before)
	if !found {
		return 0
	}
	switch f.kind {
	case "digits":
		n, _ := strconv.Atoi(mark)
		return n
	case "roman":
		return romanValue(mark)
	case "letter":
		return ordinal(mark)
	case "abjad":
		return letterValue(mark)
	}
	return 0
}

// write gives the mark with a number.
func (f numbering) write(n int) string {
	text := strconv.Itoa(n)
	switch f.kind {
	case "roman":
		text = romanNumber(n)
	case "letter":
		text = strings.Repeat(string(rune('a'+(n-1)%26)), (n-1)/26+1)
	case "abjad":
		text = string(abjad[(n-1)%len(abjad)])
	}
	if f.upper {
		text = strings.ToUpper(text)
	}
	return f.before + text
}

func romanNumber(n int) string {
	var b strings.Builder
	for _, step := range []struct {
		value int
		sign  string
	}{{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for ; n >= step.value; n -= step.value {
			b.WriteString(step.sign)
		}
	}
	return b.String()
}
