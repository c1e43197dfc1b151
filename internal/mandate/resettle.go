package mandate

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"strings"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/mandate/align"
)

// standing is a revision as the settling of threads sees it, and what was seen beside it when it
// came: revisions with a smaller number that were not taken back by then.
type standing struct {
	id         int64 // largest there is for one that is on its way in
	seq        int64 // change that published it; likewise
	instrument string
	label, day string
	owner      string
	lang       resolute.Lang
	mixed      bool
	text       string // as it came in; empty for one on its way
	apart      int64  // the mixed text that it is a side of; 0: none
}

// standing is that of a text on its way in.
func (in *incoming) standing() standing {
	return standing{id: math.MaxInt64, seq: math.MaxInt64, instrument: in.instrument, label: in.doc.Label, day: in.doc.Day, lang: in.doc.Lang, mixed: in.mixed, apart: in.apart}
}

// resettle gives the provisions of all texts of an instrument the threads that they would have had
// if the decisions that stand had been known when each came in. Without decisions nothing moves.
func resettle(ctx context.Context, tx *db.Tx, instrument string, seq int64) error {
	texts, err := standings(ctx, tx, instrument)
	if err != nil {
		return err
	}
	decisions, err := threadDecisions(ctx, tx, instrument)
	if err != nil {
		return err
	}
	for _, at := range texts {
		stored, err := readWordings(ctx, tx, at.id)
		if err != nil {
			return err
		}
		rows, err := at.begun(ctx, tx, stored)
		if err != nil {
			return err
		}
		if _, err := settleThreads(ctx, tx, at, rows, decisions); err != nil {
			return err
		}
		if err := rename(ctx, tx, at, stored, rows, seq); err != nil {
			return err
		}
	}
	return nil
}

func standings(ctx context.Context, q db.Queryer, instrument string) ([]standing, error) {
	rows, err := q.Query(ctx, `SELECT id, seq, label, day, mixed, body, apart FROM revision WHERE instrument = $1 AND state IN ('approved', 'locked') ORDER BY id`, instrument)
	if err != nil {
		return nil, fmt.Errorf("list texts of %s: %w", instrument, err)
	}
	defer func() { _ = rows.Close() }()
	var list []standing
	for rows.Next() {
		at := standing{instrument: instrument}
		var mixed int64
		if err := rows.Scan(&at.id, &at.seq, &at.label, &at.day, &mixed, &at.text, &at.apart); err != nil {
			return nil, err
		}
		at.mixed, at.lang = mixed == 1, languageOf(at.text)
		list = append(list, at)
	}
	return list, rows.Err()
}

// begun gives the provisions of a text as they were before their threads were settled.
func (at standing) begun(ctx context.Context, q db.Queryer, stored []Wording) ([]Wording, error) {
	corrections, err := correctionsOf(ctx, q, at.instrument, at.label)
	if err != nil || len(corrections) == 0 {
		return placed(at.instrument, stored), err
	}
	doc := Parse(at.text)
	doc.correct(corrections)
	return wordings(doc, at.instrument, at.mixed), nil
}

// placed gives provisions the names of their places again, as before their threads were settled.
func placed(instrument string, stored []Wording) []Wording {
	rows := make([]Wording, len(stored))
	place := map[string]string{}
	for i, w := range stored {
		place[w.Thread] = instrument + "#" + w.Path
		rows[i] = w
		rows[i].Thread, rows[i].Parent, rows[i].Perhaps, rows[i].Likeness = place[w.Thread], place[w.Parent], "", 0
	}
	return rows
}

