package mandate

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/search"
)

// seen says which revisions readers see.
const seen = ` state IN ('approved', 'locked') AND undo_seq = 0 `

// newest orders the texts of an instrument, the one that stands first: the latest day, then a text
// of one revision before one that mixes two, then the latest import.
const newest = ` day DESC, mixed, id DESC `

// inForce says which revision r of an instrument stands.
const inForce = ` r.id = (SELECT f.id FROM revision f WHERE f.instrument = r.instrument AND` + seen + `ORDER BY` + newest + `LIMIT 1) `

// editionBefore gives the texts of the provisions of an edition's newest revision by thread, and
// that revision's text; empty before there is one.
func editionBefore(ctx context.Context, q db.Queryer, instrument, label string) (texts map[string]string, body string, err error) {
	var id int64
	texts = map[string]string{}
	err = q.QueryRow(ctx, `SELECT id, body FROM revision WHERE instrument = $1 AND label = $2 AND`+seen+`ORDER BY id DESC LIMIT 1`, instrument, label).Scan(&id, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return texts, "", nil
	}
	if err != nil {
		return nil, "", fmt.Errorf("read revision: %w", err)
	}
	rows, err := q.Query(ctx, `SELECT thread, text FROM provision WHERE revision = $1 ORDER BY n`, id)
	if err != nil {
		return nil, "", fmt.Errorf("read provisions: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var thread, text string
		if err := rows.Scan(&thread, &text); err != nil {
			return nil, "", err
		}
		texts[thread] = text
	}
	return texts, body, rows.Err()
}

func insertRevision(ctx context.Context, tx *db.Tx, in *incoming, list []Wording, cites [][]Citation) (int64, error) {
	var id int64
	d := in.doc
	err := tx.QueryRow(ctx, `INSERT INTO revision (instrument, label, title, owner, state, import, sha256, body, kind, number, day, mixed, apart)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id`,
		in.instrument, d.Label, d.Title, in.by.ID, string(resolute.Approved), in.account.ID, hashOf([]byte(in.text)), in.text, d.Kind, d.Number, d.Day, flag(in.mixed), in.apart).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("store revision: %w", err)
	}
	if err := insertCitations(ctx, tx, id, list, cites); err != nil {
		return 0, err
	}
	if err := in.linkSelf(ctx, tx, id, list, selfLinks(list, cites, in.doc.Lang)); err != nil {
		return 0, err
	}
	return id, insertProvisions(ctx, tx, id, list)
}

func insertProvisions(ctx context.Context, tx *db.Tx, revision int64, list []Wording) error {
	values := make([][]any, len(list))
	for i, w := range list {
		words := search.Padded(search.Tokens(w.Heading + " " + w.Text)...)
		values[i] = []any{revision, int64(i + 1), w.Thread, w.Parent, w.Heading, flag(w.Operative), w.Mark, int64(w.Line), w.Text,
			int64(w.Part), int64(w.Level), strings.Join(w.Addressees, "|"), flag(w.Provisional), words, w.Path, w.Perhaps, int64(w.Likeness)}
	}
	return tx.Bulk(ctx, "provision", []string{"revision", "n", "thread", "parent", "heading", "operative", "mark", "line", "text",
		"part", "level", "addressees", "provisional", "words", "path", "perhaps", "likeness"}, values)
}

func insertCitations(ctx context.Context, tx *db.Tx, revision int64, list []Wording, cites [][]Citation) error {
	var values [][]any
	for i, w := range list {
		for _, c := range cites[i] {
			for _, t := range c.Targets {
				if t.Key != "" && t.Key != selfKey {
					values = append(values, []any{revision, int64(len(values) + 1), w.Thread, t.Key, t.ID()})
				}
			}
		}
	}
	return tx.Bulk(ctx, "citation", []string{"revision", "n", "thread", "key", "id"}, values)
}

