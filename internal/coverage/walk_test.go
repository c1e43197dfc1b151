package coverage

import (
	"runtime"
	"sync"
	"testing"
)

// walkLeast is how many activities one walker takes at least: below that, setting out costs more
// than company saves.
const walkLeast = 2000

// walkTogether cuts the activities into parts that are walked side by side. Each walker begins with
// an empty walk; join gets them one after the other, in the order of the parts, when all are done.
// Without rows all activities are meant.
func walkTogether[W any](x *stock, b *book, rows []bitset, begin func() W, walk func(W, *activity), join func(W)) {
	n := x.rows()
	walkers := min(runtime.GOMAXPROCS(0), max(1, n/walkLeast))
	size := max(1, (n+walkers-1)/walkers)
	walks := make([]W, walkers)
	var crew sync.WaitGroup
	for i := range walks {
		walks[i] = begin()
		crew.Go(func() { x.stretch(b, rows, i*size, min(n, (i+1)*size), func(a *activity) { walk(walks[i], a) }) })
	}
	crew.Wait()
	for _, w := range walks {
		join(w)
	}
}

// TestAWholeListIsHandedOnStrideByStride holds that what lies behind the first stride comes too, each once.
func TestAWholeListIsHandedOnStrideByStride(t *testing.T) {
	s := crowded(t, stride+100)
	q := ListQuery{Sort: ByEvidence}
	seen, strides := map[at]bool{}, 0
	err := s.eachStride(q, s.found(q), func(places []place) error {
		strides++
		for _, p := range places {
			seen[p.at] = true
		}
		return nil
	})
	if total := s.found(q).list.Total; err != nil || strides != 2 || len(seen) != total || total <= stride {
		t.Errorf("%d places of %d in %d strides, %v", len(seen), total, strides, err)
	}
}
