package measure

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/ledger"
)

// publish makes the import visible in one short transaction.
func (i *intake) publish(ctx context.Context) (ledger.Import, error) {
	if err := i.flush(ctx); err != nil { // findings about the file as a whole
		return ledger.Import{}, err
	}
	i.in.describe(&i.account)
	foreseen, err := i.foresee(ctx)
	if err != nil {
		return ledger.Import{}, err
	}
	var account ledger.Import
	err = i.measure.DB.Write(ctx, func(tx *db.Tx) error {
		account = i.account // anew: PostgreSQL may repeat the transaction
		if err := tx.Serialize(ctx); err != nil {
			return err
		}
		result, err := tx.Exec(ctx, `DELETE FROM measure_staging WHERE import = $1 AND pid = $2`, account.ID, int64(os.Getpid()))
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, errSwept)
		}
		if err := i.catchUp(ctx, tx, &account); err != nil {
			return err
		}
		states, err := i.current(ctx, tx, foreseen)
		if err != nil {
			return err
		}
		account.State = ledger.Done
		account.Seq, err = audit.Record(ctx, tx, audit.Change{At: i.measure.Now().UnixMilli(), Actor: i.by.ID, Verb: "import", Object: fmt.Sprintf("import/%d", account.ID), About: about(account)})
		if err != nil {
			return err
		}
		if err := keepStates(ctx, tx, account.Seq, states); err != nil {
			return err
		}
		return ledger.Close(ctx, tx, account)
	})
	return account, err
}

func about(a ledger.Import) map[string]any {
	return map[string]any{"kind": a.Kind, "sha256": a.SHA256, "read": a.Read, "new": a.New, "changed": a.Changed, "unchanged": a.Unchanged, "refused": a.Refused}
}

// refuse keeps the account of a file of which nothing is stored, and gives the reason.
func (i *intake) refuse(ctx context.Context, f resolute.Finding, reason error) (ledger.Import, error) {
	if _, err := io.Copy(io.Discard, i.in); err != nil {
		return ledger.Import{}, err
	}
	account := i.measure.account(i.by, i.account.File, i.account.Source)
	i.in.describe(&account)
	account.State = ledger.Refused
	account.Total.Add(f.Severity)
	f.File = ""
	err := i.measure.DB.Write(ctx, func(tx *db.Tx) (err error) {
		if account.ID, err = ledger.Begin(ctx, tx, account); err != nil {
			return err
		}
		if account.Seq, err = audit.Record(ctx, tx, audit.Change{At: i.measure.Now().UnixMilli(), Actor: i.by.ID, Verb: "refuse", Object: fmt.Sprintf("import/%d", account.ID),
			About: map[string]any{"kind": account.Kind, "sha256": account.SHA256, "rule": f.Rule}}); err != nil {
			return err
		}
		if err := ledger.AddFindings(ctx, tx, account.ID, 0, []resolute.Finding{f}); err != nil {
			return err
		}
		return ledger.Close(ctx, tx, account)
	})
	if err != nil {
		return ledger.Import{}, err
	}
	code := resolute.CodeOf(reason)
	if code != resolute.Conflict {
		code = resolute.Invalid
	}
	return account, &resolute.Error{Code: code, Field: account.File, Message: withPlace(f)}
}

// withPlace is what a finding says, behind its line and column where it has them.
func withPlace(f resolute.Finding) string {
	switch {
	case f.Line == 0:
		return f.Message
	case f.Column == 0:
		return fmt.Sprintf("line %d: %s", f.Line, f.Message)
	}
	return fmt.Sprintf("line %d, column %d: %s", f.Line, f.Column, f.Message)
}
