package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
)

// Upload is a file that a person sent and may take in after a look at it. Only its owner sees it.
type Upload struct {
	ID     int64
	Kind   string // of the import that it may become
	File   string
	SHA256 string // hexadecimal
	Bytes  []byte
	Owner  string
	At     int64 // Unix milliseconds
}

// UploadTime is how long an upload waits for a decision.
const UploadTime = 24 * time.Hour

// Hold keeps an upload of by and forgets those that waited too long. ID, SHA256, Owner and At are
// set here. Forbidden without the right to import.
func Hold(ctx context.Context, d *db.DB, by resolute.Actor, now time.Time, u Upload) (Upload, error) {
	if err := by.Can(resolute.Import, resolute.Object{Kind: "upload", Owner: by.ID}, now.Format(time.DateOnly)); err != nil {
		return u, err
	}
	sum := sha256.Sum256(u.Bytes)
	u.SHA256, u.Owner, u.At = hex.EncodeToString(sum[:]), by.ID, now.UnixMilli()
	err := d.Write(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM upload WHERE at < $1`, now.Add(-UploadTime).UnixMilli()); err != nil {
			return fmt.Errorf("forget old uploads: %w", err)
		}
		err := tx.QueryRow(ctx, `INSERT INTO upload (kind, file, sha256, bytes, owner, at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
			u.Kind, u.File, u.SHA256, u.Bytes, u.Owner, u.At).Scan(&u.ID)
		if err != nil {
			return fmt.Errorf("keep upload: %w", err)
		}
		return recordUpload(ctx, tx, now, by, "upload", u)
	})
	return u, err
}

// Held reads an upload of by. NotFound when there is none, also when it is another person's.
func Held(ctx context.Context, q db.Queryer, by resolute.Actor, id int64) (Upload, error) {
	u := Upload{ID: id}
	err := q.QueryRow(ctx, `SELECT kind, file, sha256, bytes, owner, at FROM upload WHERE id = $1 AND owner = $2`, id, by.ID).
		Scan(&u.Kind, &u.File, &u.SHA256, &u.Bytes, &u.Owner, &u.At)
	if errors.Is(err, sql.ErrNoRows) {
		return u, &resolute.Error{Code: resolute.NotFound, Field: "upload", Message: fmt.Sprintf("no upload %d of yours waits", id)}
	}
	if err != nil {
		return u, fmt.Errorf("read upload %d: %w", id, err)
	}
	return u, nil
}

// Discard forgets an upload of by. NotFound as for Held.
func Discard(ctx context.Context, d *db.DB, by resolute.Actor, now time.Time, id int64) error {
	return d.Write(ctx, func(tx *db.Tx) error {
		u, err := Held(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM upload WHERE id = $1`, id); err != nil {
			return fmt.Errorf("forget upload %d: %w", id, err)
		}
		return recordUpload(ctx, tx, now, by, "discard", u)
	})
}

func recordUpload(ctx context.Context, tx *db.Tx, now time.Time, by resolute.Actor, verb string, u Upload) error {
	_, err := audit.Record(ctx, tx, audit.Change{At: now.UnixMilli(), Actor: by.ID, Verb: verb, Object: fmt.Sprintf("upload/%d", u.ID),
		About: map[string]any{"kind": u.Kind, "sha256": u.SHA256}})
	return err
}
