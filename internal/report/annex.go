package report

import (
	"context"
	"strings"

	"resolute/internal/coverage"
)

// annexRows is how many activities the annex lists; the rest is one address.
const annexRows = 20_000

// annex lists the activities of the period.
func (w *writer) annex(ctx context.Context) error {
	d := w.doc
	d.AnnexNo, d.AnnexTitle = w.T("report.annex"), w.T("report.annex_title")
	d.Annex = Table{Label: w.T("report.table", "n", w.tables+1), Title: w.T("report.annex_title"), Columns: []Column{
		{w.T("activity.title"), false, 34}, {w.T("activity.reporter"), false, 18}, {w.T("activity.dates"), false, 12}, {w.T("coverage.areas"), false, 12},
		{w.T("facet.line") + " / " + w.T("facet.target"), false, 16}, {w.T("coverage.commitments"), true, 18}, {w.T("coverage.spent"), true, 18}}}
	q := coverage.ListQuery{Period: w.options.Period, Lang: w.Lang, Sort: coverage.ByStart, Limit: 1000}
	for {
		list, err := w.report.Coverage.Activities(ctx, q)
		if err != nil {
			return err
		}
		for _, a := range list.Items {
			d.Annex.Rows = append(d.Annex.Rows, w.activity(a))
		}
		if q.Cursor = list.Next; q.Cursor == "" {
			return nil
		}
		if len(d.Annex.Rows) >= annexRows {
			d.AnnexNote = w.T("report.annex_more", "n", len(d.Annex.Rows), "address", w.address("/activities"))
			return nil
		}
	}
}

func (w *writer) activity(a coverage.Summary) []Run {
	title, lang := a.Title.In(w.Lang)
	if title == "" {
		title = a.Identifier
	}
	name := Run{Text: title, Evidence: w.address("/activity/" + a.Key)}
	if lang != w.Lang {
		name.Lang = lang
	}
	dates := w.Years(a.Starts, a.Ends)
	if !a.Dated {
		dates = w.T("coverage.undated")
	}
	return []Run{name, {Text: a.ReporterName}, {Text: dates}, {Text: strings.Join(a.Countries, " "), Code: true},
		{Text: strings.Join(append(append([]string{}, a.Lines...), a.Targets...), " "), Code: true}, w.money(a.Commitments, ""), w.money(a.Spent, "")}
}
