package report

import (
	"slices"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/mandate"
)

// tables are those that an outline may name.
var tables = map[string]func(*writer, part) Table{
	"rows": (*writer).rowsTable, "instruments": (*writer).instrumentsTable, "claims": (*writer).claimsTable, "partners": (*writer).partnersTable,
	"currencies": (*writer).currenciesTable, "years": (*writer).yearsTable, "kinds": (*writer).kindsTable,
	"empty_paragraphs": (*writer).emptyParagraphs, "empty_cells": (*writer).emptyCells, "gap_regions": (*writer).gapRegions,
}

// addTable numbers a table. One that would have no row says why instead.
func (w *writer) addTable(p part) {
	t := tables[p.Table](w, p)
	if len(t.Rows) == 0 {
		w.add(Text{Runs: []Run{{Text: w.nothing()}}})
		return
	}
	w.numbered++
	t.Label, t.Title = w.T("report.table", "n", w.numbered), w.T(p.Title)
	w.add(t)
}

// nothing says whether something was reported for the period.
func (w *writer) nothing() string {
	if w.list.Of == 0 {
		return w.T("report.none_reported")
	}
	return w.T("report.none_here")
}

// shownPartners is how many organisations the section on partners names.
const shownPartners = 25

func (w *writer) partnersTable(part) Table {
	t := Table{Key: "org", Repeat: w.coverageCommand(coverage.ByLine), Columns: []Column{{w.T("organisation.title"), false, 50}, {w.T("organisation.ref"), false, 30}, {w.T("coverage.activities"), true, 20}}}
	for _, p := range w.partners[:min(shownPartners, len(w.partners))] {
		id := strconv.FormatInt(p.ID, 10)
		f := &Fact{Query: w.address("/activities", "org", id), Records: p.Activities, IDs: []string{orElse(p.Ref, id)}}
		t.Rows = append(t.Rows, []Run{{Text: orElse(p.Name, w.T("report.no_name")), Name: true}, {Text: orElse(p.Ref, w.T("report.no_reference")), Name: true, Code: p.Ref != ""},
			{Text: w.Number(int64(p.Activities)), Fact: f, Code: true}})
	}
	return t
}

// moneyColumns are the sums of a total that the section on money shows apart.
var moneyColumns = []struct {
	head string
	of   func(coverage.Row) coverage.Money
}{
	{"coverage.commitments", func(r coverage.Row) coverage.Money { return r.Commitments }},
	{"coverage.spent", func(r coverage.Row) coverage.Money { return r.Spent }},
	{"coverage.incoming", func(r coverage.Row) coverage.Money { return r.Incoming }},
	{"coverage.budgets", func(r coverage.Row) coverage.Money { return r.Budgets }},
}

