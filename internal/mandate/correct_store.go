package mandate

import (
	"context"
	"fmt"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
)

func correctionsOf(ctx context.Context, q db.Queryer, instrument, label string) ([]Correction, error) {
	rows, err := q.Query(ctx, `SELECT id, deed, heading, mark, text, words, new_mark, reason, actor, at FROM structure_correction
		WHERE instrument = $1 AND label = $2 AND undo_seq = 0 ORDER BY id`, instrument, label)
	if err != nil {
		return nil, fmt.Errorf("read corrections of %s: %w", instrument, err)
	}
	defer func() { _ = rows.Close() }()
	var list []Correction
	for rows.Next() {
		var c Correction
		if err := rows.Scan(&c.ID, &c.Deed, &c.Heading, &c.Mark, &c.Text, &c.Words, &c.NewMark, &c.Reason, &c.By, &c.At); err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

func insertCorrection(ctx context.Context, tx *db.Tx, r *Reading, c Correction, seq int64) (id int64, err error) {
	err = tx.QueryRow(ctx, `INSERT INTO structure_correction (instrument, label, deed, heading, mark, text, words, new_mark, reason, actor, at, seq)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id`,
		r.Instrument, r.Label, string(c.Deed), c.Heading, c.Mark, c.Text, c.Words, c.NewMark, c.Reason, c.By, c.At, seq).Scan(&id)
	return id, err
}

// reread reads the texts of an edition again, with the corrections that stand, and settles the
// threads of the instrument anew: evidence stays on its threads.
func reread(ctx context.Context, tx *db.Tx, instrument, label string, seq int64) error {
	texts, err := standings(ctx, tx, instrument)
	if err != nil {
		return err
	}
	corrections, err := correctionsOf(ctx, tx, instrument, label)
	if err != nil {
		return err
	}
	decisions, err := threadDecisions(ctx, tx, instrument)
	if err != nil {
		return err
	}
	for _, at := range texts {
		if at.label != label {
			continue
		}
		doc := Parse(at.text)
		doc.correct(corrections)
		if err := restore(ctx, tx, at, doc, decisions, seq); err != nil {
			return err
		}
	}
	return resettle(ctx, tx, instrument, seq)
}

// restore puts the provisions of a text that was read again in the place of those stored.
func restore(ctx context.Context, tx *db.Tx, at standing, doc *Document, decisions []ThreadDecision, seq int64) error {
	if doc.Body == "" {
		doc.Body = bodyOfKey(at.instrument)
	}
	rows := wordings(doc, at.instrument, at.mixed)
	if _, err := settleThreads(ctx, tx, at, rows, decisions); err != nil {
		return err
	}
	for _, table := range []string{"provision", "citation", "self_citation"} {
		if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE revision = $1`, at.id); err != nil {
			return fmt.Errorf("read revision %d again: %w", at.id, err)
		}
	}
	cites := citationsIn(rows, doc.Body)
	if err := insertCitations(ctx, tx, at.id, rows, cites); err != nil {
		return err
	}
	if err := insertSelfLinks(ctx, tx, at.id, selfLinks(rows, cites, doc.Lang)); err != nil {
		return err
	}
	if err := insertProvisions(ctx, tx, at.id, rows); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE revision SET settled = $1 WHERE id = $2`, seq, at.id)
	return err
}

// recordCorrection logs a correction, or that one was taken back.
func recordCorrection(ctx context.Context, tx *db.Tx, r *Reading, c Correction, verdict string, by resolute.Actor, now int64) (int64, error) {
	return audit.Record(ctx, tx, audit.Change{At: now, Actor: by.ID, Verb: "correct", Object: "mandate/" + r.Instrument,
		About: map[string]any{"verdict": verdict, "edition": r.Label, "as": string(c.Deed), "mark": c.Mark, "text": c.Text, "at": c.Words, "label": c.NewMark, "reason": c.Reason}})
}
