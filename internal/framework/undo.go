package framework

import (
	"context"
	"fmt"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/ledger"
)

// Undo takes an import back: the versions before it are current again. It is a Conflict when
// the import was not published, or when a later import replaced one of its schemes: that one
// has to be undone first.
func (f *Framework) Undo(ctx context.Context, by resolute.Actor, importID int64) error {
	now := f.Now().UTC()
	if err := by.Can(resolute.Import, resolute.Object{Kind: "framework", Owner: by.ID}, now.Format(time.DateOnly)); err != nil {
		return err
	}
	err := f.DB.Write(ctx, func(tx *db.Tx) error {
		if err := tx.Serialize(ctx); err != nil {
			return err
		}
		return undo(ctx, tx, by, importID, now.UnixMilli())
	})
	if err != nil {
		return fmt.Errorf("undo import %d: %w", importID, err)
	}
	return nil
}

func undo(ctx context.Context, tx *db.Tx, by resolute.Actor, importID, at int64) error {
	account, err := ledger.Get(ctx, tx, importID)
	if err != nil {
		return err
	}
	if account.Kind != "framework" || account.State != ledger.Done {
		return conflict("import %d is a %s import in state %s: only a done framework import can be undone here", importID, account.Kind, account.State)
	}
	versions, err := versionsOf(ctx, tx, importID)
	if err != nil {
		return err
	}
	for _, v := range versions {
		if v.current != 1 {
			return conflict("a later import replaced a scheme of import %d: undo that one first", importID)
		}
		if err := turnBack(ctx, tx, v); err != nil {
			return err
		}
	}
	seq, err := audit.Record(ctx, tx, audit.Change{At: at, Actor: by.ID, Verb: "undo", Object: fmt.Sprintf("import/%d", importID),
		About: map[string]any{"kind": "framework", "schemes": len(versions)}})
	if err != nil {
		return err
	}
	return ledger.Undo(ctx, tx, importID, seq)
}

func conflict(format string, args ...any) error {
	return &resolute.Error{Code: resolute.Conflict, Field: "import", Message: fmt.Sprintf(format, args...)}
}
