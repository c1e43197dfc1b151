package report

import (
	"context"
	"errors"
	"strings"

	"resolute/internal/coverage"
)

// annexRows is how many activities the annex lists; of a larger register the rest is one address.
const annexRows = 100_000

// annex lists the activities of the period, newest start first.
func (w *writer) annex(p part) {
	w.numbered++
	a := Annex{Label: w.T("report.annex"), Title: w.T(p.Title)}
	a.Table = Table{Label: w.T("report.table", "n", w.numbered), Title: w.T(p.Title), Legend: w.T("report.legend"), Repeat: w.coverageCommand(coverage.ByLine), Columns: []Column{
		{w.T("activity.title"), false, 34}, {w.T("activity.reporter"), false, 18}, {w.T("activity.dates"), false, 12}, {w.T("coverage.areas"), false, 12},
		{w.T("facet.line") + " / " + w.T("facet.target"), false, 16}, {w.T("coverage.commitments"), true, 18}, {w.T("coverage.spent"), true, 18}}}
	a.Count = min(w.list.Total, annexRows)
	a.Note = w.annexNote(a.Count, w.list.Total > annexRows)
	a.each = w.eachActivity
	w.doc.Annex = a
}

// eachActivity makes the rows of the annex.
func (w *writer) eachActivity(ctx context.Context, take func([]Run) error) error {
	left := annexRows
	err := w.report.Coverage.EachActivity(ctx, coverage.ListQuery{Period: w.options.Period, Filter: w.made(), Lang: w.Lang, Sort: coverage.ByStart}, func(a coverage.Summary) error {
		if left == 0 {
			return errEnough
		}
		left--
		return take(w.activity(a))
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

func (w *writer) annexNote(n int, more bool) string {
	note := w.annexOrder(n, more)
	if n > 0 && w.options.Currency != "" {
		note += " " + w.T("report.annex_reported")
	}
	return note
}

func (w *writer) annexOrder(n int, more bool) string {
	switch {
	case more:
		return w.T("report.annex_more", "n", n, "address", w.address("/activities"))
	case n == 0:
		return w.nothing()
	}
	return w.T("report.annex_note")
}

func (w *writer) activity(a coverage.Summary) []Run {
	title, lang := a.Title.In(w.Lang)
	if title == "" {
		title = a.Identifier
	}
	page := w.address("/activity/" + a.Key)
	name := Run{Text: title, Link: page, Name: true}
	if lang != w.Lang {
		name.Lang = lang
	}
	dates := Run{Text: w.Years(a.Starts, a.Ends), Code: true, Name: true}
	if !a.Dated {
		dates = Run{Text: w.T("coverage.undated")}
	}
	f := &Fact{Query: page, Records: 1}
	places := Run{Text: strings.Join(a.Countries, " "), Code: true, Name: true}
	if places.Text == "" {
		places = Run{Text: w.T("report.no_country")}
	}
	codes := Run{Text: strings.Join(append(append([]string{}, a.Lines...), a.Targets...), " "), Code: true, Name: true}
	if codes.Text == "" {
		codes = Run{Text: w.T("report.no_tag")}
	}
	row := coverage.Row{Activities: 1}
	return []Run{name, {Text: a.ReporterName, Name: true}, dates, places, codes, w.money(row, a.Commitments, f), w.money(row, a.Spent, f)}
}
