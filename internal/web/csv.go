package web

import (
	"strings"

	"resolute/internal/coverage"
	"resolute/internal/sheet"
)

// guarded keeps a spreadsheet from running a text as a formula.
func guarded(s string) string { return sheet.Guard(s) }

// guardedRow guards every cell of a row that holds no signed number.
func guardedRow(cells ...string) []string {
	for i, c := range cells {
		cells[i] = guarded(c)
	}
	return cells
}

// plainMoney writes sums for a cell, one a currency.
func plainMoney(m coverage.Money) string {
	var parts []string
	for _, currency := range m.Currencies() {
		parts = append(parts, currency+" "+m[currency].String())
	}
	return strings.Join(parts, "|")
}
