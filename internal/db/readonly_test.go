//go:build unix

package db_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"resolute/internal/db"
)

// asNobody takes the rights of the superuser from the process until the test ends, since they override
// those of files.
func asNobody(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		return
	}
	if err := syscall.Setreuid(-1, 65534); err != nil {
		t.Skip("the rights of the superuser cannot be laid down: ", err)
	}
	t.Cleanup(func() {
		if err := syscall.Setreuid(-1, 0); err != nil {
			t.Error(err)
		}
	})
}

// held makes a database that others may read, and gives its path.
func held(t *testing.T, migrated bool) string {
	t.Helper()
	folder := t.TempDir()
	path := filepath.Join(folder, "held.db")
	d, err := db.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	table(t, d)
	if migrated {
		if _, err := d.Migrate(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{filepath.Dir(folder), folder} {
		if err := os.Chmod(at, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	return path
}

// lock forbids to write into the folder of a file until the test ends.
func lock(t *testing.T, path string) {
	t.Helper()
	folder := filepath.Dir(path)
	if err := os.Chmod(folder, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(folder, 0o755) })
}

func TestADatabaseThatCannotBeWrittenIsRead(t *testing.T) {
	for name, whole := range map[string]bool{"file alone": false, "folder too": true} {
		t.Run(name, func(t *testing.T) {
			path := held(t, true)
			if whole {
				lock(t, path)
			}
			asNobody(t)
			d := openAt(t, path)
			if n, err := d.Migrate(context.Background()); n != 0 || err != nil || count(t, d) != 0 {
				t.Errorf("%d steps, %v", n, err)
			}
			err := d.Write(context.Background(), func(*db.Tx) error { return nil })
			var unwritable *db.UnwritableError
			if !errors.As(err, &unwritable) || !strings.Contains(err.Error(), path) || d.ReadOnly() == nil {
				t.Errorf("err = %v, want one that names %s", err, path)
			}
		})
	}
}

func TestAnOlderDatabaseThatCannotBeWrittenIsRefused(t *testing.T) {
	path := held(t, false)
	asNobody(t)
	d := openAt(t, path)
	if _, err := d.Migrate(context.Background()); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("err = %v", err)
	}
}

func TestANewFileInALockedFolderIsNamed(t *testing.T) {
	path := held(t, true)
	lock(t, path)
	asNobody(t)
	path = filepath.Join(filepath.Dir(path), "new.db")
	if _, err := db.Open(context.Background(), path); err == nil || !strings.Contains(err.Error(), path+" cannot be written") {
		t.Errorf("err = %v", err)
	}
}

func TestChangesBesideAFileThatCannotBeWrittenAreNotMissed(t *testing.T) {
	path := held(t, true)
	if err := os.WriteFile(path+"-wal", []byte("changes"), 0o600); err != nil {
		t.Fatal(err)
	}
	asNobody(t)
	if _, err := db.Open(context.Background(), path); err == nil || !strings.Contains(err.Error(), path+"-wal") {
		t.Errorf("err = %v", err)
	}
}
