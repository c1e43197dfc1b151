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

	"modernc.org/sqlite" // the driver "sqlite" too
)

// How long a writer waits for the one before it, and how often it asks. SQLite itself asks ten times
// a second in the end; it would then hardly ever meet the moment between two batches of an import.
const (
	lockWait  = 20 * time.Second
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
	for began := time.Now(); ; {
		tx, err := conn.BeginTx(ctx, nil)
		var busy *sqlite.Error
		if err == nil || !errors.As(err, &busy) || busy.Code()&0xff != 5 || time.Since(began) > lockWait {
			return tx, err
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
func openSQLite(ctx context.Context, path string) (*DB, error) {
	if dir := filepath.Dir(path); dir != "." {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("open %s: %w", path, err)
		}
	}
	file := "file:" + (&url.URL{Path: path}).EscapedPath()
	writer, err := sql.Open("sqlite", file+"?_pragma=busy_timeout(20000)&_pragma=journal_mode(WAL)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)&_pragma=cache_size(-16000)&_txlock=immediate")
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	writer.SetMaxOpenConns(1)
	if err := writer.PingContext(ctx); err != nil { // makes the file, so that readers find it
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), writer.Close())
	}
	reader, err := sql.Open("sqlite", file+"?mode=ro&_pragma=busy_timeout(20000)&_pragma=query_only(1)&_pragma=cache_size(-2000)")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), writer.Close())
	}
	reader.SetMaxOpenConns(8)
	return &DB{engine: sqliteEngine, write: writer, read: reader, path: path}, nil
}
