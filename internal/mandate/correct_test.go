package mandate

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resolute"
)

// lamps is a text of our own.
const lamps = `RESOLUTION 9 (Dubai, 2018)
On lamps
The Plenipotentiary Conference of the International Telecommunication Union (Dubai, 2018),
noting
a) that lamps burn;
b) that oil is dear, and that wicks are cheap,
resolves
1 to light the lamps; 2 to watch them:
i) by day;
ii) by night;
3 to report,
instructs the Secretary-General
1 to buy oil;
2 years before it is needed.
`

// outline writes the structure of a document, one provision a line.
func outline(d *Document) string {
	var b strings.Builder
	d.Walk(func(_ *Group, _ string, p *Provision) {
		fmt.Fprintf(&b, "%s%s|%s|%s\n", strings.Repeat(" ", p.Level-1), p.Path, p.Mark, p.Text)
	})
	return b.String()
}

func TestStructureIsCorrected(t *testing.T) {
	for _, c := range []struct {
		name, path string
		c          Correction
		old, new   string // what changes in the outline
	}{
		{"split before a mark", "resolves_1", Correction{Deed: Split, Words: "2 to watch"},
			"resolves_1|1|to light the lamps; 2 to watch them:\n resolves_1_i|i|by day;\n resolves_1_ii|ii|by night;\n",
			"resolves_1|1|to light the lamps;\nresolves_2|2|to watch them:\n resolves_2_i|i|by day;\n resolves_2_ii|ii|by night;\n"},
		{"split with a label", "noting_b", Correction{Deed: Split, Words: "and that wicks", NewMark: "c"},
			"noting_b|b|that oil is dear, and that wicks are cheap,\n", "noting_b|b|that oil is dear,\nnoting_c|c|and that wicks are cheap,\n"},
		{"split with the label that is printed", "resolves_1", Correction{Deed: Split, Words: "2 to watch", NewMark: "2"},
			"resolves_1|1|to light the lamps; 2 to watch them:\n resolves_1_i|i|by day;\n resolves_1_ii|ii|by night;\n",
			"resolves_1|1|to light the lamps;\nresolves_2|2|to watch them:\n resolves_2_i|i|by day;\n resolves_2_ii|ii|by night;\n"},
		{"split without a label", "noting_b", Correction{Deed: Split, Words: "and that wicks"},
			"noting_b|b|that oil is dear, and that wicks are cheap,\n", "noting_b|b|that oil is dear,\nnoting_p3||and that wicks are cheap,\n"},
		{"join what was no provision", "instructs_2", Correction{Deed: Join},
			"instructs_1|1|to buy oil;\ninstructs_2|2|years before it is needed.\n", "instructs_1|1|to buy oil; 2 years before it is needed.\n"},
		{"join the first part", "resolves_1_i", Correction{Deed: Join},
			"resolves_1|1|to light the lamps; 2 to watch them:\n resolves_1_i|i|by day;\n", "resolves_1|1|to light the lamps; 2 to watch them: i) by day;\n"},
		{"indent", "resolves_3", Correction{Deed: Indent}, "resolves_3|3|to report,\n", " resolves_1_3|3|to report,\n"},
		{"outdent", "resolves_1_i", Correction{Deed: Outdent},
			" resolves_1_i|i|by day;\n resolves_1_ii|ii|by night;\n", "resolves_i|i|by day;\n resolves_i_ii|ii|by night;\n"},
		{"renumber", "resolves_1", Correction{Deed: Renumber, NewMark: "1bis"},
			"resolves_1|1|to light the lamps; 2 to watch them:\n resolves_1_i|i|by day;\n resolves_1_ii|ii|by night;\n",
			"resolves_1bis|1bis|to light the lamps; 2 to watch them:\n resolves_1bis_i|i|by day;\n resolves_1bis_ii|ii|by night;\n"},
		{"take a mark off", "noting_a", Correction{Deed: Renumber}, "noting_a|a|that lamps burn;\n", "noting_p1||that lamps burn;\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			bound, err := c.c.bind(lamps, nil, c.path)
			if err != nil {
				t.Fatal(err)
			}
			doc := Parse(lamps)
			before := outline(doc)
			want := strings.Replace(before, c.old, c.new, 1)
			if unfit := doc.correct([]Correction{bound}); len(unfit) > 0 || want == before {
				t.Fatalf("unfit %v; the outline was\n%s", unfit, before)
			}
			if got := outline(doc); got != want {
				t.Errorf("got\n%swant\n%s", got, want)
			}
			if strings.Join(doc.Lines, "") != lamps {
				t.Error("the lines put together are not the text")
			}
			doc.Walk(func(_ *Group, _ string, p *Provision) {
				if head := strings.Join(strings.Fields(p.Text)[:2], " "); !strings.Contains(doc.Lines[p.Line-1], head) {
					t.Errorf("%s is said to stand on line %d, which reads %q", p.Path, p.Line, doc.Lines[p.Line-1])
				}
			})
		})
	}
}

