package coverage

import (
	"io"
	"sync"
	"sync/atomic"
)

// indexMark begins an index file; its last digit is that of the form.
const indexMark = "resolute index 5\n"

// write writes what a snapshot holds as an index, as made by the rows and the program that a key names.
// The first part of the file is its mark, the second the key, the third what all blocks share; then
// comes one for each block.
func (s *snapshot) write(w io.Writer, key string) error {
	s.land(true)
	to, f := newScribe(w), s.facts
	to.part(func() { to.bytes([]byte(indexMark)) })
	to.part(func() { to.text(key) })
	to.part(func() {
		to.number(f.head.Seq)
		to.number(f.head.At)
		to.text(f.head.Hash)
		to.texts(f.stock.texts.texts())
		to.texts(f.ties.texts())
		f.united.write(to)
		writeLives(to, f.lives)
		for _, v := range s.book.landedViews() {
			for _, w := range v.allWays() {
				w.write(to)
			}
		}
	})
	for _, p := range f.pieces {
		p.cellPartsOf(&f.stock, s.book)
		to.part(func() { p.write(to, p.aspectOf(&f.stock, s.book)) })
	}
	return to.end()
}

// The places of the first parts in the file.
const (
	markPart = iota
	keyPart
	sharedPart
	firstBlock
)

// readFacts reads what write wrote, for the same key and a book that was never asked; else it returns
// errNoIndex.
func readFacts(f io.ReaderAt, length int64, key string, b *book) (*facts, error) {
	parts, err := readParts(f, length)
	if err != nil || len(parts) < firstBlock {
		return nil, errNoIndex
	}
	if r, err := readPart(f, parts[markPart]); err != nil || string(r.part) != indexMark {
		return nil, errNoIndex
	}
	if r, err := readPart(f, parts[keyPart]); err != nil || r.text() != key {
		return nil, errNoIndex
	}
	r, err := readPart(f, parts[sharedPart])
	if err != nil {
		return nil, err
	}
	x := &facts{}
	x.head.Seq, x.head.At, x.head.Hash = r.number(), r.number(), r.text()
	x.stock.texts, x.ties = readDictionary(r, newStock().texts.most), readDictionary(r, tiesKept)
	x.united = readUnions(r)
	x.lives = readLives(r)
	for _, v := range b.landedViews() {
		for _, w := range v.allWays() {
			w.read(r, v.places())
		}
	}
	if r.err != nil {
		return nil, r.err
	}
	x.pieces = make([]piece, len(parts)-firstBlock)
	if err := x.readBlocks(f, parts[firstBlock:], b); err != nil {
		return nil, err
	}
	return x, nil
}

// readBlocks reads the blocks, several side by side.
func (f *facts) readBlocks(from io.ReaderAt, parts []partSpan, b *book) error {
	next, failed := atomic.Int64{}, atomic.Bool{}
	var crew sync.WaitGroup
	for range siftWorkers(len(parts)) {
		crew.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(parts) && !failed.Load(); i = int(next.Add(1)) - 1 {
				r, err := readPart(from, parts[i])
				if err == nil {
					f.pieces[i] = readPiece(r, f, b)
					err = r.err
				}
				if err != nil {
					failed.Store(true)
				}
			}
		})
	}
	crew.Wait()
	if failed.Load() {
		return errNoIndex
	}
	return nil
}

func readDictionary(r *lector, most int) *dictionary {
	texts := r.texts()
	r.must(len(texts) > 0 && len(texts) <= most)
	return dictionaryOf(texts, most)
}

func writeLives(to *scribe, lives []life) {
	to.number(int64(len(lives)))
	for _, l := range lives {
		to.text(l.key)
		to.text(l.identifier)
		to.number(int64(l.starts))
		to.number(int64(l.ends))
		to.number(int64(flagOf(l.dated, 0) | flagOf(l.reported, 1) | flagOf(l.secondary, 2) | flagOf(l.absent, 3)))
	}
}

func readLives(r *lector) []life {
	lives := make([]life, r.length(1))
	for i := range lives {
		l := &lives[i]
		l.key, l.identifier, l.starts, l.ends = r.text(), r.text(), day(r.number()), day(r.number())
		flags := r.number()
		l.dated, l.reported, l.secondary, l.absent = flags&1 != 0, flags&2 != 0, flags&4 != 0, flags&8 != 0
	}
	return lives
}

// write writes which organisations count as others, which is what records are read by.
func (u *united) write(to *scribe) {
	to.number(int64(len(u.into)))
	for gone, kept := range u.into {
		to.number(gone)
		to.number(kept)
	}
}

func readUnions(r *lector) *united {
	u := &united{into: map[int64]int64{}}
	for range r.length(2) {
		gone := r.number()
		u.into[gone] = r.number()
	}
	return u
}
