package register

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resolute/internal/framework"
	"resolute/internal/search"
)

var testBook = NewRulebook(framework.Builtin(), framework.TaggingRules(), map[string]string{
	"R5": "itu:wtdc/res/30#resolves_5", "R8": "itu:wtdc/res/30#resolves_8", "F2": "itu:wtdc/res/30#further_instructs_2", "F1.ii": "itu:wtdc/res/30#further_instructs_1_ii",
})

func line(code string, txn int) Tag {
	return Tag{Txn: txn, Scheme: framework.ActionLine, Code: code, Share: NoShare, Basis: Stated}
}

func dac(code string, share Share, txn int) Tag {
	return Tag{Txn: txn, Scheme: DACSector, Code: code, Share: share, Basis: Stated}
}

// shown writes the derived tags of one scheme as "txn code share rule reason".
func shown(tags []Tag, scheme string) string {
	var list []string
	for _, t := range tags {
		if t.Scheme == scheme {
			reason, _, _ := strings.Cut(t.Reason, ":")
			list = append(list, strings.Join([]string{string(rune('0' + t.Txn)), t.Code, percent(t.Share), t.Rule, reason}, " "))
		}
	}
	return strings.Join(list, " | ")
}

func percent(share Share) string {
	switch share {
	case NoShare:
		return "-"
	case Whole:
		return "100"
	case Whole / 2:
		return "50"
	case 300_000:
		return "30"
	case 333_334:
		return "a third and the rest"
	case 333_333:
		return "a third"
	}
	return "other"
}

