package coverage

import (
	"slices"

	"resolute/internal/framework"
)

// roll is who is in a group of areas when, laid out so that a walk can ask millions of times:
// between two steps the answers of all countries stand still.
type roll struct {
	steps []day               // the first day of each spell but the first, which has no beginning
	known [][]framework.Known // by row of countries, by spell
	stays [][]stay            // by row of countries: the spells in which it is a member, as runs
}

// stay is a run of days inside a group: from the first up to, and without, the day before which it ends; 0 is open.
type stay struct{ from, before day }

// staysOf joins the spells of a country in which it is a member.
func (r *roll) staysOf(spells []framework.Known) (list []stay) {
	for i, known := range spells {
		if known != framework.Member {
			continue
		}
		one := stay{}
		if i > 0 {
			one.from = r.steps[i-1]
		}
		if i < len(r.steps) {
			one.before = r.steps[i]
		}
		if n := len(list); n > 0 && list[n-1].before == one.from {
			list[n-1].before = one.before
		} else {
			list = append(list, one)
		}
	}
	return list
}

// member says whether a country is known to be in the group on any day of a span: during of one answer only,
// for those who ask it of every activity.
func (r *roll) member(row int, span days) bool {
	for _, s := range r.stays[row] {
		if (span.to == 0 || s.from <= max(span.from, span.to)) && (s.before == 0 || span.from < s.before) {
			return true
		}
	}
	return false
}

// rollOf gives the roll of a group, made once. Of an unknown group nothing is known.
func (b *book) rollOf(group string) *roll {
	g, _ := b.catalogue.Group(group)
	if r, made := b.rolls.Load(g.Key); made {
		return r.(*roll)
	}
	r, _ := b.rolls.LoadOrStore(g.Key, b.newRoll(g.Key))
	return r.(*roll)
}

func (b *book) newRoll(group string) *roll {
	texts := b.catalogue.MembershipSteps(group)
	r := &roll{known: make([][]framework.Known, len(b.countries.ids)), stays: make([][]stay, len(b.countries.ids))}
	for _, text := range texts {
		r.steps = append(r.steps, dayOf(text))
	}
	for row, id := range b.countries.ids {
		r.known[row] = append(r.known[row], b.catalogue.Membership(group, id, "0001-01-01"))
		for _, text := range texts {
			r.known[row] = append(r.known[row], b.catalogue.Membership(group, id, text))
		}
		r.stays[row] = r.staysOf(r.known[row])
	}
	return r
}

// during says whether a country is in the group on any day of a span: member when any day says
// so, else not known when any day is not known.
func (r *roll) during(row int, span days) framework.Known {
	first, last := r.spell(span.from), len(r.steps)
	if span.from == 0 {
		first = 0
	}
	if span.to != 0 {
		last = r.spell(span.to)
	}
	spells := r.known[row][first : max(first, last)+1]
	switch {
	case slices.Contains(spells, framework.Member):
		return framework.Member
	case slices.Contains(spells, framework.NotKnown):
		return framework.NotKnown
	}
	return framework.NotMember
}

// spell finds the spell of a day.
func (r *roll) spell(d day) int {
	at, begins := slices.BinarySearch(r.steps, d)
	if begins {
		at++
	}
	return at
}
