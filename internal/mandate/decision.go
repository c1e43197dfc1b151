package mandate

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/mandate/redline"
)

// TakenApart is how a text that mixes two revisions comes apart: what is proposed, with what
// persons decided.
type TakenApart struct {
	redline.Proposal
	Lost []redline.Decision `json:"lost"` // decisions whose words the text no longer has in one place
}

// Undecided counts the spans that are doubtful and that nobody decided.
func (t TakenApart) Undecided() (n int) {
	for _, s := range t.Spans {
		if !s.Sure() {
			n++
		}
	}
	return n
}

// Apart takes a text held apart, following what was decided about its edition.
func (m *Mandate) Apart(ctx context.Context, r *Reading) (TakenApart, error) {
	decisions, err := decisionsOn(ctx, m.DB, r.Instrument, r.Label)
	return apart(r.Body, decisions), err
}

func apart(text string, decisions []redline.Decision) TakenApart {
	p, lost := redline.Decide(text, decisions)
	return TakenApart{p, append([]redline.Decision{}, lost...)}
}

// DecideSpan keeps what a person says about one proposed span of a text: struck, inserted, a mark
// in the margin or kept. It takes the place of an earlier decision about the same words. It returns
// NotFound for a span that is not proposed, Invalid without a reason or for an unknown verdict, and
// Forbidden without the right.
func (m *Mandate) DecideSpan(ctx context.Context, by resolute.Actor, r *Reading, span string, as redline.Kind, reason string) (redline.Decision, error) {
	if err := m.mayDecide(by, r.Instrument); err != nil {
		return redline.Decision{}, err
	}
	if !slices.Contains(redline.Verdicts, as) {
		return redline.Decision{}, &resolute.Error{Code: resolute.Invalid, Field: "as", Message: "a span is deleted, inserted, mark or kept"}
	}
	if err := checkReason(reason); err != nil {
		return redline.Decision{}, err
	}
	var made redline.Decision
	err := m.DB.Write(ctx, func(tx *db.Tx) (err error) {
		if err = tx.Serialize(ctx); err != nil {
			return err
		}
		made, err = m.decideSpan(ctx, tx, by, r, span, redline.Decision{As: as, Reason: strings.TrimSpace(reason), By: by.ID, At: m.Now().UnixMilli()})
		return err
	})
	return made, err
}

func (m *Mandate) mayDecide(by resolute.Actor, instrument string) error {
	return by.Can(resolute.Decide, resolute.Object{Kind: "revision", ID: instrument}, m.Now().Format(time.DateOnly))
}

func (m *Mandate) decideSpan(ctx context.Context, tx *db.Tx, by resolute.Actor, r *Reading, span string, d redline.Decision) (redline.Decision, error) {
	decisions, err := decisionsOn(ctx, tx, r.Instrument, r.Label)
	if err != nil {
		return d, err
	}
	spans := apart(r.Body, decisions).Spans
	at := slices.IndexFunc(spans, func(s redline.Span) bool { return s.ID() == span })
	if at < 0 {
		return d, &resolute.Error{Code: resolute.NotFound, Field: "span", Message: "no such span is proposed for this text"}
	}
	s := spans[at]
	d.Line, d.Start, d.End, d.Text, d.Whole = s.Line, s.Start, s.End, s.Text, lineOf(r.Body, s.Line)
	seq, err := audit.Record(ctx, tx, audit.Change{At: d.At, Actor: by.ID, Verb: "span", Object: "mandate/" + r.Instrument,
		About: map[string]any{"verdict": "decide", "edition": r.Label, "span": s.ID(), "text": s.Text, "as": string(d.As), "reason": d.Reason}})
	if err != nil {
		return d, err
	}
	if s.Decided != nil {
		if err := withdrawDecision(ctx, tx, s.Decided.ID, seq); err != nil {
			return d, err
		}
	}
	d.ID, err = insertDecision(ctx, tx, r, d, seq)
	return d, err
}

