package coverage

import (
	"math"
	"slices"
)

// stock is many activities in pieces.
type stock struct {
	pieces      []piece
	texts, ties *dictionary
}

func newStock() stock {
	return stock{texts: newDictionary(math.MaxUint32), ties: newDictionary(tiesKept)}
}

// count is how many activities there are.
func (x *stock) count() int {
	n := 0
	for _, p := range x.pieces {
		n += p.living()
	}
	return n
}

// pack writes activities as records.
func (x *stock) pack(list []activity) *packer {
	p := &packer{texts: x.texts, ties: x.ties}
	for i := range list {
		p.add(&list[i])
	}
	return p
}

// with gives a stock with some more activities. Small pieces at the end are joined with them, so
// that many small changes leave few pieces.
func (x *stock) with(parts []*packer) stock {
	more := stock{pieces: slices.Clone(x.pieces), texts: x.texts, ties: x.ties}
	rows := 0
	for _, p := range parts {
		rows += len(p.ends)
	}
	if rows == 0 {
		return more
	}
	for len(more.pieces) > 0 {
		last := more.pieces[len(more.pieces)-1]
		n := last.living()
		if n > 2*rows || n+rows > blockRows {
			break
		}
		parts, rows = slices.Insert(parts, 0, last.repacked()), rows+n
		more.pieces = more.pieces[:len(more.pieces)-1]
	}
	more.pieces = append(more.pieces, piece{block: blockOf(parts)})
	return more
}

// without gives a stock without the activities of some keys.
func (x *stock) without(keys map[string]bool) stock {
	less := stock{texts: x.texts, ties: x.ties}
	if len(keys) == 0 {
		less.pieces = slices.Clone(x.pieces)
		return less
	}
	heads := make(map[uint64]bool, len(keys))
	for key := range keys {
		heads[headOf(key)] = true
	}
	for _, p := range x.pieces {
		if p.gone = p.without(heads, keys); 2*p.living() < p.rows() {
			p = piece{block: blockOf([]*packer{p.repacked()})}
		}
		if p.rows() > 0 {
			less.pieces = append(less.pieces, p)
		}
	}
	return less
}

// each hands the activities of some rows to take, one after the other; one is good until the next.
// Without rows all are meant.
func (x *stock) each(b *book, rows []bitset, take func(*activity)) {
	x.stretch(b, rows, 0, x.rows(), take)
}

// rows is how many rows the pieces have, gone ones among them.
func (x *stock) rows() int {
	n := 0
	for _, p := range x.pieces {
		n += p.rows()
	}
	return n
}

// each reads the rows from one to before another that are there.
func (p piece) each(u *unpacker, from, to int, take func(row int, a *activity)) {
	for row := from; row < to; row++ {
		if !p.gone.has(row) {
			take(row, p.read(u, row))
		}
	}
}
