package coverage

import (
	"context"
	"errors"
	"maps"
	"runtime/debug"
	"time"

	"resolute/internal/audit"
	"resolute/internal/framework"
	"resolute/internal/mandate"
)

// snapshot is one state of everything, immutable but for the answers it remembers.
type snapshot struct {
	facts *facts
	book  *book
	rates *framework.Rates
	memory

	ready  *snapshot // for which this one makes answers ready; nil: it answers readers
	beside bool      // while another one answers readers
}

// quietly gives the same state to one who makes its answers ready and is not taken for a reader. Beside
// readers it takes one processor, so that the others are theirs.
func (s *snapshot) quietly(beside bool) *snapshot {
	return &snapshot{facts: s.facts, book: s.book, rates: s.rates, ready: s, beside: beside}
}

// each hands the activities of some rows to take, one after the other; one is good until the next.
func (s *snapshot) each(rows []bitset, take func(*activity)) { s.facts.each(s.book, rows, take) }

// now gives the snapshot that answers: the one that Refresh made, else one that is read now, or
// was read before and still holds the newest change.
func (c *Coverage) now(ctx context.Context) (*snapshot, error) {
	if s := c.current.Load(); s != nil {
		return s, nil
	}
	c.reading.Lock()
	defer c.reading.Unlock()
	return c.newest(ctx)
}

// Refresh brings the snapshot to the newest change. It reports whether anything was new. From
// the first call on the snapshot answers, and stands still until the next.
func (c *Coverage) Refresh(ctx context.Context) (bool, error) {
	if c.source != nil {
		now, err := c.source.latest(ctx)
		return err == nil && c.derive(now), err
	}
	s, err := c.latest(ctx)
	if err != nil {
		return false, err
	}
	return c.current.Swap(s) != s, nil
}

// follow is Refresh for a server: the snapshot that comes has ready what readers asked for lately,
// before it takes the place of the one that they use, and gets its main answers ready while it answers. The
// first one is wanted at once.
func (c *Coverage) follow(ctx context.Context) (bool, error) {
	s, err := c.latest(ctx)
	now := c.current.Load()
	if err != nil || now == s {
		return false, err
	}
	quiet := s.quietly(now != nil)
	if now != nil {
		quiet.prepare()
		if now.book == s.book { // else what was asked may speak of what is no more
			quiet.repeat(ctx, now.lately(time.Now().Add(-repeatAsked)))
		} else {
			quiet.warm(func() bool { return ctx.Err() != nil })
		}
	}
	c.current.Store(s)
	quiet.warm(func() bool { return ctx.Err() != nil || c.outdated(ctx, s) })
	return true, nil
}

// outdated tells whether a newer change than that of a snapshot waits to be read.
func (c *Coverage) outdated(ctx context.Context, s *snapshot) bool {
	head, err := audit.Newest(ctx, c.DB)
	return err == nil && head != s.facts.head
}

func (c *Coverage) latest(ctx context.Context) (*snapshot, error) {
	c.reading.Lock()
	defer c.reading.Unlock()
	return c.newest(ctx)
}

// newest reads the newest state, or gives the one read last when no change came since. Whoever
// calls it holds the lock, so that those who ask at the same time share one reading.
func (c *Coverage) newest(ctx context.Context) (*snapshot, error) {
	head, err := audit.Newest(ctx, c.DB)
	if err != nil {
		return nil, err
	}
	if c.last != nil && c.last.facts.head == head {
		return c.last, nil
	}
	s, err := c.read(ctx)
	if err != nil {
		return nil, err
	}
	c.last = s
	return s, nil
}

// read gives the newest state: it patches the one read last while the frameworks and the joined
// threads stand, else reads everything anew. Both are read before and after the facts: only when
// they are equal do they belong to one state.
func (c *Coverage) read(ctx context.Context) (*snapshot, error) {
	before, err := c.base(ctx)
	if err != nil {
		return nil, err
	}
	for {
		f, b, err := c.facts(ctx, before)
		if err != nil {
			return nil, err
		}
		after, err := c.base(ctx)
		if err != nil {
			return nil, err
		}
		if after.same(before) && after.rates.Version() == before.rates.Version() {
			s := &snapshot{facts: f, book: b, rates: after.rates}
			s.room = max(memoryLimit, f.weigh(map[*block]bool{})/memoryPart)
			return s, nil
		}
		before = after
	}
}

