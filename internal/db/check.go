package db

import (
	"context"
	"fmt"

	"resolute"
)

// Check is one integrity check, as data. The room that owns the tables states it; whoever runs
// it needs to know nothing about it. A check reads either by Count and Records, or by Find
// where SQL cannot tell what is wrong.
type Check struct {
	Name     string            // of lower-case words and hyphens, unique in the house
	Severity resolute.Severity // of what it finds
	Why      string            // why it matters
	Do       string            // what to do about it
	Count    string            // query that gives one number
	Records  string            // query that gives record and detail, at most $1 rows, in a lasting order
	Find     func(ctx context.Context, q Queryer, limit int) (Found, error)
}

// Found is what a check found: how many, and the first of them.
type Found struct {
	Count   int
	Records []Faulty
}

// Faulty is one record that a check found, and what is wrong with it.
type Faulty struct {
	Record string `json:"record"`
	Detail string `json:"detail"`
}

// Add counts a faulty record, and keeps it while fewer than limit are kept.
func (f *Found) Add(limit int, record, detail string) {
	f.Count++
	if len(f.Records) < limit {
		f.Records = append(f.Records, Faulty{record, detail})
	}
}

// Run runs the check on what q sees and keeps at most limit records.
func (c Check) Run(ctx context.Context, q Queryer, limit int) (Found, error) {
	if c.Find != nil {
		found, err := c.Find(ctx, q, limit)
		return found, c.wrap(err)
	}
	var found Found
	if err := q.QueryRow(ctx, c.Count).Scan(&found.Count); err != nil || found.Count == 0 || limit == 0 {
		return found, c.wrap(err)
	}
	rows, err := q.Query(ctx, c.Records, int64(limit))
	if err != nil {
		return found, c.wrap(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var f Faulty
		if err := rows.Scan(&f.Record, &f.Detail); err != nil {
			return found, c.wrap(err)
		}
		found.Records = append(found.Records, f)
	}
	return found, c.wrap(rows.Err())
}

func (c Check) wrap(err error) error {
	if err != nil {
		return fmt.Errorf("check %s: %w", c.Name, err)
	}
	return nil
}

// Checks are the checks of the engine itself.
func (d *DB) Checks() []Check {
	return []Check{{
		Name: "file-sound", Severity: resolute.SeverityError,
		Why:  "a damaged file gives wrong answers before it gives none",
		Do:   "stop the server, keep a copy of the file and restore the last sound backup",
		Find: d.damage,
	}}
}

// damage asks SQLite whether its file is sound. PostgreSQL has no such question that an
// ordinary role may ask; its server checks pages as it reads them.
func (d *DB) damage(ctx context.Context, q Queryer, limit int) (Found, error) {
	var found Found
	if d.engine != sqliteEngine {
		return found, nil
	}
	rows, err := q.Query(ctx, `PRAGMA quick_check`)
	if err != nil {
		return found, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var said string
		if err := rows.Scan(&said); err != nil {
			return found, err
		}
		if said != "ok" {
			found.Add(limit, "database", said)
		}
	}
	return found, rows.Err()
}
