package register

import "slices"

// The tables of own work: one of activities, and those whose lines hang on an activity.
const (
	TableActivities   = "activities"
	TableTransactions = "transactions"
	TableBudgets      = "budgets"
	TablePartners     = "partners"
	TablePlaces       = "places"
	TableResults      = "results"
	TableTags         = "tags"
)

// Table is one table of own work: a sheet of a workbook, or a CSV file. Name and columns are the
// same in every language; people see their words.
type Table struct {
	Name    string
	Columns []string
	names   []string // columns that tell a line from others of its activity
	cells   []string // columns of the activity that say the same in one cell
}

// Tables are all tables, that of activities first. In the others the column activity holds the
// identifier.
var Tables = []Table{
	{Name: TableActivities, Columns: Columns},
	{TableTransactions, []string{"activity", "reference", "type", "day", "currency", "value", "description", "provider", "receiver"},
		[]string{"reference", "type", "day", "currency", "value", "provider", "receiver"}, []string{"amounts"}},
	{TableBudgets, []string{"activity", "from", "to", "currency", "value", "budget_type", "budget_status"}, []string{"from", "to", "budget_type"}, []string{"budgets"}},
	{TablePartners, []string{"activity", "role", "partner", "partner_type"}, []string{"role", "partner"}, []string{"partners"}},
	{TablePlaces, []string{"activity", "place_kind", "code", "vocabulary", "share"}, []string{"place_kind", "code", "vocabulary"}, []string{"countries", "regions"}},
	{TableResults, []string{"activity", "result", "result_type", "indicator", "measure", "baseline_year", "baseline", "from", "to", "target", "actual"},
		[]string{"result", "indicator", "from", "to"}, nil},
	{TableTags, []string{"activity", "scheme", "code", "share"}, []string{"scheme", "code"}, nil},
}

// tableOf finds a table by its name.
func tableOf(name string) (Table, bool) {
	i := slices.IndexFunc(Tables, func(t Table) bool { return t.Name == name })
	if i < 0 {
		return Table{}, false
	}
	return Tables[i], true
}

// Number tells whether the cells of a column are numbers.
func Number(column string) bool {
	return slices.Contains([]string{"value", "share", "baseline", "target", "actual"}, column)
}

// guessTable finds the table whose columns a header holds: that of activities by its column id, else
// the one that has most of them in common.
func guessTable(keys []string) (Table, bool) {
	if slices.Contains(keys, "id") {
		return Tables[0], true
	}
	if !slices.Contains(keys, "activity") {
		return Table{}, false
	}
	best, most := 0, 1
	for i, t := range Tables[1:] {
		n := 0
		for _, column := range t.Columns {
			if slices.Contains(keys, column) {
				n++
			}
		}
		if n > most {
			best, most = i+1, n
		}
	}
	return Tables[best], best > 0
}
