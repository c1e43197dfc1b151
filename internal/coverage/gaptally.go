package coverage

import (
	"slices"
	"sync"
	"sync/atomic"

	"resolute"
)

// gapAsk is a walk made ready to be answered by ways. All who add for it share it.
type gapAsk struct {
	*gapWalk
	snapshot *snapshot
	areas    []gapArea
	threads  *asking    // nil: no paragraph is a subject
	cells    *asking    // nil: no cell is a subject
	counting [][]uint16 // subjects of the ways of paragraphs: counted
	opening  [][]uint16 // and proposed
	places   wayList    // of countries
	differ   bool       // cuts look at different activities
}

// gapArea is the cuts of one area.
type gapArea struct {
	*part       // nil: everywhere
	cuts  []int // places of its cuts in the walk
}

func (w *gapWalk) ask(s *snapshot) *gapAsk {
	q := &gapAsk{gapWalk: w, snapshot: s}
	for i, c := range w.cuts {
		at := slices.IndexFunc(q.areas, func(a gapArea) bool { return w.cuts[a.cuts[0]].region == c.region })
		if at < 0 {
			at = len(q.areas)
			q.areas = append(q.areas, gapArea{part: c.area})
		}
		q.areas[at].cuts = append(q.areas[at].cuts, i)
		q.differ = q.differ || !sameRows(c.rows, w.cuts[0].rows)
	}
	q.threads, q.cells = s.askSide(w.sides[0], w.rule), s.askSide(w.sides[1], w.rule)
	if q.threads != nil {
		q.counting, q.opening = w.sides[0].subjectsOf(&q.threads.ways), w.sides[0].subjectsOf(&q.threads.openWays)
	}
	q.places = s.book.countries.ways.now()
	return q
}

// sameRows tells whether two cuts look at the same activities, as far as that is seen at once.
func sameRows(a, b []bitset) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// askSide makes the ways of a side ready; nil when none of its rows is a subject.
func (s *snapshot) askSide(x side, rule string) *asking {
	if !slices.ContainsFunc(x.subject, func(i int) bool { return i >= 0 }) {
		return nil
	}
	return s.ask(x.view, x.linker, Filter{Rule: rule}, resolute.Period{})
}

// subjectsOf gives the subjects of each way. Subjects have no rows below them, so that masks hold them
// only where they are meant themselves.
func (x side) subjectsOf(l *wayList) [][]uint16 {
	list := make([][]uint16, len(l.ways))
	for n := range l.ways {
		eachPlace(l.mask(uint32(n)), func(place int) {
			if place < len(x.subject) && x.subject[place] >= 0 {
				list[n] = append(list[n], uint16(x.subject[place]))
			}
		})
	}
	return list
}

// run adds up, several blocks side by side, and judges every subject in every cut.
func (w *gapWalk) run(s *snapshot) (lacks gapCuts) {
	q, rows, next := w.ask(s), w.admitted(), atomic.Int64{}
	workers := make([]*gapTally, s.workers())
	var crew sync.WaitGroup
	for i := range workers {
		workers[i] = newGapTally(q)
		crew.Go(func() {
			for k := int(next.Add(1)) - 1; k < len(s.facts.pieces); k = int(next.Add(1)) - 1 {
				if p := s.facts.pieces[k]; rows == nil {
					workers[i].look(k, p.gone.others(p.rows()))
				} else {
					workers[i].look(k, rows[k])
				}
			}
		})
	}
	crew.Wait()
	for _, t := range workers {
		w.join(t.read)
		t.settle(w)
	}
	for _, c := range w.cuts {
		lacks = append(lacks, c.judge())
	}
	return lacks
}

// gapTally adds up the activities of some blocks. It is for one goroutine.
type gapTally struct {
	*gapAsk
	stands []cutStand // by cut, then by subject
	sums   []*cutSums
	units  []*cutSums // of the block at hand, by its own numbers; nil: of no figure that is asked for
	read   *gapWalk   // of activities that are read one by one
	split  splitter
	apart  splitter // of what falls to areas
}

// cutStand is stand with what is added up millions of times only.
type cutStand struct {
	activities, begun, open int32
	last                    day
	party                   uint32 // number of an organisation, from one on; severalParties: there are more
	result                  bool
}

const severalParties = ^uint32(0)

func (s *cutStand) takePart(id uint32) {
	if s.party == 0 {
		s.party = id + 1
	} else if s.party != id+1 {
		s.party = severalParties
	}
}

// cutSums are the sums of one figure and currency, by cut, then by subject.
type cutSums struct {
	unit
	cents []resolute.Cents
}

func newGapTally(q *gapAsk) *gapTally {
	return &gapTally{gapAsk: q, stands: make([]cutStand, len(q.cuts)*len(q.subjects)), read: q.begin()}
}

// of gives the sums of a unit.
func (t *gapTally) of(u unit) *cutSums {
	at := slices.IndexFunc(t.sums, func(s *cutSums) bool { return s.unit == u })
	if at < 0 {
		at = len(t.sums)
		t.sums = append(t.sums, &cutSums{u, make([]resolute.Cents, len(t.stands))})
	}
	return t.sums[at]
}

// look adds some rows of a piece.
func (t *gapTally) look(piece int, rows bitset) {
	f, b := t.snapshot.facts, t.snapshot.book
	p := f.pieces[piece]
	h := &gapHand{gapTally: t, piece: piece, c: p.columnsOf(&f.stock, b), flows: p.landingsOf(&f.stock, b), inside: make([]bool, len(t.cuts))}
	h.meant = h.span
	if t.threads != nil {
		h.landed = p.aspectOf(&f.stock, b).threadLanding(&f.stock, p.block)
	}
	if t.cells != nil {
		h.crossed = &crossed{crossing: t.cells.cells}
		h.propose = func(line uint16, columns []uint16) { h.opened = h.cellsOf(h.opened, line, columns) }
	}
	t.units = t.units[:0]
	for _, u := range h.flows.known {
		var sums *cutSums
		if u.figure <= spent {
			sums = t.of(u)
		}
		t.units = append(t.units, sums)
	}
	rows = slices.Clone(rows)
	u := f.unpacker(b)
	for row := range h.c.own { // how they fall depends on the period
		if rows.has(row) {
			rows.remove(row)
			a := p.read(u, row)
			a.at = at{uint16(piece), uint16(row)}
			t.read.walk(a)
		}
	}
	rows.each(h.add)
}

// settle gives what was added up to the cuts of a walk.
func (t *gapTally) settle(w *gapWalk) {
	for k, c := range w.cuts {
		for i := range c.stands {
			at := k*len(t.subjects) + i
			c.stands[i].join(t.standOf(at))
		}
	}
}

func (t *gapTally) standOf(at int) *stand {
	x := &t.stands[at]
	s := &stand{standing: standing{activities: int(x.activities), begun: int(x.begun), open: int(x.open), last: x.last, result: x.result}}
	switch x.party {
	case 0:
	case severalParties:
		s.organisations = 2
	default:
		s.organisations, s.organisation = 1, int64(x.party-1)
	}
	for _, u := range t.sums {
		if c := u.cents[at]; c != 0 {
			s.balances = append(s.balances, balance{u.figure, u.currency, c})
		}
	}
	return s
}
