package coverage

import (
	"bytes"
	"fmt"
	"reflect"
	"testing"

	"resolute/internal/register"
)

// TestAFlowBehindVeryManyIsLeftOut holds that no number of flows is too small for the place of one.
func TestAFlowBehindVeryManyIsLeftOut(t *testing.T) {
	const last = 1 << 16
	book, x := builtinBook(), newStock()
	c := newCrowd(book, 1, 50)
	from, to := c.activity(0), c.activity(1)
	from.flows, to.flows = nil, []flow{{cents: 1, day: 1, currency: from.flows[0].currency, txn: 1, figure: spent}}
	for i := range last + 1 {
		from.flows = append(from.flows, flow{cents: 1, day: 1, currency: to.flows[0].currency, txn: int32(i + 1), figure: spent})
	}
	from.namings = []naming{{last, spent, register.FoldIdentifier(to.identifier)}}
	x = x.with([]*packer{x.pack([]activity{from, to})})
	x.settle(book)
	for i, w := range x.pieces[0].read(x.unpacker(book), 0).flows {
		if left := w.left.has(countOnce); left != (i == last) {
			t.Errorf("flow %d is left out: %v", i, left)
		}
	}
	var file bytes.Buffer
	out := newScribe(&file)
	out.part(func() { x.pieces[0].verdict.write(out) })
	if err := out.end(); err != nil {
		t.Fatal(err)
	}
	parts, err := readParts(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	r, err := readPart(bytes.NewReader(file.Bytes()), parts[0])
	if err != nil {
		t.Fatal(err)
	}
	if got := readVerdict(r); !reflect.DeepEqual(got.left, x.pieces[0].left) {
		t.Errorf("read as %v, written as %v", got.left, x.pieces[0].left)
	}
}

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
