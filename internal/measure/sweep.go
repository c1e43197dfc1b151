package measure

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

	"resolute/internal/db"
	"resolute/internal/ledger"
)

// silence is how long an importer may go without a batch before it is taken for dead.
const silence = 15 * time.Minute

// filler is who fills a staged import.
type filler struct {
	id, pid, beat int64
	host          string
}

func fillers(ctx context.Context, q db.Queryer) (list []filler, err error) {
	rows, err := q.Query(ctx, `SELECT import, host, pid, beat FROM measure_staging ORDER BY import`)
	if err != nil {
		return nil, fmt.Errorf("read who fills imports of statistics: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var f filler
		if err := rows.Scan(&f.id, &f.host, &f.pid, &f.beat); err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, rows.Err()
}

// Sweep removes what imports of statistics left that no process finished. One that runs now, here
// or on another machine, is left alone. It returns how many it removed.
func (m *Measure) Sweep(ctx context.Context) (int, error) {
	list, err := fillers(ctx, m.DB)
	if err != nil {
		return 0, err
	}
	swept := 0
	for _, f := range list {
		dead, err := m.gone(f)
		if err != nil {
			return swept, err
		}
		if !dead {
			continue
		}
		if err := m.drop(ctx, f.id); err != nil {
			return swept, err
		}
		swept++
	}
	return swept, nil
}

// gone tells whether the process that fills an import is dead or was silent for too long.
func (m *Measure) gone(f filler) (bool, error) {
	if m.Now().Sub(time.UnixMilli(f.beat)) > silence {
		return true, nil
	}
	here, err := os.Hostname()
	if err != nil {
		return false, fmt.Errorf("name of this machine: %w", err)
	}
	if f.host != here {
		return false, nil
	}
	p, err := os.FindProcess(int(f.pid))
	if err != nil {
		return true, nil // there is no such process
	}
	err = p.Signal(syscall.Signal(0))
	return err != nil && !errors.Is(err, os.ErrPermission), nil
}

// drop removes a staged import with all that it wrote. First its process is taken off, so that an
// importer that still lives stops at its next batch.
func (m *Measure) drop(ctx context.Context, id int64) error {
	for n, statement := range []string{
		`UPDATE measure_staging SET host = '', pid = 0, beat = 0 WHERE import = $1`,
		`DELETE FROM series_version WHERE import = $1`,
		`DELETE FROM series WHERE import = $1 AND NOT EXISTS (SELECT 1 FROM series_version v WHERE v.series = series.id)`,
		`DELETE FROM indicator_version WHERE import = $1`,
		`DELETE FROM measure_staging WHERE import = $1`,
	} {
		err := m.DB.Write(ctx, func(tx *db.Tx) error {
			if err := tx.Serialize(ctx); err != nil { // another import may just take one of the series for its own
				return err
			}
			if _, err := tx.Exec(ctx, statement, id); err != nil {
				return err
			}
			if n == 4 {
				return ledger.Drop(ctx, tx, id)
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("drop staged import %d of statistics: %w", id, err)
		}
	}
	return nil
}
