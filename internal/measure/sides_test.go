package measure_test

import (
	"testing"

	"resolute/internal/measure"
)

// Who is left out can be counted of percentages only.
func TestSidesHaveAnOfflineRatioOfPercentages(t *testing.T) {
	frame := func(unit string, value float64) measure.Frame {
		return measure.Frame{Unit: unit, Areas: []measure.AreaSeries{{Area: "A", Points: []measure.Point{{Year: 2024, Value: value}}}}}
	}
	for unit, want := range map[string]string{"%": "1.25", "": "1.25", "per 100": ""} {
		for name, list := range map[string][]measure.SideGap{
			"women and men":        measure.Parity(frame(unit, 50), frame(unit, 60), nil),
			"town and countryside": measure.Places(frame(unit, 60), frame(unit, 50), nil),
		} {
			if len(list) != 1 || list[0].Offline.String() != want || list[0].Absolute != 10 {
				t.Errorf("%s in %q: got %+v, want the offline ratio %q", name, unit, list, want)
			}
		}
	}
}
