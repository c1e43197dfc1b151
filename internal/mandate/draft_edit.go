package mandate

import (
	"slices"
	"strconv"
	"strings"

	"resolute"
)

// The deeds on a line of a draft.
const (
	EditText    = "text"       // other words, or another mark
	AddBefore   = "before"     // a provision before it
	AddAfter    = "after"      // a provision after it and its parts
	AddBelow    = "below"      // a provision as the last of its parts
	AddHeading  = "heading"    // a heading after it and its parts
	Strike      = "strike"     // it and its parts leave the text
	Unstrike    = "unstrike"   // they are back
	MoveUp      = "up"         // before the one before it in its list
	MoveDown    = "down"       // behind the one after it
	WriteEvent  = "conference" // the conference of the draft into number and opening
	undoVersion = "restore"    // an earlier version stands again
)

// DraftVerbs lists the deeds that Edit takes.
var DraftVerbs = []string{EditText, AddBefore, AddAfter, AddBelow, AddHeading, Strike, Unstrike, MoveUp, MoveDown, WriteEvent}

// DraftEdit is one deed on a draft. Version is the one that the person saw; Key names the line,
// which WriteEvent does not need. Mark is empty where the numbering chooses.
type DraftEdit struct {
	Version         int64
	Verb, Key       string
	Mark, Text, Why string
}

func (e DraftEdit) check() error {
	if !slices.Contains(DraftVerbs, e.Verb) {
		return &resolute.Error{Code: resolute.Invalid, Field: "verb", Message: strconv.Quote(e.Verb) + ": want one of " + strings.Join(DraftVerbs, ", ")}
	}
	if err := tooLong("why", e.Why, LongestReason); err != nil {
		return err
	}
	if len(e.Mark) > 20 || strings.ContainsAny(e.Mark, " \t\n\r") {
		return &resolute.Error{Code: resolute.Invalid, Field: "mark", Message: "want a number or letter alone, without blanks"}
	}
	return tooLong("text", e.Text, LongestDraftLine)
}

// edited gives the lines after a deed. The lines given stay as they are.
func (d *Draft) edited(e DraftEdit) ([]DraftLine, error) {
	w := draftWriter{lines: slices.Clone(d.Lines), through: d.document(d.Lines).Family == familyUN}
	if e.Verb == WriteEvent {
		return w.lines, w.conference(d)
	}
	at := lineAt(w.lines, e.Key)
	if at < 0 || e.Key == "" {
		return nil, &resolute.Error{Code: resolute.NotFound, Field: "line", Message: "the draft has no line " + strconv.Quote(e.Key)}
	}
	if err := w.apply(at, e); err != nil {
		return nil, err
	}
	if len(w.lines) > mostDraftLines || len(draftBody(w.lines)) > largestText {
		return nil, &resolute.Error{Code: resolute.Invalid, Field: "text", Message: "the draft is longer than is taken"}
	}
	return w.lines, nil
}

// draftWriter changes the lines of a draft.
type draftWriter struct {
	lines   []DraftLine
	through bool // one numbering goes through the whole text
}

func (w *draftWriter) apply(at int, e DraftEdit) error {
	switch e.Verb {
	case EditText:
		return w.reword(at, e)
	case AddBefore, AddAfter, AddBelow, AddHeading:
		return w.insert(at, e)
	case Strike:
		return w.strike(at)
	case Unstrike:
		for i := at; i < w.end(at); i++ {
			w.lines[i].Struck = false
		}
		w.renumber(at)
		return nil
	}
	return w.move(at, e.Verb == MoveUp)
}

// reword gives a line other words. Words that differ in blanks alone change nothing, so that what
// a form did to line ends is no change.
func (w *draftWriter) reword(at int, e DraftEdit) error {
	l := &w.lines[at]
	words := strings.Join(strings.Fields(e.Text), " ")
	if words == "" {
		return &resolute.Error{Code: resolute.Invalid, Field: "text", Message: "no words are left: strike the line instead"}
	}
	if words != l.Words() {
		l.Text = words
	}
	if l.Kind == DraftProvision && e.Mark != "" && e.Mark != l.Mark {
		l.setMark(e.Mark)
		l.Own = true
	}
	return nil
}

// setMark writes another mark in the place and form of the one before it.
func (l *DraftLine) setMark(mark string) {
	switch {
	case l.Mark == "":
		l.Lead += mark + " "
	case strings.Contains(l.Lead, l.Mark):
		l.Lead = strings.Replace(l.Lead, l.Mark, mark, 1)
	default:
		return
	}
	l.Mark = mark
}

func (w *draftWriter) insert(at int, e DraftEdit) error {
	words := strings.Join(strings.Fields(e.Text), " ")
	if words == "" {
		return &resolute.Error{Code: resolute.Invalid, Field: "text", Message: "want the words of the new line"}
	}
	l, place := w.fresh(at, e.Verb)
	l.Text, l.Tail = words, w.lineEnd()
	if before := place - 1; before >= 0 && !strings.HasSuffix(w.lines[before].Tail, "\n") {
		w.lines[before].Tail += "\n"
	}
	w.lines = slices.Insert(w.lines, place, l)
	if e.Mark != "" {
		w.lines[place].setMark(e.Mark)
		w.lines[place].Own = true
	}
	w.renumber(place)
	return nil
}

