package register

import "testing"

var facts = Facts{Key: "k1", Reporter: "ZZ-1", Countries: []string{"KE", "UG"}}

func decisions(list ...Decision) []Decision {
	for i := range list {
		list[i].ID = int64(i + 1)
	}
	return list
}

func TestReview(t *testing.T) {
	byRule := Reach{Rule: "dac:22020", Scheme: "wsis-action-line", Code: "C2"}
	here := Reach{Rule: "dac:22020", Country: "KE", Reporter: "ZZ-1"}
	one := Reach{Key: "k1", Scheme: "wsis-action-line", Code: "C2"}
	for name, c := range map[string]struct {
		decisions []Decision
		want      Review
		by        int64 // id of the decision
	}{
		"nobody decided":                        {nil, Open, 0},
		"one record confirmed":                  {decisions(Decision{Verdict: Confirm, Reach: one}), Confirmed, 1},
		"a rule refused":                        {decisions(Decision{Verdict: Refuse, Reach: byRule}), Refused, 1},
		"a rule refused for its country":        {decisions(Decision{Verdict: Refuse, Reach: here}), Refused, 1},
		"another country":                       {decisions(Decision{Verdict: Refuse, Reach: Reach{Rule: "dac:22020", Country: "BR"}}), Open, 0},
		"another publisher":                     {decisions(Decision{Verdict: Refuse, Reach: Reach{Rule: "dac:22020", Reporter: "ZZ-2"}}), Open, 0},
		"another rule":                          {decisions(Decision{Verdict: Refuse, Reach: Reach{Rule: "word:C2"}}), Open, 0},
		"another code of the rule":              {decisions(Decision{Verdict: Refuse, Reach: Reach{Rule: "dac:22020", Scheme: "wsis-action-line", Code: "C6"}}), Open, 0},
		"the later wins on one reach":           {decisions(Decision{Verdict: Confirm, Reach: one}, Decision{Verdict: Refuse, Reach: one}), Refused, 2},
		"the record wins over a later rule":     {decisions(Decision{Verdict: Confirm, Reach: one}, Decision{Verdict: Refuse, Reach: byRule}), Confirmed, 1},
		"the later of two filters wins":         {decisions(Decision{Verdict: Confirm, Reach: here}, Decision{Verdict: Refuse, Reach: byRule}), Refused, 2},
		"withdrawn":                             {decisions(Decision{Verdict: Confirm, Reach: one}, Decision{Verdict: Withdraw, Reach: one}), Open, 0},
		"withdrawn, and the rule speaks again":  {decisions(Decision{Verdict: Refuse, Reach: byRule}, Decision{Verdict: Confirm, Reach: one}, Decision{Verdict: Withdraw, Reach: one}), Refused, 1},
		"withdrawing one reach leaves another":  {decisions(Decision{Verdict: Refuse, Reach: byRule}, Decision{Verdict: Withdraw, Reach: here}), Refused, 1},
		"decided again after it was withdrawn":  {decisions(Decision{Verdict: Confirm, Reach: one}, Decision{Verdict: Withdraw, Reach: one}, Decision{Verdict: Refuse, Reach: one}), Refused, 3},
		"confirming what is set changes naught": {decisions(Decision{Verdict: SetTag, Reach: one}, Decision{Verdict: Confirm, Reach: one}), Confirmed, 1},
	} {
		got, d := NewRulings(c.decisions).Review("dac:22020", "wsis-action-line", "C2", facts)
		id := int64(0)
		if d != nil {
			id = d.ID
		}
		if got != c.want || id != c.by {
			t.Errorf("%s: %s by decision %d, want %s by %d", name, got, id, c.want, c.by)
		}
	}
}

func TestWhatFiguresCount(t *testing.T) {
	for _, c := range []struct {
		basis  Basis
		review Review
		want   bool
	}{
		{Stated, Open, true}, {Stated, Refused, false}, {Derived, Open, false}, {Derived, Confirmed, true}, {Derived, Refused, false}, {Set, Confirmed, true},
	} {
		if got := Counted(c.basis, c.review); got != c.want {
			t.Errorf("%s, %s: counted %v, want %v", c.basis, c.review, got, c.want)
		}
	}
}

func find(list []ReviewedTag, scheme, code string) (ReviewedTag, int) {
	n, last := 0, ReviewedTag{}
	for _, t := range list {
		if t.Scheme == scheme && t.Code == code {
			n, last = n+1, t
		}
	}
	return last, n
}

func TestWhatAPersonSetIsReadAsATag(t *testing.T) {
	set := func(code string) Decision {
		return Decision{Verdict: SetTag, Reach: Reach{Key: "k1", Scheme: "wsis-action-line", Code: code}, Share: NoShare, Reason: "seen"}
	}
	tags := []Tag{
		{Scheme: "wsis-action-line", Code: "C2", Share: NoShare, Basis: Derived, Rule: "dac:22020"},
		{Scheme: "wsis-action-line", Code: "C5", Share: 500_000, Basis: Stated, Rule: "tag:99"},
	}
	got := NewRulings(decisions(set("C2"), set("C5"), set("C8"))).Tags(facts, tags)
	for code, want := range map[string]Basis{"C2": Set, "C5": Stated, "C8": Set} {
		tag, n := find(got, "wsis-action-line", code)
		if n != 1 || tag.Basis != want || tag.Review != Confirmed {
			t.Errorf("%s: %d rows, last %+v; want one, %s", code, n, tag, want)
		}
	}
	if other := NewRulings(decisions(set("C8"))).Tags(Facts{Key: "k2"}, nil); len(other) != 0 {
		t.Errorf("another activity got %v", other)
	}
}

func TestAConfirmedTargetStatesItsGoal(t *testing.T) {
	tags := []Tag{
		{Scheme: "sdg-target", Code: "9.c", Share: NoShare, Basis: Derived, Rule: "matrix"},
		{Scheme: "sdg-goal", Code: "9", Share: NoShare, Basis: Derived, Rule: "matrix"},
	}
	confirm := Decision{Verdict: Confirm, Reach: Reach{Key: "k1", Scheme: "sdg-target", Code: "9.c"}}
	goal, n := find(NewRulings(decisions(confirm)).Tags(facts, tags), "sdg-goal", "9")
	if n != 1 || !Counted(goal.Basis, goal.Review) {
		t.Errorf("goal of a confirmed target: %d rows, %+v; want one that counts", n, goal)
	}
	refuse := Decision{Verdict: Refuse, Reach: Reach{Key: "k1", Scheme: "sdg-goal", Code: "9"}}
	goal, n = find(NewRulings(decisions(confirm, refuse)).Tags(facts, tags), "sdg-goal", "9")
	if n != 1 || Counted(goal.Basis, goal.Review) {
		t.Errorf("a goal that a person refused: %d rows, %+v; want one that does not count", n, goal)
	}
}

func TestLinksAreReviewedAsTagsAre(t *testing.T) {
	links := []Link{{Thread: "itu:wtdc/res/30#resolves_8", Basis: Derived, Rule: "r30:cybersecurity"}}
	reach := Reach{Key: "k1", Scheme: ThreadScheme, Code: "itu:wtdc/res/30#resolves_5"}
	got := NewRulings(decisions(
		Decision{Verdict: Refuse, Reach: Reach{Rule: "r30:cybersecurity"}},
		Decision{Verdict: SetTag, Reach: reach, Share: NoShare},
	)).Links(facts, links)
	if len(got) != 2 || got[0].Review != Refused || got[1].Basis != Set || got[1].Thread != reach.Code {
		t.Errorf("links = %+v; want the first refused and a second that was set", got)
	}
}
