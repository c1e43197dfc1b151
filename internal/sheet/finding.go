package sheet

import (
	"fmt"
	"strconv"

	"resolute"
)

// Refusal is the error of a file that is refused whole: its encoding, its header or its size is
// not what can be read. Finding says where and what was wanted.
type Refusal struct{ Finding resolute.Finding }

// Error gives file, line and sentence.
func (r *Refusal) Error() string {
	f := r.Finding
	return f.File + ":" + strconv.Itoa(f.Line) + ": " + f.Message
}

// finding makes an error-level finding. address may be empty.
func finding(file, address string, w wrong) resolute.Finding {
	message := fmt.Sprintf("found %s, expected %s", w.found, w.expected)
	if address != "" {
		message = "cell " + address + ": " + message
	}
	return resolute.Finding{Rule: w.rule, Severity: resolute.SeverityError, File: file, Line: w.line, Column: w.col,
		Path: address, Found: w.found, Expected: w.expected, Message: message}
}

// number writes a count with its noun: 1 cell, 3 cells.
func number(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}

// Address names a cell as spreadsheets do: column from 0, row from 1, so 2 and 7 give C7.
func Address(column, row int) string {
	var letters []byte
	for n := column; n >= 0; n = n/26 - 1 {
		letters = append([]byte{byte('A' + n%26)}, letters...)
	}
	return string(letters) + strconv.Itoa(row)
}
