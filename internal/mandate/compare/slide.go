package compare

// slide moves what was only deleted, or only inserted, to where it reads best, when the words at
// its ends allow several places: "to [-lend rope and to-] keep" says the same as
// "[-to lend rope and-] to keep". other marks what changed on the other side.
func slide(list []token, marked, other []bool) {
	busy := changedBehind(other)
	kept := 0 // before the run
	for from := 0; from < len(list); {
		if !marked[from] {
			from, kept = from+1, kept+1
			continue
		}
		to := from
		for to < len(list) && marked[to] {
			to++
		}
		if !busy[kept] {
			settle(list, marked, busy, run{from, to, kept})
		}
		from = to
	}
}

// run is a stretch of marked tokens, behind so many kept ones.
type run struct{ from, to, kept int }

// settle moves a run back to the best of the places that it can slide to.
func settle(list []token, marked, busy []bool, r run) {
	best, at := r, r
	for at.from > 0 && !marked[at.from-1] && !busy[at.kept-1] && list[at.from-1].key == list[at.to-1].key {
		at = run{at.from - 1, at.to - 1, at.kept - 1}
		if worth(list, at) > worth(list, best) {
			best = at
		}
	}
	for i := best.from; i < r.to; i++ {
		marked[i] = i < best.to
	}
}

// worth ranks places: a stretch reads best when it begins with a clause and ends with one.
func worth(list []token, r run) int {
	n := 0
	if r.from == 0 || !list[r.from-1].word {
		n += 2
	}
	if !list[r.to-1].word {
		n++
	}
	return n
}

// changedBehind tells for each number of kept tokens whether something changed behind them.
func changedBehind(marked []bool) []bool {
	busy := make([]bool, 1, len(marked)+1)
	for _, m := range marked {
		if m {
			busy[len(busy)-1] = true
		} else {
			busy = append(busy, false)
		}
	}
	return busy
}
