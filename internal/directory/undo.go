package directory

import (
	"context"
	"fmt"
	"strings"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
)

// Undo takes a decision back: all is again what it would be without it. It returns Forbidden without
// the right, NotFound for an unknown decision, Invalid without a reason, and Conflict when it was
// undone before or a later merge rests on it.
func (d Directory) Undo(ctx context.Context, by resolute.Actor, id int64, reason string) (Decision, error) {
	var done Decision
	if err := checkReason(reason); err != nil {
		return done, err
	}
	now := d.Now()
	err := d.DB.Write(ctx, func(tx *db.Tx) (err error) {
		if err = tx.Serialize(ctx); err != nil {
			return err
		}
		all, err := readDecisions(ctx, tx)
		if err != nil {
			return err
		}
		at := indexOf(all, id)
		if at < 0 {
			return &resolute.Error{Code: resolute.NotFound, Field: "decision", Message: fmt.Sprintf("no decision about an organisation has the number %d", id)}
		}
		done = all[at]
		keys, err := done.about(ctx, tx)
		if err != nil {
			return err
		}
		about, err := may(ctx, tx, by, now, keys)
		if err != nil {
			return err
		}
		if !done.Stands() {
			return conflict("decision %d was undone before", id)
		}
		if rests := restsOn(all[at+1:], done); rests != 0 {
			return conflict("decision %d is about what decision %d split off: undo that first", rests, id)
		}
		if u := newUnions(append(all[:at:at], all[at+1:]...), Newest); u.twice != "" || u.circle() != "" {
			return conflict("%s was merged by a later decision: undo that first", first(u.twice, u.circle()))
		}
		done.UndoActor, done.UndoAt, done.UndoReason = by.ID, now.UnixMilli(), strings.TrimSpace(reason)
		return done.takeBack(ctx, tx, about[done.Key].ID)
	})
	return done, err
}

// about are the keys of all organisations that a decision is about.
func (d Decision) about(ctx context.Context, q db.Queryer) ([]string, error) {
	told, err := toldApart(ctx, q)
	if keys := told[d.ID]; err != nil || len(keys) > 0 {
		return keys, err
	}
	if d.Other == "" {
		return []string{d.Key}, nil
	}
	return []string{d.Key, d.Other}, nil
}

// restsOn gives a later decision that stands about what a decision split off by its name; 0: there is none.
func restsOn(later []Decision, d Decision) int64 {
	for _, x := range later {
		if d.Verb == SplitVerb && d.Name != "" && x.Stands() && (x.Key == d.Key || x.Other == d.Key) {
			return x.ID
		}
	}
	return 0
}

func (d *Decision) takeBack(ctx context.Context, tx *db.Tx, organisation int64) (err error) {
	d.undoSeq, err = audit.Record(ctx, tx, audit.Change{At: d.UndoAt, Actor: d.UndoActor, Verb: "organisation", Object: fmt.Sprintf("organisation/%d", organisation),
		About: map[string]any{"verdict": "undo", "decision": d.ID}})
	if err != nil {
		return err
	}
	return d.setUndone(ctx, tx)
}
