package compare

// absorb takes a few kept words into the change around them when much more changed on both sides:
// an "and" between two long deletions is no help to a reader.
func absorb(a, b []token, deleted, inserted []bool) {
	before := 0 // words that changed before the kept run; 0: none
	for i, j := 0, 0; i < len(a) || j < len(b); {
		next := changeAt(a, b, deleted, inserted, i, j)
		keptFrom := [2]int{next.i, next.j}
		i, j = next.i, next.j
		for i < len(a) && j < len(b) && !deleted[i] && !inserted[j] {
			i, j = i+1, j+1
		}
		after := changeAt(a, b, deleted, inserted, i, j)
		if before = max(before, next.words); before == 0 || after.words == 0 {
			before = 0
			continue
		}
		if least := 3*words(a[keptFrom[0]:i]) + 3; before >= least && after.words >= least {
			mark(deleted[keptFrom[0]:i])
			mark(inserted[keptFrom[1]:j])
			continue
		}
		before = 0
	}
}

// change is a place behind what changed, and the words that did, on the side with more of them.
type change struct{ i, j, words int }

// changeAt walks over what changed at a place.
func changeAt(a, b []token, deleted, inserted []bool, i, j int) change {
	c := change{i: i, j: j}
	for c.i < len(a) && deleted[c.i] {
		c.i++
	}
	for c.j < len(b) && inserted[c.j] {
		c.j++
	}
	c.words = max(words(a[i:c.i]), words(b[j:c.j]))
	return c
}
