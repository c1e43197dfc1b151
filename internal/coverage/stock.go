package coverage

import (
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// blockRows bounds the rows of a block: whole batches of the reading, and fewer than 16 bits count.
const blockRows = 64 * batchSize

// block is some activities as records. It is immutable, and states of the data share it.
type block struct {
	records string
	ends    []uint32 // of each record
	heads   []uint64 // the first eight signs of each key, so that keys compare as numbers
	index

	making  sync.Once
	columns *columns // once made
}

func (k *block) rows() int { return len(k.ends) }

func (k *block) record(row int) string {
	begin := uint32(0)
	if row > 0 {
		begin = k.ends[row-1]
	}
	return k.records[begin:k.ends[row]]
}

// weight is about how many bytes it holds, some hundred of them in columns for each row.
func (k *block) weight() int {
	return len(k.records) + 120*len(k.ends) + 40*len(k.namings)
}

// headOf is the beginning of a key as a number that orders as the text does.
func headOf(key string) (n uint64) {
	for i := range 8 {
		n <<= 8
		if i < len(key) {
			n |= uint64(key[i])
		}
	}
	return n
}

// piece is a block as one state of the data sees it: without the rows that are gone.
type piece struct {
	*block
	gone bitset
	verdict
}

func (p piece) living() int { return p.rows() - p.gone.count() }

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

// blockOf joins records that were written one part after the other.
func blockOf(parts []*packer) *block {
	k, rows, bytes := &block{}, 0, 0
	for _, p := range parts {
		rows, bytes = rows+len(p.ends), bytes+len(p.records)
	}
	k.ends, k.heads = make([]uint32, 0, rows), make([]uint64, 0, rows)
	var all strings.Builder
	all.Grow(bytes)
	for _, p := range parts {
		begin := uint32(all.Len())
		for _, end := range p.ends {
			k.ends = append(k.ends, begin+end)
		}
		all.Write(p.records)
	}
	k.records = all.String()
	for row := range k.ends {
		u := unpacker{record: k.record(row)}
		k.heads = append(k.heads, headOf(u.text()))
		k.note(row, u.text(), &u)
	}
	return k
}

// counting are the rows of a piece that count under a rule.
func (p piece) counting(x *stock, b *book, rule rules) bitset {
	rows := newBitset(p.rows())
	rows.fill(p.rows())
	rows.drop(p.gone)
	if rule.has(countOnce) {
		rows.drop(p.aside)
	} else {
		rows.drop(p.columnsOf(x, b).repeated)
	}
	return rows
}

// stack adds batches of records, many to a block.
func (x *stock) stack(batches []*packer) {
	for len(batches) > 0 {
		n := min(len(batches), blockRows/batchSize)
		x.pieces = append(x.pieces, piece{block: blockOf(batches[:n])})
		clear(batches[:n]) // so that the room of what is joined is free for what comes
		batches = batches[n:]
	}
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

// repacked gives the records of a piece that are not gone.
func (p piece) repacked() *packer {
	out := &packer{records: make([]byte, 0, len(p.records)), ends: make([]uint32, 0, p.rows())}
	for row := range p.rows() {
		if !p.gone.has(row) {
			out.records = append(out.records, p.record(row)...)
			out.ends = append(out.ends, uint32(len(out.records)))
		}
	}
	return out
}

// without gives a stock without the activities of some keys.
func (x *stock) without(keys map[string]bool) stock {
	less := stock{texts: x.texts, ties: x.ties}
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

func (p piece) without(heads map[uint64]bool, keys map[string]bool) bitset {
	gone, shared := p.gone, true
	for row, head := range p.heads {
		if !heads[head] || !keys[p.key(row)] {
			continue
		}
		if shared {
			gone, shared = slices.Clone(gone), false
		}
		gone.add(row)
	}
	return gone
}

func (k *block) key(row int) string {
	u := unpacker{record: k.record(row)}
	return u.text()
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

// walkLeast is how many activities one walker takes at least: below that, setting out costs more
// than company saves.
const walkLeast = 2000

// walkTogether cuts the activities into parts that are walked side by side. Each walker begins with
// an empty walk; join gets them one after the other, in the order of the parts, when all are done.
// Without rows all activities are meant.
func walkTogether[W any](x *stock, b *book, rows []bitset, begin func() W, walk func(W, *activity), join func(W)) {
	n := x.rows()
	walkers := min(runtime.GOMAXPROCS(0), max(1, n/walkLeast))
	size := max(1, (n+walkers-1)/walkers)
	walks := make([]W, walkers)
	var crew sync.WaitGroup
	for i := range walks {
		walks[i] = begin()
		crew.Go(func() { x.stretch(b, rows, i*size, min(n, (i+1)*size), func(a *activity) { walk(walks[i], a) }) })
	}
	crew.Wait()
	for _, w := range walks {
		join(w)
	}
}

// stretch hands the activities of some rows to take that lie from one place to before another,
// counted through all pieces.
func (x *stock) stretch(b *book, rows []bitset, from, to int, take func(*activity)) {
	u, begin := x.unpacker(b), 0
	for i, p := range x.pieces {
		first, last := max(from-begin, 0), min(to-begin, p.rows())
		switch {
		case rows == nil:
			p.each(u, first, last, func(row int, a *activity) {
				a.at = at{uint16(i), uint16(row)}
				take(a)
			})
		case first < last:
			rows[i].between(first, last, func(row int) {
				a := p.read(u, row)
				a.at = at{uint16(i), uint16(row)}
				take(a)
			})
		}
		begin += p.rows()
	}
}
