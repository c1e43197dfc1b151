package demo

import (
	"resolute"
	"resolute/internal/iati"
)

// Of each sixty-one activities one is a programme whose two components follow it; all three
// report budgets, which count at the lowest level.
const (
	familyEvery = 61
	familyFirst = 20
	components  = 2
)

// headOf gives the activity whose publisher and theme another one shares: its parent, else itself.
func headOf(n int) int {
	if part := n%familyEvery - familyFirst; part > 0 && part <= components {
		return n - part
	}
	return n
}

// family relates a programme with its components.
func (m *maker) family() {
	name := func(n int) string { return m.p.ref + "-" + number(n) }
	head := headOf(m.n)
	switch {
	case m.n%familyEvery == familyFirst:
		for i := range components {
			m.a.Related = append(m.a.Related, iati.Related{Ref: name(m.n + 1 + i), Type: "2"})
		}
	case head != m.n:
		m.a.Hierarchy = 2
		m.a.Related = []iati.Related{{Ref: name(head), Type: "1"}, {Ref: name(2*head + 3 - m.n), Type: "3"}}
		m.a.Title = resolute.Text{}
		for l := range m.a.Descriptions[0].Text {
			m.a.Title[l] = m.t.title[l] + ", " + component[l] + " " + itoa(m.n-head) + " (" + fictional[l] + ")"
		}
	}
}
