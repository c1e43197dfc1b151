package coverage

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"testing"
)

// plainly takes sums of nothing out, which one way of reckoning keeps and the other does not.
func (g Grid) plainly() Grid {
	for _, line := range g.Cells {
		for i := range line {
			for _, m := range []*Money{&line[i].Commitments, &line[i].Spent} {
				kept := Money{}
				for _, currency := range m.Currencies() {
					kept[currency] = (*m)[currency]
				}
				*m = kept
			}
		}
	}
	return g
}

// TestTheGridAddsUpAsAWalkDoes holds parts that were split before to a walk that splits every flow.
func TestTheGridAddsUpAsAWalkDoes(t *testing.T) {
	for seed := range uint64(8) {
		s, _ := shuffled(t, 60+int(seed)*30, seed)
		r := rand.New(rand.NewPCG(seed, 4))
		for range 12 {
			q := GridQuery{Filter: anyFilter(r, s), Period: anyPeriod(r)}
			q.Filter.Areas, q.Filter.Regions, q.Filter.Groups = nil, nil, nil
			got, want := s.grid(q), s.grid(GridQuery{Period: q.Period, Filter: Filter{Lines: []string{"none"}}})
			s.fillByWalk(&want, q)
			want.Rule = got.Rule
			if !reflect.DeepEqual(got.plainly(), want.plainly()) {
				t.Fatalf("%+v: the two ways differ", q)
			}
		}
	}
}

func TestTheGridHasWhatTheMatrixOfEachGoalHas(t *testing.T) {
	s, _ := shuffled(t, 200, 5)
	p := anyPeriod(rand.New(rand.NewPCG(2, 2)))
	g, filled := s.grid(GridQuery{Period: p}).plainly(), 0
	for _, goal := range s.book.goals.ids {
		for i, line := range s.matrix(MatrixQuery{Period: p, Goal: goal}).Cells {
			for _, cell := range line {
				m := g.Cells[i][s.book.targets.index[cell.Column]]
				if m.Activities != cell.Activities || m.Linked != cell.Linked || m.Confidence != cell.Confidence {
					t.Errorf("%s: the grid has %+v, the matrix %d activities, linked %v %s", cell.ID, m, cell.Activities, cell.Linked, cell.Confidence)
				}
				filled += cell.Activities
			}
		}
	}
	var b bytes.Buffer
	if err := g.WriteCSV(&b); err != nil || filled == 0 || bytes.Count(b.Bytes(), []byte("\n")) != len(g.JSON().Cells)+1 {
		t.Errorf("%d activities in all, %v", filled, err)
	}
}
