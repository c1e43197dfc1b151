package report

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/framework"
	"resolute/internal/mandate"
	"resolute/internal/wording"
)

// Report writes summaries of one installation. BaseURL is the outside address of its pages, to
// which every figure leads; empty leaves addresses relative to the site.
type Report struct {
	Coverage *coverage.Coverage
	BaseURL  string
}

// Options say what the summary is about.
type Options struct {
	Period resolute.Period
	Lang   resolute.Lang
}

// writer gathers the blocks of one summary.
type writer struct {
	*wording.Printer
	report    *Report
	options   Options
	catalogue *framework.Catalogue
	tables    int
	doc       *Document
	by        map[string]coverage.Table
}

// Summary chooses the facts of the period and puts them into words.
func (r *Report) Summary(ctx context.Context, o Options) (*Document, error) {
	w := &writer{Printer: wording.For(o.Lang), report: r, options: o, doc: &Document{}, by: map[string]coverage.Table{}}
	var err error
	if w.catalogue, err = r.Coverage.Catalogue(ctx); err != nil {
		return nil, err
	}
	for _, by := range []string{coverage.ByProvision, coverage.ByLine, coverage.ByGoal, coverage.ByITURegion, coverage.ByGroup} {
		if w.by[by], err = r.Coverage.Table(ctx, coverage.Query{By: by, Period: o.Period}); err != nil {
			return nil, err
		}
	}
	fresh, err := r.Coverage.Freshness(ctx)
	if err != nil {
		return nil, err
	}
	partners, err := r.Coverage.Partners(ctx, coverage.Filter{}, o.Period)
	if err != nil {
		return nil, err
	}
	w.front(fresh)
	for _, section := range sections {
		w.add(Heading{1, w.T(section.title)})
		section.write(w)
	}
	w.partners(partners)
	w.gaps()
	w.method(fresh)
	return w.doc, w.annex(ctx)
}

// sections are the outline of the summary, in order; what follows them needs more than tables.
var sections = []struct {
	title string
	write func(*writer)
}{
	{"report.background", func(w *writer) { w.add(Text{Text: w.T("report.background_text")}) }},
	{"report.paragraphs", (*writer).paragraphs},
	{"report.lines", (*writer).lines},
	{"report.goals", func(w *writer) { w.table(coverage.ByGoal, w.T("coverage.by.goal"), w.by[coverage.ByGoal].Rows) }},
	{"report.regions", func(w *writer) {
		w.table(coverage.ByITURegion, w.T("coverage.by.itu-region"), w.by[coverage.ByITURegion].Rows)
		w.table(coverage.ByGroup, w.T("report.groups"), w.by[coverage.ByGroup].Rows)
		w.add(Text{Text: w.T("coverage.overlap")})
	}},
}

func (w *writer) add(b Block) { w.doc.Blocks = append(w.doc.Blocks, b) }

// languageNames name each language in itself.
var languageNames = map[resolute.Lang]string{"ar": "العربية", "en": "English", "es": "Español", "fr": "Français", "ru": "Русский", "zh": "中文"}

func (w *writer) front(fresh coverage.Freshness) {
	d := w.doc
	d.Lang, d.Title, d.Meeting, d.Source = w.Lang, w.T("report.title"), w.T("report.meeting"), w.T("report.source")
	if fresh.At > 0 {
		d.Day = time.UnixMilli(fresh.At).UTC().Format(time.DateOnly)
	}
	blank := "[" + w.T("report.to_fill") + "]"
	d.Right = []string{w.T("report.number", "blank", blank), w.T("report.date", "day", w.Day(d.Day)), w.T("report.original", "language", languageNames[w.Lang])}
	d.Foot = w.T("shell.as_of", "version", fresh.Version, "day", w.Day(d.Day), "period", w.period())
	if len(fresh.Hash) >= 12 {
		d.Foot += " · " + w.T("shell.log", "hash", fresh.Hash[:12])
	}
	d.Box = []Labelled{
		{w.T("report.summary"), w.answer() + " " + w.T("home.fresh", "n", fresh.Counted, "day", w.Date(fresh.LastImport))},
		{w.T("report.action"), w.T("report.action_text")},
		{w.T("report.references"), w.T("mandate.title")},
		{w.T("report.contact"), blank},
	}
}

func (w *writer) period() string {
	if p := w.options.Period; p.From != "" || p.To != "" {
		return w.Years(p.From, p.To)
	}
	return w.T("period.all")
}

// answer is the sentence that counts the leaves by state.
func (w *writer) answer() string {
	answered, nothing, total := 0, 0, 0
	for _, a := range mandate.Aliases() {
		if !a.Leaf() {
			continue
		}
		total++
		row, _ := w.by[coverage.ByProvision].Row(a.Alias)
		switch row.State {
		case coverage.Answered, coverage.Partly:
			answered++
		case coverage.Nothing, coverage.NoReport:
			nothing++
		}
	}
	return w.T("home.answer", "n", answered, "total", total, "nothing", nothing)
}

