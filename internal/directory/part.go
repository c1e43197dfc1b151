package directory

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/db"
)

// A part is what data calls by one name under a reference that stands for several organisations. A person
// split it off; from then on it is an organisation of its own, without the reference.

// spelled is a name, by its words, of the organisation of a key.
type spelled struct{ key, words string }

func partKey(key, words string) string { return partMark + keyText(key) + " | " + words }

// partMark begins the keys of parts.
const partMark = "part:"

// dormant tells whether a key is that of a part whose splitting off was undone: nothing counts for it.
func (u *Unions) dormant(key string) bool {
	if !strings.HasPrefix(key, partMark) {
		return false
	}
	for _, part := range u.parts {
		if part == key {
			return false
		}
	}
	return true
}

// SplitName records that what data calls by one of the names of an organisation is another one. It returns
// Forbidden without the right on it, NotFound for an unknown key, Invalid without a reason and for a name
// that it was not given, and Conflict when it is known by nothing but its name, has no name beside that one,
// or the name was split off before.
func (d Directory) SplitName(ctx context.Context, by resolute.Actor, key, name, reason string) (Decision, error) {
	name = plain(name)
	r := ruling{Decision: Decision{Verb: SplitVerb, Key: partKey(key, words(name)), Other: key, Name: name, Reason: reason}, about: []string{key}, meets: separable}
	r.enters = func(ctx context.Context, tx *db.Tx, u *Unions, about map[string]Organisation) error {
		return r.enterPart(ctx, tx, by, u, about)
	}
	return d.rule(ctx, by, r)
}

func separable(u *Unions, d *Decision) error {
	switch part := u.parts[spelled{d.Other, words(d.Name)}]; {
	case words(d.Name) == "":
		return &resolute.Error{Code: resolute.Invalid, Field: "name", Message: "name the one that is split off"}
	case part != "":
		return conflict("%q was split off %s before", d.Name, d.Other)
	}
	return nil
}

// enterPart enters the organisation that a name becomes.
func (r *ruling) enterPart(ctx context.Context, tx *db.Tx, by resolute.Actor, u *Unions, about map[string]Organisation) error {
	whole := about[r.Other]
	if whole.Ref == "" {
		return conflict("%s is known by its name only: there is no other one under it", r.Other)
	}
	names, err := u.namesOf(ctx, tx, []string{r.Other})
	if err != nil {
		return err
	}
	own, others := (*Name)(nil), 0
	for _, n := range names {
		if words(n.Text) != words(r.Name) {
			others++
		} else if own == nil || n.Text == r.Name && own.Text != r.Name {
			own = &n
		}
	}
	if own == nil {
		return neverGiven(r.Other, r.Name)
	}
	if others == 0 {
		return conflict("%s has no name beside %q: nothing would be left of it", r.Other, r.Name)
	}
	part := Organisation{Key: r.Key, Name: own.Text, Import: own.Import}
	if part.ID, err = enter(ctx, tx, by, own.Import, r.Key, Party{Name: own.Text}); err != nil {
		return err
	}
	about[r.Key] = part
	return nil
}

func neverGiven(key, name string) error {
	return &resolute.Error{Code: resolute.Invalid, Field: "name", Message: fmt.Sprintf("nobody gave %s the name %q", key, name)}
}

// named gives the key of the organisation that a name means which was given to that of another key.
func (u *Unions) named(key, name string) string {
	if len(u.parts) == 0 {
		return key
	}
	if part := u.parts[spelled{key, words(name)}]; part != "" {
		return part
	}
	return key
}

// wholes are keys with those that they were split off, which their names were given to.
func (u *Unions) wholes(keys []string) []string {
	all := append([]string{}, keys...)
	for from, part := range u.parts {
		for _, key := range keys {
			if key == part {
				all = append(all, from.key)
			}
		}
	}
	return all
}

// Parts tell which organisation a participant is whose reference stands for several.
type Parts struct {
	of map[int64]map[string]int64 // by the number of the one that was split and the words of a name
}

// ReadParts reads those that stood after a change.
func ReadParts(ctx context.Context, q db.Queryer, seq int64) (Parts, error) {
	u, err := ReadUnions(ctx, q, seq)
	if err != nil || len(u.parts) == 0 {
		return Parts{}, err
	}
	var keys []string
	for from, part := range u.parts {
		keys = append(keys, from.key, part)
	}
	known, err := byKeys(ctx, q, keys)
	if err != nil {
		return Parts{}, err
	}
	p := Parts{of: map[int64]map[string]int64{}}
	for from, part := range u.parts {
		whole, one := known[from.key].ID, known[part].ID
		if whole == 0 || one == 0 {
			continue
		}
		if p.of[whole] == nil {
			p.of[whole] = map[string]int64{}
		}
		p.of[whole][from.words] = one
	}
	return p, nil
}

// None tells that no name was split off.
func (p Parts) None() bool { return len(p.of) == 0 }

// Of gives the number of the organisation that data means which names one by a reference, its number, and a
// name.
func (p Parts) Of(organisation int64, name string) int64 {
	names := p.of[organisation]
	if names == nil {
		return organisation
	}
	if part := names[words(name)]; part != 0 {
		return part
	}
	return organisation
}

// Moved lists, in order, the numbers of those of which other names are split off than by other parts.
func (p Parts) Moved(other Parts) (list []int64) {
	for id, names := range p.of {
		if !maps.Equal(names, other.of[id]) {
			list = append(list, id)
		}
	}
	for id := range other.of {
		if p.of[id] == nil {
			list = append(list, id)
		}
	}
	slices.Sort(list)
	return list
}

// keyText is the reference or the name that a key is made of.
func keyText(key string) string {
	_, text, _ := strings.Cut(key, ":")
	return text
}
