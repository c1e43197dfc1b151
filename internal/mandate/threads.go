package mandate

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"resolute/internal/db"
	"resolute/internal/mandate/align"
)

// settleThreads gives each provision of a text the thread that it continues: that of the provision
// of the neighbouring revision which became it. What is new begins a thread named by where it
// stands. Where the likeness leaves doubt a thread begins too, and says which one it perhaps
// continues: evidence is never carried over on a guess.
// What a person decided goes before; decisions that fit no provision any more are given back.
func settleThreads(ctx context.Context, q db.Queryer, at standing, rows []Wording, decisions []ThreadDecision) (unfit []ThreadDecision, err error) {
	continued, doubtful, err := aligned(ctx, q, at, rows)
	if err != nil {
		return nil, err
	}
	fresh := continued == nil
	if fresh {
		continued, doubtful = map[int]string{}, map[int]string{}
	}
	unfit = ruled(at, rows, decisions, continued, doubtful)
	if fresh && len(continued) == 0 {
		return unfit, nil
	}
	taken, err := threadsOf(ctx, q, at.instrument, at.id)
	if err != nil {
		return nil, err
	}
	reserve(taken, decisions)
	nameThreads(rows, continued, taken, at.day)
	for i, thread := range doubtful {
		rows[i].Perhaps = thread
	}
	for i, w := range rows {
		if w.Perhaps == w.Thread {
			rows[i].Perhaps = ""
		}
	}
	return unfit, nil
}

// aligned tells which thread of its neighbour each provision continues, and which it may; nil when
// there is no neighbour.
func aligned(ctx context.Context, q db.Queryer, at standing, rows []Wording) (continued, doubtful map[int]string, err error) {
	beside, err := neighbourOf(ctx, q, at)
	if err != nil || beside.id == 0 {
		return nil, nil, err
	}
	old, err := readWordings(ctx, q, beside.id)
	if err != nil {
		return nil, nil, err
	}
	old = slices.DeleteFunc(old, func(w Wording) bool { return w.Provisional })
	if languageOf(beside.body) != at.lang {
		return translated(old, rows, beside.day == at.day), map[int]string{}, nil
	}
	continued, doubtful = successors(old, rows, beside.label == at.label && beside.day == at.day)
	return continued, doubtful, nil
}

// neighbour is the text that a new one is aligned with; its id is 0 when none is held.
type neighbour struct {
	id               int64
	label, day, body string
}

// neighbourOf finds the text to align a new one with: an earlier import of the same edition, else
// the revision before it, else the one after. A text that mixes two revisions has none, and is the
// neighbour of its own sides only, where there is no other.
func neighbourOf(ctx context.Context, q db.Queryer, at standing) (n neighbour, err error) {
	if at.mixed {
		return n, nil
	}
	err = q.QueryRow(ctx, `SELECT id, label, day, body FROM revision WHERE instrument = $1 AND mixed = 0 AND state IN ('approved', 'locked') AND id < $4 AND (undo_seq = 0 OR undo_seq > $5)
		ORDER BY CASE WHEN label = $2 THEN 0 WHEN day <= $3 THEN 1 ELSE 2 END, CASE WHEN day <= $3 THEN day END DESC, day, id DESC LIMIT 1`,
		at.instrument, at.label, at.day, at.id, at.seq).Scan(&n.id, &n.label, &n.day, &n.body)
	if errors.Is(err, sql.ErrNoRows) && at.apart != 0 {
		err = q.QueryRow(ctx, `SELECT id, label, day, body FROM revision WHERE id = $1`, at.apart).Scan(&n.id, &n.label, &n.day, &n.body)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return n, nil
	}
	return n, err
}

// translated tells the threads of a text in another language than its neighbour, whose words say
// nothing of it. Two texts of one day and of one shape are one revision: their provisions answer
// to each other in order. Of others nothing is known.
func translated(old, rows []Wording, sameDay bool) map[int]string {
	continued := map[int]string{}
	if !sameDay || !sameShape(old, rows) {
		return continued
	}
	for i, w := range old {
		continued[i] = w.Thread
	}
	return continued
}

func sameShape(a, b []Wording) bool {
	return slices.EqualFunc(a, b, func(x, y Wording) bool { return x.Part == y.Part && x.Level == y.Level && x.Operative == y.Operative })
}

// threadsOf lists the threads of an instrument that any text with a smaller number ever had; what is
// provisional holds no name.
func threadsOf(ctx context.Context, q db.Queryer, instrument string, before int64) (map[string]bool, error) {
	rows, err := q.Query(ctx, `SELECT DISTINCT p.thread FROM provision p JOIN revision r ON r.id = p.revision WHERE r.instrument = $1 AND r.id < $2 AND p.provisional = 0 ORDER BY p.thread`, instrument, before)
	if err != nil {
		return nil, fmt.Errorf("list threads of %s: %w", instrument, err)
	}
	defer func() { _ = rows.Close() }()
	taken := map[string]bool{}
	for rows.Next() {
		var thread string
		if err := rows.Scan(&thread); err != nil {
			return nil, err
		}
		taken[thread] = true
	}
	return taken, rows.Err()
}

