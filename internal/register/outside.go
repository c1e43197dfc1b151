package register

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"resolute/internal/iati"
)

// A partial file holds some of a family. Whom its records name is looked up among what stands in the
// source, and a parent stays above a child that the file does not hold. What only stands names a
// record that is new, or names as its child, is settled by the next whole file: to find it all that
// stands would have to be read.

// outsider is what stands in the source of an identity that a partial file does not hold.
type outsider struct {
	hierarchy uint8
	standing  []standing
}

// take notes of a record of a partial file whom it names, and whether what it continues had a child.
func (f *family) take(id identity, r record, before []standing) {
	for _, list := range [][]string{r.parents, r.children} {
		for _, identifier := range list {
			f.named[identifier] = true
		}
	}
	if slices.ContainsFunc(before, func(s standing) bool { return !s.lowest }) {
		f.above[id] = true
	}
}

// meet adds to the family of a partial file those of its source that the file does not hold.
func (i *importing) meet(ctx context.Context) error {
	if !i.account.Partial {
		return nil
	}
	if err := i.meetNamed(ctx); err != nil {
		return fmt.Errorf("look up relatives in %s: %w", i.account.Source, err)
	}
	not, lowest := i.family.notLowest(i.pairing), -1
	for id := range i.family.above {
		if known := i.pairing.seen.find(id); known != nil && !not[id] && (lowest < 0 || int(known.hierarchy) < lowest) {
			lowest = int(known.hierarchy)
		}
	}
	if lowest < 0 {
		return nil
	}
	if err := i.meetBelow(ctx, lowest); err != nil {
		return fmt.Errorf("look for children in %s: %w", i.account.Source, err)
	}
	return nil
}

// meetNamed adds whom the records of the file name.
func (i *importing) meetNamed(ctx context.Context) error {
	named := make([]string, 0, len(i.family.named))
	for identifier := range i.family.named {
		named = append(named, identifier)
	}
	slices.Sort(named)
	held := map[identity][]found{}
	if err := lookUp(ctx, i.register.DB, named, held); err != nil {
		return err
	}
	outsiders := map[int64]child{}
	for id, list := range held {
		if i.pairing.seen.find(id) != nil {
			continue
		}
		for _, f := range list {
			if f.source == i.account.Source && f.absent == 0 {
				o := i.family.outside[id]
				o.hierarchy, o.standing = level(f.hierarchy), append(o.standing, f.standing)
				i.family.outside[id] = o
				outsiders[f.version] = child{f.reporter, f.identifier, f.hierarchy}
			}
		}
	}
	return i.hear(ctx, outsiders)
}

// child is one that stands and may name others.
type child struct {
	reporter, identifier string
	hierarchy            int
}

// meetBelow adds what those of the source say that stand below a level.
func (i *importing) meetBelow(ctx context.Context, above int) error {
	outsiders := map[int64]child{}
	err := each(ctx, i.register.DB, `SELECT a.version, a.reporter, a.iati_id, a.hierarchy FROM activity a JOIN current c ON c.key = a.key AND c.version = a.version
		WHERE a.import IN (SELECT id FROM import WHERE kind = $1 AND source = $2) AND c.absent = 0 AND a.hierarchy > $3`, func(rows *sql.Rows) error {
		var version int64
		var c child
		err := rows.Scan(&version, &c.reporter, &c.identifier, &c.hierarchy)
		if i.pairing.seen.find(identityOf(c.reporter, c.identifier)) == nil && i.reporters[c.reporter] {
			outsiders[version] = c
		}
		return err
	}, i.account.Kind, i.account.Source, int64(above))
	if err != nil {
		return err
	}
	return i.hear(ctx, outsiders)
}

// hear reads whom some that stand name.
func (i *importing) hear(ctx context.Context, outsiders map[int64]child) error {
	versions := make([]int64, 0, len(outsiders))
	for version := range outsiders {
		versions = append(versions, version)
	}
	slices.Sort(versions)
	return inPieces(versions, lookupIDs, func(some []int64) error {
		documents, err := documentsOf(ctx, i.register.DB, some)
		for version, d := range documents {
			i.family.hear(outsiders[version], d.read().Related)
		}
		return err
	})
}

func (f *family) hear(c child, related []iati.Related) {
	for _, r := range related {
		switch r.Type {
		case relatedParent:
			f.childNamesParent(identityOf(c.reporter, r.Ref), c.hierarchy)
		case relatedChild:
			f.parentNamesChild(identityOf(c.reporter, c.identifier), identityOf(c.reporter, r.Ref))
		}
	}
}