// address is the page with the records behind a figure.
func (w *writer) address(path string, pairs ...string) string {
	q := url.Values{"lang": {string(w.Lang)}}
	if period := w.options.Period.String(); period != "" {
		q.Set("period", period)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return strings.TrimSuffix(w.report.BaseURL, "/") + path + "?" + q.Encode()
}

var parameters = map[string]string{coverage.ByProvision: "thread", coverage.ByLine: "line", coverage.ByGoal: "goal", coverage.ByITURegion: "region", coverage.ByGroup: "group"}

// table writes rows of one view.
func (w *writer) table(by, title string, rows []coverage.Row) {
	w.tables++
	t := Table{Label: w.T("report.table", "n", w.tables), Title: title, Columns: []Column{
		{w.T("coverage.name"), false, 30}, {w.T("coverage.state"), false, 16}, {w.T("coverage.activities"), true, 13}, {w.T("coverage.proposed"), true, 13},
		{w.T("coverage.commitments"), true, 26}, {w.T("coverage.spent"), true, 26}}}
	for _, r := range rows {
		t.Rows = append(t.Rows, w.row(by, r))
	}
	w.add(t)
}

func (w *writer) row(by string, r coverage.Row) []Run {
	name := w.name(r)
	records := ""
	if p := parameters[by]; p != "" && r.ID != coverage.RegionRow && r.ID != coverage.NotKnownRow {
		records = w.address("/activities", p, r.ID)
	}
	state := w.T("state." + r.State)
	for _, g := range r.Gaps {
		state += ", " + w.T("gap."+g+".name")
	}
	return []Run{name, {Text: state}, w.figure(r.Activities, records), w.figure(r.Open.Activities, records), w.money(r.Commitments, records), w.money(r.Spent, records)}
}

func (w *writer) name(r coverage.Row) Run {
	switch r.ID {
	case coverage.RegionRow:
		return Run{Text: w.T("coverage.region_only")}
	case coverage.NotKnownRow:
		return Run{Text: w.T("coverage.not_known")}
	}
	title, lang := r.Title.In(w.Lang)
	run := Run{Text: r.ID + " " + title}
	if lang != w.Lang && title != "" {
		run.Lang = lang
	}
	return run
}

func (w *writer) figure(n int, records string) Run {
	return Run{Text: w.Number(int64(n)), Evidence: records, Code: true}
}

func (w *writer) money(m coverage.Money, records string) Run {
	var parts []string
	for _, currency := range m.Currencies() {
		parts = append(parts, w.Money(currency, m[currency]))
	}
	if len(parts) == 0 {
		return Run{Text: "0", Evidence: records, Code: true}
	}
	return Run{Text: strings.Join(parts, "; "), Evidence: records, Code: true}
}

// paragraphs writes a table for each addressee.
func (w *writer) paragraphs() {
	for _, addressee := range mandate.Addressees {
		w.add(Heading{2, w.T("mandate.addressee." + addressee)})
		var rows []coverage.Row
		for _, a := range mandate.Aliases() {
			if row, ok := w.by[coverage.ByProvision].Row(a.Alias); ok && a.Addressee == addressee {
				rows = append(rows, row)
			}
		}
		w.table(coverage.ByProvision, w.T("coverage.by.provision"), rows)
	}
	w.add(Text{Text: w.T("coverage.parents")})
}

// roles are ITU's roles for action lines as Resolution 30 states them, in the order in which a
// delegate expects them; the last takes the lines without a role.
var roles = []struct{ key, words string }{
	{"report.role.sole", "sole facilitator"}, {"report.role.co", "co-facilitator"}, {"report.role.partner", "partner"}, {"report.role.none", ""},
}

func (w *writer) lines() {
	for _, role := range roles {
		var rows []coverage.Row
		for _, c := range w.catalogue.Concepts(framework.ActionLine) {
			if row, ok := w.by[coverage.ByLine].Row(c.Code); ok && holds(c.Attributes["itu_role_seed_resolves_11"], role.words) {
				rows = append(rows, row)
			}
		}
		w.add(Heading{2, w.T(role.key)})
		w.table(coverage.ByLine, w.T("coverage.by.action-line"), rows)
	}
	for _, c := range w.catalogue.Concepts(framework.ActionLine) {
		if stated := c.Attributes["itu_role_seed_resolves_11"]; holds(stated, "sole facilitator") && holds(stated, "co-facilitator") {
			w.add(Text{Text: w.T("report.two_roles", "code", c.Code)})
		}
	}
}

// holds tells whether a statement of roles names one; no words ask for a statement without any.
func holds(stated, words string) bool {
	if words == "" {
		return !strings.Contains(stated, "facilitator") && !strings.Contains(stated, "partner")
	}
	return strings.Contains(stated, words)
}

// shownPartners is how many organisations the section on partners names.
const shownPartners = 25

func (w *writer) partners(partners []coverage.Partner) {
	w.add(Heading{1, w.T("report.partners")})
	if len(partners) == 0 {
		w.add(Text{Text: w.T("state.no-report.meaning")})
	}
	for _, p := range partners[:min(shownPartners, len(partners))] {
		name := p.Name
		if name == "" {
			name = p.Ref
		}
		w.add(Item{Run{Text: name + ": " + w.T("activities.count", "n", p.Activities), Evidence: w.address("/activities", "org", fmt.Sprint(p.ID))}})
	}
}

// gaps lists every paragraph and action line that nothing answers.
func (w *writer) gaps() {
	w.add(Heading{1, w.T("report.gaps")})
	for _, by := range []string{coverage.ByProvision, coverage.ByLine} {
		for _, r := range w.by[by].Rows {
			if r.State == coverage.Nothing || r.State == coverage.NoReport {
				name := w.name(r)
				name.Text += ": " + w.T("state."+r.State+".meaning")
				name.Evidence = w.address("/activities", parameters[by], r.ID)
				w.add(Item{name})
			}
		}
	}
}

func (w *writer) method(fresh coverage.Freshness) {
	w.add(Heading{1, w.T("report.method")})
	w.add(Text{Text: coverage.Rule, Code: true})
	for _, state := range coverage.States {
		w.add(Item{Run{Text: w.T("state."+state) + ": " + w.T("state."+state+".meaning")}})
	}
	w.add(Text{Text: w.T("home.left_out", "secondary", fresh.Secondary, "absent", fresh.Absent, "duplicates", fresh.Duplicates)})
	w.add(Text{Text: w.T("mandate.unofficial")})
}
