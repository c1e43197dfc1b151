package coverage

import "sync"

// aspect is the columns of a block that depend on whose paragraphs are rows.
type aspect struct {
	of             *book
	threads        lists[uint16]
	linked, opened bitset // with links to paragraphs that count, with open ones

	landing sync.Once
	landed  landing // once made
}

// take puts the paragraphs of an activity into the columns.
func (s *aspect) take(row int, a *activity) {
	about := s.of.codesOf(a)
	takeRows(&s.threads, about.of(threads))
	s.linked.addIf(len(about.of(threads)) > 0, row)
	s.opened.addIf(len(about.of(openThreads)) > 0, row)
}

// aspectsKept is for how many instruments a block keeps them.
const aspectsKept = othersKept + 1

// aspects are those of a block, the one asked for last first.
type aspects struct {
	lock sync.Mutex
	kept []*aspect
}

// aspectOf gives the columns of a block for the paragraphs of a book, made by whoever asks first.
func (k *block) aspectOf(x *stock, b *book) *aspect {
	kept := &k.columnsOf(x, b).byBook
	kept.lock.Lock()
	defer kept.lock.Unlock()
	for i, s := range kept.kept {
		if s.of == b {
			copy(kept.kept[1:i+1], kept.kept[:i])
			kept.kept[0] = s
			return s
		}
	}
	s := &aspect{of: b}
	piece{block: k}.each(x.unpacker(b), 0, k.rows(), s.take)
	s.threads.seal()
	kept.kept = append([]*aspect{s}, kept.kept[:min(len(kept.kept), aspectsKept-1)]...)
	return s
}
