package register

import (
	"context"
	"database/sql"
	"iter"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
)

// Given is one activity as it is given back.
type Given struct {
	Key, Identifier        string
	Reporter, ReporterName string
	Source                 string
	Import                 int64
	Root                   []byte             // with Received: the start tag of the root it came under
	XML                    []byte             // one iati-activity that stands alone, or the bytes as received
	Findings               []resolute.Finding // what had to change, or could not be given back
}

// The orders in which a whole register is given back.
const (
	ByReporter = "reporter" // then by identifier
	BySource   = "source"   // then by import, in the order of its file
)

// Giving says what is given back and how. The zero value is every activity by its reporter.
type Giving struct {
	Order    string
	Wanted   func(key string) bool    // nil: every one that readers see and its source still holds
	Versions []int64                  // not nil: these
	Listed   iter.Seq2[string, error] // not nil: what readers see under these keys
	Plain    bool                     // without our own tags
	Received bool                     // the bytes as they were received; own work that came from tables is told and left out
}

// GivenState is the state of the register that an export gives.
type GivenState struct {
	Seq int64
	At  time.Time // of the newest change; zero before the first
}

// findingNotXML tells of own work that has no bytes as received.
const findingNotXML = "export-not-xml"

// Give hands activities to take, one after the other, as they stand in one state of the register,
// which begin is told first. They come in the order of g, or as g.Versions or g.Listed give them: then
// Order and Wanted do not count, and keys that readers do not see are passed over. Memory does not
// grow with what is given: of an activity it holds a number, until its turn comes. No transaction is
// open meanwhile, however slowly take goes: what a version says never changes. It stops at the first error.
func (r *Register) Give(ctx context.Context, g Giving, begin func(GivenState) error, take func(Given) error) error {
	giver, err := r.newGiver(g)
	if err != nil {
		return err
	}
	defer giver.unpacker.Close()
	var state GivenState
	err = r.DB.View(ctx, func(q db.Queryer) (err error) {
		state, err = giver.begin(ctx, q)
		return err
	})
	if err == nil {
		giver.book, err = r.rulebook(ctx)
	}
	if err == nil {
		giver.matrix = NewMatrix(giver.book.catalogue)
		err = begin(state)
	}
	if err != nil {
		return err
	}
	chunks := chunked(giver.giving.Versions)
	if g.Listed != nil {
		chunks = giver.listed
	}
	next, stop := iter.Pull2(chunks(ctx))
	defer stop()
	return pipeline(ctx, giver.works(ctx, next), take)
}

// begin reads what holds for all that is given.
func (g *giver) begin(ctx context.Context, q db.Queryer) (GivenState, error) {
	state, err := stateNow(ctx, q)
	if err != nil {
		return state, err
	}
	decisions, err := Decisions(ctx, q)
	if err != nil {
		return state, err
	}
	g.rulings = NewRulings(decisions)
	if g.giving.Listed == nil && g.giving.Versions == nil {
		g.giving.Versions, err = versionsInOrder(ctx, q, g.giving)
	}
	return state, err
}

// stateNow is the newest state of the register.
func stateNow(ctx context.Context, q db.Queryer) (GivenState, error) {
	head, err := audit.Newest(ctx, q)
	state := GivenState{Seq: head.Seq}
	if head.At != 0 {
		state.At = time.UnixMilli(head.At).UTC()
	}
	return state, err
}

// givenAtOnce is how many documents are read from the store at a time.
const givenAtOnce = 100

// versionsInOrder lists the versions that readers see.
func versionsInOrder(ctx context.Context, q db.Queryer, g Giving) (versions []int64, err error) {
	order := `a.reporter, a.iati_id, c.key`
	if g.Order == BySource {
		order = `a.source, a.import, a.version`
	}
	err = each(ctx, q, `SELECT c.key, c.version FROM current c JOIN activity a ON a.version = c.version
		WHERE c.absent = 0 AND a.state = 'approved' ORDER BY `+order, func(rows *sql.Rows) error {
		var key sql.RawBytes
		var version int64
		if err := rows.Scan(&key, &version); err != nil {
			return err
		}
		if g.Wanted == nil || g.Wanted(string(key)) {
			versions = append(versions, version)
		}
		return nil
	})
	return versions, err
}

// chunked parts versions into what is read at a time.
func chunked(versions []int64) func(context.Context) iter.Seq2[[]int64, error] {
	return func(context.Context) iter.Seq2[[]int64, error] {
		return func(yield func([]int64, error) bool) {
			for len(versions) > 0 {
				n := min(givenAtOnce, len(versions))
				if !yield(versions[:n], nil) {
					return
				}
				versions = versions[n:]
			}
		}
	}
}
