package register

import (
	"context"
	"fmt"
	"os"
	"strings"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/ledger"
)

// publication is what the last, short transaction of an import makes visible.
type publication struct {
	account   ledger.Import
	moved     int64 // last change of the source's activities that the file was compared with
	movedAny  int64 // of those of any source
	list      string
	now       int64
	rekeyed   []rekeyed
	turned    []int64    // staged versions whose lowest flag was guessed wrongly
	flipped   []int64    // standing ones whose flag turns by what the file holds now
	back      []standing // absent before, and in this file unchanged
	gone      []standing
	contested contested
}

type rekeyed struct {
	version    int64
	key        string
	occurrence int
}

// publish moves the pointers, lets one of each identifier count, writes the one change of the
// import and closes its account. What it does was prepared before.
func publish(ctx context.Context, tx *db.Tx, p publication) (ledger.Import, error) {
	if err := tx.Serialize(ctx); err != nil {
		return ledger.Import{}, err
	}
	if err := stillOurs(ctx, tx, p); err != nil {
		return ledger.Import{}, err
	}
	account := p.account
	account.State = ledger.Done
	var err error
	if account.Seq, err = audit.Record(ctx, tx, published(account, p.now, p.list)); err != nil {
		return ledger.Import{}, err
	}
	if err := movePointers(ctx, tx, account.ID, account.Seq); err != nil {
		return ledger.Import{}, err
	}
	movedAny, err := ledger.Moved(ctx, tx, "")
	if err != nil {
		return ledger.Import{}, err
	}
	if movedAny != p.movedAny { // another source may have brought the same identifiers
		p.contested = contested{many: true}
	}
	elected, err := p.contested.elect(ctx, tx, account.ID, account.Seq)
	if err != nil {
		return ledger.Import{}, err
	}
	if err := rememberEntries(ctx, tx, account.ID, account.Seq, elected); err != nil {
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
	result, err := tx.Exec(ctx, `DELETE FROM staging WHERE import = $1 AND pid = $2`, p.account.ID, int64(os.Getpid()))
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errSwept
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
func settleStaged(ctx context.Context, d *db.DB, p publication) error {
	err := inPieces(p.rekeyed, entryBatch, func(some []rekeyed) error {
		return d.Write(ctx, func(tx *db.Tx) error {
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
		return d.Write(ctx, func(tx *db.Tx) error {
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

// movePointers makes what the entries of an import say true.
func movePointers(ctx context.Context, tx *db.Tx, id, seq int64) error {
	for _, s := range []struct {
		text string
		args []any
	}{
		{`INSERT INTO current (key, version, counts, absent, seq)
			SELECT key, after_version, 1, 0, $2 FROM import_entry WHERE import = $1 AND deed IN ('new', 'changed')
			ON CONFLICT (key) DO UPDATE SET version = excluded.version, absent = 0, seq = excluded.seq`, []any{id, seq}},
		{`UPDATE current SET absent = $1, seq = $2 WHERE key IN (SELECT key FROM import_entry WHERE import = $1 AND deed = 'absent')`, []any{id, seq}},
		{`UPDATE current SET absent = 0, seq = $2 WHERE key IN (SELECT key FROM import_entry WHERE import = $1 AND deed = 'present')`, []any{id, seq}},
		{`UPDATE current SET seq = $2 WHERE key IN (SELECT key FROM import_entry WHERE import = $1 AND flipped = 1)`, []any{id, seq}},
		{`UPDATE activity SET lowest = 1 - lowest WHERE version IN (SELECT after_version FROM import_entry WHERE import = $1 AND flipped = 1)`, []any{id}},
	} {
		if _, err := tx.Exec(ctx, s.text, s.args...); err != nil {
			return fmt.Errorf("move pointers of import %d: %w", id, err)
		}
	}
	return nil
}
