// Package coverage walks the evidence graph: what answers each paragraph, concept and area, in
// which state, with how much money, and where the gaps are. There is one walk over facts.
// Commands load the facts by SQL; a server holds them as an immutable snapshot that follows the
// log of changes.
package coverage

import (
	"encoding/json"
	"sort"

	"resolute"
)

// The views of a table.
const (
	ByProvision = "provision"
	ByLine      = "action-line"
	ByGoal      = "goal"
	ByTarget    = "target"
	ByCountry   = "country"
	ByITURegion = "itu-region"
	ByGroup     = "group"
)

// Views lists the views in the order in which they are offered.
var Views = []string{ByProvision, ByLine, ByGoal, ByTarget, ByCountry, ByITURegion, ByGroup}

// Rows that are no concept and no area.
const (
	RegionRow   = "region"    // what is for a region: belongs to no country
	NotKnownRow = "not-known" // days outside what is known of a group
	UnlinkedRow = "unlinked"
	TotalRow    = "total"
)

// Query asks for one table. Group names one group of area_groups for ByGroup; empty asks for
// LDC, LLDC and SIDS. Areas, regions and groups of the filter restrict money to their part of
// each activity.
type Query struct {
	By     string
	Period resolute.Period
	Group  string
	Filter Filter
}

// Money is sums by currency. Currencies are never added together.
type Money map[string]resolute.Cents

// MarshalJSON writes decimal text by currency; currencies that add up to nothing are left out.
func (m Money) MarshalJSON() ([]byte, error) {
	texts := make(map[string]string, len(m))
	for currency, c := range m {
		if c != 0 {
			texts[currency] = c.String()
		}
	}
	return json.Marshal(texts)
}

// Currencies lists the currencies that hold something, in order.
func (m Money) Currencies() []string {
	list := make([]string, 0, len(m))
	for currency, c := range m {
		if c != 0 {
			list = append(list, currency)
		}
	}
	sort.Strings(list)
	return list
}

func (m *Money) add(currency string, c resolute.Cents) {
	if *m == nil {
		*m = Money{}
	}
	(*m)[currency] = (*m)[currency].Plus(c)
}

// Open is what stands beside the counted figures as proposed and is never added in.
type Open struct {
	Activities    int   `json:"activities"`
	Organisations int   `json:"organisations"`
	Commitments   Money `json:"commitments"`
	Spent         Money `json:"spent"`
}

// Row is one paragraph, concept or area. A row with nothing is a row of zeros with its state.
type Row struct {
	ID                  string // R11.ii, C7.1, 9.c, KE, AFR, LDC
	Parent              string
	Title               resolute.Text
	State               string // answered, partly, proposed, nothing, no-report; empty for sums
	Activities          int
	Undated             int // of Activities: without a usable date
	Organisations       int
	Areas               []string // ISO two-letter codes, in views of concepts and paragraphs
	Commitments         Money
	Spent               Money
	Incoming            Money // transaction type 1
	IncomingCommitments Money // transaction type 11
	Budgets             Money
	Open                Open
	LastEvidence        string // YYYY-MM-DD inside the period, or empty
	Gaps                []string
}

// Table is the answer to a Query. Top rows and Unlinked add up to Total in every currency,
// except in views of groups, which overlap.
type Table struct {
	By          string
	Period      resolute.Period
	DataVersion int64
	Rule        Rule
	Rows        []Row
	Unlinked    Row
	Total       Row
	Conversion  *Conversion // nil: money stands in the currencies that were reported
}

// weight reckons some 400 bytes a row, and 300 for each sum that holds something.
func (t Table) weight() int {
	bytes := 0
	for _, r := range t.all() {
		bytes += 400
		for _, f := range figureColumns {
			if len(f.of(r)) > 0 {
				bytes += 300
			}
		}
	}
	return bytes
}

// Row finds a row by its id.
func (t Table) Row(id string) (Row, bool) {
	for _, r := range t.Rows {
		if r.ID == id {
			return r, true
		}
	}
	return Row{}, false
}
