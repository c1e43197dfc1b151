package register

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/iati"
)

// unreadBatch is how many documents one transaction reads, so that the write lock is never held for long.
const unreadBatch = 1000

// unread is a table of rows that documents give and that were not kept when these were stored.
type unread struct {
	pending string // the versions whose document is still to be read
	table   string
	columns []string
	element string // of a document without it nothing is to be had
	rows    func(version int64, a iati.Activity) [][]any
}

var unreads = []unread{
	{"unlocated", "location", locationColumns, "<location", func(version int64, a iati.Activity) [][]any {
		return locationRows(staged{Activity: Activity{Version: version, Locations: locationsOf(a)}}, nil)
	}},
	{"unrelated", "kin", kinColumns, "<related-activity", func(version int64, a iati.Activity) [][]any {
		parents, children := relatedOf(a)
		return kinRows(version, kinOf(reporterOf(a), a.Identifier, parents, children))
	}},
}

func reporterOf(a iati.Activity) string {
	name, _ := a.Reporter.Name.In(resolute.English)
	return ReporterOf(a.Reporter.Ref, name)
}

// Unread is how many stored documents ReadUnread would read.
func (r *Register) Unread(ctx context.Context) (int, error) {
	var n int
	if err := r.DB.QueryRow(ctx, `SELECT (SELECT COUNT(*) FROM unlocated) + (SELECT COUNT(*) FROM unrelated)`).Scan(&n); err != nil {
		return 0, fmt.Errorf("count documents that are to be read again: %w", err)
	}
	return n, nil
}

// ReadUnread reads what an earlier program did not keep of the documents that it stored: locations, and
// whom they name as parents and children. It is done once for each version, whoever does it, and goes on
// where another was cut off; past data versions get theirs too.
func (r *Register) ReadUnread(ctx context.Context) error {
	pack, err := newPacker()
	if err != nil {
		return err
	}
	for _, u := range unreads {
		for n := unreadBatch; n == unreadBatch; {
			err := r.DB.Write(ctx, func(tx *db.Tx) (err error) {
				if err = tx.Serialize(ctx); err != nil {
					return err
				}
				n, err = u.readSome(ctx, tx, pack)
				return err
			})
			if err != nil {
				return fmt.Errorf("read %s of stored documents: %w", u.table, err)
			}
		}
	}
	return nil
}

// readSome reads the next documents, and returns how many.
func (u unread) readSome(ctx context.Context, tx *db.Tx, pack *packer) (int, error) {
	var versions []int64
	var rows [][]any
	roots := map[string]iati.Root{}
	err := each(ctx, tx, `SELECT u.version, d.bytes, i.root FROM `+u.pending+` u JOIN doc d ON d.version = u.version JOIN activity a ON a.version = u.version
		JOIN import i ON i.id = a.import ORDER BY u.version LIMIT $1`, func(found *sql.Rows) error {
		var version int64
		var packed, start []byte
		if err := found.Scan(&version, &packed, &start); err != nil {
			return err
		}
		versions = append(versions, version)
		if a, ok := u.activityIn(packed, start, pack, roots); ok {
			rows = append(rows, u.rows(version, a)...)
		}
		return nil
	}, int64(unreadBatch))
	if err != nil || len(versions) == 0 {
		return 0, err
	}
	err = inChunks(versions, func(list string) error {
		_, err := tx.Exec(ctx, `DELETE FROM `+u.pending+` WHERE version IN (`+list+`)`)
		return err
	})
	if err != nil {
		return 0, err
	}
	return len(versions), tx.Bulk(ctx, u.table, u.columns, rows)
}

// activityIn reads a packed document; most have nothing of what is wanted, and are not decoded. One that
// cannot be read has none, and the check projection-derived tells of it.
func (u unread) activityIn(packed, start []byte, pack *packer, roots map[string]iati.Root) (a iati.Activity, ok bool) {
	raw, err := pack.decoder.DecodeAll(packed, nil)
	if err != nil || !bytes.Contains(raw, []byte(u.element)) {
		return a, false
	}
	root, known := roots[string(start)]
	if !known {
		if root, err = iati.ParseRoot(start); err != nil {
			return a, false
		}
		roots[string(start)] = root
	}
	a, _ = iati.Decode(root, &iati.Element{Name: "iati-activity", Raw: raw})
	return a, true
}
