package compare

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// marked writes stretches as people do in plain text: [-struck-]{+new+}.
func marked(list []Stretch) string {
	var b strings.Builder
	for _, s := range list {
		switch s.Kind {
		case Deleted:
			b.WriteString("[-" + s.Old + "-]")
		case Inserted:
			b.WriteString("{+" + s.New + "+}")
		default:
			b.WriteString(s.New)
		}
	}
	return b.String()
}

func TestWordsAreComparedWhole(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"places and years are not cut", "Resolution 9 (Rev. Busan, 2014) of the conference on lines", "Resolution 9 (Rev. Dubai, 2018) of the conference on lines",
			"Resolution 9 (Rev. [-Busan-]{+Dubai+}, [-2014-]{+2018+}) of the conference on lines"},
		{"both years of a period", "the plan for the period 2012-2015 as adopted", "the plan for the period 2020-2023 as adopted",
			"the plan for the period [-2012-]{+2020+}-[-2015-]{+2023+} as adopted"},
		{"a number with inner signs is one word", "lends 1,000.50 to each of the four", "lends 1,200.50 to each of the four", "lends [-1,000.50-]{+1,200.50+} to each of the four"},
		{"neighbours make one stretch, the deletion first", "to give the poor states a good line", "to give small islands states a good line", "to give [-the poor-]{+small islands+} states a good line"},
		{"what is only inserted", "to assist members", "to assist all members", "to assist {+all +}members"},
		{"a blank goes with the change that takes its place", "the outcomes and the agenda of the year", "the outcomes, with the agenda of the year", "the outcomes[- and-]{+, with+} the agenda of the year"},
		{"a blank behind what is inserted is kept", "the group WSIS with a seat", "the group WSIS&SDG with a seat", "the group WSIS{+&SDG+} with a seat"},
		{"a blank that becomes a hyphen", "for capacity development of all", "for capacity-development of all", "for capacity[- -]{+-+}development of all"},
		{"a capital is a change", "indigenous peoples of the north", "Indigenous peoples of the north", "[-indigenous-]{+Indigenous+} peoples of the north"},
		{"blanks, curled signs and hyphens of other kinds are none", "the  “line’s” end\u00a0is e\u2011mail", "the \"line's\" end is e-mail", "the \"line's\" end is e-mail"},
		{"tatweel and direction marks are none", "يقـرر \u200fالمجلس", "يقرر المجلس", "يقرر المجلس"},
		{"presentation forms are none", "ﻫ أن المجلس", "ه أن المجلس", "ه أن المجلس"},
		{"a range of years within Arabic stays whole", "خطة الاتحاد للفترة 2012-2015 المعتمدة", "خطة الاتحاد للفترة 2020-2023 المعتمدة", "خطة الاتحاد للفترة [-2012-2015-]{+2020-2023+} المعتمدة"},
		{"Han sign by sign", "请秘书长提交年度报告", "请秘书长提交季度报告", "请秘书长提交[-年-]{+季+}度报告"},
		{"Han numerals as one", "大会第七十八届会议报告", "大会第八十届会议报告", "大会第[-七十八-]{+八十+}届会议报告"},
		{"mostly changed is struck and written anew", "to hold a forum each year", "to abolish all such meetings of it", "[-to hold a forum each year-]{+to abolish all such meetings of it+}"},
		{"nothing at all", "", "", ""},
		{"what can stand in two places stands between clauses", "to lend rope, to keep bells of the north", "to lend rope, to ring the old bells, to keep bells of the north", "to lend rope, {+to ring the old bells, +}to keep bells of the north"},
		{"a word between long changes belongs to them", "in the winter of each single year the keeper of the lamps counts all those very old ropes and hooks made of fine black iron on the long coast of the north",
			"in the winter of each single year the keeper of the lamps writes down some few long letters and sings about two small white birds on the long coast of the north",
			"in the winter of each single year the keeper of the lamps [-counts all those very old ropes and hooks made of fine black iron-]{+writes down some few long letters and sings about two small white birds+} on the long coast of the north"},
		{"only new", "", "to act", "{+to act+}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := marked(Words(c.old, c.new)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestAPartOfASplitWordingShowsWhatItKeeps(t *testing.T) {
	old := "to lend rope and ladders to islands, and to keep a register of all the bells that ring by night"
	got := marked(Within(old, "to keep a register"))
	if want := "[-to lend rope and ladders to islands, and -]to keep a register[- of all the bells that ring by night-]"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestSameIsSaidInTheSameWords(t *testing.T) {
	for _, c := range []struct {
		name, old, new string
		want           bool
	}{
		{"another mark at the end", "to act;", "to act,", true},
		{"a footnote mark at a word", "developing countries1 shall", "developing countries shall", true},
		{"a footnote mark behind a comma", "of 16 December 2015,1 entitled", "of 16 December 2015, entitled", true},
		{"a footnote mark behind the end", "to act;4", "to act.", true},
		{"more blanks", "to  act", "to act", true},
		{"an action line is no footnote mark", "line C2 is", "line C5 is", false},
		{"decimals are no footnote mark", "2,5 per cent", "2,7 per cent", false},
		{"a hyphen", "capacity development", "capacity-development", false},
		{"a capital", "indigenous", "Indigenous", false},
		{"another order", "data by sex and age", "data by age and sex", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Same(c.old, c.new); got != c.want {
				t.Errorf("Same(%q, %q) = %v", c.old, c.new, got)
			}
		})
	}
}

