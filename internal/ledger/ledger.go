// Package ledger keeps the account of each import: what was read, what came of it, what was
// wrong, and the bytes of what was refused. Accounts are kept for good. It is a ground-floor
// room: the capability that imports opens, fills and closes its account in its own transactions.
package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/db"
)

// State is where an import stands.
type State string

// The states of an import. Staged ones are invisible and swept at the next start.
const (
	Staged  State = "staged"
	Done    State = "done"
	Refused State = "refused"
	Undone  State = "undone"
)

// Counts are the numbers of one import. Read = New + Changed + Unchanged + Refused; Absent
// counts the records of the source that the file no longer holds.
type Counts struct {
	Read         int `json:"read"`
	New          int `json:"new"`
	Changed      int `json:"changed"`
	Unchanged    int `json:"unchanged"`
	Refused      int `json:"refused"`
	Absent       int `json:"absent"`
	Transactions int `json:"transactions"`
	Rounded      int `json:"rounded"` // money values that lost digits
}

// Import is the account of one import.
type Import struct {
	ID        int64  `json:"id"`
	Kind      string `json:"kind"` // iati, activities, resolution, framework, rates, stats, indicators
	State     State  `json:"state"`
	File      string `json:"file"`
	Source    string `json:"source"`
	SHA256    string `json:"sha256"` // of the file's bytes as received, hexadecimal
	Bytes     int64  `json:"bytes"`
	Partial   bool   `json:"partial"`
	Owner     string `json:"owner"`
	Actor     string `json:"actor"`
	At        int64  `json:"at"` // Unix milliseconds
	Root      []byte `json:"-"`
	Version   string `json:"version"`
	Generated string `json:"generated"`
	Counts
	Total   resolute.FindingsTotal `json:"findings_total"`
	Reading string                 `json:"-"` // names what the file was read with; empty: not known
	Seq     int64                  `json:"seq"`
	UndoSeq int64                  `json:"undo_seq"`
}

// RefusedRecord is one record that could not be understood; Bytes are compressed with zstd.
type RefusedRecord struct {
	N, Line int
	Rule    string
	Bytes   []byte
}

const columns = `id, kind, state, file, source, sha256, bytes, partial, owner, actor, at, root, version, generated,
	read_n, new_n, changed_n, unchanged_n, refused_n, absent_n, transactions, rounded, errors, warnings, notes, reading, seq, undo_seq`

// Begin opens an account in state staged and returns its id. Only the fields that describe
// the file are read.
func Begin(ctx context.Context, tx *db.Tx, i Import) (int64, error) {
	var id int64
	err := tx.QueryRow(ctx, `INSERT INTO import (kind, state, file, source, sha256, bytes, partial, owner, actor, at, root, version, generated,
		read_n, new_n, changed_n, unchanged_n, refused_n, absent_n, transactions, rounded, errors, warnings, notes, reading, seq, undo_seq)
		VALUES ($1, 'staged', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, $13, 0, 0) RETURNING id`,
		i.Kind, i.File, i.Source, i.SHA256, i.Bytes, flag(i.Partial), i.Owner, i.Actor, i.At, i.Root, i.Version, i.Generated, i.Reading).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("open account of %s: %w", i.File, err)
	}
	return id, nil
}

// Close writes the numbers, the state and the publishing change of an account.
func Close(ctx context.Context, tx *db.Tx, i Import) error {
	_, err := tx.Exec(ctx, `UPDATE import SET state = $1, sha256 = $2, bytes = $3, version = $4, generated = $5, root = $6,
		read_n = $7, new_n = $8, changed_n = $9, unchanged_n = $10, refused_n = $11, absent_n = $12, transactions = $13, rounded = $14,
		errors = $15, warnings = $16, notes = $17, seq = $18 WHERE id = $19`,
		string(i.State), i.SHA256, i.Bytes, i.Version, i.Generated, i.Root,
		i.Read, i.New, i.Changed, i.Unchanged, i.Refused, i.Absent, i.Transactions, i.Rounded,
		i.Total.Error, i.Total.Warning, i.Total.Note, i.Seq, i.ID)
	if err != nil {
		return fmt.Errorf("close account %d: %w", i.ID, err)
	}
	return nil
}

// Undo marks an account as undone by change seq.
func Undo(ctx context.Context, tx *db.Tx, id, seq int64) error {
	_, err := tx.Exec(ctx, `UPDATE import SET state = 'undone', undo_seq = $1 WHERE id = $2`, seq, id)
	if err != nil {
		return fmt.Errorf("undo account %d: %w", id, err)
	}
	return nil
}

