package directory

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"resolute/internal/db"
)

const decisionColumns = `id, verb, key, other, name, actor, at, reason, seq, undo_seq, undo_actor, undo_at, undo_reason`

// Decisions lists what people decided about organisations, undone or not, the oldest first.
func (d Directory) Decisions(ctx context.Context) ([]Decision, error) {
	return readDecisions(ctx, d.DB)
}

func readDecisions(ctx context.Context, q db.Queryer) ([]Decision, error) {
	rows, err := q.Query(ctx, `SELECT `+decisionColumns+` FROM organisation_decision ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("list decisions about organisations: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []Decision
	for rows.Next() {
		var d Decision
		if err := rows.Scan(&d.ID, &d.Verb, &d.Key, &d.Other, &d.Name, &d.Actor, &d.At, &d.Reason, &d.Seq, &d.undoSeq, &d.UndoActor, &d.UndoAt, &d.UndoReason); err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, rows.Err()
}

func indexOf(list []Decision, id int64) int {
	return slices.IndexFunc(list, func(d Decision) bool { return d.ID == id })
}

func (d *Decision) insert(ctx context.Context, tx *db.Tx) error {
	err := tx.QueryRow(ctx, `INSERT INTO organisation_decision (verb, key, other, name, actor, at, reason, seq, undo_seq, undo_actor, undo_at, undo_reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, '', 0, '') RETURNING id`,
		d.Verb, d.Key, d.Other, d.Name, d.Actor, d.At, d.Reason, d.Seq).Scan(&d.ID)
	if err != nil {
		return fmt.Errorf("store a decision about %s: %w", d.Key, err)
	}
	return nil
}

func (d *Decision) setUndone(ctx context.Context, tx *db.Tx) error {
	if _, err := tx.Exec(ctx, `UPDATE organisation_decision SET undo_seq = $1, undo_actor = $2, undo_at = $3, undo_reason = $4 WHERE id = $5`,
		d.undoSeq, d.UndoActor, d.UndoAt, d.UndoReason, d.ID); err != nil {
		return fmt.Errorf("undo decision %d: %w", d.ID, err)
	}
	return nil
}

// byKeys reads the organisations of keys; those that are unknown are left out.
func byKeys(ctx context.Context, q db.Queryer, keys []string) (map[string]Organisation, error) {
	known := make(map[string]Organisation, len(keys))
	for some := range slices.Chunk(keys, lookup) {
		args, marks := marked(some)
		err := each(ctx, q, `SELECT `+columns+` FROM organisation WHERE key IN `+marks, args, func(o Organisation) { known[o.Key] = o })
		if err != nil {
			return nil, fmt.Errorf("look up organisations: %w", err)
		}
	}
	return known, nil
}

func each(ctx context.Context, q db.Queryer, query string, args []any, take func(Organisation)) error {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		o, err := scan(rows)
		if err != nil {
			return err
		}
		take(o)
	}
	return rows.Err()
}

// marked gives keys as the arguments of a statement, with their places.
func marked(keys []string) (args []any, marks string) {
	for _, key := range keys {
		args = append(args, key)
	}
	return args, places(len(keys))
}

// places are those of so many arguments in a statement.
func places(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("$%d", i+1)
	}
	return "(" + strings.Join(list, ", ") + ")"
}
