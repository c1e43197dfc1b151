package web

import (
	"testing"

	"resolute/internal/coverage"
)

// A table of the world at a million activities is too heavy for a slow line when each sum names a dozen currencies.
func TestALongTableCountsTheCurrenciesOfLongSums(t *testing.T) {
	short := make([]Line, manyRows-1)
	long := make([]Line, manyRows)
	for i := range short {
		short[i].Linked = true
	}
	for i := range long {
		long[i].Linked = i > 0 // the first has no page that could say the amounts
		long[i].Row = coverage.Row{ID: "KE"}
	}
	for _, c := range []struct {
		name       string
		row        Line
		currencies int
		counted    bool
	}{
		{"a short table says every amount", brief(short)[1], 12, false},
		{"a long table says few amounts", brief(long)[1], fewCurrencies, false},
		{"a long table counts many", brief(long)[1], fewCurrencies + 1, true},
		{"a row without a page of its own says every amount", brief(long)[0], 12, false},
	} {
		if got := c.row.Counted(c.currencies); got != c.counted {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	if long[1].brief {
		t.Error("the rows of the caller were changed")
	}
}
