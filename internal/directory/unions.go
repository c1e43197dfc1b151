package directory

import (
	"context"
	"maps"
	"slices"

	"resolute/internal/db"
)

// Unions tell which organisations are one by the decisions that stand, and by what they are shown.
type Unions struct {
	into    map[string]string // key of one that was merged to that of the one it went into
	apart   map[[2]string]bool
	parts   map[spelled]string  // key of what a name is that was split off
	prefers []Decision          // in the order of the decisions
	twice   string              // key of one that was merged while it was merged already; empty: none, as verbs see to
	members map[string][]string // by root, those of more than one, the root first and the others in order
}

// ReadUnions reads the decisions that stood after a change.
func ReadUnions(ctx context.Context, q db.Queryer, seq int64) (*Unions, error) {
	decisions, err := readDecisions(ctx, q)
	if err != nil {
		return nil, err
	}
	return newUnions(decisions, seq), nil
}

// newUnions replays decisions in their order.
func newUnions(decisions []Decision, seq int64) *Unions {
	u := &Unions{into: map[string]string{}, apart: map[[2]string]bool{}, parts: map[spelled]string{}, members: map[string][]string{}}
	for _, d := range decisions {
		if !d.standsAt(seq) {
			continue
		}
		switch d.Verb {
		case MergeVerb:
			if _, merged := u.into[d.Key]; merged {
				u.twice = d.Key
			}
			u.into[d.Key] = d.Other
			delete(u.apart, pairOf(d.Key, d.Other))
		case SplitVerb:
			if u.apart[pairOf(d.Key, d.Other)] = true; u.into[d.Key] == d.Other {
				delete(u.into, d.Key)
			}
			if d.Name != "" {
				u.parts[spelled{d.Other, words(d.Name)}] = d.Key
			}
		case PreferVerb:
			u.prefers = append(u.prefers, d)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(u.into)) {
		root := u.Root(key)
		if u.members[root] == nil {
			u.members[root] = []string{root}
		}
		if key != root {
			u.members[root] = append(u.members[root], key)
		}
	}
	return u
}

func pairOf(a, b string) [2]string { return [2]string{min(a, b), max(a, b)} }

// Root is the key of the organisation that counts for one: its own, unless it was merged. A chain
// that comes back to itself, which verbs never make, has the smallest of its keys as root.
func (u *Unions) Root(key string) string {
	met := map[string]bool{}
	for {
		next, merged := u.into[key]
		if !merged {
			return key
		}
		if met[key] {
			return u.smallest(key)
		}
		met[key] = true
		key = next
	}
}

// smallest is the smallest key of a circle.
func (u *Unions) smallest(key string) string {
	least := key
	for at := u.into[key]; at != key; at = u.into[at] {
		least = min(least, at)
	}
	return least
}

// circle is a key whose chain comes back to itself; empty: there is none.
func (u *Unions) circle() string {
	for _, key := range slices.Sorted(maps.Keys(u.into)) {
		if _, merged := u.into[u.Root(key)]; merged {
			return key
		}
	}
	return ""
}

// Members are the keys of all that are one with a key, the one that counts first.
func (u *Unions) Members(key string) []string {
	if list := u.members[u.Root(key)]; list != nil {
		return slices.Clone(list)
	}
	return []string{key}
}

// preferred gives the key of the identifier and the name that one root is shown by, as far as a
// decision says. What was merged when it was preferred and is not any more says nothing, nor does a name
// that none of names is by now.
func (u *Unions) preferred(root string, names []Name) (identifier, name string) {
	for _, d := range u.prefers {
		if u.Root(d.Key) != root {
			continue
		}
		if d.Other != "" && u.Root(d.Other) == root {
			identifier = d.Other
		}
		if slices.ContainsFunc(names, func(n Name) bool { return n.Text == d.Name }) {
			name = d.Name
		}
	}
	return identifier, name
}

// touched are the roots that decisions say anything about.
func (u *Unions) touched() []string {
	roots := map[string]bool{}
	for root := range u.members {
		roots[root] = true
	}
	for _, d := range u.prefers {
		roots[u.Root(d.Key)] = true
	}
	for from := range u.parts {
		roots[u.Root(from.key)] = true
	}
	return slices.Sorted(maps.Keys(roots))
}

// decidedNames reads the names of what is shown by one that is not just its first, by what counts: a person
// prefers another, or split the first off.
func (u *Unions) decidedNames(ctx context.Context, q db.Queryer) (map[string][]Name, error) {
	keys := map[string]bool{}
	add := func(key string) {
		for _, member := range u.Members(key) {
			keys[member] = true
		}
	}
	for _, d := range u.prefers {
		if d.Name != "" {
			add(d.Key)
		}
	}
	for from := range u.parts {
		add(from.key)
	}
	byRoot := map[string][]Name{}
	if len(keys) == 0 {
		return byRoot, nil
	}
	names, err := u.namesOf(ctx, q, slices.Sorted(maps.Keys(keys)))
	for _, n := range names {
		root := u.Root(n.Key)
		byRoot[root] = append(byRoot[root], n)
	}
	return byRoot, err
}

// Kept is which organisations count as another, and how those are shown about which anything was
// decided.
type Kept struct {
	Into  map[int64]int64        // number of one that was merged to that of the one that counts
	Shown map[int64]Organisation // by number, with the identifier and the name that are preferred
}

// Kept tells what stands now.
func (d Directory) Kept(ctx context.Context) (Kept, error) { return ReadKept(ctx, d.DB, Newest) }

// ReadKept reads what stood after a change. One that was merged into an organisation that no import
// named yet counts for itself.
func ReadKept(ctx context.Context, q db.Queryer, seq int64) (Kept, error) {
	k := Kept{Into: map[int64]int64{}, Shown: map[int64]Organisation{}}
	u, err := ReadUnions(ctx, q, seq)
	if err != nil {
		return k, err
	}
	roots := u.touched()
	var keys []string
	for _, root := range roots {
		keys = append(keys, u.Members(root)...)
	}
	known, err := byKeys(ctx, q, keys)
	if err != nil {
		return k, err
	}
	names, err := u.decidedNames(ctx, q)
	if err != nil {
		return k, err
	}
	for _, root := range roots {
		o, found := known[root]
		if !found {
			continue
		}
		for _, key := range u.Members(root) {
			if m, found := known[key]; found && m.ID != o.ID {
				k.Into[m.ID] = o.ID
			}
		}
		k.Shown[o.ID] = u.shown(o, known, names[root])
	}
	return k, nil
}

// shown is the organisation that counts as it is shown: what it has not itself comes from the
// others in the order of their keys, unless a person prefers something.
func (u *Unions) shown(o Organisation, known map[string]Organisation, names []Name) Organisation {
	identifier, name := u.preferred(o.Key, names)
	for _, key := range u.Members(o.Key) {
		m := known[key]
		o.Ref, o.Type, name = first(o.Ref, m.Ref), first(o.Type, m.Type), first(name, u.ownName(m, names))
	}
	o.Ref = first(known[identifier].Ref, o.Ref)
	o.Name = name
	return o
}

// ownName is the first name of an organisation that was not split off.
func (u *Unions) ownName(o Organisation, names []Name) string {
	if u.named(o.Key, o.Name) == o.Key {
		return o.Name
	}
	if at := slices.IndexFunc(names, func(n Name) bool { return n.Key == o.Key }); at >= 0 {
		return names[at].Text
	}
	return ""
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