func lineOf(text string, number int) string {
	n := 0
	for line := range strings.Lines(text) {
		if n++; n == number {
			return strings.TrimRight(line, "\r\n")
		}
	}
	return ""
}

// UndoSpan takes a decision about a span back: the proposal stands again. It returns NotFound for
// a decision that does not hold for the text's edition, Forbidden without the right.
func (m *Mandate) UndoSpan(ctx context.Context, by resolute.Actor, r *Reading, id int64) error {
	if err := m.mayDecide(by, r.Instrument); err != nil {
		return err
	}
	return m.DB.Write(ctx, func(tx *db.Tx) error {
		if err := tx.Serialize(ctx); err != nil {
			return err
		}
		decisions, err := decisionsOn(ctx, tx, r.Instrument, r.Label)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(decisions, func(d redline.Decision) bool { return d.ID == id })
		if at < 0 {
			return &resolute.Error{Code: resolute.NotFound, Field: "decision", Message: "no such decision holds for this text"}
		}
		seq, err := audit.Record(ctx, tx, audit.Change{At: m.Now().UnixMilli(), Actor: by.ID, Verb: "span", Object: "mandate/" + r.Instrument,
			About: map[string]any{"verdict": "undo", "edition": r.Label, "decision": id, "span": decisions[at].Span()}})
		if err != nil {
			return err
		}
		return withdrawDecision(ctx, tx, id, seq)
	})
}

func decisionsOn(ctx context.Context, q db.Queryer, instrument, label string) ([]redline.Decision, error) {
	rows, err := q.Query(ctx, `SELECT id, line, span_start, span_end, text, whole_line, verdict, reason, actor, at FROM span_decision
		WHERE instrument = $1 AND label = $2 AND undo_seq = 0 ORDER BY id`, instrument, label)
	if err != nil {
		return nil, fmt.Errorf("read decisions on %s: %w", instrument, err)
	}
	defer func() { _ = rows.Close() }()
	var list []redline.Decision
	for rows.Next() {
		var d redline.Decision
		if err := rows.Scan(&d.ID, &d.Line, &d.Start, &d.End, &d.Text, &d.Whole, &d.As, &d.Reason, &d.By, &d.At); err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, rows.Err()
}

func insertDecision(ctx context.Context, tx *db.Tx, r *Reading, d redline.Decision, seq int64) (id int64, err error) {
	err = tx.QueryRow(ctx, `INSERT INTO span_decision (instrument, label, line, span_start, span_end, text, whole_line, verdict, reason, actor, at, seq)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id`,
		r.Instrument, r.Label, d.Line, d.Start, d.End, d.Text, d.Whole, string(d.As), d.Reason, d.By, d.At, seq).Scan(&id)
	return id, err
}

func withdrawDecision(ctx context.Context, tx *db.Tx, id, seq int64) error {
	_, err := tx.Exec(ctx, `UPDATE span_decision SET undo_seq = $1 WHERE id = $2`, seq, id)
	return err
}

// fitDecisions looks whether what was decided about the edition still fits the text that comes in,
// and says of what does not where it stood.
func (in *incoming) fitDecisions(ctx context.Context, q db.Queryer) error {
	if !in.mixed || in.account.State == "refused" {
		return nil
	}
	decisions, err := decisionsOn(ctx, q, in.instrument, in.doc.Label)
	if err != nil || len(decisions) == 0 {
		return err
	}
	for _, d := range apart(in.text, decisions).Lost {
		f := resolute.Finding{Rule: "decision-unfit", Severity: resolute.SeverityWarning, Line: d.Line, Column: d.Start + 1, Found: d.Text,
			Expected: "the words in one place", Message: fmt.Sprintf("decision %d of %s (%s) fits no single place of this text any more: decide again", d.ID, d.By, d.As)}
		in.findings = append(in.findings, f)
		in.account.Total.Add(f.Severity)
	}
	return nil
}
