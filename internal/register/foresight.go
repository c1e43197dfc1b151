package register

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"resolute/internal/db"
	"resolute/internal/iati"
	"resolute/internal/ledger"
)

// foresight holds what a file brings against what stands.
type foresight struct {
	q      db.Queryer
	source string
	keys   map[slot]string // of those that are asked for
	root   []byte          // of the file
}

// tell counts the notes of a batch and tells each as a change.
func (f *foresight) tell(ctx context.Context, notes []note, change func(Change) error, account *ledger.Import) error {
	var keys []string
	for n := range notes {
		if one := &notes[n]; one.Deed != DeedRefused && one.Key == "" {
			one.Key = Key(one.Reporter, one.Identifier, f.source, one.Occurrence)
			if _, asked := f.keys[one.Slot]; asked {
				f.keys[one.Slot] = one.Key
			}
			if one.Slot < 0 {
				keys = append(keys, one.Key)
			}
		}
	}
	standing, err := f.standing(ctx, keys)
	if err != nil {
		return err
	}
	before, err := f.documents(ctx, standing, change != nil)
	if err != nil {
		return err
	}
	for _, one := range notes {
		if one.Slot < 0 {
			version, stands := standing[one.Key]
			if one.Deed = DeedNew; stands {
				one.Deed = DeedChanged
				account.Changed++
			} else {
				account.New++
			}
			if stands && change != nil {
				after, err := readDocumentAs(one.Form, one.Doc, f.root, one.Line)
				if err != nil {
					return err
				}
				one.Fields = append(one.Fields, difference(before[version], after)...)
			}
		}
		if change == nil {
			continue
		}
		if err := change(one.Change); err != nil {
			return err
		}
	}
	return nil
}

// standing gives the versions to which keys point now.
func (f *foresight) standing(ctx context.Context, keys []string) (map[string]int64, error) {
	found := map[string]int64{}
	if len(keys) == 0 {
		return found, nil
	}
	args, marks := make([]any, len(keys)), ""
	for i, key := range keys {
		args[i] = key
		marks += fmt.Sprintf(", $%d", i+1)
	}
	err := each(ctx, f.q, `SELECT key, version FROM current WHERE key IN (`+marks[2:]+`)`, func(rows *sql.Rows) error {
		var key string
		var version int64
		err := rows.Scan(&key, &version)
		found[key] = version
		return err
	}, args...)
	return found, err
}

// documents reads what the versions were made of.
func (f *foresight) documents(ctx context.Context, standing map[string]int64, wanted bool) (map[int64]document, error) {
	if !wanted || len(standing) == 0 {
		return nil, nil
	}
	return documentsOf(ctx, f.q, slices.Collect(maps.Values(standing)))
}

// documentsOf reads what versions were made of.
func documentsOf(ctx context.Context, q db.Queryer, versions []int64) (map[int64]document, error) {
	documents := make(map[int64]document, len(versions))
	err := each(ctx, q, `SELECT a.version, a.line, d.form, d.bytes, i.root FROM activity a JOIN doc d ON d.version = a.version
		JOIN import i ON i.id = a.import WHERE a.version IN (`+numbers(versions)+`)`, func(rows *sql.Rows) error {
		var version int64
		var line int
		var form string
		var packed, root []byte
		if err := rows.Scan(&version, &line, &form, &packed, &root); err != nil {
			return err
		}
		d, err := readDocumentAs(form, packed, root, line)
		documents[version] = d
		return err
	})
	return documents, err
}

// document is what was taken in of one activity.
type document struct {
	iati.Activity             // of one that is XML; see read
	parts         []iati.Part // of one that is XML
	row           row         // of one that is a row
	form          string
}

// read gives the activity. That of a row is read when it is asked for: what takes rows asks for rows.
func (d document) read() iati.Activity {
	if d.form != formRow {
		return d.Activity
	}
	a := d.row.activity()
	return a
}

// readDocumentAs reads a stored document.
func readDocumentAs(form string, packed, root []byte, line int) (document, error) {
	if form == formRow {
		r, _, err := openRow(packed)
		return document{form: form, row: r}, err
	}
	a, raw, err := openDocument(form, packed, root, line)
	return document{form: form, Activity: a, parts: iati.Parts(raw)}, err
}
