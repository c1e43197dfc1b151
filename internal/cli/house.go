package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"resolute"
	"resolute/internal/account"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/directory"
	"resolute/internal/form"
	"resolute/internal/framework"
	"resolute/internal/ledger"
	"resolute/internal/mandate"
	"resolute/internal/measure"
	"resolute/internal/register"
	"resolute/internal/wording"
)

// house is the opened store with every room that stands on it.
type house struct {
	db         *db.DB
	frameworks *framework.Framework
	directory  *directory.Directory
	alike      *directory.Remembered // organisations that may be one
	register   *register.Register
	mandate    *mandate.Mandate
	coverage   *coverage.Coverage
	accounts   *account.Accounts
	measure    *measure.Measure
}

// now is the clock of the process, the only place where the edge reads it.
func now() time.Time { return time.Now() }

// openHouse opens and migrates the database that the settings name, and removes what dead
// imports left behind.
func (a *app) openHouse(ctx context.Context) (*house, error) {
	d, err := db.Open(ctx, a.database)
	if err != nil {
		return nil, err
	}
	d.Waiting = func(path string) { a.log.Warn("waiting for another process that writes", "database", path) }
	h := newHouse(d)
	h.coverage.Index = a.indexPath()
	if _, err := d.Migrate(ctx); err != nil {
		return nil, closing(h, err)
	}
	if err := d.ReadOnly(); err != nil {
		a.log.Warn("only reading, from the database as it stands now", "why", err)
		if n, err := h.register.Unread(ctx); err != nil || n > 0 {
			a.log.Warn("some of what an earlier program stored (locations, relatives) is not read: open the database once where it can be written", "activities", n, "err", err)
		}
		h.coverage.Index = ""
		return h, nil
	}
	if err := a.readUnread(ctx, h); err != nil {
		return nil, closing(h, err)
	}
	n, err := h.register.Sweep(ctx)
	if err == nil {
		var more int
		more, err = h.measure.Sweep(ctx)
		n += more
	}
	if err != nil {
		return nil, closing(h, err)
	}
	if n > 0 {
		a.log.Warn("removed what unfinished imports left behind", "imports", n)
	}
	return h, nil
}

// readUnread reads what a database of an earlier program has not read of its documents.
func (a *app) readUnread(ctx context.Context, h *house) error {
	n, err := h.register.Unread(ctx)
	if err != nil || n == 0 {
		return err
	}
	a.log.Warn("reading what an earlier program did not keep of what it stored (locations, relatives); this is done once", "activities", n)
	return h.register.ReadUnread(ctx)
}

// openExisting is openHouse for commands that only read: a path that was mistyped is an error, and
// no empty database.
func (a *app) openExisting(ctx context.Context) (*house, error) {
	if err := a.mustExist(); err != nil {
		return nil, err
	}
	return a.openHouse(ctx)
}

func (a *app) mustExist() error {
	if strings.Contains(a.database, "://") {
		return nil
	}
	if _, err := os.Stat(a.database); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("no database at %s: give --db, or import something first", a.database)
	}
	return nil
}

func newHouse(d *db.DB) *house {
	frameworks := &framework.Framework{DB: d, Now: now}
	organisations := &directory.Directory{DB: d, Now: now}
	return &house{db: d, frameworks: frameworks, directory: organisations, alike: &directory.Remembered{Directory: *organisations},
		register: &register.Register{DB: d, Now: now},
		mandate:  &mandate.Mandate{DB: d, Now: now},
		accounts: &account.Accounts{DB: d, Now: now},
		measure:  &measure.Measure{DB: d, Now: now},
		coverage: &coverage.Coverage{DB: d, Frameworks: frameworks, Paragraphs: mandate.AliasedParagraphs(), RowTitles: rowTitles()}}
}

// rowTitles are the words for the rows of tables that are no concept and no area.
func rowTitles() map[string]resolute.Text {
	titles := map[string]resolute.Text{}
	for row, key := range map[string]string{coverage.RegionRow: "coverage.region_only", coverage.NotKnownRow: "coverage.not_known",
		coverage.UnlinkedRow: "coverage.unlinked", coverage.TotalRow: "coverage.total"} {
		titles[row] = resolute.Text{}
		for _, lang := range resolute.Langs {
			titles[row][lang] = wording.For(lang).T(key)
		}
	}
	return titles
}

// Close closes the database.
func (h *house) Close() error { return h.db.Close() }

// closing closes c and returns err, or what closing found wrong.
func closing(c io.Closer, err error) error { return errors.Join(err, c.Close()) }

func (in input) registerSource() register.Source {
	return register.Source{File: filepath.Base(in.path), Name: in.source, Partial: in.partial, WithoutDecisions: in.alone}
}

// alone is the account of a file that holds one thing.
func alone(account ledger.Import, err error) ([]ledger.Import, error) {
	return []ledger.Import{account}, err
}

func (h *house) importIATI(ctx context.Context, in input) ([]ledger.Import, error) {
	return alone(h.register.ImportIATI(ctx, resolute.Operator(), in.registerSource(), in.file, register.ImportOptions{Progress: in.progress.update}))
}

// heldBytes is the memory for lines of tables that wait for their activity: who gives a command may use more of a
// machine than who sends a file to a server.
const heldBytes = 4 << 30

func (h *house) importActivities(ctx context.Context, in input) ([]ledger.Import, error) {
	return alone(h.register.ImportTable(ctx, resolute.Operator(), in.registerSource(), in.file, register.ImportOptions{Progress: in.progress.update, Words: form.Words(), HeldBytes: heldBytes}))
}

func (h *house) importResolution(ctx context.Context, in input) ([]ledger.Import, error) {
	data, err := io.ReadAll(io.LimitReader(in.file, mandate.LargestFile+1)) // the room refuses what is longer
	if err != nil {
		return nil, err
	}
	file := mandate.File{Name: filepath.Base(in.path), Data: data, Side: in.side}
	if in.side == mandate.Both {
		return h.mandate.ImportBoth(ctx, resolute.Operator(), file)
	}
	return alone(h.mandate.Import(ctx, resolute.Operator(), file))
}

func (h *house) importFramework(ctx context.Context, in input) ([]ledger.Import, error) {
	report, err := h.frameworks.Import(ctx, resolute.Operator(), filepath.Base(in.path), in.file)
	return alone(report.Import, err)
}
