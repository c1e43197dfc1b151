package coverage

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"resolute"
)

// place is where an activity stands in an order: by a number, then by its title where titles
// order, then by its key.
type place struct {
	rank  uint64
	title string
	head  uint64 // of the key
	at    at
	key   string // of a cursor, which may name an activity that is gone
}

// orderedTitle is how many bytes of a title order a list; two that are equal so far stand by key. The place
// behind an activity goes through addresses, which have an end.
const orderedTitle = 1000

// titleFor gives the title of an activity as far as it orders a list.
func (o *order) titleFor(record string) string {
	t := o.u.read(record).title.in(o.Lang)
	return t[:min(len(t), orderedTitle)]
}

// at is where an activity stands in a stock: its piece, and its row in that.
type at struct{ piece, row uint16 }

func (x *stock) record(a at) string { return x.pieces[a.piece].record(int(a.row)) }

// at reads one activity.
func (x *stock) at(u *unpacker, a at) *activity { return x.pieces[a.piece].read(u, int(a.row)) }

// order is one order of a list. It is for one goroutine.
type order struct {
	ListQuery
	stock *stock
	u     *unpacker
}

func (s *snapshot) order(q ListQuery) *order {
	return &order{ListQuery: q, stock: &s.facts.stock, u: s.facts.unpacker(s.book)}
}

// compare orders two places. Keys are looked at when all else is equal.
func (o *order) compare(a, b place) int {
	if by := cmp.Compare(a.rank, b.rank); by != 0 {
		return by
	}
	if by := strings.Compare(a.title, b.title); by != 0 {
		return by
	}
	if by := cmp.Compare(a.head, b.head); by != 0 {
		return by
	}
	return cmp.Compare(o.keyOf(a), o.keyOf(b))
}

func (o *order) keyOf(p place) string {
	if p.key != "" {
		return p.key
	}
	return o.stock.pieces[p.at.piece].key(int(p.at.row))
}

// ranks gives what the rows of a piece are ordered by. Days count downwards.
func (o *order) ranks(p piece, b *book) func(row int) uint64 {
	c := p.columnsOf(o.stock, b)
	switch o.Sort {
	case ByStart:
		return func(row int) uint64 { return ^uint64(c.starts[row]) }
	case ByUpdated:
		return func(row int) uint64 { return ^uint64(c.updated[row]) }
	}
	during := daysOf(o.Period)
	return func(row int) uint64 { return ^uint64(lastIn(c.traces.of(row), during)) }
}

// best keeps the first places of those that it is given.
type best struct {
	order *order
	most  int
	list  []place
	full  bool // the last of the list bounds what is taken
}

// add takes a place if it is among the first so far.
func (b *best) add(p place) {
	if b.full && b.order.compare(p, b.list[b.most-1]) >= 0 {
		return
	}
	if b.list = append(b.list, p); len(b.list) >= 2*b.most+64 {
		b.sort()
	}
}

func (b *best) sort() []place {
	slices.SortFunc(b.list, b.order.compare)
	if len(b.list) >= b.most {
		b.list, b.full = b.list[:b.most], true
	}
	return b.list
}

// places gives the places of a list that come after one, or from the beginning, so many at most.
func (s *snapshot) places(q ListQuery, f *found, after *place, most int) []place {
	next := atomic.Int64{}
	firsts := make([]best, siftWorkers(len(f.rows)))
	var crew sync.WaitGroup
	for w := range firsts {
		b := &firsts[w]
		b.order, b.most = s.order(q), most
		crew.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(f.rows); i = int(next.Add(1)) - 1 {
				b.look(s.facts.pieces[i], i, f.rows[i], s.book, after)
			}
		})
	}
	crew.Wait()
	all := best{order: firsts[0].order, most: most}
	for _, b := range firsts {
		all.list = append(all.list, b.list...)
	}
	return all.sort()
}

// look adds the rows of a piece that come after a place.
func (b *best) look(p piece, i int, rows bitset, of *book, after *place) {
	if rows.count() == 0 {
		return
	}
	if b.order.Sort == ByTitle {
		b.lookAtTitles(p, i, rows, of, after)
		return
	}
	rank := b.order.ranks(p, of)
	rows.each(func(row int) {
		x := place{rank: rank(row), head: p.heads[row], at: at{uint16(i), uint16(row)}}
		if after == nil || b.order.compare(x, *after) > 0 {
			b.add(x)
		}
	})
}

// page gives one page of a list, and the cursor of the next.
func (s *snapshot) page(q ListQuery, f *found, after *place) (items []Summary, next string) {
	places := s.places(q, f, after, q.Limit+1)
	o := s.order(q)
	for _, p := range places[:min(q.Limit, len(places))] {
		items = append(items, s.summary(s.facts.at(o.u, p.at), q.Period))
	}
	if len(places) > q.Limit {
		next = o.cursor(places[q.Limit-1])
	}
	return items, next
}

// cursor names the place behind an activity: its key, and what it is ordered by.
func (o *order) cursor(p place) string {
	rank := string(binary.BigEndian.AppendUint64(nil, p.rank))
	if o.Sort == ByTitle {
		rank = p.title
	}
	return base64.RawURLEncoding.EncodeToString([]byte(o.keyOf(p) + "\n" + rank))
}

func readCursor(text, sort string) (*place, error) {
	if text == "" {
		return nil, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	key, rank, whole := strings.Cut(string(raw), "\n")
	if err != nil || !whole || sort != ByTitle && len(rank) != 8 {
		return nil, &resolute.Error{Code: resolute.Usage, Field: "page", Message: "this is no place in the list: begin again at its start"}
	}
	if sort == ByTitle {
		return &place{title: rank, head: headOf(key), key: key}, nil
	}
	return &place{rank: headOf(rank), head: headOf(key), key: key}, nil
}