func TestSectorsGiveActionLines(t *testing.T) {
	for name, c := range map[string]struct {
		stated []Tag
		want   string
	}{
		"one code without percentage":                {[]Tag{dac("22020", NoShare, 0)}, "0 C2 100 dac:22020 22020"},
		"two lines share one code":                   {[]Tag{dac("22040", 600_000, 0), dac("11220", 400_000, 0)}, "0 C2 30 dac:22040 22040 | 0 C6 30 dac:22040 22040"},
		"codes without percentage are equal":         {[]Tag{dac("22020", NoShare, 0), dac("22013", NoShare, 0), dac("11220", NoShare, 0)}, "0 C2 a third and the rest dac:22020 22020 | 0 C3 a third dac:22013 22013"},
		"one without percentage takes what is left":  {[]Tag{dac("22020", 700_000, 0), dac("22013", NoShare, 0)}, "0 C2 other dac:22020 22020 | 0 C3 30 dac:22013 22013"},
		"two codes of one line are added":            {[]Tag{dac("22010", 200_000, 0), dac("22011", 300_000, 0)}, "0 C6 50 dac:22010 22010"},
		"a code without line":                        {[]Tag{dac("22012", NoShare, 0)}, ""},
		"a stated line is not proposed":              {[]Tag{dac("22020", NoShare, 0), line("C2", 0)}, ""},
		"stated for the activity, proposed for one":  {[]Tag{line("C2", 0), dac("22020", NoShare, 3)}, "3 C2 100 dac:22020 22020"},
		"three digits only where there are not five": {[]Tag{dac("220", NoShare, 0), dac("22020", NoShare, 0)}, "0 C2 100 dac:22020 22020"},
	} {
		tags, _ := testBook.Derive(View{Stated: c.stated})
		if got := shown(tags, framework.ActionLine); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// proposed is what the matrix makes of a view.
func proposed(v View) []Tag {
	tags, _ := testBook.Derive(v)
	return NewMatrix(framework.Builtin()).Derive(slices.Concat(v.Stated, tags))
}

func TestLinesGiveGoalsAndTargetsThroughTheMatrix(t *testing.T) {
	codes := func(tags []Tag, scheme string, txn int) map[string]string {
		found := map[string]string{}
		for _, t := range tags {
			if t.Scheme == scheme && t.Txn == txn {
				found[t.Code] = t.Rule + " " + t.Reason
			}
		}
		return found
	}
	tags := proposed(View{Stated: []Tag{line("C2", 0), dac("22010", NoShare, 0), line("C5", 2), dac("22040", NoShare, 3)}})
	if got := codes(tags, framework.Target, 0); got["9.c"] != "matrix C2" || len(got) != len(framework.Builtin().MatrixTargets("C2")) {
		t.Errorf("targets of the activity: %v; want those of its stated line alone", got)
	}
	if got := codes(tags, framework.Goal, 2); len(got) != len(framework.Builtin().MatrixGoals("C5")) {
		t.Errorf("goals of a transaction: %v; want those of its own line", got)
	}
	if got := codes(tags, framework.Target, 3); got["9.c"] != "matrix C2" && got["9.c"] != "matrix C2, C6" {
		t.Errorf("targets of a transaction without stated line: %v; want those of its derived lines", got)
	}
	tags = proposed(View{Stated: []Tag{line("C2", 0), {Scheme: framework.Target, Code: "9.c", Basis: Stated}}})
	if got := codes(tags, framework.Target, 0); got["9.c"] != "" {
		t.Errorf("a stated target is proposed again: %v", got)
	}
	tags = proposed(View{Words: search.Tokens("Broadband backbone")})
	if got := codes(tags, framework.Target, 0); len(got) != 0 {
		t.Errorf("a line that words alone suggest proposes targets: %v", got)
	}
}

func TestWordsAreTheReason(t *testing.T) {
	tags, _ := testBook.Derive(View{Words: search.Tokens("Backbone and universal service; broadband, BROADBAND")})
	if got, want := shown(tags, framework.ActionLine), "0 C2 - word:C2 backbone, universal service, broadband"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	words := append(append(search.Tokens("universal"), passageEnd), search.Tokens("service")...)
	if tags, _ := testBook.Derive(View{Words: words}); len(tags) != 0 {
		t.Errorf("a phrase over two passages: %v", tags)
	}
}

func TestMarkersGiveGroupsAndNeverGoals(t *testing.T) {
	tags, _ := testBook.Derive(View{Markers: []Marker{{Code: "1", Significance: "2", Line: 7}}})
	if len(tags) == 0 {
		t.Fatal("a principal objective gives nothing")
	}
	for _, tag := range tags {
		if tag.Scheme != framework.InclusionGroup || tag.Rule != "marker:1" || tag.Line != 7 {
			t.Errorf("marker 1 gives %+v", tag)
		}
	}
}

func TestParagraphsFollowFromLinesKindsAndWords(t *testing.T) {
	for name, c := range map[string]struct {
		view View
		want []string
	}{
		"cybersecurity":            {View{Stated: []Tag{line("C5", 0)}}, []string{"R8"}},
		"a training":               {View{Kind: "training"}, []string{"F1.ii", "F2"}},
		"rural infrastructure":     {View{Stated: []Tag{line("C2", 0)}, Words: search.Tokens("for rural schools")}, []string{"R5"}},
		"rural without its line":   {View{Words: search.Tokens("for rural schools")}, nil},
		"stated on a transaction":  {View{Stated: []Tag{line("C5", 4)}}, []string{"R8"}},
		"an activity without tags": {View{}, nil},
	} {
		_, links := testBook.Derive(c.view)
		got := map[string]bool{}
		for _, l := range links {
			got[l.Thread] = true
			if l.Basis != Derived || !strings.HasPrefix(l.Rule, "r30:") || l.Reason == "" {
				t.Errorf("%s: %+v names no rule or reason", name, l)
			}
		}
		for _, alias := range c.want {
			if !got[testBook.aliases[strings.ToLower(alias)]] {
				t.Errorf("%s: no link to %s", name, alias)
			}
		}
		if len(c.want) == 0 && len(got) != 0 {
			t.Errorf("%s: %v, want none", name, got)
		}
	}
}

func TestDerivingIsAFunctionOfTheViewAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var v View
		for range rapid.IntRange(0, 6).Draw(t, "tags") {
			v.Stated = append(v.Stated, rapid.SampledFrom([]Tag{line("C1", 0), line("C7.3", 1), dac("22040", NoShare, 0), dac("22020", 400_000, 1), dac("15110", 900_000, 0)}).Draw(t, "tag"))
		}
		v.Words = rapid.SliceOf(rapid.SampledFrom([]string{"rural", "broadband", "training", "law", "x"})).Draw(t, "words")
		v.Kind = rapid.SampledFrom([]string{"", "training", "project"}).Draw(t, "kind")
		first, links := testBook.Derive(v)
		again, linksAgain := testBook.Derive(v)
		first, again = append(first, proposed(v)...), append(again, proposed(v)...)
		if len(first) != len(again) || len(links) != len(linksAgain) {
			t.Fatalf("two answers: %v and %v", first, again)
		}
		have := map[tagKey]bool{}
		for _, s := range v.Stated {
			have[tagKey{s.Txn, s.Scheme, s.Code}] = true
		}
		for i, tag := range first {
			key := tagKey{tag.Txn, tag.Scheme, tag.Code}
			switch {
			case tag != again[i]:
				t.Fatalf("row %d differs: %+v and %+v", i, tag, again[i])
			case have[key]:
				t.Fatalf("%+v was stated or derived already", tag)
			case tag.Rule == "" || tag.Reason == "" || tag.Basis != Derived:
				t.Fatalf("%+v names no rule or reason", tag)
			case tag.Share < NoShare || tag.Share > Whole:
				t.Fatalf("%+v has no possible share", tag)
			}
			have[key] = true
		}
	})
}
