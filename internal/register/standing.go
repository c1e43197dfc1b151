package register

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"resolute/internal/db"
)

// found is one activity that readers see, as a record of a file may meet it.
type found struct {
	standing
	reporter, identifier string
	title                string // as lists show it
	source               string
	importID             int64
	hierarchy            int
	imprint              []byte // names the bytes that were read last; nil: not known
	told                 []byte
}

// equals are what stands of one identity: in a source, and the first that is present in another. They
// are told apart once, as a file may hold tens of thousands of one identity.
type equals struct {
	first     *found
	here      []standing
	elsewhere *found
}

func (e *equals) of(list []found, source string) (here []standing, elsewhere *found) {
	if len(list) == 0 {
		return nil, nil
	}
	if e.first == &list[0] {
		return e.here, e.elsewhere
	}
	*e = equals{first: &list[0]}
	for n, f := range list {
		if f.source == source {
			e.here = append(e.here, f.standing)
		} else if f.absent == 0 && e.elsewhere == nil {
			e.elsewhere = &list[n]
		}
	}
	return e.here, e.elsewhere
}

// lookUp finds what readers see of the identities of a chunk.
func (c *chunk) lookUp(ctx context.Context, q db.Queryer) {
	identifiers := make([]string, 0, len(c.records))
	for _, r := range c.records {
		if r.refused == "" {
			identifiers = append(identifiers, r.Identifier)
		}
	}
	slices.Sort(identifiers)
	identifiers = slices.DeleteFunc(slices.Compact(identifiers), func(id string) bool { return c.lookedUp[id] })
	if c.held == nil {
		c.held = map[identity][]found{}
	}
	if c.err == nil {
		c.err = lookUp(ctx, q, identifiers, c.held)
	}
}

// lookupIDs is how many identifiers one statement asks for.
const lookupIDs = 200

// lookUp finds the activities that readers see, by identity, in the order of occurrences;
// those of other sources are among them.
func lookUp(ctx context.Context, q db.Queryer, identifiers []string, all map[identity][]found) error {
	for some := range slices.Chunk(identifiers, lookupIDs) {
		if err := lookUpSome(ctx, q, some, all); err != nil {
			return err
		}
	}
	return nil
}

func lookUpSome(ctx context.Context, q db.Queryer, identifiers []string, all map[identity][]found) error {
	args, marks := make([]any, len(identifiers)), make([]string, len(identifiers))
	for i, id := range identifiers {
		args[i], marks[i] = id, fmt.Sprintf("$%d", i+1)
	}
	rows, err := q.Query(ctx, `SELECT a.reporter, a.iati_id, a.title, a.source, a.key, a.occurrence, a.version, a.hash, a.hierarchy, a.lowest, a.line, a.updated, a.import, c.absent, r.imprint, r.told
		FROM activity a JOIN current c ON c.key = a.key AND c.version = a.version LEFT JOIN reading r ON r.version = a.version
		WHERE a.iati_id IN (`+strings.Join(marks, ", ")+`) ORDER BY a.iati_id, a.occurrence, a.version`, args...)
	if err != nil {
		return fmt.Errorf("look up identifiers: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var lowest int64
		var f found
		if err := rows.Scan(&f.reporter, &f.identifier, &f.title, &f.source, &f.key, &f.occurrence, &f.version, &f.hash, &f.hierarchy, &lowest, &f.line, &f.updated, &f.importID, &f.absent, &f.imprint, &f.told); err != nil {
			return err
		}
		f.lowest = lowest == 1
		id := identityOf(f.reporter, f.identifier)
		all[id] = append(all[id], f)
	}
	return rows.Err()
}

// reporters gives the reporting organisations of the activities that a source holds.
func reporters(ctx context.Context, q db.Queryer, kind, source string) (map[string]bool, error) {
	rows, err := q.Query(ctx, `SELECT DISTINCT a.reporter FROM activity a JOIN current c ON c.key = a.key AND c.version = a.version
		WHERE a.import IN (SELECT id FROM import WHERE kind = $1 AND source = $2) AND c.absent = 0`, kind, source)
	if err != nil {
		return nil, fmt.Errorf("read reporters of %s: %w", source, err)
	}
	defer func() { _ = rows.Close() }()
	set := map[string]bool{}
	for rows.Next() {
		var reporter string
		if err := rows.Scan(&reporter); err != nil {
			return nil, err
		}
		set[reporter] = true
	}
	return set, rows.Err()
}

// missing gives the activities of a source that readers see and the file did not hold.
func missing(ctx context.Context, q db.Queryer, kind, source string, p *pairing) ([]standing, error) {
	rows, err := q.Query(ctx, `SELECT a.reporter, a.iati_id, a.key, a.occurrence, a.version, a.lowest FROM activity a JOIN current c ON c.key = a.key AND c.version = a.version
		WHERE a.import IN (SELECT id FROM import WHERE kind = $1 AND source = $2) AND c.absent = 0`, kind, source)
	if err != nil {
		return nil, fmt.Errorf("read what %s held: %w", source, err)
	}
	defer func() { _ = rows.Close() }()
	var gone []standing
	for rows.Next() {
		var reporter, identifier string
		var s standing
		var lowest int64
		if err := rows.Scan(&reporter, &identifier, &s.key, &s.occurrence, &s.version, &lowest); err != nil {
			return nil, err
		}
		s.lowest = lowest == 1
		if !p.kept[s.key] && !p.holds(identityOf(reporter, identifier), s.occurrence) {
			gone = append(gone, s)
		}
	}
	slices.SortFunc(gone, func(a, b standing) int { return strings.Compare(a.key, b.key) }) // in SQL it would read all that stands, by key
	return gone, rows.Err()
}
