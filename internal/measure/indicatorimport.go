package measure

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/ledger"
)

// mostIndicatorBytes bounds a file of indicators.
const mostIndicatorBytes = 16 << 20

// IndicatorReport is the account of one import of indicators, with what was found and what it changes.
type IndicatorReport struct {
	ledger.Import
	Findings []resolute.Finding
	Changes  []IndicatorChange // none of a refused file
}

// IndicatorChange is what an import does to one indicator of the catalogue.
type IndicatorChange struct {
	Code   string
	Name   resolute.Text
	Before map[string]string // the cells that differ, by column; nil: it was not known
	After  map[string]string
}

// ImportIndicators reads a file of indicators; each row says all of its indicator, and takes the place
// of what the catalogue says. The account is kept in either case: a file with a fault is refused whole
// and comes back with its findings and an Error, Invalid. An actor without the right gets Forbidden and
// no account.
func (m *Measure) ImportIndicators(ctx context.Context, by resolute.Actor, src Source, from io.Reader) (IndicatorReport, error) {
	account, data, err := m.receiveIndicators(by, src, from)
	if err != nil {
		return IndicatorReport{}, err
	}
	var report IndicatorReport
	err = m.DB.Write(ctx, func(tx *db.Tx) error {
		report = IndicatorReport{Import: account} // anew: PostgreSQL may repeat the transaction
		if err := tx.Serialize(ctx); err != nil {
			return err
		}
		rows, err := m.compareIndicators(ctx, tx, &report, data)
		if err != nil {
			return err
		}
		return storeIndicators(ctx, tx, by, &report, rows)
	})
	if err != nil {
		return IndicatorReport{}, fmt.Errorf("import indicators %s: %w", src.File, err)
	}
	return report, report.refusal()
}

// PreviewIndicators tells what ImportIndicators would do, and stores nothing.
func (m *Measure) PreviewIndicators(ctx context.Context, by resolute.Actor, src Source, from io.Reader) (IndicatorReport, error) {
	account, data, err := m.receiveIndicators(by, src, from)
	if err != nil {
		return IndicatorReport{}, err
	}
	report := IndicatorReport{Import: account}
	err = m.DB.View(ctx, func(q db.Queryer) error {
		_, err := m.compareIndicators(ctx, q, &report, data)
		return err
	})
	if err != nil {
		return IndicatorReport{}, fmt.Errorf("look at indicators %s: %w", src.File, err)
	}
	return report, report.refusal()
}

func (m *Measure) receiveIndicators(by resolute.Actor, src Source, from io.Reader) (ledger.Import, []byte, error) {
	if src.Name == "" {
		src.Name = src.File
	}
	if err := m.mayImport(by, src.Name); err != nil {
		return ledger.Import{}, nil, err
	}
	data, err := io.ReadAll(io.LimitReader(from, mostIndicatorBytes+1))
	if err != nil {
		return ledger.Import{}, nil, fmt.Errorf("read %s: %w", src.File, err)
	}
	account := m.account(by, src.File, src.Name)
	sum := sha256.Sum256(data)
	account.Kind, account.SHA256, account.Bytes = kindIndicators, hex.EncodeToString(sum[:]), int64(len(data))
	return account, data, nil
}

// compareIndicators reads the file and counts what it changes of the catalogue that readers see.
func (m *Measure) compareIndicators(ctx context.Context, q db.Queryer, report *IndicatorReport, data []byte) (rows []map[string]string, err error) {
	seq, err := upTo(ctx, q, 0)
	if err != nil {
		return nil, err
	}
	known, err := readCatalogue(ctx, q, seq)
	if err != nil {
		return nil, err
	}
	if len(data) > mostIndicatorBytes {
		report.Findings = []resolute.Finding{indicatorHeader(report.File, "a larger file", fmt.Sprintf("a file of at most %d bytes", mostIndicatorBytes))}
	} else if rows, report.Findings, err = readIndicators(report.File, bytes.NewReader(data), known); err != nil {
		return nil, err
	}
	report.State = ledger.Done
	for _, f := range report.Findings {
		report.State = ledger.Refused
		report.Total.Add(f.Severity)
	}
	for _, cells := range rows {
		report.compare(cells, known)
	}
	return rows, nil
}

