package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// How long a writer waits for the one before it, and how often it asks. SQLite itself asks ten times
// a second in the end; it would then hardly ever meet the moment between two batches of an import.
const (
	lockWait  = 20 * time.Second
	lockTold  = 2 * time.Second // then the one who waits is told
	lockAgain = 2 * time.Millisecond
)

// Pause is how long one who writes many transactions in a row waits between two of them, so that
// others come in between.
const Pause = 3 * lockAgain

// begin begins a writing transaction. In SQLite it takes the write lock, which goes to the first of
// those who ask, in this process or another.
func (d *DB) begin(ctx context.Context, conn *sql.Conn) (*sql.Tx, error) {
	if d.engine != sqliteEngine {
		return conn.BeginTx(ctx, nil)
	}
	if _, err := conn.ExecContext(ctx, `PRAGMA busy_timeout = 1`); err != nil {
		return nil, err
	}
	told := false
	for began := time.Now(); ; {
		tx, err := conn.BeginTx(ctx, nil)
		waited := time.Since(began)
		if err == nil || codeOf(err) != codeBusy || waited > max(d.Patience, lockWait) {
			return tx, err
		}
		if !told && waited > lockTold && d.Waiting != nil {
			told = true
			d.Waiting(d.path)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(lockAgain):
		}
	}
}

// openSQLite opens two pools on one file: a single writer, whose transactions take the write
// lock at once (a deferred one that reads first fails on the next commit of another process),
// and readers that cannot write. synchronous=FULL keeps what was acknowledged over power loss.
// A file that stands and cannot be written is read alone.
func openSQLite(ctx context.Context, path string) (*DB, error) {
	d := &DB{engine: sqliteEngine, path: path}
	if dir := filepath.Dir(path); dir != "." {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("no folder for the database %s can be made: %w", path, err)
		}
	}
	file := "file:" + (&url.URL{Path: path}).EscapedPath()
	fault := writable(path)
	if fault == nil {
		fault = d.openWriter(ctx, file)
	}
	reading := file + "?mode=ro" + readerPragmas
	switch {
	case fault == nil:
	case !refusesWrites(fault) || !readable(path):
		return nil, d.told(fmt.Errorf("open %s: %w", path, fault))
	case besides(path):
		return nil, fmt.Errorf("the database %s cannot be written (%w), and %s-wal beside it holds changes that are not in it yet: open it where it can be written", path, fault, path)
	default:
		d.fault, reading = fault, file+"?mode=ro&immutable=1"+readerPragmas
	}
	reader, err := sql.Open("sqlite", reading)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), d.Close())
	}
	reader.SetMaxOpenConns(8)
	d.read = reader
	if err := reader.PingContext(ctx); err != nil {
		return nil, errors.Join(d.told(fmt.Errorf("open %s: %w", path, err)), d.Close())
	}
	return d, nil
}

const (
	writerPragmas = "?_pragma=busy_timeout(20000)&_pragma=journal_mode(WAL)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)&_pragma=cache_size(-16000)&_txlock=immediate"
	readerPragmas = "&_pragma=busy_timeout(20000)&_pragma=query_only(1)&_pragma=cache_size(-2000)"
)

func (d *DB) openWriter(ctx context.Context, file string) error {
	writer, err := sql.Open("sqlite", file+writerPragmas)
	if err != nil {
		return err
	}
	writer.SetMaxOpenConns(1)
	if err := writer.PingContext(ctx); err != nil { // makes the file, so that readers find it
		return errors.Join(err, writer.Close())
	}
	d.write = writer
	return nil
}
