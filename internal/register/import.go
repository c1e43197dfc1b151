package register

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"sync/atomic"
	"time"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/iati"
	"resolute/internal/ledger"
)

// The kinds of account that this room opens.
const (
	KindIATI          = "iati"          // a file of activities
	KindActivities    = "activities"    // a table or workbook of own work
	KindOrganisations = "organisations" // a file of what organisations state of themselves
)

// Source says where a file comes from.
type Source struct {
	File    string // its name, for the account and for messages
	Name    string // what lasts from one file to the next; empty: File without .gz
	Partial bool   // the file is not the whole source: nothing becomes absent by it

	WithoutDecisions bool // what people decided elsewhere and the file carries is not taken over
}

func (s Source) name() string {
	if s.Name != "" {
		return s.Name
	}
	return strings.TrimSuffix(path.Base(strings.ReplaceAll(s.File, `\`, "/")), ".gz")
}

// ImportOptions are what a caller may wish of an import. The zero value is the default.
type ImportOptions struct {
	Progress func(Progress) // called now and then, from one goroutine at a time
	Limits   iati.Options
	Words    map[string]string // names of tables and columns as people write them, as sheet.Key, to those of Tables

	HeldBytes int64 // of memory for lines of tables that wait for their activity; 0: 512 MiB
}

// Progress is how far an import has come.
type Progress struct {
	Read     int   // records
	Bytes    int64 // of the file as received
	Findings int
}

// Batches of one transaction: small enough that a person's write never waits long.
const (
	batchRecords = 500
	batchBytes   = 8 << 20 // of documents before compression

	batchLeast = 200 // versions that are worth a transaction when nothing is being written
)

// Chunks are what one worker reads at a time.
const (
	chunkRecords = 100
	chunkBytes   = 1 << 20
)

// record is one record of a file, decoded and projected.
type record struct {
	projection
	identifierLine   int
	identifierColumn int
	identifierPath   string // element or cell
	hash             []byte
	form             string
	doc              []byte             // compressed
	size             int                // before compression
	findings         []resolute.Finding // beside those of the projection
	faults           []resolute.Finding // against the schema; how many are told is bounded
	moreFaults       int                // that are not among them
	mentions         []mention
	transactions     int
	carried          []carriedDecision
	refused          string   // rule that refuses it; empty: it is stored
	keeps            []string // keys of what stands that the file holds though this record is refused

	imprint []byte        // nil: such a record is read each time
	told    []byte        // nil when it stands already
	whole   func() record // reads the record whole, when only what it told is here; nil: it is
	stands  string        // key of the activity of another source that says the same; nothing is stored

	continues int // occurrence in its source that the record says it is; 0: not said
}

// chunk is some records that follow each other in the file, with what readers see of their
// identities.
type chunk struct {
	records  []record
	held     map[identity][]found
	lookedUp map[string]bool // identifiers
	err      error
}

// importing is one import on its way.
type importing struct {
	register *Register
	by       resolute.Actor
	account  ledger.Import
	base     int64 // the source's newest import when this one began
	moved    int64 // the last change of the source's activities when this one began
	movedAny int64 // of those of any source
	progress func(Progress)
	received *received

	pairing   *pairing
	family    *family
	reporters map[string]bool
	faults    *bounded
	batch     batch
	await     func() error // waits until the batch before is written
	writing   atomic.Bool  // the batch before
	findings  int          // handed to the writer
	ranges    []versionRange
	known     map[string]int64 // ids of organisations by key
	carried   []carried
	undecided bool // carried decisions are left alone
	contested contested
	equals    equals
	links     *links
}

// versionRange says which versions the staged records from a number on were given.
type versionRange struct{ first, base, n int64 }

// start opens the account of an import.
func (r *Register) start(ctx context.Context, by resolute.Actor, account ledger.Import, in *received, progress func(Progress)) (*importing, error) {
	latest, _, err := ledger.Latest(ctx, r.DB, account.Kind, account.Source)
	if err != nil {
		return nil, err
	}
	moved, err := ledger.Moved(ctx, r.DB, account.Source)
	if err != nil {
		return nil, err
	}
	movedAny, err := ledger.Moved(ctx, r.DB, "")
	if err != nil {
		return nil, err
	}
	if r.trial == nil {
		account.ID, err = beginStaging(ctx, r.DB, account, r.Now().UnixMilli())
	}
	if err != nil {
		return nil, err
	}
	if progress == nil {
		progress = func(Progress) {}
	}
	return &importing{register: r, by: by, account: account, base: latest.ID, moved: moved, movedAny: movedAny, progress: progress, received: in,
		pairing: newPairing(), family: newFamily(), reporters: map[string]bool{}, faults: newBounded(), links: newLinks(), batch: batch{first: 1}, await: func() error { return nil }, known: map[string]int64{}}, nil
}

// account describes a file before it is read.
func (r *Register) account(by resolute.Actor, kind string, src Source) ledger.Import {
	return ledger.Import{Kind: kind, File: src.File, Source: src.name(), Partial: src.Partial, Owner: by.ID, Actor: by.ID, At: r.Now().UnixMilli()}
}

// mayImport asks for the right to import.
func (r *Register) mayImport(by resolute.Actor, src Source) error {
	return by.Can(resolute.Import, resolute.Object{Kind: "import", ID: src.name()}, r.Now().Format(time.DateOnly))
}

// run reads all records, stages them batch by batch and publishes them at the end. When the
// file is to blame nothing of it is stored but an account that says so, and the error has code
// Invalid. Any other error, a cancelled context among them, leaves no trace.
func (i *importing) run(ctx context.Context, next func() (func() chunk, error), fileFindings func() []resolute.Finding) (ledger.Import, error) {
	err := i.fill(ctx, next)
	var account ledger.Import
	if err == nil {
		account, err = i.finish(ctx, fileFindings())
	}
	if err == nil {
		return account, nil
	}
	clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	var dropped error
	if i.register.trial == nil {
		dropped = dropStaged(clean, i.register.DB, i.account.ID)
	}
	var refused *iati.RefusedError
	if dropped == nil && resolute.CodeOf(err) == resolute.Conflict {
		return i.overtaken(clean, err)
	}
	if dropped != nil || !errors.As(err, &refused) {
		return ledger.Import{}, errors.Join(fmt.Errorf("import %s: %w", i.account.File, err), dropped)
	}
	return i.register.refuse(ctx, i.by, i.account, i.received, refused.Finding)
}

// fill reads the file and stages it, one batch while the next is read.
func (i *importing) fill(ctx context.Context, next func() (func() chunk, error)) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	err := pipeline(ctx, next, func(c chunk) error {
		if c.err != nil {
			return c.err
		}
		for _, r := range c.records {
			i.take(r, c.held)
			if i.links.crowded() {
				if err := i.links.settle(ctx, i.register.DB); err != nil {
					return err
				}
			}
			if i.batch.full() || len(i.batch.staged) >= batchLeast && !i.writing.Load() {
				if err := i.hand(ctx); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err == nil && i.batch.records > 0 {
		err = i.hand(ctx)
	}
	if err != nil {
		stop() // nobody needs what is being written
	}
	return errors.Join(err, i.await())
}

// hand gives the batch to be written as soon as the one before it is.
func (i *importing) hand(ctx context.Context) error {
	if err := i.await(); err != nil {
		return err
	}
	b := i.batch
	b.read, b.from = i.account.Read, i.findings
	i.findings += len(b.findings)
	i.batch = batch{first: i.pairing.staged + 1}
	written := make(chan error, 1)
	i.writing.Store(true)
	go func() {
		err := i.write(ctx, b)
		i.writing.Store(false)
		written <- err
	}()
	i.await = func() error {
		i.await = func() error { return nil }
		if err := <-written; err != nil {
			return err
		}
		i.progress(Progress{Read: b.read, Bytes: i.received.bytes(), Findings: i.findings})
		return nil
	}
	return nil
}

// overtaken keeps the account of an import that another one of its source came before.
func (i *importing) overtaken(ctx context.Context, err error) (ledger.Import, error) {
	account, failed := i.register.refuse(ctx, i.by, i.account, i.received, resolute.Finding{Rule: "import-overtaken", Severity: resolute.SeverityError,
		Expected: "the only import of this source at the time", Message: err.Error()})
	if resolute.CodeOf(failed) != resolute.Invalid {
		return account, failed
	}
	return account, fmt.Errorf("import %s: %w", i.account.File, err)
}

// take counts a record and puts it into the batch.
func (i *importing) take(r record, held map[identity][]found) {
	i.account.Read++
	i.account.Transactions += r.transactions
	i.account.Rounded += r.rounded
	i.batch.records++
	i.batch.bytes += r.size
	i.arrive(&i.batch, r, held)
}

// write stores a batch in one transaction, and nothing of a preview.
func (i *importing) write(ctx context.Context, b batch) error {
	if i.register.trial != nil {
		i.register.trial.tell(b.findings)
		return nil
	}
	var base int64
	var fresh map[string]int64
	err := i.register.DB.Write(ctx, func(tx *db.Tx) (err error) {
		if err = beat(ctx, tx, i.account.ID, i.register.Now().UnixMilli()); err != nil {
			return err
		}
		base, fresh, err = stage(ctx, tx, i.by, i.account.ID, b, i.known)
		return err
	})
	if err != nil {
		return err
	}
	for key, id := range fresh {
		i.known[key] = id
	}
	time.Sleep(db.Pause) // another process may be waiting to write
	i.ranges = append(i.ranges, versionRange{b.first, base, int64(len(b.staged))})
	return nil
}
