package coverage

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"strings"

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

// at is where an activity stands in a stock: its piece, and its row in that.
type at struct{ piece, row uint16 }

func (x *stock) record(a at) string { return x.pieces[a.piece].record(int(a.row)) }

// at reads one activity.
func (x *stock) at(u *unpacker, a at) *activity { return x.pieces[a.piece].read(u, int(a.row)) }

// compare orders two places of one order. Keys are looked at when all else is equal.
func (x *stock) compare(a, b *place) int {
	if by := cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.title, b.title), cmp.Compare(a.head, b.head)); by != 0 {
		return by
	}
	return cmp.Compare(x.keyOf(a), x.keyOf(b))
}

func (x *stock) keyOf(p *place) string {
	if p.key != "" {
		return p.key
	}
	return x.pieces[p.at.piece].key(int(p.at.row))
}

// placeOf is where an activity stands in the order of a query. Days count downwards.
func (q *ListQuery) placeOf(a *activity) place {
	switch q.Sort {
	case ByStart:
		return place{rank: ^uint64(a.starts)}
	case ByTitle:
		title := a.title.in(q.Lang)
		return place{rank: headOf(title), title: title}
	case ByUpdated:
		return place{rank: ^uint64(a.updated)}
	}
	last, _ := a.lastEvidence(daysOf(q.Period))
	return place{rank: ^uint64(last)}
}

// best keeps the first places of those that it is given.
type best struct {
	stock *stock
	most  int
	list  []place
	full  bool // the last of the list bounds what is taken
}

// add takes a place if it is among the first so far.
func (b *best) add(p place) {
	if b.full && b.stock.compare(&p, &b.list[b.most-1]) >= 0 {
		return
	}
	if b.list = append(b.list, p); len(b.list) >= 2*b.most+64 {
		b.sort()
	}
}

func (b *best) sort() []place {
	slices.SortFunc(b.list, func(x, y place) int { return b.stock.compare(&x, &y) })
	if len(b.list) >= b.most {
		b.list, b.full = b.list[:b.most], true
	}
	return b.list
}

// places gives the places of a list that come after one, or from the beginning, so many at most.
func (s *snapshot) places(q ListQuery, f *found, after *place, most int) []place {
	b := best{stock: &s.facts.stock, most: most}
	u := s.facts.unpacker(s.book)
	for i, rows := range f.rows {
		piece := s.facts.pieces[i]
		rows.each(func(row int) {
			p := q.placeOf(u.read(piece.record(row)))
			p.at, p.head = at{uint16(i), uint16(row)}, piece.heads[row]
			if after == nil || s.facts.compare(&p, after) > 0 {
				b.add(p)
			}
		})
	}
	return b.sort()
}

// page gives one page of a list, and the cursor of the next.
func (s *snapshot) page(q ListQuery, f *found, after *place) (items []Summary, next string) {
	places := s.places(q, f, after, q.Limit+1)
	u := s.facts.unpacker(s.book)
	for i := range places[:min(q.Limit, len(places))] {
		a := s.facts.at(u, places[i].at)
		items = append(items, s.summary(a, q.Period))
		if i == q.Limit-1 && len(places) > q.Limit {
			next = q.cursor(a)
		}
	}
	return items, next
}

// cursor names the place behind an activity: its key, and what it is ordered by.
func (q *ListQuery) cursor(a *activity) string {
	rank := q.placeOf(a).title
	if q.Sort != ByTitle {
		rank = string(binary.BigEndian.AppendUint64(nil, q.placeOf(a).rank))
	}
	return base64.RawURLEncoding.EncodeToString([]byte(a.key + "\n" + rank))
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
	p := &place{rank: headOf(rank), head: headOf(key), key: key}
	if sort == ByTitle {
		p.title = rank
	}
	return p, nil
}
