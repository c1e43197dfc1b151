package directory

import (
	"cmp"
	"slices"
	"strings"
)

// judge says of what was gathered whether a person still has to decide about it.
type judge struct {
	*gathered
	unions *Unions
	kept   Kept
	apart  map[string]map[string]bool // by what counts
	groups []map[string]bool          // none of each is one with another, by what counts
	names  map[string][]dismissed     // by the key of the organisation whose own they are
}

func newJudge(g *gathered, u *Unions, kept Kept, told []dismissed) *judge {
	j := &judge{gathered: g, unions: u, kept: kept, apart: map[string]map[string]bool{}, names: map[string][]dismissed{}}
	for pair := range u.apart {
		j.part(u.Root(pair[0]), u.Root(pair[1]))
		j.part(u.Root(pair[1]), u.Root(pair[0]))
	}
	for _, d := range told {
		roots := make(map[string]bool, len(d.keys))
		for key := range d.keys {
			roots[u.Root(key)] = true
			if len(d.names) > 0 {
				j.names[key] = append(j.names[key], d)
			}
		}
		if len(d.names) == 0 {
			j.groups = append(j.groups, roots)
		}
	}
	return j
}

func (j *judge) part(a, b string) {
	if j.apart[a] == nil {
		j.apart[a] = map[string]bool{}
	}
	j.apart[a][b] = true
}

// compare orders candidates, the strongest reasons first.
func (c Candidate) compare(other Candidate) int {
	return cmp.Or(slices.Index(Reasons, c.Reason)-slices.Index(Reasons, other.Reason), cmp.Compare(c.Value, other.Value),
		cmp.Compare(c.Organisations[0].ID, other.Organisations[0].ID))
}

// candidate judges what organisations share.
func (j *judge) candidate(at group) (Candidate, bool) {
	open := j.open(at.ids)
	c := Candidate{Reason: at.reason, Value: at.value, Names: []string{}}
	if len(open) < 2 {
		return c, false
	}
	bare := func(o Organisation) bool { return Schemed(o.Ref).Scheme == "" }
	government := func(o Organisation) bool { return strings.Contains(strings.ToUpper(o.Ref), "-GOV-") }
	first := func(o Organisation) bool { return words(o.Name) == at.value }
	switch at.reason {
	case MissingList:
		if !differ(open, bare) {
			return c, false
		}
	case OldList:
		if !differ(open, government) {
			return c, false
		}
	case SameName:
		if c.Weak = true; !all(open, first) {
			c.Reason = OtherName
		}
	}
	for _, o := range open {
		c.Organisations = append(c.Organisations, j.shown(o))
	}
	return c, true
}

// several judges an organisation of names that have nothing in common.
func (j *judge) several(one naming) (Candidate, bool) {
	strange := apartNames(one.names, j.names[one.Key])
	return Candidate{Reason: SeveralNames, Weak: true, Value: one.Ref, Organisations: []Organisation{one.Organisation}, Names: strange}, strange != nil
}

// shown gives what an organisation counts as, as it is shown.
func (j *judge) shown(o Organisation) Organisation {
	if into := j.kept.Into[o.ID]; into != 0 {
		return j.kept.Shown[into]
	}
	if shown, decided := j.kept.Shown[o.ID]; decided {
		return shown
	}
	return o
}

// open are those of some organisations that are not one yet, one for each that counts, without those
// that a person said are apart from all the others.
func (j *judge) open(ids []int64) []Organisation {
	var list []Organisation
	roots := make(map[string]bool, len(ids))
	for _, id := range ids {
		o := j.known[id]
		if root := j.unions.Root(o.Key); !roots[root] {
			roots[root] = true
			list = append(list, o)
		}
	}
	if slices.ContainsFunc(j.groups, func(told map[string]bool) bool { return within(roots, told) }) {
		return nil
	}
	return slices.DeleteFunc(list, func(o Organisation) bool {
		n := 0
		for other := range j.apart[j.unions.Root(o.Key)] {
			if roots[other] {
				n++
			}
		}
		return n >= len(roots)-1
	})
}

// within tells whether all of some are in a set.
func within(some, set map[string]bool) bool {
	if len(some) > len(set) {
		return false
	}
	for one := range some {
		if !set[one] {
			return false
		}
	}
	return true
}
