package resolution_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resolute/internal/mandate"
	"resolute/internal/ooxml/docx"
	"resolute/internal/report/resolution"
)

// Where real texts lie. Tests that need them say so when they are absent.
const samples = "../../../../shared/samples/resolutions"

// oldText and newText are two editions of a made-up text with all that a redline must carry: number,
// title, opening, headings, letters that shift, a paragraph that moved, footnotes kept, struck and
// reworded, and an end that grew.
const (
	oldText = `RESOLUTION 7 (Rev. Doha, 2006)
Lamps on the long coast and their keepers
The World Telecommunication Development Conference (Doha, 2006),
recalling
a) Resolution 5 (Doha, 2006) of this conference, on ropes and ladders for islands1;
b) the report of the keepers on the bells that ring by night;
c) that many countries2 have no lamps at all,
resolves
1 to lend a rope to each of the small islands each winter;
2 to keep a register of the bells in the north, and to print it:
i) in all languages;
ii) on strong paper,
instructs the Director of the Telecommunication Development Bureau
to report on the ropes to the next conference.
[footnote 1] Islands of less than ten houses.
[footnote 2] These include the least developed countries.
`
	newText = `RESOLUTION 7 (Rev. Dubai, 2014)
Lamps and bells on the long coast and their keepers
The World Telecommunication Development Conference (Dubai, 2014),
recalling
a) the report of the keepers on the bells that ring by night;
b) Resolution 5 (Rev. Dubai, 2014) of this conference, on ropes and ladders for islands1,
noting with concern
that many countries2 still have no lamps at all,
resolves
1 to keep a register of all the bells in the north, and to print it:
i) on strong paper;
ii) in all languages,
2 to lend a rope to each of the small islands each winter,
instructs the Director of the Telecommunication Development Bureau
1 to report on the ropes and bells to the next conference;
2 to publish the report.
[footnote 1] Islands of less than twelve houses.
[footnote 2] These include the least developed countries.
`
)

func tracked(t tester, old, new *mandate.Reading) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := resolution.Redline(&b, old, new, resolution.Author{Name: "A. Delegate", Day: "2021-11-08"}, ""); err != nil {
		t.Fatalf("redline: %v", err)
	}
	return b.Bytes()
}

// tester is what helpers need of a test, also of a property test.
type tester interface {
	Helper()
	Fatalf(string, ...any)
}

// counted reports whether the footnotes of a text bear the numbers that a word processor gives them.
func counted(r *mandate.Reading) bool {
	n := 0
	for _, l := range r.Printed().Lines {
		for _, note := range l.Notes {
			if n++; note.Mark != strconv.Itoa(n) {
				return false
			}
		}
	}
	return true
}

// printed gives the paragraphs of a text as they must stand in a document, with the marks that are typed there, and
// its footnotes.
func printed(r *mandate.Reading, typed bool) (lines, notes []string) {
	for _, l := range r.Printed().Lines {
		text, at := "", 0
		for _, n := range l.Notes {
			if text, at = text+l.Text[at:n.At], n.At; typed {
				text += n.Mark
			}
		}
		if text += l.Text[at:]; l.Mark != "" {
			text = l.Mark + "\t" + text
		}
		lines = append(lines, text)
		for _, n := range l.Notes {
			notes = append(notes, fmt.Sprintf("%d %s %s", len(lines), n.Mark, n.Text))
		}
	}
	return lines, notes
}

// found gives the same of one side of a document.
func found(text docx.Text) (lines, notes []string) {
	for _, p := range text.Paragraphs {
		lines = append(lines, p.Text)
	}
	for _, n := range text.Notes {
		notes = append(notes, fmt.Sprintf("%d %s %s", n.Paragraph, n.Mark, n.Text))
	}
	return lines, notes
}

// checkSides holds what a redline promises: rejected it is the old text, accepted the new one.
func checkSides(t tester, old, new *mandate.Reading, file []byte) {
	t.Helper()
	d, err := docx.Read(file)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	for _, side := range []struct {
		name string
		text docx.Text
		of   *mandate.Reading
	}{{"rejected", d.Before, old}, {"accepted", d.After, new}} {
		lines, notes := found(side.text)
		wantLines, wantNotes := printed(side.of, !counted(old) || !counted(new))
		firstDifference(t, side.name, lines, wantLines)
		firstDifference(t, side.name+", footnotes", notes, wantNotes)
	}
}

