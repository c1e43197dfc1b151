package register

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
)

// rederiveBatch is how many activities one transaction reads anew.
const rederiveBatch = 500

// Rederive reads tags, mandate links and counterparts of every activity that readers see anew from
// its document, by the rules and frameworks as they stand now, and returns how many activities
// changed by it. Stated tags may change as well: an imported framework can give a meaning to a
// code that had none. What people decided holds. An actor without the right to decide gets
// Forbidden.
func (r *Register) Rederive(ctx context.Context, by resolute.Actor) (int, error) {
	now := r.Now()
	if err := by.Can(resolute.Decide, resolute.Object{Kind: "rule"}, now.Format(time.DateOnly)); err != nil {
		return 0, err
	}
	book, err := r.rulebook(ctx)
	if err != nil {
		return 0, err
	}
	changed, after := 0, ""
	for {
		var n int
		batch, err := readForRules(ctx, r.DB, after)
		if err != nil || len(batch) == 0 {
			return changed, err
		}
		after = batch[len(batch)-1].Key
		if n, err = r.rederive(ctx, by, book, batch, now); err != nil {
			return changed, err
		}
		changed += n
	}
}

// stored is one activity with what the rules need to read it again.
type stored struct {
	Activity
	form         string
	packed, root []byte
}

func readForRules(ctx context.Context, q db.Queryer, after string) ([]stored, error) {
	rows, err := q.Query(ctx, `SELECT `+activityColumns+`, d.form, d.bytes, i.root FROM current c JOIN activity a ON a.version = c.version
		JOIN doc d ON d.version = a.version JOIN import i ON i.id = a.import WHERE c.key > $1 ORDER BY c.key LIMIT $2`, after, int64(rederiveBatch))
	if err != nil {
		return nil, fmt.Errorf("read activities after %q: %w", after, err)
	}
	defer func() { _ = rows.Close() }()
	var batch []stored
	for rows.Next() {
		var s stored
		if err := scanActivity(rows, &s.Activity, &s.form, &s.packed, &s.root); err != nil {
			return nil, err
		}
		batch = append(batch, s)
	}
	return batch, rows.Err()
}

// rederive writes what differs, in one transaction with its change.
func (r *Register) rederive(ctx context.Context, by resolute.Actor, book *Rulebook, batch []stored, now time.Time) (int, error) {
	tags, links, err := readTagsOf(ctx, r.DB, batch)
	if err != nil {
		return 0, err
	}
	named, err := counterpartsOf(ctx, r.DB, batch)
	if err != nil {
		return 0, err
	}
	var differ []staged
	for _, s := range batch {
		a, _, err := openDocument(s.form, s.packed, s.root, s.Line)
		if err != nil {
			return 0, fmt.Errorf("activity %s: %w", s.Key, err)
		}
		p := book.project(a)
		if slices.Equal(tags[s.Version], p.Tags) && slices.Equal(links[s.Version], p.Links) && slices.Equal(named[s.Version], p.counterparts()) && s.Kind == p.Kind && s.Sector == p.Sector && s.Level == p.Level {
			continue
		}
		p.Version, p.Key = s.Version, s.Key
		differ = append(differ, staged{Activity: p.Activity})
	}
	if len(differ) == 0 {
		return 0, nil
	}
	err = r.DB.Write(ctx, func(tx *db.Tx) error {
		if err := tx.Serialize(ctx); err != nil {
			return err
		}
		seq, err := audit.Record(ctx, tx, audit.Change{At: now.UnixMilli(), Actor: by.ID, Verb: "rederive", Object: "activity",
			About: map[string]any{"activities": len(differ), "rules": book.rules.Version, "frameworks": book.catalogue.Version()}})
		if err != nil {
			return err
		}
		if err := errors.Join(replaceTags(ctx, tx, differ, seq), replaceCounterparts(ctx, tx, differ)); err != nil {
			return err
		}
		return beginHistory(ctx, tx, seq)
	})
	return len(differ), err
}

func replaceTags(ctx context.Context, tx *db.Tx, versions []staged, seq int64) error {
	list := make([]int64, len(versions))
	for i, v := range versions {
		list[i] = v.Version
		_, err := tx.Exec(ctx, `UPDATE activity SET kind = $1, sector = $2, level = $3 WHERE version = $4`, v.Kind, v.Sector, v.Level, v.Version)
		if err != nil {
			return fmt.Errorf("derive again: %w", err)
		}
	}
	before, err := heldLinks(ctx, tx, list)
	if err != nil {
		return err
	}
	err = inChunks(list, func(chunk string) error {
		for _, statement := range []string{
			`DELETE FROM tag WHERE version IN (` + chunk + `)`,
			`DELETE FROM mandate_link WHERE version IN (` + chunk + `)`,
		} {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `UPDATE current SET seq = $1 WHERE key IN (SELECT key FROM activity WHERE version IN (`+chunk+`))`, seq)
		return err
	})
	if err != nil {
		return err
	}
	return writeTags(ctx, tx, versions, before)
}

// heldLinks reads on which wording the links of versions were made.
func heldLinks(ctx context.Context, q db.Queryer, versions []int64) (map[heldLink]int64, error) {
	held := map[heldLink]int64{}
	err := inChunks(versions, func(chunk string) error {
		return each(ctx, q, `SELECT version, thread, revision FROM mandate_link WHERE version IN (`+chunk+`) ORDER BY version, n`, func(rows *sql.Rows) error {
			var l heldLink
			var revision int64
			err := rows.Scan(&l.version, &l.thread, &revision)
			held[l] = revision
			return err
		})
	})
	return held, err
}

// readTagsOf reads tags and mandate links of several versions.
func readTagsOf(ctx context.Context, q db.Queryer, batch []stored) (map[int64][]Tag, map[int64][]Link, error) {
	versions := make([]int64, len(batch))
	for i, s := range batch {
		versions[i] = s.Version
	}
	tags, links := map[int64][]Tag{}, map[int64][]Link{}
	err := inChunks(versions, func(chunk string) error {
		err := each(ctx, q, `SELECT version, txn, scheme, code, share, basis, rule, reason, line FROM tag WHERE version IN (`+chunk+`) ORDER BY version, n`, func(rows *sql.Rows) error {
			var version int64
			var t Tag
			err := rows.Scan(&version, &t.Txn, &t.Scheme, &t.Code, &t.Share, &t.Basis, &t.Rule, &t.Reason, &t.Line)
			tags[version] = append(tags[version], t)
			return err
		})
		if err != nil {
			return err
		}
		return each(ctx, q, `SELECT version, thread, share, basis, rule, reason, line FROM mandate_link WHERE version IN (`+chunk+`) ORDER BY version, n`, func(rows *sql.Rows) error {
			var version int64
			var l Link
			err := rows.Scan(&version, &l.Thread, &l.Share, &l.Basis, &l.Rule, &l.Reason, &l.Line)
			links[version] = append(links[version], l)
			return err
		})
	})
	return tags, links, err
}

// beginHistory notes that a change wrote rows in place that older versions stand on: none before
// it can be shown any more.
func beginHistory(ctx context.Context, tx *db.Tx, seq int64) error {
	if _, err := tx.Exec(ctx, `UPDATE moved SET seq = $1 WHERE key = ''`, seq); err != nil {
		return fmt.Errorf("begin the history of pointers with change %d: %w", seq, err)
	}
	return nil
}
