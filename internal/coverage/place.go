package coverage

import (
	"cmp"
	"context"
	"slices"

	"resolute/internal/db"
)

// nation is the kind of place of a country; the other is a region.
const nation = "country"

// standardRegions is the vocabulary of regions that is meant where none is named.
const standardRegions = "1"

// stated is a place as an activity or a transaction states it.
type stated struct {
	link
	vocabulary string // of a region
}

// readPlaces reads where activities and transactions work. Of regions that are told once more in another
// vocabulary only those of one are kept.
func readPlaces(ctx context.Context, q db.Queryer, r reader, b *book) error {
	var p stated
	var kind, code string
	var level []stated // those read of one activity or transaction
	of := r.batch[0].version
	keep := func() {
		r.byVersion[of].takePlaces(inOneVocabulary(level))
		level = level[:0]
	}
	err := r.each(ctx, q, `SELECT x.version, x.txn, x.kind, x.code, x.vocabulary, x.share FROM place`+r.joined(`x.n`),
		[]any{&p.txn, &kind, &code, &p.vocabulary, &p.share}, func(a *activity) {
			if len(level) > 0 && (of != a.version || level[0].txn != p.txn) {
				keep()
			}
			of, p.row = a.version, noRow
			if kind == nation {
				p.row = b.countries.rowOf(code)
			} else {
				p.vocabulary = cmp.Or(p.vocabulary, standardRegions)
			}
			level = append(level, p)
		})
	keep()
	return err
}

// takePlaces adds those of the activity or of one transaction: each row once, so that they are never more
// than the rows are.
func (a *activity) takePlaces(level []stated) {
	from := len(a.places)
	for _, p := range level {
		i := slices.IndexFunc(a.places[from:], func(known link) bool { return known.row == p.row })
		if i < 0 {
			a.places = append(a.places, p.link)
			continue
		}
		known := &a.places[from+i]
		known.share = withShare(known.share, p.share)
	}
}

// inOneVocabulary leaves out, in the list itself, the regions of all vocabularies but one: each of them
// says the same whole, and together they would take from the countries. What is kept is a vocabulary that
// makes a whole with the countries; of several the standard's own, else the first by code.
func inOneVocabulary(level []stated) []stated {
	several := slices.ContainsFunc(level, func(p stated) bool { return p.vocabulary != "" && p.vocabulary != level[len(level)-1].vocabulary })
	if !several {
		return level
	}
	wholes := map[string]whole{}
	for _, p := range level {
		wholes[p.vocabulary] = wholes[p.vocabulary].with(p.share)
	}
	countries := wholes[""]
	delete(wholes, "")
	best, complete := "", false
	for v, regions := range wholes {
		c := countries.and(regions).complete()
		if best == "" || c && !complete || c == complete && before(v, best) {
			best, complete = v, c
		}
	}
	return slices.DeleteFunc(level, func(p stated) bool { return p.vocabulary != "" && p.vocabulary != best })
}

// before tells whether a vocabulary of regions is looked at before another.
func before(v, other string) bool {
	if (v == standardRegions) != (other == standardRegions) {
		return v == standardRegions
	}
	return v < other
}

// whole is what some places state together.
type whole struct {
	stated int64 // millionths
	open   bool  // one of them states no share
}

func (w whole) with(share int64) whole {
	if share < 0 {
		return whole{w.stated, true}
	}
	return whole{w.stated + min(share, mostStated), w.open}
}

func (w whole) and(other whole) whole {
	return whole{w.stated + other.stated, w.open || other.open}
}

// complete tells whether the places share out a whole, no more and no less.
func (w whole) complete() bool {
	return w.stated == millionths || w.open && w.stated < millionths
}
