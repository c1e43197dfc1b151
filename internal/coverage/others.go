package coverage

import (
	"context"
	"slices"
	"sync"
	"time"
)

// How many other instruments stand ready at a time, and how long nobody may ask for one.
const (
	othersKept = 2
	othersIdle = 5 * time.Minute
)

// others are the answers for paragraphs of other instruments, the one asked for last first.
type others struct {
	turn sync.Mutex
	lock sync.Mutex
	kept []*other
}

// other is one of them and how long nobody asked for it.
type other struct {
	*Coverage
	idle time.Duration
}

// Of gives the answers for which the paragraphs of another instrument are the rows, at the data
// version of these. All else is the same: what hangs on no paragraph of that instrument is unlinked
// there. Nothing is read: the facts of these answers keep what names paragraphs of others.
func (c *Coverage) Of(ctx context.Context, paragraphs []Paragraph) (*Coverage, error) {
	if c.source != nil {
		return c.source.Of(ctx, paragraphs)
	}
	now, err := c.now(ctx)
	if err != nil {
		return nil, err
	}
	if sameParagraphs(now.book.paragraphs, paragraphs) {
		return c, nil
	}
	on := c.others.find(paragraphs, func() *Coverage {
		return &Coverage{DB: c.DB, Frameworks: c.Frameworks, Paragraphs: paragraphs, RowTitles: c.RowTitles, source: c}
	})
	c.others.turn.Lock() // so that many who ask never derive side by side
	defer c.others.turn.Unlock()
	on.derive(now)
	return on, nil
}

// derive brings answers about another instrument to a snapshot of what they are made of.
func (c *Coverage) derive(now *snapshot) (changed bool) {
	if s := c.current.Load(); s != nil && s.facts.head == now.facts.head {
		return false
	}
	c.current.Store(now.of(c.Paragraphs))
	return true
}

// of gives the same state with the paragraphs of another instrument as rows.
func (s *snapshot) of(paragraphs []Paragraph) *snapshot {
	return &snapshot{facts: s.facts, book: s.book.about(paragraphs), rates: s.rates}
}

// find gives the answers for paragraphs, made new when there are none.
func (o *others) find(paragraphs []Paragraph, begin func() *Coverage) *Coverage {
	o.lock.Lock()
	defer o.lock.Unlock()
	at := slices.IndexFunc(o.kept, func(k *other) bool { return sameParagraphs(k.Paragraphs, paragraphs) })
	if at < 0 {
		o.kept = append(o.kept, &other{Coverage: begin()})
		at = len(o.kept) - 1
	}
	known := o.kept[at]
	known.idle = 0
	o.kept = slices.Insert(slices.Delete(o.kept, at, at+1), 0, known)
	if len(o.kept) > othersKept {
		clear(o.kept[othersKept:])
		o.kept = o.kept[:othersKept]
	}
	return known.Coverage
}

// forget drops what nobody asked for since othersIdle. It reports whether the machine may get
// memory back.
func (o *others) forget(passed time.Duration) bool {
	o.lock.Lock()
	defer o.lock.Unlock()
	before := len(o.kept)
	o.kept = slices.DeleteFunc(o.kept, func(k *other) bool {
		k.idle += passed
		return k.idle > othersIdle
	})
	return len(o.kept) < before
}

// Rows are the paragraphs that are rows at the present data version, in their order.
func (c *Coverage) Rows(ctx context.Context) ([]Paragraph, error) {
	s, err := c.now(ctx)
	if err != nil {
		return nil, err
	}
	return s.book.paragraphs, nil
}

// OfParagraphs makes a question for gaps one for paragraphs alone, unless it names what it is about:
// the cells of the matrix belong to no instrument but the one that speaks of action lines.
func (c *Coverage) OfParagraphs(q GapQuery) GapQuery {
	if len(q.Addressees)+len(q.Threads)+len(q.Lines)+len(q.Goals) == 0 && q.Targets == "" {
		q.Addressees = c.Addressees()
	}
	return q
}

// sameParagraphs tells whether rows are the same paragraphs in the same order and words.
func sameParagraphs(a, b []Paragraph) bool {
	return slices.EqualFunc(a, b, func(x, y Paragraph) bool {
		return x.ID == y.ID && x.Parent == y.Parent && x.Thread == y.Thread && x.Addressee == y.Addressee && len(x.Title) == len(y.Title)
	})
}