// currenciesTable has one row a currency: currencies are never added together.
func (w *writer) currenciesTable(part) Table {
	total := w.table(coverage.ByLine, "").Total
	t := Table{Repeat: w.coverageCommand(coverage.ByLine), Legend: w.T("report.legend"), Columns: []Column{{w.T("report.currency"), false, 12}}}
	for _, c := range moneyColumns {
		t.Columns = append(t.Columns, Column{w.T(c.head), true, 22})
	}
	f := &Fact{Query: w.address("/activities"), Records: total.Activities}
	for _, currency := range currenciesOf(total) {
		row := []Run{{Text: currency, Code: true, Name: true}}
		for _, c := range moneyColumns {
			row = append(row, w.amount(c.of(total), currency, f))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func currenciesOf(r coverage.Row) []string {
	var list []string
	for _, c := range moneyColumns {
		list = append(list, c.of(r).Currencies()...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// amount is the sum of one currency; no amount at all is not a sum of nothing.
func (w *writer) amount(m coverage.Money, currency string, f *Fact) Run {
	if _, held := m[currency]; !held {
		return Run{Text: w.T("report.no_amount"), Fact: f}
	}
	return Run{Text: w.Money(currency, m[currency]), Fact: f, Code: true}
}

// yearsTable has one row a year and currency, by the dates of the transactions.
func (w *writer) yearsTable(part) Table {
	t := Table{Key: "period", Repeat: w.commandIn(resolute.Period{From: "YYYY-01-01", To: "YYYY-12-31"}, "coverage", "--by", coverage.ByLine), Legend: w.T("report.legend"),
		Columns: []Column{{w.T("report.year"), false, 12}, {w.T("report.currency"), false, 12}, {w.T("coverage.commitments"), true, 26}, {w.T("coverage.spent"), true, 26}}}
	for _, year := range w.gaps.Years {
		p := w.options.Period
		p.From = max(p.From, year.Code+"-01-01")
		if end := year.Code + "-12-31"; p.To == "" || p.To > end {
			p.To = end
		}
		table, err := w.report.Coverage.Table(w.ctx, coverage.Query{By: coverage.ByLine, Period: p, Filter: w.made()})
		w.fail(err)
		w.yearRows(&t, year.Code, p, table.Total)
	}
	return t
}

func (w *writer) yearRows(t *Table, year string, p resolute.Period, total coverage.Row) {
	f := &Fact{Query: w.address("/activities", "period", p.String()), Records: total.Activities}
	for _, currency := range currenciesOf(coverage.Row{Commitments: total.Commitments, Spent: total.Spent}) {
		t.Rows = append(t.Rows, []Run{{Text: year, Code: true, Name: true}, {Text: currency, Code: true, Name: true},
			w.amount(total.Commitments, currency, f), w.amount(total.Spent, currency, f)})
	}
}

// instrumentsTable cites the instruments of a list as they stood at the end of the period.
func (w *writer) instrumentsTable(p part) Table {
	t := Table{Legend: w.T("report.instruments_legend"), Columns: []Column{{w.T("report.instrument"), false, 24}, {w.T("report.about"), false, 34}, {w.T("report.in_force"), false, 24}, {w.T("report.later"), false, 24}}}
	for _, key := range p.List {
		i, known := mandate.InstrumentOf(key)
		if !known {
			continue
		}
		t.Rows = append(t.Rows, []Run{{Text: w.citation(key), Name: true}, w.text(i.Title), w.inForce(i), w.later(i)})
	}
	return t
}

// text writes words of ours in the report's language, or marked in the one they are found in.
func (w *writer) text(t resolute.Text) Run {
	words, lang := t.In(w.Lang)
	run := Run{Text: words, Name: true}
	if lang != w.Lang {
		run.Lang = lang
	}
	return run
}

// citation names an instrument as documents of the family do.
func (w *writer) citation(key string) string {
	i, known := mandate.InstrumentOf(key)
	if !known {
		return key
	}
	if i.Kind == "resolution" && strings.HasPrefix(i.Body, "itu:") {
		if i.Body == "itu:ra" {
			return w.T("report.resolution", "body", "", "number", i.Number)
		}
		return w.T("report.resolution", "body", bodies[i.Body], "number", i.Number)
	}
	if i.Body == "un:e" {
		return w.T("report.resolution", "body", "ECOSOC", "number", i.Number)
	}
	return i.Number
}

var bodies = map[string]string{"itu:wtdc": "WTDC", "itu:pp": "PP", "itu:council": "ITU Council", "itu:wtsa": "WTSA"}

// day is the last of the period, or that of the data.
func (w *writer) day() string {
	if to := w.options.Period.To; to != "" {
		return to
	}
	return orElse(w.doc.Day, "9999-12-31")
}

func (w *writer) inForce(i mandate.Instrument) Run {
	if i.Adopted > w.day() {
		return Run{Text: w.T("report.adopted_later", "day", w.Day(i.Adopted)), Name: true}
	}
	if e, ok := i.InForce(w.day()); ok {
		return Run{Text: w.edition(e), Name: true}
	}
	if len(i.Adopted) >= 10 {
		return Run{Text: w.T("report.adopted", "day", w.Day(i.Adopted)), Name: true}
	}
	return Run{Text: w.T("absent.not_known")}
}

// edition cites a revision, and says when it is only recalled.
func (w *writer) edition(e mandate.Edition) string {
	if e.Sure() {
		return e.Label()
	}
	return e.Label() + " " + w.T("report.recalled")
}

// later says what took the place of what stood at the end of the period.
func (w *writer) later(i mandate.Instrument) Run {
	if i.FollowedBy != "" {
		return Run{Text: w.T("report.superseded", "name", w.citation(i.FollowedBy), "day", w.Day(i.FollowedOn)), Name: true}
	}
	held, _ := i.InForce(w.day())
	if n := len(i.Editions); n > 0 && i.Editions[n-1].Day > held.Day {
		return Run{Text: w.T("report.newer", "label", w.edition(i.Editions[n-1])), Name: true}
	}
	return Run{Text: w.T("report.none_later")}
}