// rename writes the threads that moved, and those of the citations with them.
func rename(ctx context.Context, tx *db.Tx, at standing, stored, rows []Wording, seq int64) error {
	moved := false
	for i, w := range rows {
		old := stored[i]
		if w.Thread == old.Thread && w.Parent == old.Parent && w.Perhaps == old.Perhaps && w.Likeness == old.Likeness {
			continue
		}
		moved = true
		if _, err := tx.Exec(ctx, `UPDATE provision SET thread = $1, parent = $2, perhaps = $3, likeness = $4 WHERE revision = $5 AND n = $6`,
			w.Thread, w.Parent, w.Perhaps, int64(w.Likeness), at.id, int64(i+1)); err != nil {
			return fmt.Errorf("rename the thread %s: %w", old.Thread, err)
		}
	}
	if !moved {
		return nil
	}
	if _, err := tx.Exec(ctx, `DELETE FROM citation WHERE revision = $1`, at.id); err != nil {
		return fmt.Errorf("rename the threads of citations: %w", err)
	}
	body := Parse(at.text).Body
	if body == "" {
		body = bodyOfKey(at.instrument)
	}
	if err := insertCitations(ctx, tx, at.id, rows, citationsIn(rows, body)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE revision SET settled = $1 WHERE id = $2`, seq, at.id)
	return err
}

// provisionAt finds a provision of a text that readers see.
func provisionAt(ctx context.Context, q db.Queryer, revision int64, path string) (standing, Wording, error) {
	at := standing{id: revision}
	var mixed int64
	err := q.QueryRow(ctx, `SELECT instrument, label, day, owner, mixed, seq FROM revision WHERE id = $1 AND`+seen, revision).Scan(&at.instrument, &at.label, &at.day, &at.owner, &mixed, &at.seq)
	if errors.Is(err, sql.ErrNoRows) {
		return at, Wording{}, &resolute.Error{Code: resolute.NotFound, Field: "revision", Message: fmt.Sprintf("no text has the number %d", revision)}
	}
	if err != nil {
		return at, Wording{}, fmt.Errorf("find revision %d: %w", revision, err)
	}
	if mixed == 1 {
		return at, Wording{}, threadConflict("this text mixes two revisions: it is no part of the past of any thread")
	}
	rows, err := readWordings(ctx, q, revision)
	if err != nil {
		return at, Wording{}, err
	}
	for _, w := range rows {
		if w.Path == path {
			return at, w, nil
		}
	}
	return at, Wording{}, &resolute.Error{Code: resolute.NotFound, Field: "provision", Message: fmt.Sprintf("that text has no provision %q", path)}
}

// ruled lays the decisions of people over what alignment found, and gives those that fit no
// provision of the text any more.
func ruled(at standing, rows []Wording, decisions []ThreadDecision, continued, doubtful map[int]string) (unfit []ThreadDecision) {
	for _, d := range decisions {
		if !d.Stands() || d.Label != at.label || d.Day != at.day || at.mixed {
			continue
		}
		i := d.fits(rows)
		if i < 0 {
			unfit = append(unfit, d)
			continue
		}
		for other, thread := range continued {
			if other != i && thread == d.Target {
				delete(continued, other)
				doubtful[other] = thread
			}
		}
		continued[i], rows[i].Perhaps = d.Target, ""
		delete(doubtful, i)
	}
	return unfit
}

// sameProvision is how like the words of a place must be to those that were decided about.
const sameProvision = 0.6

// fits finds the provision of a text that a decision is about: at its place with nearly its words,
// else the only one with exactly its words; -1 for none.
func (d ThreadDecision) fits(rows []Wording) int {
	found, many := -1, false
	for i, w := range rows {
		same := strings.Join(strings.Fields(w.Text), " ") == strings.Join(strings.Fields(d.Text), " ")
		if w.Path == d.Path && (same || align.Likeness(w.Text, d.Text) >= sameProvision) {
			return i
		}
		if same {
			found, many = i, found >= 0
		}
	}
	if many {
		return -1
	}
	return found
}

// takenThreads are the names that a thread of a text cannot begin with: those that texts before it
// ever had, and those that decisions gave or joined.
func takenThreads(ctx context.Context, q db.Queryer, at standing) (map[string]bool, error) {
	taken, err := threadsOf(ctx, q, at.instrument, at.id)
	if err != nil {
		return nil, err
	}
	decisions, err := threadDecisions(ctx, q, at.instrument)
	reserve(taken, decisions)
	return taken, err
}

func reserve(taken map[string]bool, decisions []ThreadDecision) {
	for _, d := range decisions {
		if d.Stands() && d.Verb != ConfirmThread {
			taken[d.Target] = true
			if d.Verb == JoinThread {
				taken[d.Thread] = true
			}
		}
	}
}

// unfitFinding tells that a decision about a thread could not be applied to a text.
func unfitFinding(d ThreadDecision) resolute.Finding {
	return resolute.Finding{Rule: "decision-unfit", Severity: resolute.SeverityWarning, Record: d.Thread, Path: d.Path, Found: d.Text, Line: 1, Column: 1,
		Expected: "the provision that was decided about",
		Message:  fmt.Sprintf("decision %d (%s) fits no provision of this text any more: look at it, and undo it or decide again", d.ID, d.Verb)}
}
