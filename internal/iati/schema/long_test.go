package schema

import (
	"strings"
	"testing"
	"time"
)

// Very many faults within an element of a long name are told at once, each with the beginning of its
// path.
func TestFaultsWithinALongNameAreTold(t *testing.T) {
	const n = 20_000
	name := []byte(strings.Repeat("é", 1<<20))
	began := time.Now()
	w := NewWalker(Load("2.03", "iati-activities"))
	w.Open([]byte("iati-activities"), nil, 0)
	w.Open(name, nil, 1)
	for range n {
		w.Open([]byte("recipient-country"), nil, 2)
		w.Opened()
		w.Close()
	}
	if len(w.Faults) <= n {
		t.Fatalf("%d told, want more than %d", len(w.Faults), n)
	}
	if got := w.Faults[n].Element; len(got) > longestPath+3 || !strings.HasPrefix(got, "iati-activities/é") || !strings.HasSuffix(got, "é…") {
		t.Errorf("path %q", got)
	}
	country := &Node{Name: []byte("recipient-country")}
	m := mender{path: [][]byte{name}}
	for range n {
		m.tell(country, LeftOut, Fault{})
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("telling took %v", took)
	}
}
