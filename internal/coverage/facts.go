package coverage

import (
	"context"
	"fmt"
	"slices"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/register"
)

// figure is one of the sums of money that a row holds.
type figure uint8

const (
	commitments figure = iota
	spent
	incoming
	incomingCommitments
	budgets
	figures
	noFigure = figures // proves that something happened, and is in no sum
)

// figureOf says what a transaction type counts as. Those that are missing here, the pledges
// (12 and 13) among them, neither count nor prove anything.
var figureOf = map[string]figure{"1": incoming, "2": commitments, "3": spent, "4": spent, "5": noFigure, "6": noFigure,
	"7": noFigure, "8": noFigure, "9": noFigure, "10": noFigure, "11": incomingCommitments}

// flow is one dated amount of an activity: a transaction, or a budget on its first day.
type flow struct {
	cents    resolute.Cents
	day      string
	currency currency
	txn      int32 // number of the transaction, 0 for a budget
	figure   figure
}

// proof is a day that proves that something happened.
type proof struct{ kind, day string }

// activity is what figures and lists need to know of one activity that counts.
type activity struct {
	key, identifier        string
	version                int64
	reporter, reporterName string
	source                 string
	kind, sector, level    string
	status                 string
	updated                string
	starts, ends           string // actual, else planned; empty is open
	dated, lowest          bool
	title                  title
	words                  string // folded, padded
	organisations          []int64
	parts                  []byte // roles of each organisation, as bits
	roles                  []string
	links                  links
	places                 []link
	refused                []link // what people said that it is not about
	flows                  []flow
	proofs                 []proof

	own []int // transactions with links or places of their own

	codes codes // of all time, made once
}

// life is the span of an activity that figures leave out.
type life struct {
	key          string
	starts, ends string
	dated        bool
}

// facts is every activity that counts, as of one data version. It is immutable once made.
type facts struct {
	head       audit.Head
	fresh      Freshness
	activities []activity
	lives      []life // of reports that readers see and figures leave out
	names      map[int64]Organisation
}

// counts says which versions figures count: those that readers see, of the identifier that
// counts, present in their source, first-hand and approved.
const counts = ` c.counts = 1 AND c.absent = 0 AND a.secondary = 0 AND a.state IN ('approved', 'locked')`

// load reads all facts of one data version by ordered set queries.
func load(ctx context.Context, d *db.DB, b *book) (*facts, error) {
	f := &facts{}
	err := d.View(ctx, func(q db.Queryer) error {
		rulings, err := f.readState(ctx, q)
		if err != nil {
			return err
		}
		return f.readAll(ctx, d, q, b, rulings, present)
	})
	if err != nil {
		return nil, fmt.Errorf("read facts: %w", err)
	}
	return f, nil
}

// readAll reads every activity of a selection with what hangs on it.
func (f *facts) readAll(ctx context.Context, d *db.DB, q db.Queryer, b *book, rulings *register.Rulings, of selection) error {
	if err := f.readActivities(ctx, q, of, ""); err != nil {
		return err
	}
	f.activities = slices.Clone(f.activities) // gives back the room that growing left over
	return f.readSideBySide(ctx, d, q, b, rulings)
}

// selection says where pointers stand, of which readActivities takes key, version, counts and absent.
type selection struct {
	pointers string // joined as c
	lowest   string // column that says whether budgets count
}

// present selects what readers see now.
var present = selection{pointers: "current", lowest: "a.lowest"}

// readState reads what is no activity, and gives the decisions of people.
func (f *facts) readState(ctx context.Context, q db.Queryer) (rulings *register.Rulings, err error) {
	if f.head, err = audit.Newest(ctx, q); err != nil {
		return nil, err
	}
	return f.readStateOf(ctx, q, present)
}

// readStateOf is readState for a head that is known.
func (f *facts) readStateOf(ctx context.Context, q db.Queryer, of selection) (rulings *register.Rulings, err error) {
	if f.fresh, err = readFreshness(ctx, q, f.head, of); err != nil {
		return nil, err
	}
	f.names = map[int64]Organisation{}
	if err := f.readOrganisations(ctx, q); err != nil {
		return nil, err
	}
	decisions, err := register.Decisions(ctx, q)
	decisions = slices.DeleteFunc(decisions, func(d register.Decision) bool { return d.Seq > f.head.Seq })
	return register.NewRulings(decisions), err
}

// readActivities reads the activities that count, without what hangs on them, and the lives of
// the others, of a selection and of those versions that a condition names; an empty one names all.
func (f *facts) readActivities(ctx context.Context, q db.Queryer, of selection, among string) error {
	rows, err := q.Query(ctx, `SELECT a.version, a.key, a.iati_id, a.reporter, a.reporter_name, a.source, a.kind, a.sector, a.level, a.status, a.updated,
		a.planned_start, a.actual_start, a.planned_end, a.actual_end, a.dated, `+of.lowest+`
		FROM `+of.pointers+` c JOIN activity a ON a.version = c.version WHERE`+counts+among+` ORDER BY a.version`)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	p := newPool()
	for rows.Next() {
		var a activity
		var plannedStart, actualStart, plannedEnd, actualEnd string
		var dated, lowest int64
		err := rows.Scan(&a.version, &a.key, &a.identifier, &a.reporter, &a.reporterName, &a.source, &a.kind, &a.sector, &a.level, &a.status, &a.updated,
			&plannedStart, &actualStart, &plannedEnd, &actualEnd, &dated, &lowest)
		if err != nil {
			return err
		}
		for _, repeated := range []*string{&a.reporter, &a.reporterName, &a.source, &a.kind, &a.sector, &a.level, &a.status, &a.updated} {
			*repeated = p.one(*repeated)
		}
		a.starts, a.ends, a.dated, a.lowest = first(actualStart, plannedStart), first(actualEnd, plannedEnd), dated == 1, lowest == 1
		f.activities = append(f.activities, a)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return f.readLives(ctx, q, of, among)
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
