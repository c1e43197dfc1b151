package register

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/ledger"
)

// errMoved says that something changed since a file was taken in, so that it must be read again.
var errMoved = errors.New("something changed since the file was taken in")

// again takes in a file that is byte for byte the one its source holds, when nothing happened
// since that its account could say otherwise: the account is repeated, and nothing is read. ok is
// false when the file has to be read; it then stands at its beginning.
func (r *Register) again(ctx context.Context, by resolute.Actor, account ledger.Import, in io.Reader) (done ledger.Import, ok bool, err error) {
	file, seekable := in.(io.ReadSeeker)
	if !seekable || r.trial != nil {
		return done, false, nil
	}
	before, found, err := ledger.Latest(ctx, r.DB, account.Kind, account.Source)
	if err != nil || !found || before.Partial != account.Partial || before.Reading != account.Reading {
		return done, false, err
	}
	same, err := sameBytes(file, before)
	if err != nil || !same {
		return done, false, err
	}
	account.State, account.SHA256, account.Bytes = ledger.Done, before.SHA256, before.Bytes
	account.Root, account.Version, account.Generated, account.Total = before.Root, before.Version, before.Generated, before.Total
	account.Counts = ledger.Counts{Read: before.Read, Unchanged: before.Read - before.Refused, Refused: before.Refused, Transactions: before.Transactions, Rounded: before.Rounded}
	err = r.DB.Write(ctx, func(tx *db.Tx) (err error) {
		if err = tx.Serialize(ctx); err != nil {
			return err
		}
		if moved, err := movedSince(ctx, tx, before); err != nil || moved {
			return errors.Join(err, errMoved)
		}
		if account.ID, err = ledger.Begin(ctx, tx, account); err != nil {
			return err
		}
		if err = ledger.Repeat(ctx, tx, before.ID, account.ID); err != nil {
			return err
		}
		nothing := sha256.Sum256(nil)
		account.Seq, err = audit.Record(ctx, tx, published(account, r.Now().UnixMilli(), hex.EncodeToString(nothing[:])))
		if err != nil {
			return err
		}
		return ledger.Close(ctx, tx, account)
	})
	if errors.Is(err, errMoved) {
		return done, false, nil
	}
	if err != nil {
		return done, false, fmt.Errorf("import %s again: %w", account.File, err)
	}
	return account, true, nil
}

// sameBytes tells whether a file is the one of an account, and goes back to its beginning.
func sameBytes(file io.ReadSeeker, before ledger.Import) (bool, error) {
	start, err := file.Seek(0, io.SeekCurrent)
	if err != nil {
		return false, nil // a pipe: it can only be read once
	}
	end, err := file.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = file.Seek(start, io.SeekStart)
	}
	if err != nil || end-start != before.Bytes {
		return false, err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return false, err
	}
	_, err = file.Seek(start, io.SeekStart)
	return hex.EncodeToString(sum.Sum(nil)) == before.SHA256, err
}

// movedSince tells whether anything happened after an import that its account could say otherwise:
// another one moved a pointer or was undone, since identifiers elsewhere are told of; or a person
// decided, since a file may carry decisions.
func movedSince(ctx context.Context, q db.Queryer, before ledger.Import) (bool, error) {
	var n int64
	err := q.QueryRow(ctx, `SELECT (SELECT COUNT(*) FROM import i WHERE i.undo_seq > $1
			OR (i.seq > $1 AND EXISTS (SELECT 1 FROM import_entry e WHERE e.import = i.id)))
		+ (SELECT COUNT(*) FROM decision WHERE seq > $1)
		+ (SELECT COUNT(*) FROM import_finding WHERE import = $2 AND rule = $3)`, before.Seq, before.ID, findingCarried).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look for changes since import %d: %w", before.ID, err)
	}
	return n > 0, nil
}
