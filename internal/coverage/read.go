package coverage

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/directory"
	"resolute/internal/register"
)

// batchSize is how many activities are read at a time: what reading holds beside the facts
// themselves is that of one batch.
const batchSize = 1000

// maxReaders bounds the connections that read side by side.
const maxReaders = 4

// readAll reads the activities of a selection with what hangs on them, batch by batch, on q and on
// further connections. A connection that finds another state of the log leaves the work to the
// others; q, which holds the state that ends with newest, can do all of it.
func (f *facts) readAll(ctx context.Context, d *db.DB, q db.Queryer, b *book, rulings *register.Rulings, of selection, newest audit.Head) error {
	pointers, err := readPointers(ctx, q, of, "")
	if err != nil {
		return err
	}
	batches := slices.Collect(slices.Chunk(pointers, batchSize))
	lives, next := make([][]life, len(batches)), atomic.Int64{}
	blocks := newBlocks(len(batches))
	work := func(q db.Queryer) error {
		for i := next.Add(1) - 1; i < int64(len(batches)); i = next.Add(1) - 1 {
			part, err := readBatch(ctx, q, batches[i], b, rulings, f.united.parts)
			if err != nil {
				return err
			}
			lives[i] = part.lives
			blocks.put(int(i), f.pack(part.activities))
		}
		return nil
	}
	errs := make([]error, min(runtime.GOMAXPROCS(0), maxReaders, max(1, len(batches))))
	var crew sync.WaitGroup
	for i := range errs[1:] {
		crew.Go(func() {
			errs[i+1] = d.View(ctx, func(own db.Queryer) error {
				if head, err := audit.Newest(ctx, own); err != nil || head != newest {
					return err
				}
				return work(own)
			})
		})
	}
	errs[0] = work(q)
	crew.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	f.pieces = blocks.pieces
	f.lives = slices.Concat(lives...)
	f.count(b)
	return nil
}

// readBatch reads some activities with what hangs on them, in the order of their versions.
func readBatch(ctx context.Context, q db.Queryer, pointers []pointer, b *book, rulings *register.Rulings, parts directory.Parts) (read, error) {
	if len(pointers) == 0 {
		return read{}, nil
	}
	part, err := readActivities(ctx, q, pointers)
	if err != nil || len(part.activities) == 0 {
		return part, err
	}
	r := newReader(part.activities)
	r.parts = parts
	for _, read := range []func(context.Context, db.Queryer, reader) error{readTitles, readWords, readTransactions, readCounterparts, readBudgets, readParticipants, readProofs, readLocations} {
		if err := read(ctx, q, r); err != nil {
			return part, err
		}
	}
	if err := readPlaces(ctx, q, r, b); err != nil {
		return part, err
	}
	if err := readTags(ctx, q, r, rulings, b); err != nil {
		return part, err
	}
	if err := readLinks(ctx, q, r, rulings, b); err != nil {
		return part, err
	}
	return part, nil
}

// among is the condition that a column holds one of some numbers, which grow and are not none.
// Those without a gap are named by their ends, which is shorter to read for the database.
func among[T any](list []T, number func(T) int64) string {
	first, last := number(list[0]), number(list[len(list)-1])
	if last-first == int64(len(list)-1) {
		return fmt.Sprintf("BETWEEN %d AND %d", first, last)
	}
	numbers := make([]string, len(list))
	for i, x := range list {
		numbers[i] = strconv.FormatInt(number(x), 10)
	}
	return "IN (" + strings.Join(numbers, ",") + ")"
}

// reader finds the activity of a version while projections are read.
type reader struct {
	batch     []activity // in the order of their versions
	versions  string     // as a condition names them
	byVersion map[int64]*activity
	reporters map[string]string // their words
	parts     directory.Parts
	pool
}

func newReader(batch []activity) reader {
	r := reader{batch: batch, byVersion: make(map[int64]*activity, len(batch)), reporters: map[string]string{}, pool: newPool()}
	for i := range batch {
		r.byVersion[batch[i].version] = &batch[i]
	}
	r.versions = among(batch, func(a activity) int64 { return a.version })
	return r
}

// joined is the end of a query over a projection x: the rows of the versions that the reader
// reads, and that meet all conditions, in order.
func (r reader) joined(order string, conditions ...string) string {
	return ` x WHERE x.version ` + r.versions + strings.Join(conditions, "") + ` ORDER BY x.version, ` + order
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
