package coverage

import (
	"context"
	"time"

	"resolute/internal/audit"
)

// ReadsAnew tells how often everything was read, rather than what moved.
func (c *Coverage) ReadsAnew() int { return c.wholes }

// Remembered are the past versions that are remembered, the one asked for last first.
func (c *Coverage) Remembered() []int64 {
	var list []int64
	for _, f := range c.past.facts(c.last.book) {
		list = append(list, f.head.Seq)
	}
	return list
}

// Forget lets time pass in which nobody asks for a past version.
func (c *Coverage) Forget(passed time.Duration) { c.past.forget(passed) }

// PastIdle is after how long a past version is forgotten.
const PastIdle = pastIdle

// PastWaiting is how many may wait for a past version.
const PastWaiting = pastWaiting

// Occupy takes the turn to read a past version until the returned function is called.
func (c *Coverage) Occupy() func() {
	if err := c.past.wait(context.Background(), time.Minute); err != nil {
		panic(err) // nobody else holds it in a test
	}
	return func() { <-c.past.turn }
}

// WaitFor is how At waits for its turn, with another patience.
func (c *Coverage) WaitFor(ctx context.Context, patient time.Duration) error {
	return c.past.wait(ctx, patient)
}

// Waiting is how many wait for their turn.
func (c *Coverage) Waiting() int {
	c.past.lock.Lock()
	defer c.past.lock.Unlock()
	return c.past.waiting
}

// ReadWhole reads a past version without sharing anything.
func (c *Coverage) ReadWhole(ctx context.Context, head audit.Head) (*Coverage, error) {
	now, err := c.now(ctx)
	if err != nil {
		return nil, err
	}
	f, err := loadPast(ctx, c.DB, now.book, head, nil)
	return c.standing(&snapshot{facts: f, book: now.book, rates: now.rates}), err
}

// Own is about how many bytes a past version holds that the present one does not.
func (c *Coverage) Own(past *Coverage) int {
	seen := map[*block]bool{}
	c.last.facts.weigh(seen)
	return past.current.Load().facts.weigh(seen)
}

// Resummed gives an index file with the sums that its bytes should have.
var Resummed = resummed
