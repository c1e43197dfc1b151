package coverage

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// indexOf writes a snapshot of so many activities.
func indexOf(t testing.TB, n int) (*snapshot, []byte) {
	s := crowded(t, n)
	s.facts.lives = []life{{key: "a/b", identifier: "XM-1", starts: 20200101, dated: true, reported: true, secondary: true}, {key: "c", absent: true}}
	s.facts.united = &united{into: map[int64]int64{7: 3}}
	for i, p := range s.facts.pieces {
		p.gone.add(2)
		p.leave(1, 0)
		p.leave(1, 2)
		p.aside.add(0)
		s.facts.pieces[i] = p
	}
	var file bytes.Buffer
	if err := s.write(&file, "key"); err != nil {
		t.Fatal(err)
	}
	return s, file.Bytes()
}

func readBytes(file []byte, b *book) (*facts, error) {
	return readFacts(bytes.NewReader(file), int64(len(file)), "key", b)
}

// TestAnIndexHoldsAllThatASnapshotHolds looks at everything that stands beside the records.
func TestAnIndexHoldsAllThatASnapshotHolds(t *testing.T) {
	s, file := indexOf(t, 900)
	b := builtinBook()
	f, err := readBytes(file, b)
	if err != nil {
		t.Fatal(err)
	}
	same := func(what string, got, want any) {
		t.Helper()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, want %v", what, got, want)
		}
	}
	same("head", f.head, s.facts.head)
	same("lives", f.lives, s.facts.lives)
	same("organisations that count as others", f.united.into, s.facts.united.into)
	same("texts", f.stock.texts.texts(), s.facts.stock.texts.texts())
	same("sets of links", f.ties.texts(), s.facts.ties.texts())
	for i, v := range s.book.landedViews() {
		for k, w := range v.allWays() {
			same("ways by "+v.by, b.landedViews()[i].allWays()[k].now(), w.now())
		}
	}
	for i, p := range s.facts.pieces {
		q := f.pieces[i]
		same("gone", q.gone, p.gone)
		same("verdict", q.verdict, p.verdict)
		same("records", [2]any{q.records, q.ends}, [2]any{p.records, p.ends})
		same("heads", [2]any{q.heads, q.index.identifiers}, [2]any{p.heads, p.index.identifiers})
		same("words", q.words, p.words)
		same("parts of cells", q.cellPartsOf(&f.stock, b), p.cellPartsOf(&s.facts.stock, s.book))
		same("landings", *q.landingsOf(&f.stock, b), *p.landingsOf(&s.facts.stock, s.book))
		sameColumns(t, q.columnsOf(&f.stock, b), p.columnsOf(&s.facts.stock, s.book))
		got, want := q.aspectOf(&f.stock, b), p.aspectOf(&s.facts.stock, s.book)
		same("paragraphs", []any{got.threads, got.linked, got.opened, *got.threadLanding(&f.stock, q.block)}, []any{want.threads, want.linked, want.opened, *want.threadLanding(&s.facts.stock, p.block)})
	}
}

// sameColumns compares all columns but what is made when it is asked for.
func sameColumns(t *testing.T, got, want *columns) {
	t.Helper()
	a, b := reflect.ValueOf(got).Elem(), reflect.ValueOf(want).Elem()
	for i := range a.NumField() {
		name := a.Type().Field(i).Name
		if name == "titles" || name == "byBook" || name == "special" {
			continue
		}
		if n, isNarrow := reflect.TypeAssert[narrow](fieldOf(a, i)); isNarrow {
			of, _ := reflect.TypeAssert[narrow](fieldOf(b, i))
			if !slices.Equal(n.codes, of.codes) || !slices.Equal(n.values, of.values) || !slices.Equal(n.counts, of.counts) {
				t.Errorf("column %s: got %v, want %v", name, n, of)
			}
			continue
		}
		if x, y := fieldOf(a, i).Interface(), fieldOf(b, i).Interface(); !reflect.DeepEqual(x, y) {
			t.Errorf("column %s: got %v, want %v", name, x, y)
		}
	}
}

// fieldOf gives a field that is not exported.
func fieldOf(of reflect.Value, i int) reflect.Value {
	return reflect.NewAt(of.Field(i).Type(), of.Field(i).Addr().UnsafePointer()).Elem()
}

// TestWaysThatWereReadAreKnown holds that a way gets the number it has in the file, and a new one the next.
func TestWaysThatWereReadAreKnown(t *testing.T) {
	s, file := indexOf(t, 400)
	b := builtinBook()
	if _, err := readBytes(file, b); err != nil {
		t.Fatal(err)
	}
	written := s.book.lines.ways.now()
	for n := range written.ways {
		w := &written.ways[n]
		rows, kinds, sizes := written.of(w)
		sp := split{whole: w.whole}
		for i, row := range rows {
			sp.weights = append(sp.weights, weight{int(row), sizes[kinds[i]].num})
		}
		if got := b.lines.ways.number(sp, written.mask(uint32(n))); got != uint32(n) {
			t.Fatalf("way %d is number %d once it was read", n, got)
		}
	}
	if got := b.lines.ways.number(split{whole: 982451653}, make([]uint64, written.words)); int(got) != len(written.ways) {
		t.Errorf("a new way is number %d, want %d", got, len(written.ways))
	}
}

