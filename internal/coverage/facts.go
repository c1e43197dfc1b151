package coverage

import (
	"context"
	"fmt"
	"slices"
	"sync"

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
	day      day
	currency currency
	txn      int32 // number of the transaction, 0 for a budget
	figure   figure
	left     rules // that leave it out
}

// proof is a day that proves that something happened.
type proof struct {
	kind string
	day  day
}

// activity is what figures and lists need to know of one activity that counts.
type activity struct {
	key, identifier        string
	version                int64
	reporter, reporterName string
	source                 string
	kind, sector, level    string
	status                 string
	updated                stamp
	starts, ends           day // actual, else planned; none is open
	dated, lowest          bool
	repeated               bool  // another activity of the same reporter and identifier counts as reported
	under                  rules // that count it
	title                  title
	words                  string // folded, padded; while it is read
	organisations          []int64
	parts                  []byte // roles of each organisation, as bits
	roles                  []string
	links                  links
	proposal               *proposal // beside the links; nil: none, or among the links as people decided about it
	places                 []link
	refused                []link   // what people said that it is not about
	threads                []answer // while it is read: links to paragraphs of any instrument
	flows                  []flow
	namings                []naming
	firstFlow, lastFlow    day // of the flows
	proofs                 []proof
	locations              uint32 // how many it states

	own []int // transactions with links or places of their own

	at at // where it stands in the stock, in a walk

	codes codes // of all time, once coded
	coded bool

	settled settled // found when asked for
	ties    *ties   // its links, when others share them
}

// answer is a link to a paragraph by the key of its thread.
type answer struct {
	thread string
	link   link
}

// life is the span of an activity that readers see and figures leave out, and why they do.
type life struct {
	key, identifier   string
	starts, ends      day
	dated             bool
	reported          bool // approved, so that it is a report
	secondary, absent bool
}

// facts is every activity that counts under any rule, as of one data version. It is immutable once made.
type facts struct {
	head  audit.Head
	fresh Freshness
	stock
	lives  []life
	names  map[int64]Organisation // those that count as others left out
	united *united

	naming  sync.Once
	parties *parties // once made
}

// load reads all facts of one data version by ordered set queries.
func load(ctx context.Context, d *db.DB, b *book) (*facts, error) {
	f := &facts{stock: newStock()}
	err := d.View(ctx, func(q db.Queryer) error {
		rulings, err := f.readState(ctx, q)
		if err != nil {
			return err
		}
		return f.readAll(ctx, d, q, b, rulings, present, f.head)
	})
	if err != nil {
		return nil, fmt.Errorf("read facts: %w", err)
	}
	return f, nil
}

// readState reads what is no activity, and gives the decisions of people.
func (f *facts) readState(ctx context.Context, q db.Queryer) (rulings *register.Rulings, err error) {
	if f.head, err = audit.Newest(ctx, q); err != nil {
		return nil, err
	}
	return f.readStateOf(ctx, q)
}

// readStateOf is readState for a head that is known.
func (f *facts) readStateOf(ctx context.Context, q db.Queryer) (rulings *register.Rulings, err error) {
	if f.fresh, err = readFreshness(ctx, q, f.head); err != nil {
		return nil, err
	}
	if err := f.readOrganisations(ctx, q); err != nil {
		return nil, err
	}
	decisions, err := register.Decisions(ctx, q)
	decisions = slices.DeleteFunc(decisions, func(d register.Decision) bool { return d.Seq > f.head.Seq })
	return register.NewRulings(decisions), err
}

// count settles what counts.
func (f *facts) count(b *book) {
	f.unite(b)
	f.settle(b)
	f.tell(b)
}

// tell fills what freshness says of the activities by the default rule.
func (f *facts) tell(b *book) {
	x, rule := &f.fresh, bitOf(DefaultRule)
	x.Activities = f.stock.count() + len(f.lives)
	for _, p := range f.pieces {
		counted := p.counting(&f.stock, b, rule)
		n := counted.count()
		x.Counted, x.Duplicates = x.Counted+n, x.Duplicates+p.living()-n
		x.Undated += counted.without(p.columnsOf(&f.stock, b).dated)
	}
	for _, l := range f.lives {
		x.Secondary, x.Absent = x.Secondary+oneIf(l.secondary), x.Absent+oneIf(l.absent)
	}
}

func oneIf(claim bool) int {
	if claim {
		return 1
	}
	return 0
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
