package register

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"sync"

	"github.com/klauspost/compress/zstd"

	"resolute/internal/db"
	"resolute/internal/iati"
)

// importsOfTables gives the imports of tables that a source had.
func importsOfTables(ctx context.Context, q db.Queryer, source string) (map[int64]bool, error) {
	imports := map[int64]bool{}
	err := each(ctx, q, `SELECT id FROM import WHERE kind = $1 AND source = $2`, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		imports[id] = true
		return err
	}, KindActivities, source)
	return imports, err
}

// recogniseRows says of own work of the source that came from a table what an export gives of it: a record
// that says the same is that own work, unchanged.
func (x *iatiReading) recogniseRows(ctx context.Context, c *chunk) error {
	if len(x.tables) == 0 {
		return nil
	}
	rows := map[int64]*found{}
	for _, list := range c.held {
		for n := range list {
			if f := &list[n]; f.source == x.source && x.tables[f.importID] {
				rows[f.version] = f
			}
		}
	}
	given, err := x.given.of(slices.Sorted(maps.Keys(rows)), func(versions []int64) (map[int64][]byte, error) { return x.sumsOfRows(ctx, versions) })
	if err != nil {
		return err
	}
	for version, sum := range given {
		rows[version].given = sum
	}
	return nil
}

// rememberedSums bounds the sums that an import remembers, beside those of one chunk.
const rememberedSums = 1 << 16

// rowSums remembers sums of versions: chunk after chunk may hold the same identifier, and asks for all that
// stands under it. It is safe for several goroutines.
type rowSums struct {
	mutex sync.Mutex
	sums  map[int64][]byte // nil: nothing is given of the version
}

// of gives the sums of versions, and makes those that are not known.
func (s *rowSums) of(versions []int64, sum func(versions []int64) (map[int64][]byte, error)) (map[int64][]byte, error) {
	sums := map[int64][]byte{}
	s.mutex.Lock()
	unknown := slices.DeleteFunc(versions, func(version int64) bool {
		known, ok := s.sums[version]
		if ok {
			sums[version] = known
		}
		return ok
	})
	s.mutex.Unlock()
	if len(unknown) == 0 {
		return sums, nil
	}
	made, err := sum(unknown)
	if err != nil {
		return nil, err
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.sums == nil || len(s.sums)+len(made) > rememberedSums {
		s.sums = map[int64][]byte{}
	}
	maps.Copy(s.sums, made)
	maps.Copy(sums, made)
	return sums, nil
}

// sumsOfRows gives the canonical sums of what an export gives of own work, without our own tags; nil where it
// gives nothing.
func (x *iatiReading) sumsOfRows(ctx context.Context, versions []int64) (map[int64][]byte, error) {
	sums := make(map[int64][]byte, len(versions))
	unpacker, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxDocument))
	if err != nil {
		return nil, err
	}
	defer unpacker.Close()
	g := giver{q: x.db, giving: Giving{Plain: true}, book: x.book, types: map[string]string{}, unpacker: unpacker}
	for some := range slices.Chunk(versions, givenAtOnce) {
		list, err := g.read(ctx, some)
		if err != nil {
			return nil, err
		}
		for i, h := range list {
			sums[some[i]] = nil
			if raw := g.give(h).XML; raw != nil {
				sum := iati.Root{Kind: iati.Activities, Version: "2.03"}.Canonical(&iati.Element{Name: "iati-activity", Raw: raw})
				sums[some[i]] = sum[:]
			}
		}
	}
	return sums, nil
}