func TestWhatCannotBeCorrectedIsRefused(t *testing.T) {
	for _, c := range []struct {
		name, path string
		c          Correction
	}{
		{"words that are not there", "noting_b", Correction{Deed: Split, Words: "gas"}},
		{"words at the beginning", "noting_b", Correction{Deed: Split, Words: "that oil"}},
		{"words that stand twice", "noting_b", Correction{Deed: Split, Words: "that"}},
		{"no words", "noting_b", Correction{Deed: Split}},
		{"join the first of a group", "noting_a", Correction{Deed: Join}},
		{"indent the first of a group", "resolves_1", Correction{Deed: Indent}},
		{"outdent at the top", "resolves_3", Correction{Deed: Outdent}},
		{"an unknown place", "resolves_9", Correction{Deed: Join}},
		{"a label with a blank", "resolves_3", Correction{Deed: Renumber, NewMark: "3 bis"}},
		{"a label with its bracket", "resolves_3", Correction{Deed: Renumber, NewMark: "3)"}},
		{"a label that breaks keys", "noting_b", Correction{Deed: Split, Words: "and that", NewMark: "c#d"}},
	} {
		if _, err := c.c.bind(lamps, nil, c.path); err == nil {
			t.Errorf("%s: no error", c.name)
		}
	}
}

func TestACorrectionHoldsByItsWords(t *testing.T) {
	bound, err := Correction{Deed: Join}.bind(lamps, nil, "instructs_2")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, text string
		fits       bool
	}{
		{"lines before it changed", strings.Replace(lamps, "a) that lamps burn;\n", "a) that lamps burn brightly;\nb) that they smoke;\n", 1), true},
		{"blanks changed", strings.Replace(lamps, "2 years before", "2  years  before", 1), true},
		{"its words changed", strings.Replace(lamps, "2 years before", "2 weeks before", 1), false},
		{"its words stand twice", lamps + "2 years before it is needed.\n", false},
	} {
		if unfit := Parse(c.text).correct([]Correction{bound}); (len(unfit) == 0) != c.fits {
			t.Errorf("%s: unfit %v", c.name, unfit)
		}
	}
}

// What a correction named a paragraph is not printed: joined, the text has the mark that was.
func TestAJoinedParagraphBringsItsPrintedMark(t *testing.T) {
	for _, c := range []struct {
		name, path, joined string
		first              Correction
		want               string
	}{
		{"of a renumbered one", "instructs_2", "instructs_9", Correction{Deed: Renumber, NewMark: "9"}, "to buy oil; 2 years before it is needed."},
		{"none of a second part", "noting_b", "noting_c", Correction{Deed: Split, Words: "and that", NewMark: "c"}, "that oil is dear, and that wicks are cheap,"},
	} {
		first, err := c.first.bind(lamps, nil, c.path)
		if err != nil {
			t.Fatal(err)
		}
		join, err := Correction{Deed: Join}.bind(lamps, []Correction{first}, c.joined)
		if err != nil {
			t.Fatal(err)
		}
		doc := Parse(lamps)
		doc.correct([]Correction{first, join})
		if found := doc.spots(func(_ *Group, p *Provision) bool { return p.Text == c.want }); len(found) != 1 {
			t.Errorf("%s: got\n%s", c.name, outline(doc))
		}
	}
}

// A reader types plain blanks, whatever the text has between its words, and need not know that the
// heading on the same line has those words too.
func TestASplitFindsItsWordsAsTheyAreTyped(t *testing.T) {
	for _, c := range []struct{ name, text, words, first, line string }{
		{"blanks not to be broken", strings.Replace(lamps, "and that wicks", "and\u00a0that \u202fwicks", 1), "and that wicks", "that oil is dear,", "and\u00a0that \u202fwicks are cheap,\n"},
		{"two blanks typed", lamps, "and  that wicks", "that oil is dear,", "and that wicks are cheap,\n"},
		{"words of the mark", strings.Replace(lamps, "that oil is dear", "that plan b) is dear", 1), "b) is dear", "that plan", "b) is dear, and that wicks are cheap,\n"},
	} {
		bound, err := Correction{Deed: Split, Words: c.words, NewMark: "c"}.bind(c.text, nil, "noting_b")
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		doc := Parse(c.text)
		doc.correct([]Correction{bound})
		first, second := doc.Groups[0].Items[1], doc.Groups[0].Items[2]
		if first.Text != c.first || doc.Lines[second.Line-1] != c.line || strings.Join(doc.Lines, "") != c.text {
			t.Errorf("%s: %q, and the line of the second part is %q", c.name, first.Text, doc.Lines[second.Line-1])
		}
	}
}

