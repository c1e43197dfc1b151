package coverage

import "sync/atomic"

// blockBatches is how many batches of the reading make a block.
const blockBatches = blockRows / batchSize

// blocks joins batches into blocks while they are read: a block is made as soon as its batches are
// there, so that what stands beside the blocks is never much.
type blocks struct {
	batches []*packer
	missing []atomic.Int32 // batches of each block
	pieces  []piece
}

func newBlocks(batches int) *blocks {
	n := (batches + blockBatches - 1) / blockBatches
	b := &blocks{batches: make([]*packer, batches), missing: make([]atomic.Int32, n), pieces: make([]piece, n)}
	for i := range batches {
		b.missing[i/blockBatches].Add(1)
	}
	return b
}

// put takes one batch. Several may be put at the same time.
func (b *blocks) put(i int, batch *packer) {
	b.batches[i] = batch
	of := i / blockBatches
	if b.missing[of].Add(-1) > 0 {
		return
	}
	parts := b.batches[of*blockBatches : min(len(b.batches), (of+1)*blockBatches)]
	b.pieces[of] = piece{block: blockOf(parts)}
	clear(parts)
}
