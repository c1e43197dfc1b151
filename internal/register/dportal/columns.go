package dportal

import (
	"slices"
	"strings"
)

// kind says what a column holds.
type kind int

const (
	text kind = iota
	number
	day // stored YYYY-MM-DD, given as the number of days since 1970-01-01
)

// column is one column of the answers.
type column struct {
	name  string
	table string
	kind  kind
	sql   string // its expression; no constant, by which databases would not group
}

const (
	spending    = `'3', '4'`
	commitments = `'2'`
	started     = `CASE WHEN a.actual_start <> '' THEN a.actual_start ELSE a.planned_start END`
	ended       = `CASE WHEN a.actual_end <> '' THEN a.actual_end ELSE a.planned_end END`
)

// share is a stated share in percent; those without one share equally what the others leave.
func share(row, table, like string) string {
	const stated = `SUM(CASE WHEN x.share >= 0 THEN x.share ELSE 0 END)`
	return `CASE WHEN ` + row + `.share >= 0 THEN ` + row + `.share / 10000.0 ELSE (SELECT CASE WHEN ` + stated + ` < 1000000 THEN (1000000 - ` + stated + `) / 10000.0 /
		COUNT(CASE WHEN x.share < 0 THEN 1 END) ELSE 0 END FROM ` + table + ` x WHERE x.version = ` + row + `.version AND x.txn = 0 AND ` + like + `) END`
}

var columns = []column{
	{"aid", "act", text, `a.iati_id`},
	{"reporting", "act", text, `a.reporter_name`},
	{"reporting_ref", "act", text, `a.reporter`},
	{"funder_ref", "act", text, `(SELECT o.ref FROM participant x JOIN organisation o ON o.id = x.organisation WHERE x.version = a.version AND x.role = '1' AND o.ref <> '' ORDER BY x.n LIMIT 1)`},
	{"title", "act", text, `a.title`},
	{"slug", "act", text, `a.source`},
	{"status_code", "act", number, `CASE WHEN a.status IN ('1', '2', '3', '4', '5', '6') THEN CAST(a.status AS INTEGER) END`},
	{"day_start", "act", day, started},
	{"day_end", "act", day, ended},
	{"commitment", "act", number, inCurrency("USD", commitments)},
	{"spend", "act", number, inCurrency("USD", spending)},
	{"commitment_eur", "act", number, inCurrency("EUR", commitments)},
	{"spend_eur", "act", number, inCurrency("EUR", spending)},
	{"commitment_gbp", "act", number, inCurrency("GBP", commitments)},
	{"spend_gbp", "act", number, inCurrency("GBP", spending)},
	{"commitment_cad", "act", number, inCurrency("CAD", commitments)},
	{"spend_cad", "act", number, inCurrency("CAD", spending)},
	{"flags", "act", number, `a.secondary`},

	{"trans_day", "trans", day, `t.day`},
	{"trans_currency", "trans", text, `t.currency`},
	{"trans_value", "trans", number, `CASE WHEN t.usable = 1 THEN t.cents / 100.0 END`},
	{"trans_usd", "trans", number, valueIn("t", "USD")},
	{"trans_eur", "trans", number, valueIn("t", "EUR")},
	{"trans_gbp", "trans", number, valueIn("t", "GBP")},
	{"trans_cad", "trans", number, valueIn("t", "CAD")},
	{"trans_code", "trans", text, `t.type`},
	{"trans_flags", "trans", number, `t.n * 0`},

	{"budget", "budget", text, `'budget' || ''`},
	{"budget_priority", "budget", number, `b.usable`},
	{"budget_type", "budget", text, `b.type`},
	{"budget_day_start", "budget", day, `b.starts`},
	{"budget_day_end", "budget", day, `b.ends`},
	{"budget_currency", "budget", text, `b.currency`},
	{"budget_value", "budget", number, `CASE WHEN b.usable = 1 THEN b.cents / 100.0 END`},
	{"budget_usd", "budget", number, valueIn("b", "USD")},
	{"budget_eur", "budget", number, valueIn("b", "EUR")},
	{"budget_gbp", "budget", number, valueIn("b", "GBP")},
	{"budget_cad", "budget", number, valueIn("b", "CAD")},

	{"country_code", "country", text, `p.code`},
	{"country_percent", "country", number, share("p", "place", `x.kind = 'country'`)},

	{"sector_group", "sector", text, `SUBSTR(s.code, 1, 3)`},
	{"sector_code", "sector", text, `s.code`},
	{"sector_percent", "sector", number, share("s", "tag", `x.scheme = 'dac-sector' AND (LENGTH(x.code) >= 5) = (LENGTH(s.code) >= 5)`)},

	{"location_code", "location", text, `l.feature`},
	{"location_gazetteer_ref", "location", text, `l.gazetteer`},
	{"location_gazetteer", "location", text, `l.gazetteer_code`},
	{"location_name", "location", text, `l.name`},
	{"location_longitude", "location", number, `l.longitude`},
	{"location_latitude", "location", number, `l.latitude`},
	{"location_precision", "location", number, `CASE WHEN l.exactness IN ('1', '2') THEN CAST(l.exactness AS INTEGER) END`},
	{"location_percent", "location", number, `CAST(NULL AS NUMERIC)`}, // version 2 of the standard has none
}

// shared are the columns whose rows are shares of the activity.
var shared = map[string]string{"country": "country_percent", "sector": "sector_percent"}

// columnNamed finds a column of the tables that are joined; aid is in all.
func columnNamed(name string, from []string) (column, bool) {
	for _, c := range columns {
		if c.name == name && (slices.Contains(from, c.table) || name == "aid") {
			return c, true
		}
	}
	return column{}, false
}

// letters are the codes of transactions that d-portal gives, after version 1 of the standard.
var letters = map[string]string{"1": "IF", "2": "C", "3": "D", "4": "E", "5": "IR", "6": "LR", "7": "R", "8": "QP", "9": "QS", "10": "CG"}

// digit gives the digit for a letter code, of which the data is made.
func digit(letter string) string {
	for d, l := range letters {
		if strings.EqualFold(l, letter) {
			return d
		}
	}
	return letter
}