func firstDifference(t tester, what string, got, want []string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		a, b := "(nothing)", "(nothing)"
		if i < len(got) {
			a = got[i]
		}
		if i < len(want) {
			b = want[i]
		}
		if a != b {
			t.Fatalf("%s: %d of %d paragraphs:\ngot  %q\nwant %q", what, i+1, len(want), a, b)
		}
	}
}

func TestARedlineIsTheOldTextRejectedAndTheNewOneAccepted(t *testing.T) {
	old, new := mandate.Unheld(oldText), mandate.Unheld(newText)
	for _, c := range []struct {
		name     string
		old, new *mandate.Reading
	}{{"forth", old, new}, {"back", new, old}, {"no change", old, old}, {"another text", old, mandate.Unheld("nothing of this kind")}} {
		t.Run(c.name, func(t *testing.T) { checkSides(t, c.old, c.new, tracked(t, c.old, c.new)) })
	}
}

func TestTheSameTextsGiveTheSameBytes(t *testing.T) {
	a := tracked(t, mandate.Unheld(oldText), mandate.Unheld(newText))
	if !bytes.Equal(a, tracked(t, mandate.Unheld(oldText), mandate.Unheld(newText))) {
		t.Error("two redlines of the same texts differ")
	}
}

// resolutions draws texts that share many lines and words.
var resolutions = rapid.Custom(func(t *rapid.T) string {
	words := rapid.SampledFrom([]string{"lamps", "the bells", "of the coast1", "ropes,", "islands", "keepers2;", "Doha", "2012-2015", "يقرر", "信息", "\u00a0", "two  blanks", "line\u200f", "\"quoted\"", "“quoted”"})
	marks := rapid.SampledFrom([]string{"a) ", "b)\t", "1 ", "2 ", "i) ", "", "1.1 ", "– "})
	headings := rapid.SampledFrom([]string{"recalling", "resolves", "instructs the Director", "noting further", "RESOLUTION 9 (Rev. Dubai, 2014)", "The Plenipotentiary Conference (Dubai, 2018),", "ANNEX 1", "_____"})
	var b strings.Builder
	b.WriteString("RESOLUTION 9 (Rev. " + rapid.SampledFrom([]string{"Doha, 2006", "Dubai, 2014"}).Draw(t, "place") + ")\nOn lamps\nThe World Telecommunication Development Conference (Doha, 2006),\n")
	for range rapid.IntRange(0, 12).Draw(t, "lines") {
		if rapid.IntRange(0, 3).Draw(t, "kind") == 0 {
			b.WriteString(headings.Draw(t, "heading") + "\n")
			continue
		}
		b.WriteString(marks.Draw(t, "mark") + strings.Join(rapid.SliceOfN(words, 1, 12).Draw(t, "words"), " ") + "\n")
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "notes") {
		fmt.Fprintf(&b, "[footnote %d] %s\n", i+1, words.Draw(t, "note"))
	}
	return b.String()
})

func TestAnyTwoTextsComeBackWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, new := mandate.Unheld(resolutions.Draw(t, "old")), mandate.Unheld(resolutions.Draw(t, "new"))
		checkSides(t, old, new, tracked(t, old, new))
	})
}

// realPairs are texts that follow one another, and some that have nothing to do with each other.
func realPairs(t *testing.T) [][2]string {
	t.Helper()
	if _, err := os.Stat(samples); err != nil {
		t.Skip("redlines of real texts not tried: " + samples + " is absent")
	}
	list := [][2]string{{"wtdc21-res30-draft.before.txt", "wtdc21-res30-draft.after.txt"}}
	for _, pattern := range []string{"un/*.txt", "itu/*.txt"} {
		names, err := filepath.Glob(filepath.Join(samples, pattern))
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(names)
		for i := 1; i < len(names); i++ {
			list = append(list, [2]string{strings.TrimPrefix(names[i-1], samples+"/"), strings.TrimPrefix(names[i], samples+"/")})
		}
	}
	return list
}

func real(t *testing.T, name string) *mandate.Reading {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(samples, name))
	if err != nil {
		t.Fatal(err)
	}
	return mandate.Unheld(string(text))
}

func TestRealTextsComeBackWhole(t *testing.T) {
	for _, pair := range realPairs(t) {
		t.Run(pair[0]+" to "+pair[1], func(t *testing.T) {
			old, new := real(t, pair[0]), real(t, pair[1])
			checkSides(t, old, new, tracked(t, old, new))
		})
	}
}
