package register

import (
	"encoding/binary"
	"iter"
	"math"
)

// seen holds the first record of each identity of a file, which is all that is held for nearly every
// record. A map of a million takes between 40 and 80 MB, by how lately it grew; this takes 40. The zero
// value is empty.
type seen struct {
	firsts [][]first // in the order of the file, in stretches of firstsTogether
	places []uint32  // where an identity stands among them, counted from 1, at the place that itself says or the next that is free; 0 is free
	n      int
}

// first is the first record of an identity in the file.
type first struct {
	id        identity
	slot      slot
	line      int32 // of its identifier
	records   uint16
	hierarchy uint8 // the least of its records
	lowest    bool  // as it stands, or is staged
}

// maxRecords bounds how often one identifier may occur in a file; what is beyond any sense is
// refused before numbers run over.
const maxRecords = math.MaxUint16

// What grows by little at a time, and how much of the places is taken at most before there are twice
// as many.
const (
	firstsTogether = 4096
	leastPlaces    = 1024
	takenOf        = 4
	taken          = 3
)

// find gives the first record of an identity, which the caller may change; nil when there is none.
func (s *seen) find(id identity) *first {
	if s.n == 0 {
		return nil
	}
	for at := s.begin(id); s.places[at] != 0; at = (at + 1) % len(s.places) {
		if f := s.first(int(s.places[at]) - 1); f.id == id {
			return f
		}
	}
	return nil
}

// add enters the first record of an identity that is not there yet.
func (s *seen) add(f first) {
	if takenOf*(s.n+1) > taken*len(s.places) {
		s.grow()
	}
	if s.n%firstsTogether == 0 {
		s.firsts = append(s.firsts, make([]first, 0, firstsTogether))
	}
	last := &s.firsts[len(s.firsts)-1]
	*last = append(*last, f)
	s.n++
	s.put(f.id, s.n)
}

// all gives the first records in the order of the file.
func (s *seen) all() iter.Seq[*first] {
	return func(yield func(*first) bool) {
		for n := range s.n {
			if !yield(s.first(n)) {
				return
			}
		}
	}
}

func (s *seen) first(n int) *first { return &s.firsts[n/firstsTogether][n%firstsTogether] }

// begin is where an identity is looked for first: its bytes are those of a hash.
func (s *seen) begin(id identity) int {
	return int(binary.LittleEndian.Uint64(id[:]) % uint64(len(s.places)))
}

func (s *seen) put(id identity, place int) {
	at := s.begin(id)
	for s.places[at] != 0 {
		at = (at + 1) % len(s.places)
	}
	s.places[at] = uint32(place)
}

func (s *seen) grow() {
	s.places = make([]uint32, max(leastPlaces, 2*len(s.places)))
	for n := range s.n {
		s.put(s.first(n).id, n+1)
	}
}
