package register

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"

	"resolute/internal/db"
	"resolute/internal/iati"
)

// locateBatch is how many documents one transaction reads, so that the write lock is never held for long.
const locateBatch = 1000

// Unlocated is how many stored documents Locate would read.
func (r *Register) Unlocated(ctx context.Context) (int, error) {
	var n int
	if err := r.DB.QueryRow(ctx, `SELECT COUNT(*) FROM unlocated`).Scan(&n); err != nil {
		return 0, fmt.Errorf("count documents without locations: %w", err)
	}
	return n, nil
}

// Locate reads the locations of versions that were stored before locations were, from their
// documents. It is done once for each version, whoever does it, and goes on where another was cut
// off; past data versions get their locations too.
func (r *Register) Locate(ctx context.Context) error {
	pack, err := newPacker()
	if err != nil {
		return err
	}
	for n := locateBatch; n == locateBatch; {
		err := r.DB.Write(ctx, func(tx *db.Tx) (err error) {
			if err = tx.Serialize(ctx); err != nil {
				return err
			}
			n, err = locateSome(ctx, tx, pack)
			return err
		})
		if err != nil {
			return fmt.Errorf("read locations: %w", err)
		}
	}
	return nil
}

// locateSome reads the next documents, and returns how many.
func locateSome(ctx context.Context, tx *db.Tx, pack *packer) (int, error) {
	var versions []int64
	var rows [][]any
	roots := map[string]iati.Root{}
	err := each(ctx, tx, `SELECT u.version, d.bytes, i.root FROM unlocated u JOIN doc d ON d.version = u.version JOIN activity a ON a.version = u.version
		JOIN import i ON i.id = a.import ORDER BY u.version LIMIT $1`, func(found *sql.Rows) error {
		var version int64
		var packed, start []byte
		if err := found.Scan(&version, &packed, &start); err != nil {
			return err
		}
		versions = append(versions, version)
		located := staged{Activity: Activity{Version: version, Locations: locationsIn(packed, start, pack, roots)}}
		rows = append(rows, locationRows(located, nil)...)
		return nil
	}, int64(locateBatch))
	if err != nil || len(versions) == 0 {
		return 0, err
	}
	err = inChunks(versions, func(list string) error {
		_, err := tx.Exec(ctx, `DELETE FROM unlocated WHERE version IN (`+list+`)`)
		return err
	})
	if err != nil {
		return 0, err
	}
	return len(versions), tx.Bulk(ctx, "location", locationColumns, rows)
}

// locationsIn reads the locations of a packed document; most have none, and are not decoded. One that
// cannot be read has none, and the check projection-derived tells of it.
func locationsIn(packed, start []byte, pack *packer, roots map[string]iati.Root) []Location {
	raw, err := pack.decoder.DecodeAll(packed, nil)
	if err != nil || !bytes.Contains(raw, []byte("<location")) {
		return nil
	}
	root, known := roots[string(start)]
	if !known {
		if root, err = iati.ParseRoot(start); err != nil {
			return nil
		}
		roots[string(start)] = root
	}
	a, _ := iati.Decode(root, &iati.Element{Name: "iati-activity", Raw: raw})
	return locationsOf(a)
}
