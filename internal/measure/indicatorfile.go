package measure

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/mandate"
	"resolute/internal/measure/divide"
	"resolute/internal/sheet"
)

// IndicatorColumns are those of a file of indicators.
var IndicatorColumns = []string{"code", "name_en", "name_fr", "name_es", "name_ru", "name_ar", "name_zh", "unit", "denominator", "breakdowns", "direction", "floor", "ceiling", "rule",
	"weights", "over_time", "itu", "itu_id", "idi", "sdg", "sdg_indicator", "wdi", "codes", "core", "custodian", "status", "confidence", "source", "note", "threads", "target", "target_by", "target_source"}

// neededColumns must all be there.
var neededColumns = []string{"code", "unit", "direction", "rule", "source"}

// mostIndicators bounds the rows of a file, and mostFaults what is told of it.
const (
	mostIndicators = 20_000
	mostFaults     = 200
)

// The rules of findings about files of indicators.
const (
	findingIndicatorHeader = "indicator-header"
	findingIndicatorCell   = "indicator-cell"
)

// indicatorReader reads a file of indicators. A file with a fault is refused whole.
type indicatorReader struct {
	table    *sheet.Table
	known    *Catalogue // beside which the file will stand; nil: none
	rows     []map[string]string
	at       []sheet.Row
	lines    map[string]int
	findings []resolute.Finding
}

// readIndicators gives the rows of a file, and what is wrong with it. An error is one of the medium.
func readIndicators(file string, from io.Reader, known *Catalogue) ([]map[string]string, []resolute.Finding, error) {
	r := &indicatorReader{known: known, lines: map[string]int{}}
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

func (r *indicatorReader) read(file string, from io.Reader) (err error) {
	if r.table, err = sheet.Read(from, file, sheet.Limits{Rows: mostIndicators}); err != nil {
		return err
	}
	if r.header(file); len(r.findings) > 0 {
		return nil
	}
	for len(r.findings) < mostFaults {
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
		r.findings = append(r.findings, indicatorHeader(file, "no row", "at least one indicator"))
	}
	r.between()
	return nil
}

func (r *indicatorReader) header(file string) {
	for _, key := range r.table.Keys {
		if !slices.Contains(IndicatorColumns, key) {
			r.findings = append(r.findings, indicatorHeader(file, key, "one of the columns "+strings.Join(IndicatorColumns, ", ")))
		}
	}
	for _, key := range neededColumns {
		if !r.table.Has(key) {
			r.findings = append(r.findings, indicatorHeader(file, "no column "+key, "a column "+key))
		}
	}
}

func indicatorHeader(file, found, expected string) resolute.Finding {
	return resolute.Finding{Rule: findingIndicatorHeader, Severity: resolute.SeverityError, File: file, Line: 1, Column: 1, Found: found, Expected: expected,
		Message: "found " + found + ", expected " + expected}
}

// exampleCode begins the codes of rows that a template shows and nobody means.
const exampleCode = "EXAMPLE-"

// take reads one row by itself.
func (r *indicatorReader) take(row sheet.Row) {
	cells := map[string]string{}
	for _, key := range r.table.Keys {
		if text := strings.TrimSpace(row.Cell(key).Text); text != "" {
			cells[key] = text
		}
	}
	if strings.HasPrefix(cells["code"], exampleCode) {
		return
	}
	before := len(r.findings)
	r.words(row, cells)
	r.limits(row, cells)
	r.target(row, cells)
	r.codes(row, cells)
	if len(r.findings) > before {
		return
	}
	if first, twice := r.lines[cells["code"]]; twice {
		r.want(false, row, "code", fmt.Sprintf("each indicator once; line %d has this one", first))
		return
	}
	r.lines[cells["code"]] = row.Line
	r.rows, r.at = append(r.rows, cells), append(r.at, row)
}

func (r *indicatorReader) want(right bool, row sheet.Row, column, expected string) {
	if !right {
		r.findings = append(r.findings, row.Cell(column).Finding(r.table.File, findingIndicatorCell, expected))
	}
}

// words checks what a cell may hold.
func (r *indicatorReader) words(row sheet.Row, cells map[string]string) {
	r.want(cells["code"] != "" && len(cells["code"]) <= 64 && !strings.ContainsAny(cells["code"], " \t|,;"), row, "code", "a code of up to 64 signs, without blanks, commas, semicolons and |")
	named := slices.ContainsFunc(resolute.Langs[:], func(l resolute.Lang) bool { return cells["name_"+string(l)] != "" })
	r.want(named, row, r.nameColumn(), "a name in one language at least (name_en, name_fr, name_es, name_ru, name_ar, name_zh)")
	r.want(cells["unit"] != "", row, "unit", "the unit, as %, per 100 or persons")
	r.want(cells["source"] != "", row, "source", "who defines or publishes the indicator")
	for column, words := range map[string][]string{
		"direction":  slices.Sorted(maps.Keys(directions)),
		"rule":       append(slices.Clone(divide.Rules), divide.None),
		"over_time":  {"", OverTimeLast, OverTimeMean},
		"confidence": {"", "A", "B", "C", "R"},
	} {
		r.want(slices.Contains(words, cells[column]), row, column, "one of "+strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), ", "))
	}
	r.want(cells["rule"] != divide.Sum || !strings.HasPrefix(cells["unit"], "%"), row, "rule", "another rule than sum: shares of areas cannot be added up")
	aliases := mandate.Aliases()
	for _, thread := range listOf(cells["threads"]) {
		r.want(slices.ContainsFunc(aliases, func(a mandate.Alias) bool { return a.Alias == thread }), row, "threads", "names of paragraphs joined by |, as R9|M1: "+thread+" is none")
	}
}

