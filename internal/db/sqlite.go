package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

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
