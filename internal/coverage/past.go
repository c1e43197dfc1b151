package coverage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
)

// At gives the answers as they were at a data version, by the frameworks and rules of today. A
// version that the log does not hold is an Error with code NotFound; one that cannot be shown any
// more, because derived tags were written anew since or its history was not kept, is an Error
// with code Conflict; and while too many others are asked for it is an Error with code Busy.
func (c *Coverage) At(ctx context.Context, seq int64) (*Coverage, error) {
	if c.source != nil {
		past, err := c.source.At(ctx, seq)
		if err != nil {
			return nil, err
		}
		return past.Of(ctx, c.Paragraphs)
	}
	now, err := c.now(ctx)
	if err != nil {
		return nil, err
	}
	if now.facts.head.Seq == seq {
		return c.standing(now), nil
	}
	head, err := showable(ctx, c.DB, seq, now.facts.head.Seq)
	if err != nil {
		return nil, err
	}
	if known := c.past.find(head, now.book); known != nil {
		return known, nil
	}
	if err := c.past.wait(ctx, pastPatient); err != nil {
		return nil, err
	}
	defer func() { <-c.past.turn }()
	if known := c.past.find(head, now.book); known != nil { // read while this one waited
		return known, nil
	}
	return c.readPast(ctx, head, now)
}

// standing gives the answers of one snapshot, which never moves on.
func (c *Coverage) standing(s *snapshot) *Coverage {
	still := &Coverage{DB: c.DB, Frameworks: c.Frameworks, Paragraphs: c.Paragraphs, RowTitles: c.RowTitles}
	still.current.Store(s)
	return still
}

// readPast reads a version and remembers it. Whoever calls it has the turn.
func (c *Coverage) readPast(ctx context.Context, head audit.Head, now *snapshot) (*Coverage, error) {
	limited, cancel := context.WithTimeout(ctx, pastReading)
	defer cancel()
	f, err := loadPast(limited, c.DB, now.book, head, append(c.past.facts(now.book), now.facts))
	if err != nil && limited.Err() != nil && ctx.Err() == nil {
		return nil, busy("data version %d takes too long to read now: ask again later", head.Seq)
	}
	if err != nil {
		return nil, err
	}
	still := c.standing(&snapshot{facts: f, book: now.book, rates: now.rates})
	c.past.keep(still, now)
	return still, nil
}

func busy(format string, args ...any) error {
	return &resolute.Error{Code: resolute.Busy, Field: "at", Message: fmt.Sprintf(format, args...)}
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
	since, err := oldestShown(ctx, q)
	if err != nil {
		return h, err
	}
	if seq < since {
		return h, &resolute.Error{Code: resolute.Conflict, Field: "at", Message: fmt.Sprintf("data version %d cannot be shown exactly any more: the oldest that can is %d", seq, since)}
	}
	return h, nil
}

// Oldest is the first data version that can be shown again.
func (c *Coverage) Oldest(ctx context.Context) (int64, error) { return oldestShown(ctx, c.DB) }

// oldestShown is the first version that can be shown again. register keeps it in the one row of
// the history that has no key.
func oldestShown(ctx context.Context, q db.Queryer) (since int64, err error) {
	if err = q.QueryRow(ctx, `SELECT seq FROM moved WHERE key = '' ORDER BY seq DESC LIMIT 1`).Scan(&since); err != nil {
		return 0, fmt.Errorf("look how far back versions can be shown: %w", err)
	}
	return since, nil
}

// ReferenceMoved reports whether a framework, exchange rates or the text of a resolution were imported or taken
// back after a data version. Pinned answers stand on those of today.
func (c *Coverage) ReferenceMoved(ctx context.Context, seq int64) (bool, error) {
	var n int
	err := c.DB.QueryRow(ctx, `SELECT COUNT(*) FROM import WHERE kind IN ('framework', 'rates', 'resolution') AND (state IN ('done', 'undone') AND seq > $1 OR undo_seq > $1)`, seq).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look for frameworks after change %d: %w", seq, err)
	}
	return n > 0, nil
}
