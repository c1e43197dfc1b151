package register

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strings"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/ledger"
)

// publication is what the last, short transaction of an import makes visible.
type publication struct {
	account ledger.Import
	base    int64 // the source's newest import when this one began; 0: none
	now     int64
	rekeyed []rekeyed
	turned  []int64    // staged versions whose lowest flag was guessed wrongly
	flipped []int64    // standing ones whose flag turns by what the file holds now
	back    []standing // absent before, and in this file unchanged
	gone    []standing
}

type rekeyed struct {
	version    int64
	key        string
	occurrence int
}

// publish moves the pointers, marks what is gone, lets one of each identifier count, writes the
// one change of the import and closes its account.
func publish(ctx context.Context, tx *db.Tx, p publication) (ledger.Import, error) {
	if err := tx.Serialize(ctx); err != nil {
		return ledger.Import{}, err
	}
	if err := stillOurs(ctx, tx, p); err != nil {
		return ledger.Import{}, err
	}
	if err := settleStaged(ctx, tx, p); err != nil {
		return ledger.Import{}, err
	}
	if err := writeEntries(ctx, tx, p); err != nil {
		return ledger.Import{}, err
	}
	account := p.account
	list, err := countEntries(ctx, tx, &account)
	if err != nil {
		return ledger.Import{}, err
	}
	account.State = ledger.Done
	account.Unchanged = account.Read - account.Refused - account.New - account.Changed
	if account.Seq, err = audit.Record(ctx, tx, published(account, p.now, list)); err != nil {
		return ledger.Import{}, err
	}
	if err := movePointers(ctx, tx, account.ID, account.Seq); err != nil {
		return ledger.Import{}, err
	}
	return account, ledger.Close(ctx, tx, account)
}

// published is the change of an import, whose actor is that of its account; list is the hash over
// what it did.
func published(account ledger.Import, now int64, list string) audit.Change {
	return audit.Change{At: now, Actor: account.Actor, Verb: "import", Object: fmt.Sprintf("import/%d", account.ID), About: map[string]any{
		"kind": account.Kind, "sha256": account.SHA256, "list": list, "read": account.Read, "new": account.New, "changed": account.Changed,
		"unchanged": account.Unchanged, "refused": account.Refused, "absent": account.Absent, "transactions": account.Transactions}}
}

// stillOurs fails when this import was swept, or another of the same source came in between:
// what it was compared with is then no longer what stands.
func stillOurs(ctx context.Context, tx *db.Tx, p publication) error {
	result, err := tx.Exec(ctx, `DELETE FROM staging WHERE import = $1 AND pid = $2`, p.account.ID, int64(os.Getpid()))
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errSwept
	}
	latest, _, err := ledger.Latest(ctx, tx, p.account.Kind, p.account.Source)
	if err != nil {
		return err
	}
	if latest.ID != p.base {
		return &resolute.Error{Code: resolute.Conflict, Field: "source",
			Message: fmt.Sprintf("import %d of %q was published or undone while this one was read: nothing of this one is stored, start it again", max(latest.ID, p.base), p.account.Source)}
	}
	return nil
}

// settleStaged corrects what could only be known at the end of the file.
func settleStaged(ctx context.Context, tx *db.Tx, p publication) error {
	for _, r := range p.rekeyed { // several activities of one identifier: few
		if _, err := tx.Exec(ctx, `UPDATE activity SET key = $1, occurrence = $2 WHERE version = $3`, r.key, int64(r.occurrence), r.version); err != nil {
			return fmt.Errorf("settle keys: %w", err)
		}
	}
	return inChunks(p.turned, func(list string) error {
		_, err := tx.Exec(ctx, `UPDATE activity SET lowest = 1 - lowest WHERE version IN (`+list+`)`)
		return err
	})
}

// inChunks calls do with lists of version numbers as SQL; they are ours, never input.
func inChunks(versions []int64, do func(list string) error) error {
	for len(versions) > 0 {
		n := min(lookupIDs, len(versions))
		if err := do(numbers(versions[:n])); err != nil {
			return err
		}
		versions = versions[n:]
	}
	return nil
}

func numbers(list []int64) string {
	var b strings.Builder
	for i, n := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprint(&b, n)
	}
	return b.String()
}

