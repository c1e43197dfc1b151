// Package audit is the append-only log: every write leaves one change in the same transaction.
// The sequence of changes is the data version of the whole installation; index, feeds and
// proofs keep in step by it.
package audit

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"resolute/internal/db"
)

// Change is one entry of the log. About holds what the change touched as plain facts (counts,
// keys, hashes), never personal text: it enters the hash and can never be erased.
type Change struct {
	Seq    int64          `json:"seq"`
	At     int64          `json:"at"` // Unix milliseconds
	Actor  string         `json:"actor"`
	Verb   string         `json:"verb"`
	Object string         `json:"object"`
	About  map[string]any `json:"about"`
}

// Head is the newest entry: its sequence is the data version. Zero before the first change.
type Head struct {
	Seq  int64
	At   int64 // Unix milliseconds
	Hash string
}

// Record appends c within tx and returns its sequence, one more than the last; c.Seq is set by
// the log. Writers queue from here to the end of their transactions, so call it last.
func Record(ctx context.Context, tx *db.Tx, c Change) (int64, error) {
	if err := tx.Serialize(ctx); err != nil {
		return 0, fmt.Errorf("record %s: %w", c.Verb, err)
	}
	last, err := head(ctx, tx)
	if err != nil {
		return 0, err
	}
	c.Seq = last.Seq + 1
	body, err := json.Marshal(c) // maps are written with sorted keys, so equal changes are equal bytes
	if err != nil {
		return 0, fmt.Errorf("record %s: %w", c.Verb, err)
	}
	leaf := sha256.Sum256(append([]byte{0}, body...)) // RFC 6962 section 2.1: a leaf is hashed behind 0x00
	chain := sha256.Sum256([]byte(last.Hash + hex.EncodeToString(leaf[:])))
	_, err = tx.Exec(ctx, `INSERT INTO change (seq, at, actor, verb, object, body, hash, head)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		c.Seq, c.At, c.Actor, c.Verb, c.Object, string(body), hex.EncodeToString(leaf[:]), hex.EncodeToString(chain[:]))
	if err != nil {
		return 0, fmt.Errorf("record %s: %w", c.Verb, err)
	}
	return c.Seq, nil
}

// Newest gives the head of the log.
func Newest(ctx context.Context, q db.Queryer) (Head, error) { return head(ctx, q) }

func head(ctx context.Context, q db.Queryer) (Head, error) {
	var h Head
	err := q.QueryRow(ctx, `SELECT seq, at, head FROM change ORDER BY seq DESC LIMIT 1`).Scan(&h.Seq, &h.At, &h.Hash)
	if errors.Is(err, sql.ErrNoRows) {
		return Head{}, nil
	}
	if err != nil {
		return Head{}, fmt.Errorf("read head of the log: %w", err)
	}
	return h, nil
}

// Since lists at most limit changes after seq, oldest first.
func Since(ctx context.Context, q db.Queryer, seq int64, limit int) ([]Change, error) {
	rows, err := q.Query(ctx, `SELECT body FROM change WHERE seq > $1 ORDER BY seq LIMIT $2`, seq, limit)
	if err != nil {
		return nil, fmt.Errorf("read changes after %d: %w", seq, err)
	}
	return bodies(rows)
}

// bodies reads the changes of rows, in their order, and closes them.
func bodies(rows *sql.Rows) ([]Change, error) {
	defer func() { _ = rows.Close() }()
	var changes []Change
	for rows.Next() {
		var body string
		var c Change
		if err := rows.Scan(&body); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(body), &c); err != nil {
			return nil, fmt.Errorf("read change: %w", err)
		}
		changes = append(changes, c)
	}
	return changes, rows.Err()
}
