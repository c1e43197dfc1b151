package schema

import (
	"testing"
	"time"
)

// Of very many children that alternate half are told at once: looking through all that stay for each
// takes minutes.
func TestManyChildrenOutOfOrderAreToldAtOnce(t *testing.T) {
	const n = 300_000
	w := NewWalker(Load("2.03", "iati-activities"))
	began := time.Now()
	w.Open([]byte("iati-activities"), nil, 0)
	w.Open([]byte("iati-activity"), nil, 1)
	for i := range n {
		for _, name := range []string{"other-identifier", "participating-org"} {
			w.Open([]byte(name), nil, 2+i)
			w.Close()
		}
	}
	w.Close()
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("judging took %v", took)
	}
	moved := map[string]int{}
	for _, f := range w.Faults {
		if f.Rule == ElementOrder {
			moved[f.Name+" "+f.Expected]++
		}
	}
	if len(moved) != 1 || moved["other-identifier after <participating-org>"] != n {
		t.Errorf("%v, want all other-identifier", moved)
	}
}

// Where a child belongs is told by its neighbours among those that stay.
func TestAChildOutOfOrderIsToldItsPlace(t *testing.T) {
	typ := &elementType{particles: []particle{{name: "a"}, {name: "b"}, {name: "c"}, {name: ""}}}
	for _, c := range []struct {
		stay     []int
		particle int
		want     string
	}{
		{[]int{1, 2}, 0, "before <b>"},
		{[]int{0, 0, 2}, 1, "after <a>"},
		{[]int{0, 1, 1, 3}, 1, "after <b>"},
		{[]int{0, 3}, 3, "after <element of another namespace>"},
	} {
		if got := typ.target(c.stay, c.particle); got != c.want {
			t.Errorf("%v, %d: %q, want %q", c.stay, c.particle, got, c.want)
		}
	}
}
