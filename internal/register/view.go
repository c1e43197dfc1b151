package register

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/iati"
	"resolute/internal/ledger"
)

// Page is all that is stored of one activity, as its page shows it.
type Page struct {
	Activity
	Counts     bool  // false: another activity of the same identifier counts
	Absent     int64 // import since which its source no longer holds it; 0: present
	Seq        int64 // change that last moved it
	Tags       []ReviewedTag
	Links      []ReviewedLink
	Document   iati.Activity // descriptions, documents, results, related activities ...: decoded again
	Raw        []byte        // the document as received: XML of the element, or the row as JSON
	Form       string        // iati or row
	Import     ledger.Import // that brought this version
	Findings   []resolute.Finding
	Versions   []Revision // newest first
	Duplicates []string   // keys of other activities of the same organisation and identifier
}

// Revision is one version of an activity.
type Revision struct {
	Version int64  `json:"version"`
	Import  int64  `json:"import"`
	File    string `json:"file"`
	At      int64  `json:"at"` // Unix milliseconds
}

// XML gives the document of an activity as a file of its own: the root's start tag as it was
// received, with the namespaces it declares, the element byte for byte, and the end. One that
// came from a table has none: that is an Error with code NotFound.
func (p *Page) XML() ([]byte, error) {
	if p.Form != formIATI {
		return nil, &resolute.Error{Code: resolute.NotFound, Field: "xml",
			Message: fmt.Sprintf("activity %s came from a table, not from XML; the same address with .json or .csv gives it as data", p.Key)}
	}
	return slices.Concat([]byte("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), p.Import.Root, []byte("\n"), p.Raw, []byte("\n</iati-activities>\n")), nil
}

// Activity reads the activity that readers see under a key; an unknown one is an Error with
// code NotFound.
func (r *Register) Activity(ctx context.Context, key string) (Page, error) {
	var p Page
	var decisions []Decision
	matrix, err := r.matrix(ctx)
	if err != nil {
		return Page{}, err
	}
	err = r.DB.View(ctx, func(q db.Queryer) error {
		var counts int64
		err := scanActivity(q.QueryRow(ctx, `SELECT `+activityColumns+`, c.counts, c.absent, c.seq FROM current c JOIN activity a ON a.version = c.version WHERE c.key = $1`, key),
			&p.Activity, &counts, &p.Absent, &p.Seq)
		if errors.Is(err, sql.ErrNoRows) {
			return &resolute.Error{Code: resolute.NotFound, Field: "activity", Message: fmt.Sprintf("no activity has the key %q", key)}
		}
		if err != nil {
			return fmt.Errorf("read activity %s: %w", key, err)
		}
		p.Counts = counts == 1
		if decisions, err = Decisions(ctx, q); err != nil {
			return err
		}
		return errors.Join(readProjections(ctx, q, matrix, &p.Activity), readAccount(ctx, q, &p), readVersions(ctx, q, &p), readDuplicates(ctx, q, &p), readDocument(ctx, q, &p))
	})
	if err != nil {
		return Page{}, err
	}
	rulings := NewRulings(decisions)
	facts := Facts{Key: p.Key, Reporter: p.Reporter, Countries: p.countries()}
	p.Tags, p.Links = rulings.Tags(facts, p.Activity.Tags), rulings.Links(facts, p.Activity.Links)
	return p, nil
}

// readAccount reads the import of the version and its findings about this record.
func readAccount(ctx context.Context, q db.Queryer, p *Page) error {
	var err error
	if p.Import, err = ledger.Get(ctx, q, p.Activity.Import); err != nil {
		return err
	}
	rows, err := q.Query(ctx, `SELECT rule, severity, record, line, col, path, found, expected, message
		FROM import_finding WHERE import = $1 AND record = $2 ORDER BY n`, p.Activity.Import, p.Identifier)
	if err != nil {
		return fmt.Errorf("read findings about %s: %w", p.Key, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var f resolute.Finding
		if err := rows.Scan(&f.Rule, &f.Severity, &f.Record, &f.Line, &f.Column, &f.Path, &f.Found, &f.Expected, &f.Message); err != nil {
			return err
		}
		p.Findings = append(p.Findings, f)
	}
	return rows.Err()
}

func readVersions(ctx context.Context, q db.Queryer, p *Page) error {
	rows, err := q.Query(ctx, `SELECT a.version, a.import, i.file, i.at FROM activity a JOIN import i ON i.id = a.import
		WHERE a.iati_id = $1 AND a.key = $2 AND i.state IN ('done', 'undone') ORDER BY a.version DESC`, p.Identifier, p.Key)
	if err != nil {
		return fmt.Errorf("read versions of %s: %w", p.Key, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var v Revision
		if err := rows.Scan(&v.Version, &v.Import, &v.File, &v.At); err != nil {
			return err
		}
		p.Versions = append(p.Versions, v)
	}
	return rows.Err()
}

func readDuplicates(ctx context.Context, q db.Queryer, p *Page) error {
	rows, err := q.Query(ctx, `SELECT c.key FROM activity a JOIN current c ON c.key = a.key AND c.version = a.version
		WHERE a.iati_id = $1 AND a.reporter = $2 AND a.key <> $3 AND c.absent = 0 ORDER BY c.key`, p.Identifier, p.Reporter, p.Key)
	if err != nil {
		return fmt.Errorf("read duplicates of %s: %w", p.Key, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return err
		}
		p.Duplicates = append(p.Duplicates, key)
	}
	return rows.Err()
}

func readDocument(ctx context.Context, q db.Queryer, p *Page) error {
	var packed, root []byte
	err := q.QueryRow(ctx, `SELECT d.form, d.bytes, i.root FROM doc d JOIN activity a ON a.version = d.version JOIN import i ON i.id = a.import WHERE d.version = $1`,
		p.Version).Scan(&p.Form, &packed, &root)
	if err != nil {
		return fmt.Errorf("read document %d: %w", p.Version, err)
	}
	p.Document, p.Raw, err = openDocument(p.Form, packed, root, p.Line)
	return err
}

// openDocument unpacks a document and decodes it again.
func openDocument(form string, packed, root []byte, line int) (iati.Activity, []byte, error) {
	if form == formRow {
		r, raw, err := openRow(packed)
		if err != nil {
			return iati.Activity{}, nil, err
		}
		a := r.activity()
		return a, raw, nil
	}
	raw, err := unpack(packed)
	if err != nil {
		return iati.Activity{}, nil, fmt.Errorf("unpack document: %w", err)
	}
	start, err := iati.ParseRoot(root)
	if err != nil {
		return iati.Activity{}, nil, fmt.Errorf("read root of document: %w", err)
	}
	a, _ := iati.Decode(start, &iati.Element{Name: "iati-activity", Raw: raw, Line: line})
	return a, raw, nil
}

// openRow unpacks a row and reads it as it is stored.
func openRow(packed []byte) (row, []byte, error) {
	raw, err := unpack(packed)
	if err != nil {
		return row{}, nil, fmt.Errorf("unpack document: %w", err)
	}
	r, err := readRow(raw)
	if err != nil {
		return row{}, nil, fmt.Errorf("read document: %w", err)
	}
	return r, raw, nil
}
