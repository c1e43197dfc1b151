package report

import (
	"slices"

	"resolute/internal/coverage"
)

// gapFact is the list of gaps of one kind and region.
func (w *writer) gapFact(n int, pairs ...string) *Fact {
	return &Fact{Query: w.address("/gaps", pairs...), Records: n}
}

// kindsTable counts what is missing, by what it is and whom it concerns.
func (w *writer) kindsTable(part) Table {
	t := Table{Key: "gap", Repeat: w.command("coverage", "gaps"), Columns: []Column{{w.T("report.kind"), false, 20}, {w.T("report.meaning"), false, 40}, {w.T("report.of_paragraphs"), true, 20}, {w.T("report.of_cells"), true, 20}}}
	for _, kind := range coverage.GapKinds {
		threads, cells := 0, 0
		for _, g := range w.gaps.List {
			if g.Kind != kind {
				continue
			}
			if g.Of == coverage.OfThread {
				threads++
			} else {
				cells++
			}
		}
		f := w.gapFact(threads+cells, "gap", kind)
		name, meaning := w.kind(kind)
		t.Rows = append(t.Rows, []Run{{Text: name}, {Text: meaning, Name: true}, {Text: w.Number(int64(threads)), Fact: f, Code: true}, {Text: w.Number(int64(cells)), Fact: f, Code: true}})
	}
	return t
}

// kind names a kind of gap: a state of rows that nobody answers, or a gap of those that somebody
// does.
func (w *writer) kind(code string) (name, meaning string) {
	if slices.Contains(coverage.States, code) {
		return w.T("state." + code), w.T("state." + code + ".meaning")
	}
	return w.T("gap." + code + ".name"), w.T("gap." + code)
}

// unanswered tells whether nothing counted stands behind a subject.
func unanswered(g coverage.Gap) bool {
	return g.Kind == coverage.NoReport || g.Kind == coverage.Nothing || g.Kind == coverage.Proposed
}

// emptyParagraphs lists the paragraphs that nothing counted answers.
func (w *writer) emptyParagraphs(part) Table {
	t := Table{Key: "thread", Repeat: w.command("coverage", "gaps"), Columns: []Column{{w.T("facet.thread"), false, 52}, {w.T("coverage.state"), false, 18}, {w.T("report.since_year"), false, 14}, {w.T("coverage.proposed"), true, 16}}}
	for _, g := range w.gaps.List {
		if g.Of != coverage.OfThread || !unanswered(g) {
			continue
		}
		row := g.Row
		row.ID, row.Title = g.Thread, g.Title
		since := Run{Text: g.Since, Code: true, Name: true}
		if g.Since == "" {
			since = Run{Text: w.T("absent.not_known")}
		}
		proposed := w.count(row, row.Open.Activities, w.rowFact(coverage.ByProvision, row))
		proposed.Open = true
		t.Rows = append(t.Rows, []Run{w.name(row), w.state(row), since, proposed})
	}
	return t
}

// emptyCells lists for each action line the goals that the matrix joins it to and nothing
// answers.
func (w *writer) emptyCells(part) Table {
	t := Table{Key: "line", Repeat: w.command("coverage", "gaps"), Columns: []Column{{w.T("facet.line"), false, 40}, {w.T("report.goals_empty"), false, 40}, {w.T("report.of_cells"), true, 20}}}
	for _, line := range w.matrix.Lines {
		goals := ""
		n := 0
		for _, g := range w.gaps.List {
			if g.Line == line && unanswered(g) {
				goals += " " + g.Column
				n++
			}
		}
		if n > 0 {
			t.Rows = append(t.Rows, []Run{w.lineName(line), {Text: goals[1:], Code: true, Name: true},
				{Text: w.Number(int64(n)), Fact: w.gapFact(n, "line", line), Code: true}})
		}
	}
	return t
}

// gapRegions counts by ITU region the subjects that lack something there.
func (w *writer) gapRegions(part) Table {
	t := Table{Key: "region", Repeat: w.command("coverage", "gaps") + " --area", Columns: []Column{{w.T("facet.region"), false, 40}, {w.T("state.nothing"), true, 20}, {w.T("gap.one-organisation.name"), true, 20}, {w.T("gap.stale.name"), true, 20}}}
	kinds := []string{coverage.Nothing, coverage.OneOrganisation, coverage.Stale}
	for _, cut := range w.gaps.Regions {
		name := Run{Text: cut.Code, Code: true, Name: true}
		if region, known := w.table(coverage.ByITURegion, "").Row(cut.Code); known {
			name = w.name(region)
		}
		row := []Run{name}
		for _, kind := range kinds {
			n := cut.Counts[kind]
			row = append(row, Run{Text: w.Number(int64(n)), Fact: w.gapFact(n, "gap", kind, "region", cut.Code), Code: true})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
