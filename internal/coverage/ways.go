package coverage

import (
	"encoding/binary"
	"hash/maphash"
	"math/bits"
	"slices"
	"sync"
)

// way is how an activity falls to the rows of a view: the rows that its money is split over, with
// the part of each, and the rows that count it. Parts are of few sizes; rows of one size get the same
// part, but for the hundredths that are left over.
type way struct {
	first       uint32 // place of its rows
	sizes       uint32 // place of its sizes
	rows, kinds uint16 // how many of both there are
	whole, rest uint64 // rest: the part that falls to no row
}

// wayList is many ways, as columns. Ways are only ever added, so that a copy stays good.
type wayList struct {
	ways  []way
	rows  []uint16
	kinds []uint16 // the size of each row's part, by its place among those of the way
	sizes []size
	masks []uint64 // of each way the rows that count, those above them, and the two behind all rows
	words int      // of a mask
}

// size is a part of a whole that some rows of a way get.
type size struct {
	num  uint64
	rows uint16
}

// ways are those of a view, each once. They are safe for several makers and readers.
type ways struct {
	lock  sync.Mutex
	known map[uint64]uint32 // by hash; one whose hash is taken stands under the next that is free
	wayList
}

// Behind the rows of a view stand what no row has, and everything.
const (
	unlinkedPlace = iota
	totalPlace
	extraPlaces
)

// places are how many sums a view has.
func (v *view) places() int { return len(v.ids) + extraPlaces }

func maskWords(places int) int { return (places + 63) / 64 }

// now gives the ways there are.
func (w *ways) now() wayList {
	w.lock.Lock()
	defer w.lock.Unlock()
	return w.wayList
}

var wayHash = maphash.MakeSeed()

// hash gives the hash of a way, whose split is reduced.
func (s split) hash(mask []uint64) uint64 {
	key := make([]byte, 0, 256)
	key = binary.AppendUvarint(key, s.whole)
	for _, x := range s.weights {
		key = binary.AppendUvarint(binary.AppendUvarint(key, uint64(x.row)), x.num)
	}
	for _, word := range mask {
		key = binary.LittleEndian.AppendUint64(key, word)
	}
	return maphash.Bytes(wayHash, key)
}

// number gives the number of a way: how money falls, and the rows that count as a mask.
func (w *ways) number(s split, mask []uint64) uint32 {
	s = s.reduced()
	hash := s.hash(mask)
	w.lock.Lock()
	defer w.lock.Unlock()
	if w.known == nil {
		w.words = len(mask)
		w.know()
	}
	for ; ; hash++ {
		n, taken := w.known[hash]
		switch {
		case !taken:
			n = uint32(len(w.ways))
			w.known[hash] = n
			w.add(s, mask)
			return n
		case w.is(n, s, mask):
			return n
		}
	}
}

// know notes the hashes of the ways there are, as those that were read.
func (w *ways) know() {
	w.known = make(map[uint64]uint32, len(w.ways))
	var s split
	for n := range w.ways {
		rows, kinds, sizes := w.of(&w.ways[n])
		s.whole, s.weights = w.ways[n].whole, s.weights[:0]
		for i, row := range rows {
			s.weights = append(s.weights, weight{int(row), sizes[kinds[i]].num})
		}
		hash := s.hash(w.mask(uint32(n)))
		for _, taken := w.known[hash]; taken; _, taken = w.known[hash] {
			hash++
		}
		w.known[hash] = uint32(n)
	}
}

// is tells whether a way is the one that is looked for.
func (l *wayList) is(n uint32, s split, mask []uint64) bool {
	w := &l.ways[n]
	if w.whole != s.whole || int(w.rows) != len(s.weights) || !slices.Equal(l.mask(n), mask) {
		return false
	}
	rows, kinds, sizes := l.of(w)
	for i, x := range s.weights {
		if int(rows[i]) != x.row || sizes[kinds[i]].num != x.num {
			return false
		}
	}
	return true
}

func (l *wayList) add(s split, mask []uint64) {
	w := way{first: uint32(len(l.rows)), sizes: uint32(len(l.sizes)), rows: uint16(len(s.weights)), whole: s.whole, rest: s.whole}
	for _, x := range s.weights {
		sizes := l.sizes[w.sizes:]
		k := slices.IndexFunc(sizes, func(z size) bool { return z.num == x.num })
		if k < 0 {
			k = len(sizes)
			l.sizes = append(l.sizes, size{num: x.num})
		}
		l.sizes[int(w.sizes)+k].rows++
		l.rows, l.kinds = append(l.rows, uint16(x.row)), append(l.kinds, uint16(k))
		w.rest -= x.num
	}
	w.kinds = uint16(len(l.sizes) - int(w.sizes))
	l.ways, l.masks = append(l.ways, w), append(l.masks, mask...)
}

// of gives the rows of a way, the size of each, and the sizes.
func (l *wayList) of(w *way) (rows, kinds []uint16, sizes []size) {
	end := w.first + uint32(w.rows)
	return l.rows[w.first:end], l.kinds[w.first:end], l.sizes[w.sizes : w.sizes+uint32(w.kinds)]
}

func (l *wayList) mask(n uint32) []uint64 { return l.masks[int(n)*l.words : (int(n)+1)*l.words] }

// reduced gives the same split in the smallest numbers.
func (s split) reduced() split {
	common := s.whole
	for _, w := range s.weights {
		common = gcd(common, w.num)
	}
	out := split{whole: s.whole / common, weights: make([]weight, len(s.weights))}
	for i, w := range s.weights {
		out.weights[i] = weight{w.row, w.num / common}
	}
	return out
}

// maskOf gives the rows of a list and those above them as a mask, with the two behind all rows: what
// no row has, when it is wanted, and everything.
func (v *view) maskOf(rows []int, unlinked bool) []uint64 {
	mask := make([]uint64, maskWords(v.places()))
	for _, row := range rows {
		for ; row >= 0; row = v.parents[row] {
			mask[row/64] |= 1 << (row % 64)
		}
	}
	v.markEnds(mask, len(rows) > 0, unlinked)
	return mask
}

// markEnds completes a mask by the two places behind the rows.
func (v *view) markEnds(mask []uint64, any, unlinked bool) {
	mark := func(place int) { mask[place/64] |= 1 << (place % 64) }
	if !any && unlinked {
		mark(len(v.ids) + unlinkedPlace)
	}
	if any || unlinked {
		mark(len(v.ids) + totalPlace)
	}
}

// eachPlace calls fn with every place of a mask.
func eachPlace(mask []uint64, fn func(place int)) {
	for i, word := range mask {
		for ; word != 0; word &= word - 1 {
			fn(i*64 + bits.TrailingZeros64(word))
		}
	}
}
