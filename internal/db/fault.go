package db

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"modernc.org/sqlite"
)

// Codes of SQLite, without what they are refined by.
const (
	codeBusy     = 5
	codeReadOnly = 8
	codeIO       = 10
	codeFull     = 13
	codeCantOpen = 14
	codeNotADB   = 26
)

// codeOf gives the code of SQLite in an error; 0: it has none.
func codeOf(err error) int {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return lite.Code() & 0xff
	}
	return 0
}

// UnwritableError is the error of a database file that cannot be written now. Its text names the file and
// the reason.
type UnwritableError struct {
	Path, Reason string
	Err          error
}

func (e *UnwritableError) Error() string {
	return fmt.Sprintf("the database %s cannot be written: %s (%v)", e.Path, e.Reason, e.Err)
}

// Unwrap gives what the system said.
func (e *UnwritableError) Unwrap() error { return e.Err }

// reasons says for codes of SQLite why a file cannot be written, and what helps.
var reasons = map[int]string{
	codeBusy:     "another process has been writing to it for long; start this again when that one has ended",
	codeReadOnly: "the file, its folder or what holds it allows no writing",
	codeIO:       "the disk failed or has no space left",
	codeFull:     "the disk is full; nothing of the last step was stored",
	codeCantOpen: "the file, its folder or what holds it allows no writing",
}

// told gives an error of SQLite in words that name the file.
func (d *DB) told(err error) error {
	var already *UnwritableError
	if err == nil || d.engine != sqliteEngine || errors.As(err, &already) {
		return err
	}
	code := codeOf(err)
	if code == codeNotADB {
		return fmt.Errorf("%s is no database of this program: %w", d.path, err)
	}
	if ofFile(err) {
		code = codeReadOnly
	}
	if reason := reasons[code]; reason != "" {
		return &UnwritableError{d.path, reason, err}
	}
	return err
}

// ReadOnly tells why the database can only be read; nil: it can be written. What such a database answers
// is as it stood when it was opened.
func (d *DB) ReadOnly() error {
	if d.fault == nil {
		return nil
	}
	return d.told(d.fault)
}

// refusesWrites tells whether a file may be read though it was not opened for writing.
func refusesWrites(err error) bool {
	code := codeOf(err)
	return code == codeReadOnly || code == codeCantOpen || ofFile(err)
}

// ofFile tells whether the system refused the file itself, by its rights or as one of a disk that is only read.
func ofFile(err error) bool {
	var at *fs.PathError
	return errors.As(err, &at)
}

// writable tells by the rights of a file that stands whether it can be written: SQLite opens one that it
// cannot write without saying so.
func writable(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil // it is made
	case err != nil:
		return err
	}
	return f.Close()
}

func readable(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	return f.Close() == nil
}

// besides tells whether changes stand beside a file.
func besides(path string) bool {
	info, err := os.Stat(path + "-wal")
	return err == nil && info.Size() > 0
}
