package register

import (
	"fmt"
	"strings"

	"resolute"
	"resolute/internal/iati"
)

// amounts reads "TYPE DAY CURRENCY VALUE", such as "disbursement 2024-03-01 USD 1250.50".
func (x *rowReader) amounts() {
	for _, entry := range x.list("amounts") {
		part := strings.Fields(entry)
		if len(part) != 4 {
			x.fault("bad-value", "amounts", entry, "TYPE DAY CURRENCY VALUE", fmt.Sprintf("%q is not type, day, currency and value", entry))
			continue
		}
		x.a.Transactions = append(x.a.Transactions, iati.Transaction{Type: x.wordOf("amounts", part[0], movement), Date: x.day("amounts", part[1]),
			Value: x.value("amounts", part[2], part[3]), Line: x.Line})
	}
}

// budgets reads "FROM..TO CURRENCY VALUE", such as "2024-01-01..2024-12-31 USD 50000".
func (x *rowReader) budgets() {
	for _, entry := range x.list("budgets") {
		part := strings.Fields(entry)
		if len(part) != 3 {
			x.fault("bad-value", "budgets", entry, "FROM..TO CURRENCY VALUE", fmt.Sprintf("%q is not days, currency and value", entry))
			continue
		}
		from, to, _ := strings.Cut(part[0], "..")
		x.a.Budgets = append(x.a.Budgets, iati.Budget{Type: "1", Status: "1", From: x.day("budgets", from), To: x.day("budgets", to),
			Value: x.value("budgets", part[1], part[2]), Line: x.Line})
	}
}

// value reads an amount, rounded once as every amount is.
func (x *rowReader) value(column, currency, text string) iati.Value {
	v := iati.Value{Currency: strings.ToUpper(currency), Text: text}
	v.Cents, v.Exact, v.OK = resolute.ParseCents(text)
	switch {
	case len(v.Currency) != 3 || strings.Trim(v.Currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "":
		x.fault("bad-value", column, currency, "three letters of ISO 4217", fmt.Sprintf("%q is no currency", currency))
		v.Currency = ""
	case !v.OK:
		x.fault("bad-value", column, text, "a number below 90 million million, without thousands separator", fmt.Sprintf("%q is no number, or beyond what is counted", text))
	case !v.Exact:
		x.fault(findingRounded, column, text, v.Cents.String(), fmt.Sprintf("%s becomes %s", text, v.Cents))
	}
	return v
}