func (r *IndicatorReport) compare(cells map[string]string, known *Catalogue) {
	r.Read++
	c := conceptOf(cells)
	before, there := known.Concept(c.ID)
	switch {
	case !there:
		r.New++
		r.Changes = append(r.Changes, IndicatorChange{Code: c.ID, Name: c.Name, After: cells})
	case maps.Equal(before.cells, cells):
		r.Unchanged++
	default:
		r.Changed++
		change := IndicatorChange{Code: c.ID, Name: c.Name, Before: map[string]string{}, After: map[string]string{}}
		for _, column := range IndicatorColumns {
			if was, is := before.cells[column], cells[column]; was != is {
				change.Before[column], change.After[column] = was, is
			}
		}
		r.Changes = append(r.Changes, change)
	}
}

func storeIndicators(ctx context.Context, tx *db.Tx, by resolute.Actor, report *IndicatorReport, rows []map[string]string) (err error) {
	if report.ID, err = ledger.Begin(ctx, tx, report.Import); err != nil {
		return err
	}
	verb := "import"
	if report.State == ledger.Refused {
		verb = "refuse"
	}
	report.Seq, err = audit.Record(ctx, tx, audit.Change{At: report.At, Actor: by.ID, Verb: verb, Object: fmt.Sprintf("import/%d", report.ID), About: about(report.Import)})
	if err != nil {
		return err
	}
	values := make([][]any, len(rows))
	for n, cells := range rows {
		text, err := json.Marshal(cells)
		if err != nil {
			return err
		}
		values[n] = []any{report.ID, int64(n + 1), cells["code"], string(text)}
	}
	if err := tx.Bulk(ctx, "indicator_definition", []string{"import", "n", "code", "cells"}, values); err != nil {
		return err
	}
	if err := ledger.AddFindings(ctx, tx, report.ID, 0, report.Findings); err != nil {
		return err
	}
	return ledger.Close(ctx, tx, report.Import)
}

// refusal is the error of a refused file.
func (r IndicatorReport) refusal() error {
	if r.State != ledger.Refused {
		return nil
	}
	first := r.Findings[0]
	return &resolute.Error{Code: resolute.Invalid, Field: "file", Message: fmt.Sprintf("%s:%d:%d: %s", r.File, first.Line, first.Column, first.Message)}
}

// UndoIndicators takes an import of indicators back: what the catalogue said before, and what other
// imports say, counts again. It is a Conflict when it was not published or was taken back already,
// and NotFound when there is none.
func (m *Measure) UndoIndicators(ctx context.Context, by resolute.Actor, id int64) (ledger.Import, error) {
	now := m.Now()
	if err := by.Can(resolute.Import, resolute.Object{Kind: "import", ID: fmt.Sprint(id)}, now.Format(time.DateOnly)); err != nil {
		return ledger.Import{}, err
	}
	var account ledger.Import
	err := m.DB.Write(ctx, func(tx *db.Tx) (err error) {
		if err = tx.Serialize(ctx); err != nil {
			return err
		}
		if account, err = ledger.Get(ctx, tx, id); err != nil {
			return err
		}
		if account.Kind != kindIndicators || account.State != ledger.Done {
			return &resolute.Error{Code: resolute.Conflict, Field: "import", Message: fmt.Sprintf("import %d is a %s import in state %s: only a done import of indicators can be undone here", id, account.Kind, account.State)}
		}
		seq, err := audit.Record(ctx, tx, audit.Change{At: now.UnixMilli(), Actor: by.ID, Verb: "undo", Object: fmt.Sprintf("import/%d", id),
			About: map[string]any{"kind": kindIndicators, "new": account.New, "changed": account.Changed}})
		if err != nil {
			return err
		}
		account.State, account.UndoSeq = ledger.Undone, seq
		return ledger.Undo(ctx, tx, id, seq)
	})
	return account, err
}
