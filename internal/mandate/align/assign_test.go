package align

import (
	"testing"

	"pgregory.net/rapid"
)

func TestTheAssignmentIsTheBest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(0, 5).Draw(t, "columns")
		rows := make([][]edge, rapid.IntRange(0, 6).Draw(t, "rows"))
		for i := range rows {
			for j := range columns {
				if rapid.Bool().Draw(t, "offered") {
					rows[i] = append(rows[i], edge{j, float64(rapid.IntRange(-2, 9).Draw(t, "gain"))})
				}
			}
		}
		sum, taken := 0.0, map[int]bool{}
		for i, j := range assign(rows, columns) {
			if j == None {
				continue
			}
			if taken[j] {
				t.Fatalf("column %d is given twice", j)
			}
			taken[j] = true
			sum += gainOf(t, rows[i], j)
		}
		if best := best(rows, 0, map[int]bool{}); sum != best {
			t.Fatalf("%v: gains %v, the best %v", rows, sum, best)
		}
	})
}

func gainOf(t *rapid.T, offers []edge, column int) float64 {
	for _, e := range offers {
		if e.column == column {
			return e.gain
		}
	}
	t.Fatalf("column %d was not offered", column)
	return 0
}

// best tries all assignments.
func best(rows [][]edge, at int, taken map[int]bool) float64 {
	if at == len(rows) {
		return 0
	}
	sum := best(rows, at+1, taken)
	for _, e := range rows[at] {
		if !taken[e.column] {
			taken[e.column] = true
			sum = max(sum, e.gain+best(rows, at+1, taken))
			delete(taken, e.column)
		}
	}
	return sum
}