// successors tells which thread each provision of a new text surely continues, by its place, and
// which it may continue. A thread goes on in one provision only: of several the likest. Another import
// of the same edition has the same doubts.
func successors(old, rows []Wording, sameEdition bool) (continued, doubtful map[int]string) {
	continued, doubtful = map[int]string{}, map[int]string{}
	links := align.Texts(units(old, false), units(rows, false))
	slices.SortStableFunc(links, func(a, b align.Link) int { return int(1000*b.Score) - int(1000*a.Score) })
	goesOn := map[int]bool{}
	for _, l := range links {
		if l.Old == align.None || l.New == align.None {
			continue
		}
		_, known := continued[l.New]
		rows[l.New].Likeness = max(rows[l.New].Likeness, int(1000*l.Score))
		switch {
		case known:
		case slices.Contains(l.Flags, align.Unsure), goesOn[l.Old]:
			doubtful[l.New] = old[l.Old].Thread
		default:
			continued[l.New], goesOn[l.Old] = old[l.Old].Thread, true
			if sameEdition {
				rows[l.New].Perhaps, rows[l.New].Likeness = old[l.Old].Perhaps, old[l.Old].Likeness
			}
		}
	}
	for i := range continued {
		delete(doubtful, i)
	}
	return continued, doubtful
}

// nameThreads gives each provision its thread. The name of a new thread is its place; where another thread has that name, the
// year of the text stands behind it.
func nameThreads(rows []Wording, continued map[int]string, taken map[string]bool, day string) {
	threads := map[string]string{} // by the key of the place
	for _, thread := range continued {
		taken[thread] = true
	}
	for i := range rows {
		place := rows[i].Thread
		thread := continued[i]
		if thread == "" {
			thread = freeName(place, taken, day)
		}
		taken[thread], threads[place] = true, thread
		rows[i].Thread = thread
	}
	for i := range rows {
		if parent := threads[rows[i].Parent]; parent != "" {
			rows[i].Parent = parent
		}
	}
}

func freeName(place string, taken map[string]bool, day string) string {
	if !taken[place] {
		return place
	}
	year := place + "@" + day[:min(4, len(day))]
	for thread, n := year, 2; ; thread, n = year+"."+strconv.Itoa(n), n+1 {
		if !taken[thread] {
			return thread
		}
	}
}

// Timeline lists the wordings of a thread through the revisions of its instrument, oldest first,
// each edition in its newest text. A text that mixes two revisions is none of them.
func (m *Mandate) Timeline(ctx context.Context, thread string) ([]Wording, error) {
	rows, err := m.DB.Query(ctx, `SELECT r.id, r.instrument, r.label, r.day, `+wordingColumns+` FROM provision p JOIN revision r ON r.id = p.revision
		WHERE p.thread = $1 AND r.mixed = 0 AND r.state IN ('approved', 'locked') AND r.undo_seq = 0
		AND r.id = (SELECT MAX(e.id) FROM revision e WHERE e.instrument = r.instrument AND e.label = r.label AND e.day = r.day AND e.state IN ('approved', 'locked') AND e.undo_seq = 0)
		ORDER BY r.day, r.id`, thread)
	if err != nil {
		return nil, fmt.Errorf("read timeline of %s: %w", thread, err)
	}
	defer func() { _ = rows.Close() }()
	var list []Wording
	for rows.Next() {
		var r Revision
		w, err := scanWording(prefixed{rows, []any{&r.ID, &r.Instrument, &r.Label, &r.Day}})
		if err != nil {
			return nil, err
		}
		w.Revision = r
		list = append(list, w)
	}
	return list, rows.Err()
}

// PerhapsContinued lists the threads that began where it was in doubt whether they continue this
// one.
func (m *Mandate) PerhapsContinued(ctx context.Context, thread string) ([]string, error) {
	rows, err := m.DB.Query(ctx, `SELECT DISTINCT p.thread FROM provision p JOIN revision r ON r.id = p.revision WHERE r.instrument = $2 AND p.perhaps = $1 AND`+seen+`ORDER BY p.thread`,
		thread, InstrumentOfThread(thread))
	if err != nil {
		return nil, fmt.Errorf("list threads that perhaps continue %s: %w", thread, err)
	}
	defer func() { _ = rows.Close() }()
	var list []string
	for rows.Next() {
		var other string
		if err := rows.Scan(&other); err != nil {
			return nil, err
		}
		list = append(list, other)
	}
	return list, rows.Err()
}
