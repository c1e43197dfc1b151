package framework

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/ledger"
)

// ratesKind is the kind of account of exchange rates.
const ratesKind = "rates"

// ImportRates reads a file of exchange rates. Its rates stand beside those of other imports; for the
// same base, currency and day the latest import's stand. The account is kept in either case: a file
// with a fault is refused whole and comes back with its findings and an Error, Invalid. An actor
// without the right gets Forbidden and no account.
func (f *Framework) ImportRates(ctx context.Context, by resolute.Actor, file string, from io.Reader) (Report, error) {
	now := f.Now().UTC()
	if err := by.Can(resolute.Import, resolute.Object{Kind: "framework", Owner: by.ID}, now.Format(time.DateOnly)); err != nil {
		return Report{}, err
	}
	data, account, err := receive(from, file)
	if err != nil {
		return Report{}, err
	}
	rows, findings, err := readRateFile(file, bytes.NewReader(data))
	if err != nil {
		return Report{}, err
	}
	if account.Bytes > MaxFileBytes {
		rows, findings = nil, []resolute.Finding{headerFinding(file, fmt.Sprintf("%d bytes", account.Bytes), fmt.Sprintf("a file of at most %d bytes: import the years one by one", MaxFileBytes))}
	}
	account.Kind, account.Owner, account.Actor, account.At = ratesKind, by.ID, by.ID, now.UnixMilli()
	report := Report{}
	err = f.DB.Write(ctx, func(tx *db.Tx) error {
		report = Report{Import: account, Findings: findings} // anew: PostgreSQL may repeat the transaction
		if err := tx.Serialize(ctx); err != nil {
			return err
		}
		return storeRates(ctx, tx, by, &report, rows)
	})
	if err != nil {
		return Report{}, fmt.Errorf("import exchange rates %s: %w", file, err)
	}
	return report, report.refusal()
}

func storeRates(ctx context.Context, tx *db.Tx, by resolute.Actor, report *Report, rows []rateRow) (err error) {
	if report.ID, err = ledger.Begin(ctx, tx, report.Import); err != nil {
		return err
	}
	verb := "import"
	report.State = ledger.Done
	if len(report.Findings) > 0 {
		verb, report.State = "refuse", ledger.Refused
	}
	for _, finding := range report.Findings {
		report.Total.Add(finding.Severity)
	}
	known, err := readRates(ctx, tx)
	if err != nil {
		return err
	}
	report.countRates(rows, known)
	report.Seq, err = audit.Record(ctx, tx, audit.Change{At: report.At, Actor: by.ID, Verb: verb, Object: fmt.Sprintf("import/%d", report.ID), About: map[string]any{
		"kind": ratesKind, "sha256": report.SHA256, "new": report.New, "changed": report.Changed, "unchanged": report.Unchanged}})
	if err != nil {
		return err
	}
	values := make([][]any, len(rows))
	for i, x := range rows {
		values[i] = []any{report.ID, int64(i + 1), x.Base, x.Currency, x.Day, x.Units, int64(x.valid), x.Source}
	}
	if err := tx.Bulk(ctx, "rate", []string{"import", "n", "base", "currency", "day", "rate", "valid_days", "source"}, values); err != nil {
		return err
	}
	if err := ledger.AddFindings(ctx, tx, report.ID, 0, report.Findings); err != nil {
		return err
	}
	return ledger.Close(ctx, tx, report.Import)
}

// countRates counts rows as new, changed and unchanged against the rates that readers see.
func (r *Report) countRates(rows []rateRow, known *Rates) {
	for _, x := range rows {
		r.Read++
		old, there := known.on(x.Base, x.Currency, x.Day)
		switch {
		case !there || old.Day != x.Day:
			r.New++
		case old.Units != x.Units || old.Last != daysAfter(x.Day, x.valid) || old.Source != x.Source:
			r.Changed++
		default:
			r.Unchanged++
		}
	}
}

// UndoRates takes an import of exchange rates back: those of other imports stand in its place. It is
// a Conflict when it was not published.
func (f *Framework) UndoRates(ctx context.Context, by resolute.Actor, importID int64) error {
	now := f.Now().UTC()
	if err := by.Can(resolute.Import, resolute.Object{Kind: "framework", Owner: by.ID}, now.Format(time.DateOnly)); err != nil {
		return err
	}
	err := f.DB.Write(ctx, func(tx *db.Tx) error {
		if err := tx.Serialize(ctx); err != nil {
			return err
		}
		account, err := ledger.Get(ctx, tx, importID)
		if err != nil {
			return err
		}
		if account.Kind != ratesKind || account.State != ledger.Done {
			return conflict("import %d is a %s import in state %s: only a done import of rates can be undone here", importID, account.Kind, account.State)
		}
		seq, err := audit.Record(ctx, tx, audit.Change{At: now.UnixMilli(), Actor: by.ID, Verb: "undo", Object: fmt.Sprintf("import/%d", importID),
			About: map[string]any{"kind": ratesKind, "rates": account.Read}})
		if err != nil {
			return err
		}
		return ledger.Undo(ctx, tx, importID, seq)
	})
	if err != nil {
		return fmt.Errorf("undo import %d: %w", importID, err)
	}
	return nil
}
