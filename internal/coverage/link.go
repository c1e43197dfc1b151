package coverage

import (
	"cmp"
	"slices"

	"resolute/internal/framework"
	"resolute/internal/register"
)

// kind is what a link leads to.
type kind uint8

const (
	toThread kind = iota
	toLine
	toGoal
	toTarget
	toIndicator // makes no row; it replaces those of the activity
	toPurpose   // a DAC code, which makes no row either
	kinds
	noKind = kinds
)

// kindOf gives the kind of a scheme of tags that any walk looks at. Links of others are not kept.
var kindOf = map[string]kind{framework.ActionLine: toLine, framework.Goal: toGoal, framework.Target: toTarget,
	framework.Indicator: toIndicator, dacScheme: toPurpose, register.ThreadScheme: toThread}

// link is one tag or mandate link as it stands, counted or open; or one place. An activity has
// some twenty, so that its size matters.
type link struct {
	share int64 // millionths, -1 not stated
	txn   int32 // whose link it is; 0: the activity's
	row   int16 // in the view of its kind, or of countries; -1: none
	kind  kind
	open  bool
}

// noRow marks a link that leads to no row.
const noRow = -1

// links are those of an activity, kind by kind.
type links struct {
	all  []link
	ends [kinds]uint32 // where each kind ends
}

// linksAt gives those of a transaction, or of the activity for 0, among the links of one kind or the places,
// which stand in the order of their transactions.
func linksAt(list []link, txn int) []link {
	if len(list) == 0 || list[len(list)-1].txn == 0 && txn == 0 { // as nearly always
		return list
	}
	byTxn := func(l link, txn int) int { return int(l.txn) - txn }
	from, _ := slices.BinarySearchFunc(list, txn, byTxn)
	to, _ := slices.BinarySearchFunc(list[from:], txn+1, byTxn)
	return list[from : from+to]
}

// arrange orders links by kind and transaction, in the list itself, and keeps the order within each.
func arrange(list []link) links {
	slices.SortStableFunc(list, func(a, b link) int { return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.txn, b.txn)) })
	l := links{all: list}
	for i, x := range list {
		l.ends[x.kind] = uint32(i + 1)
	}
	for k := 1; k < int(kinds); k++ {
		l.ends[k] = max(l.ends[k], l.ends[k-1])
	}
	return l
}

// of gives the links of one kind.
func (l *links) of(k kind) []link {
	from, to := stretchOf(l.ends[:], int(k))
	return l.all[from:to]
}
