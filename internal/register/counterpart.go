package register

import (
	"context"
	"database/sql"
	"fmt"

	"resolute/internal/db"
)

// counterpart is what one transaction says of other activities.
type counterpart struct {
	n                  int // of the transaction
	provider, receiver string
}

// counterparts lists the transactions that name another activity.
func (a *Activity) counterparts() []counterpart {
	var list []counterpart
	for _, t := range a.Transactions {
		if t.Provider != "" || t.Receiver != "" {
			list = append(list, counterpart{t.N, t.Provider, t.Receiver})
		}
	}
	return list
}

// counterpartsOf reads the counterparts of several versions.
func counterpartsOf(ctx context.Context, q db.Queryer, batch []stored) (map[int64][]counterpart, error) {
	versions := make([]int64, len(batch))
	for i, s := range batch {
		versions[i] = s.Version
	}
	held := map[int64][]counterpart{}
	err := inChunks(versions, func(chunk string) error {
		return each(ctx, q, `SELECT version, n, provider, receiver FROM counterpart WHERE version IN (`+chunk+`) ORDER BY version, n`, func(rows *sql.Rows) error {
			var version int64
			var c counterpart
			err := rows.Scan(&version, &c.n, &c.provider, &c.receiver)
			held[version] = append(held[version], c)
			return err
		})
	})
	return held, err
}

// replaceCounterparts writes the counterparts of versions anew.
func replaceCounterparts(ctx context.Context, tx *db.Tx, versions []staged) error {
	list := make([]int64, len(versions))
	var rows [][]any
	for i, v := range versions {
		list[i] = v.Version
		rows = append(rows, counterpartRows(v, nil)...)
	}
	err := inChunks(list, func(chunk string) error {
		_, err := tx.Exec(ctx, `DELETE FROM counterpart WHERE version IN (`+chunk+`)`)
		return err
	})
	if err != nil {
		return fmt.Errorf("derive counterparts again: %w", err)
	}
	return tx.Bulk(ctx, "counterpart", counterpartColumns, rows)
}
