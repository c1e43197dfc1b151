package framework

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// onDay is the reading of the four rules word by word, one group, area and day at a time.
func onDay(group, area, day string) Known {
	g, _ := Builtin().Group(group)
	if day < g.KnownFrom || (g.KnownTo != "" && day > g.KnownTo) {
		return NotKnown // rule 1
	}
	spans := Builtin().GroupSpans(group, area)
	for _, s := range spans {
		from := s.From
		if from == "" {
			from = s.KnownFrom
		}
		if from <= day && (s.To == "" || day <= s.To) {
			return Member // rule 2
		}
	}
	for _, s := range spans {
		if s.From == "" && day < s.KnownFrom {
			return NotKnown // rule 3
		}
	}
	return NotMember // rule 4
}

// interesting are days at which an answer may change, and their neighbours.
func interesting(group, area string) []string {
	g, _ := Builtin().Group(group)
	days := []string{"1960-01-01", g.KnownFrom, g.KnownTo}
	for _, s := range Builtin().GroupSpans(group, area) {
		days = append(days, s.From, s.To, s.KnownFrom)
	}
	var list []string
	for _, day := range days {
		if at, err := time.Parse(time.DateOnly, day); err == nil {
			for _, shift := range []int{-1, 0, 1} {
				list = append(list, at.AddDate(0, 0, shift).Format(time.DateOnly))
			}
		}
	}
	return list
}

func TestMembershipFollowsTheFourRulesOfTheTable(t *testing.T) {
	c := Builtin()
	for _, g := range c.Groups() {
		if g.Key == "M49:001" {
			continue // its members stand in the regions inside it
		}
		for _, country := range c.Countries() {
			for _, day := range interesting(g.Key, country.ISO3) {
				if got, want := c.Membership(g.Key, country.ISO2, day), onDay(g.Key, country.ISO3, day); got != want {
					t.Errorf("%s in %s on %s: %s, want %s", country.ISO2, g.Key, day, got, want)
				}
			}
		}
	}
}

func TestAPeriodIsTheSumOfItsDays(t *testing.T) {
	c := Builtin()
	var plain []string
	for _, g := range c.Groups() {
		if g.Kind != "m49 region" {
			plain = append(plain, g.Key)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		group := rapid.SampledFrom(plain).Draw(t, "group")
		area := rapid.SampledFrom(c.Countries()).Draw(t, "area").ISO3
		from := rapid.SampledFrom(interesting(group, area)).Draw(t, "from")
		length := rapid.IntRange(0, 60).Draw(t, "days")
		first, err := time.Parse(time.DateOnly, from)
		if err != nil {
			t.Fatal(err)
		}
		want := onDay(group, area, from)
		to := from
		for n := 1; n <= length; n++ {
			to = first.AddDate(0, 0, n).Format(time.DateOnly)
			want = either(want, onDay(group, area, to))
		}
		if got := c.MembershipDuring(group, area, from, to); got != want {
			t.Fatalf("%s in %s %s..%s: %s, want %s", area, group, from, to, got, want)
		}
	})
}
