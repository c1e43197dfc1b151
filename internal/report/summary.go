package report

import (
	"context"
	"strconv"
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

// Options say what the summary is about, and what a person knows of its front page.
type Options struct {
	Period     resolute.Period
	Lang       resolute.Lang
	Instrument string // key of the one whose paragraphs Coverage has; empty: the built-in mandate
	Rule       string // by which figures are made; empty: the default
	Currency   string // that money is converted to; empty: as it was reported
	At         int64  // data version that the summary is pinned to: its addresses and commands name it; 0: none
	Fields     Fields
}

// writer gathers the blocks of one summary.
type writer struct {
	*wording.Printer
	ctx        context.Context // of the one run that the writer lives for
	report     *Report
	options    Options
	catalogue  *framework.Catalogue
	addressees map[string]string // by paragraph
	fresh      coverage.Freshness
	partners   []coverage.Partner
	gaps       coverage.Gaps
	matrix     coverage.Matrix
	list       coverage.List
	doc        *Document
	tables     map[string]coverage.Table // by view and region
	numbered   int                       // tables
	said       int                       // facts with a number
	facts      map[string]*Fact          // of sentences, by query and count
	first      int                       // number of the section
	second     int                       // number within it
	scope      scope
	err        error // the first of reading
}

// Summary chooses the facts of the period and puts them into words, by the template.
func (r *Report) Summary(ctx context.Context, o Options) (*Document, error) {
	w := &writer{Printer: wording.For(o.Lang), ctx: ctx, report: r, options: o, doc: &Document{}, tables: map[string]coverage.Table{}, facts: map[string]*Fact{}}
	if err := w.read(); err != nil {
		return nil, err
	}
	t := w.outline()
	w.front(t)
	for _, s := range t.Sections {
		w.heading(1, w.T(s.Title))
		w.blocks(s.Blocks)
	}
	for _, p := range t.Annexes {
		w.annex(p)
	}
	w.closeFront()
	return w.doc, w.err
}

func (w *writer) outline() outline {
	if w.options.Instrument != "" {
		return instrumentOutline()
	}
	return summaryOutline()
}

// instrument is the key of the instrument that the summary is about.
func (w *writer) instrument() string {
	return orElse(w.options.Instrument, mandate.BuiltIn())
}

// read asks for what more than one block needs.
func (w *writer) read() (err error) {
	c, p := w.report.Coverage, w.options.Period
	if w.catalogue, err = c.Catalogue(w.ctx); err != nil {
		return err
	}
	if w.fresh, err = c.Freshness(w.ctx); err != nil {
		return err
	}
	rows, err := c.Rows(w.ctx)
	if err != nil {
		return err
	}
	w.addressees = map[string]string{}
	for _, x := range rows {
		w.addressees[x.ID] = x.Addressee
	}
	if w.partners, err = c.Partners(w.ctx, w.made(), p); err != nil {
		return err
	}
	gaps := coverage.GapQuery{Period: p, Filter: w.made()}
	if w.options.Instrument != "" {
		gaps = c.OfParagraphs(gaps)
	}
	if w.gaps, err = c.Gaps(w.ctx, gaps); err != nil {
		return err
	}
	if w.matrix, err = c.Matrix(w.ctx, coverage.MatrixQuery{Period: p, Filter: w.made()}); err != nil {
		return err
	}
	if err = w.countCopies(); err != nil {
		return err
	}
	w.list, err = c.Activities(w.ctx, coverage.ListQuery{Period: p, Filter: w.made(), Limit: 1})
	if w.fresh.At > 0 {
		w.doc.Day = time.UnixMilli(w.fresh.At).UTC().Format(time.DateOnly)
	}
	w.doc.Lang, w.doc.Version = w.Lang, w.fresh.Version
	return err
}

// table answers one view, of one ITU region when one is named, each once.
func (w *writer) table(by, region string) coverage.Table {
	key := by + " " + region
	if t, known := w.tables[key]; known || w.err != nil {
		return t
	}
	q := coverage.Query{By: by, Period: w.options.Period, Filter: w.made()}
	if region != "" {
		q.Filter.Regions = []string{region}
	}
	t, err := w.report.Coverage.Table(w.ctx, q)
	w.fail(err)
	w.tables[key] = t
	return t
}

func (w *writer) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *writer) add(b Block) { w.doc.Blocks = append(w.doc.Blocks, b) }

func (w *writer) heading(level int, text string) {
	h := Heading{Level: level, Text: text}
	if level == 1 {
		w.first, w.second = w.first+1, 0
		h.Number = strconv.Itoa(w.first)
	} else {
		w.second++
		h.Number = strconv.Itoa(w.first) + "." + strconv.Itoa(w.second)
	}
	w.add(h)
}

// period is the span in words.
func (w *writer) period() string {
	p := w.options.Period
	switch {
	case p.From == "" && p.To == "":
		return w.T("period.all")
	case p.String() == w.Years(p.From, p.To) || len(p.String()) <= len("2021..2024"):
		return w.Years(p.From, p.To)
	case p.From == "":
		return w.T("report.until", "day", w.Day(p.To))
	case p.To == "":
		return w.T("report.since", "day", w.Day(p.From))
	}
	return w.T("report.from_to", "from", w.Day(p.From), "to", w.Day(p.To))
}
