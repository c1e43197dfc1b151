package measure

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/sheet"
)

// profileColumns are those of a profile as a table; with each area or group it is compared with come
// those of besideColumns.
var profileColumns = []string{"concept", "core", "name", "dataflow", "indicator", "dims", "unit", "direction", "year", "value", "estimated", "status", "source", "note",
	"rule", "weighed_by", "areas_used", "areas_of", "coverage", "min", "median", "max", "gini", "since_year", "since_value", "change", "rank", "tied", "rank_of", "rank_region", "tied_region", "rank_region_of",
	"target", "target_by", "growth_ratio", "status_growth_ratio", "pace_ratio", "status_linear_pace", "threads", "sdg_target"}

var besideColumns = []string{"year", "value", "areas_used", "coverage", "earlier_year", "earlier_value"}

// profileNumbers are the columns that hold numbers.
var profileNumbers = map[string]bool{"year": true, "value": true, "areas_used": true, "areas_of": true, "coverage": true, "min": true, "median": true, "max": true, "gini": true, "since_year": true, "since_value": true,
	"change": true, "rank": true, "tied": true, "rank_of": true, "rank_region": true, "tied_region": true, "rank_region_of": true, "target": true, "target_by": true, "growth_ratio": true, "pace_ratio": true}

// columns are the names of the table's columns.
func (p Profile) columns() []string {
	names := profileColumns[:len(profileColumns):len(profileColumns)]
	for _, other := range p.Beside {
		for _, name := range besideColumns {
			names = append(names, other+" "+name)
		}
	}
	return names
}

// WriteCSV writes a row for each indicator, and one without a value for each of the core list that has
// no data. Names are in the language, where the catalogue has one.
func (p Profile) WriteCSV(out io.Writer, lang resolute.Lang) error {
	var columns []sheet.Column
	for n, name := range p.columns() {
		kind := sheet.Text
		if profileNumbers[name] || n >= len(profileColumns) {
			kind = sheet.Number
		}
		columns = append(columns, sheet.Column{Name: name, Kind: kind})
	}
	w, err := sheet.NewWriter(out, columns...)
	if err == nil {
		err = p.write(w, lang)
	}
	if err != nil {
		return err
	}
	return w.Flush()
}

// WriteXLSX writes the table of WriteCSV as a workbook.
func (p Profile) WriteXLSX(out io.Writer, lang resolute.Lang) error {
	form := sheet.Form{Name: "Profile"}
	for n, name := range p.columns() {
		kind := sheet.Text
		if profileNumbers[name] || n >= len(profileColumns) {
			kind = sheet.Number
		}
		form.Columns = append(form.Columns, sheet.BookColumn{Name: name, Kind: kind})
	}
	book := sheet.NewBook(out)
	w, err := book.Sheet(form)
	if err == nil {
		err = p.write(w, lang)
	}
	if err != nil {
		return err
	}
	return book.Close()
}

func (p Profile) write(w rowWriter, lang resolute.Lang) error {
	for _, f := range p.Figures {
		cells := f.cells(lang)
		for _, b := range f.Beside {
			cells = append(cells, yearCell(b.Year), b.Value.String(), strconv.Itoa(b.Areas), b.Coverage.String(), yearCell(b.Earlier), b.Before.String())
		}
		if err := w.Write(cells...); err != nil {
			return err
		}
	}
	for _, gap := range p.Missing {
		cells := make([]string, len(p.columns()))
		cells[0], cells[1], cells[2] = gap.Concept, gap.Core, gap.Name[lang]
		if err := w.Write(cells...); err != nil {
			return err
		}
	}
	return nil
}

// yearCell writes a year, nothing for none.
func yearCell(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}

// cells are those of profileColumns. The value of a country is the decimal as it was received.
func (f ProfileFigure) cells(lang resolute.Lang) []string {
	printed, group, spread, change, verdict := ProfilePrinted{Value: f.Value.String()}, GroupFigure{Coverage: None}, ProfileSpread{Least: None, Median: None, Most: None, Gini: None}, ProfileChange{Value: None, By: None}, ProfileVerdict{Ratio: None, Pace: None}
	used, of, target := "", "", ""
	if f.Printed != nil {
		printed = *f.Printed
	}
	if f.Group != nil {
		group = *f.Group
		used, of = strconv.Itoa(group.Areas), strconv.Itoa(group.Of)
	}
	if f.Spread != nil {
		spread = *f.Spread
	}
	if f.Change != nil {
		change = *f.Change
	}
	if f.Verdict != nil {
		verdict, target = *f.Verdict, Number(f.Verdict.Target).String()
	}
	cells := []string{f.Concept, f.Core, f.Called[lang], f.Dataflow, f.Code, f.Dims, f.Unit, directionWords[f.Direction], strconv.Itoa(f.Year), printed.Value, strconv.FormatBool(f.Estimated), printed.Status, printed.Source, printed.Note,
		group.Rule, group.WeighedBy, used, of, group.Coverage.String(), spread.Least.String(), spread.Median.String(), spread.Most.String(), spread.Gini.String(), yearCell(change.Year), change.Value.String(), change.By.String()}
	for _, among := range []string{World, "ITU:"} { // some have no region, and a rank in the group they are compared with
		at := slices.IndexFunc(f.Ranks, func(r Rank) bool { return strings.HasPrefix(r.Among, among) })
		if at < 0 {
			cells = append(cells, "", "", "")
			continue
		}
		r := f.Ranks[at]
		cells = append(cells, strconv.Itoa(r.Place), strconv.Itoa(r.Tied), strconv.Itoa(r.Of))
	}
	return append(cells, target, yearCell(verdict.TargetBy), verdict.Ratio.String(), verdict.Status, verdict.Pace.String(), verdict.Second, strings.Join(f.Threads, "|"), f.Target)
}

// directionWords name directions as the file of indicators does.
var directionWords = map[int]string{1: "up", -1: "down", 0: "none"}
