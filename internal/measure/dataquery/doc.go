// Package dataquery reads questions for statistics in the words of the SDMX REST interface, version
// 2 and 1, and tells which series and observations they choose. It is pure and knows no store.
package dataquery
