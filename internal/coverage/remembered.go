package coverage

import (
	"context"
	"slices"
	"sync"
	"time"

	"resolute/internal/audit"
)

// What remembered past versions may take, and how long others wait while one is read. The one
// asked for last is remembered however large it is.
const (
	pastKept    = 4
	pastBytes   = 48 << 20         // of all that they do not share with the present
	pastIdle    = 5 * time.Minute  // after which one is forgotten that nobody asks for
	pastWaiting = 16               // how many may wait for their turn
	pastPatient = 10 * time.Second // how long
	pastReading = 20 * time.Second // how long reading one may take
)

// past remembers the versions that were asked for last, newest first. turn is held by the one
// who reads, so that many who ask at once never read side by side.
type past struct {
	once sync.Once
	turn chan struct{}

	lock    sync.Mutex
	kept    []*pinned
	waiting int
	grown   bool // one was read since the last forget
}

// pinned is a past version and how long nobody asked for it.
type pinned struct {
	*Coverage
	idle time.Duration
}

// find gives a remembered version, made by the rows of b.
func (p *past) find(head audit.Head, b *book) *Coverage {
	p.lock.Lock()
	defer p.lock.Unlock()
	at := slices.IndexFunc(p.kept, func(k *pinned) bool {
		s := k.current.Load()
		return s.facts.head == head && s.book == b
	})
	if at < 0 {
		return nil
	}
	known := p.kept[at]
	known.idle = 0
	p.kept = slices.Insert(slices.Delete(p.kept, at, at+1), 0, known)
	return known.Coverage
}

// wait waits for the turn to read. Too many who wait, or too long a wait, is an Error with code
// Busy.
func (p *past) wait(ctx context.Context, patient time.Duration) error {
	p.once.Do(func() { p.turn = make(chan struct{}, 1) })
	if !p.queue(1) {
		return busy("too many past data versions are asked for at once: ask again later")
	}
	defer p.queue(-1)
	late := time.NewTimer(patient)
	defer late.Stop()
	select {
	case p.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-late.C:
		return busy("other past data versions are being read: ask again later")
	}
}

// queue joins those who wait, or leaves them; it reports whether there was room.
func (p *past) queue(n int) bool {
	p.lock.Lock()
	defer p.lock.Unlock()
	if n > 0 && p.waiting >= pastWaiting {
		return false
	}
	p.waiting += n
	return true
}

// facts are those of the remembered versions that were made by the rows of b.
func (p *past) facts(b *book) []*facts {
	p.lock.Lock()
	defer p.lock.Unlock()
	var list []*facts
	for _, k := range p.kept {
		if s := k.current.Load(); s.book == b {
			list = append(list, s.facts)
		}
	}
	return list
}

// keep remembers a version, and forgets those asked for longest ago for which there is no room.
func (p *past) keep(still *Coverage, now *snapshot) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.kept = slices.DeleteFunc(p.kept, func(k *pinned) bool { return k.current.Load().book != now.book })
	p.kept = slices.Insert(p.kept, 0, &pinned{Coverage: still})
	p.kept = p.kept[:p.fitting(now.facts)]
	p.grown = true
}

// fitting is how many of the remembered versions there is room for, one at least.
func (p *past) fitting(now *facts) int {
	seen, bytes := map[*block]bool{}, 0
	now.weigh(seen)
	for i, k := range p.kept {
		s := k.current.Load()
		if bytes += s.facts.weigh(seen) + s.held(); i > 0 && (bytes > pastBytes || i >= pastKept) {
			clear(p.kept[i:])
			return i
		}
	}
	return len(p.kept)
}

// forget forgets the versions that nobody asked for since pastIdle. It reports whether the machine
// may get memory back: since the last call a version was read or forgotten.
func (p *past) forget(passed time.Duration) bool {
	p.lock.Lock()
	defer p.lock.Unlock()
	before, grown := len(p.kept), p.grown
	p.kept = slices.DeleteFunc(p.kept, func(k *pinned) bool {
		k.idle += passed
		return k.idle > pastIdle
	})
	p.grown = false
	return grown || len(p.kept) < before
}
