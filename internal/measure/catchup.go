package measure

import (
	"context"
	"fmt"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/ledger"
)

// overtaken is a series that another import changed, or was undone to, since this one began.
type overtaken struct {
	id                 int64
	own, before, since []byte // contents: as this import staged it, as it was when this import began, as it is now; nil: none
}

// catchUp merges what this import states into what others published since it began, and counts it
// anew in the account: the outcome is that of reading one file after the other. It must run where no
// other import can be published. Conflict is returned where the statements of this import depend on
// what stood: then nothing of it may be stored.
func (i *intake) catchUp(ctx context.Context, tx *db.Tx, account *ledger.Import) error {
	list, err := i.overtaken(ctx, tx)
	if err != nil || len(list) == 0 {
		return err
	}
	if i.relative {
		return &resolute.Error{Code: resolute.Conflict, Field: "source",
			Message: fmt.Sprintf("%d of the same series were changed by another import while this file was read: nothing of it is stored, start it again", len(list))}
	}
	var rows [][]any
	for _, o := range list {
		before, after, err := o.merge()
		if err != nil {
			return fmt.Errorf("series %d: %w", o.id, err)
		}
		account.New += after.added - before.added
		account.Changed += after.changed - before.changed
		account.Unchanged += after.equal - before.equal
		rows = append(rows, versionRow(o.id, i.account.ID, after))
	}
	return i.writeVersions(ctx, tx, rows)
}

// overtaken finds the series of this import that are not as they were when it began.
func (i *intake) overtaken(ctx context.Context, tx *db.Tx) (list []overtaken, err error) {
	newestAt := func(n int) string {
		return `(SELECT o.body FROM series_version o JOIN import i ON i.id = o.import WHERE o.series = v.series AND ` + visible(n) + ` ORDER BY i.seq DESC LIMIT 1)`
	}
	head, err := upTo(ctx, tx, 0)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, `SELECT v.series, v.body, `+newestAt(2)+`, `+newestAt(3)+` FROM series_version v WHERE v.import = $1
		AND EXISTS (SELECT 1 FROM series_version o JOIN import i ON i.id = o.import WHERE o.series = v.series AND o.import <> $1 AND (i.seq > $2 OR i.undo_seq > $2))
		ORDER BY v.series`, i.account.ID, i.base, head)
	if err != nil {
		return nil, fmt.Errorf("look for series that changed meanwhile: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var o overtaken
		if err := rows.Scan(&o.id, &o.own, &o.before, &o.since); err != nil {
			return nil, err
		}
		list = append(list, o)
	}
	return list, rows.Err()
}

// merge gives what became of the series with what stood when this import began, and what becomes of
// it with what stands now.
func (o overtaken) merge() (before, after merged, err error) {
	own, err := unpack(o.own)
	if err != nil {
		return before, after, err
	}
	var stated []placed
	for _, one := range own {
		if one.Stated {
			stated = append(stated, placed{Observation: one})
		}
	}
	if before, err = mergeInto(o.before, stated); err == nil {
		after, err = mergeInto(o.since, stated)
	}
	return before, after, err
}

// mergeInto merges into a stored content; nil is none.
func mergeInto(body []byte, stated []placed) (merged, error) {
	if body == nil {
		return merge(nil, stated), nil
	}
	held, err := unpack(body)
	for n := range held {
		held[n].Stated = false
	}
	return merge(held, stated), err
}
