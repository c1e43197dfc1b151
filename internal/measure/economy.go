package measure

import (
	_ "embed"
	"slices"
	"strings"

	"resolute/internal/framework"
)

// aggregateCodes are the codes of three letters by which the World Bank names regions, classes of
// income and the world; they are no areas among others.
//
//go:embed aggregates.txt
var aggregateCodes string

var aggregates = strings.Fields(aggregateCodes)

// Economy tells whether the code of a source names one economy: a country or area of the M49 list,
// or a code of three letters that is no aggregate, as sources give to economies outside of the list.
// A name without a code is none, since nothing is joined by name.
func Economy(c *framework.Catalogue, code string) bool {
	if _, known := c.Country(code); known {
		return true
	}
	return len(code) == 3 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" && !slices.Contains(aggregates, code)
}