func publishRevision(ctx context.Context, tx *db.Tx, id, seq int64) error {
	_, err := tx.Exec(ctx, `UPDATE revision SET seq = $1 WHERE id = $2`, seq, id)
	return err
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

const revisionColumns = `r.id, r.instrument, r.kind, r.number, r.label, r.title, r.day, r.import, r.mixed, r.settled,
	(SELECT count(*) FROM provision p WHERE p.revision = r.id)`

// textsState names a state of all texts. It moves when one comes in or is taken back, and when
// threads or structure of one move; not with activities or what else is logged.
type textsState struct{ texts, newest, taken, undone, settled int64 }

func readTextsState(ctx context.Context, q db.Queryer) (s textsState, err error) {
	err = q.QueryRow(ctx, `SELECT COUNT(*), COALESCE(MAX(id), 0), COALESCE(MAX(seq), 0), COALESCE(MAX(undo_seq), 0), COALESCE(MAX(settled), 0) FROM revision`).Scan(
		&s.texts, &s.newest, &s.taken, &s.undone, &s.settled)
	if err != nil {
		return s, fmt.Errorf("look for texts that moved: %w", err)
	}
	return s, nil
}

// Revisions lists the texts held of an instrument, the one in force first. Empty asks for the texts of all instruments.
func (m *Mandate) Revisions(ctx context.Context, instrument string) ([]Revision, error) {
	rows, err := m.DB.Query(ctx, `SELECT `+revisionColumns+` FROM revision r WHERE ($1 = '' OR r.instrument = $1) AND`+seen+
		`ORDER BY r.instrument,`+newest, instrument)
	if err != nil {
		return nil, fmt.Errorf("list revisions: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []Revision
	for rows.Next() {
		r, err := scanRevision(rows)
		if err != nil {
			return nil, err
		}
		if n := len(list); n > 0 && list[n-1].sameEdition(r) {
			continue // an earlier import of the same edition
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

func scanRevision(row interface{ Scan(...any) error }) (r Revision, err error) {
	var mixed int64
	err = row.Scan(&r.ID, &r.Instrument, &r.Kind, &r.Number, &r.Label, &r.Title, &r.Day, &r.Import, &mixed, &r.settled, &r.Provisions)
	r.Mixed = mixed == 1
	return r, err
}

// InForce gives the number of the revision whose wording stands for an instrument; 0 when no text
// is held.
func InForce(ctx context.Context, q db.Queryer, instrument string) (int64, error) {
	var id int64
	err := q.QueryRow(ctx, `SELECT id FROM revision WHERE instrument = $1 AND`+seen+`ORDER BY`+newest+`LIMIT 1`, instrument).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return id, err
}

// wordingsOf reads the provisions of a revision in the order of the text.
func (m *Mandate) wordingsOf(ctx context.Context, r Revision) ([]Wording, error) {
	list, err := readWordings(ctx, m.DB, r.ID)
	for i := range list {
		list[i].Revision = r
	}
	return list, err
}

// wordingColumns are what scanWording reads of a provision p.
const wordingColumns = `p.thread, p.parent, p.heading, p.operative, p.mark, p.line, p.text, p.part, p.level, p.addressees, p.provisional, p.path, p.perhaps, p.likeness`

func readWordings(ctx context.Context, q db.Queryer, revision int64) ([]Wording, error) {
	rows, err := q.Query(ctx, `SELECT `+wordingColumns+` FROM provision p WHERE p.revision = $1 ORDER BY p.n`, revision)
	if err != nil {
		return nil, fmt.Errorf("read provisions: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []Wording
	for rows.Next() {
		w, err := scanWording(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, w)
	}
	return list, rows.Err()
}

func scanWording(row interface{ Scan(...any) error }) (w Wording, err error) {
	var operative, provisional int64
	var names string
	err = row.Scan(&w.Thread, &w.Parent, &w.Heading, &operative, &w.Mark, &w.Line, &w.Text, &w.Part, &w.Level, &names, &provisional, &w.Path, &w.Perhaps, &w.Likeness)
	w.Operative, w.Provisional = operative == 1, provisional == 1
	w.Addressees = []string{}
	if names != "" {
		w.Addressees = strings.Split(names, "|")
	}
	return w, err
}
