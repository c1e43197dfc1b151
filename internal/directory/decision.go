package directory

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
)

// What a person can decide about organisations.
const (
	MergeVerb   = "merge"   // one is another, and what it takes part in counts there
	SplitVerb   = "split"   // one is not another, or what data calls by a name of another is not that
	PreferVerb  = "prefer"  // one is shown by an identifier or a name of several
	DismissVerb = "dismiss" // some that look like one are not, or all names of one are its own
)

// Decision is what a person decided. It hangs on keys, so that it holds whatever is imported
// later, until it is undone.
type Decision struct {
	ID         int64  `json:"id"`
	Verb       string `json:"verb"`
	Key        string `json:"key"`   // that went into the other, is apart from it, or is shown by it
	Other      string `json:"other"` // empty: a preferred name only, or a dismissal of one or of more than two
	Name       string `json:"name"`  // preferred, or split off
	Actor      string `json:"actor"`
	At         int64  `json:"at"` // Unix milliseconds
	Reason     string `json:"reason"`
	Seq        int64  `json:"seq"`
	UndoActor  string `json:"undo_actor"` // empty: it stands
	UndoAt     int64  `json:"undo_at"`
	UndoReason string `json:"undo_reason"`

	undoSeq int64
}

// Stands reports whether the decision was not undone.
func (d Decision) Stands() bool { return d.undoSeq == 0 }

// standsAt reports whether it stood after a change.
func (d Decision) standsAt(seq int64) bool {
	return d.Seq <= seq && (d.undoSeq == 0 || d.undoSeq > seq)
}

// Newest is the version that Unions and Kept take for the newest.
const Newest = math.MaxInt64

// longestReason is how many code points a reason may hold.
const longestReason = 2000

// ruling is a decision on its way: what it is about, and the rule that it has to meet.
type ruling struct {
	Decision
	about []string // keys of the organisations that the actor must have the right on
	meets func(u *Unions, d *Decision) error
	// enters and keeps store what belongs to the decision before and after it; nil: nothing.
	enters func(ctx context.Context, tx *db.Tx, u *Unions, about map[string]Organisation) error
	keeps  func(ctx context.Context, tx *db.Tx, u *Unions, made Decision) error
}

// Merge records that two organisations, named by their keys, are one: whatever gone takes part in
// counts for keep. It returns Forbidden without the right on both, NotFound for an unknown key,
// Invalid without a reason, and Conflict when they are one already or gone was merged before.
func (d Directory) Merge(ctx context.Context, by resolute.Actor, keep, gone, reason string) (Decision, error) {
	return d.rule(ctx, by, merging(keep, gone, reason))
}

func merging(keep, gone, reason string) ruling {
	return ruling{Decision: Decision{Verb: MergeVerb, Key: gone, Other: keep, Reason: reason}, about: []string{gone, keep}, meets: mergeable}
}

func mergeable(u *Unions, d *Decision) error {
	switch into, merged := u.into[d.Key]; {
	case u.Root(d.Key) == u.Root(d.Other):
		return conflict("%s and %s are one already", d.Key, d.Other)
	case merged:
		return conflict("%s was merged into %s: split it first", d.Key, into)
	}
	return nil
}

// Split records that an organisation is not another one: it stands for itself again when it was
// merged into that, and the two are no candidates any more. from may be empty for one that was
// merged. It returns Forbidden without the right on both, NotFound for an unknown key, Invalid without
// a reason, and Conflict when there is nothing to split or the two are one by way of others.
func (d Directory) Split(ctx context.Context, by resolute.Actor, key, from, reason string) (Decision, error) {
	return d.rule(ctx, by, splitting(key, from, reason))
}

func splitting(key, from, reason string) ruling {
	about := []string{key}
	if from != "" {
		about = append(about, from)
	}
	return ruling{Decision: Decision{Verb: SplitVerb, Key: key, Other: from, Reason: reason}, about: about, meets: splittable}
}

func splittable(u *Unions, d *Decision) error {
	into, merged := u.into[d.Key]
	switch {
	case d.Other == "" && !merged:
		return conflict("%s was merged into none: name the one that it is not", d.Key)
	case d.Other == "":
		d.Other = into
	case d.Other == d.Key:
		return conflict("%s cannot be split from itself", d.Key)
	case u.into[d.Other] == d.Key && into != d.Other:
		d.Key, d.Other = d.Other, d.Key
	case u.Root(d.Key) == u.Root(d.Other) && into != d.Other:
		return conflict("%s and %s are one by way of others: split one of these", d.Key, d.Other)
	case u.apart[pairOf(d.Key, d.Other)]:
		return conflict("%s and %s are apart already", d.Key, d.Other)
	}
	return nil
}

// Preference is by what an organisation is shown: by the identifier of one of those that were
// merged, by a name that one of them was given, or both.
type Preference struct {
	Key        string // of any of those that are one
	Identifier string // key of the one whose identifier is shown; empty: as it is
	Name       string // empty: as it is
}

// Prefer records by what an organisation is shown. It returns Forbidden without the right on it,
// NotFound for an unknown key, Invalid without a reason, for a preference of nothing, of one without a
// reference and of a name that none of them was given, and Conflict when the identifier is of another organisation.
func (d Directory) Prefer(ctx context.Context, by resolute.Actor, p Preference, reason string) (Decision, error) {
	if p.Identifier == "" && plain(p.Name) == "" {
		return Decision{}, &resolute.Error{Code: resolute.Invalid, Field: "identifier", Message: "name an identifier or a name to prefer"}
	}
	return d.rule(ctx, by, preferring(p, reason))
}

