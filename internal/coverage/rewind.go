package coverage

import (
	"context"
	"errors"
	"fmt"
	"math"
	"unsafe"

	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/register"
)

// asOf selects what readers saw after a change.
func asOf(seq int64) selection {
	return selection{lowest: "c.lowest", seq: seq}.within("key <> ''")
}

// within selects the pointers whose key meets a condition.
func (s selection) within(condition string) selection {
	if s.seq > 0 {
		s.pointers = fmt.Sprintf(`(SELECT m.key, m.version, m.counts, m.absent, m.lowest
			FROM (SELECT key, MAX(seq) AS seq FROM history WHERE seq <= %d AND %s GROUP BY key) n JOIN history m ON m.key = n.key AND m.seq = n.seq WHERE m.version > 0)`, s.seq, condition)
	}
	return s
}

// loadPast reads all facts as of a change in one reading transaction. It shares what it can with
// facts that are at hand, which were made by the rows of b.
func loadPast(ctx context.Context, d *db.DB, b *book, head audit.Head, atHand []*facts) (*facts, error) {
	f, of := &facts{head: head}, asOf(head.Seq)
	err := d.View(ctx, func(q db.Queryer) error {
		rulings, err := f.readStateOf(ctx, q)
		if err != nil {
			return err
		}
		if err := f.rewind(ctx, q, b, rulings, of, atHand); !errors.Is(err, errReadAnew) {
			return err
		}
		newest, err := audit.Newest(ctx, q)
		if err != nil {
			return err
		}
		f.stock = newStock()
		return f.readAll(ctx, d, q, b, rulings, of, newest)
	})
	if err != nil {
		return nil, fmt.Errorf("read facts of data version %d: %w", head.Seq, err)
	}
	return f, nil
}

// rewind takes over from the nearest facts what is the same in both versions, and reads the rest.
// It returns errReadAnew when too little is the same.
func (f *facts) rewind(ctx context.Context, q db.Queryer, b *book, rulings *register.Rulings, of selection, atHand []*facts) error {
	if _, err := showable(ctx, q, f.head.Seq, f.head.Seq); err != nil { // tags may have been written anew just now
		return err
	}
	near, err := f.nearest(ctx, q, atHand)
	if err != nil {
		return err
	}
	keys, err := f.from(near).keys(ctx, q, max(patchLeast, near.stock.count()/rewindShare), `SELECT key FROM history WHERE seq > $1 AND seq <= $2 AND key <> ''`)
	if err != nil {
		return err
	}
	if err := f.reach(ctx, q, near, keys); err != nil {
		return err
	}
	f.keep(near, keys)
	return f.readKeys(ctx, q, b, rulings, keys, of)
}

// rewindShare is patchShare for past versions: sharing half of them is worth it, since they
// stand beside the present in memory.
const rewindShare = 2

// from is the span of changes between other facts and these.
func (f *facts) from(other *facts) span {
	return span{min(f.head.Seq, other.head.Seq), max(f.head.Seq, other.head.Seq)}
}

// nearest gives those facts between which and f the fewest pointers moved; errReadAnew for none.
func (f *facts) nearest(ctx context.Context, q db.Queryer, atHand []*facts) (near *facts, err error) {
	since, err := oldestShown(ctx, q)
	if err != nil {
		return nil, err
	}
	fewest := int64(math.MaxInt64)
	for _, other := range atHand {
		if err := other.continues(ctx, q); errors.Is(err, errReadAnew) || other.head.Seq < since {
			continue
		} else if err != nil {
			return nil, err
		}
		var n int64
		between := f.from(other)
		if err := q.QueryRow(ctx, `SELECT COUNT(*) FROM history WHERE seq > $1 AND seq <= $2`, between.after, between.to).Scan(&n); err != nil {
			return nil, fmt.Errorf("count pointers that moved: %w", err)
		}
		if n < fewest {
			near, fewest = other, n
		}
	}
	if near == nil {
		return nil, errReadAnew
	}
	return near, nil
}

// weigh reckons the bytes of facts whose blocks were not seen before.
func (f *facts) weigh(seen map[*block]bool) int {
	bytes := cap(f.lives)*int(unsafe.Sizeof(life{})) + len(f.names)*2*int(unsafe.Sizeof(Organisation{}))
	for _, p := range f.pieces {
		if bytes += 8 * len(p.gone); !seen[p.block] {
			seen[p.block] = true
			bytes += p.weight()
		}
	}
	return bytes
}
