package register

import (
	"bytes"
	"context"
	"database/sql"

	"github.com/klauspost/compress/zstd"

	"resolute/internal/db"
	"resolute/internal/iati"
)

// importsOfTables gives the imports of tables that a source had.
func importsOfTables(ctx context.Context, q db.Queryer, source string) (map[int64]bool, error) {
	imports := map[int64]bool{}
	err := each(ctx, q, `SELECT id FROM import WHERE kind = $1 AND source = $2`, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		imports[id] = true
		return err
	}, KindActivities, source)
	return imports, err
}

// recogniseRows looks for records that say what an export gives of own work of the source that came from a
// table: they are that own work, unchanged.
func (x *iatiReading) recogniseRows(ctx context.Context, c *chunk) error {
	if len(x.tables) == 0 {
		return nil
	}
	var versions []int64
	for _, r := range c.records {
		for _, f := range x.rowsOf(c, r) {
			versions = append(versions, f.version)
		}
	}
	given, err := x.sumsOfRows(ctx, versions)
	if err != nil {
		return err
	}
	for n := range c.records {
		r := &c.records[n]
		for _, f := range x.rowsOf(c, *r) {
			if sum := given[f.version]; sum != nil && bytes.Equal(sum, r.hash) {
				r.hash, r.imprint, r.told = f.hash, nil, nil
				break
			}
		}
	}
	return nil
}

// rowsOf gives the activities of the identity of a record that came from tables of the source.
func (x *iatiReading) rowsOf(c *chunk, r record) (rows []found) {
	if r.refused != "" {
		return nil
	}
	for _, f := range c.held[identityOf(r.Reporter, r.Identifier)] {
		if f.source == x.source && x.tables[f.importID] {
			rows = append(rows, f)
		}
	}
	return rows
}

// sumsOfRows gives the canonical sums of what an export gives of own work, without our own tags.
func (x *iatiReading) sumsOfRows(ctx context.Context, versions []int64) (map[int64][]byte, error) {
	sums := map[int64][]byte{}
	unpacker, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxDocument))
	if err != nil {
		return nil, err
	}
	defer unpacker.Close()
	g := giver{q: x.db, giving: Giving{Plain: true}, book: x.book, types: map[string]string{}, unpacker: unpacker}
	for len(versions) > 0 {
		n := min(givenAtOnce, len(versions))
		list, err := g.read(ctx, versions[:n])
		if err != nil {
			return nil, err
		}
		for i, h := range list {
			if raw := g.give(h).XML; raw != nil {
				sum := iati.Root{Kind: iati.Activities, Version: "2.03"}.Canonical(&iati.Element{Name: "iati-activity", Raw: raw})
				sums[versions[i]] = sum[:]
			}
		}
		versions = versions[n:]
	}
	return sums, nil
}
