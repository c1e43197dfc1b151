package register

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"math"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/directory"
	"resolute/internal/iati"
)

// OrganisationRecord is what an organisation states of itself in a file of organisations.
type OrganisationRecord struct {
	Key          string
	Version      int64
	Import       int64
	Reporter     string
	ReporterName string
	Identifier   string
	Name         string
	Source       string
	Occurrence   int
	Line         int
	Updated      string // RFC 3339 in UTC; empty: not known

	hash   []byte
	absent bool
}

// seenRecords are the newest entries of all keys by the imports that were published, and not undone,
// up to the change $1.
const seenRecords = `FROM organisation_entry e JOIN import i ON i.id = e.import JOIN organisation_record o ON o.version = e.version
	WHERE ` + seenThen + ` AND NOT EXISTS (SELECT 1 FROM organisation_entry l JOIN import i ON i.id = l.import
		WHERE l.key = e.key AND l.import > e.import AND ` + seenThen + `)`

const seenThen = `i.state IN ('done', 'undone') AND i.seq <= $1 AND (i.undo_seq = 0 OR i.undo_seq > $1)`

// always is a change after all changes.
const always = math.MaxInt64

// recordsSeen lists the records that readers see after a change (0: now) and that meet a condition, by reporter.
func recordsSeen(ctx context.Context, q db.Queryer, seq int64, condition string, args ...any) ([]OrganisationRecord, error) {
	if seq == 0 {
		seq = always
	}
	var list []OrganisationRecord
	err := each(ctx, q, `SELECT o.key, o.version, o.import, o.reporter, o.reporter_name, o.identifier, o.name, o.source, o.occurrence, o.line, o.updated, o.hash, e.deed `+
		seenRecords+` AND `+condition+` ORDER BY o.reporter, o.identifier, o.key`, func(rows *sql.Rows) error {
		var r OrganisationRecord
		var deed string
		err := rows.Scan(&r.Key, &r.Version, &r.Import, &r.Reporter, &r.ReporterName, &r.Identifier, &r.Name, &r.Source, &r.Occurrence, &r.Line, &r.Updated, &r.hash, &deed)
		r.absent = deed == DeedAbsent
		list = append(list, r)
		return err
	}, append([]any{seq}, args...)...)
	return list, err
}

// Statement is a record with what it says.
type Statement struct {
	OrganisationRecord
	Says   iati.Organisation
	Others int // records of the same organisation beside this one, which it takes precedence over
}

// StatementOf gives what an organisation, by its key in the directory, states of itself, as it stood
// after a change (0: now); ok is false when nothing is stated. Of several records the one with the
// newest last-updated-datetime is given, then that of the latest import.
func (r *Register) StatementOf(ctx context.Context, party string, seq int64) (s Statement, ok bool, err error) {
	list, err := recordsSeen(ctx, r.DB, seq, `o.party = $2 AND e.deed <> 'absent'`, party)
	if err != nil || len(list) == 0 {
		return s, false, err
	}
	s.OrganisationRecord, s.Others = list[0], len(list)-1
	for _, one := range list[1:] {
		if one.Updated > s.Updated || one.Updated == s.Updated && one.Version > s.Version {
			s.OrganisationRecord = one
		}
	}
	root, raw, err := recordBytes(ctx, r.DB, s.Version)
	if err != nil {
		return s, false, err
	}
	s.Says, _ = iati.DecodeOrganisation(root, &iati.Element{Name: organisationElement, Raw: raw, Line: s.Line, Column: 1})
	return s, true, nil
}

const organisationElement = "iati-organisation"

// recordBytes gives the bytes of a record as received, and the root they came under.
func recordBytes(ctx context.Context, q db.Queryer, version int64) (iati.Root, []byte, error) {
	var packed, tag []byte
	err := q.QueryRow(ctx, `SELECT o.bytes, i.root FROM organisation_record o JOIN import i ON i.id = o.import WHERE o.version = $1`, version).Scan(&packed, &tag)
	if err != nil {
		return iati.Root{}, nil, fmt.Errorf("read organisation record %d: %w", version, err)
	}
	root, err := iati.ParseRoot(tag)
	if err != nil {
		return root, nil, fmt.Errorf("root of organisation record %d: %w", version, err)
	}
	raw, err := unpack(packed)
	if err != nil {
		return root, nil, fmt.Errorf("unpack organisation record %d: %w", version, err)
	}
	return root, raw, nil
}

// organisationChecks are about what organisations state of themselves.
func organisationChecks() []db.Check {
	const (
		astray = `FROM organisation_entry e LEFT JOIN organisation_record o ON o.version = e.version LEFT JOIN import i ON i.id = e.import
			WHERE o.version IS NULL OR o.key <> e.key OR i.id IS NULL`
		different = `FROM import i WHERE i.state IN ('done', 'undone') AND i.kind = 'organisations' AND (
			i.new_n <> (SELECT COUNT(*) FROM organisation_entry e WHERE e.import = i.id AND e.deed = 'new')
			OR i.changed_n <> (SELECT COUNT(*) FROM organisation_entry e WHERE e.import = i.id AND e.deed = 'changed')
			OR i.absent_n <> (SELECT COUNT(*) FROM organisation_entry e WHERE e.import = i.id AND e.deed = 'absent'))`
	)
	return []db.Check{{
		Name: "organisation-entry-lost", Severity: resolute.SeverityError,
		Why:     "what readers see of a file of organisations must be a record of that organisation, of an import that is known",
		Do:      "import the file of organisations again",
		Count:   `SELECT COUNT(*) ` + astray,
		Records: `SELECT e.key, 'import ' || CAST(e.import AS TEXT) || ' names version ' || CAST(e.version AS TEXT) ` + astray + ` ORDER BY e.key, e.import LIMIT $1`,
	}, {
		Name: "organisation-entries", Severity: resolute.SeverityError,
		Why:     "what an account counts as new, changed and absent must be what the import did",
		Do:      "import the file of organisations again",
		Count:   `SELECT COUNT(*) ` + different,
		Records: `SELECT 'import/' || CAST(i.id AS TEXT), i.file || ': new ' || CAST(i.new_n AS TEXT) || ', changed ' || CAST(i.changed_n AS TEXT) || ', absent ' || CAST(i.absent_n AS TEXT) ` + different + ` ORDER BY i.id LIMIT $1`,
	}, {
		Name: "organisation-document", Severity: resolute.SeverityError,
		Why:  "the received bytes are the truth; they must still say what they were stored as",
		Do:   "import the file of organisations again with --source NEW, then undo the old import",
		Find: damagedRecords,
	}}
}

// damagedRecords reads every record that readers see.
func damagedRecords(ctx context.Context, q db.Queryer, limit int) (db.Found, error) {
	var found db.Found
	list, err := recordsSeen(ctx, q, 0, `e.deed <> 'absent'`)
	if err != nil {
		return found, err
	}
	for _, one := range list {
		root, raw, err := recordBytes(ctx, q, one.Version)
		if err != nil {
			found.Add(limit, one.Key, err.Error())
			continue
		}
		if sum := root.Canonical(&iati.Element{Name: organisationElement, Raw: raw}); !bytes.Equal(sum[:], one.hash) {
			found.Add(limit, one.Key, fmt.Sprintf("version %d is not as it was stored", one.Version))
		}
	}
	return found, nil
}

// partyOf is the key in the directory of an organisation by its identifier.
func partyOf(identifier string) string { return directory.Party{Ref: identifier}.Key() }
