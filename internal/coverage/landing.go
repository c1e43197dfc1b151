package coverage

import (
	"slices"

	"resolute"
)

// landing is how the activities of a block fall to the rows of a view: the number of the way of each
// row's money and counts, and of what rules propose. Most activities fall to rows as many others do,
// so that a number is all they need. Those whose transactions have links or places of their own have
// no number: how they fall depends on the period.
type landing struct {
	counted, open []uint32
}

// flowColumns are the dated amounts of a block.
type flowColumns struct {
	ends  []uint32 // of those of each row
	units []uint16
	days  []day
	cents []resolute.Cents
	known []unit
}

func (f *flowColumns) add(a *activity) {
	for _, w := range a.flows {
		u := unit{w.figure, w.currency}
		at := slices.Index(f.known, u)
		if at < 0 {
			at = len(f.known)
			f.known = append(f.known, u)
		}
		f.units, f.days, f.cents = append(f.units, uint16(at)), append(f.days, w.day), append(f.cents, w.cents)
	}
	f.ends = append(f.ends, uint32(len(f.days)))
}

// of gives the places of the amounts of a row.
func (f *flowColumns) of(row int) (from, to int) { return stretchOf(f.ends, row) }

// landings are the amounts of a block and how they fall to the rows of the views that are the same for
// every instrument. They are made when they are first asked for, and never change.
type landings struct {
	flowColumns
	countries              landing // nothing is proposed for areas
	lines, goals, targets  landing
	openGoals, openTargets []uint32 // ways of the goals and targets that cells of the matrix propose
}

// landingsOf gives those of a block, made by whoever asks first.
func (k *block) landingsOf(x *stock, b *book) *landings {
	k.landing.Do(func() {
		l, made := &landings{}, newLanders(b)
		piece{block: k}.each(x.unpacker(b), 0, k.rows(), func(_ int, a *activity) {
			l.flowColumns.add(a)
			made.take(l, a)
		})
		l.units, l.days, l.cents = slices.Clone(l.units), slices.Clone(l.days), slices.Clone(l.cents)
		k.landings = l
	})
	return k.landings
}

// threadLanding gives how a block falls to the paragraphs of a book.
func (s *aspect) threadLanding(x *stock, k *block) *landing {
	s.landing.Do(func() {
		m := newLander(s.of, s.of.provision)
		piece{block: k}.each(x.unpacker(s.of), 0, k.rows(), func(_ int, a *activity) { m.take(&s.landed, a) })
	})
	return &s.landed
}

// landers make the landings of a block.
type landers struct {
	countries, lines, goals, targets *lander
}

func newLanders(b *book) landers {
	return landers{countries: newAreaLander(b), lines: newLander(b, b.lines), goals: newLander(b, b.goals), targets: newLander(b, b.targets)}
}

func (m landers) take(l *landings, a *activity) {
	m.countries.take(&l.countries, a)
	m.lines.take(&l.lines, a)
	m.goals.take(&l.goals, a)
	m.targets.take(&l.targets, a)
	l.openGoals = append(l.openGoals, m.goals.cells(a))
	l.openTargets = append(l.openTargets, m.targets.cells(a))
}

// lander finds the ways of activities to the rows of one view. Those of shared links are found once.
type lander struct {
	view   *view
	linker linker
	areas  bool
	known  map[*ties][3]uint32 // by links that are shared
}

func newLander(b *book, v *view) *lander {
	return &lander{view: v, linker: conceptLinker{view: v, book: b}, known: map[*ties][3]uint32{}}
}

func newAreaLander(b *book) *lander {
	return &lander{view: b.countries, linker: areaLinker{view: b.countries, countries: b.countries}, areas: true}
}

// noWay is the number of those that have none.
const noWay = 0

func (m *lander) take(l *landing, a *activity) {
	counted, open := uint32(noWay), uint32(noWay)
	if len(a.own) == 0 {
		ways := m.find(a)
		counted, open = ways[0], ways[1]
	}
	l.counted = append(l.counted, counted)
	if !m.areas {
		l.open = append(l.open, open)
	}
}

// cells gives the way of what the cells of the matrix propose.
func (m *lander) cells(a *activity) uint32 {
	if len(a.own) > 0 {
		return noWay
	}
	return m.find(a)[2]
}

func (m *lander) find(a *activity) [3]uint32 {
	shared := a.ties != nil && !m.areas
	if shared {
		if ways, known := m.known[a.ties]; known {
			return ways
		}
	}
	rows, open := m.linker.rows(a, allTime)
	v := m.view
	ways := [3]uint32{v.ways.number(m.linker.counted(a, flow{}), v.maskOf(rows, true))}
	if !m.areas {
		ways[1] = v.openWays.number(m.linker.proposed(a, flow{}), v.maskOf(open, false))
	}
	if v.kind == toGoal || v.kind == toTarget {
		_, proposed := a.linked(v, allTime)
		ways[2] = v.cellWays.number(split{whole: 1}, v.maskOf(proposed, false))
	}
	if shared {
		m.known[a.ties] = ways
	}
	return ways
}
