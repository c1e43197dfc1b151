package measure

import (
	"cmp"
	"slices"
)

// placed is an observation on its way in, with its place in the file.
type placed struct {
	Observation
	line int
}

// merged is what becomes of a series when an import states some of its observations.
type merged struct {
	list                  []Observation
	added, changed, equal int
	again                 []placed // stated a second time, with the same content; counted as equal
	contradicting         []placed // stated a second time, with another content: the first stands
}

// merge puts observations into a series. They replace those of the same period that stood before;
// of two that one import states the first stays. held is in order of periods, and so is the result.
func merge(held []Observation, stated []placed) merged {
	m := merged{list: slices.Clone(held)}
	for _, p := range stated {
		o := p.Observation
		o.Stated = true
		at, there := slices.BinarySearchFunc(m.list, o.Period, func(a Observation, period string) int { return cmp.Compare(a.Period, period) })
		switch {
		case !there:
			m.list = slices.Insert(m.list, at, o)
			m.added++
		case m.list[at].Stated && m.list[at].same(o):
			m.again = append(m.again, p)
			m.equal++
		case m.list[at].Stated:
			m.contradicting = append(m.contradicting, p)
		case m.list[at].same(o):
			m.list[at].Stated = true
			m.equal++
		default:
			m.list[at] = o
			m.changed++
		}
	}
	return m
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
