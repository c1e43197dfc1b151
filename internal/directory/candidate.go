package directory

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"resolute/internal/db"
)

// Why organisations may be one, or one may be several.
const (
	SameIdentifier = "same-identifier" // one identifier that is written differently
	MissingList    = "missing-list"    // one gives only the number that another has in a list
	OldList        = "old-list"        // a country and a number, which another has in that country's list of government bodies
	OtherName      = "other-name"      // a further name of one, in another language or spelling, is a name of another
	SameName       = "same-name"       // first names that are equal but for case and marks
	SeveralNames   = "several-names"   // one identifier under names of one language that have no word in common
)

// Reasons lists why organisations are candidates, the strongest reason first.
var Reasons = []string{SameIdentifier, OldList, MissingList, OtherName, SameName, SeveralNames}

// Candidate is some organisations that may be one, for a person to decide. None is ever merged by
// itself. With SeveralNames it is a single one, that may be several.
type Candidate struct {
	ID            string         `json:"id"` // of these organisations for this reason
	Reason        string         `json:"reason"`
	Weak          bool           `json:"weak"`          // by name alone
	Value         string         `json:"value"`         // that they share
	Organisations []Organisation `json:"organisations"` // as they count and are shown
	Names         []string       `json:"names"`         // of SeveralNames, folded
}

// identify gives the candidate its ID.
func (c *Candidate) identify() {
	sum := sha256.New()
	_, _ = fmt.Fprintf(sum, "%s\n%s\n", c.Reason, c.Value)
	for _, o := range c.Organisations {
		_, _ = fmt.Fprintf(sum, "%s\n", o.Key)
	}
	c.ID = hex.EncodeToString(sum.Sum(nil)[:8])
}

// Keys are those of the organisations.
func (c Candidate) Keys() []string {
	keys := make([]string, len(c.Organisations))
	for i, o := range c.Organisations {
		keys[i] = o.Key
	}
	return keys
}

// Candidates lists what may be one, by reason and value; those that are one already, and those that a
// person said are apart, are left out. It looks at each identifier and name once: organisations are
// brought together by what they share, never compared each with each.
func (d Directory) Candidates(ctx context.Context) (list []Candidate, err error) {
	err = d.DB.View(ctx, func(q db.Queryer) error {
		u, err := ReadUnions(ctx, q, Newest)
		if err != nil {
			return err
		}
		g, err := gather(ctx, q, u)
		if err != nil {
			return err
		}
		list, err = g.candidates(ctx, q, u)
		return err
	})
	return list, err
}

// gather reads all organisations and names, and brings together what shares something.
func gather(ctx context.Context, q db.Queryer, u *Unions) (*gathered, error) {
	all, err := All(ctx, q)
	if err != nil {
		return nil, err
	}
	m := newMatches(all)
	for _, o := range all {
		m.identify(o)
	}
	ids := make(map[string]int64, len(u.parts))
	for _, o := range all {
		if len(u.parts) > 0 {
			ids[o.Key] = o.ID
		}
	}
	err = eachName(ctx, q, nil, func(n Name, id int64) {
		if part := u.named(n.Key, n.Text); part != n.Key {
			id = ids[part]
		}
		m.name(n, id)
	})
	if err != nil {
		return nil, err
	}
	return m.gathered(), nil
}

// candidates judges what was gathered by the decisions that stand.
func (g *gathered) candidates(ctx context.Context, q db.Queryer, u *Unions) ([]Candidate, error) {
	kept, err := ReadKept(ctx, q, Newest)
	if err != nil {
		return nil, err
	}
	told, err := readDismissed(ctx, q)
	if err != nil {
		return nil, err
	}
	j := newJudge(g, u, kept, told)
	var list []Candidate
	for _, s := range g.groups {
		if c, found := j.candidate(s); found {
			list = append(list, c)
		}
	}
	for _, one := range g.strange {
		if c, found := j.several(one); found {
			list = append(list, c)
		}
	}
	for i := range list {
		list[i].identify()
	}
	slices.SortFunc(list, Candidate.compare)
	return list, nil
}
