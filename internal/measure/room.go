package measure

import (
	"fmt"
	"time"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/ledger"
)

// Measure is the room's door.
type Measure struct {
	DB  *db.DB
	Now func() time.Time

	catalogues remembered[*Catalogue]

	listed    remembered[[]Indicator]
	described remembered[map[IndicatorKey]indicatorText]

	experienced remembered[*experiences]
	tables      remembered[[]tableDims]
	stocked     remembered[map[string]*stock]
	boards      remembered[*board]
}

// The kinds of the accounts that this room opens.
const (
	kindStats      = "stats"
	kindIndicators = "indicators"
)

// The rules of findings that this room tells beside those of files.
const (
	findingAgain         = "duplicate-observation"
	findingContradicting = "contradicting-observation"
	findingLimits        = "value-outside-limits"
	findingMultiplier    = "multiplier-unreadable"
	findingTooMany       = "findings-left-out"
)

// mayImport asks for the right to import.
func (m *Measure) mayImport(by resolute.Actor, source string) error {
	return by.Can(resolute.Import, resolute.Object{Kind: "import", ID: source}, m.Now().Format(time.DateOnly))
}

// account describes a file before it is read.
func (m *Measure) account(by resolute.Actor, file, source string) ledger.Import {
	return ledger.Import{Kind: kindStats, File: file, Source: source, Partial: true, Owner: by.ID, Actor: by.ID, At: m.Now().UnixMilli()}
}

// seriesKey names a series.
type seriesKey struct{ dataflow, indicator, area, dims string }

func (k seriesKey) String() string {
	return fmt.Sprintf("%s %s %s %s", k.dataflow, k.indicator, k.area, k.dims)
}
