package register

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
)

// A partial file holds some of a family. Whose level it may change are those that it brings, changes or
// brings back, whom these name or named as parents, and who names them as a child. Of those, and of nobody
// else, all that decides their level is looked up among what stands beside the file.

// relatives are what a partial file may change the level of.
type relatives struct {
	changed  map[identity]name // records that are not as they stood
	affected map[identity]name // whose level has to be settled
	children map[identity]name // whom the affected name as a child
	former   []found           // what the changed stood as
}

func newRelatives() relatives {
	return relatives{map[identity]name{}, map[identity]name{}, map[identity]name{}, nil}
}

// take notes a record that is not as it stood; held is what readers see of its identity.
func (f *relatives) take(id identity, r record, source string, held []found) {
	f.affect(r.Reporter, r.parents)
	f.hold(r.Reporter, r.children)
	if _, noted := f.changed[id]; noted {
		return // copies stood as the same
	}
	f.changed[id] = name{r.Reporter, r.Identifier}
	f.affected[id] = f.changed[id]
	for _, h := range held {
		if h.source == source && h.absent == 0 {
			f.former = append(f.former, h)
		}
	}
}

// affect notes parents that one names, or named.
func (f *relatives) affect(reporter string, parents []string) {
	for _, parent := range parents {
		f.affected[identityOf(reporter, parent)] = name{reporter, parent}
	}
}

// hold notes children that one names.
func (f *relatives) hold(reporter string, children []string) {
	for _, child := range children {
		f.children[identityOf(reporter, child)] = name{reporter, child}
	}
}

// meet adds to the family of a partial file all that decides the levels which it may change. A whole file
// holds that.
func (i *importing) meet(ctx context.Context) error {
	if !i.account.Partial {
		return nil
	}
	if err := i.meetRelatives(ctx); err != nil {
		return fmt.Errorf("look up relatives in %s: %w", i.account.Source, err)
	}
	return nil
}

func (i *importing) meetRelatives(ctx context.Context) error {
	f := &i.family.relatives
	err := i.hear(ctx, f.former, func(was found, parents, _ []string) { f.affect(was.reporter, parents) })
	if err != nil {
		return err
	}
	err = i.meetNamers(ctx, f.changed, func(n namer) {
		if n.relation == namesChild {
			f.affected[n.identity()] = n.name
		}
	})
	if err != nil {
		return err
	}
	met := butNot(f.affected, func(id identity) bool { _, changed := f.changed[id]; return changed && i.alone(id) })
	list, err := i.standing(ctx, met)
	if err != nil {
		return err
	}
	err = i.hear(ctx, list, func(one found, parents, children []string) {
		i.family.relate(one.reporter, one.identifier, one.hierarchy, parents, children)
		f.hold(one.reporter, children)
	})
	if err != nil {
		return err
	}
	others := butNot(f.affected, func(id identity) bool { _, changed := f.changed[id]; return changed })
	if err := i.meetNamers(ctx, others, func(namer) {}); err != nil {
		return err
	}
	_, err = i.standing(ctx, butNot(f.children, func(id identity) bool { _, too := met[id]; return too || i.alone(id) }))
	return err
}

// alone tells that nothing can stand beside what the file holds of an identity.
func (i *importing) alone(id identity) bool {
	return i.pairing.seen.find(id) != nil && i.pairing.groups[id] == nil
}

func butNot(names map[identity]name, unwanted func(identity) bool) map[identity]name {
	left := maps.Clone(names)
	maps.DeleteFunc(left, func(id identity, _ name) bool { return unwanted(id) })
	return left
}

// meetNamers adds those that stand and name some, and calls do with each.
func (i *importing) meetNamers(ctx context.Context, some map[identity]name, do func(namer)) error {
	named := slices.SortedFunc(maps.Keys(some), func(a, b identity) int { return bytes.Compare(a[:], b[:]) })
	return namers(ctx, i.register.DB, i.account.Source, named, func(n namer) {
		switch {
		case !i.pairing.stays(n.identity(), n.standing):
			return
		case n.relation == namesParent:
			i.family.childNamesParent(n.named, n.hierarchy)
		default:
			i.family.parentNamesChild(n.identity(), n.named)
		}
		do(n)
	})
}

// standing adds what stands of some, and gives it.
func (i *importing) standing(ctx context.Context, some map[identity]name) ([]found, error) {
	identifiers := make([]string, 0, len(some))
	for _, n := range some {
		identifiers = append(identifiers, n.identifier)
	}
	slices.Sort(identifiers)
	held := map[identity][]found{}
	if err := lookUp(ctx, i.register.DB, slices.Compact(identifiers), held); err != nil {
		return nil, err
	}
	var list []found
	for id := range some {
		list = append(list, held[id]...)
	}
	return i.beside(list), nil
}

// beside adds those of a list that stand in the source and go on standing, and gives them.
func (i *importing) beside(list []found) []found {
	list = slices.DeleteFunc(list, func(f found) bool {
		return f.source != i.account.Source || f.absent != 0 || !i.pairing.stays(identityOf(f.reporter, f.identifier), f.standing)
	})
	for _, f := range list {
		if id := identityOf(f.reporter, f.identifier); !i.pairing.unchanged(id, f.standing) {
			i.family.meet(id, f)
		}
	}
	return list
}

// hear calls do with whom some that stand name.
func (i *importing) hear(ctx context.Context, list []found, do func(f found, parents, children []string)) error {
	pack, err := newPacker()
	if err != nil || len(list) == 0 {
		return err
	}
	unread := map[int64]found{}
	for _, f := range list {
		if t, ok := pack.unpackTold(f.told); ok {
			do(f, t.Parents, t.Children)
		} else {
			unread[f.version] = f
		}
	}
	return inPieces(slices.Sorted(maps.Keys(unread)), lookupIDs, func(some []int64) error {
		documents, err := documentsOf(ctx, i.register.DB, some)
		for version, d := range documents {
			parents, children := relatedOf(d.read())
			do(unread[version], parents, children)
		}
		return err
	})
}
