package db_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"resolute/internal/db"
)

func openAt(t *testing.T, path string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// TestADiskThatIsFullIsNamed bounds the file, as a full disk does.
func TestADiskThatIsFullIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "full.db")
	d := openAt(t, path)
	table(t, d)
	write(t, d, func(tx *db.Tx) error {
		var pages int
		return tx.QueryRow(context.Background(), `PRAGMA max_page_count = 4`).Scan(&pages)
	})
	err := d.Write(context.Background(), func(tx *db.Tx) error {
		return tx.Bulk(context.Background(), "probe", []string{"k", "n"}, [][]any{{strings.Repeat("long", 20000), int64(1)}})
	})
	var unwritable *db.UnwritableError
	if !errors.As(err, &unwritable) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "full") {
		t.Errorf("err = %v, want one that names the file and the full disk", err)
	}
	if n := count(t, d); n != 0 {
		t.Errorf("%d rows were stored", n)
	}
}

func TestAFileThatIsNoDatabaseIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "letter.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("Dear Sir or Madam ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Open(context.Background(), path); err == nil || !strings.Contains(err.Error(), path+" is no database") {
		t.Errorf("err = %v", err)
	}
}

// TestAWriterWaitsForAnotherProcess has two stores on one file, as two processes have.
func TestAWriterWaitsForAnotherProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "two.db")
	first, second := openAt(t, path), openAt(t, path)
	table(t, first)
	told := make(chan string, 1)
	second.Waiting = func(path string) { told <- path }
	holds, done := make(chan bool), make(chan error)
	go func() {
		done <- first.Write(context.Background(), func(*db.Tx) error {
			close(holds)
			select {
			case got := <-told:
				if got != path {
					t.Errorf("waits for %s, want %s", got, path)
				}
			case <-time.After(10 * time.Second):
				t.Error("the second was not told that it waits")
			}
			return nil
		})
	}()
	<-holds
	write(t, second, func(tx *db.Tx) error {
		return tx.Bulk(context.Background(), "probe", []string{"k", "n"}, [][]any{{"a", int64(1)}})
	})
	if err := <-done; err != nil || count(t, first) != 1 {
		t.Errorf("err = %v, %d rows", err, count(t, first))
	}
}
