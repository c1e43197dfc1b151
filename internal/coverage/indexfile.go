package coverage

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"strings"

	"resolute/internal/search"
)

// indexMark begins an index file; its last digit is that of the form.
const indexMark = "resolute index 1\n"

// errNoIndex says that there is no index that can be used.
var errNoIndex = errors.New("no usable index")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// scribe writes an index file; its first error stays.
type scribe struct {
	to  *bufio.Writer
	sum hash.Hash32
	err error
}

func newScribe(w io.Writer) *scribe {
	sum := crc32.New(castagnoli)
	return &scribe{to: bufio.NewWriterSize(io.MultiWriter(w, sum), 1<<20), sum: sum}
}

func (s *scribe) number(n int64) {
	if s.err == nil {
		_, s.err = s.to.Write(binary.AppendVarint(nil, n))
	}
}

func (s *scribe) text(t string) {
	if s.number(int64(len(t))); s.err == nil {
		_, s.err = s.to.WriteString(t)
	}
}

func (s *scribe) texts(list []string) {
	s.number(int64(len(list)))
	for _, t := range list {
		s.text(t)
	}
}

// words writes numbers of fixed length, which are read fastest.
func (s *scribe) words(list []uint32) {
	s.number(int64(len(list)))
	for room := make([]byte, 0, 4096); len(list) > 0 && s.err == nil; room = room[:0] {
		n := min(len(list), cap(room)/4)
		for _, v := range list[:n] {
			room = binary.LittleEndian.AppendUint32(room, v)
		}
		_, s.err = s.to.Write(room)
		list = list[n:]
	}
}

func (s *scribe) set(b bitset) {
	s.number(int64(len(b)))
	for _, word := range b {
		s.number(int64(word))
	}
}

// end writes the sum of all before.
func (s *scribe) end(w io.Writer) error {
	if s.err == nil {
		s.err = s.to.Flush()
	}
	if s.err == nil {
		_, s.err = w.Write(binary.LittleEndian.AppendUint32(nil, s.sum.Sum32()))
	}
	return s.err
}

// write writes the facts, as made by the rows and the program that a key names.
func (f *facts) write(w io.Writer, key string) error {
	s := newScribe(w)
	if _, err := s.to.WriteString(indexMark); err != nil {
		return err
	}
	s.text(key)
	s.number(f.head.Seq)
	s.number(f.head.At)
	s.text(f.head.Hash)
	s.texts(f.stock.texts.texts())
	s.texts(f.ties.texts())
	s.number(int64(len(f.lives)))
	for _, l := range f.lives {
		s.text(l.key)
		s.number(int64(l.starts))
		s.number(int64(l.ends))
		s.number(int64(flagOf(l.dated, 0) | flagOf(l.reported, 1) | flagOf(l.secondary, 2) | flagOf(l.absent, 3)))
	}
	s.number(int64(len(f.pieces)))
	for _, p := range f.pieces {
		s.text(p.records)
		s.words(p.block.ends)
		form := p.block.words.Form()
		s.text(form.Words)
		s.words(form.WordEnds)
		s.text(form.Numbers)
		s.words(form.ListEnds)
		s.set(p.gone)
	}
	return s.end(w)
}

// lector reads what a scribe wrote; its first error stays. The sum was compared before, so that
// lengths can be trusted.
type lector struct {
	from *bufio.Reader
	err  error
}

func (r *lector) number() int64 {
	if r.err != nil {
		return 0
	}
	n, err := binary.ReadVarint(r.from)
	r.err = err
	return n
}

func (r *lector) text() string {
	n := r.number()
	var b strings.Builder
	if r.err != nil || n < 0 {
		return ""
	}
	b.Grow(int(n))
	_, r.err = io.CopyN(&b, r.from, n)
	return b.String()
}

func (r *lector) texts() []string {
	list := make([]string, r.number())
	for i := range list {
		list[i] = r.text()
	}
	return list
}

func (r *lector) words() []uint32 {
	list := make([]uint32, r.number())
	var room [4096]byte
	for rest := list; len(rest) > 0 && r.err == nil; {
		n := min(len(rest), len(room)/4)
		if _, r.err = io.ReadFull(r.from, room[:4*n]); r.err == nil {
			for i := range n {
				rest[i] = binary.LittleEndian.Uint32(room[4*i:])
			}
		}
		rest = rest[n:]
	}
	return list
}

func (r *lector) set() bitset {
	b := make(bitset, r.number())
	for i := range b {
		b[i] = uint64(r.number())
	}
	return b
}

// whole tells whether a file is an index for a key whose sum is right.
func whole(f io.ReadSeeker, key string) bool {
	head := make([]byte, len(indexMark))
	if _, err := io.ReadFull(f, head); err != nil || string(head) != indexMark {
		return false
	}
	if r := (&lector{from: bufio.NewReader(f)}); r.text() != key || r.err != nil {
		return false
	}
	end, err := f.Seek(-4, io.SeekEnd)
	if err != nil {
		return false
	}
	last := make([]byte, 4)
	if _, err = io.ReadFull(f, last); err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	sum := crc32.New(castagnoli)
	if err == nil {
		_, err = io.CopyN(sum, f, end)
	}
	return err == nil && sum.Sum32() == binary.LittleEndian.Uint32(last)
}

// readFacts reads what write wrote, for the same key; else it returns errNoIndex.
func readFacts(f io.ReadSeeker, key string) (*facts, error) {
	if !whole(f, key) {
		return nil, errNoIndex
	}
	if _, err := f.Seek(int64(len(indexMark)), io.SeekStart); err != nil {
		return nil, fmt.Errorf("read the index: %w", err)
	}
	r := &lector{from: bufio.NewReaderSize(f, 1<<20)}
	r.text() // the key
	x := &facts{}
	x.head.Seq, x.head.At, x.head.Hash = r.number(), r.number(), r.text()
	x.stock.texts, x.ties = dictionaryOf(r.texts(), newStock().texts.most), dictionaryOf(r.texts(), tiesKept)
	x.lives = make([]life, r.number())
	for i := range x.lives {
		l := &x.lives[i]
		l.key, l.starts, l.ends = r.text(), day(r.number()), day(r.number())
		flags := r.number()
		l.dated, l.reported, l.secondary, l.absent = flags&1 != 0, flags&2 != 0, flags&4 != 0, flags&8 != 0
	}
	x.pieces = make([]piece, r.number())
	for i := range x.pieces {
		k := &block{records: r.text(), ends: r.words()}
		form := search.Form{Texts: k.rows(), Words: r.text(), WordEnds: r.words(), Numbers: r.text(), ListEnds: r.words()}
		k.words = search.Of(form)
		x.pieces[i] = piece{block: k, gone: r.set()}
	}
	if r.err != nil {
		return nil, fmt.Errorf("read the index: %w", r.err)
	}
	return x, nil
}