// base is what rows are made of: the frameworks, the threads that were joined, and the paragraphs.
type base struct {
	catalogue  *framework.Catalogue
	joined     map[string]string
	paragraphs []Paragraph
	rates      *framework.Rates // makes no rows
}

func (c *Coverage) base(ctx context.Context) (b base, err error) {
	if b.rates, err = c.ratesNow(ctx); err != nil {
		return b, err
	}
	if b.catalogue, err = c.Frameworks.Load(ctx); err != nil {
		return b, err
	}
	if b.joined, err = mandate.Joined(ctx, c.DB); err != nil {
		return b, err
	}
	b.paragraphs, err = mandate.Grown(ctx, c.DB, c.Paragraphs)
	return b, err
}

// ratesNow gives the exchange rates, those read last while they stand.
func (c *Coverage) ratesNow(ctx context.Context) (*framework.Rates, error) {
	version, err := c.Frameworks.RatesVersion(ctx)
	if err != nil {
		return nil, err
	}
	if c.last != nil && c.last.rates.Version() == version {
		return c.last.rates, nil
	}
	return c.Frameworks.Rates(ctx)
}

// same tells whether the rows are the same.
func (b base) same(as base) bool {
	return b.catalogue.Version() == as.catalogue.Version() && maps.Equal(b.joined, as.joined) && sameParagraphs(b.paragraphs, as.paragraphs)
}

func (c *Coverage) facts(ctx context.Context, on base) (*facts, *book, error) {
	if c.last != nil && on.same(base{catalogue: c.last.book.catalogue, joined: c.last.book.joined, paragraphs: c.last.book.paragraphs}) {
		f, err := c.last.facts.patch(ctx, c.DB, c.last.book)
		if !errors.Is(err, errReadAnew) {
			return f, c.last.book, err
		}
	}
	if c.last == nil {
		if f, b, err := c.fromIndex(ctx, on); !errors.Is(err, errReadAnew) {
			return f, b, err
		}
	}
	c.wholes++
	b := newBook(on, c.RowTitles)
	f, err := load(ctx, c.DB, b)
	return f, b, err
}

// readMemory is what the program may take while everything is read, before it collects garbage more
// often than it would; the operator may have set less.
const readMemory = 800 << 20

// largeStock is the weight from which on what is held is so much that a quarter of it again is all the
// garbage there may be. It holds few pointers, so that collecting often takes little.
const (
	largeStock = 128 << 20
	largeGC    = 25
)

// startGC lets the heap grow further between collections while everything is read for the first
// time, when nearly all that is allocated stays. At 400 the start with 15,000 activities is faster
// still, but leaves more memory behind than an idle server should hold.
const startGC = 200

// gcPercent gives what garbage there may be beside what is held.
func (c *Coverage) gcPercent(usual int) int {
	if s := c.current.Load(); s != nil && s.facts.weigh(map[*block]bool{}) > largeStock {
		return min(usual, largeGC)
	}
	return usual
}

// Follow makes the snapshot and refreshes it every so often until the context ends; failed is
// told of errors. Questions that come before the first one is made wait for it. Every few minutes,
// and at the end, it writes the index file when there is anything new.
func (c *Coverage) Follow(ctx context.Context, every time.Duration, failed func(error)) {
	tick, written := time.NewTicker(every), time.Now()
	defer tick.Stop()
	save := func() {
		written = time.Now()
		if err := c.SaveIndex(); err != nil {
			failed(err)
		}
	}
	defer save()
	usual, most := debug.SetGCPercent(startGC), debug.SetMemoryLimit(-1)
	debug.SetMemoryLimit(min(most, readMemory))
	defer debug.SetGCPercent(usual)
	for {
		changed, err := c.follow(ctx)
		debug.SetGCPercent(c.gcPercent(usual))
		debug.SetMemoryLimit(most)
		if err != nil && ctx.Err() == nil {
			failed(err)
		}
		past, others := c.past.forget(every), c.others.forget(every)
		if past || others || changed {
			debug.FreeOSMemory() // reading needs far more than the snapshot that stays
		}
		if time.Since(written) > indexEvery {
			save()
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
