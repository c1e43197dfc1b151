package mandate

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"resolute"
	"resolute/internal/db"
)

const decisionColumns = `id, instrument, label, day, path, text, verb, thread, target, actor, at, reason, undo_actor, undo_at, undo_reason`

func scanDecision(row interface{ Scan(...any) error }) (d ThreadDecision, err error) {
	err = row.Scan(&d.ID, &d.Instrument, &d.Label, &d.Day, &d.Path, &d.Text, &d.Verb, &d.Thread, &d.Target, &d.Actor, &d.At, &d.Reason, &d.UndoActor, &d.UndoAt, &d.UndoReason)
	return d, err
}

func threadDecision(ctx context.Context, q db.Queryer, id int64) (ThreadDecision, error) {
	d, err := scanDecision(q.QueryRow(ctx, `SELECT `+decisionColumns+` FROM thread_decision WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return d, &resolute.Error{Code: resolute.NotFound, Field: "decision", Message: fmt.Sprintf("no decision about a thread has the number %d", id)}
	}
	return d, err
}

// ThreadDecisions lists what people decided about the threads of an instrument, undone or not, the
// oldest first.
func (m *Mandate) ThreadDecisions(ctx context.Context, instrument string) ([]ThreadDecision, error) {
	return threadDecisions(ctx, m.DB, instrument)
}

func threadDecisions(ctx context.Context, q db.Queryer, instrument string) ([]ThreadDecision, error) {
	rows, err := q.Query(ctx, `SELECT `+decisionColumns+` FROM thread_decision WHERE instrument = $1 ORDER BY id`, instrument)
	if err != nil {
		return nil, fmt.Errorf("list decisions about threads of %s: %w", instrument, err)
	}
	defer func() { _ = rows.Close() }()
	var list []ThreadDecision
	for rows.Next() {
		d, err := scanDecision(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, rows.Err()
}

// Joined gives the thread in which each joined one goes on, by what stands now.
func (m *Mandate) Joined(ctx context.Context) (map[string]string, error) { return Joined(ctx, m.DB) }

// Joined reads the same within a transaction of another room.
func Joined(ctx context.Context, q db.Queryer) (map[string]string, error) {
	rows, err := q.Query(ctx, `SELECT thread, target FROM thread_decision WHERE verb = 'join' AND undo_seq = 0 ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("list joined threads: %w", err)
	}
	defer func() { _ = rows.Close() }()
	into := map[string]string{}
	for rows.Next() {
		var thread, target string
		if err := rows.Scan(&thread, &target); err != nil {
			return nil, err
		}
		into[thread] = target
	}
	return followed(into), rows.Err()
}

// followed leads each joined thread to the last one of its chain. A chain that comes back to a
// thread ends before it.
func followed(into map[string]string) map[string]string {
	last := map[string]string{}
	for thread := range maps.Keys(into) {
		met := map[string]bool{thread: true}
		at := into[thread]
		for next, more := into[at]; more && !met[next]; next, more = into[at] {
			met[at], at = true, next
		}
		last[thread] = at
	}
	return last
}

// Waiting is a provision about whose thread a person should decide: it perhaps continues another
// one, or it continues its own with little likeness and nobody has confirmed that.
type Waiting struct {
	Wording
	Other    string   // thread that it perhaps continues; empty: its own is in question
	Before   *Wording // how that thread is worded in the revision before; nil when no text has it
	Likeness int      // of the words, thousandths; 0: not known
}

// weakLikeness is below what a continued thread should be looked at, in thousandths. It is where
// alignment finds sentences that were rewritten around the same event.
const weakLikeness = 500

// Waits lists the provisions of an instrument that wait for a decision, doubtful ones first.
func (m *Mandate) Waits(ctx context.Context, instrument string) ([]Waiting, error) {
	decided, err := m.decidedPlaces(ctx, instrument)
	if err != nil {
		return nil, err
	}
	wordings, err := m.cleanWordings(ctx, instrument)
	if err != nil {
		return nil, err
	}
	through := map[string][]Wording{} // by thread, oldest first
	for _, w := range wordings {
		through[w.Thread] = append(through[w.Thread], w)
	}
	var doubtful, weak []Waiting
	for _, w := range wordings {
		switch {
		case decided[w.Label+w.Day+w.Path]:
		case w.Perhaps != "":
			doubtful = append(doubtful, Waiting{w, w.Perhaps, wordingBefore(through[w.Perhaps], w), w.Likeness})
		case w.Likeness > 0 && w.Likeness < weakLikeness:
			weak = append(weak, Waiting{w, "", wordingBefore(through[w.Thread], w), w.Likeness})
		}
	}
	return append(doubtful, weak...), nil
}

// cleanWordings reads the provisions of every edition that does not mix two, the oldest edition first.
func (m *Mandate) cleanWordings(ctx context.Context, instrument string) ([]Wording, error) {
	held, err := m.Revisions(ctx, instrument)
	if err != nil {
		return nil, err
	}
	var all []Wording
	for _, r := range slices.Backward(held) {
		if r.Mixed {
			continue
		}
		list, err := m.wordingsOf(ctx, r)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

// decidedPlaces tells which places of which editions have a decision that stands.
func (m *Mandate) decidedPlaces(ctx context.Context, instrument string) (map[string]bool, error) {
	decisions, err := m.ThreadDecisions(ctx, instrument)
	places := map[string]bool{}
	for _, d := range decisions {
		if d.Stands() {
			places[d.Label+d.Day+d.Path] = true
		}
	}
	return places, err
}

// wordingBefore finds the last wording of a thread before a provision, else the first beside it.
func wordingBefore(through []Wording, w Wording) *Wording {
	var before *Wording
	for i := range through {
		if through[i].Day < w.Day || before == nil && through[i].ID != w.ID {
			before = &through[i]
		}
	}
	return before
}
