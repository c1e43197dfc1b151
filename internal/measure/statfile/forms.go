package statfile

import (
	"strconv"
	"strings"
	"time"

	"resolute"
	"resolute/internal/sdmx"
)

// form is one kind of file.
type form struct {
	id    string
	fits  func(*table) bool
	begin func(*table, Options) (rowReader, error)
}

// forms are looked at in this order; the first that fits is taken.
var forms = []form{
	{"datahub", func(t *table) bool { return t.has("seriescode", "entityiso", "datavalue", "datayear") }, dataHub},
	{"sdg", func(t *table) bool {
		return t.has("seriescode", "geoareacode", "timeperiod", "value") || t.has("seriescode", "geoareacode", "time_period", "value")
	}, sdg},
	{"plain", func(t *table) bool { return t.has("indicator", "area", "period", "value") }, plain},
	{"worldbank-long", func(t *table) bool {
		return t.has("country_code", "value") && (t.has("series_code") || t.has("indicator_code")) && (t.has("time") || t.has("time_code") || t.has("year"))
	}, worldBankLong},
	{"worldbank-wide", func(t *table) bool {
		return t.has("country_code") && (t.has("series_code") || t.has("indicator_code")) && len(t.years()) > 0
	}, worldBankWide},
	{"owid", func(t *table) bool { return t.has("entity", "year") && len(t.names) >= 3 }, owid},
	{"opensdg", func(t *table) bool { return t.has("year", "value") }, openSDG},
}

// start says what a file is.
func (t *table) start(id, dataflow string, o Options) string {
	if o.Dataflow != "" {
		dataflow = o.Dataflow
	}
	t.head.Form, t.head.Dataflow = id, dataflow
	return dataflow
}

// cell gives a cell without blanks around; empty for a column that the file does not have.
func cell(record []string, column int) string {
	if column < 0 || column >= len(record) {
		return ""
	}
	return strings.TrimSpace(record[column])
}

// missing are the ways in which files write that nothing is known.
var missing = map[string]bool{"": true, "..": true, "...": true, "…": true, "-": true, "–": true, "NaN": true, "nan": true, "NA": true, "N/A": true, "n/a": true, "null": true, "NULL": true, "#N/A": true}

// decimal tells whether text is a decimal number, as 12, -0.5, 1e-3; not one with separators of
// thousands, which could be read in two ways.
func decimal(text string) bool {
	digits, point, exponent := 0, false, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			digits++
		case (c == '-' || c == '+') && (i == 0 || text[i-1] == 'e' || text[i-1] == 'E'):
		case c == '.' && !point && !exponent:
			point = true
		case (c == 'e' || c == 'E') && digits > 0 && !exponent:
			exponent, digits = true, 0
		default:
			return false
		}
	}
	return digits > 0
}

// period reads a year, a range of years, a reporting period of the standard of statistics such as 2020-Q1,
// 2020-M01 or 2020-W01, a month or a day as printed; ok is false for anything else. "2015.0" is the year
// 2015 as some programs write it.
func period(text string) (string, bool) {
	text = strings.TrimSuffix(strings.TrimSuffix(text, ".0"), ".00")
	if len(text) < 4 || !digits(text[:4]) || text[:4] < "1000" {
		return text, false
	}
	switch rest := text[4:]; {
	case rest == "":
		return text, true
	case rest[0] != '-' && rest[0] != '/':
		return text, false
	case digits(rest[1:]) && len(rest) == 3:
		return text, rest[1:] >= "01" && rest[1:] <= "12" || within(text[2:4], rest[1:], 100)
	case digits(rest[1:]) && len(rest) == 5:
		return text, within(text[:4], rest[1:], 0)
	case rest[0] == '-' && len(rest) > 2 && rest[1] >= 'A' && rest[1] <= 'Z':
		return text, sdmx.IsPeriod(text)
	}
	_, err := time.Parse(strings.ReplaceAll(time.DateOnly, "-", text[4:5]), text)
	return text, err == nil
}

// within tells whether a range of years ends behind its beginning, a generation later at most; of two
// digits the last may have begun a new hundred.
func within(from, to string, turn int) bool {
	first, _ := strconv.Atoi(from) // digits both
	last, _ := strconv.Atoi(to)
	if last <= first {
		last += turn
	}
	return last > first && last <= first+30
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// value puts value and period of a row into an observation, or says what is wrong with them.
func (t *table) value(record []string, period_, value int, o *Observation) *resolute.Finding {
	var ok bool
	if o.Period, ok = period(cell(record, period_)); !ok {
		return t.fault(period_, cell(record, period_), "period-unreadable", "a year, a range of years, a half, a quarter, a month, a week or a day")
	}
	return t.number(record, value, o)
}

func (t *table) number(record []string, value int, o *Observation) *resolute.Finding {
	o.Value, o.Words = cell(record, value), false
	switch {
	case missing[o.Value]:
		o.Value = ""
		if o.Status == "" {
			o.Status = "M"
		}
	case !decimal(o.Value):
		return t.fault(value, o.Value, "number-unreadable", "a decimal number without separators of thousands")
	}
	return nil
}

// needed is the finding for a code without which a value has no place; nil when it is there.
func (t *table) needed(record []string, column int, text string) *resolute.Finding {
	if text != "" {
		return nil
	}
	return t.fault(column, cell(record, column), "code-missing", "a code")
}
