package measure_test

import (
	"math"
	"testing"

	"resolute/internal/measure"
)

// Files keep every digit of a figure; who reads it in a table gets four, of thousands all whole ones.
func TestNumberIsShortForReaders(t *testing.T) {
	for _, c := range []struct {
		figure      measure.Number
		file, table string
	}{
		{45.38291742, "45.38291742", "45.38"},
		{0.644696123, "0.644696123", "0.6447"},
		{-0.00012345678, "-0.00012345678", "-0.0001235"},
		{53.4, "53.4", "53.4"},
		{95, "95", "95"},
		{999.96, "999.96", "1000"},
		{1234567.5, "1.2345675e+06", "1234568"},
		{2030, "2030", "2030"},
		{measure.Number(math.Copysign(0, -1)), "0", "0"},
		{measure.None, "", ""},
		{measure.Number(math.Inf(1)), "", ""},
	} {
		if got := c.figure.String(); got != c.file {
			t.Errorf("in a file: got %q, want %q", got, c.file)
		}
		if got := c.figure.Short(); got != c.table {
			t.Errorf("in a table: got %q, want %q", got, c.table)
		}
	}
}
