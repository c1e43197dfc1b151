package mandate

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
)

// What a person can decide about a provision and its thread.
const (
	ConfirmThread = "confirm" // it continues the thread that it has
	JoinThread    = "join"    // it continues another one, and what hangs on its own counts there
	SplitThread   = "split"   // it does not continue the thread: one of its own begins here
)

// ThreadVerbs lists what can be decided.
var ThreadVerbs = []string{ConfirmThread, JoinThread, SplitThread}

// ThreadRuling asks for a decision about the provision of a held revision.
type ThreadRuling struct {
	Revision int64
	Path     string // place of the provision in it: resolves_8
	Verb     string // one of ThreadVerbs
	Target   string // of JoinThread: the thread that it continues; empty: the one it perhaps continues
	Reason   string
}

// ThreadDecision is what a person decided. It holds for the edition, whatever is imported later,
// until it is undone.
type ThreadDecision struct {
	ID         int64  `json:"id"`
	Instrument string `json:"instrument"`
	Label      string `json:"label"`
	Day        string `json:"day"`
	Path       string `json:"path"`
	Text       string `json:"text"` // wording that was decided about
	Verb       string `json:"verb"`
	Thread     string `json:"thread"` // that the provision had
	Target     string `json:"target"` // that it has by the decision
	Actor      string `json:"actor"`
	At         int64  `json:"at"` // Unix milliseconds
	Reason     string `json:"reason"`
	UndoActor  string `json:"undo_actor"` // empty: it stands
	UndoAt     int64  `json:"undo_at"`
	UndoReason string `json:"undo_reason"`
}

// Stands reports whether the decision was not undone.
func (d ThreadDecision) Stands() bool { return d.UndoAt == 0 }

// LongestReason is how many code points a reason may hold.
const LongestReason = 2000

// DecideThread decides about the thread of a provision: the provisions of later revisions follow.
// It returns Forbidden without the right on that thread, NotFound for an unknown provision, Invalid
// for an unknown verb or a reason that is empty or too long, and Conflict where the decision
// contradicts what stands.
func (m *Mandate) DecideThread(ctx context.Context, by resolute.Actor, asked ThreadRuling) (ThreadDecision, error) {
	var d ThreadDecision
	if err := asked.check(); err != nil {
		return d, err
	}
	now := m.Now()
	err := m.DB.Write(ctx, func(tx *db.Tx) error {
		if err := tx.Serialize(ctx); err != nil {
			return err
		}
		at, w, err := provisionAt(ctx, tx, asked.Revision, asked.Path)
		if err != nil {
			return err
		}
		if err := by.Can(resolute.Decide, resolute.Object{Kind: "thread", ID: w.Thread, Owner: at.owner}, now.Format(time.DateOnly)); err != nil {
			return err
		}
		d = ThreadDecision{Instrument: at.instrument, Label: at.label, Day: at.day, Path: w.Path, Text: w.Text, Verb: asked.Verb, Thread: w.Thread,
			Actor: by.ID, At: now.UnixMilli(), Reason: strings.TrimSpace(asked.Reason)}
		if d.Target, err = asked.target(ctx, tx, at, w); err != nil {
			return err
		}
		return d.store(ctx, tx, now)
	})
	return d, err
}

func (a ThreadRuling) check() error {
	if !slices.Contains(ThreadVerbs, a.Verb) {
		return &resolute.Error{Code: resolute.Invalid, Field: "verb", Message: "unknown decision: want " + strings.Join(ThreadVerbs, ", ")}
	}
	return checkReason(a.Reason)
}

func checkReason(reason string) error {
	if n := len([]rune(strings.TrimSpace(reason))); n == 0 || n > LongestReason {
		return &resolute.Error{Code: resolute.Invalid, Field: "reason", Message: fmt.Sprintf("a decision needs a reason of 1 to %d signs", LongestReason)}
	}
	return nil
}

// target gives the thread that the provision has by the decision.
func (a ThreadRuling) target(ctx context.Context, q db.Queryer, at standing, w Wording) (string, error) {
	switch a.Verb {
	case ConfirmThread:
		return w.Thread, nil
	case SplitThread:
		return a.ownName(ctx, q, at, w)
	}
	target := a.Target
	if target == "" {
		target = w.Perhaps
	}
	if target != "" && !strings.Contains(target, "#") {
		target = at.instrument + "#" + target
	}
	return target, a.joinable(ctx, q, at, w, target)
}

