package coverage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
)

// pastKept is how many past versions are remembered: each may be as large as the present one.
const pastKept = 2

// past remembers the versions that were asked for last, newest first. turn is held by the one
// who looks or reads, so that many who ask at once never read side by side.
type past struct {
	once sync.Once
	turn chan struct{}
	kept []*Coverage
}

// At gives the answers as they were at a data version, by the frameworks and rules of today. A
// version that the log does not hold is an Error with code NotFound; one that cannot be shown any
// more, because derived tags were written anew since or its history was not kept, is an Error
// with code Conflict.
func (c *Coverage) At(ctx context.Context, seq int64) (*Coverage, error) {
	now, err := c.now(ctx)
	if err != nil || now.facts.head.Seq == seq {
		return c, err
	}
	c.past.once.Do(func() { c.past.turn = make(chan struct{}, 1) })
	select {
	case c.past.turn <- struct{}{}:
		defer func() { <-c.past.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	head, err := showable(ctx, c.DB, seq, now.facts.head.Seq)
	if err != nil {
		return nil, err
	}
	return c.pinned(ctx, head, now)
}

// pinned gives the remembered version or reads it. Whoever calls it has the turn.
func (c *Coverage) pinned(ctx context.Context, head audit.Head, now *snapshot) (*Coverage, error) {
	p := &c.past
	at := slices.IndexFunc(p.kept, func(k *Coverage) bool {
		s := k.current.Load()
		return s.facts.head == head && s.book == now.book
	})
	if at >= 0 {
		known := p.kept[at]
		p.kept = slices.Insert(slices.Delete(p.kept, at, at+1), 0, known)
		return known, nil
	}
	p.kept = p.kept[:min(len(p.kept), pastKept-1)] // makes room before there is more
	f, err := loadPast(ctx, c.DB, now.book, head)
	if err != nil {
		return nil, err
	}
	pin := &Coverage{DB: c.DB, Frameworks: c.Frameworks, Paragraphs: c.Paragraphs}
	pin.current.Store(&snapshot{facts: f, book: now.book})
	p.kept = slices.Insert(p.kept, 0, pin)
	return pin, nil
}

// showable gives the change that made a version, if that version can be shown.
func showable(ctx context.Context, q db.Queryer, seq, newest int64) (audit.Head, error) {
	h := audit.Head{}
	err := q.QueryRow(ctx, `SELECT seq, at, head FROM change WHERE seq = $1 AND seq <= $2`, seq, newest).Scan(&h.Seq, &h.At, &h.Hash)
	if errors.Is(err, sql.ErrNoRows) {
		return h, &resolute.Error{Code: resolute.NotFound, Field: "at", Message: fmt.Sprintf("no data version %d: the newest is %d", seq, newest)}
	}
	if err != nil {
		return h, fmt.Errorf("look for data version %d: %w", seq, err)
	}
	var since int64
	err = q.QueryRow(ctx, `SELECT MAX(seq) FROM (SELECT seq FROM moved WHERE key = '' UNION ALL SELECT seq FROM change WHERE verb = 'rederive') AS kept`).Scan(&since)
	if err != nil {
		return h, fmt.Errorf("look how far back versions can be shown: %w", err)
	}
	if seq < since {
		return h, &resolute.Error{Code: resolute.Conflict, Field: "at", Message: fmt.Sprintf("data version %d cannot be shown exactly any more: the oldest that can is %d", seq, since)}
	}
	return h, nil
}

// asOf selects what readers saw after a change.
func asOf(seq int64) selection {
	return selection{lowest: "c.lowest", pointers: fmt.Sprintf(`(SELECT m.key, m.version, m.counts, m.absent, m.lowest
		FROM (SELECT key, MAX(seq) AS seq FROM moved WHERE seq <= %d GROUP BY key) n JOIN moved m ON m.key = n.key AND m.seq = n.seq WHERE m.version > 0)`, seq)}
}

// loadPast reads all facts as of a change in one reading transaction.
func loadPast(ctx context.Context, d *db.DB, b *book, head audit.Head) (*facts, error) {
	f, of := &facts{head: head}, asOf(head.Seq)
	err := d.View(ctx, func(q db.Queryer) error {
		rulings, err := f.readStateOf(ctx, q)
		if err != nil {
			return err
		}
		return f.readAll(ctx, d, q, b, rulings, of)
	})
	if err != nil {
		return nil, fmt.Errorf("read facts of data version %d: %w", head.Seq, err)
	}
	return f, nil
}

// ReferenceMoved reports whether a framework or the text of a resolution was imported or taken
// back after a data version. Pinned answers stand on those of today.
func (c *Coverage) ReferenceMoved(ctx context.Context, seq int64) (bool, error) {
	var n int
	err := c.DB.QueryRow(ctx, `SELECT COUNT(*) FROM import WHERE kind IN ('framework', 'resolution') AND (state IN ('done', 'undone') AND seq > $1 OR undo_seq > $1)`, seq).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look for frameworks after change %d: %w", seq, err)
	}
	return n > 0, nil
}