// texts draws wordings that share many words.
var texts = rapid.Custom(func(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"the ", "line ", " ", "of", ", ", "2012-2015", "C2", "会", "七十", "八", "\u200f", "يقـرر", "é", "e\u0301 ", "\u00a0", ";", "1,000", "\n"}), 0, 40).Draw(t, "words"), "")
})

func TestNoSignIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, new := texts.Draw(t, "old"), texts.Draw(t, "new")
		checkStretches(t, old, new, Words(old, new))
	})
}

// checkStretches holds what Words promises.
func checkStretches(t interface{ Fatalf(string, ...any) }, old, new string, list []Stretch) {
	var a, b strings.Builder
	for i, s := range list {
		a.WriteString(s.Old)
		b.WriteString(s.New)
		if i > 0 && list[i-1].Kind == s.Kind || i > 0 && s.Kind == Deleted && list[i-1].Kind == Inserted {
			t.Fatalf("stretch %d of %q: %s behind %s", i, marked(list), s.Kind, list[i-1].Kind)
		}
	}
	if a.String() != old || b.String() != new {
		t.Fatalf("%q to %q: got %q and %q", old, new, a.String(), b.String())
	}
	text := ""
	for _, s := range list {
		if s.Kind != Inserted {
			if cutsWord(text, s.Old) {
				t.Fatalf("a word is cut: %q", marked(list))
			}
			text += s.Old
		}
	}
}

// cutsWord tells whether a boundary between two texts lies within a word.
func cutsWord(before, after string) bool {
	ends, begins := []rune(before), []rune(after)
	if len(ends) == 0 || len(begins) == 0 {
		return false
	}
	last, first := ends[len(ends)-1], begins[0]
	letter := func(r rune) bool {
		return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.Is(unicode.Han, r) && r != '〇'
	}
	return letter(last) && letter(first)
}

func TestTheWayIsAShortest(t *testing.T) {
	lists := rapid.SliceOfN(rapid.Int32Range(0, 3), 0, 30)
	rapid.Check(t, func(t *rapid.T) {
		a, b := lists.Draw(t, "a"), lists.Draw(t, "b")
		deleted, inserted := edits(a, b)
		var left, right []int32
		for i, x := range a {
			if !deleted[i] {
				left = append(left, x)
			}
		}
		for i, x := range b {
			if !inserted[i] {
				right = append(right, x)
			}
		}
		if len(left) != longestCommon(a, b) || string(runes(left)) != string(runes(right)) {
			t.Fatalf("%v to %v: kept %v and %v, the longest common has %d", a, b, left, right, longestCommon(a, b))
		}
	})
}

func runes(list []int32) []rune {
	var out []rune
	for _, x := range list {
		out = append(out, 'a'+x)
	}
	return out
}

// longestCommon is the length of a longest common subsequence, by the table.
func longestCommon(a, b []int32) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		diagonal := 0
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

func TestTextsThatShareNothingAreSoonTold(t *testing.T) {
	old, new := strings.Repeat("a b c ", 100_000), strings.Repeat("d e f ", 100_000)
	if got := Words(old, new); len(got) != 2 || got[0].Old != old || got[1].New != new {
		t.Errorf("got %d stretches", len(got))
	}
}

func FuzzWords(f *testing.F) {
	f.Add("to  act 2012-2015", "to act, 2020")
	f.Add("يقـرر\u200f", "七十八会")
	f.Fuzz(func(t *testing.T, old, new string) {
		list := Words(old, new)
		var a, b strings.Builder
		for _, s := range list {
			a.WriteString(s.Old)
			b.WriteString(s.New)
		}
		if a.String() != old || b.String() != new {
			t.Errorf("%q to %q: got %q and %q", old, new, a.String(), b.String())
		}
	})
}
