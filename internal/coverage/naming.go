package coverage

import (
	"math"

	"resolute/internal/register"
)

// naming is another activity that a flow names: where the money goes, or for money that came in,
// whose it is. Only flows of those figures are kept that a rule can leave out.
type naming struct {
	flow   int // place among the flows of the activity
	figure figure
	other  string // identifier, folded
}

// names keeps what a transaction names.
func (a *activity) names(txn int32, provider, receiver string) {
	at := a.flowOf(txn)
	if at < 0 {
		return
	}
	other := ""
	switch w := a.flows[at]; w.figure {
	case spent, commitments:
		other = receiver
	case incoming, incomingCommitments:
		other = provider
	}
	if other != "" {
		a.namings = append(a.namings, naming{at, a.flows[at].figure, other})
	}
}

// index is what is asked of the records of a block together: the identifiers, how many transactions
// there are of each figure, and what names others.
type index struct {
	identifiers []uint64 // hash of each row's, folded
	counts      []counts
	namings     []rowNaming
}

// counts are how many transactions an activity has of each figure that has any; mostCounted stands
// for more as well.
type counts [incomingCommitments + 1]uint8

const mostCounted = math.MaxUint8

func (a *activity) counts() (n counts) {
	for _, w := range a.flows {
		if w.txn > 0 && int(w.figure) < len(n) && n[w.figure] < mostCounted {
			n[w.figure]++
		}
	}
	return n
}

// rowNaming is a naming of one row of a block.
type rowNaming struct {
	row uint16
	naming
}

// note adds a row, whose record was read up to what it names.
func (x *index) note(row int, identifier string, u *unpacker) {
	x.identifiers = append(x.identifiers, hashOf(register.FoldIdentifier(identifier)))
	for range u.number() {
		x.namings = append(x.namings, rowNaming{uint16(row), u.naming()})
	}
	x.counts = append(x.counts, u.counts())
}

func (u *unpacker) counts() (n counts) {
	for i := range n {
		n[i] = u.byte()
	}
	return n
}

func (u *unpacker) naming() naming {
	return naming{flow: int(u.number()), figure: figure(u.byte()), other: u.text()}
}

func (p *packer) namings(a *activity) {
	p.number(uint64(len(a.namings)))
	for _, n := range a.namings {
		p.number(uint64(n.flow))
		p.records = append(p.records, byte(n.figure))
		p.text(n.other)
	}
	of := a.counts()
	p.records = append(p.records, of[:]...)
}

// hashOf is FNV-1a. Texts with one hash are told apart by who asks.
func hashOf(text string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	return h
}
