package measure

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"resolute"
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
	b := i.mergeAll(held)
	err = i.measure.DB.Write(ctx, func(tx *db.Tx) error { return i.write(ctx, tx, b) })
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
	args := []any{i.account.ID, i.base}
	var rows strings.Builder
	for n, p := range part {
		if n > 0 {
			rows.WriteByte(',')
		}
		fmt.Fprintf(&rows, "($%d,$%d,$%d,$%d)", len(args)+1, len(args)+2, len(args)+3, len(args)+4)
		args = append(args, p.key.dataflow, p.key.indicator, p.key.area, p.key.dims)
	}
	list, err := q.Query(ctx, `WITH wanted (dataflow, indicator, area, dims) AS (VALUES `+rows.String()+`)
		SELECT s.id, s.dataflow, s.indicator, s.area, s.dims, CASE WHEN v.import = $1 OR `+visible(2)+` THEN v.body END, CASE WHEN v.import = $1 THEN 1 ELSE 0 END
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

// batch is what one transaction writes.
type batch struct {
	fresh    []*pendingSeries // series not known before; their versions come with the same place in bodies
	bodies   []merged
	versions [][]any // of known series
}

func (i *intake) mergeAll(held map[seriesKey]heldSeries) batch {
	var b batch
	for _, p := range i.order {
		h, known := held[p.key]
		m := merge(h.list, p.stated)
		i.account.New, i.account.Changed = i.account.New+m.added, i.account.Changed+m.changed
		i.account.Changed, i.removed = i.account.Changed+m.removed, i.removed+m.removed
		i.account.Unchanged += m.equal + m.idle
		i.account.Transactions += m.added + m.changed + m.equal - len(m.again)
		i.repeated(p, m)
		switch {
		case !known && len(m.list) == 0: // removed before it was there
		case !known:
			b.fresh, b.bodies = append(b.fresh, p), append(b.bodies, m)
		case m.moved():
			b.versions = append(b.versions, versionRow(h.id, i.account.ID, m))
		}
	}
	return b
}

func versionRow(series, id int64, m merged) []any {
	return []any{series, id, int64(len(m.list)), latest(m.list), pack(m.list)}
}

func (i *intake) write(ctx context.Context, tx *db.Tx, b batch) error {
	result, err := tx.Exec(ctx, `UPDATE measure_staging SET beat = $1 WHERE import = $2 AND pid = $3`, i.measure.Now().UnixMilli(), i.account.ID, int64(os.Getpid()))
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errSwept)
	}
	rows, err := i.freshSeries(ctx, tx, b)
	if err != nil {
		return err
	}
	if err := i.writeVersions(ctx, tx, append(rows, b.versions...)); err != nil {
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

// freshSeries writes the series that were not known and gives the rows of their versions.
func (i *intake) freshSeries(ctx context.Context, tx *db.Tx, b batch) ([][]any, error) {
	if len(b.fresh) == 0 {
		return nil, nil
	}
	if err := tx.Serialize(ctx); err != nil { // two imports must not be given the same numbers
		return nil, err
	}
	var last int64
	if err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(id), 0) FROM series`).Scan(&last); err != nil {
		return nil, err
	}
	series, versions := make([][]any, len(b.fresh)), make([][]any, len(b.fresh))
	for n, p := range b.fresh {
		id := last + int64(n) + 1
		series[n] = []any{id, i.account.ID, i.by.ID, p.key.dataflow, p.key.indicator, p.key.area, p.areaName, p.key.dims}
		versions[n] = versionRow(id, i.account.ID, b.bodies[n])
	}
	return versions, tx.Bulk(ctx, "series", []string{"id", "import", "owner", "dataflow", "indicator", "area", "area_name", "dims"}, series)
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

// publish makes the import visible in one short transaction.
func (i *intake) publish(ctx context.Context) (ledger.Import, error) {
	if err := i.flush(ctx); err != nil { // findings about the file as a whole
		return ledger.Import{}, err
	}
	i.in.describe(&i.account)
	account := i.account
	err := i.measure.DB.Write(ctx, func(tx *db.Tx) error {
		if err := tx.Serialize(ctx); err != nil {
			return err
		}
		result, err := tx.Exec(ctx, `DELETE FROM measure_staging WHERE import = $1 AND pid = $2`, account.ID, int64(os.Getpid()))
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, errSwept)
		}
		if err := i.notOvertaken(ctx, tx); err != nil {
			return err
		}
		account.State = ledger.Done
		account.Seq, err = audit.Record(ctx, tx, audit.Change{At: i.measure.Now().UnixMilli(), Actor: i.by.ID, Verb: "import", Object: fmt.Sprintf("import/%d", account.ID), About: about(account)})
		if err != nil {
			return err
		}
		return ledger.Close(ctx, tx, account)
	})
	return account, err
}

func about(a ledger.Import) map[string]any {
	return map[string]any{"kind": a.Kind, "sha256": a.SHA256, "read": a.Read, "new": a.New, "changed": a.Changed, "unchanged": a.Unchanged, "refused": a.Refused}
}

// notOvertaken fails when another import changed a series of this one since it began: what it was
// merged with is then no longer what stands.
func (i *intake) notOvertaken(ctx context.Context, tx *db.Tx) error {
	var other int64
	err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(o.import), 0) FROM series_version v
		JOIN series_version o ON o.series = v.series AND o.import <> v.import
		JOIN import i ON i.id = o.import WHERE v.import = $1 AND (i.seq > $2 OR i.undo_seq > $2)`, i.account.ID, i.base).Scan(&other)
	if err == nil && other != 0 {
		err = &resolute.Error{Code: resolute.Conflict, Field: "source",
			Message: fmt.Sprintf("import %d changed the same series while this file was read: nothing of it is stored, start it again", other)}
	}
	return err
}

// refuse keeps the account of a file of which nothing is stored, and gives the reason.
func (i *intake) refuse(ctx context.Context, f resolute.Finding, reason error) (ledger.Import, error) {
	if _, err := io.Copy(io.Discard, i.in); err != nil {
		return ledger.Import{}, err
	}
	account := i.measure.account(i.by, i.account.File, i.account.Source)
	i.in.describe(&account)
	account.State = ledger.Refused
	account.Total.Add(f.Severity)
	f.File = ""
	err := i.measure.DB.Write(ctx, func(tx *db.Tx) (err error) {
		if account.ID, err = ledger.Begin(ctx, tx, account); err != nil {
			return err
		}
		if account.Seq, err = audit.Record(ctx, tx, audit.Change{At: i.measure.Now().UnixMilli(), Actor: i.by.ID, Verb: "refuse", Object: fmt.Sprintf("import/%d", account.ID),
			About: map[string]any{"kind": account.Kind, "sha256": account.SHA256, "rule": f.Rule}}); err != nil {
			return err
		}
		if err := ledger.AddFindings(ctx, tx, account.ID, 0, []resolute.Finding{f}); err != nil {
			return err
		}
		return ledger.Close(ctx, tx, account)
	})
	if err != nil {
		return ledger.Import{}, err
	}
	code := resolute.CodeOf(reason)
	if code != resolute.Conflict {
		code = resolute.Invalid
	}
	return account, &resolute.Error{Code: code, Field: account.File, Message: reason.Error(), Err: reason}
}
