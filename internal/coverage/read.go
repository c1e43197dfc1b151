package coverage

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/register"
)

// batchSize is how many activities are read at a time: what reading holds beside the facts
// themselves is that of one batch.
const batchSize = 1000

// maxReaders bounds the connections that read side by side.
const maxReaders = 4

// readSideBySide reads what hangs on the activities, batch by batch, on q and on further
// connections. A connection that finds another state of the log leaves the work to the others;
// q, which holds the state of f, can do all of it.
func (f *facts) readSideBySide(ctx context.Context, d *db.DB, q db.Queryer, b *book, rulings *register.Rulings) error {
	batches := slices.Collect(slices.Chunk(f.activities, batchSize))
	work := make(chan []activity, len(batches))
	for _, batch := range batches {
		work <- batch
	}
	close(work)
	read := func(q db.Queryer) error {
		for batch := range work {
			if err := readBatch(ctx, q, batch, b, rulings); err != nil {
				return err
			}
		}
		return nil
	}
	errs := make([]error, min(runtime.GOMAXPROCS(0), maxReaders, max(1, len(batches))))
	var crew sync.WaitGroup
	for i := range errs[1:] {
		crew.Go(func() {
			errs[i+1] = d.View(ctx, func(own db.Queryer) error {
				if head, err := audit.Newest(ctx, own); err != nil || head != f.head {
					return err
				}
				return read(own)
			})
		})
	}
	errs[0] = read(q)
	crew.Wait()
	return errors.Join(errs...)
}

// readBatch reads what hangs on some activities, which stand in the order of their versions.
func readBatch(ctx context.Context, q db.Queryer, batch []activity, b *book, rulings *register.Rulings) error {
	if len(batch) == 0 {
		return nil
	}
	r := newReader(batch)
	for _, read := range []func(context.Context, db.Queryer, reader) error{readTitles, readWords, readTransactions, readBudgets, readParticipants, readProofs} {
		if err := read(ctx, q, r); err != nil {
			return err
		}
	}
	if err := readPlaces(ctx, q, r, b); err != nil {
		return err
	}
	if err := readTags(ctx, q, r, rulings, b); err != nil {
		return err
	}
	if err := readLinks(ctx, q, r, rulings, b); err != nil {
		return err
	}
	for i := range batch {
		b.prepare(&batch[i])
	}
	return nil
}

// reader finds the activity of a version while projections are read.
type reader struct {
	batch     []activity // in the order of their versions
	versions  string     // as SQL lists them
	byVersion map[int64]*activity
	pool
}

func newReader(batch []activity) reader {
	r := reader{batch: batch, byVersion: make(map[int64]*activity, len(batch)), pool: newPool()}
	versions := make([]string, len(batch))
	for i := range batch {
		r.byVersion[batch[i].version] = &batch[i]
		versions[i] = strconv.FormatInt(batch[i].version, 10)
	}
	r.versions = strings.Join(versions, ",")
	return r
}

// joined is the end of a query over a projection x: the rows of the versions that the reader
// reads, and that meet all conditions, in order.
func (r reader) joined(order string, conditions ...string) string {
	return ` x WHERE x.version IN (` + r.versions + `)` + strings.Join(conditions, "") + ` ORDER BY x.version, ` + order
}

// each runs a query of projection rows whose first column is the version, scans the others into
// dest, and lets add take them to the activity.
func (r reader) each(ctx context.Context, q db.Queryer, query string, dest []any, add func(*activity)) error {
	rows, err := q.Query(ctx, query)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var version int64
	dest = append([]any{&version}, dest...)
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		add(r.byVersion[version])
	}
	return rows.Err()
}

// eachActivity is each with the rows of an activity together: keep is called for every row, and
// then settle once for every activity, also for one without rows.
func (r reader) eachActivity(ctx context.Context, q db.Queryer, query string, dest []any, keep func(), settle func(*activity)) error {
	next := 0
	settleUntil := func(version int64) {
		for ; next < len(r.batch) && r.batch[next].version < version; next++ {
			settle(&r.batch[next])
		}
	}
	err := r.each(ctx, q, query, dest, func(a *activity) {
		settleUntil(a.version)
		keep()
	})
	settleUntil(math.MaxInt64)
	return err
}

// pool keeps one copy of each text: codes and currencies occur by the thousand.
type pool map[string]string

func newPool() pool { return pool{} }

func (p pool) one(s string) string {
	if kept, ok := p[s]; ok {
		return kept
	}
	p[s] = s
	return s
}
