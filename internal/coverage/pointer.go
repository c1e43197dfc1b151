package coverage

import (
	"context"

	"resolute/internal/db"
)

// pointer is where readers find an activity, and what stands with it.
type pointer struct {
	version          int64
	repeated, absent bool
	lowest           int64 // whether budgets count; asIs: as the activity says
}

// asIs leaves it to the activity whether its budgets count.
const asIs = -1

// selection says where pointers stand: something with key, version, counts and absent, joined as c.
type selection struct {
	pointers string
	lowest   string // of a pointer
	seq      int64  // change of a past version; 0: the present
}

// present selects what readers see now.
var present = selection{pointers: "current", lowest: "-1"}

// readPointers reads the pointers of a selection that meet a condition, in the order of their
// versions; an empty one names all.
func readPointers(ctx context.Context, q db.Queryer, of selection, condition string, args ...any) ([]pointer, error) {
	rows, err := q.Query(ctx, `SELECT c.version, c.counts, c.absent, `+of.lowest+` FROM `+of.pointers+` c `+condition+` ORDER BY c.version`, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []pointer
	for rows.Next() {
		var p pointer
		var counts, absent int64
		if err := rows.Scan(&p.version, &counts, &absent, &p.lowest); err != nil {
			return nil, err
		}
		p.repeated, p.absent = counts == 0, absent != 0
		list = append(list, p)
	}
	return list, rows.Err()
}

// read is what one reading of activities gives, in the order of their versions.
type read struct {
	activities []activity
	lives      []life
}

// readActivities reads the activities of some pointers, without what hangs on them. Figures look
// at those that are present in their source, first-hand and approved; of the others only their lives
// are kept.
func readActivities(ctx context.Context, q db.Queryer, pointers []pointer) (read, error) {
	r := read{activities: make([]activity, 0, len(pointers))}
	rows, err := q.Query(ctx, `SELECT a.version, a.key, a.iati_id, a.reporter, a.reporter_name, a.source, a.kind, a.sector, a.level, a.status, a.updated,
		a.planned_start, a.actual_start, a.planned_end, a.actual_end, a.dated, a.lowest, a.secondary, a.state IN ('approved', 'locked')
		FROM activity a WHERE a.version `+among(pointers, func(p pointer) int64 { return p.version })+` ORDER BY a.version`)
	if err != nil {
		return r, err
	}
	defer func() { _ = rows.Close() }()
	texts, at := newPool(), 0
	for rows.Next() {
		var a activity
		var plannedStart, actualStart, plannedEnd, actualEnd, updated string
		var dated, lowest, secondary int64
		var approved bool
		err := rows.Scan(&a.version, &a.key, &a.identifier, &a.reporter, &a.reporterName, &a.source, &a.kind, &a.sector, &a.level, &a.status, &updated,
			&plannedStart, &actualStart, &plannedEnd, &actualEnd, &dated, &lowest, &secondary, &approved)
		if err != nil {
			return r, err
		}
		for ; pointers[at].version < a.version; at++ {
		}
		p := pointers[at]
		a.updated = stampOf(updated)
		a.starts, a.ends, a.dated = dayOf(first(actualStart, plannedStart)), dayOf(first(actualEnd, plannedEnd)), dated == 1
		if p.absent || secondary != 0 || !approved {
			r.lives = append(r.lives, life{a.key, a.identifier, a.starts, a.ends, a.dated, approved, secondary != 0, p.absent})
			continue
		}
		a.repeated = p.repeated
		if a.lowest = lowest == 1; p.lowest != asIs {
			a.lowest = p.lowest == 1
		}
		for _, repeated := range []*string{&a.reporter, &a.reporterName, &a.source, &a.kind, &a.sector, &a.level, &a.status} {
			*repeated = texts.one(*repeated)
		}
		r.activities = append(r.activities, a)
	}
	return r, rows.Err()
}
