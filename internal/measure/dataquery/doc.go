// Package dataquery reads questions in the words of the SDMX REST interface, version 2 and 1: for data,
// and which series and observations they choose; for what data there are; and for structures. It is
// pure and knows no store.
package dataquery
