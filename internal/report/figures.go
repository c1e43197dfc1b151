package report

import (
	"slices"
	"strconv"
	"strings"

	"resolute/internal/coverage"
	"resolute/internal/framework"
)

// figures are what sentences of a template may name: each with its records, or words that are
// no figure.
var figures = map[string]func(*writer) Run{
	"words.period":  func(w *writer) Run { return Run{Text: w.period(), Name: true} },
	"words.day":     func(w *writer) Run { return Run{Text: w.dataDay(), Name: true} },
	"words.version": func(w *writer) Run { return Run{Text: w.Number(w.fresh.Version), Name: true, Code: true} },
	"words.indicators": func(w *writer) Run {
		return Run{Text: strings.Join(w.indicators(), ", "), Name: true, Code: true}
	},
	"words.instrument": func(w *writer) Run { return Run{Text: w.citation(w.instrument()), Name: true} },
	"words.hash":       func(w *writer) Run { return Run{Text: w.hash(), Name: true, Code: true} },

	"total.activities": func(w *writer) Run { return w.total(func(r coverage.Row) int { return r.Activities }) },
	"total.countries":  func(w *writer) Run { return w.countries() },
	"total.organisations": func(w *writer) Run {
		return w.organisations(w.table(coverage.ByLine, "").Total.Organisations)
	},
	"total.undated":  func(w *writer) Run { return w.total(func(r coverage.Row) int { return r.Undated }) },
	"total.proposed": (*writer).proposed,

	"provision.all":       func(w *writer) Run { return w.paragraphs() },
	"provision.answered":  func(w *writer) Run { return w.paragraphs(coverage.Answered) },
	"provision.partly":    func(w *writer) Run { return w.paragraphs(coverage.Partly) },
	"provision.proposed":  func(w *writer) Run { return w.paragraphs(coverage.Proposed) },
	"provision.nothing":   func(w *writer) Run { return w.paragraphs(coverage.Nothing) },
	"provision.no-report": func(w *writer) Run { return w.paragraphs(coverage.NoReport) },

	"action-line.linked": func(w *writer) Run {
		t := w.table(coverage.ByLine, "")
		return w.of(coverage.ByLine, t.Total.Activities-t.Unlinked.Activities)
	},
	"action-line.unlinked": func(w *writer) Run { return w.of(coverage.ByLine, w.table(coverage.ByLine, "").Unlinked.Activities) },

	"goal.all":        func(w *writer) Run { return w.goals(func(coverage.Row) bool { return true }) },
	"goal.reached":    func(w *writer) Run { return w.goals(func(r coverage.Row) bool { return r.Activities > 0 }) },
	"matrix.linked":   func(w *writer) Run { return w.cells(w.matrix.Linked) },
	"matrix.answered": func(w *writer) Run { return w.cells(w.matrix.Answered) },
	"matrix.outside":  func(w *writer) Run { return w.cells(w.matrix.Outside) },

	"itu-region.only": func(w *writer) Run {
		row, _ := w.table(coverage.ByITURegion, "").Row(coverage.RegionRow)
		return w.of(coverage.ByITURegion, row.Activities)
	},
	"list.no-place": func(w *writer) Run { return w.lacking(coverage.LacksPlace, w.list.NoPlace) },
	"list.no-money": func(w *writer) Run { return w.lacking(coverage.LacksMoney, w.list.NoMoney) },

	"partners.all":   func(w *writer) Run { return w.organisations(len(w.partners)) },
	"partners.shown": func(w *writer) Run { return w.organisations(min(shownPartners, len(w.partners))) },

	"gaps.open":     func(w *writer) Run { return w.missing(w.gaps.Open) },
	"gaps.subjects": func(w *writer) Run { return w.missing(w.gaps.Subjects) },

	"fresh.secondary":  func(w *writer) Run { return w.leftOut(w.fresh.Secondary) },
	"fresh.absent":     func(w *writer) Run { return w.leftOut(w.fresh.Absent) },
	"fresh.duplicates": func(w *writer) Run { return w.leftOut(w.fresh.Duplicates) },
}

// indicators are those that ITU keeps, each once.
func (w *writer) indicators() []string {
	var codes []string
	for _, c := range w.catalogue.Concepts(framework.Indicator) {
		if c.Attributes["itu_custodian"] == "1" {
			codes = append(codes, c.Code)
		}
	}
	return codes
}

