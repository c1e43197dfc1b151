package measure

import (
	"context"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"resolute/internal/db"
	"resolute/internal/framework"
	"resolute/internal/measure/divide"
)

// board holds what profiles are made from: the figures of everything that the catalogue of indicators
// knows, spread out by area and year. It is made once for each state of the statistics.
type board struct {
	mu sync.Mutex // over what a grouper remembers
	*grouper
	concepts  *Catalogue
	held      map[string][]*heldConcept
	unknown   int             // indicators that are held and that the catalogue does not know
	reporting map[string]bool // countries that have any figure, by ISO 3166 alpha-2
}

// heldConcept is what one table holds of a concept.
type heldConcept struct {
	Concept
	key     IndicatorKey
	dims    string
	name    string // as the source prints it
	unit    string
	values  grid
	years   []int // with a value
	last    int   // last full year
	rule    string
	weighed *heldConcept // what areas are weighed by; nil: nothing
}

// boardAt gives the board as of a change; 0 is now. Areas and groups are built in: they are the same in
// every catalogue of frameworks.
func (m *Measure) boardAt(ctx context.Context, c *framework.Catalogue, at int64) (b *board, err error) {
	err = m.DB.View(ctx, func(q db.Queryer) error {
		seq, err := upTo(ctx, q, at)
		if err != nil {
			return err
		}
		change, err := lastChange(ctx, q, seq)
		if err != nil {
			return err
		}
		said, err := lastChangeOf(ctx, q, kindIndicators, seq)
		if err != nil {
			return err
		}
		b, err = m.boards.at(max(change, said), func() (*board, error) { return m.makeBoard(ctx, q, seq, c) })
		return err
	})
	return b, err
}

