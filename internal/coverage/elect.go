package coverage

import (
	"cmp"
	"strings"

	"resolute/internal/register"
)

// verdict is what a rule says of the rows of a piece, seen together with all others.
type verdict struct {
	aside bitset           // rows of which nothing counts
	holds bitset           // rows with flows that are left out
	left  map[int][]uint32 // by row, their places among its flows
}

// elected are the activities of which one counts for each identifier, by its hash; one whose hash
// is taken by another identifier stands under the next number that is free.
type elected struct {
	stock *stock
	by    map[uint64]at
}

// find gives the activity of a folded identifier, and the number it stands or would stand under.
func (e *elected) find(identifier string, hash uint64) (place at, number uint64, known bool) {
	for ; ; hash++ {
		place, taken := e.by[hash]
		if !taken || e.stock.identifier(place) == identifier {
			return place, hash, taken
		}
	}
}

// identifier reads the identifier of one record, folded.
func (x *stock) identifier(a at) string {
	u := unpacker{record: x.record(a)}
	u.text()
	return register.FoldIdentifier(u.text())
}

// elect lets one activity of each identifier count, and sets the others of each piece aside. What
// has no identifier counts.
func (x *stock) elect(b *book) *elected {
	e, mine, other := &elected{x, make(map[uint64]at, x.count())}, x.unpacker(b), x.unpacker(b)
	for i := range x.pieces {
		p := &x.pieces[i]
		p.verdict = verdict{}
		for row, hash := range p.identifiers {
			here := at{uint16(i), uint16(row)}
			if _, taken := e.by[hash]; p.gone.has(row) {
				continue
			} else if !taken {
				e.by[hash] = here
				continue
			}
			identifier := x.identifier(here)
			there, number, known := e.find(identifier, hash)
			switch {
			case identifier == "":
			case !known || x.at(mine, here).before(x.at(other, there)):
				e.by[number] = here
				if known {
					x.pieces[there.piece].aside.add(int(there.row))
				}
			default:
				p.aside.add(row)
			}
		}
	}
	return e
}

// before tells whether an activity counts rather than another of its identifier: that of the
// organisation whose own identifier begins it, then the newer by its own date; what is equal in all
// that is settled by names, so that no order of imports matters; of one name the later in the file, which is
// the greater version.
func (a *activity) before(b *activity) bool {
	return cmp.Or(b.owned()-a.owned(), cmp.Compare(b.updated, a.updated), strings.Compare(a.reporter, b.reporter),
		strings.Compare(b.source, a.source), strings.Compare(a.identifier, b.identifier), cmp.Compare(b.version, a.version)) < 0
}

// owned is how much of the identifier is that of the reporting organisation: all of it, when the
// identifier is it or goes on with a hyphen, else nothing.
func (a *activity) owned() int {
	rest, own := strings.CutPrefix(register.FoldIdentifier(a.identifier), a.reporter)
	if a.reporter == "" || !own || rest != "" && rest[0] != '-' {
		return 0
	}
	return len(a.reporter)
}
