// Package progress judges whether a figure moves fast enough towards a target by a year: by the
// ratio of growth (Eurostat and those who adapted it), by the linear pace, and by what a projection
// expects (regional commissions of the United Nations). The verdict depends on the method, so each
// names its own. Parameters live in versioned method files. Formulas and their sources:
// docs/reference/measures.md.
package progress