// Undoable reads the account of an import that may be taken back: a finished one of one of the
// kinds, and the newest of its source. Else it returns an Error: NotFound, Invalid or Conflict.
func Undoable(ctx context.Context, q db.Queryer, id int64, kinds ...string) (Import, error) {
	account, err := Get(ctx, q, id)
	if err != nil {
		return account, err
	}
	if account.State != Done || !slices.Contains(kinds, account.Kind) {
		return account, &resolute.Error{Code: resolute.Invalid, Field: "import", Message: fmt.Sprintf("import %d (%s, %s) cannot be undone here: want a finished import of %s", id, account.Kind, account.State, strings.Join(kinds, " or "))}
	}
	latest, _, err := Latest(ctx, q, account.Kind, account.Source)
	if err == nil && latest.ID != id {
		err = &resolute.Error{Code: resolute.Conflict, Field: "import", Message: fmt.Sprintf("import %d of %q came later: undo that one first", latest.ID, account.Source)}
	}
	return account, err
}

// AddFindings appends findings to the account; from is how many it already holds.
func AddFindings(ctx context.Context, tx *db.Tx, id int64, from int, findings []resolute.Finding) error {
	rows := make([][]any, len(findings))
	for i, f := range findings {
		rows[i] = []any{id, int64(from + i + 1), f.Rule, string(f.Severity), f.Record, int64(f.Line), int64(f.Column),
			f.Path, f.Found, f.Expected, f.Message}
	}
	return tx.Bulk(ctx, "import_finding", []string{"import", "n", "rule", "severity", "record", "line", "col",
		"path", "found", "expected", "message"}, rows)
}

// AddRefused keeps the bytes of a record that could not be understood.
func AddRefused(ctx context.Context, tx *db.Tx, id int64, r RefusedRecord) error {
	_, err := tx.Exec(ctx, `INSERT INTO import_refused (import, n, line, rule, bytes) VALUES ($1, $2, $3, $4, $5)`,
		id, r.N, r.Line, r.Rule, r.Bytes)
	if err != nil {
		return fmt.Errorf("keep refused record %d of account %d: %w", r.N, id, err)
	}
	return nil
}

// Repeat gives an account the findings and refused records of another one, for a file that came
// again as it was.
func Repeat(ctx context.Context, tx *db.Tx, from, to int64) error {
	for _, statement := range []string{
		`INSERT INTO import_finding (import, n, rule, severity, record, line, col, path, found, expected, message)
			SELECT $2, n, rule, severity, record, line, col, path, found, expected, message FROM import_finding WHERE import = $1`,
		`INSERT INTO import_refused (import, n, line, rule, bytes) SELECT $2, n, line, rule, bytes FROM import_refused WHERE import = $1`,
	} {
		if _, err := tx.Exec(ctx, statement, from, to); err != nil {
			return fmt.Errorf("repeat account %d as %d: %w", from, to, err)
		}
	}
	return nil
}

// Drop removes a staged account and all that hangs on it. Other states are never removed.
func Drop(ctx context.Context, tx *db.Tx, id int64) error {
	for _, statement := range []string{
		`DELETE FROM import_finding WHERE import IN (SELECT id FROM import WHERE id = $1 AND state = 'staged')`,
		`DELETE FROM import_refused WHERE import IN (SELECT id FROM import WHERE id = $1 AND state = 'staged')`,
		`DELETE FROM import WHERE id = $1 AND state = 'staged'`,
	} {
		if _, err := tx.Exec(ctx, statement, id); err != nil {
			return fmt.Errorf("drop staged account %d: %w", id, err)
		}
	}
	return nil
}

