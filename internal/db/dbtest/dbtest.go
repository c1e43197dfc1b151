// Package dbtest gives tests a fresh, migrated database of each engine.
package dbtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"resolute/internal/db"
)

// PostgresVariable names the environment variable with the address of a PostgreSQL server on
// which tests may make and drop schemas.
const PostgresVariable = "RESOLUTE_TEST_POSTGRES"

// Each runs test once on SQLite and once on PostgreSQL. Without the variable the second is
// skipped with a line that says so.
func Each(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, Postgres(t)) })
}

var (
	once     sync.Once
	template []byte
	failed   error
)

// SQLite gives a migrated SQLite file in the test's folder. The schema is made once a test
// binary and copied.
func SQLite(t testing.TB) *db.DB {
	t.Helper()
	once.Do(func() { template, failed = migrated() })
	if failed != nil {
		t.Fatal(failed)
	}
	path := filepath.Join(t.TempDir(), "resolute.db")
	if err := os.WriteFile(path, template, 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, path)
}

func migrated() ([]byte, error) {
	dir, err := os.MkdirTemp("", "resolute-schema-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "schema.db")
	d, err := db.Open(context.Background(), path)
	if err != nil {
		return nil, err
	}
	if _, err := d.Migrate(context.Background()); err != nil {
		return nil, err
	}
	if err := d.Close(); err != nil { // the last connection folds the log into the file
		return nil, err
	}
	return os.ReadFile(path)
}

var schemas atomic.Int64

// Postgres gives a migrated schema of its own on the server named by PostgresVariable, or skips.
func Postgres(t testing.TB) *db.DB {
	t.Helper()
	address := os.Getenv(PostgresVariable)
	if address == "" {
		t.Skip("PostgreSQL is not tried: " + PostgresVariable + " is not set")
	}
	ctx := context.Background()
	server, err := db.Open(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), schemas.Add(1))
	exec(t, server, "CREATE SCHEMA "+name)
	t.Cleanup(func() {
		exec(t, server, "DROP SCHEMA "+name+" CASCADE")
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	joint := "?"
	if strings.Contains(address, "?") {
		joint = "&"
	}
	d := open(t, address+joint+"search_path="+url.QueryEscape(name))
	if _, err := d.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	return d
}

func exec(t testing.TB, d *db.DB, statement string) {
	t.Helper()
	err := d.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), statement)
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func open(t testing.TB, address string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}
