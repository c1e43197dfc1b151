package coverage

import (
	"runtime"
	"sync"
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
