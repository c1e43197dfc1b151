package register

import (
	"maps"
	"slices"
	"strings"

	"resolute/internal/framework"
)

// Choices are the words of columns whose cells hold one of few.
var Choices = map[string][]string{
	"status": wordsOfCodes(statuses), "type": wordsOfCodes(movement), "role": wordsOfCodes(roles), "budget_type": wordsOfCodes(budgetTypes),
	"budget_status": wordsOfCodes(budgetStatuses), "result_type": wordsOfCodes(resultTypes), "measure": wordsOfCodes(measures),
	"place_kind": {Country, Region}, "scheme": append(slices.Sorted(maps.Keys(tagSchemes)), framework.ActionLine, framework.InclusionGroup, ThreadScheme),
}

// wordsOfCodes lists words in the order of their codes.
func wordsOfCodes(codes map[string]string) []string {
	list := slices.Collect(maps.Keys(codes))
	slices.SortFunc(list, func(a, b string) int {
		if n := len(codes[a]) - len(codes[b]); n != 0 {
			return n
		}
		return strings.Compare(codes[a], codes[b])
	})
	return list
}

// examples are the fictional rows of templates, without the cells that are words of a language.
var examples = map[string]map[string]string{
	TableActivities: {"id": "EXAMPLE-1", "reporter": "Fictional Agency <ZZ-FICT-001>",
		"kind": "training", "sector": "D", "level": "national", "status": "implementation", "planned_start": "2024-01-15", "actual_start": "2024-02-01", "planned_end": "2024-12-31",
		"updated": "2024-06-30", "countries": "KE:60|UG:40", "partners": "implementing: Fictional Institute <ZZ-FICT-004>|funding: Fictional Fund",
		"amounts": "commitment 2024-02-01 USD 1250.50|disbursement 2024-06-30 USD 600", "budgets": "2024-01-01..2024-12-31 USD 2000",
		"action_lines": "C4:60|C5:40", "targets": "4.4", "groups": "youth", "paragraphs": "F2", "documents": "https://resolute.example/example.pdf 2024-05-31"},
	TableTransactions: {"activity": "EXAMPLE-1", "reference": "T-1", "type": "disbursement", "day": "2024-06-30", "currency": "USD", "value": "600",
		"provider": "Fictional Fund <ZZ-FICT-002>", "receiver": "Fictional Institute <ZZ-FICT-004>"},
	TableBudgets:  {"activity": "EXAMPLE-1", "from": "2024-01-01", "to": "2024-12-31", "currency": "USD", "value": "2000", "budget_type": "original", "budget_status": "committed"},
	TablePartners: {"activity": "EXAMPLE-1", "role": "implementing", "partner": "Fictional Institute <ZZ-FICT-004>", "partner_type": "80"},
	TablePlaces:   {"activity": "EXAMPLE-1", "place_kind": "country", "code": "KE", "share": "60"},
	TableResults: {"activity": "EXAMPLE-1", "result_type": "output", "measure": "unit", "baseline_year": "2023",
		"baseline": "0", "from": "2024-01-01", "to": "2024-12-31", "target": "100", "actual": "80"},
	TableTags: {"activity": "EXAMPLE-1", "scheme": "sdg-target", "code": "4.4", "share": "100"},
}

// Example is the fictional row of a table; its identifier begins so that it is never taken in.
// Titles, descriptions and other words are left to who speaks a language.
func Example(table string) map[string]string { return examples[table] }
