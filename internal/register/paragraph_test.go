package register

import (
	"slices"
	"strings"
	"testing"

	"resolute/internal/framework"
	"resolute/internal/mandate"
	"resolute/internal/search"
)

// byPeople are the leaves that no rule proposes: what they ask for shows neither in the codes nor
// in the words of an activity, so a publisher states them or a person sets them.
var byPeople = []string{"R11.i", "R11.ii", "R11.iii", "I2", "I5", "F4", "M1", "M4", "Q1"}

func TestEveryParagraphHasARuleOrIsLeftToPeople(t *testing.T) {
	ruled := map[string]bool{}
	for _, rule := range framework.TaggingRules().Threads {
		for _, alias := range rule.Aliases {
			if _, ok := mandate.Resolve(alias); !ok {
				t.Errorf("%s leads to %s, which is no paragraph", rule.ID, alias)
			}
			ruled[alias] = true
		}
	}
	for _, a := range mandate.Aliases() {
		if left := slices.Contains(byPeople, a.Alias); a.Leaf() && ruled[a.Alias] == left {
			t.Errorf("%s: a rule leads to it: %v, left to people: %v", a.Alias, ruled[a.Alias], left)
		}
	}
}

func TestWhatProposesAParagraph(t *testing.T) {
	aliases := map[string]string{}
	for _, a := range mandate.Aliases() {
		aliases[a.Alias] = a.Alias
	}
	book := NewRulebook(framework.Builtin(), framework.TaggingRules(), aliases)
	of := func(scheme, code string) Tag { return Tag{Scheme: scheme, Code: code, Share: NoShare, Basis: Stated} }
	c2, c6, c11 := line("C2", 0), line("C6", 0), line("C11", 0)
	for name, c := range map[string]struct {
		view      View
		want, not string
	}{
		"infrastructure with the sector rural development": {View{Stated: []Tag{c2, dac("43040", NoShare, 0)}}, "R5", "F5"},
		"rural development alone":                          {View{Stated: []Tag{dac("43040", NoShare, 0)}}, "", "R5"},
		"infrastructure after an emergency":                {View{Stated: []Tag{c2, dac("73010", NoShare, 0)}}, "F5", "R5"},
		"the sector small enterprises":                     {View{Stated: []Tag{dac("32130", NoShare, 0)}}, "F3", "R6"},
		"the sector statistics":                            {View{Stated: []Tag{dac("16062", NoShare, 0)}}, "R9", "F2"},
		"people struck by disasters":                       {View{Stated: []Tag{c2}, Markers: []Marker{{Code: "10", Significance: "1"}}}, "R4", "R5"},
		"such people without a line":                       {View{Markers: []Marker{{Code: "10", Significance: "1"}}}, "", "R4"},
		"an agreement for a goal":                          {View{Stated: []Tag{of(framework.Goal, "9")}, Kind: "agreement"}, "F7.iv", "F7.i"},
		"a project for a goal":                             {View{Stated: []Tag{of(framework.Goal, "9")}, Kind: "project"}, "", "F7.iv"},
		"the review of the Summit named":                   {View{Words: search.Tokens("Input to the WSIS+20 review")}, "F7.iii", "F7.ii"},
		"a number that is no resolution":                   {View{Words: search.Tokens("70,125 pupils reached")}, "", "F7.iii"},
		"both processes named":                             {View{Words: search.Tokens("Workshop on the WSIS-SDG matrix")}, "F9.i", "F9.v"},
		"the group of the Council named":                   {View{Words: search.Tokens("Paper for CWG-WSIS&SDG")}, "I1", "F8"},
		"a report of the Secretary-General named":          {View{Stated: []Tag{c11}, Words: search.Tokens("for the report of the Secretary-General")}, "F8", "I1"},
		"ICTs in the plan of a country":                    {View{Stated: []Tag{c6}, Words: search.Tokens("part of the National Development Plan")}, "F9.v", "F9.iii"},
		"the plan of a country without ICTs":               {View{Stated: []Tag{line("C7.4", 0)}, Words: search.Tokens("the national development plan")}, "", "F9.v"},
		"a partnership of many stakeholders":               {View{Stated: []Tag{c2}, Words: search.Tokens("a multi-stakeholder partnership")}, "F9.iv", "F9.ii"},
		"a voluntary national review":                      {View{Stated: []Tag{c11}, Words: search.Tokens("its voluntary national review")}, "M5", "M3"},
		"money for projects":                               {View{Stated: []Tag{c2}, Words: search.Tokens("a trust fund")}, "F6", "R6"},
		"a way of financing":                               {View{Stated: []Tag{c2}, Words: search.Tokens("universal service fund")}, "R6", "F6"},
		"the law of ICTs":                                  {View{Stated: []Tag{c6}, Words: search.Tokens("draft legislation")}, "R7", "R8"},
		"the framework of the United Nations in a country": {View{Stated: []Tag{c11}, Words: search.Tokens("UNSDCF 2022-2026")}, "F9.iii", "F9.ii"},
	} {
		_, links := book.Derive(c.view)
		var got []string
		for _, l := range links {
			got = append(got, l.Thread)
		}
		if c.want != "" && !slices.Contains(got, c.want) || slices.Contains(got, c.not) {
			t.Errorf("%s leads to %s; want %q among them, not %q", name, strings.Join(got, " "), c.want, c.not)
		}
	}
}

func TestACategoryIsReadWhereNoCodeOfFiveDigitsStands(t *testing.T) {
	for name, c := range map[string]struct {
		stated []Tag
		want   string
	}{
		"a category of two lines":     {[]Tag{dac("220", NoShare, 0)}, "0 C2 50 dac:220 220 | 0 C6 50 dac:220 220"},
		"a category without line":     {[]Tag{dac("998", NoShare, 0)}, ""},
		"a category beside a code":    {[]Tag{dac("111", NoShare, 0), dac("12110", NoShare, 0)}, "0 C7.4 100 dac:12110 12110"},
		"a code that was withdrawn":   {[]Tag{dac("15140", NoShare, 0)}, "0 C7.1 100 dac:15140 15140"},
		"a code that nobody has seen": {[]Tag{dac("99999", NoShare, 0)}, ""},
	} {
		tags, _ := testBook.Derive(View{Stated: c.stated})
		if got := shown(tags, framework.ActionLine); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