// figure makes a figure of a sentence. Equal facts are one.
func (w *writer) figure(n int, f Fact) Run {
	key := f.Query + " " + strconv.Itoa(f.Records)
	fact := w.facts[key]
	if fact == nil {
		fact = &f
		w.facts[key] = fact
	}
	return Run{Text: w.Number(int64(n)), Fact: fact, Code: true, n: n, count: true}
}

func (w *writer) activities(n int) Run {
	return w.figure(n, Fact{Query: w.address("/activities"), Records: w.list.Total, Repeat: w.coverageCommand(coverage.ByLine)})
}

// lacking is a number of activities that do not state something: the list of these is the record behind it.
func (w *writer) lacking(what string, n int) Run {
	return w.figure(n, Fact{Query: w.address("/activities", "lacks", what), Records: n, Repeat: w.coverageCommand(coverage.ByLine)})
}

func (w *writer) total(figure func(coverage.Row) int) Run {
	return w.activities(figure(w.table(coverage.ByLine, "").Total))
}

// of is a figure of one view, whose table is the record behind it.
func (w *writer) of(by string, n int) Run {
	return w.figure(n, Fact{Query: w.address("/coverage", "by", by), Records: w.list.Total, Repeat: w.coverageCommand(by)})
}

func (w *writer) countries() Run {
	var held []string
	for _, r := range w.table(coverage.ByCountry, "").Rows {
		if r.Activities > 0 && r.ID != coverage.RegionRow {
			held = append(held, r.ID)
		}
	}
	return w.figure(len(held), Fact{Query: w.address("/coverage", "by", coverage.ByCountry), Records: len(held), IDs: held, Repeat: w.coverageCommand(coverage.ByCountry)})
}

// proposed counts the activities with an open proposal for a paragraph.
func (w *writer) proposed() Run {
	return w.of(coverage.ByProvision, w.table(coverage.ByProvision, "").Total.Open.Activities)
}

// paragraphs counts the paragraphs without parts in some states; without states all of them. All
// counts rest on one fact, which says which paragraph is in which state.
func (w *writer) paragraphs(states ...string) Run {
	n, total := 0, 0
	held := map[string][]string{}
	for _, row := range leaves(w.table(coverage.ByProvision, "").Rows) {
		held[row.State] = append(held[row.State], shortID(row.ID))
		total++
		if len(states) == 0 || slices.Contains(states, row.State) {
			n++
		}
	}
	var ids []string
	for _, state := range coverage.States {
		if len(held[state]) > 0 {
			ids = append(ids, w.T("state."+state)+": "+strings.Join(held[state], " "))
		}
	}
	return w.figure(n, Fact{Query: w.address("/mandate/" + w.instrument()), Records: total, IDs: ids, Repeat: w.coverageCommand(coverage.ByProvision)})
}

// leaves are the rows without parts.
func leaves(rows []coverage.Row) []coverage.Row {
	parts := map[string]bool{}
	for _, r := range rows {
		parts[r.Parent] = true
	}
	return slices.DeleteFunc(slices.Clone(rows), func(r coverage.Row) bool { return parts[r.ID] })
}

// shortID is the alias of a paragraph, or its place: the part of its thread behind the instrument.
func shortID(id string) string {
	if _, path, whole := strings.Cut(id, "#"); whole {
		return path
	}
	return id
}

func (w *writer) goals(held func(coverage.Row) bool) Run {
	var codes []string
	for _, r := range w.table(coverage.ByGoal, "").Rows {
		if held(r) {
			codes = append(codes, r.ID)
		}
	}
	return w.figure(len(codes), Fact{Query: w.address("/coverage", "by", coverage.ByGoal), Records: len(codes), IDs: codes, Repeat: w.coverageCommand(coverage.ByGoal)})
}

func (w *writer) cells(n int) Run {
	return w.figure(n, Fact{Query: w.address("/matrix"), Records: w.matrix.Linked, Repeat: w.command("coverage", "gaps")})
}

func (w *writer) organisations(n int) Run {
	return w.figure(n, Fact{Query: w.address("/organisations"), Records: len(w.partners), Repeat: w.coverageCommand(coverage.ByLine)})
}

func (w *writer) missing(n int) Run {
	return w.figure(n, Fact{Query: w.address("/gaps"), Records: len(w.gaps.List), Repeat: w.command("coverage", "gaps")})
}

// leftOut counts what no figure holds.
func (w *writer) leftOut(n int) Run {
	return w.figure(n, Fact{Query: w.address("/about"), Records: w.fresh.Activities})
}
