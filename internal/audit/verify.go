package audit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"resolute"
	"resolute/internal/db"
)

// Verify recomputes the whole log and returns the first sequence whose hash, chain, number or
// columns are not what its body gives; 0 when all is sound.
func Verify(ctx context.Context, q db.Queryer) (int64, error) {
	first := int64(0)
	err := verify(ctx, q, func(seq int64, _ string) {
		if first == 0 {
			first = seq
		}
	})
	return first, err
}

// Checks are the integrity checks of the log.
func Checks() []db.Check {
	return []db.Check{{
		Name: "log-chain", Severity: resolute.SeverityError,
		Why: "every figure names a change of the log; an altered, missing or inserted change means that the data were written past the program",
		Do:  "compare with a backup, find who wrote to the database, and restore",
		Find: func(ctx context.Context, q db.Queryer, limit int) (db.Found, error) {
			var found db.Found
			err := verify(ctx, q, func(seq int64, fault string) { found.Add(limit, fmt.Sprintf("change/%d", seq), fault) })
			return found, err
		},
	}}
}

// link is one change as it lies in the log.
type link struct {
	Change
	body, hash, head string
}

// verify reads the log from its first change and tells of each that does not hold.
func verify(ctx context.Context, q db.Queryer, tell func(seq int64, fault string)) error {
	rows, err := q.Query(ctx, `SELECT seq, at, actor, verb, object, body, hash, head FROM change ORDER BY seq`)
	if err != nil {
		return fmt.Errorf("verify the log: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var last link
	for rows.Next() {
		var l link
		if err := rows.Scan(&l.Seq, &l.At, &l.Actor, &l.Verb, &l.Object, &l.body, &l.hash, &l.head); err != nil {
			return fmt.Errorf("verify the log: %w", err)
		}
		if l.Seq != last.Seq+1 {
			tell(last.Seq+1, fmt.Sprintf("missing: change %d follows change %d", l.Seq, last.Seq))
		}
		if fault := l.fault(last.head); fault != "" {
			tell(l.Seq, fault)
		}
		last = l
	}
	return rows.Err()
}

// fault says what is wrong with a change that follows the given head.
func (l link) fault(before string) string {
	leaf := sha256.Sum256(append([]byte{0}, l.body...))
	chain := sha256.Sum256([]byte(before + l.hash))
	var said Change
	switch {
	case l.hash != hex.EncodeToString(leaf[:]):
		return "its hash is not that of its body"
	case l.head != hex.EncodeToString(chain[:]):
		return "its head does not follow from the change before it"
	case json.Unmarshal([]byte(l.body), &said) != nil:
		return "its body cannot be read"
	case said.Seq != l.Seq || said.At != l.At || said.Actor != l.Actor || said.Verb != l.Verb || said.Object != l.Object:
		return "its columns are not those of its body"
	}
	return ""
}
