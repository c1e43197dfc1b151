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
	source   string
	line     int
	importID int64
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
	c.held, c.err = lookUp(ctx, q, slices.Compact(identifiers))
}

// lookupIDs is how many identifiers one statement asks for.
const lookupIDs = 200

// lookUp finds the activities that readers see, by identity, in the order of occurrences;
// those of other sources are among them.
func lookUp(ctx context.Context, q db.Queryer, identifiers []string) (map[identity][]found, error) {
	all := map[identity][]found{}
	for len(identifiers) > 0 {
		n := min(lookupIDs, len(identifiers))
		if err := lookUpSome(ctx, q, identifiers[:n], all); err != nil {
			return nil, err
		}
		identifiers = identifiers[n:]
	}
	return all, nil
}

func lookUpSome(ctx context.Context, q db.Queryer, identifiers []string, all map[identity][]found) error {
	args, marks := make([]any, len(identifiers)), make([]string, len(identifiers))
	for i, id := range identifiers {
		args[i], marks[i] = id, fmt.Sprintf("$%d", i+1)
	}
	rows, err := q.Query(ctx, `SELECT a.reporter, a.iati_id, a.source, a.key, a.occurrence, a.version, a.hash, a.lowest, a.line, a.import, c.absent
		FROM activity a JOIN current c ON c.key = a.key AND c.version = a.version
		WHERE a.iati_id IN (`+strings.Join(marks, ", ")+`) ORDER BY a.iati_id, a.occurrence, a.version`, args...)
	if err != nil {
		return fmt.Errorf("look up identifiers: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var reporter, identifier string
		var lowest int64
		var f found
		if err := rows.Scan(&reporter, &identifier, &f.source, &f.key, &f.occurrence, &f.version, &f.hash, &lowest, &f.line, &f.importID, &f.absent); err != nil {
			return err
		}
		f.lowest = lowest == 1
		id := identityOf(reporter, identifier)
		all[id] = append(all[id], f)
	}
	return rows.Err()
}

// reporters gives the reporting organisations of the activities that a source holds.
func reporters(ctx context.Context, q db.Queryer, kind, source string) (map[string]bool, error) {
	rows, err := q.Query(ctx, `SELECT DISTINCT a.reporter FROM import i JOIN activity a ON a.import = i.id
		JOIN current c ON c.key = a.key AND c.version = a.version WHERE i.kind = $1 AND i.source = $2 AND c.absent = 0`, kind, source)
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
	rows, err := q.Query(ctx, `SELECT a.reporter, a.iati_id, a.key, a.occurrence, a.version FROM import i JOIN activity a ON a.import = i.id
		JOIN current c ON c.key = a.key AND c.version = a.version WHERE i.kind = $1 AND i.source = $2 AND c.absent = 0 ORDER BY a.key`, kind, source)
	if err != nil {
		return nil, fmt.Errorf("read what %s held: %w", source, err)
	}
	defer func() { _ = rows.Close() }()
	var gone []standing
	for rows.Next() {
		var reporter, identifier string
		var s standing
		if err := rows.Scan(&reporter, &identifier, &s.key, &s.occurrence, &s.version); err != nil {
			return nil, err
		}
		if !p.holds(identityOf(reporter, identifier), s.occurrence) {
			gone = append(gone, s)
		}
	}
	return gone, rows.Err()
}
