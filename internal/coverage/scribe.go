package coverage

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash"
	"hash/crc32"
	"io"
	"unsafe"
)

// errNoIndex says that there is no index that can be used.
var errNoIndex = errors.New("no usable index")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// columnAlign is where a column begins in a part: at a multiple of the largest number's bytes.
const columnAlign = 8

// plain is what stands in a file as it stands in memory: it holds no pointer. Only the program that
// wrote it, on the same kind of machine, reads it.
type plain interface {
	~uint8 | ~uint16 | ~uint32 | ~uint64 | ~int32 | ~int64 | counts | way | size
}

// partSpan is where a part stands in a file, and the sum of its bytes.
type partSpan struct {
	begin, length uint64
	sum           uint64
}

// scribe writes the parts of a file; its first error stays.
type scribe struct {
	file  io.Writer
	to    *bufio.Writer
	sum   hash.Hash32
	begin uint64 // of the part at hand
	at    uint64 // in it
	parts []partSpan
	err   error
}

func newScribe(w io.Writer) *scribe {
	s := &scribe{file: w, sum: crc32.New(castagnoli)}
	s.to = bufio.NewWriterSize(io.MultiWriter(w, s.sum), 1<<20)
	return s
}

// part writes a part.
func (s *scribe) part(write func()) {
	s.sum.Reset()
	s.at = 0
	write()
	if s.err == nil {
		s.err = s.to.Flush()
	}
	s.parts = append(s.parts, partSpan{s.begin, s.at, uint64(s.sum.Sum32())})
	s.begin += s.at
}

func (s *scribe) bytes(b []byte) {
	if s.err == nil {
		_, s.err = s.to.Write(b)
		s.at += uint64(len(b))
	}
}

func (s *scribe) number(n int64) { s.bytes(binary.AppendVarint(nil, n)) }

func (s *scribe) text(t string) {
	s.number(int64(len(t)))
	s.bytes(unsafe.Slice(unsafe.StringData(t), len(t)))
}

func (s *scribe) texts(list []string) {
	s.number(int64(len(list)))
	for _, t := range list {
		s.text(t)
	}
}

// writeColumn writes numbers as they stand in memory.
func writeColumn[T plain](s *scribe, list []T) {
	s.number(int64(len(list)))
	s.bytes(make([]byte, -s.at%columnAlign))
	if len(list) > 0 {
		s.bytes(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(list))), len(list)*int(unsafe.Sizeof(list[0]))))
	}
}

// end writes where the parts stand, and the sum of that.
func (s *scribe) end() error {
	if s.err != nil {
		return s.err
	}
	var last []byte
	for _, p := range s.parts {
		for _, n := range []uint64{p.begin, p.length, p.sum} {
			last = binary.LittleEndian.AppendUint64(last, n)
		}
	}
	last = binary.LittleEndian.AppendUint64(last, uint64(len(s.parts)))
	last = binary.LittleEndian.AppendUint32(last, crc32.Checksum(last, castagnoli))
	_, err := s.file.Write(last)
	return err
}

// The bytes of what end writes: of each part, and behind them.
const (
	spanBytes = 24
	tailBytes = 12
)

// readParts reads where the parts of a file of some length stand.
func readParts(f io.ReaderAt, length int64) ([]partSpan, error) {
	tail := make([]byte, tailBytes)
	if _, err := f.ReadAt(tail, length-tailBytes); length < tailBytes || err != nil {
		return nil, errNoIndex
	}
	n := binary.LittleEndian.Uint64(tail)
	if n > uint64(length)/spanBytes {
		return nil, errNoIndex
	}
	end := length - tailBytes - int64(n)*spanBytes
	list := make([]byte, length-end)
	if _, err := f.ReadAt(list, end); end < 0 || err != nil || crc32.Checksum(list[:len(list)-4], castagnoli) != binary.LittleEndian.Uint32(list[len(list)-4:]) {
		return nil, errNoIndex
	}
	parts, begin := make([]partSpan, n), uint64(0)
	for i := range parts {
		at := list[i*spanBytes:]
		parts[i] = partSpan{binary.LittleEndian.Uint64(at), binary.LittleEndian.Uint64(at[8:]), binary.LittleEndian.Uint64(at[16:])}
		if parts[i].begin != begin || parts[i].length > uint64(end)-begin {
			return nil, errNoIndex
		}
		begin += parts[i].length
	}
	if begin != uint64(end) {
		return nil, errNoIndex
	}
	return parts, nil
}

// lector reads a part that a scribe wrote, once its sum was found right. What it gives stands in the
// bytes of the part, which nobody changes. Its first error stays; a length that the part does not have
// is one.
type lector struct {
	part []byte
	at   int
	err  error
}

// readPart reads a part of a file.
func readPart(f io.ReaderAt, p partSpan) (*lector, error) {
	room := make([]uint64, (p.length+columnAlign-1)/columnAlign) // begins where a column may
	r := &lector{part: unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(room))), p.length)}
	if _, err := f.ReadAt(r.part, int64(p.begin)); err != nil && !(errors.Is(err, io.EOF) && p.length == 0) {
		return nil, errNoIndex
	}
	if uint64(crc32.Checksum(r.part, castagnoli)) != p.sum {
		return nil, errNoIndex
	}
	return r, nil
}

func (r *lector) fail() {
	r.err = errNoIndex
	r.at = len(r.part)
}

// must makes a claim that does not hold an error.
func (r *lector) must(claim bool) {
	if !claim {
		r.fail()
	}
}

func (r *lector) number() int64 {
	n, width := binary.Varint(r.part[r.at:])
	if width <= 0 {
		r.fail()
		return 0
	}
	r.at += width
	return n
}

// length reads how many of something follow, of which each takes so many bytes at least.
func (r *lector) length(bytes int) int {
	n := r.number()
	if n < 0 || n > int64((len(r.part)-r.at)/bytes) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *lector) text() string {
	n := r.length(1)
	t := unsafe.String(unsafe.SliceData(r.part[r.at:]), n)
	r.at += n
	return t
}

func (r *lector) texts() []string {
	list := make([]string, r.length(1))
	for i := range list {
		list[i] = r.text()
	}
	return list
}

// readColumn reads what writeColumn wrote.
func readColumn[T plain](r *lector) []T {
	var one T
	n := r.length(1) // padding lies between
	r.at += -r.at & (columnAlign - 1)
	if r.at > len(r.part) || n > (len(r.part)-r.at)/int(unsafe.Sizeof(one)) {
		r.fail()
		return nil
	}
	if n == 0 {
		return nil
	}
	list := unsafe.Slice((*T)(unsafe.Pointer(&r.part[r.at])), n)
	r.at += n * int(unsafe.Sizeof(one))
	return list
}
