package framework

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/sheet"
)

// The columns of a file of exchange rates.
var rateColumns = []string{"base", "currency", "day", "rate", "valid_days", "source"}

// usualValidity is for how many days after its own a rate stands that names no number: over a
// weekend and the days around it.
const usualValidity = 7

// mostValidity bounds that number.
const mostValidity = 366

// rateRow is a rate with the days it stands.
type rateRow struct {
	Rate
	valid int
}

// rateReader reads a file of exchange rates. A file with a fault is refused whole.
type rateReader struct {
	table    *sheet.Table
	rows     []rateRow
	lines    map[[3]string]int // of each base, currency and day
	findings []resolute.Finding
}

// readRateFile gives the rates of a file, and what is wrong with it. An error is one of the medium.
func readRateFile(file string, from io.Reader) ([]rateRow, []resolute.Finding, error) {
	r := &rateReader{lines: map[[3]string]int{}}
	err := r.read(file, from)
	var refused *sheet.Refusal
	if errors.As(err, &refused) {
		r.findings, err = append(r.findings, refused.Finding), nil
	}
	if len(r.findings) > 0 {
		r.rows = nil
	}
	return r.rows, r.findings, err
}

func (r *rateReader) read(file string, from io.Reader) (err error) {
	if r.table, err = sheet.Read(from, file, sheet.Limits{}); err != nil {
		return err
	}
	r.header(file)
	for len(r.findings) < maxFindings {
		row, err := r.table.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if row.Fault != nil {
			r.findings = append(r.findings, *row.Fault)
			continue
		}
		r.take(row)
	}
	if len(r.rows)+len(r.findings) == 0 {
		r.findings = append(r.findings, headerFinding(file, "no row", "at least one rate"))
	}
	return nil
}

// header looks that every column is known and none is missing; valid_days may be.
func (r *rateReader) header(file string) {
	for _, key := range r.table.Keys {
		if !slices.Contains(rateColumns, key) {
			r.findings = append(r.findings, headerFinding(file, key, "one of the columns "+strings.Join(rateColumns, ", ")))
		}
	}
	for _, key := range rateColumns {
		if key != "valid_days" && !r.table.Has(key) {
			r.findings = append(r.findings, headerFinding(file, "no column "+key, "a column "+key))
		}
	}
}

func headerFinding(file, found, expected string) resolute.Finding {
	return resolute.Finding{Rule: "rate-header", Severity: resolute.SeverityError, File: file, Line: 1, Column: 1, Found: found, Expected: expected,
		Message: "found " + found + ", expected " + expected}
}

// take reads one row.
func (r *rateReader) take(row sheet.Row) {
	if len(r.findings) > 0 && !r.table.Has("rate") {
		return // without its columns every row would only be blamed for the header
	}
	text := func(key string) string { return strings.TrimSpace(row.Cell(key).Text) }
	x := rateRow{Rate: Rate{Base: strings.ToUpper(text("base")), Currency: strings.ToUpper(text("currency")), Day: text("day"), Units: text("rate"), Source: text("source")}, valid: usualValidity}
	before := len(r.findings)
	r.want(currencyCode(x.Base), row.Cell("base"), "a currency code of three letters")
	r.want(currencyCode(x.Currency) && x.Currency != x.Base, row.Cell("currency"), "a currency code of three letters, other than the base")
	r.want(resolute.ValidDay(x.Day), row.Cell("day"), "a day YYYY-MM-DD")
	_, _, sound := digitsOf(x.Units)
	r.want(sound, row.Cell("rate"), "a decimal above zero of at most 18 digits, with a point: 1.0836")
	r.want(x.Source != "", row.Cell("source"), "who published the rate")
	if days := text("valid_days"); days != "" {
		n, err := strconv.Atoi(days)
		r.want(err == nil && n >= 0 && n <= mostValidity, row.Cell("valid_days"), "how many days after its own the rate may be used, from 0 to 366")
		x.valid = n
	}
	if len(r.findings) > before {
		return
	}
	about := [3]string{x.Base, x.Currency, x.Day}
	if first, twice := r.lines[about]; twice {
		r.want(false, row.Cell("day"), "each base, currency and day once; line "+strconv.Itoa(first)+" has this one")
		return
	}
	r.lines[about] = row.Line
	r.rows = append(r.rows, x)
}

func (r *rateReader) want(right bool, cell sheet.Cell, expected string) {
	if !right {
		r.findings = append(r.findings, cell.Finding(r.table.File, "rate-cell", expected))
	}
}

func currencyCode(text string) bool {
	return len(text) == 3 && !strings.ContainsFunc(text, func(c rune) bool { return c < 'A' || c > 'Z' })
}
