package redline_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"resolute/internal/mandate/redline"
)

// sheet is a text under revision: each line with the kind of every sign of it.
type sheet struct {
	lines []string
	kinds [][]redline.Kind
	line  strings.Builder
	kind  []redline.Kind
}

func (s *sheet) write(kind redline.Kind, words string) {
	s.line.WriteString(words)
	for range []rune(words) {
		s.kind = append(s.kind, kind)
	}
}

func (s *sheet) end() {
	s.lines, s.kinds = append(s.lines, s.line.String()), append(s.kinds, s.kind)
	s.line.Reset()
	s.kind = nil
}

// revise invents a text with tracked changes and flattens it: items are struck, put in or
// replaced, marks and editions follow, and struck words stand first.
func revise(r *rand.Rand) *sheet {
	s := &sheet{}
	s.write("", "RESOLUTION 9 (Rev. ")
	s.edition(true)
	s.write("", ")")
	s.end()
	s.write("", "On lamps")
	s.end()
	for _, heading := range []string{"noting", "recalling further", "bearing in mind"}[:1+r.IntN(3)] {
		s.write("", heading)
		s.end()
		s.list(r)
	}
	return s
}

func (s *sheet) edition(replaced bool) {
	if !replaced {
		s.write("", "Antalya, 2006")
		return
	}
	s.write(redline.Deleted, "Busan, 2014")
	s.write(redline.Inserted, "Dubai, 2018")
}

func (s *sheet) list(r *rand.Rand) {
	before, after := 'a', 'a'
	n := 3 + r.IntN(6)
	for i := range n {
		edit := 0
		if i > 0 && i < n-1 {
			edit = r.IntN(10)
		}
		closing := ";"
		if i == n-1 {
			closing = ","
		}
		switch edit {
		case 7, 8: // struck, and perhaps replaced
			s.item(r, redline.Deleted, string(before), closing)
			if before++; edit == 7 && r.IntN(2) == 0 {
				s.item(r, redline.Inserted, string(after), closing)
				after++
			}
		case 9:
			s.item(r, redline.Inserted, string(after), closing)
			after++
		default:
			s.kept(r, before, after, closing)
			before, after = before+1, after+1
		}
	}
}

func (s *sheet) item(r *rand.Rand, kind redline.Kind, mark, closing string) {
	s.write(kind, mark+") "+words(r)+closing)
	s.end()
}

func (s *sheet) kept(r *rand.Rand, before, after rune, closing string) {
	if before == after {
		s.write("", string(before))
	} else {
		s.write(redline.Deleted, string(before))
		s.write(redline.Inserted, string(after))
	}
	s.write("", ") ")
	if r.IntN(3) == 0 {
		s.write("", fmt.Sprintf("Resolution %d (Rev. ", 10+r.IntN(80)))
		s.edition(r.IntN(3) > 0)
		s.write("", "), on ")
	}
	s.write("", words(r)+closing)
	s.end()
}

func words(r *rand.Rand) string {
	list := []string{"lamps", "oil", "wicks", "glass", "and their care", "in the harbour", "of the northern shore", "for those who read at night"}
	text := "the"
	for range 2 + r.IntN(5) {
		text += " " + list[r.IntN(len(list))]
	}
	return text
}

// A sure span is never wrong: in three hundred invented revisions every sign of it is what it was.
func TestSureSpansOfInventedRevisionsAreRight(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	changed, found := 0, 0
	for range 300 {
		s := revise(r)
		text := strings.Join(s.lines, "\n")
		for _, kinds := range s.kinds {
			for _, k := range kinds {
				changed += len(k) / max(len(k), 1)
			}
		}
		for _, span := range redline.Split(text).Spans {
			for i, sign := range []rune(span.Text) {
				if span.Sure() && span.Kind != s.kinds[span.Line-1][span.Start+i] && !unicode.IsSpace(sign) {
					t.Fatalf("%s %s %.2f %q is wrong:\n%s", key(span), span.Rule, span.Certainty, span.Text, text)
				}
			}
			if span.Sure() {
				found += len([]rune(span.Text))
			}
		}
	}
	if share := float64(found) / float64(changed); share < 0.6 {
		t.Errorf("%.0f %% of the changed signs stand in a sure span, want 60 or more", 100*share)
	} else {
		t.Logf("%.0f %% of the changed signs stand in a sure span", 100*share)
	}
}

// holds tells what must be true of the proposal for any text.
func holds(t *testing.T, text string) {
	t.Helper()
	p := redline.Split(text)
	var all, before, after strings.Builder
	for _, l := range redline.Lines(text, p.Spans) {
		for _, piece := range l.Pieces {
			all.WriteString(piece.Text)
			if piece.Span == nil || piece.Span.Kind == redline.Doubtful || piece.Span.Kind == redline.Deleted {
				before.WriteString(piece.Text)
			}
			if piece.Span == nil || piece.Span.Kind == redline.Doubtful || piece.Span.Kind == redline.Inserted {
				after.WriteString(piece.Text)
			}
		}
		all.WriteString("\n")
	}
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, strings.TrimRight(line, "\r\n")+"\n")
	}
	if got, want := all.String(), strings.Join(lines, ""); got != want {
		t.Fatalf("the pieces give\n%q, the text is\n%q", got, want)
	}
	for _, side := range []struct{ name, whole, got string }{{"before", before.String(), p.Before}, {"after", after.String(), p.After}} {
		if lost, more := differ(side.whole, side.got); lost+more > printed(p.Restored, side.name)+rules(text) {
			t.Fatalf("%s of %q lost %d signs and won %d: %q", side.name, text, lost, more, side.got)
		}
	}
}

// differ counts the signs, blanks left out, by which two texts differ, whatever their order.
func differ(whole, got string) (lost, more int) {
	counts := map[rune]int{}
	for _, r := range squeeze(whole) {
		counts[r]++
	}
	for _, r := range squeeze(got) {
		counts[r]--
	}
	for _, n := range counts {
		lost, more = lost+max(n, 0), more+max(-n, 0)
	}
	return lost, more
}

// printed counts the signs of marks that were put back on a side, and of what they stand for.
func printed(list []redline.Letter, side string) int {
	n := 0
	for _, l := range list {
		if l.Side == side {
			n += len(l.Printed) + len(l.Written)
		}
	}
	return n
}

// rules counts the signs of lines that rule off the end; they are part of neither text.
func rules(text string) int { return strings.Count(text, "_") }

func TestNoSignIsLost(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 60 {
		holds(t, strings.Join(revise(r).lines, "\n"))
	}
}

// However much stands in a text, what is proposed has an end.
func TestALongTextComesToAnEnd(t *testing.T) {
	text := strings.Repeat("(Busan, 2014Dubai, 2018)\n", 6_000)
	if n := len(redline.Split(text).Spans); n < 9_990 || n > 10_000 {
		t.Errorf("%d spans, want ten thousand at most", n)
	}
	var list strings.Builder
	for i := range 119 {
		fmt.Fprintf(&list, "%d x;\n", 1+i/2)
	}
	holds(t, head+strings.Repeat("noting\n"+list.String(), 50))
}

func FuzzSplit(f *testing.F) {
	f.Add(head + "noting\na) b)that x;\nthat y;\ncb) z,\n1 (Rev. BusanDubai, 20142018)\n")
	f.Add(head + "أ )\tx؛\nب) أ )\ty،\niviii) z;\n")
	f.Add("MOD\t\nA (2014年，釜山2018年，迪拜)\r\n\r\n____________\n")
	f.Fuzz(holds)
}
