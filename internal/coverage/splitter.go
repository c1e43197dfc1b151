package coverage

import (
	"math"

	"resolute"
)

// splitter splits amounts by ways, into the same room again and again: it is for one goroutine.
type splitter struct {
	parts []resolute.Cents
	each  []sized
}

// sized is what each row of one size gets of an amount, and what is left of a hundredth.
type sized struct {
	part, left uint64
	rows       int
}

// split splits an amount as split.give does: the parts of the rows, in their order, and what falls to
// none. The list is good until the next. Of no whole nothing falls to any row.
func (x *splitter) split(kinds []uint16, sizes []size, whole, unlinked uint64, c resolute.Cents) (parts []resolute.Cents, rest resolute.Cents) {
	x.parts = x.parts[:0]
	if len(kinds) == 1 && unlinked == 0 {
		x.parts = append(x.parts, c)
		return x.parts, 0
	}
	if whole == 0 {
		return x.parts, c
	}
	amount, sign := uint64(c), resolute.Cents(1)
	if c < 0 {
		amount, sign = -amount, -1
	}
	left := x.share(sizes, whole, unlinked, amount)
	for _, k := range kinds {
		x.parts = append(x.parts, sign*resolute.Cents(x.each[k].part))
	}
	if left > 0 {
		x.spread(kinds, left, sign)
	}
	return x.parts, sign * resolute.Cents(x.each[len(sizes)].part)
}

// share reckons what each row of a size gets, and last what falls to none; it gives the hundredths that
// are left over.
func (x *splitter) share(sizes []size, whole, unlinked, amount uint64) (left uint64) {
	x.each, left = x.each[:0], amount
	small := whole <= math.MaxUint32 && amount <= math.MaxInt64
	times, over := uint64(0), uint64(0)
	if small {
		times, over = amount/whole, amount%whole
	}
	for k := range len(sizes) + 1 {
		num, rows := unlinked, 1
		if k < len(sizes) {
			num, rows = sizes[k].num, int(sizes[k].rows)
		}
		s := sized{rows: rows}
		switch {
		case !small:
			s.part, s.left = mulDiv(amount, num, whole)
		case num == 1: // as in equal parts without a rest
			s.part, s.left = times, over
		default:
			part := over * num
			s.part, s.left = times*num+part/whole, part%whole
		}
		left -= s.part * uint64(rows)
		x.each = append(x.each, s)
	}
	return left
}

// spread gives the hundredths that are left over to the rows with the largest remainders, ties to the
// first, to none last.
func (x *splitter) spread(kinds []uint16, left uint64, sign resolute.Cents) {
	last := len(x.each) - 1
	for left > 0 {
		largest, rows := uint64(0), 0
		for _, s := range x.each {
			switch {
			case s.left > largest:
				largest, rows = s.left, s.rows
			case s.left == largest:
				rows += s.rows
			}
		}
		for i, k := range kinds {
			if left > 0 && x.each[k].left == largest {
				x.parts[i] += sign
				left--
			}
		}
		if left > 0 && x.each[last].left == largest {
			x.each[last].part++
			left--
		}
		for k := range x.each {
			if x.each[k].left == largest {
				x.each[k].left = 0
			}
		}
	}
}
