package measure

import (
	"context"
	"slices"
	"sync"

	"resolute/internal/db"
)

// mostRemembered is how many states of the register are kept: now, and some that readers go back to.
const mostRemembered = 4

// remembered keeps what was reckoned from all of the register, by the change of statistics up to
// which it holds. It is safe for use by several readers; of those who ask for the same only the first
// reckons, and readers of other states do not wait meanwhile.
type remembered[T any] struct {
	mu     sync.Mutex
	states []*rememberedState[T] // the one used last comes last
}

type rememberedState[T any] struct {
	change int64
	mu     sync.Mutex // held by who reckons
	there  bool
	value  T
}

// at gives what holds since a change, reckoned now if it is not kept. An error is not kept.
func (r *remembered[T]) at(change int64, reckon func() (T, error)) (T, error) {
	s := r.state(change)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.there {
		return s.value, nil
	}
	value, err := reckon()
	if err == nil {
		s.value, s.there = value, true
	}
	return value, err
}

// state gives the place of a state, which takes that of the one not used for longest.
func (r *remembered[T]) state(change int64) *rememberedState[T] {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := &rememberedState[T]{change: change}
	if i := slices.IndexFunc(r.states, func(s *rememberedState[T]) bool { return s.change == change }); i >= 0 {
		s = r.states[i]
		r.states = slices.Delete(r.states, i, i+1)
	} else if len(r.states) == mostRemembered {
		r.states = slices.Delete(r.states, 0, 1)
	}
	r.states = append(r.states, s)
	return s
}

// lastChange is the newest change of statistics up to a sequence: between the two every reader sees
// the same.
func lastChange(ctx context.Context, q db.Queryer, seq int64) (int64, error) {
	return lastChangeOf(ctx, q, kindStats, seq)
}

// lastChangeOf is lastChange of imports of a kind.
func lastChangeOf(ctx context.Context, q db.Queryer, kind string, seq int64) (change int64, err error) {
	var undone int64
	err = q.QueryRow(ctx, `SELECT COALESCE(MAX(seq), 0), COALESCE(MAX(CASE WHEN undo_seq <= $1 THEN undo_seq ELSE 0 END), 0)
		FROM import WHERE kind = $2 AND state IN ('done', 'undone') AND seq > 0 AND seq <= $1`, seq, kind).Scan(&change, &undone)
	return max(change, undone), err
}