// Follow makes ready what profiles are made from after each change of statistics until the context
// ends, so that hardly anybody waits. It tells what fails and goes on.
func (m *Measure) Follow(ctx context.Context, every time.Duration, areas func(context.Context) (*framework.Catalogue, error), tell func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		c, err := areas(ctx)
		if err == nil {
			_, err = m.boardAt(ctx, c, 0)
		}
		if err != nil && ctx.Err() == nil {
			tell(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// makeBoard reads the series of what the catalogue knows, and no others.
func (m *Measure) makeBoard(ctx context.Context, q db.Queryer, seq int64, c *framework.Catalogue) (*board, error) {
	concepts, err := m.catalogueOf(ctx, q, seq)
	if err != nil {
		return nil, err
	}
	all, err := m.indicatorsOf(ctx, q, seq)
	if err != nil {
		return nil, err
	}
	b := &board{grouper: newGrouper(c), concepts: concepts, held: map[string][]*heldConcept{}, reporting: map[string]bool{}}
	flows, wanted, texts := []string{}, map[string][]string{}, map[IndicatorKey]Indicator{}
	for _, i := range all {
		if len(concepts.own[strings.ToLower(i.Code)]) == 0 {
			b.unknown++
			continue
		}
		if wanted[i.Dataflow] == nil {
			flows = append(flows, i.Dataflow)
		}
		wanted[i.Dataflow], texts[i.IndicatorKey] = append(wanted[i.Dataflow], i.Code), i
	}
	for _, flow := range flows {
		if err := b.read(ctx, q, seq, narrowing(flow, wanted[flow], nil), texts); err != nil {
			return nil, err
		}
	}
	for _, concept := range concepts.Concepts() {
		for _, h := range b.held[concept.ID] {
			h.weighed = b.weightsFor(concept)
			h.rule = divide.None
			if concept.Aggregation != divide.None {
				h.rule = usualRule(concept, true, h.weighed != nil)
			}
		}
	}
	return b, nil
}

// read takes up the series of one table. They come by indicator, so that one frame lives at a time but
// for breakdowns.
func (b *board) read(ctx context.Context, q db.Queryer, seq int64, n narrowed, texts map[IndicatorKey]Indicator) error {
	frames, order := map[string]*Frame{}, []string{}
	settle := func() {
		for _, dims := range order {
			b.take(*frames[dims], texts)
		}
		clear(frames)
		order = order[:0]
	}
	var key IndicatorKey
	err := eachWanted(ctx, q, seq, n.condition, n.args, func(s *Series) bool {
		_, known := b.concepts.Of(s.Dataflow, s.Indicator, s.DimsText)
		return known
	}, func(s Series) error {
		if next := (IndicatorKey{s.Dataflow, s.Indicator}); next != key {
			settle()
			key = next
		}
		concept, _ := b.concepts.Of(s.Dataflow, s.Indicator, s.DimsText)
		f := frames[s.DimsText]
		if f == nil {
			f = &Frame{Dataflow: s.Dataflow, Indicator: s.Indicator, Dims: s.Dims, Concepts: b.concepts}
			frames[s.DimsText], order = f, append(order, s.DimsText)
		}
		f.Areas = append(f.Areas, s.points(concept.OverTime))
		return nil
	})
	if err == nil {
		settle()
	}
	return err
}

// take spreads a frame out on the board.
func (b *board) take(f Frame, texts map[IndicatorKey]Indicator) {
	concept, _ := f.Concept()
	about := texts[IndicatorKey{f.Dataflow, f.Indicator}]
	h := &heldConcept{Concept: concept, key: about.IndicatorKey, dims: f.dimsText(), name: about.Name, unit: about.Unit, values: b.grid(f), last: f.LastFullYear()}
	if h.years = f.yearsOf(GroupQuery{}); len(h.years) > 0 {
		b.held[concept.ID] = append(b.held[concept.ID], h)
	}
	for _, a := range f.Areas {
		if country, known := b.catalogue.Country(a.Area); known && len(a.Points) > 0 {
			b.reporting[country.ISO2] = true
		}
	}
}

// weightsFor is the best of the weights of a concept that is held; nil where none is.
func (b *board) weightsFor(c Concept) *heldConcept {
	for _, id := range c.Weights {
		if held := b.held[id]; len(held) > 0 {
			return held[0]
		}
	}
	return nil
}

// walk prepares the figures of groups of a concept.
func (b *board) walk(h *heldConcept) *walk {
	w := &walk{grouper: b.grouper, values: h.values, reporting: h.values.reporting(),
		figure: GroupFigure{Dataflow: h.key.Dataflow, Indicator: h.key.Code, Dims: h.dims, Rule: h.rule}}
	if h.weighed != nil && (h.rule == divide.WeightedMean || h.rule == divide.Sum) {
		w.weights, w.figure.WeighedBy = h.weighed.values, strings.TrimSpace(h.weighed.key.Dataflow+" "+h.weighed.key.Code)
	}
	return w
}

// of gives the figure of a group in a year, and the areas of it that have a value. Without a rule it is
// insufficient.
func (w *walk) of(group string, year int) (f GroupFigure, panel []int) {
	f = w.figure
	f.Group, f.Year, f.Members = group, year, w.day(group, year, "")
	members := w.membersOf(group, f.Members, nil, w.reporting)
	panel = w.fill(members, year, nil)
	if f.Rule == divide.None {
		f.Value, f.Areas, f.Of, f.Coverage, f.Estimated = None, len(panel), len(members), None, None
		return f, panel
	}
	a := divide.Of(f.Rule, w.parts, 0)
	f.Value, f.Areas, f.Of, f.Coverage, f.Estimated, f.Sufficient = Number(a.Value), a.Used, a.Of, Number(a.Coverage), Number(a.Estimated), a.Sufficient
	return f, panel
}

// newest is the last year in which an area has a value.
func (h *heldConcept) newest(id int) (year int, there bool) {
	for _, y := range slices.Backward(h.years) {
		if !math.IsNaN(h.values.at(id, y)) {
			return y, true
		}
	}
	return 0, false
}