func preferring(p Preference, reason string) ruling {
	about := []string{p.Key}
	if p.Identifier != "" {
		about = append(about, p.Identifier)
	}
	r := ruling{Decision: Decision{Verb: PreferVerb, Key: p.Key, Other: p.Identifier, Name: plain(p.Name), Reason: reason}, about: about, meets: preferable}
	r.enters = func(ctx context.Context, tx *db.Tx, u *Unions, about map[string]Organisation) error {
		if r.Other != "" && about[r.Other].Ref == "" {
			return &resolute.Error{Code: resolute.Invalid, Field: "identifier", Message: fmt.Sprintf("%s has no reference to be shown by", r.Other)}
		}
		return r.checkName(ctx, tx, u)
	}
	return r
}

func preferable(u *Unions, d *Decision) error {
	if d.Other != "" && u.Root(d.Other) != u.Root(d.Key) {
		return conflict("%s is no identifier of %s: merge them first", d.Other, d.Key)
	}
	return nil
}

// rule checks and stores a decision.
func (d Directory) rule(ctx context.Context, by resolute.Actor, r ruling) (Decision, error) {
	made, err := d.rules(ctx, by, r.Reason, func(*Unions) ([]ruling, error) { return []ruling{r}, nil })
	if err != nil {
		return Decision{}, err
	}
	return made[0], nil
}

// rules checks and stores the decisions that follow from what stands, one upon the other, all or none.
func (d Directory) rules(ctx context.Context, by resolute.Actor, reason string, from func(u *Unions) ([]ruling, error)) (made []Decision, err error) {
	if err := checkReason(reason); err != nil {
		return nil, err
	}
	now := d.Now()
	err = d.DB.Write(ctx, func(tx *db.Tx) error {
		made = nil
		if err := tx.Serialize(ctx); err != nil {
			return err
		}
		u, err := ReadUnions(ctx, tx, Newest)
		if err != nil {
			return err
		}
		list, err := from(u)
		if err != nil {
			return err
		}
		for _, r := range list {
			r.Actor, r.At, r.Reason = by.ID, now.UnixMilli(), strings.TrimSpace(reason)
			if err := r.decide(ctx, tx, by, now); err != nil {
				return err
			}
			made = append(made, r.Decision)
		}
		return nil
	})
	return made, err
}

// decide checks and stores one decision with what belongs to it.
func (r *ruling) decide(ctx context.Context, tx *db.Tx, by resolute.Actor, now time.Time) error {
	about, err := may(ctx, tx, by, now, r.about)
	if err != nil {
		return err
	}
	u, err := ReadUnions(ctx, tx, Newest)
	if err != nil {
		return err
	}
	if at := slices.IndexFunc(r.about, u.dormant); at >= 0 {
		return conflict("%s is no organisation of its own any more: splitting it off was undone", r.about[at])
	}
	if err := r.meets(u, &r.Decision); err != nil {
		return err
	}
	if r.enters != nil {
		if err := r.enters(ctx, tx, u, about); err != nil {
			return err
		}
	}
	if err := r.store(ctx, tx, about); err != nil || r.keeps == nil {
		return err
	}
	return r.keeps(ctx, tx, u, r.Decision)
}

// may gives the organisations of keys, when the actor may decide about all of them.
func may(ctx context.Context, q db.Queryer, by resolute.Actor, now time.Time, keys []string) (map[string]Organisation, error) {
	known, err := byKeys(ctx, q, keys)
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		o, found := known[key]
		if !found {
			return nil, unknown(key)
		}
		if err := by.Can(resolute.Decide, resolute.Object{Kind: "organisation", ID: key, Owner: o.Owner}, now.Format(time.DateOnly)); err != nil {
			return nil, err
		}
	}
	return known, nil
}

func unknown(key string) error {
	return &resolute.Error{Code: resolute.NotFound, Field: "organisation", Message: fmt.Sprintf("no organisation is known by %q", key)}
}

// checkName sees to it that a preferred name is one that was given.
func (r *ruling) checkName(ctx context.Context, q db.Queryer, u *Unions) error {
	if r.Name == "" {
		return nil
	}
	names, err := u.namesOf(ctx, q, u.Members(r.Key))
	if err != nil {
		return err
	}
	for _, n := range names {
		if n.Text == r.Name {
			return nil
		}
	}
	return neverGiven(r.Key, r.Name)
}

func checkReason(reason string) error {
	if n := len([]rune(strings.TrimSpace(reason))); n == 0 || n > longestReason {
		return &resolute.Error{Code: resolute.Invalid, Field: "reason", Message: fmt.Sprintf("a decision needs a reason of 1 to %d signs", longestReason)}
	}
	return nil
}

func conflict(format string, args ...any) error {
	return &resolute.Error{Code: resolute.Conflict, Field: "organisation", Message: fmt.Sprintf(format, args...)}
}

// store writes the decision and its change. The log names organisations by their numbers only.
func (d *Decision) store(ctx context.Context, tx *db.Tx, about map[string]Organisation) (err error) {
	facts := map[string]any{"verdict": d.Verb}
	if other := about[d.Other]; other.ID != 0 {
		facts["other"] = other.ID
	}
	d.Seq, err = audit.Record(ctx, tx, audit.Change{At: d.At, Actor: d.Actor, Verb: "organisation", Object: fmt.Sprintf("organisation/%d", about[d.Key].ID), About: facts})
	if err != nil {
		return err
	}
	return d.insert(ctx, tx)
}
