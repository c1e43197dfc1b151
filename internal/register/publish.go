package register

import (
	"context"
	"fmt"
	"strings"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/ledger"
)

// publication is what the last, short transaction of an import makes visible.
type publication struct {
	account ledger.Import
	moved   int64 // last change of the source's activities that the file was compared with
	list    string
	now     int64
	rekeyed []rekeyed
	turned  []int64    // staged versions whose lowest flag was guessed wrongly
	flipped []int64    // standing ones whose flag turns by what the file holds now
	back    []standing // absent before, and in this file unchanged
	gone    []standing
	ahead   ahead
}

type rekeyed struct {
	version    int64
	key        string
	occurrence int
}

// publish moves the pointers, lets one of each identifier count, writes the one change of the
// import and closes its account. What it does was prepared before, and the transaction is serialized.
func publish(ctx context.Context, tx *db.Tx, p publication) (ledger.Import, error) {
	if err := stillOurs(ctx, tx, p); err != nil {
		return ledger.Import{}, err
	}
	account := p.account
	account.State = ledger.Done
	var err error
	if account.Seq, err = audit.Record(ctx, tx, published(account, p.now, p.list)); err != nil {
		return ledger.Import{}, err
	}
	if err := p.ahead.apply(ctx, tx, account.Seq); err != nil {
		return ledger.Import{}, err
	}
	return account, ledger.Close(ctx, tx, account)
}

// published is the change of an import, whose actor is that of its account; list is the hash over
// what it did.
func published(account ledger.Import, now int64, list string) audit.Change {
	return audit.Change{At: now, Actor: account.Actor, Verb: "import", Object: fmt.Sprintf("import/%d", account.ID), About: map[string]any{
		"kind": account.Kind, "sha256": account.SHA256, "list": list, "read": account.Read, "new": account.New, "changed": account.Changed,
		"unchanged": account.Unchanged, "refused": account.Refused, "absent": account.Absent, "transactions": account.Transactions}}
}

// stillOurs fails when this import was swept, or another of the same source came in between:
// what it was compared with is then no longer what stands.
func stillOurs(ctx context.Context, tx *db.Tx, p publication) error {
	if err := beat(ctx, tx, p.account.ID, p.now); err != nil {
		return err
	}
	moved, err := ledger.Moved(ctx, tx, p.account.Source)
	if err != nil {
		return err
	}
	if moved != p.moved {
		return &resolute.Error{Code: resolute.Conflict, Field: "source",
			Message: fmt.Sprintf("an import of %q was published or undone by change %d while this one was read: nothing of this one is stored, start it again", p.account.Source, moved)}
	}
	return nil
}

// settleStaged corrects what could only be known at the end of the file.
func settleStaged(ctx context.Context, write writing, p publication) error {
	err := inPieces(p.rekeyed, entryBatch, func(some []rekeyed) error {
		return write(func(tx *db.Tx) error {
			for _, r := range some { // several activities of one identifier: few
				if _, err := tx.Exec(ctx, `UPDATE activity SET key = $1, occurrence = $2 WHERE version = $3`, r.key, int64(r.occurrence), r.version); err != nil {
					return fmt.Errorf("settle keys: %w", err)
				}
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	return inPieces(p.turned, entryBatch, func(some []int64) error {
		return write(func(tx *db.Tx) error {
			return inChunks(some, func(list string) error {
				_, err := tx.Exec(ctx, `UPDATE activity SET lowest = 1 - lowest WHERE version IN (`+list+`)`)
				return err
			})
		})
	})
}

// inChunks calls do with lists of version numbers as SQL; they are ours, never input.
func inChunks(versions []int64, do func(list string) error) error {
	for len(versions) > 0 {
		n := min(lookupIDs, len(versions))
		if err := do(numbers(versions[:n])); err != nil {
			return err
		}
		versions = versions[n:]
	}
	return nil
}

func numbers(list []int64) string {
	var b strings.Builder
	for i, n := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprint(&b, n)
	}
	return b.String()
}