// TestAnIndexThatIsBrokenIsRefused cuts the file at every part and turns bits all over it.
func TestAnIndexThatIsBrokenIsRefused(t *testing.T) {
	_, file := indexOf(t, 60)
	refused := func(what string, at int, broken []byte) {
		t.Helper()
		if _, err := readBytes(broken, builtinBook()); err == nil {
			t.Errorf("%s at %d of %d: the file was read", what, at, len(file))
		}
	}
	for at := 0; at < len(file); at += 1 + at/40 {
		refused("cut", at, file[:at])
		turned := slices.Clone(file)
		turned[at] ^= 16
		refused("a bit turned", at, turned)
	}
	refused("more behind it", len(file), append(slices.Clone(file), 0))
	refused("an older form", 0, resummed(bytes.Replace(file, []byte(indexMark), []byte(strings.Replace(indexMark, "5", "4", 1)), 1)))
	if _, err := readFacts(bytes.NewReader(file), int64(len(file)), "another key", builtinBook()); err == nil {
		t.Error("a file of another key was read")
	}
}

// TestPartsOfAnIndexStandBehindEachOther and fill it, whatever its sums say: no length leads out of it.
func TestPartsOfAnIndexStandBehindEachOther(t *testing.T) {
	_, file := indexOf(t, 3)
	n := int(binary.LittleEndian.Uint64(file[len(file)-tailBytes:]))
	spans := len(file) - tailBytes - n*spanBytes
	last := spans + (n-1)*spanBytes
	for name, change := range map[string]struct {
		by uint64
		at []int
	}{
		"the first begins later":               {1, []int{spans}},
		"the second begins later":              {1, []int{spans + spanBytes}},
		"the last is longer":                   {1, []int{last + 8}},
		"the last is shorter":                  {^uint64(0), []int{last + 8}},
		"two are so long that the sum is true": {1 << 63, []int{last - spanBytes + 8, last, last + 8}},
	} {
		broken := slices.Clone(file)
		for _, at := range change.at {
			binary.LittleEndian.PutUint64(broken[at:], binary.LittleEndian.Uint64(broken[at:])+change.by)
		}
		binary.LittleEndian.PutUint32(broken[len(broken)-4:], crc32.Checksum(broken[spans:len(broken)-4], castagnoli))
		if parts, err := readParts(bytes.NewReader(broken), int64(len(broken))); err == nil {
			t.Errorf("%s: %v", name, parts)
		}
	}
}

// resummed gives a file with the sums that its bytes should have, so that only its contents speak for it.
func resummed(file []byte) []byte {
	file = slices.Clone(file)
	if len(file) < tailBytes {
		return file
	}
	n := binary.LittleEndian.Uint64(file[len(file)-tailBytes:])
	if n > uint64(len(file)-tailBytes)/spanBytes {
		return file
	}
	end := len(file) - tailBytes - int(n)*spanBytes
	begin := 0
	for at := end; at < len(file)-tailBytes; at += spanBytes {
		length := binary.LittleEndian.Uint64(file[at+8:])
		if length > uint64(end-begin) {
			break
		}
		binary.LittleEndian.PutUint64(file[at:], uint64(begin))
		binary.LittleEndian.PutUint64(file[at+16:], uint64(crc32.Checksum(file[begin:begin+int(length)], castagnoli)))
		begin += int(length)
	}
	binary.LittleEndian.PutUint32(file[len(file)-4:], crc32.Checksum(file[end:len(file)-4], castagnoli))
	return file
}

// FuzzIndexFile reads a file some bytes of which are others, that was cut or grew, and whose sums are right all the
// same: it is read or refused.
func FuzzIndexFile(f *testing.F) {
	_, file := indexOf(f, 3)
	f.Add(uint32(0), []byte("x"), uint16(0))
	f.Add(uint32(len(file)-tailBytes), []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, uint16(0))
	for at := 40; at < len(file); at += len(file) / 50 {
		f.Add(uint32(at), []byte{0xff, 0xff, 0xff, 0xff, 0x7f}, uint16(at%7))
	}
	b := builtinBook()
	f.Fuzz(func(t *testing.T, at uint32, other []byte, cut uint16) {
		for _, v := range b.landedViews() {
			for _, w := range v.allWays() {
				w.wayList, w.known = wayList{}, nil
			}
		}
		broken := slices.Clone(file)
		if int(at) <= len(broken) {
			broken = append(broken[:at], append(slices.Clone(other), broken[min(len(broken), int(at)+len(other)):]...)...)
		}
		broken = broken[:max(0, len(broken)-int(cut))]
		x, err := readBytes(resummed(broken), b)
		if (err == nil) == (x == nil) {
			t.Errorf("facts %v, error %v", x, err)
		}
	})
}
