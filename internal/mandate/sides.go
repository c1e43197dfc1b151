package mandate

import (
	"context"
	"fmt"
	"time"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/ledger"
)

// TakeSides takes both texts of a text that mixes two revisions in as revisions of its instrument,
// in one transaction: the one after first, whose operative provisions keep the threads of the
// mixed text, then the one before, aligned with it. It gives the accounts before, after. It
// returns Conflict while a doubtful span is undecided, Invalid for a text that is not mixed or
// whose sides cannot be read, and Forbidden without the right.
func (m *Mandate) TakeSides(ctx context.Context, by resolute.Actor, r *Reading) ([]ledger.Import, error) {
	now := m.Now()
	if err := by.Can(resolute.Import, resolute.Object{Kind: "revision", Owner: by.ID}, now.Format(time.DateOnly)); err != nil {
		return nil, err
	}
	if !r.Mixed {
		return nil, &resolute.Error{Code: resolute.Invalid, Field: "text", Message: "this text does not mix two revisions: there is nothing to take apart"}
	}
	var accounts []ledger.Import
	err := m.DB.Write(ctx, func(tx *db.Tx) error {
		accounts = nil
		if err := tx.Serialize(ctx); err != nil {
			return err
		}
		decisions, err := decisionsOn(ctx, tx, r.Instrument, r.Label)
		if err != nil {
			return err
		}
		p := apart(r.Body, decisions)
		if p.Undecided() > 0 {
			return &resolute.Error{Code: resolute.Conflict, Field: "span", Message: fmt.Sprintf("%d doubtful spans are not decided yet: resolute mandate decide lists them, and so does the redline of the text", p.Undecided())}
		}
		after, err := takeSide(ctx, tx, by, r, After, p.After, now)
		if err != nil {
			return err
		}
		before, err := takeSide(ctx, tx, by, r, Before, p.Before, now)
		accounts = []ledger.Import{before, after}
		return err
	})
	return accounts, err
}

// takeSide stores one of the two texts; its account is named for the file of the mixed text.
func takeSide(ctx context.Context, tx *db.Tx, by resolute.Actor, r *Reading, side Side, text string, now time.Time) (ledger.Import, error) {
	mixed, err := ledger.Get(ctx, tx, r.Import)
	if err != nil {
		return ledger.Import{}, err
	}
	in := newIncoming(by, File{Name: fmt.Sprintf("%s (%s)", mixed.File, side), Data: []byte(text)}, now)
	in.apart = r.ID
	if fault := in.read(); fault != nil {
		return in.account, &resolute.Error{Code: resolute.Invalid, Field: string(side), Message: fault.Message}
	}
	if in.instrument != r.Instrument || in.mixed {
		return in.account, &resolute.Error{Code: resolute.Invalid, Field: string(side), Message: "the text of this side still mixes two revisions, or names another instrument: decide its head first"}
	}
	err = in.store(ctx, tx)
	return in.account, err
}
