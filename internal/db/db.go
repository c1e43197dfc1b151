// Package db opens SQLite or PostgreSQL behind one SQL: reading, writing in one transaction,
// bulk loading and forward-only migrations. What differs between the two engines sits here
// and nowhere else.
//
// SQL that both engines read alike: $n parameters, ON CONFLICT, RETURNING, CTEs, window
// functions, FILTER. Days are TEXT YYYY-MM-DD, instants and money are 64-bit integers,
// booleans are 0 and 1 (write "flag = 1"), CAST(sum(x) AS BIGINT) around sums.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
)

// DB is one database: a SQLite file or a PostgreSQL server.
type DB struct {
	engine      engine
	write, read *sql.DB
	path        string // file of SQLite, empty on PostgreSQL
	fault       error  // why the file can only be read

	// Patience is how long a writer waits for another process; at least 20 seconds.
	Patience time.Duration
	// Waiting, when set, is told that a writer waits for another process; set it before use.
	Waiting func(path string)
}

// engine is what differs between SQLite and PostgreSQL.
type engine int

const (
	sqliteEngine engine = iota
	postgresEngine
)

// Queryer reads. A DB reads what is committed at each statement; View and Tx read one state.
type Queryer interface {
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRow(ctx context.Context, query string, args ...any) *sql.Row
}

// Open opens the database that url names: a path, or a postgres:// address. A missing file is
// made. Nothing is migrated: call Migrate.
func Open(ctx context.Context, url string) (*DB, error) {
	if strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://") {
		return openPostgres(ctx, url)
	}
	return openSQLite(ctx, url)
}

// Query runs a reading statement.
func (d *DB) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return d.read.QueryContext(ctx, query, args...)
}

// QueryRow runs a reading statement that gives at most one row.
func (d *DB) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	return d.read.QueryRowContext(ctx, query, args...)
}

// View runs fn in a reading transaction: everything it reads is one state of the database.
func (d *DB) View(ctx context.Context, fn func(q Queryer) error) error {
	var o *sql.TxOptions
	if d.engine == postgresEngine {
		o = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	tx, err := d.read.BeginTx(ctx, o)
	for try := 1; hasEnded(err) && try <= mostConnections; try++ {
		tx, err = d.read.BeginTx(ctx, o)
	}
	if err != nil {
		return fmt.Errorf("begin reading: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // nothing was written, so nothing can be lost
	return fn(&Tx{tx: tx, engine: d.engine})
}

// Write runs fn in one writing transaction and commits it. When fn fails nothing is written.
// SQLite has one writer at a time; PostgreSQL repeats fn up to three times when the server
// reports a serialization failure or a deadlock, so fn must have no effect outside tx. A file that
// cannot be written is an UnwritableError.
func (d *DB) Write(ctx context.Context, fn func(tx *Tx) error) error {
	if err := d.ReadOnly(); err != nil {
		return err
	}
	var err error
	for range 3 {
		if err = d.writeOnce(ctx, fn); !isRetryable(err) {
			return d.told(err)
		}
	}
	return err
}

func (d *DB) writeOnce(ctx context.Context, fn func(tx *Tx) error) error {
	conn, tx, err := d.beginWriting(ctx)
	for try := 1; hasEnded(err) && try <= mostConnections; try++ {
		conn, tx, err = d.beginWriting(ctx)
	}
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }() // gives the connection back to its pool
	if err := fn(&Tx{tx: tx, conn: conn, engine: d.engine}); err != nil {
		return errors.Join(err, ignoreDone(tx.Rollback()))
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// beginWriting takes a connection and begins a writing transaction on it.
func (d *DB) beginWriting(ctx context.Context) (*sql.Conn, *sql.Tx, error) {
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("connect: %w", err)
	}
	tx, err := d.begin(ctx, conn)
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("begin writing: %w", err), conn.Close())
	}
	return conn, tx, nil
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// Close closes both pools.
func (d *DB) Close() error {
	var errs []error
	for _, pool := range []*sql.DB{d.read, d.write} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(errs...)
}

// Engine names the engine for people: "SQLite" or "PostgreSQL".
func (d *DB) Engine() string {
	if d.engine == postgresEngine {
		return "PostgreSQL"
	}
	return "SQLite"
}

// IsUnique reports whether err is the violation of a primary or unique key, told by code.
func IsUnique(err error) bool {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return lite.Code() == 2067 || lite.Code() == 1555
	}
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "23505"
}

func isRetryable(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}
