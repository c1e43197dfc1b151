package register

import (
	"encoding/binary"
	"testing"
	"time"
)

// Very many records of one identity are paired at once: looking through all that stand for each takes
// minutes.
func TestVeryManyOfOneIdentityArePaired(t *testing.T) {
	const n = 60_000
	hash := func(i int) []byte { return binary.BigEndian.AppendUint64(make([]byte, 24, 32), uint64(i)) }
	list := make([]found, n)
	for i := range list {
		list[i] = found{standing: standing{occurrence: i + 1, version: int64(i + 1), line: i + 1, hash: hash(i)}, source: "here"}
	}
	began := time.Now()
	p, id, unchanged := newPairing(), identityOf("R", "A"), 0
	var e equals
	for i := n - 1; i >= 0; i-- {
		before, elsewhere := e.of(list, "here")
		if elsewhere != nil || len(before) != n {
			t.Fatalf("%d here, %v elsewhere", len(before), elsewhere)
		}
		if p.place(arrival{id: id, hash: hash(i)}, before).unchanged {
			unchanged++
		}
	}
	held := 0
	for i := range n {
		if p.holds(id, i+1) {
			held++
		}
	}
	if unchanged != n || held != n {
		t.Errorf("%d unchanged and %d held of %d", unchanged, held, n)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("pairing took %v", took)
	}
}

// What very many of one identifier stood as is looked at once by a partial file, not for each that changed.
func TestWhatCopiesStoodAsIsNotedOnce(t *testing.T) {
	const n = 3000
	list := make([]found, n)
	for i := range list {
		list[i] = found{standing: standing{occurrence: i + 1, version: int64(i + 1)}, source: "here"}
	}
	f, r := newRelatives(), record{}
	r.Reporter, r.Identifier = "R", "A"
	for range n {
		f.take(identityOf("R", "A"), r, "here", list)
	}
	if len(f.former) != n {
		t.Errorf("%d are looked at, want %d", len(f.former), n)
	}
}
