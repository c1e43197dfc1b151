package redline

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Verdicts are what a person may decide about a span.
var Verdicts = []Kind{Deleted, Inserted, Mark, Kept}

// Decision is what a person decided about a stretch of one line. It is bound to the words: Text and
// the whole line as they stood, so that it holds where lines were put in above.
type Decision struct {
	ID     int64  `json:"id"`
	Line   int    `json:"line"` // from 1, as all places when it was made
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Text   string `json:"text"`
	Whole  string `json:"whole_line"` // the line as it stood
	As     Kind   `json:"as"`
	By     string `json:"by"`
	At     int64  `json:"at"` // Unix milliseconds
	Reason string `json:"reason"`
}

// Span names the span that the decision was made about, as Span.ID does.
func (d Decision) Span() string { return place(d.Line, d.Start, d.End) }

// Decide is Split with what persons decided, in the order of their making. Lost are the decisions
// whose words the text no longer has, or has at several places alike: they are not guessed at.
func Decide(text string, decisions []Decision) (p Proposal, lost []Decision) {
	t := takeApart(text)
	for _, d := range decisions {
		l, start, ok := t.stands(d)
		if !ok {
			lost = append(lost, d)
			continue
		}
		t.decide(l, start, start+d.End-d.Start, d)
	}
	return t.proposal(), lost
}

// decide puts a decided span in place of what was proposed there.
func (t *reading) decide(l *line, start, end int, d Decision) {
	s := Span{Line: l.number, Start: start, End: end, Text: d.Text, Whole: d.Text == l.text, Certainty: 1, Reason: d.Reason}
	for _, old := range t.spans {
		if old.Line == s.Line && old.Start == start && old.End == end {
			s.Certainty, s.Rule, s.Reason, s.Other, s.Proposed = old.Certainty, old.Rule, old.Reason, old.Other, cmp.Or(old.Proposed, old.Kind)
		}
	}
	s.Kind, s.Decided = d.As, &d
	t.spans = slices.DeleteFunc(t.spans, func(o Span) bool { return o.Line == s.Line && o.Start < end && start < o.End })
	t.spans = append(t.spans, s)
	if !s.Whole { // a mark that was put back where the person decided about the printed one
		t.letters = slices.DeleteFunc(t.letters, func(o Letter) bool {
			return o.Line == s.Line && o.Certainty < Certain && start <= utf8.RuneCountInString(o.Printed)
		})
	}
}

// stands finds the words of a decision: in the same line wherever it is now, of several the nearest,
// else in the one place whose neighbouring words are the same.
func (t *reading) stands(d Decision) (in *line, start int, ok bool) {
	for _, l := range t.lines {
		if l.text == d.Whole && (in == nil || distance(l, d) < distance(in, d)) {
			in = l
		}
	}
	if in != nil {
		return in, d.Start, true
	}
	best, alike := 0, 0
	for _, l := range t.lines {
		for _, at := range places(l.text, d.Text) {
			n := d.nearness(l.text[:at], l.text[at+len(d.Text):])
			switch {
			case n > best:
				best, alike, in, start = n, 1, l, utf8.RuneCountInString(l.text[:at])
			case n == best && n > 0:
				alike++
			}
		}
	}
	return in, start, alike == 1
}

func distance(l *line, d Decision) int { return max(l.number-d.Line, d.Line-l.number) }

// places are the bytes at which words begin in a line.
func places(line, words string) (list []int) {
	for from := 0; words != ""; {
		at := strings.Index(line[from:], words)
		if at < 0 {
			break
		}
		list = append(list, from+at)
		from += at + len(words)
	}
	return list
}

// How many code points beside a span are compared, and how many must be alike where only one side is.
const (
	besideCompared = 24
	besideAlone    = 12
)

// nearness tells how many code points beside a span are as they were; 0 when too few are.
func (d Decision) nearness(left, right string) int {
	signs := []rune(d.Whole)
	wasLeft, wasRight := signs[:d.Start], signs[d.End:]
	l := common(reversed([]rune(left)), reversed(wasLeft))
	r := common([]rune(right), wasRight)
	both := l >= min(len(wasLeft), besideAlone/2) && r >= min(len(wasRight), besideAlone/2) && l+r > 0
	if both || l >= besideAlone || r >= besideAlone {
		return l + r
	}
	return 0
}

func reversed(signs []rune) []rune {
	signs = slices.Clone(signs)
	slices.Reverse(signs)
	return signs
}

func common(a, b []rune) int {
	n := 0
	for n < min(len(a), len(b), besideCompared) && a[n] == b[n] {
		n++
	}
	return n
}
