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

// guessTable finds the table whose columns a header holds: of those whose identifier it has, id for that of
// activities and activity for the others, the one that has most columns in common with it.
func guessTable(keys []string) (Table, bool) {
	best, most := 0, 0
	for i, t := range Tables {
		if n := t.common(keys); slices.Contains(keys, t.Columns[0]) && n > most {
			best, most = i, n
		}
	}
	return Tables[best], most > 1 || best == 0 && most > 0 // activity alone says of no table that it is meant
}

// common counts the columns of a header that mean something in the table.
func (t Table) common(keys []string) (n int) {
	for _, key := range keys {
		if slices.Contains(t.Columns, key) || t.Name == TableActivities && knownColumn(key) {
			n++
		}
	}
	return n
}