// nameColumn is the column to blame when there is no name.
func (r *indicatorReader) nameColumn() string {
	for _, l := range resolute.Langs {
		if column := "name_" + string(l); r.table.Has(column) {
			return column
		}
	}
	return "code"
}

func (r *indicatorReader) limits(row sheet.Row, cells map[string]string) {
	var limits [2]float64
	for i, column := range []string{"floor", "ceiling"} {
		v, err := strconv.ParseFloat(cells[column], 64)
		r.want(cells[column] == "" || err == nil && v-v == 0, row, column, "a number with a point, or nothing")
		limits[i] = v
	}
	if cells["floor"] != "" && cells["ceiling"] != "" {
		r.want(limits[0] < limits[1], row, "ceiling", "more than the floor, "+cells["floor"])
	}
}

// target checks what is aimed at: a value within the limits, by a year, said by somebody.
func (r *indicatorReader) target(row sheet.Row, cells map[string]string) {
	if cells["target"] == "" {
		for _, column := range []string{"target_by", "target_source"} {
			r.want(cells[column] == "", row, column, "nothing, since there is no target")
		}
		return
	}
	v, err := strconv.ParseFloat(cells["target"], 64)
	r.want(err == nil && !conceptOf(cells).outside(v) && v-v == 0, row, "target", "a number with a point within floor and ceiling, or nothing")
	by, err := strconv.Atoi(cells["target_by"])
	r.want(err == nil && by >= firstTarget && by <= lastTarget, row, "target_by", fmt.Sprintf("the year by which the target shall be met, %d to %d", firstTarget, lastTarget))
	r.want(cells["target_source"] != "", row, "target_source", "who set the target")
	r.want(cells["direction"] != "none", row, "direction", "up or down, since there is a target")
}

// The years by which a target may have to be met.
const (
	firstTarget = 2000
	lastTarget  = 2100
)

// codes checks the form of the codes at publishers.
func (r *indicatorReader) codes(row sheet.Row, cells map[string]string) {
	for _, p := range publishers {
		_, sound := codeOf(cells[p[0]])
		r.want(sound || cells[p[0]] == "", row, p[0], "a code, and the dimensions that pick its breakdown: IT_USE_ii99 SEX=F")
	}
	for _, other := range listOf(cells["codes"]) {
		flow, code, _ := strings.Cut(other, " ")
		_, sound := codeOf(code)
		own := slices.ContainsFunc(publishers, func(p [2]string) bool { return p[1] == flow })
		r.want(sound && !own, row, "codes", "tables and codes joined by |, as RW:NISR ict_17|ESTAT:ISOC isoc_ci SEX=F; those of ITU, SDG and WDI have columns of their own")
	}
}

// between checks what rows say of each other and of what is known.
func (r *indicatorReader) between() {
	taken := map[[3]string]string{}
	if r.known != nil {
		for _, c := range r.known.list {
			if _, replaced := r.lines[c.ID]; !replaced {
				for flow, code := range c.codes {
					taken[[3]string{flow, strings.ToLower(code.code), code.dims}] = c.ID
				}
			}
		}
	}
	for i, cells := range r.rows {
		c, row := conceptOf(cells), r.at[i]
		for _, w := range c.Weights {
			_, inFile := r.lines[w]
			known := inFile
			if !known && r.known != nil {
				_, known = r.known.Concept(w)
			}
			r.want(known && w != c.ID, row, "weights", "indicators of this file or of the catalogue, joined by |: "+w+" is none")
		}
		r.want(len(c.Weights) == 0 || c.Aggregation == divide.WeightedMean, row, "weights", "nothing, since only a weighted-mean has weights")
		for _, flow := range slices.Sorted(maps.Keys(c.codes)) {
			code := c.codes[flow]
			key := [3]string{flow, strings.ToLower(code.code), code.dims}
			other, is := taken[key]
			r.want(!is, row, columnOfFlow(flow), "a code that no other indicator has: it is that of "+other)
			taken[key] = c.ID
		}
	}
}

func columnOfFlow(flow string) string {
	for _, p := range publishers {
		if p[1] == flow {
			return p[0]
		}
	}
	return "codes"
}
