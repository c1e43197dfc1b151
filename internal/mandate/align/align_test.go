package align_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resolute/internal/mandate/align"
)

// text reads provisions of our own: a line "[heading]" opens a group, which is operative when its
// heading begins with "resolves" or "instructs"; other lines are "mark text".
func text(lines string) []align.Provision {
	var list []align.Provision
	group, operative := "", false
	for i, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		line = strings.TrimSpace(line)
		if heading, ok := strings.CutPrefix(line, "["); ok {
			group = strings.TrimSuffix(heading, "]")
			operative = strings.HasPrefix(group, "resolves") || strings.HasPrefix(group, "instructs")
			continue
		}
		mark, words, _ := strings.Cut(line, " ")
		list = append(list, align.Provision{Label: fmt.Sprintf("L%d", i+1), Number: mark, Line: i + 1, Group: group, Operative: operative, Text: words})
	}
	return list
}

// written writes links in a line each: "a > b edited moved", by line numbers.
func written(links []align.Link, old, new []align.Provision) string {
	var out []string
	name := func(list []align.Provision, at int) string {
		if at == align.None {
			return "-"
		}
		return list[at].Label
	}
	for _, l := range links {
		out = append(out, strings.TrimSpace(name(old, l.Old)+" > "+name(new, l.New)+" "+string(l.Kind)+" "+strings.Join(l.Flags, " ")))
	}
	return strings.Join(out, "\n")
}

const before = `
[recalling]
a) the outcomes of both phases of the summit on village networks;
b) the agenda for harbours, adopted by the assembly of the coast;
c) Resolution 71 (Rev. Atlantis, 2014) of the conference, on the strategic plan for 2012-2015;
d) Resolution 131 (Rev. Atlantis, 2014) of the conference, on counting lamps;
e) Resolution 140 (Rev. Atlantis, 2014) of the conference, on the role of the union in village networks;
[resolves]
1 to lend rope and ladders to islands whose harbours freeze each winter;
2 to keep a register of all bells that ring by night;
[instructs the Keeper]
1 to report each year on the state of the lamps to the council;
2 to take appropriate action,`

func TestWhatBecameOfEachProvision(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"nothing changed", before, before, `
L2 > L2 kept
L3 > L3 kept
L4 > L4 kept
L5 > L5 kept
L6 > L6 kept
L8 > L8 kept
L9 > L9 kept
L11 > L11 kept
L12 > L12 kept`},
		{"a list is shortened, a citation renewed and moved up", before, `
[recalling]
a) the outcomes of both phases of the summit on village networks;
b) Resolution 140 (Rev. Elbonia, 2018) of the conference, on the role of the union in village networks;
c) the agenda for harbours, adopted by the assembly of the coast;
d) Resolution 71 (Rev. Elbonia, 2018) of the conference, on the strategic plan for 2020-2023,
[resolves]
1 to lend rope and ladders to islands whose harbours freeze each winter;
2 to keep a register of all bells that ring by night;
[instructs the Keeper]
1 to report each second year on the state of the lamps to the council and the public;
2 to teach divers how to mend cables under ice;
3 to take appropriate action,`, `
L2 > L2 kept
L6 > L3 edited renumbered moved
L3 > L4 kept renumbered
L4 > L5 edited renumbered
L5 > - dropped
L8 > L7 kept
L9 > L8 kept
L11 > L10 edited
- > L11 new
L12 > L12 kept renumbered`},
		{"a recital becomes operative", `
[recalling]
a) that islands whose harbours freeze each winter need rope and ladders;
b) the agenda for harbours;
[resolves]
1 to keep a register of bells;`, `
[recalling]
- the agenda for harbours;
[resolves]
1 to keep a register of bells;
2 that islands whose harbours freeze each winter shall have rope and ladders;`, `
L3 > L2 kept renumbered
L5 > L4 kept
L2 > L5 edited renumbered moved`},
		{"one is split, its second half stands by itself", `
[resolves]
1 to lend rope and ladders to islands whose harbours freeze each winter, and to keep a register of all bells that ring by night on the coast;
2 to teach divers;`, `
[resolves]
1 to lend rope and ladders to islands whose harbours freeze each winter;
2 to keep a register of all bells that ring by night on the coast;
3 to teach divers;`, `
L2 > L2 split
L2 > L3 split renumbered
L3 > L4 kept renumbered`},
		{"two are merged", `
[resolves]
1 to lend rope and ladders to islands whose harbours freeze each winter;
2 to keep a register of all bells that ring by night on the coast;
3 to teach divers;`, `
[resolves]
1 to lend rope and ladders to islands whose harbours freeze each winter, and to keep a register of all bells that ring by night on the coast;
2 to teach divers;`, `
L2 > L2 merged
L3 > L2 merged renumbered
L4 > L3 kept renumbered`},
		{"a yearly meeting: the function goes on, not the number", `
[resolves]
1 Notes the holding of the fourth meeting of the forum of divers, organized in Atlantis;
2 Looks forward to the fifth meeting of the forum of divers, to be held in Elbonia;`, `
[resolves]
1 Notes the holding of the fifth meeting of the forum of divers, organized in Elbonia;
2 Looks forward to the sixth meeting of the forum of divers, to be held in Laputa;`, `
L2 > L2 edited
L3 > L3 edited`},
		{"rewritten between neighbours: linked, and unsure", `
[resolves]
1 to lend rope and ladders to islands;
2 to ask the keeper of the northern coast for a yearly account of each lamp;
3 to teach divers how to mend cables;`, `
[resolves]
1 to lend rope and ladders to islands;
2 the northern coast publishes what it spends on oil, wicks and glass, yearly;
3 to teach divers how to mend cables;`, `
L2 > L2 kept
L3 > L3 edited unsure
L4 > L4 kept`},
		{"two could continue one: none does until a person decides", `
[resolves]
1 Welcomes the session of experts on harbours and the meeting of divers about lamps;
2 to teach divers how to mend cables;`, `
[resolves]
1 Looks to the session of experts on harbours, which falls into winter;
2 Looks to the meeting of divers about lamps, which falls into summer;
3 to teach divers how to mend cables;`, `
L2 > - dropped unsure
- > L2 new unsure
- > L3 new unsure
L3 > L4 kept renumbered`},
		{"everything is new", "[resolves]\n1 to lend rope;", "[resolves]\n1 harbours freeze each winter;\n2 bells ring;", `
L2 > - dropped
- > L2 new
- > L3 new`},
		{"footnote marks, blanks and the mark at the end are no change", "[resolves]\n1 to help developing countries1 in  winter,", "[resolves]\n1 to help developing countries in winter;", "L2 > L2 kept"},
		{"in Arabic, tatweel is no change", "[resolves]\n1 أن يقـرر المجلس مواصلة العمل", "[resolves]\n2 أن يقرر المجلس مواصلة العمل", "L2 > L2 kept renumbered"},
		{"in Chinese", "[resolves]\n1 请秘书长每年向理事会提交报告；\n2 继续开展合作；", "[resolves]\n1 继续开展合作；\n2 请秘书长每两年向理事会提交报告。", `
L3 > L2 kept renumbered moved
L2 > L3 edited renumbered`},
	} {
		t.Run(c.name, func(t *testing.T) {
			old, new := text(c.old), text(c.new)
			if got := written(align.Texts(old, new), old, new); got != strings.TrimSpace(c.want) {
				t.Errorf("got\n%s\nwant\n%s", got, strings.TrimSpace(c.want))
			}
		})
	}
}

