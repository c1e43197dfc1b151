// Package sheet reads and writes tables: CSV, and the sheets of XLSX workbooks. What it reads keeps its
// place, as a line of the file and as the address a spreadsheet shows (C7, Transactions!C7), so that a
// finding can name it; a row that cannot be understood is reported with its text, and the rows after it
// are read on.
package sheet