// StagedIDs lists the accounts that no process finished.
func StagedIDs(ctx context.Context, q db.Queryer) ([]int64, error) {
	rows, err := q.Query(ctx, `SELECT id FROM import WHERE state = 'staged' ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("list staged accounts: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// Get reads one account; an unknown or staged id is an Error with code NotFound.
func Get(ctx context.Context, q db.Queryer, id int64) (Import, error) {
	i, err := scan(q.QueryRow(ctx, `SELECT `+columns+` FROM import WHERE id = $1 AND state <> 'staged'`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return Import{}, &resolute.Error{Code: resolute.NotFound, Field: "import", Message: fmt.Sprintf("no import has the number %d", id)}
	}
	return i, err
}

// List gives the accounts, newest first, without the staged ones; before is an id to start
// below (0: from the newest).
func List(ctx context.Context, q db.Queryer, before int64, limit int) ([]Import, error) {
	rows, err := q.Query(ctx, `SELECT `+columns+` FROM import WHERE state <> 'staged' AND ($1 = 0 OR id < $1) ORDER BY id DESC LIMIT $2`, before, limit)
	if err != nil {
		return nil, fmt.Errorf("list imports: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []Import
	for rows.Next() {
		i, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, i)
	}
	return list, rows.Err()
}

// Latest gives the newest published import of a source and kind; ok is false when there is none.
func Latest(ctx context.Context, q db.Queryer, kind, source string) (i Import, ok bool, err error) {
	i, err = scan(q.QueryRow(ctx, `SELECT `+columns+` FROM import WHERE kind = $1 AND source = $2 AND state = 'done' ORDER BY id DESC LIMIT 1`, kind, source))
	if errors.Is(err, sql.ErrNoRows) {
		return Import{}, false, nil
	}
	return i, err == nil, err
}

// Moved gives the last change that published or undid an import of a source, of whatever kind; of
// any source when it is empty; 0 when there is none.
func Moved(ctx context.Context, q db.Queryer, source string) (int64, error) {
	var published, undone int64
	err := q.QueryRow(ctx, `SELECT COALESCE(MAX(seq), 0), COALESCE(MAX(undo_seq), 0) FROM import
		WHERE state IN ('done', 'undone') AND ($1 = '' OR source = $1)`, source).Scan(&published, &undone)
	if err != nil {
		return 0, fmt.Errorf("read the last change of %q: %w", source, err)
	}
	return max(published, undone), nil
}

// Findings lists the findings of an account after position from, at most limit.
func Findings(ctx context.Context, q db.Queryer, id int64, from, limit int) ([]resolute.Finding, error) {
	rows, err := q.Query(ctx, `SELECT rule, severity, record, line, col, path, found, expected, message
		FROM import_finding WHERE import = $1 AND n > $2 ORDER BY n LIMIT $3`, id, from, limit)
	if err != nil {
		return nil, fmt.Errorf("list findings of import %d: %w", id, err)
	}
	defer func() { _ = rows.Close() }()
	list := []resolute.Finding{}
	for rows.Next() {
		var f resolute.Finding
		if err := rows.Scan(&f.Rule, &f.Severity, &f.Record, &f.Line, &f.Column, &f.Path, &f.Found, &f.Expected, &f.Message); err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, rows.Err()
}

// OneRefused gives one refused record of an account by its place among them; an unknown one is an
// Error with code NotFound.
func OneRefused(ctx context.Context, q db.Queryer, id int64, n int) (RefusedRecord, error) {
	r := RefusedRecord{N: n}
	err := q.QueryRow(ctx, `SELECT line, rule, bytes FROM import_refused WHERE import = $1 AND n = $2`, id, n).Scan(&r.Line, &r.Rule, &r.Bytes)
	if errors.Is(err, sql.ErrNoRows) {
		return r, &resolute.Error{Code: resolute.NotFound, Field: "record", Message: fmt.Sprintf("import %d refused no record %d", id, n)}
	}
	if err != nil {
		return r, fmt.Errorf("read refused record %d of import %d: %w", n, id, err)
	}
	return r, nil
}

// RefusedRecords lists the kept bytes of an account's refused records, at most limit.
func RefusedRecords(ctx context.Context, q db.Queryer, id int64, limit int) ([]RefusedRecord, error) {
	rows, err := q.Query(ctx, `SELECT n, line, rule, bytes FROM import_refused WHERE import = $1 ORDER BY n LIMIT $2`, id, limit)
	if err != nil {
		return nil, fmt.Errorf("list refused records of import %d: %w", id, err)
	}
	defer func() { _ = rows.Close() }()
	var list []RefusedRecord
	for rows.Next() {
		var r RefusedRecord
		if err := rows.Scan(&r.N, &r.Line, &r.Rule, &r.Bytes); err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

func scan(row interface{ Scan(...any) error }) (Import, error) {
	var i Import
	var partial int
	err := row.Scan(&i.ID, &i.Kind, &i.State, &i.File, &i.Source, &i.SHA256, &i.Bytes, &partial, &i.Owner, &i.Actor, &i.At, &i.Root,
		&i.Version, &i.Generated, &i.Read, &i.New, &i.Changed, &i.Unchanged, &i.Refused, &i.Absent, &i.Transactions, &i.Rounded,
		&i.Total.Error, &i.Total.Warning, &i.Total.Note, &i.Reading, &i.Seq, &i.UndoSeq)
	i.Partial = partial == 1
	return i, err
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
