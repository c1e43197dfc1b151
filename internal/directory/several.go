package directory

import (
	"context"
	"slices"

	"resolute"
	"resolute/internal/db"
)

// Union is some organisations that are one.
type Union struct {
	Keep       string   // key of the one that stays
	Gone       []string // keys of those that count for it
	Identifier string   // key of the one whose identifier is shown; empty: as it is
	Name       string   // that is shown; empty: as it is
}

// Unite merges some organisations into one and chooses by what it is shown, all or nothing. Its errors are
// those of Merge and Prefer; without an organisation that goes it is Invalid.
func (d Directory) Unite(ctx context.Context, by resolute.Actor, one Union, reason string) ([]Decision, error) {
	if len(one.Gone) == 0 {
		return nil, &resolute.Error{Code: resolute.Invalid, Field: "gone", Message: "choose the organisations that are the one that stays"}
	}
	return d.rules(ctx, by, reason, func(*Unions) (list []ruling, err error) {
		for _, gone := range one.Gone {
			list = append(list, merging(one.Keep, gone, reason))
		}
		if one.Identifier != "" || one.Name != "" {
			list = append(list, preferring(Preference{one.Keep, one.Identifier, one.Name}, reason))
		}
		return list, nil
	})
}

// Detach records that an organisation is none of those that it is one with: it stands for itself, alone, and
// the others stay one. Its errors are those of Split.
func (d Directory) Detach(ctx context.Context, by resolute.Actor, key, reason string) ([]Decision, error) {
	return d.rules(ctx, by, reason, func(u *Unions) ([]ruling, error) {
		into, merged := u.into[key]
		var came []string
		for _, other := range u.Members(key) {
			if u.into[other] == key {
				came = append(came, other)
			}
		}
		if !merged && len(came) == 0 {
			return nil, conflict("%s is one with no other", key)
		}
		var list []ruling
		for _, other := range came {
			list = append(list, splitting(other, key, reason))
		}
		if merged {
			list = append(list, splitting(key, into, reason))
		} else {
			into, came = came[0], came[1:]
		}
		for _, other := range came {
			list = append(list, merging(into, other, reason))
		}
		return list, nil
	})
}

// Dismiss records that organisations which look like one are not one: they are no candidate any more, until
// one beside them joins. Of a single one it records that all names which it was given are its own. It returns
// Forbidden without the right on all, NotFound for an unknown key and Invalid without a reason or a key.
func (d Directory) Dismiss(ctx context.Context, by resolute.Actor, keys []string, reason string) (Decision, error) {
	keys = slices.Compact(slices.Sorted(slices.Values(keys)))
	if len(keys) == 0 {
		return Decision{}, &resolute.Error{Code: resolute.Invalid, Field: "organisation", Message: "say which organisations are not one"}
	}
	r := ruling{Decision: Decision{Verb: DismissVerb, Key: keys[0], Reason: reason}, about: keys, meets: func(u *Unions, _ *Decision) error {
		if i := slices.IndexFunc(keys[1:], func(key string) bool { return u.Root(key) == u.Root(keys[0]) }); i >= 0 {
			return conflict("%s and %s are one: split them first", keys[0], keys[i+1])
		}
		return nil
	}}
	r.keeps = func(ctx context.Context, tx *db.Tx, u *Unions, made Decision) error {
		return keepDismissed(ctx, tx, u, made.ID, keys)
	}
	if len(keys) == 2 {
		r.Other = keys[1]
	}
	return d.rule(ctx, by, r)
}

// keepDismissed stores what a decision told apart.
func keepDismissed(ctx context.Context, tx *db.Tx, u *Unions, decision int64, keys []string) error {
	var rows [][]any
	if len(keys) == 1 {
		names, err := u.namesOf(ctx, tx, keys)
		if err != nil {
			return err
		}
		met := map[string]bool{}
		for _, n := range names {
			if folded := words(n.Text); folded != "" && !met[folded] {
				met[folded] = true
				rows = append(rows, []any{decision, keys[0], folded})
			}
		}
	} else {
		for _, key := range keys {
			rows = append(rows, []any{decision, key, ""})
		}
	}
	return tx.Bulk(ctx, "organisation_dismissal", []string{"decision", "key", "name"}, rows)
}

// toldApart gives, by the number of each decision that told organisations apart, their keys.
func toldApart(ctx context.Context, q db.Queryer) (map[int64][]string, error) {
	rows, err := q.Query(ctx, `SELECT DISTINCT decision, key FROM organisation_dismissal ORDER BY decision, key`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	told := map[int64][]string{}
	for rows.Next() {
		var decision int64
		var key string
		if err := rows.Scan(&decision, &key); err != nil {
			return nil, err
		}
		told[decision] = append(told[decision], key)
	}
	return told, rows.Err()
}

// dismissed is what one decision told apart: organisations by their keys, or the names of one by their words.
type dismissed struct {
	keys  map[string]bool
	names map[string]bool
}

// readDismissed reads what the decisions that stand told apart.
func readDismissed(ctx context.Context, q db.Queryer) ([]dismissed, error) {
	rows, err := q.Query(ctx, `SELECT x.decision, x.key, x.name FROM organisation_dismissal x JOIN organisation_decision d ON d.id = x.decision
		WHERE d.undo_seq = 0 ORDER BY x.decision, x.key, x.name`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []dismissed
	for last := int64(0); rows.Next(); {
		var decision int64
		var key, name string
		if err := rows.Scan(&decision, &key, &name); err != nil {
			return nil, err
		}
		if decision != last {
			last, list = decision, append(list, dismissed{map[string]bool{}, map[string]bool{}})
		}
		at := list[len(list)-1]
		if at.keys[key] = true; name != "" {
			at.names[name] = true
		}
	}
	return list, rows.Err()
}
