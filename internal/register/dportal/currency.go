package dportal

import "slices"

// inCurrency gives the sum of an activity's transactions of some types in a currency; nothing when others
// are in another currency, since nothing is converted here.
func inCurrency(currency, types string) string {
	return `(SELECT CASE WHEN SUM(CASE WHEN x.currency = '` + currency + `' THEN 0 ELSE 1 END) = 0 THEN SUM(x.cents * 1.0) / 100.0 END
		FROM txn x WHERE x.version = a.version AND x.usable = 1 AND x.type IN (` + types + `))`
}

// valueIn gives an amount when it is in a currency.
func valueIn(row, currency string) string {
	return `CASE WHEN ` + row + `.usable = 1 AND ` + row + `.currency = '` + currency + `' THEN ` + row + `.cents / 100.0 END`
}

// currencies of which the amounts are columns of their own, by how those names end.
var currencies = map[string]string{"usd": "USD", "eur": "EUR", "gbp": "GBP", "cad": "CAD"}

// comparing are the functions that set amounts against one another, which only makes sense in one currency.
var comparing = []function{sum, average, lowest, highest, sumOfParts}

// alike are the columns that hold amounts, with what is true of a group of rows whose amounts are all in the
// currency of the column, or in one currency where the column has none of its own.
var alike = func() map[string]string {
	m := map[string]string{"commitment": noneElsewhere(commitments, "USD"), "spend": noneElsewhere(spending, "USD")}
	for suffix, currency := range currencies {
		m["commitment_"+suffix], m["spend_"+suffix] = noneElsewhere(commitments, currency), noneElsewhere(spending, currency)
	}
	for table, row := range map[string]string{"trans": "t", "budget": "b"} {
		currency := `(CASE WHEN ` + row + `.usable = 1 THEN ` + row + `.currency END)`
		m[table+"_value"] = `MIN` + currency + ` = MAX` + currency // counting different ones would sort all rows
		for suffix, currency := range currencies {
			m[table+"_"+suffix] = `COUNT(CASE WHEN ` + row + `.usable = 1 AND ` + row + `.currency <> '` + currency + `' THEN 1 END) = 0`
		}
	}
	return m
}()

// noneElsewhere is true of a group of activities without transactions of some types in another currency.
func noneElsewhere(types, currency string) string {
	return `COUNT(CASE WHEN EXISTS (SELECT 1 FROM txn x WHERE x.version = a.version AND x.usable = 1 AND x.type IN (` + types + `)
		AND x.currency <> '` + currency + `') THEN 1 END) = 0`
}

// unmixed leaves a value of a group empty when its amounts are in several currencies.
func (i item) unmixed(e string) string {
	if one := alike[i.of.name]; one != "" && slices.Contains(comparing, i.fn) {
		return "CASE WHEN " + one + " THEN " + e + " END"
	}
	return e
}
