package register

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"

	"resolute/internal/db"
	"resolute/internal/ledger"
)

// entryBatch is how many entries one transaction prepares, so that the write lock is never held
// for long.
const entryBatch = 5000

var entryColumns = []string{"import", "key", "deed", "before_version", "after_version", "before_absent", "flipped", "lowest"}

// writing runs a step of an import in a transaction: one of its own, or the one that publishes it.
type writing func(step func(tx *db.Tx) error) error

// apart gives each step a transaction of its own.
func apart(ctx context.Context, d *db.DB) writing {
	return func(step func(*db.Tx) error) error { return d.Write(ctx, step) }
}

// within takes all steps in one transaction.
func within(tx *db.Tx) writing {
	return func(step func(*db.Tx) error) error { return step(tx) }
}

// prepare settles the staged versions and records what the import will do to each pointer: none of it
// is seen before the import is published, and undoing an import follows it. It fills the counts of the
// account, the hash over deeds, keys and versions in the order of the versions, and what is contested.
func (i *importing) prepare(ctx context.Context, q db.Queryer, write writing, p publication) (publication, error) {
	id := p.account.ID
	if err := settleStaged(ctx, write, p); err != nil {
		return p, err
	}
	if err := i.prepareStaged(ctx, write, id); err != nil {
		return p, err
	}
	rows := make([][]any, 0, len(p.gone)+len(p.back))
	for _, s := range p.gone {
		rows = append(rows, []any{id, s.key, "absent", s.version, s.version, int64(0), int64(0), flag(s.lowest)})
	}
	for _, s := range p.back {
		rows = append(rows, []any{id, s.key, "present", s.version, s.version, s.absent, int64(0), flag(s.lowest)})
	}
	err := inPieces(rows, entryBatch, func(some [][]any) error {
		return write(func(tx *db.Tx) error { return tx.Bulk(ctx, "import_entry", entryColumns, some) })
	})
	if err != nil {
		return p, err
	}
	err = inPieces(p.flipped, entryBatch, func(some []int64) error {
		return write(func(tx *db.Tx) error { return prepareFlipped(ctx, tx, id, some) })
	})
	if err != nil {
		return p, err
	}
	if p.list, err = countEntries(ctx, q, &p.account); err != nil {
		return p, err
	}
	p.ahead.contested = contested{names: maps.Clone(i.contested.names), many: i.contested.many}
	return p, p.ahead.contested.addGone(ctx, q, id)
}

// preparedAtOnce is how many staged versions one transaction prepares, each of which looks for its pointer.
const preparedAtOnce = 2000

// prepareStaged records which pointers the staged versions will move.
func (i *importing) prepareStaged(ctx context.Context, write writing, id int64) error {
	for rest := i.ranges; len(rest) > 0; {
		first, last, n := rest[0], rest[0], rest[0].n
		for rest = rest[1:]; len(rest) > 0 && n+rest[0].n <= preparedAtOnce; rest = rest[1:] {
			last, n = rest[0], n+rest[0].n
		}
		err := write(func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO import_entry (import, key, deed, before_version, after_version, before_absent, flipped, lowest)
				SELECT a.import, a.key, CASE WHEN c.key IS NULL THEN 'new' ELSE 'changed' END, COALESCE(c.version, 0), a.version, COALESCE(c.absent, 0), 0, a.lowest
				FROM activity a LEFT JOIN current c ON c.key = a.key WHERE a.version > $1 AND a.version <= $2 AND a.import = $3`, first.base, last.base+last.n, id)
			return err
		})
		if err != nil {
			return fmt.Errorf("prepare entries of import %d: %w", id, err)
		}
	}
	return nil
}

// prepareFlipped records which versions that stand will turn their lowest flag.
func prepareFlipped(ctx context.Context, tx *db.Tx, id int64, versions []int64) error {
	return inChunks(versions, func(list string) error {
		_, err := tx.Exec(ctx, `INSERT INTO import_entry (import, key, deed, before_version, after_version, before_absent, flipped, lowest)
			SELECT $1, key, 'level', version, version, 0, 1, 1 - lowest FROM activity WHERE version IN (`+list+`)
			ON CONFLICT (import, key) DO UPDATE SET flipped = 1, lowest = 1 - import_entry.lowest`, id)
		return err
	})
}

// inPieces calls do with at most n elements at a time.
func inPieces[T any](list []T, n int, do func([]T) error) error {
	for len(list) > 0 {
		some := list[:min(n, len(list))]
		if err := do(some); err != nil {
			return err
		}
		list = list[len(some):]
	}
	return nil
}

// countEntries fills the counts of the account and gives the hash over the list of deeds, keys
// and versions in the order of the versions.
func countEntries(ctx context.Context, q db.Queryer, account *ledger.Import) (string, error) {
	rows, err := q.Query(ctx, `SELECT deed, key, after_version FROM import_entry WHERE import = $1 ORDER BY after_version, key`, account.ID)
	if err != nil {
		return "", fmt.Errorf("count entries of import %d: %w", account.ID, err)
	}
	defer func() { _ = rows.Close() }()
	account.New, account.Changed, account.Absent = 0, 0, 0
	sum := sha256.New()
	for rows.Next() {
		var deed, key string
		var version int64
		if err := rows.Scan(&deed, &key, &version); err != nil {
			return "", err
		}
		fmt.Fprintf(sum, "%s %s %d\n", deed, key, version)
		switch deed {
		case "new":
			account.New++
		case "changed":
			account.Changed++
		case "absent":
			account.Absent++
		}
	}
	account.Unchanged = account.Read - account.Refused - account.New - account.Changed
	return hex.EncodeToString(sum.Sum(nil)), rows.Err()
}