// ownName names the thread that a provision begins. The first text of a thread has nothing that it
// could be split from.
func (a ThreadRuling) ownName(ctx context.Context, q db.Queryer, at standing, w Wording) (string, error) {
	var n int64
	err := q.QueryRow(ctx, `SELECT count(*) FROM provision p JOIN revision r ON r.id = p.revision WHERE p.thread = $1 AND r.instrument = $2 AND (r.label <> $3 OR r.day <> $4) AND`+seen,
		w.Thread, at.instrument, at.label, at.day).Scan(&n)
	if err != nil {
		return "", fmt.Errorf("look for other texts of %s: %w", w.Thread, err)
	}
	if n == 0 {
		return "", threadConflict("%s has no other revision: there is nothing to split it from", w.Thread)
	}
	taken, err := takenThreads(ctx, q, at)
	if err != nil {
		return "", err
	}
	return freeName(at.instrument+"#"+w.Path, taken, at.day), nil
}

// joinable tells whether a provision may continue a thread.
func (a ThreadRuling) joinable(ctx context.Context, q db.Queryer, at standing, w Wording, target string) error {
	known, err := takenThreads(ctx, q, at)
	if err != nil {
		return err
	}
	switch {
	case target == "":
		return &resolute.Error{Code: resolute.Invalid, Field: "target", Message: "name the thread that the provision continues"}
	case !known[target]:
		return &resolute.Error{Code: resolute.NotFound, Field: "target", Message: fmt.Sprintf("no text of %s has a thread %q", at.instrument, target)}
	case target == w.Thread:
		return threadConflict("%s has that thread already: confirm it", w.Path)
	}
	if alias, ok := Resolve(w.Thread); ok {
		return threadConflict("%s is a paragraph of the built-in mandate (%s) and keeps its name: join the other one with it", w.Thread, alias.Alias)
	}
	rows, err := readWordings(ctx, q, at.id)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(rows, func(x Wording) bool { return x.Thread == target }); i >= 0 {
		return threadConflict("%s of the same text continues %s: split it first", rows[i].Path, target)
	}
	return nil
}

func threadConflict(format string, args ...any) error {
	return &resolute.Error{Code: resolute.Conflict, Field: "thread", Message: fmt.Sprintf(format, args...)}
}

// store writes the decision, its change and what follows from it.
func (d *ThreadDecision) store(ctx context.Context, tx *db.Tx, now time.Time) error {
	seq, err := audit.Record(ctx, tx, audit.Change{At: now.UnixMilli(), Actor: d.Actor, Verb: "thread", Object: "thread/" + d.Thread,
		About: map[string]any{"verdict": d.Verb, "code": d.Thread, "target": d.Target, "edition": d.Label, "reason": d.Reason}})
	if err != nil {
		return err
	}
	err = tx.QueryRow(ctx, `INSERT INTO thread_decision (instrument, label, day, path, text, verb, thread, target, actor, at, reason, seq, undo_seq, undo_actor, undo_at, undo_reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, '', 0, '') RETURNING id`,
		d.Instrument, d.Label, d.Day, d.Path, d.Text, d.Verb, d.Thread, d.Target, d.Actor, d.At, d.Reason, seq).Scan(&d.ID)
	if err != nil {
		return fmt.Errorf("store a decision about %s: %w", d.Thread, err)
	}
	return resettle(ctx, tx, d.Instrument, seq)
}

// UndoThreadDecision takes a decision back: threads are again what they would be without it. It
// returns Forbidden without the right, NotFound for an unknown decision, Invalid without a reason,
// and Conflict when it was undone before.
func (m *Mandate) UndoThreadDecision(ctx context.Context, by resolute.Actor, id int64, reason string) (ThreadDecision, error) {
	var d ThreadDecision
	if err := checkReason(reason); err != nil {
		return d, err
	}
	now := m.Now()
	err := m.DB.Write(ctx, func(tx *db.Tx) (err error) {
		if err = tx.Serialize(ctx); err != nil {
			return err
		}
		if d, err = threadDecision(ctx, tx, id); err != nil {
			return err
		}
		if err := by.Can(resolute.Decide, resolute.Object{Kind: "thread", ID: d.Thread}, now.Format(time.DateOnly)); err != nil {
			return err
		}
		if !d.Stands() {
			return threadConflict("decision %d was undone before", id)
		}
		d.UndoActor, d.UndoAt, d.UndoReason = by.ID, now.UnixMilli(), strings.TrimSpace(reason)
		return d.undo(ctx, tx)
	})
	return d, err
}

func (d *ThreadDecision) undo(ctx context.Context, tx *db.Tx) error {
	seq, err := audit.Record(ctx, tx, audit.Change{At: d.UndoAt, Actor: d.UndoActor, Verb: "thread", Object: "thread/" + d.Thread,
		About: map[string]any{"verdict": "undo", "code": d.Thread, "decision": d.ID, "reason": d.UndoReason}})
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE thread_decision SET undo_seq = $1, undo_actor = $2, undo_at = $3, undo_reason = $4 WHERE id = $5`,
		seq, d.UndoActor, d.UndoAt, d.UndoReason, d.ID); err != nil {
		return fmt.Errorf("undo decision %d: %w", d.ID, err)
	}
	return resettle(ctx, tx, d.Instrument, seq)
}