var words = []string{"rope", "ladder", "island", "harbour", "winter", "bell", "night", "coast", "diver", "cable", "the", "of", "and"}

var provisions = rapid.Custom(func(t *rapid.T) align.Provision {
	return align.Provision{Number: rapid.SampledFrom([]string{"1", "2", "a"}).Draw(t, "number"), Operative: rapid.Bool().Draw(t, "operative"),
		Text: strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 12).Draw(t, "words"), " ")}
})

func TestEveryProvisionStandsInTheLinks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, new := rapid.SliceOfN(provisions, 0, 12).Draw(t, "old"), rapid.SliceOfN(provisions, 0, 12).Draw(t, "new")
		links := align.Texts(old, new)
		seenOld, seenNew := make([]int, len(old)), make([]int, len(new))
		for _, l := range links {
			if l.Old != align.None {
				seenOld[l.Old]++
			}
			if l.New != align.None {
				seenNew[l.New]++
			}
			if (l.Old == align.None) != (l.Kind == align.New) || (l.New == align.None) != (l.Kind == align.Dropped) || l.Score < 0 || l.Score > 1 || l.Flags == nil {
				t.Fatalf("link %+v", l)
			}
		}
		for i, n := range slices.Concat(seenOld, seenNew) {
			divided := slices.ContainsFunc(links, func(l align.Link) bool { return l.Kind == align.Split || l.Kind == align.Merged })
			if n == 0 || n > 1 && !divided {
				t.Fatalf("provision %d stands in %d links", i, n)
			}
		}
		if !slices.IsSortedFunc(slices.DeleteFunc(links, func(l align.Link) bool { return l.New == align.None }), func(a, b align.Link) int { return a.New - b.New }) {
			t.Fatal("the links are not in the order of the new text")
		}
	})
}

// long makes a text of n provisions that differ, of 40 words each.
func long(n, seed int) []align.Provision {
	list := make([]align.Provision, n)
	for i := range list {
		var b strings.Builder
		for k := range 40 {
			if k%3 == 0 {
				b.WriteString(words[10+(i+k)%3] + " ")
			} else {
				fmt.Fprintf(&b, "w%d ", (i*(37+k/4)+k*seed)%701)
			}
		}
		list[i] = align.Provision{Label: fmt.Sprint("L", i+1), Number: fmt.Sprint(i + 1), Text: b.String()}
	}
	return list
}

func TestAThousandProvisionsStaySane(t *testing.T) {
	old := long(1000, 3)
	new := slices.Concat(old[300:], long(50, 5), old[:250])
	kept := 0
	for _, l := range align.Texts(old, new) {
		if l.Kind == align.Kept && old[l.Old].Text == new[l.New].Text {
			kept++
		}
	}
	if kept < 950 {
		t.Errorf("%d of 950 are kept", kept)
	}
}

func BenchmarkTexts(b *testing.B) {
	for _, n := range []int{150, 1000} {
		old := long(n, 3)
		new := slices.Concat(old[n/10:], long(n/10, 5))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				align.Texts(old, new)
			}
		})
	}
}
