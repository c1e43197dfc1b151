package directory

import (
	"context"

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
	Reason        string         `json:"reason"`
	Weak          bool           `json:"weak"`  // by name alone
	Value         string         `json:"value"` // that they share
	Organisations []Organisation `json:"organisations"`
	Names         []string       `json:"names"` // of SeveralNames, folded
}

// Candidates lists what may be one, by reason and value; those that are one already, and those that a
// person said are apart, are left out. It looks at each identifier and name once: organisations are
// brought together by what they share, never compared each with each.
func (d Directory) Candidates(ctx context.Context) (list []Candidate, err error) {
	err = d.DB.View(ctx, func(q db.Queryer) error {
		list, err = candidates(ctx, q)
		return err
	})
	return list, err
}

func candidates(ctx context.Context, q db.Queryer) ([]Candidate, error) {
	all, err := All(ctx, q)
	if err != nil {
		return nil, err
	}
	u, err := ReadUnions(ctx, q, Newest)
	if err != nil {
		return nil, err
	}
	m := newMatches(all, u)
	for _, o := range all {
		m.identify(o)
	}
	if err := eachName(ctx, q, nil, func(n Name, id int64) { m.name(n, id) }); err != nil {
		return nil, err
	}
	return m.list(), nil
}