// fresh makes a line for a place beside another, in the form of its neighbour.
func (w *draftWriter) fresh(at int, verb string) (l DraftLine, place int) {
	beside := w.lines[at]
	l = DraftLine{Key: w.nextKey(), Kind: DraftProvision, Level: max(beside.Level, 1), Lead: beside.Lead, Mark: beside.Mark}
	place = w.end(at)
	switch {
	case verb == AddHeading:
		return DraftLine{Key: l.Key, Kind: DraftHeading}, place
	case verb == AddBefore:
		place = at
	case verb == AddBelow && beside.Kind == DraftProvision:
		l.Level++
		l.Lead, l.Mark = "i) ", "i"
		if first := at + 1; first < place {
			l.Lead, l.Mark = w.lines[first].Lead, w.lines[first].Mark
		}
	case beside.Kind != DraftProvision && place < len(w.lines) && w.lines[place].Kind == DraftProvision:
		l.Lead, l.Mark, l.Level = w.lines[place].Lead, w.lines[place].Mark, w.lines[place].Level
	}
	return l, place
}

func (w *draftWriter) nextKey() string {
	most := 0
	for _, l := range w.lines {
		if n, found := strings.CutPrefix(l.Key, "new."); found {
			number, _ := strconv.Atoi(n)
			most = max(most, number)
		}
	}
	return "new." + strconv.Itoa(most+1)
}

// lineEnd is what stands between the lines of the text: with an empty line where the text has them.
func (w *draftWriter) lineEnd() string {
	for _, l := range w.lines {
		if l.Kind == DraftProvision && strings.HasSuffix(l.Tail, "\n") {
			return l.Tail
		}
	}
	return "\n"
}

// end is the place behind a line and its parts.
func (w *draftWriter) end(at int) int {
	to := at + 1
	for w.lines[at].Kind == DraftProvision && to < len(w.lines) && w.lines[to].Kind == DraftProvision && w.lines[to].Level > w.lines[at].Level {
		to++
	}
	return to
}

// strike takes a line and its parts out of the text; those that the base does not have are gone.
func (w *draftWriter) strike(at int) error {
	if k := w.lines[at].Kind; k == DraftNumber || k == DraftTitle {
		return &resolute.Error{Code: resolute.Invalid, Field: "line", Message: "number and title cannot be struck"}
	}
	to := w.end(at)
	for i := at; i < to; i++ {
		w.lines[i].Struck = true
	}
	w.renumber(at)
	w.lines = slices.DeleteFunc(w.lines, func(l DraftLine) bool { return l.Struck && l.New() })
	return nil
}

// move puts a provision with its parts before or behind its neighbour in the list.
func (w *draftWriter) move(at int, up bool) error {
	none := &resolute.Error{Code: resolute.Invalid, Field: "line", Message: "it is the last of its list in that direction"}
	if w.lines[at].Kind != DraftProvision {
		return &resolute.Error{Code: resolute.Invalid, Field: "line", Message: "only provisions move"}
	}
	first, second := at, w.end(at)
	if up {
		first, second = w.before(at), at
	}
	if first < 0 || second >= len(w.lines) || w.lines[second].Kind != DraftProvision || w.lines[second].Level != w.lines[first].Level {
		return none
	}
	end := w.end(second)
	swapped := slices.Concat(w.lines[second:end], w.lines[first:second])
	tailOf := func(list []DraftLine) *string { return &list[len(list)-1].Tail }
	a, b := tailOf(swapped[:end-second]), tailOf(swapped)
	*a, *b = *b, *a // line ends stay where they are
	copy(w.lines[first:], swapped)
	w.renumber(first)
	return nil
}

// before is the place of the neighbour above in the same list; -1 when there is none.
func (w *draftWriter) before(at int) int {
	for i := at - 1; i >= 0 && w.lines[i].Kind == DraftProvision && w.lines[i].Level >= w.lines[at].Level; i-- {
		if w.lines[i].Level == w.lines[at].Level {
			return i
		}
	}
	return -1
}

// conference writes the conference of the draft where number and opening name the last one.
func (w *draftWriter) conference(d *Draft) error {
	for i := range w.lines {
		l := &w.lines[i]
		switch {
		case l.Kind == DraftNumber:
			if t, ok := readTitle(strings.TrimSpace(plain(l.Text)), familyITU); ok && t.label != "" {
				l.Text = strings.Replace(l.Text, t.label, d.Label(), 1)
			}
		case l.Kind == DraftOther && opens(strings.TrimSpace(l.Text), resolute.English) && strings.HasSuffix(l.Text, "),"):
			if at := strings.LastIndexByte(l.Text, '('); at >= 0 {
				l.Text = l.Text[:at] + "(" + strings.TrimPrefix(d.Label(), "Rev. ") + "),"
			}
		}
		if l.Kind == DraftProvision {
			return nil
		}
	}
	return nil
}
