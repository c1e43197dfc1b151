package measure

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/ledger"
)

// visible is the condition on an import i whose versions readers see when $N is the sequence of the
// change up to which they look.
func visible(n int) string {
	at := "$" + strconv.Itoa(n)
	return "i.seq > 0 AND i.seq <= " + at + " AND (i.state = 'done' OR i.state = 'undone' AND i.undo_seq > " + at + ")"
}

// errSwept says that another process took this import for dead.
var errSwept = errors.New("this import was silent for too long and was swept away; start it again")

// begin opens the account and says who fills it.
func (i *intake) begin(ctx context.Context) error {
	host, err := os.Hostname()
	if err != nil {
		return fmt.Errorf("name of this machine: %w", err)
	}
	return i.measure.DB.Write(ctx, func(tx *db.Tx) (err error) {
		head, err := audit.Newest(ctx, tx)
		if err != nil {
			return err
		}
		i.base = head.Seq
		if i.concepts, err = i.measure.catalogueOf(ctx, tx, head.Seq); err != nil {
			return err
		}
		if i.account.ID, err = ledger.Begin(ctx, tx, i.account); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO measure_staging (import, host, pid, beat) VALUES ($1, $2, $3, $4)`, i.account.ID, host, int64(os.Getpid()), i.measure.Now().UnixMilli())
		return err
	})
}

// flush merges the batch with what stands and writes what is new of it.
func (i *intake) flush(ctx context.Context) error {
	if len(i.order) == 0 && len(i.refusals) == 0 && len(i.findings) == 0 {
		return nil
	}
	var held map[seriesKey]heldSeries
	err := i.measure.DB.View(ctx, func(q db.Queryer) (err error) {
		held, err = i.held(ctx, q)
		return err
	})
	if err != nil {
		return err
	}
	moved := i.mergeAll(held)
	err = i.measure.DB.Write(ctx, func(tx *db.Tx) error { return i.write(ctx, tx, moved) })
	if err != nil {
		return fmt.Errorf("store series: %w", err)
	}
	i.kept += len(i.findings)
	i.order, i.waiting, i.last, i.findings, i.refusals, i.fresh = i.order[:0], 0, nil, nil, nil, nil
	clear(i.pending)
	if i.tell != nil {
		i.tell(i.account.Read, i.in.n)
	}
	return nil
}

// heldSeries is a series that is known: its newest visible content, or what this import staged.
type heldSeries struct {
	id   int64
	list []Observation
}

// lookups is how many series one statement looks for: four arguments each.
const lookups = 200

// held reads the series of the batch that are known.
func (i *intake) held(ctx context.Context, q db.Queryer) (map[seriesKey]heldSeries, error) {
	held := map[seriesKey]heldSeries{}
	for from := 0; from < len(i.order); from += lookups {
		part := i.order[from:min(from+lookups, len(i.order))]
		if err := i.heldOf(ctx, q, part, held); err != nil {
			return nil, err
		}
	}
	return held, nil
}

func (i *intake) heldOf(ctx context.Context, q db.Queryer, part []*pendingSeries, held map[seriesKey]heldSeries) error {
	keys := make([]seriesKey, len(part))
	for n, p := range part {
		keys[n] = p.key
	}
	wanted, args := wantedRows(keys, []any{i.account.ID, i.base})
	list, err := q.Query(ctx, wanted+` SELECT s.id, s.dataflow, s.indicator, s.area, s.dims, CASE WHEN v.import = $1 OR `+visible(2)+` THEN v.body END, CASE WHEN v.import = $1 THEN 1 ELSE 0 END
		FROM wanted w JOIN series s ON s.dataflow = w.dataflow AND s.indicator = w.indicator AND s.area = w.area AND s.dims = w.dims
		LEFT JOIN series_version v ON v.series = s.id LEFT JOIN import i ON i.id = v.import
		ORDER BY s.id, CASE WHEN v.import = $1 THEN 1 ELSE 0 END, i.seq`, args...)
	if err != nil {
		return fmt.Errorf("look up series: %w", err)
	}
	defer func() { _ = list.Close() }()
	for list.Next() {
		var h heldSeries
		var key seriesKey
		var body []byte
		var own int64
		if err := list.Scan(&h.id, &key.dataflow, &key.indicator, &key.area, &key.dims, &body, &own); err != nil {
			return err
		}
		before, known := held[key]
		if body == nil && known {
			continue // a version that nobody sees
		}
		if body != nil {
			if h.list, err = unpack(body); err != nil {
				return fmt.Errorf("series %d: %w", before.id, err)
			}
		}
		if own == 0 {
			for n := range h.list { // stated by an earlier import
				h.list[n].Stated = false
			}
		}
		held[key] = h // the versions of a series come in the order in which they replace each other
	}
	return list.Err()
}

// mergedSeries is a series of the batch with what becomes of it.
type mergedSeries struct {
	*pendingSeries
	merged
}

// mergeAll merges the batch and gives the series that are not what they were.
func (i *intake) mergeAll(held map[seriesKey]heldSeries) (moved []mergedSeries) {
	for _, p := range i.order {
		h, known := held[p.key]
		m := merge(h.list, p.stated)
		i.account.New, i.account.Changed = i.account.New+m.added, i.account.Changed+m.changed
		i.account.Changed, i.removed = i.account.Changed+m.removed, i.removed+m.removed
		i.account.Unchanged += m.equal + m.idle
		i.account.Transactions += m.added + m.changed + m.equal - len(m.again)
		i.repeated(p, m)
		removedBefore := !known && len(m.list) == 0 // it was never there
		if !removedBefore && (m.moved() || !known) {
			moved = append(moved, mergedSeries{p, m})
		}
	}
	return moved
}

func versionRow(series, id int64, m merged) []any {
	return []any{series, id, int64(len(m.list)), latest(m.list), pack(m.list)}
}

func (i *intake) write(ctx context.Context, tx *db.Tx, moved []mergedSeries) error {
	result, err := tx.Exec(ctx, `UPDATE measure_staging SET beat = $1 WHERE import = $2 AND pid = $3`, i.measure.Now().UnixMilli(), i.account.ID, int64(os.Getpid()))
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errSwept)
	}
	rows, err := i.numbered(ctx, tx, moved)
	if err != nil {
		return err
	}
	if err := i.writeVersions(ctx, tx, rows); err != nil {
		return err
	}
	var texts [][]any
	for _, t := range i.fresh {
		texts = append(texts, []any{t.dataflow, t.code, i.account.ID, t.name, t.unit, t.parent, t.description})
	}
	if err := tx.Bulk(ctx, "indicator_version", []string{"dataflow", "code", "import", "name", "unit", "parent", "description"}, texts); err != nil {
		return err
	}
	if err := ledger.AddFindings(ctx, tx, i.account.ID, i.kept, i.findings); err != nil {
		return err
	}
	for _, r := range i.refusals {
		if err := ledger.AddRefused(ctx, tx, i.account.ID, r); err != nil {
			return err
		}
	}
	return nil
}

// numbered gives the rows of versions. It looks for the numbers of their series here, where no other
// import writes series: one that was not known a moment ago may have come with another import, and
// one that was known may have gone with it.
func (i *intake) numbered(ctx context.Context, tx *db.Tx, moved []mergedSeries) ([][]any, error) {
	if len(moved) == 0 {
		return nil, nil
	}
	if err := tx.Serialize(ctx); err != nil {
		return nil, err
	}
	numbers := map[seriesKey]int64{}
	for part := range slices.Chunk(moved, lookups) {
		if err := numbersOf(ctx, tx, part, numbers); err != nil {
			return nil, err
		}
	}
	var last int64
	if err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(id), 0) FROM series`).Scan(&last); err != nil {
		return nil, err
	}
	var series, versions [][]any
	for _, s := range moved {
		number, known := numbers[s.key]
		if !known {
			last++
			number = last
			series = append(series, []any{number, i.account.ID, i.by.ID, s.key.dataflow, s.key.indicator, s.key.area, s.areaName, s.key.dims})
		}
		versions = append(versions, versionRow(number, i.account.ID, s.merged))
	}
	return versions, tx.Bulk(ctx, "series", []string{"id", "import", "owner", "dataflow", "indicator", "area", "area_name", "dims"}, series)
}

func numbersOf(ctx context.Context, tx *db.Tx, part []mergedSeries, numbers map[seriesKey]int64) error {
	keys := make([]seriesKey, len(part))
	for n, s := range part {
		keys[n] = s.key
	}
	wanted, args := wantedRows(keys, nil)
	rows, err := tx.Query(ctx, wanted+` SELECT s.id, s.dataflow, s.indicator, s.area, s.dims FROM wanted w
		JOIN series s ON s.dataflow = w.dataflow AND s.indicator = w.indicator AND s.area = w.area AND s.dims = w.dims ORDER BY s.id`, args...)
	if err != nil {
		return fmt.Errorf("look up numbers of series: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var number int64
		var k seriesKey
		if err := rows.Scan(&number, &k.dataflow, &k.indicator, &k.area, &k.dims); err != nil {
			return err
		}
		numbers[k] = number
	}
	return rows.Err()
}

// wantedRows is a statement's table of keys, whose arguments follow args.
func wantedRows(keys []seriesKey, args []any) (string, []any) {
	var rows strings.Builder
	for n, k := range keys {
		if n > 0 {
			rows.WriteByte(',')
		}
		fmt.Fprintf(&rows, "($%d,$%d,$%d,$%d)", len(args)+1, len(args)+2, len(args)+3, len(args)+4)
		args = append(args, k.dataflow, k.indicator, k.area, k.dims)
	}
	return "WITH wanted (dataflow, indicator, area, dims) AS (VALUES " + rows.String() + ")", args
}

// writeVersions writes versions; those that this import staged before are replaced.
func (i *intake) writeVersions(ctx context.Context, tx *db.Tx, rows [][]any) error {
	for from := 0; from < len(rows); from += lookups {
		var ids []string
		for _, row := range rows[from:min(from+lookups, len(rows))] {
			ids = append(ids, strconv.FormatInt(row[0].(int64), 10))
		}
		if _, err := tx.Exec(ctx, `DELETE FROM series_version WHERE import = $1 AND series IN (`+strings.Join(ids, ",")+`)`, i.account.ID); err != nil {
			return err
		}
	}
	return tx.Bulk(ctx, "series_version", []string{"series", "import", "n", "latest", "body"}, rows)
}
