package mandate

import (
	"context"
	"fmt"

	"resolute"
)

// HeldQuery asks what is wrong with the texts in force that are held.
type HeldQuery struct {
	Instrument string // key; empty: all
	Day        string // on which they are judged; empty: each on its own
}

// LintHeld tells what is wrong with the texts in force that are held, in the order of their keys. The
// file of a finding is the key, its record the thread of the provision. Each, when set, is told how
// many texts were read, of how many. NotFound when no text of the instrument is held.
func (m *Mandate) LintHeld(ctx context.Context, q HeldQuery, each func(done, total int)) ([]resolute.Finding, error) {
	texts, err := m.textsInForce(ctx, q.Instrument)
	if err != nil {
		return nil, err
	}
	list := []resolute.Finding{}
	for i, t := range texts {
		r, err := m.Read(ctx, t.Instrument, t.ID)
		if err != nil {
			return nil, err
		}
		if r == nil { // taken back meanwhile
			continue
		}
		found := r.Findings
		if q.Day != "" {
			if found, err = m.JudgedOn(ctx, r, q.Day); err != nil {
				return nil, err
			}
		}
		for _, f := range found {
			w, _ := r.ProvisionAt(f.Line)
			f.File, f.Record = r.Instrument, w.Thread
			list = append(list, f)
		}
		if each != nil {
			each(i+1, len(texts))
		}
	}
	return list, nil
}

// textsInForce lists the text in force of an instrument, or of all by key.
func (m *Mandate) textsInForce(ctx context.Context, instrument string) ([]Revision, error) {
	rows, err := m.DB.Query(ctx, `SELECT r.id, r.instrument FROM revision r WHERE ($1 = '' OR r.instrument = $1) AND`+inForce+`ORDER BY r.instrument`, instrument)
	if err != nil {
		return nil, fmt.Errorf("list texts in force: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []Revision
	for rows.Next() {
		var r Revision
		if err := rows.Scan(&r.ID, &r.Instrument); err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if len(list) == 0 && instrument != "" {
		return nil, &resolute.Error{Code: resolute.NotFound, Field: "instrument", Message: "no text of " + instrument + " is held: resolute import resolution FILE.txt brings one in"}
	}
	return list, nil
}

// JudgedOn tells what is wrong with a text on another day than its own: what came after its own day
// is held against it too.
func (m *Mandate) JudgedOn(ctx context.Context, r *Reading, day string) ([]resolute.Finding, error) {
	doc := r.document()
	if doc.Body == "" {
		doc.Body = bodyOfKey(r.Instrument)
	}
	list := LintAsOf(doc, day)
	for _, f := range r.alone {
		if f.Rule == ruleRenumbered {
			list = append(list, f)
		}
	}
	found, err := heldFindings(ctx, m.DB, r.Revision, day, r.Provisions, r.citationsInOrder())
	return sortFindings(append(list, withMarks(found, doc.Lines)...)), err
}

// ProvisionAt finds the provision in which a line of the text stands.
func (r *Reading) ProvisionAt(line int) (w Wording, ok bool) {
	for _, next := range r.Provisions {
		if next.Line > line {
			break
		}
		w, ok = next, true
	}
	return w, ok
}

// citationsInOrder are the citations of each provision.
func (r *Reading) citationsInOrder() [][]Citation {
	cites := make([][]Citation, len(r.Provisions))
	for i, w := range r.Provisions {
		cites[i] = r.CitationsOf(w.Thread)
	}
	return cites
}