// writeEntries records what happens to each pointer, so that it can be undone.
func writeEntries(ctx context.Context, tx *db.Tx, p publication) error {
	_, err := tx.Exec(ctx, `INSERT INTO import_entry (import, key, deed, before_version, after_version, before_absent, flipped)
		SELECT a.import, a.key, CASE WHEN c.key IS NULL THEN 'new' ELSE 'changed' END, COALESCE(c.version, 0), a.version, COALESCE(c.absent, 0), 0
		FROM activity a LEFT JOIN current c ON c.key = a.key WHERE a.import = $1`, p.account.ID)
	if err != nil {
		return fmt.Errorf("write entries of import %d: %w", p.account.ID, err)
	}
	rows := make([][]any, 0, len(p.gone)+len(p.back))
	for _, s := range p.gone {
		rows = append(rows, []any{p.account.ID, s.key, "absent", s.version, s.version, int64(0), int64(0)})
	}
	for _, s := range p.back {
		rows = append(rows, []any{p.account.ID, s.key, "present", s.version, s.version, s.absent, int64(0)})
	}
	if err := tx.Bulk(ctx, "import_entry", []string{"import", "key", "deed", "before_version", "after_version", "before_absent", "flipped"}, rows); err != nil {
		return err
	}
	return inChunks(p.flipped, func(list string) error {
		_, err := tx.Exec(ctx, `INSERT INTO import_entry (import, key, deed, before_version, after_version, before_absent, flipped)
			SELECT $1, key, 'level', version, version, 0, 1 FROM activity WHERE version IN (`+list+`)
			ON CONFLICT (import, key) DO UPDATE SET flipped = 1`, p.account.ID)
		return err
	})
}

// countEntries fills the counts of the account and gives the hash over the list of deeds, keys
// and versions in the order of the versions.
func countEntries(ctx context.Context, tx *db.Tx, account *ledger.Import) (string, error) {
	rows, err := tx.Query(ctx, `SELECT deed, key, after_version FROM import_entry WHERE import = $1 ORDER BY after_version, key`, account.ID)
	if err != nil {
		return "", fmt.Errorf("count entries of import %d: %w", account.ID, err)
	}
	defer func() { _ = rows.Close() }()
	account.New, account.Changed, account.Absent = 0, 0, 0
	sum := sha256.New()
	for rows.Next() {
		var deed, key string
		var version int64
		if err := rows.Scan(&deed, &key, &version); err != nil {
			return "", err
		}
		fmt.Fprintf(sum, "%s %s %d\n", deed, key, version)
		switch deed {
		case "new":
			account.New++
		case "changed":
			account.Changed++
		case "absent":
			account.Absent++
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), rows.Err()
}

// movePointers makes what the entries of an import say true.
func movePointers(ctx context.Context, tx *db.Tx, id, seq int64) error {
	for _, s := range []struct {
		text string
		args []any
	}{
		{`INSERT INTO current (key, version, counts, absent, seq)
			SELECT key, after_version, 1, 0, $2 FROM import_entry WHERE import = $1 AND deed IN ('new', 'changed')
			ON CONFLICT (key) DO UPDATE SET version = excluded.version, absent = 0, seq = excluded.seq`, []any{id, seq}},
		{`UPDATE current SET absent = $1, seq = $2 WHERE key IN (SELECT key FROM import_entry WHERE import = $1 AND deed = 'absent')`, []any{id, seq}},
		{`UPDATE current SET absent = 0, seq = $2 WHERE key IN (SELECT key FROM import_entry WHERE import = $1 AND deed = 'present')`, []any{id, seq}},
		{`UPDATE current SET seq = $2 WHERE key IN (SELECT key FROM import_entry WHERE import = $1 AND flipped = 1)`, []any{id, seq}},
		{`UPDATE activity SET lowest = 1 - lowest WHERE version IN (SELECT after_version FROM import_entry WHERE import = $1 AND flipped = 1)`, []any{id}},
	} {
		if _, err := tx.Exec(ctx, s.text, s.args...); err != nil {
			return fmt.Errorf("move pointers of import %d: %w", id, err)
		}
	}
	if err := electCounting(ctx, tx, id, seq); err != nil {
		return err
	}
	return remember(ctx, tx, seq)
}

// electCounting lets one of the activities of one reporting organisation and identifier count,
// wherever the import touched one of several: the newest by its own date, then of the latest
// import, then the later in its file. Those that are gone from their source come last. An
// activity that stands alone counts since it was entered.
func electCounting(ctx context.Context, tx *db.Tx, id, seq int64) error {
	_, err := tx.Exec(ctx, `WITH touched AS (
			SELECT DISTINCT a.reporter, a.iati_id FROM import_entry e JOIN activity a ON a.version = e.after_version
			JOIN activity b ON b.iati_id = a.iati_id AND b.reporter = a.reporter AND b.key <> a.key
			JOIN current c ON c.key = b.key AND c.version = b.version
			WHERE e.import = $1
		), held AS (
			SELECT c.key, ROW_NUMBER() OVER (PARTITION BY a.reporter, a.iati_id
				ORDER BY CASE WHEN c.absent = 0 THEN 0 ELSE 1 END, a.updated DESC, a.import DESC, a.line DESC, c.key) AS place
			FROM touched t JOIN activity a ON a.iati_id = t.iati_id AND a.reporter = t.reporter
			JOIN current c ON c.key = a.key AND c.version = a.version
		)
		UPDATE current SET counts = CASE WHEN held.place = 1 THEN 1 ELSE 0 END, seq = $2
		FROM held WHERE held.key = current.key AND current.counts <> CASE WHEN held.place = 1 THEN 1 ELSE 0 END`, id, seq)
	if err != nil {
		return fmt.Errorf("elect counting activities of import %d: %w", id, err)
	}
	return nil
}
