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
type falls [toTarget + 2]atomic.Pointer[fallen]

// toCell is the place among them for the cells of lines with goals.
const toCell = toTarget + 1

// fallen gives how an activity falls to the rows of the view; nil where that depends on the period,
// or nothing is kept.
func (c conceptLinker) fallen(a *activity) *fallen {
	if a.falls == nil || len(a.own) > 0 || c.view.kind > toTarget {
		return nil
	}
	return a.fallen(c.view.kind, c.view, func(f *fallen) {
		f.counted, f.proposed = c.countedAnew(a, flow{}), c.proposedAnew(a, flow{})
		f.rows, f.open = c.rowsAnew(a, allTime)
	})
}

// fallen gives the same for the cells of lines with goals; nil for others.
func (c cellLinker) fallen(a *activity) *fallen {
	if a.falls == nil || len(a.own) > 0 || !c.crossed {
		return nil
	}
	return a.fallen(toCell, c.lines.view, func(f *fallen) {
		f.counted = c.countedAnew(a, flow{})
		f.rows, f.open = c.cross(a.cross)
	})
}

// fallen gives what is kept, found by whoever asks first, also when the rows are those of another
// instrument.
func (a *activity) fallen(k kind, v *view, find func(*fallen)) *fallen {
	f := a.falls[k].Load()
	if f == nil || f.view != v {
		f = &fallen{view: v}
		find(f)
		f = f.shared()
		a.falls[k].Store(f)
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
