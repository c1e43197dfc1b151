package coverage

import (
	"encoding/binary"
	"sync/atomic"
)

// fallen is how an activity without links or places of its transactions' own falls to the rows of a
// view: the same in every period. Nobody changes it.
type fallen struct {
	view              *view
	counted, proposed split
	rows, open        []int
}

// falls keeps, by kind of link, what was found once. Copies of an activity share it.
type falls [toTarget + 1]atomic.Pointer[fallen]

// fallen gives how an activity falls to the rows of the view; nil where that depends on the period,
// or nothing is kept.
func (c conceptLinker) fallen(a *activity) *fallen {
	if a.falls == nil || len(a.own) > 0 || c.view.kind > toTarget {
		return nil
	}
	kept := &a.falls[c.view.kind]
	f := kept.Load()
	if f == nil || f.view != c.view { // the first one to ask, or rows of another instrument
		f = &fallen{view: c.view, counted: c.countedAnew(a, flow{}), proposed: c.proposedAnew(a, flow{})}
		f.rows, f.open = c.rowsAnew(a, allTime)
		f = f.shared()
		kept.Store(f)
	}
	return f
}

// shared gives the one that stands for all activities that fall to the rows in the same way, as those
// with the same links do.
func (f *fallen) shared() *fallen {
	key := make([]byte, 0, 256)
	for _, s := range [2]split{f.counted, f.proposed} {
		key = binary.AppendUvarint(binary.AppendUvarint(key, s.whole), uint64(len(s.weights)))
		for _, w := range s.weights {
			key = binary.AppendUvarint(binary.AppendUvarint(key, uint64(w.row)), w.num)
		}
	}
	for _, rows := range [2][]int{f.rows, f.open} {
		key = binary.AppendUvarint(key, uint64(len(rows)))
		for _, row := range rows {
			key = binary.AppendUvarint(key, uint64(row))
		}
	}
	one, _ := f.view.fallen.LoadOrStore(string(key), f)
	return one.(*fallen)
}
