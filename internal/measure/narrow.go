package measure

import (
	"slices"
	"strconv"
	"strings"
)

// mostNarrowed is how many codes a statement names; a longer list is left to the walk.
const mostNarrowed = 500

// narrowed are the conditions by which the store reads what is asked for, and not a whole table. It
// may read more than is wanted, never less.
type narrowed struct {
	condition string
	args      []any
}

// narrowing narrows to a dataflow (empty: any) and to lists of codes (nil: any). Arguments begin at
// $2, behind the sequence.
func narrowing(dataflow string, indicators, areas []string) narrowed {
	var n narrowed
	if dataflow != "" {
		n.among("s.dataflow", []string{dataflow})
	}
	n.among("s.indicator", indicators)
	n.among("s.area", areas)
	return n
}

func (n *narrowed) among(column string, codes []string) {
	if len(codes) == 0 || len(codes) > mostNarrowed {
		return
	}
	marks := make([]string, len(codes))
	for i, code := range codes {
		n.args = append(n.args, code)
		marks[i] = "$" + strconv.Itoa(len(n.args)+1)
	}
	n.condition += " AND " + column + " IN (" + strings.Join(marks, ", ") + ")"
}

// narrow narrows to what a filter asks for.
func (f ExportFilter) narrow() narrowed { return narrowing(f.Dataflow, f.Indicators, f.Areas) }

// narrow narrows to what a selection asks of one dataflow: its lists of codes, and those that the
// question fixes. An empty list of both is nothing.
func (s Selection) narrow(f *Flow) (n narrowed, nothing bool) {
	named, _ := s.Query.Codes(0, f.Dimensions[0])
	indicators, none := both(s.Indicators, named)
	named, _ = s.Query.Codes(1, f.Dimensions[1])
	areas, nowhere := both(s.Areas, named)
	return narrowing(f.Name, indicators, areas), none || nowhere
}

// both are the codes of two lists, of which nil is any; empty tells that there are none.
func both(one, other []string) (codes []string, empty bool) {
	switch {
	case len(one) == 0:
		return other, false
	case len(other) == 0:
		return one, false
	}
	codes = slices.DeleteFunc(slices.Clone(one), func(code string) bool { return !slices.Contains(other, code) })
	return codes, len(codes) == 0
}
