package coverage

import (
	"fmt"
	"testing"
)

// BenchmarkSettle settles what counts among activities of which a third of the transactions name
// another one, a tenth of them one that is not here, and one in twenty is reported twice.
func BenchmarkSettle(b *testing.B) {
	n, book, x := scaleOf(b), builtinBook(), newStock()
	c := newCrowd(book, 1, 50)
	identifier := func(k int) string { return fmt.Sprintf("XM-SCALE-%d-%d", k%997, k) }
	for done := 0; done < n; {
		var parts []*packer
		for range min(blockRows/batchSize, (n-done+batchSize-1)/batchSize) {
			var batch []activity
			for range min(batchSize, n-done) {
				a := c.activity(done)
				if c.chance(5) && done > 0 {
					a.identifier = identifier(c.random.IntN(done))
				}
				for i, w := range a.flows {
					if w.figure <= incomingCommitments && c.chance(34) {
						a.namings = append(a.namings, naming{i, w.figure, identifier(c.random.IntN(n + n/10))})
					}
				}
				batch = append(batch, a)
				done++
			}
			parts = append(parts, x.pack(batch))
		}
		x = x.with(parts)
	}
	for b.Loop() {
		x.settle(book)
	}
	aside, left := 0, 0
	for _, p := range x.pieces {
		aside += p.aside.count()
		for _, flows := range p.left {
			left += len(flows)
		}
	}
	b.ReportMetric(float64(aside), "aside")
	b.ReportMetric(float64(left), "left")
}
