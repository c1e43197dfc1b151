package coverage

import (
	"slices"
	"strings"
	"sync"

	"resolute/internal/search"
)

// blockRows bounds the rows of a block: whole batches of the reading, and fewer than 16 bits count.
const blockRows = 64 * batchSize

// block is some activities as records. It is immutable, and states of the data share it.
type block struct {
	records string
	ends    []uint32 // of each record
	heads   []uint64 // the first eight signs of each key, so that keys compare as numbers
	words   *search.Lists
	united  *united // that its records are read by; set before others have the block
	index

	making  sync.Once
	columns *columns // once made

	splitting sync.Once
	parts     *cellParts // once made

	landing  sync.Once
	landings *landings // once made
}

func (k *block) rows() int { return len(k.ends) }

func (k *block) record(row int) string {
	from, to := stretchOf(k.ends, row)
	return k.records[from:to]
}

// weight is about how many bytes it holds, some hundred of them in columns for each row.
func (k *block) weight() int {
	return len(k.records) + 120*len(k.ends) + 40*len(k.namings) + k.words.Weight()
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

// blockOf joins records that were written one part after the other.
func blockOf(parts []*packer) *block {
	k, rows, bytes := &block{}, 0, 0
	for _, p := range parts {
		rows, bytes = rows+len(p.ends), bytes+len(p.records)
	}
	k.ends = make([]uint32, 0, rows)
	var all strings.Builder
	var words search.Lister
	all.Grow(bytes)
	for _, p := range parts {
		begin := uint32(all.Len())
		p.list(&words, len(k.ends))
		for _, end := range p.ends {
			k.ends = append(k.ends, begin+end)
		}
		all.Write(p.records)
	}
	k.records, k.words = all.String(), words.Lists(rows)
	k.head()
	return k
}

// head notes how each record begins.
func (k *block) head() {
	k.heads = make([]uint64, 0, k.rows())
	for row := range k.ends {
		u := unpacker{record: k.record(row)}
		k.heads = append(k.heads, headOf(u.text()))
		k.note(row, u.text(), &u)
	}
}

// counting are the rows of a piece that count under a rule; without one, those that may under any.
func (p piece) counting(x *stock, b *book, rule rules) bitset {
	rows := newBitset(p.rows())
	rows.fill(p.rows())
	rows.drop(p.gone)
	switch {
	case rule.has(countOnce):
		rows.drop(p.aside)
	case rule.has(asReported):
		rows.drop(p.columnsOf(x, b).repeated)
	}
	return rows
}

// repacked gives the records of a piece that are not gone.
func (p piece) repacked() *packer {
	out := &packer{records: make([]byte, 0, len(p.records)), ends: make([]uint32, 0, p.rows()), lists: p.words, renumbered: make([]int, p.rows())}
	for row := range p.rows() {
		if out.renumbered[row] = -1; !p.gone.has(row) {
			out.renumbered[row] = len(out.ends)
			out.records = append(out.records, p.record(row)...)
			out.ends = append(out.ends, uint32(len(out.records)))
		}
	}
	return out
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
