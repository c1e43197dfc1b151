package register

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/directory"
	"resolute/internal/ledger"
	"resolute/internal/mandate"
)

// staged is one version on its way into the store: the activity, its content hash and its
// document.
type staged struct {
	Activity
	hash   []byte
	form   string // of the document: iati or row
	doc    []byte // zstd
	tokens string // folded words, parted by blanks

	imprint  []byte
	mentions int
	told     []byte // nil: nothing is remembered of how it was read
	kin      []kin
}

// reread is what reading other bytes of a version that stands told.
type reread struct {
	version  int64
	imprint  []byte
	mentions int
	told     []byte
}

// errSwept says that another process took this import for dead.
var errSwept = errors.New("this import was silent for too long and was swept away; start it again")

// batch is what one transaction of an import writes.
type batch struct {
	staged   []staged
	first    int64 // number of the first of them among the staged of the import
	findings []resolute.Finding
	from     int // findings of the import before these
	refused  []ledger.RefusedRecord
	reread   []reread

	records, bytes int // taken into the batch, stored or not
	read           int // records of the import up to its end
}

func (b *batch) full() bool { return b.records >= batchRecords || b.bytes >= batchBytes }

// beginStaging opens the account and says who fills it.
func beginStaging(ctx context.Context, d *db.DB, account ledger.Import, now int64) (int64, error) {
	var id int64
	err := d.Write(ctx, func(tx *db.Tx) (err error) {
		if id, err = ledger.Begin(ctx, tx, account); err != nil {
			return err
		}
		return takeUp(ctx, tx, id, now)
	})
	return id, err
}

