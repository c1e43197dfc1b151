package register

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// TestSeenHoldsWhatAMapWouldHold whatever the identities, also where many begin their search at one place.
func TestSeenHoldsWhatAMapWouldHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s seen
		model, order := map[identity]int32{}, []identity{}
		for line := range rapid.IntRange(0, 300).Draw(t, "records") {
			id := identityOf("R", strconv.Itoa(line))
			if rapid.Bool().Draw(t, "crowded") {
				id = identity{15: byte(line), 14: byte(line >> 8)} // all of one beginning
			}
			if s.find(id) != nil {
				t.Fatalf("found %x before it came", id)
			}
			s.add(first{id: id, line: int32(line), records: 1})
			model[id], order = int32(line), append(order, id)
		}
		for id, line := range model {
			if f := s.find(id); f == nil || f.line != line {
				t.Fatalf("%x: %+v, want line %d", id, f, line)
			}
		}
		n := 0
		for f := range s.all() {
			if f.id != order[n] {
				t.Fatalf("place %d is %x, want %x", n, f.id, order[n])
			}
			n++
		}
		if n != len(order) || s.find(identity{0: 1}) != nil {
			t.Fatalf("%d of %d, and one that never came: %v", n, len(order), s.find(identity{0: 1}))
		}
	})
}

// TestSeenGrows over several stretches, and what is changed stays so.
func TestSeenGrows(t *testing.T) {
	var s seen
	const n = 3*firstsTogether + 5
	for line := range n {
		s.add(first{id: identityOf("R", strconv.Itoa(line)), line: int32(line)})
	}
	for line := range n {
		s.find(identityOf("R", strconv.Itoa(line))).records++
	}
	for line := range n {
		if f := s.find(identityOf("R", strconv.Itoa(line))); f == nil || f.line != int32(line) || f.records != 1 {
			t.Fatalf("record %d is %+v", line, f)
		}
	}
}
