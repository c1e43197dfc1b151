package register

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/gob"
	"errors"
	"fmt"
	"io"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/ledger"
)

// What an import does with one activity.
const (
	DeedNew       = "new"
	DeedChanged   = "changed"
	DeedUnchanged = "unchanged"
	DeedAbsent    = "absent"
	DeedRefused   = "refused"
)

// Change is what an import does, or would do, with one activity.
type Change struct {
	Deed       string        `json:"deed"` // DeedNew ...
	Key        string        `json:"key,omitempty"`
	Identifier string        `json:"iati_identifier"`
	Reporter   string        `json:"reporter"`
	Title      string        `json:"title,omitempty"`      // in the language asked for, where it has one; of what is unchanged perhaps as lists show it
	TitleLang  resolute.Lang `json:"title_lang,omitempty"` // empty: not known
	Line       int           `json:"line,omitempty"`       // of the file; of what is absent none
	Path       string        `json:"path,omitempty"`       // element or cell of the identifier, or of what is refused
	Rule       string        `json:"rule,omitempty"`       // that refuses it
	Message    string        `json:"message,omitempty"`    // why
	Fields     []FieldChange `json:"fields,omitempty"`     // of a changed one
}

// Preview is what an import would do. Account is the account that it would get, without a number.
type Preview struct {
	Account  ledger.Import
	Findings []resolute.Finding // the first
}

// PreviewOptions are what a caller may wish of a preview.
type PreviewOptions struct {
	ImportOptions
	Lang     resolute.Lang      // of titles, where they have it; empty: English
	Findings int                // how many to give at most
	Change   func(Change) error // called for each activity in the order of the file, then for what is absent; nil: not wanted
}

// importing reads a file: ImportIATI, ImportTable.
type importVerb func(r *Register, ctx context.Context, by resolute.Actor, src Source, in io.Reader, o ImportOptions) (ledger.Import, error)

// PreviewIATI reads a file as ImportIATI does and stores nothing: it tells what that import would
// do if nothing else is imported in between. Errors are those of ImportIATI; a file that is refused
// has an account too.
func (r *Register) PreviewIATI(ctx context.Context, by resolute.Actor, src Source, in io.Reader, o PreviewOptions) (Preview, error) {
	return r.preview(ctx, by, src, in, o, (*Register).ImportIATI)
}

// PreviewTable reads a table as ImportTable does; else it is as PreviewIATI.
func (r *Register) PreviewTable(ctx context.Context, by resolute.Actor, src Source, in io.Reader, o PreviewOptions) (Preview, error) {
	return r.preview(ctx, by, src, in, o, (*Register).ImportTable)
}

func (r *Register) preview(ctx context.Context, by resolute.Actor, src Source, in io.Reader, o PreviewOptions, verb importVerb) (Preview, error) {
	t, err := newTrial(o.Findings, cmp.Or(o.Lang, resolute.English))
	if err != nil {
		return Preview{}, fmt.Errorf("preview %s: %w", src.File, err)
	}
	t.change = o.Change
	dry := &Register{DB: r.DB, Now: r.Now, trial: t}
	account, err := verb(dry, ctx, by, src, in, o.ImportOptions)
	return Preview{Account: account, Findings: t.findings}, errors.Join(err, t.close())
}

// foresee tells what the last transaction of an import would make visible.
func (i *importing) foresee(ctx context.Context, fileFindings []resolute.Finding) (ledger.Import, error) {
	t, account := i.register.trial, i.account
	f := &foresight{source: i.account.Source, root: i.account.Root, keys: map[slot]string{}}
	occurrences := map[slot]int{}
	for _, g := range i.pairing.groups {
		for s, occurrence := range g.settle() {
			occurrences[s] = occurrence
		}
	}
	for _, c := range i.carried {
		f.keys[c.slot] = ""
	}
	err := i.register.DB.View(ctx, func(q db.Queryer) error {
		f.q = q
		err := t.read(func(notes []note) error {
			for n := range notes {
				if occurrence, ok := occurrences[notes[n].Slot]; ok {
					notes[n].Occurrence = occurrence
				}
			}
			return f.tell(ctx, notes, t.change, &account)
		})
		if err != nil || account.Partial {
			return err
		}
		return i.foreseeAbsent(ctx, q, &account)
	})
	if err != nil {
		return account, err
	}
	taken, err := i.toTake(ctx, f.keys)
	fileFindings = append(fileFindings, carriedFinding(taken)...)
	t.tell(fileFindings)
	for _, f := range fileFindings {
		account.Total.Add(f.Severity)
	}
	account.State = ledger.Done
	account.Unchanged = account.Read - account.Refused - account.New - account.Changed
	return account, err
}

// foreseeAbsent tells what the file no longer holds.
func (i *importing) foreseeAbsent(ctx context.Context, q db.Queryer, account *ledger.Import) error {
	gone, err := missing(ctx, q, account.Kind, account.Source, i.pairing)
	if err != nil {
		return err
	}
	account.Absent = len(gone)
	change := i.register.trial.change
	if change == nil {
		return nil
	}
	versions := make([]int64, len(gone))
	for n, s := range gone {
		versions[n] = s.version
	}
	return inChunks(versions, func(list string) error {
		return each(ctx, q, `SELECT a.key, a.iati_id, a.reporter, COALESCE(t.text, a.title), COALESCE(t.lang, a.title_lang) FROM activity a
			LEFT JOIN title t ON t.version = a.version AND t.lang = $1 WHERE a.version IN (`+list+`) ORDER BY a.key`, func(rows *sql.Rows) error {
			c := Change{Deed: DeedAbsent}
			if err := rows.Scan(&c.Key, &c.Identifier, &c.Reporter, &c.Title, &c.TitleLang); err != nil {
				return err
			}
			return change(c)
		}, string(i.register.trial.lang))
	})
}

// inBatches decodes notes and hands them on, some at a time.
func inBatches(d *gob.Decoder, take func([]note) error) error {
	batch := make([]note, 0, givenAtOnce)
	for {
		var n note
		err := d.Decode(&n)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if err == nil {
			batch = append(batch, n)
		}
		if len(batch) == givenAtOnce || err != nil {
			if failed := take(batch); failed != nil || err != nil {
				return failed
			}
			batch = batch[:0]
		}
	}
}