// takeUp says that this process does the work under a number.
func takeUp(ctx context.Context, tx *db.Tx, id, now int64) error {
	host, err := os.Hostname()
	if err != nil {
		return fmt.Errorf("name of this machine: %w", err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO staging (import, host, pid, beat) VALUES ($1, $2, $3, $4)`, id, host, int64(os.Getpid()), now)
	return err
}

// beat shows that the importer lives, and fails when it was taken for dead: a sweep takes the
// number of the process away first.
func beat(ctx context.Context, tx *db.Tx, id, now int64) error {
	result, err := tx.Exec(ctx, `UPDATE staging SET beat = $1 WHERE import = $2 AND pid = $3`, now, id, int64(os.Getpid()))
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errSwept)
	}
	return nil
}

// stage writes one batch, invisible until it is published, and gives the version number before
// its first. Versions of a batch follow each other. known caches the ids of organisations; fresh
// are those to add to it when the transaction is committed.
func stage(ctx context.Context, tx *db.Tx, by resolute.Actor, id int64, b batch, known map[string]int64) (base int64, fresh map[string]int64, err error) {
	if err := tx.Serialize(ctx); err != nil { // two imports must not be given the same versions
		return 0, nil, err
	}
	if err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(version), 0) FROM activity`).Scan(&base); err != nil {
		return 0, nil, fmt.Errorf("number versions: %w", err)
	}
	if fresh, err = directory.Ensure(ctx, tx, by, id, parties(b.staged), known); err != nil {
		return 0, nil, err
	}
	organisation := func(p Participant) int64 {
		key := directory.Party{Ref: p.Ref, Name: p.Name}.Key()
		if n := fresh[key]; n != 0 {
			return n
		}
		return known[key]
	}
	for i := range b.staged {
		b.staged[i].Version, b.staged[i].Import = base+int64(i)+1, id
	}
	if err := writeVersions(ctx, tx, b.staged); err != nil {
		return 0, nil, err
	}
	if err := writeProjections(ctx, tx, b.staged, organisation); err != nil {
		return 0, nil, err
	}
	if err := writeReadings(ctx, tx, b); err != nil {
		return 0, nil, err
	}
	if err := ledger.AddFindings(ctx, tx, id, b.from, b.findings); err != nil {
		return 0, nil, err
	}
	for _, r := range b.refused {
		if err := ledger.AddRefused(ctx, tx, id, r); err != nil {
			return 0, nil, err
		}
	}
	return base, fresh, nil
}

// writeReadings remembers what reading told.
func writeReadings(ctx context.Context, tx *db.Tx, b batch) error {
	var replaced []int64
	rows := make([][]any, 0, len(b.staged)+len(b.reread))
	for _, v := range b.staged {
		if v.told != nil {
			rows = append(rows, []any{v.Version, orEmpty(v.imprint), int64(v.mentions), v.told})
		}
	}
	for _, r := range b.reread {
		replaced = append(replaced, r.version)
		rows = append(rows, []any{r.version, orEmpty(r.imprint), int64(r.mentions), r.told})
	}
	err := inChunks(replaced, func(list string) error {
		_, err := tx.Exec(ctx, `DELETE FROM reading WHERE version IN (`+list+`)`)
		return err
	})
	return errors.Join(err, tx.Bulk(ctx, "reading", []string{"version", "imprint", "mentions", "told"}, rows))
}

// orEmpty gives bytes that are not NULL.
func orEmpty(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

func parties(versions []staged) []directory.Party {
	var list []directory.Party
	for _, v := range versions {
		for _, p := range v.Participants {
			list = append(list, directory.Party{Ref: p.Ref, Name: p.Name, Type: p.Type, Names: p.names})
		}
	}
	return list
}

func writeVersions(ctx context.Context, tx *db.Tx, versions []staged) error {
	activities, docs, words := make([][]any, 0, len(versions)), make([][]any, 0, len(versions)), make([][]any, 0, len(versions))
	var named [][]any
	for _, v := range versions {
		dated := v.PlannedStart != "" || v.ActualStart != "" || v.PlannedEnd != "" || v.ActualEnd != ""
		activities = append(activities, []any{v.Version, v.Key, v.Import, v.Owner, string(v.State), v.Reporter, v.ReporterName, flag(v.Secondary),
			v.Identifier, v.Source, int64(v.Occurrence), int64(v.Line), v.hash, v.Kind, v.Sector, v.Level, v.Status, int64(v.Hierarchy), flag(v.Lowest),
			v.Lang, v.Updated, v.PlannedStart, v.ActualStart, v.PlannedEnd, v.ActualEnd, flag(dated), v.TitleShown, v.TitleLang})
		docs = append(docs, []any{v.Version, v.form, v.doc})
		words = append(words, []any{v.Version, v.tokens})
		named = append(named, kinRows(v.Version, v.kin)...)
	}
	if err := tx.Bulk(ctx, "activity", []string{"version", "key", "import", "owner", "state", "reporter", "reporter_name", "secondary",
		"iati_id", "source", "occurrence", "line", "hash", "kind", "sector", "level", "status", "hierarchy", "lowest",
		"lang", "updated", "planned_start", "actual_start", "planned_end", "actual_end", "dated", "title", "title_lang"}, activities); err != nil {
		return err
	}
	if err := tx.Bulk(ctx, "doc", []string{"version", "form", "bytes"}, docs); err != nil {
		return err
	}
	if err := tx.Bulk(ctx, "kin", kinColumns, named); err != nil {
		return err
	}
	return tx.Bulk(ctx, "words", []string{"version", "tokens"}, words)
}

func writeProjections(ctx context.Context, tx *db.Tx, versions []staged, organisation func(Participant) int64) error {
	rows := map[string][][]any{}
	for _, v := range versions {
		for _, p := range projected {
			rows[p.table] = append(rows[p.table], p.rows(v, organisation)...)
		}
	}
	return errors.Join(
		writeTags(ctx, tx, versions, nil),
		tx.Bulk(ctx, "title", titleColumns, rows["title"]),
		tx.Bulk(ctx, "txn", txnColumns, rows["txn"]),
		tx.Bulk(ctx, "counterpart", counterpartColumns, rows["counterpart"]),
		tx.Bulk(ctx, "budget", budgetColumns, rows["budget"]),
		tx.Bulk(ctx, "participant", participantColumns, rows["participant"]),
		tx.Bulk(ctx, "place", placeColumns, rows["place"]),
		tx.Bulk(ctx, "location", locationColumns, rows["location"]),
		tx.Bulk(ctx, "evidence", evidenceColumns, rows["evidence"]))
}

// heldLink is one mandate link of a stored version.
type heldLink struct {
	version int64
	thread  string
}

// writeTags writes tags and mandate links, numbered in their order. A link keeps the revision
// whose wording stood when it was made: that of before, for one that stood already, else the one
// in force now.
func writeTags(ctx context.Context, tx *db.Tx, versions []staged, before map[heldLink]int64) error {
	now := mandate.Standing{}
	var tags, links [][]any
	for _, v := range versions {
		tags = append(tags, tagRows(v, nil)...)
		for i, row := range linkRows(v, nil) {
			revision, held := before[heldLink{v.Version, v.Links[i].Thread}]
			if !held {
				var err error
				if revision, err = now.Of(ctx, tx, v.Links[i].Thread); err != nil {
					return err
				}
			}
			links = append(links, append(row, revision))
		}
	}
	return errors.Join(tx.Bulk(ctx, "tag", tagColumns, tags), tx.Bulk(ctx, "mandate_link", append(slices.Clone(linkColumns), "revision"), links))
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
