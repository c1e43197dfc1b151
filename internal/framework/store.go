package framework

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"resolute"
	"resolute/internal/db"
)

// stored is an edition as it lies in the database.
type stored struct {
	edition
	version int64
	imports int64
	hash    string
}

// readCurrent gives the editions that readers see, by key of the scheme.
func readCurrent(ctx context.Context, q db.Queryer) ([]stored, error) {
	list, err := readSchemes(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("read concept schemes: %w", err)
	}
	byVersion := map[int64]*stored{}
	for i := range list {
		byVersion[list[i].version] = &list[i]
	}
	if len(list) == 0 {
		return nil, nil
	}
	if err := readConcepts(ctx, q, byVersion); err != nil {
		return nil, fmt.Errorf("read concepts: %w", err)
	}
	if err := readMappings(ctx, q, byVersion); err != nil {
		return nil, fmt.Errorf("read mappings: %w", err)
	}
	return list, nil
}

func readSchemes(ctx context.Context, q db.Queryer) ([]stored, error) {
	rows, err := q.Query(ctx, `SELECT version, import, hash, key, title, edition, source, addresses, cycle, note, valid_from, valid_to
		FROM concept_scheme WHERE current = 1 AND state IN ('approved', 'locked') ORDER BY key`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []stored
	for rows.Next() {
		var s stored
		var title, addresses string
		err := rows.Scan(&s.version, &s.imports, &s.hash, &s.Scheme.Key, &title, &s.Scheme.Version, &s.Scheme.Source, &addresses,
			&s.Scheme.Cycle, &s.Scheme.Note, &s.Scheme.ValidFrom, &s.Scheme.ValidTo)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(title), &s.Scheme.Title); err != nil {
			return nil, fmt.Errorf("title of %s: %w", s.Scheme.Key, err)
		}
		s.Scheme.Addresses, s.Scheme.Import = splitList(addresses), s.imports
		list = append(list, s)
	}
	return list, rows.Err()
}

func readConcepts(ctx context.Context, q db.Queryer, into map[int64]*stored) error {
	rows, err := q.Query(ctx, `SELECT c.version, c.n, c.code, c.parent, c.parent_scheme, c.title, c.short, c.level, c.region, c.confidence,
		c.source, c.note, c.valid_from, c.valid_to, c.attributes
		FROM concept c JOIN concept_scheme s ON s.version = c.version WHERE s.current = 1 ORDER BY c.version, c.n`)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var version int64
		var title, short, attributes string
		c := Concept{TitleOrigin: "own"}
		err := rows.Scan(&version, &c.Order, &c.Code, &c.Parent, &c.ParentScheme, &title, &short, &c.Level, &c.Region, &c.Confidence,
			&c.Source, &c.Note, &c.ValidFrom, &c.ValidTo, &attributes)
		if err != nil {
			return err
		}
		s := into[version]
		if s == nil {
			continue // not public
		}
		err = errors.Join(json.Unmarshal([]byte(title), &c.Title), json.Unmarshal([]byte(short), &c.Short), json.Unmarshal([]byte(attributes), &c.Attributes))
		if err != nil {
			return fmt.Errorf("texts of %s %s: %w", s.Scheme.Key, c.Code, err)
		}
		c.Scheme, c.Cycle = s.Scheme.Key, s.Scheme.Cycle
		s.Concepts = append(s.Concepts, c)
	}
	return rows.Err()
}

func readMappings(ctx context.Context, q db.Queryer, into map[int64]*stored) error {
	rows, err := q.Query(ctx, `SELECT m.version, m.from_scheme, m.from_code, m.to_scheme, m.to_code, m.kind, m.rationale, m.source,
		m.confidence, m.valid_from, m.valid_to
		FROM mapping m JOIN concept_scheme s ON s.version = m.version WHERE s.current = 1 ORDER BY m.version, m.n`)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var version int64
		var m Mapping
		err := rows.Scan(&version, &m.FromScheme, &m.From, &m.ToScheme, &m.To, &m.Kind, &m.Rationale, &m.Source,
			&m.Confidence, &m.ValidFrom, &m.ValidTo)
		if err != nil {
			return err
		}
		if s := into[version]; s != nil {
			s.Mappings = append(s.Mappings, m)
		}
	}
	return rows.Err()
}

