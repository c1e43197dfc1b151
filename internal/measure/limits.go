package measure

import (
	"fmt"
	"math"

	"resolute"
	"resolute/internal/measure/projection"
)

// unit of shares, whose gap is told in percentage points.
const percentUnit = "%"

// limits are the natural limits of what the frame measures: those of the catalogue, and where it does not
// know the indicator those of a share. The error, with code Invalid, tells why nothing can be projected: the catalogue
// knows no lower limit, or a value lies beyond one.
func (f Frame) limits() (projection.Limits, error) {
	l := projection.Percent
	if c, known := f.Concept(); known {
		if c.Floor == nil {
			return l, &resolute.Error{Code: resolute.Invalid, Field: "indicator", Message: fmt.Sprintf("the catalogue of indicators gives %s no lower limit: nothing can be projected", f.Indicator)}
		}
		l = projection.Limits{Floor: *c.Floor, Ceiling: math.Inf(1)}
		if c.Ceiling != nil {
			l.Ceiling = *c.Ceiling
		}
	}
	return l, f.held(l)
}

// held fails for a value beyond the limits.
func (f Frame) held(l projection.Limits) error {
	for _, a := range f.Areas {
		for _, p := range a.Points {
			if l.Hold(p.Value) {
				continue
			}
			limits := fmt.Sprintf("from %v to %v", l.Floor, l.Ceiling)
			if math.IsInf(l.Ceiling, 1) {
				limits = fmt.Sprintf("of %v and above", l.Floor)
			}
			return &resolute.Error{Code: resolute.Invalid, Field: "indicator", Message: fmt.Sprintf(
				"%s %d is %s: only values %s can be projected; resolute import indicators gives an indicator other limits", a.Area, p.Year, p.Text, limits)}
		}
	}
	return nil
}

// shares tells whether the frame holds shares of a whole, of which the rest are those who are left out.
func (f Frame) shares() bool { return f.Unit == percentUnit && f.held(projection.Percent) == nil }

// The words for where a direction comes from.
const (
	ByCaller    = "asked"     // whoever asks says it
	ByCatalogue = "catalogue" // of indicators
	ByTarget    = "target"    // on which side of the base it lies
	ByDefault   = "default"   // nobody says it: more is better
)

// Direction tells whether more is better (1) or less (-1), and who says so. asked is 1 or -1, and 0 for what
// the catalogue says.
func (f Frame) Direction(asked int) (way int, by string) {
	if asked != 0 {
		return asked, ByCaller
	}
	if c, known := f.Concept(); known && c.Direction != 0 {
		return c.Direction, ByCatalogue
	}
	return 1, ByDefault
}
