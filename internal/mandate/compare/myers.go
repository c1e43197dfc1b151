package compare

// edits finds a shortest way from a to b by deleting and inserting: Myers, "An O(ND) difference
// algorithm and its variations" (1986), in linear space. deleted and inserted mark the places of a
// and b that are not common to both.
func edits(a, b []int32) (deleted, inserted []bool) {
	size := 2*((len(a)+len(b)+1)/2) + 3
	e := &editor{a: a, b: b, deleted: make([]bool, len(a)), inserted: make([]bool, len(b)), forth: make([]int, size), back: make([]int, size)}
	e.solve(0, len(a), 0, len(b))
	return e.deleted, e.inserted
}

// editor works on parts of both lists; forth and back hold how far each diagonal was reached.
type editor struct {
	a, b              []int32
	deleted, inserted []bool
	forth, back       []int
}

// solve marks what differs between a[a0:a1] and b[b0:b1].
func (e *editor) solve(a0, a1, b0, b1 int) {
	for a0 < a1 && b0 < b1 && e.a[a0] == e.b[b0] {
		a0, b0 = a0+1, b0+1
	}
	for a0 < a1 && b0 < b1 && e.a[a1-1] == e.b[b1-1] {
		a1, b1 = a1-1, b1-1
	}
	switch {
	case a0 == a1:
		mark(e.inserted[b0:b1])
	case b0 == b1:
		mark(e.deleted[a0:a1])
	default:
		x, y, found := e.middle(a0, a1, b0, b1)
		if !found {
			mark(e.deleted[a0:a1])
			mark(e.inserted[b0:b1])
			return
		}
		e.solve(a0, x, b0, y)
		e.solve(x, a1, y, b1)
	}
}

func mark(places []bool) {
	for i := range places {
		places[i] = true
	}
}

// farthest bounds the work: parts that are more edits apart than twice as many have nothing to do
// with each other.
const farthest = 2000

// middle finds a point that a shortest way between two parts goes through; both begin and end with
// something different. It is not found when the parts are too far apart.
func (e *editor) middle(a0, a1, b0, b1 int) (x, y int, found bool) {
	n, m := a1-a0, b1-b0
	delta, half := n-m, (n+m+1)/2
	forth, back := e.forth, e.back
	forth[half+1], back[half+1] = 0, 0
	for d := 0; d <= min(half, farthest); d++ {
		for k := -d; k <= d; k += 2 {
			x := reach(forth, half, k, d)
			y := x - k
			for x < n && y < m && x >= 0 && y >= 0 && e.a[a0+x] == e.b[b0+y] {
				x, y = x+1, y+1
			}
			forth[half+k] = x
			if over := delta - k; delta%2 != 0 && over > -d && over < d && x+back[half+over] >= n && inside(x, y, n, m) {
				return a0 + x, b0 + y, true
			}
		}
		for k := -d; k <= d; k += 2 {
			x := reach(back, half, k, d)
			y := x - k
			for x < n && y < m && x >= 0 && y >= 0 && e.a[a1-1-x] == e.b[b1-1-y] {
				x, y = x+1, y+1
			}
			back[half+k] = x
			if over := delta - k; delta%2 == 0 && over >= -d && over <= d && x+forth[half+over] >= n && inside(x, y, n, m) {
				return a1 - x, b1 - y, true
			}
		}
	}
	return 0, 0, false
}

// reach gives where diagonal k begins in round d: one step from the neighbour that came farther.
func reach(v []int, half, k, d int) int {
	if k == -d || k != d && v[half+k-1] < v[half+k+1] {
		return v[half+k+1]
	}
	return v[half+k-1] + 1
}

func inside(x, y, n, m int) bool { return x >= 0 && y >= 0 && x <= n && y <= m }
