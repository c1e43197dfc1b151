package coverage

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"resolute/internal/db"
	"resolute/internal/directory"
)

// united is which organisations people said are others, at one state of the data: records name
// those that activities name, and whoever reads a record reads what these count as. It is
// immutable.
type united struct {
	into   map[int64]int64    // of one that was merged to what it counts as
	from   map[int64][]int64  // the other way round, in order
	called map[int64][]string // names and references of what was merged, by what it counts as
	parts  directory.Parts    // which records name by what they call another one
}

// readOrganisations reads how organisations are shown, and which count as others, after the change
// that the facts stand on.
func (f *facts) readOrganisations(ctx context.Context, q db.Queryer) error {
	all, err := directory.All(ctx, q)
	if err != nil {
		return err
	}
	f.names = make(map[int64]Organisation, len(all))
	for _, o := range all {
		f.names[o.ID] = shownAs(o)
	}
	return f.readUnited(ctx, q, f.head.Seq)
}

func (f *facts) readUnited(ctx context.Context, q db.Queryer, seq int64) error {
	kept, err := directory.ReadKept(ctx, q, seq)
	if err != nil {
		return err
	}
	parts, err := directory.ReadParts(ctx, q, f.head.Seq) // also where the rest is newer: the records were read by these
	if err != nil {
		return err
	}
	u := &united{into: kept.Into, from: map[int64][]int64{}, called: map[int64][]string{}, parts: parts}
	for _, gone := range slices.Sorted(maps.Keys(kept.Into)) {
		id, o := kept.Into[gone], f.names[gone]
		u.from[id], u.called[id] = append(u.from[id], gone), append(u.called[id], o.Name, o.Ref)
		delete(f.names, gone)
	}
	for id := range u.from {
		u.called[id] = append(u.called[id], f.names[id].Name, f.names[id].Ref) // another name may be preferred
	}
	f.united = u
	for id, o := range kept.Shown {
		if f.names != nil { // an index is read without names
			f.names[id] = shownAs(o)
		}
	}
	return nil
}

func shownAs(o directory.Organisation) Organisation {
	return Organisation{ID: o.ID, Ref: o.Ref, Name: o.Name, Type: o.Type}
}

// of gives what an organisation counts as.
func (u *united) of(id int64) int64 {
	if u != nil {
		if kept, merged := u.into[id]; merged {
			return kept
		}
	}
	return id
}

// others are those that count as an organisation.
func (u *united) others(id int64) []int64 {
	if u == nil {
		return nil
	}
	return u.from[id]
}

// names are the names and references of those that count as an organisation.
func (u *united) names(id int64) []string {
	if u == nil {
		return nil
	}
	return u.called[id]
}

// moved lists what organisations counted as before that count as others by now.
func (u *united) moved(now *united) (list []int64) {
	note := func(id int64) {
		if u.of(id) != now.of(id) {
			list = appendNew(list, u.of(id))
		}
	}
	for id := range u.into {
		note(id)
	}
	for id := range now.into {
		note(id)
	}
	return list
}

// unite makes blocks read as the facts say. Those that another state made stand as they are when
// they name none that moved, else another block of the same records takes their place.
func (f *facts) unite(b *book) {
	moved := map[*united][]int64{}
	next := atomic.Int64{}
	for _, p := range f.pieces {
		if p.united != nil && p.united != f.united && moved[p.united] == nil {
			moved[p.united] = p.united.moved(f.united)
		}
	}
	var crew sync.WaitGroup
	for range siftWorkers(len(f.pieces)) {
		crew.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(f.pieces); i = int(next.Add(1)) - 1 {
				p := &f.pieces[i]
				switch {
				case p.united == nil:
					p.united = f.united // nobody else has it yet
				case p.columnsOf(&f.stock, b).name(moved[p.united]):
					p.block = p.block.as(f.united)
					p.columnsOf(&f.stock, b)
				}
			}
		})
	}
	crew.Wait()
}

// reach adds the keys of the activities that name an organisation of which a name was split off, or is not
// any more, between other facts and these.
func (f *facts) reach(ctx context.Context, q db.Queryer, other *facts, keys map[string]bool) error {
	moved := f.united.parts.Moved(other.united.parts)
	if len(moved) == 0 {
		return nil
	}
	return addKeys(ctx, q, keys, `SELECT DISTINCT a.key FROM participant x JOIN activity a ON a.version = x.version WHERE x.organisation `+
		among(moved, func(id int64) int64 { return id }))
}

// as gives a block of the same records that are read otherwise.
func (k *block) as(u *united) *block {
	return &block{records: k.records, ends: k.ends, heads: k.heads, words: k.words, index: k.index, united: u}
}

// name tells whether any row has one of some organisations.
func (c *columns) name(organisations []int64) bool {
	return slices.ContainsFunc(organisations, func(id int64) bool {
		return id < int64(len(c.organisations.counts)) && c.organisations.counts[id] > 0
	})
}

// kept writes the numbers of organisations as what they count as.
func (u *united) kept(ids []string) []string {
	var list []string
	for _, id := range ids {
		if n, err := strconv.ParseInt(id, 10, 64); err == nil && u.of(n) != n {
			id = strconv.FormatInt(u.of(n), 10)
		}
		list = appendNew(list, id)
	}
	return list
}
