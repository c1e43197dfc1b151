// Package columns holds whole tables of statistics in memory for work over all of them: the newest
// value in each area, figures of groups for every indicator and year. Observations stand in sorted
// columns without pointers, some eleven bytes each. They are made of a file or of the store and can
// be dropped at will; the store keeps the decimal text.
package columns
