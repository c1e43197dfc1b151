package measure

import (
	"cmp"
	"slices"
)

// deed is what a file asks for one observation.
type deed uint8

const (
	state  deed = iota // it is so, and what is not said of it is empty
	amend              // what is not said stays as it stands
	remove             // it is taken away, or of it what is given
)

// fields tells which contents of an observation are given.
type fields uint8

const (
	givesValue fields = 1 << iota
	givesStatus
	givesMultiplier
	givesNature
	givesSource
	givesNote
)

// placed is an observation on its way in, with its place in the file.
type placed struct {
	Observation
	line    int
	deed    deed
	gives   fields // for amend and remove
	covers  bool   // remove is of a key that covers many: that it meets nothing here says nothing
	ordered bool   // stated before in another part of the file, where a later part may correct an earlier
}

// merged is what becomes of a series when an import states some of its observations.
type merged struct {
	list                           []Observation
	added, changed, equal, removed int
	idle                           int      // removals of what was not there
	again                          []placed // stated a second time, with the same content; counted as equal
	contradicting                  []placed // stated a second time, with another content: the first stands
}

// moved tells whether the series is not what it was.
func (m merged) moved() bool { return m.added+m.changed+m.removed > 0 }

// merge puts observations into a series. They replace those of the same period that stood before;
// of two that one import states the first stays, unless they are ordered. held is in order of
// periods, and so is the result.
func merge(held []Observation, stated []placed) merged {
	m := merged{list: slices.Clone(held)}
	for _, p := range stated {
		if p.deed == remove {
			m.remove(p)
			continue
		}
		m.put(p)
	}
	return m
}

func (m *merged) put(p placed) {
	at, there := slices.BinarySearchFunc(m.list, p.Period, func(a Observation, period string) int { return cmp.Compare(a.Period, period) })
	o := p.Observation
	if there && p.deed == amend {
		o = m.list[at].with(p.gives, o)
	}
	o.Stated = true
	switch {
	case !there:
		m.list = slices.Insert(m.list, at, o)
		m.added++
	case m.list[at].Stated && !p.ordered && m.list[at].same(o):
		m.again = append(m.again, p)
		m.equal++
	case m.list[at].Stated && !p.ordered:
		m.contradicting = append(m.contradicting, p)
	case m.list[at].same(o):
		m.list[at].Stated = true
		m.equal++
	default:
		m.list[at] = o
		m.changed++
	}
}

// remove takes observations away: of one period, or of all when none is named.
func (m *merged) remove(p placed) {
	left, met := m.list[:0], false
	for _, o := range m.list {
		if p.Period != "" && p.Period != o.Period {
			left = append(left, o)
			continue
		}
		met = true
		rest := o.with(p.gives, Observation{})
		switch {
		case p.gives == 0 || rest.same(Observation{Period: o.Period}):
			m.removed++
			continue
		case rest.same(o):
			m.equal++
		default:
			m.changed++
			rest.Stated = true
		}
		left = append(left, rest)
	}
	m.list = left
	if !met && !p.covers {
		m.idle++
	}
}

// with is the observation with some contents of another.
func (o Observation) with(gives fields, other Observation) Observation {
	if gives&givesValue != 0 {
		o.Value, o.Words = other.Value, other.Words
	}
	for _, f := range []struct {
		gives    fields
		to, from *string
	}{
		{givesStatus, &o.Status, &other.Status}, {givesMultiplier, &o.Multiplier, &other.Multiplier}, {givesNature, &o.Nature, &other.Nature},
		{givesSource, &o.Source, &other.Source}, {givesNote, &o.Note, &other.Note},
	} {
		if gives&f.gives != 0 {
			*f.to = *f.from
		}
	}
	return o
}

// latest is the newest period with a value.
func latest(list []Observation) string {
	for _, o := range slices.Backward(list) {
		if o.Value != "" {
			return o.Period
		}
	}
	return ""
}
