package generate

// none is the number of no activity.
const none = -1

// Of a thousand activities so many pay another one, that of another publisher tells of it too; so
// many have a copy in another file of their publisher; so many are reported by a second publisher as well.
const (
	paying   = 50
	repeated = 10
	borrowed = 10
)

// ring leads from each activity to another one and back: n to n*step mod size.
type ring struct{ size, step, back int }

func newRing(size int) ring {
	step := max(1, size*618/1000)
	for common(step, size) != 1 {
		step++
	}
	back := 1
	for t, r, newT, newR := 0, size, 1, step%size; newR != 0; {
		q := r / newR
		t, newT, r, newR = newT, t-q*newT, newR, r-q*newR
		if newR == 0 {
			back = ((t % size) + size) % size
		}
	}
	return ring{size, step, back}
}

func common(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func (r ring) next(n int) int     { return (n*r.step + 1) % r.size }
func (r ring) previous(n int) int { return ((n - 1 + r.size) % r.size * r.back) % r.size }

// publisherOf finds who reports an activity.
func (m *maker) publisherOf(n int) *publisher {
	low, up := 0, len(m.all)-1
	for low < up {
		middle := (low + up) / 2
		if n < m.all[middle].first+m.all[middle].count {
			up = middle
		} else {
			low = middle + 1
		}
	}
	return m.all[low]
}

func (m *maker) idOf(n int) string {
	p := m.publisherOf(n)
	return p.ref + "-" + padded(n-p.first+1, 6)
}

// bond is what an activity has to do with others.
type bond struct{ pays, again, elsewhere bool }

func (m *maker) bond(n int) bond {
	var c chance
	c.begin(m.o.Seed, forLinks, n)
	b := bond{c.in(paying), c.in(repeated), c.in(borrowed)}
	apart := m.publisherOf(n) != m.publisherOf(m.ring.next(n))
	b.pays, b.elsewhere = b.pays && apart, b.elsewhere && apart
	return b
}

// mirrored adds the flows of one side of a bond: the payments of n to the next of the ring as the
// payer or the receiver tells them. Some are told by one side alone, some differ in a few hundredths.
func (m *maker) mirrored(n int, receiving bool) {
	var c chance
	c.begin(m.o.Seed, forLinks+100, n)
	payer, payee := n, m.ring.next(n)
	currency := m.publisherOf(n).currency
	for range 1 + c.below(3) {
		x := flow{kind: "3", day: today - 1 - c.below(3000), currency: currency, cents: int64(amounts.draw(&c)) * 100}
		silent, differs, promise := c.below(10), c.in(200), c.in(300)
		if promise {
			x.kind = "2"
		}
		switch {
		case !receiving:
			if x.names = payee; silent == 0 {
				x.names = none
			}
		case silent == 1:
			continue
		default:
			x.kind, x.names = map[string]string{"3": "1", "2": "11"}[x.kind], payer
			if differs {
				x.cents += 17
			}
		}
		if x.names != none {
			x.other = m.idOf(x.names)
		}
		m.facts.flows = append(m.facts.flows, x)
		m.facts.mirrored++
	}
}