// Wherever a paragraph of a real text is split, and after it is joined again, its letters are all
// there in their order, and its second part begins the line that it says.
func TestRealTextsAreSplitAndJoinedWithoutLoss(t *testing.T) {
	paths, _ := filepath.Glob("../../../shared/samples/resolutions/*/*.txt")
	if len(paths) == 0 {
		t.Skip("real texts are not corrected: ../shared/samples/resolutions is absent")
	}
	tried := 0
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		var all []Provision
		Parse(text).Walk(func(_ *Group, _ string, p *Provision) { all = append(all, *p) })
		for i := 0; i < len(all); i += 1 + len(all)/5 {
			words := strings.Fields(all[i].Text)
			if len(words) < 6 {
				continue
			}
			from := strings.Join(words[len(words)/2:], " ")
			bound, err := Correction{Deed: Split, Words: from, NewMark: "x"}.bind(text, nil, all[i].Path)
			if resolute.CodeOf(err) == resolute.Conflict {
				continue
			}
			if err != nil {
				t.Errorf("%s %s at %q: %v", path, all[i].Path, from, err)
				continue
			}
			tried++
			doc := Parse(text)
			doc.correct([]Correction{bound})
			spots := doc.spots(func(_ *Group, p *Provision) bool { return p.Mark == "x" && sameWords(p.Text, from) })
			if len(spots) != 1 || !strings.HasPrefix(strings.TrimSpace(doc.Lines[spots[0].provision().Line-1]), words[len(words)/2]) {
				t.Errorf("%s %s at %q: the second part does not begin its line", path, all[i].Path, from)
				continue
			}
			join, err := Correction{Deed: Join}.bind(text, []Correction{bound}, spots[0].provision().Path)
			if err != nil {
				t.Errorf("%s %s: %v", path, all[i].Path, err)
				continue
			}
			doc = Parse(text)
			doc.correct([]Correction{bound, join})
			if strings.Join(doc.Lines, "") != strings.Join(Parse(text).Lines, "") || len(doc.spots(func(_ *Group, p *Provision) bool { return sameWords(p.Text, all[i].Text) })) == 0 {
				t.Errorf("%s %s: split and joined it is not what it was", path, all[i].Path)
			}
		}
	}
	t.Logf("%d paragraphs of %d texts", tried, len(paths))
}

// Whatever is corrected in whatever order, no character is lost, no two provisions have one path or
// one thread, and the words of all provisions stay in their order.
func TestCorrectionsLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := Parse(lamps)
		var made []Correction
		for range rapid.IntRange(1, 8).Draw(t, "corrections") {
			var paths []string
			doc.Walk(func(_ *Group, _ string, p *Provision) { paths = append(paths, p.Path) })
			c := Correction{Deed: rapid.SampledFrom(Deeds).Draw(t, "deed"), NewMark: rapid.SampledFrom([]string{"", "1", "a", "ii", "7", "1.i", "3bis"}).Draw(t, "label"),
				Words: rapid.SampledFrom([]string{"to watch", "and that wicks", "light", "years", "night"}).Draw(t, "words")}
			bound, err := c.bind(lamps, made, rapid.SampledFrom(paths).Draw(t, "path"))
			if err != nil {
				continue
			}
			made = append(made, bound)
			doc = Parse(lamps)
			if unfit := doc.correct(made); len(unfit) > 0 {
				t.Fatalf("what was bound does not fit: %+v", unfit)
			}
			if got := strings.Join(doc.Lines, ""); got != lamps {
				t.Fatalf("the lines put together are %q", got)
			}
			if got, want := wordsIn(doc), wordsIn(Parse(lamps)); got != want {
				t.Fatalf("words are\n%s\nwant\n%s", got, want)
			}
			seen := map[string]bool{}
			for _, w := range wordings(doc, "x", false) {
				if seen[w.Thread] || seen["path "+w.Path] || w.Level < 1 {
					t.Fatalf("%s, %s is there twice, or at level %d", w.Thread, w.Path, w.Level)
				}
				seen[w.Thread], seen["path "+w.Path] = true, true
			}
		}
	})
}

// The second part of a split stands where another provision stood: each keeps its own thread wherever it goes.
func TestASecondPartKeepsItsOwnThread(t *testing.T) {
	var made []Correction
	for _, step := range []struct {
		path string
		Correction
	}{{"resolves_1", Correction{Deed: Split, NewMark: "1.i", Words: "to watch"}}, {"resolves_1_i", Correction{Deed: Indent}}} {
		bound, err := step.bind(lamps, made, step.path)
		if err != nil {
			t.Fatal(err)
		}
		made = append(made, bound)
	}
	doc, seen := Parse(lamps), map[string]string{}
	if unfit := doc.correct(made); len(unfit) > 0 {
		t.Fatalf("what was bound does not fit: %+v", unfit)
	}
	for _, w := range wordings(doc, "x", false) {
		if other := seen[w.Thread]; other != "" {
			t.Errorf("%s and %s have one thread, %s", other, w.Path, w.Thread)
		}
		seen[w.Thread] = w.Path
	}
	if seen["x#resolves_1_i"] == "" || seen["x#resolves_1_i.2"] == "" {
		t.Errorf("threads are %v, want that of the first part i and one of the second part of 1", seen)
	}
}

// wordsIn gives the letters of all provisions in order, without marks, which corrections may change.
func wordsIn(d *Document) string {
	var b strings.Builder
	d.Walk(func(_ *Group, _ string, p *Provision) { b.WriteString(p.Text + " ") })
	words := strings.Fields(b.String())
	var kept []string
	for _, w := range words {
		if len(w) > 3 {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}
