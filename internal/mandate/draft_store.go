package mandate

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"resolute"
	"resolute/internal/db"
)

const draftColumns = `d.id, d.instrument, d.base, v.place, v.year, v.day, d.owner, d.state, v.n, v.at`

func scanDraft(row interface{ Scan(...any) error }, more ...any) (d Draft, err error) {
	err = row.Scan(append([]any{&d.ID, &d.Instrument, &d.Base, &d.Place, &d.Year, &d.Day, &d.Owner, &d.State, &d.Version, &d.At}, more...)...)
	return d, err
}

// Drafts lists the drafts of an instrument without their lines, the newest first; empty asks for
// all. Forbidden without the right to compose: drafts are nobody else's.
func (m *Mandate) Drafts(ctx context.Context, by resolute.Actor, instrument string) ([]Draft, error) {
	if err := m.mayCompose(by); err != nil {
		return nil, err
	}
	rows, err := m.DB.Query(ctx, `SELECT `+draftColumns+` FROM draft d JOIN draft_version v ON v.draft = d.id AND v.n = d.version
		WHERE $1 = '' OR d.instrument = $1 ORDER BY d.id DESC`, instrument)
	if err != nil {
		return nil, fmt.Errorf("list drafts: %w", err)
	}
	defer func() { _ = rows.Close() }()
	list := []Draft{}
	for rows.Next() {
		d, err := scanDraft(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, rows.Err()
}

func (m *Mandate) mayCompose(by resolute.Actor) error {
	return by.Can(resolute.Compose, resolute.Object{Kind: "draft", Owner: by.ID}, m.Now().Format(time.DateOnly))
}

// Draft reads a draft as it stands. NotFound for an unknown one; Forbidden as for Drafts.
func (m *Mandate) Draft(ctx context.Context, by resolute.Actor, id int64) (*DraftReading, error) {
	if err := m.mayCompose(by); err != nil {
		return nil, err
	}
	d, err := draftAt(ctx, m.DB, id, 0)
	if err != nil {
		return nil, err
	}
	first, err := draftAt(ctx, m.DB, id, 1)
	if err != nil {
		return nil, err
	}
	return readDraft(ctx, m.DB, d, first.Lines)
}

// draftAt reads one version of a draft; 0 is the one that stands.
func draftAt(ctx context.Context, q db.Queryer, id, version int64) (Draft, error) {
	var lines string
	d, err := scanDraft(q.QueryRow(ctx, `SELECT `+draftColumns+`, v.lines FROM draft d JOIN draft_version v ON v.draft = d.id
		AND v.n = CASE WHEN $2 = 0 THEN d.version ELSE $2 END WHERE d.id = $1`, id, version), &lines)
	if errors.Is(err, sql.ErrNoRows) {
		return d, &resolute.Error{Code: resolute.NotFound, Field: "draft", Message: fmt.Sprintf("there is no version %d of a draft %d", version, id)}
	}
	if err != nil {
		return d, fmt.Errorf("read draft %d: %w", id, err)
	}
	if err := json.Unmarshal([]byte(lines), &d.Lines); err != nil {
		return d, fmt.Errorf("read draft %d: %w", id, err)
	}
	return d, nil
}

// DraftVersion tells of one save of a draft.
type DraftVersion struct {
	N        int64  `json:"n"`
	At       int64  `json:"at"` // Unix milliseconds
	Actor    string `json:"actor"`
	Verb     string `json:"verb"` // begin, one of DraftVerbs, set or restore
	Key      string `json:"key"`
	Why      string `json:"why"`
	Restores int64  `json:"restores"` // the earlier version that it brought back; 0: none
}

// DraftVersions lists the saves of a draft, the newest first. Forbidden as for Drafts.
func (m *Mandate) DraftVersions(ctx context.Context, by resolute.Actor, id int64) ([]DraftVersion, error) {
	if err := m.mayCompose(by); err != nil {
		return nil, err
	}
	rows, err := m.DB.Query(ctx, `SELECT n, at, actor, verb, key, why, restores FROM draft_version WHERE draft = $1 ORDER BY n DESC`, id)
	if err != nil {
		return nil, fmt.Errorf("list versions of draft %d: %w", id, err)
	}
	defer func() { _ = rows.Close() }()
	list := []DraftVersion{}
	for rows.Next() {
		var v DraftVersion
		if err := rows.Scan(&v.N, &v.At, &v.Actor, &v.Verb, &v.Key, &v.Why, &v.Restores); err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

func insertDraft(ctx context.Context, tx *db.Tx, d *Draft) error {
	err := tx.QueryRow(ctx, `INSERT INTO draft (instrument, base, owner, state, version, at) VALUES ($1, $2, $3, $4, 1, $5) RETURNING id`,
		d.Instrument, d.Base, d.Owner, d.State, d.At).Scan(&d.ID)
	if err != nil {
		return fmt.Errorf("store draft: %w", err)
	}
	return nil
}

// insertDraftVersion stores lines and conference of a version, and gives the hash of the lines.
func insertDraftVersion(ctx context.Context, tx *db.Tx, d *Draft, v DraftVersion) (hash string, err error) {
	lines, err := json.Marshal(d.Lines)
	if err != nil {
		return "", err
	}
	hash = hashOf(lines)
	_, err = tx.Exec(ctx, `INSERT INTO draft_version (draft, n, at, actor, verb, key, why, restores, sha256, lines, place, year, day)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		d.ID, v.N, v.At, v.Actor, v.Verb, v.Key, v.Why, v.Restores, hash, string(lines), d.Place, int64(d.Year), d.Day)
	if err != nil {
		return "", fmt.Errorf("store version %d of draft %d: %w", v.N, d.ID, err)
	}
	if _, err = tx.Exec(ctx, `UPDATE draft SET version = $1 WHERE id = $2`, v.N, d.ID); err != nil {
		return "", fmt.Errorf("move draft %d: %w", d.ID, err)
	}
	return hash, nil
}