// publish writes an edition as the current version of its scheme.
func publish(ctx context.Context, tx *db.Tx, by resolute.Actor, importID, seq int64, e edition, hash string) error {
	var before int64
	err := tx.QueryRow(ctx, `SELECT version FROM concept_scheme WHERE key = $1 AND current = 1`, e.Scheme.Key).Scan(&before)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE concept_scheme SET current = 0 WHERE version = $1`, before); err != nil {
		return err
	}
	title, err := json.Marshal(e.Scheme.Title)
	if err != nil {
		return err
	}
	var version int64
	s := e.Scheme
	err = tx.QueryRow(ctx, `INSERT INTO concept_scheme (key, import, owner, state, current, before, seq, hash, title, edition, source,
		addresses, cycle, note, valid_from, valid_to) VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING version`,
		s.Key, importID, by.ID, string(resolute.Approved), before, seq, hash, string(title), s.Version, s.Source,
		strings.Join(s.Addresses, "|"), s.Cycle, s.Note, s.ValidFrom, s.ValidTo).Scan(&version)
	if err != nil {
		return err
	}
	if err := writeConcepts(ctx, tx, version, e.Concepts); err != nil {
		return err
	}
	return writeMappings(ctx, tx, version, e.Mappings)
}

func writeConcepts(ctx context.Context, tx *db.Tx, version int64, list []Concept) error {
	rows := make([][]any, len(list))
	for i, c := range list {
		title, err1 := json.Marshal(c.Title)
		short, err2 := json.Marshal(c.Short)
		attributes, err3 := json.Marshal(c.Attributes)
		if err := errors.Join(err1, err2, err3); err != nil {
			return err
		}
		rows[i] = []any{version, int64(c.Order), c.Code, c.Parent, c.ParentScheme, string(title), string(short), c.Level, c.Region,
			c.Confidence, c.Source, c.Note, c.ValidFrom, c.ValidTo, string(attributes)}
	}
	return tx.Bulk(ctx, "concept", []string{"version", "n", "code", "parent", "parent_scheme", "title", "short", "level", "region",
		"confidence", "source", "note", "valid_from", "valid_to", "attributes"}, rows)
}

func writeMappings(ctx context.Context, tx *db.Tx, version int64, list []Mapping) error {
	rows := make([][]any, len(list))
	for i, m := range list {
		rows[i] = []any{version, int64(i + 1), m.FromScheme, m.From, m.ToScheme, m.To, m.Kind, m.Rationale, m.Source, m.Confidence,
			m.ValidFrom, m.ValidTo}
	}
	return tx.Bulk(ctx, "mapping", []string{"version", "n", "from_scheme", "from_code", "to_scheme", "to_code", "kind", "rationale",
		"source", "confidence", "valid_from", "valid_to"}, rows)
}

// versionOf is a version that an import brought: whether readers see it, and what was before.
type versionOf struct{ version, before, current int64 }

func versionsOf(ctx context.Context, q db.Queryer, importID int64) ([]versionOf, error) {
	rows, err := q.Query(ctx, `SELECT version, before, current FROM concept_scheme WHERE import = $1 ORDER BY version`, importID)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []versionOf
	for rows.Next() {
		var v versionOf
		if err := rows.Scan(&v.version, &v.before, &v.current); err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

// turnBack gives the place of a version to the one before it.
func turnBack(ctx context.Context, tx *db.Tx, v versionOf) error {
	if _, err := tx.Exec(ctx, `UPDATE concept_scheme SET current = 0 WHERE version = $1`, v.version); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE concept_scheme SET current = 1 WHERE version = $1`, v.before)
	return err
}
