package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/iati"
	"resolute/internal/register"
)

// iatiExport is what of the register is wanted, and how.
type iatiExport struct {
	filter, by, out string
	received        bool
	valid           bool // leave out what is not valid
	plain           bool // without our own tags
	organisations   bool // what organisations state of themselves, in place of activities
	gzip            bool
	maxBytes        int64
}

// The ways to cut an export into files.
const (
	byOne       = "one"
	byPublisher = "publisher"
	bySource    = "source"
)

var iatiCuts = []string{byOne, byPublisher, bySource}

// usualFile is where a file is cut: what the secretariat of IATI asks publishers to stay below.
const usualFile = 20_000_000

func (a *app) exportIATICommand() *cobra.Command {
	e := iatiExport{maxBytes: usualFile}
	c := &cobra.Command{
		Use:   "iati",
		Short: "Activities as IATI 2.03, as they came in",
		Long: `Gives activities back as IATI 2.03: all, or those that --filter narrows as the page of activities does. An activity that
is valid keeps every byte; what the root of its file lent it (language, currency, namespaces) stands in its own start tag. One that is
not valid has its elements put in order and numbers written as the standard wants them; what the schema has no place for is left out,
and so is an element without something that it must have. Each such change is a finding. An activity that lacks something
itself is given all the same, with a finding of severity error and exit code 3; --only-valid leaves it out.

Without --filter every activity is given that its source still holds, second copies of an identifier too; with it, those that the page
lists. Equal data give equal bytes. Taken in again under the name of its source (--by source) nothing changes. Our own tags travel in
tag vocabulary 99 with where they come from and what people decided: docs/how-to/export-iati.md. --as-received gives the
bytes as they came, a file for each root they came under. --organisations gives files of organisations in the same way.

Files take the place of older ones when all are whole.`,
		Example: `  resolute export iati --out export/
  resolute export iati --by publisher --gzip --out export/
  resolute export iati --filter 'area=KE&goal=9' --out kenya.xml
  resolute export iati --as-received --out received/
  resolute export iati --filter line=C2 --out - > c2.xml
  resolute export iati --organisations --by publisher --out organisations/`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.exportIATI(c.Context(), e) },
	}
	flags := c.Flags()
	flags.StringVar(&e.filter, "filter", "", "only these, as the address of the page of activities has it: area=KE&goal=9")
	flags.StringVar(&e.by, "by", byOne, "one file, or one for each: "+strings.Join(iatiCuts, ", "))
	complete(c, "by", iatiCuts)
	flags.StringVar(&e.out, "out", "", "file ending in .xml or .xml.gz, or a folder; - is standard output")
	flags.Int64Var(&e.maxBytes, "max-bytes", usualFile, "cut files between activities before they are longer than this, unpacked; 0: never")
	flags.BoolVar(&e.gzip, "gzip", false, "pack the files")
	flags.BoolVar(&e.received, "as-received", false, "the bytes as they were received, under the root that they came under")
	flags.BoolVar(&e.plain, "without-own-tags", false, "only what the publisher stated, without what rules proposed and people decided")
	flags.BoolVar(&e.organisations, "organisations", false, "files of organisations: what they state of their budgets, expenditure and documents")
	flags.BoolVar(&e.valid, "only-valid", false, "leave out what is not valid")
	return c
}

// check refuses what is not understood, and fills what follows.
func (e *iatiExport) check() error {
	switch {
	case e.out == "":
		return usage("--out is required: a file ending in .xml or .xml.gz, a folder, or - for standard output")
	case e.by != byOne && e.by != byPublisher && e.by != bySource:
		return usage("--by %q: want %s", e.by, strings.Join(iatiCuts, ", "))
	case e.received && e.by == byPublisher:
		return usage("--as-received gives a file for each root: leave --by %s out", e.by)
	case e.received && e.out == "-", e.by != byOne && !e.folder():
		return usage("--out %q: several files want a folder", e.out)
	case e.received && !e.folder():
		return usage("--out %q: files as received want a folder", e.out)
	case e.organisations && (e.filter != "" || e.plain):
		return usage("--organisations: --filter and --without-own-tags are about activities")
	case e.maxBytes < 0:
		return usage("--max-bytes %d: want 0 or more", e.maxBytes)
	}
	if e.received {
		e.by = bySource
	}
	if e.out == "-" {
		e.maxBytes = 0
	}
	return nil
}

// kind names what is given, and the end tag of a file of it.
func (e *iatiExport) kind() (whole, closing string) {
	if e.organisations {
		return iati.Organisations, "</iati-organisations>\n"
	}
	return iati.Activities, "</iati-activities>\n"
}

// folder tells whether the files go into a folder.
func (e *iatiExport) folder() bool {
	return e.out != "-" && !strings.HasSuffix(e.out, ".xml") && !strings.HasSuffix(e.out, ".xml.gz")
}

// exportReport is what an export prints.
type exportReport struct {
	DataVersion   int64                  `json:"data_version"`
	Activities    int                    `json:"activities"`
	Organisations int                    `json:"organisations,omitempty"`
	NotGiven      int                    `json:"not_given"` // of what was asked for
	Files         []writtenFile          `json:"files"`
	Total         resolute.FindingsTotal `json:"findings_total"`
	Findings      []resolute.Finding     `json:"findings"`
}

// writtenFile is one file of an export.
type writtenFile struct {
	File          string `json:"file"`
	Source        string `json:"source,omitempty"`    // in an export by source
	Publisher     string `json:"publisher,omitempty"` // in an export by publisher: its reference
	Activities    int    `json:"activities"`
	Organisations int    `json:"organisations,omitempty"`
	Bytes         int64  `json:"bytes"` // unpacked
}

// of names what the file holds, since not every name is that of its file.
func (f writtenFile) of(e iatiExport) string {
	switch e.by {
	case bySource:
		return fmt.Sprintf(", source %q", f.Source)
	case byPublisher:
		return fmt.Sprintf(", publisher %q", f.Publisher)
	}
	return ""
}

func (a *app) exportIATI(ctx context.Context, e iatiExport) error {
	if err := errors.Join(a.wants("json", "text"), e.check()); err != nil {
		return err
	}
	h, err := a.openExisting(ctx)
	if err != nil {
		return err
	}
	report := exportReport{Files: []writtenFile{}, Findings: []resolute.Finding{}}
	err = closing(h, a.giveIATI(ctx, h, e, &report))
	if err != nil {
		return err
	}
	if err := a.printExport(e, report); err != nil {
		return err
	}
	if e.folder() && !a.quiet {
		if names := others(e.out, report.Files); len(names) > 0 {
			a.log.Warn("the folder holds files that this export did not write; whoever reads all of it takes them for a part", "files", strings.Join(names[:min(len(names), 10)], ", "), "in_all", len(names))
		}
	}
	if report.Total.Error > 0 {
		return &exitError{code: exitRefused}
	}
	return nil
}

func (a *app) giveIATI(ctx context.Context, h *house, e iatiExport, report *exportReport) error {
	files := newFileSet(e, a.Out)
	err := h.give(ctx, e, func(state register.GivenState) error {
		report.DataVersion, files.at = state.Seq, state.At
		return nil
	}, func(g register.Given) error {
		invalid := false
		for _, f := range g.Findings {
			invalid = invalid || f.Severity == resolute.SeverityError
			report.Total.Add(f.Severity)
			if len(report.Findings) < shownFindings {
				report.Findings = append(report.Findings, f)
			}
		}
		if g.XML == nil || invalid && e.valid {
			report.NotGiven++
			return nil
		}
		if e.organisations {
			report.Organisations++
		} else {
			report.Activities++
		}
		return files.add(g)
	})
	report.Files, err = files.end(err)
	return err
}

// give hands on what is wanted: activities, or records of organisations.
func (h *house) give(ctx context.Context, e iatiExport, begin func(register.GivenState) error, take func(register.Given) error) error {
	if e.organisations {
		order := register.ByReporter
		if e.by == bySource {
			order = register.BySource
		}
		return h.register.GiveOrganisations(ctx, register.OrganisationGiving{Order: order, Received: e.received}, begin, take)
	}
	giving, err := h.giving(ctx, e)
	if err != nil {
		return err
	}
	return h.register.Give(ctx, giving, begin, take)
}

// giving finds what is wanted.
func (h *house) giving(ctx context.Context, e iatiExport) (register.Giving, error) {
	g := register.Giving{Order: register.ByReporter, Received: e.received, Plain: e.plain}
	if e.by == bySource {
		g.Order = register.BySource
	}
	if e.filter == "" {
		return g, nil
	}
	figures, q, err := h.filtered(ctx, e.filter)
	if err != nil {
		return g, err
	}
	wanted := map[string]struct{}{}
	err = figures.EachActivity(ctx, q, func(s coverage.Summary) error {
		wanted[s.Key] = struct{}{}
		return nil
	})
	g.Wanted = func(key string) bool {
		_, ok := wanted[key]
		return ok
	}
	return g, err
}

// filtered reads a query of the page of activities.
func (h *house) filtered(ctx context.Context, filter string) (*coverage.Coverage, coverage.ListQuery, error) {
	q, instrument, err := coverage.ParseQuery(filter)
	if err != nil {
		return nil, q, err
	}
	figures, err := h.of(ctx, instrument, 0)
	if err != nil {
		return nil, q, err
	}
	var unknown []string
	if q.Filter, unknown, err = figures.Understand(ctx, q.Filter); err != nil {
		return nil, q, err
	}
	if len(unknown) > 0 {
		return nil, q, usage("--filter: nothing is called %s", strings.Join(unknown, ", "))
	}
	return figures, q, nil
}

// printExport says what was written: on standard error when standard output is the export.
func (a *app) printExport(e iatiExport, r exportReport) error {
	out := a.Out
	if e.out == "-" {
		if a.quiet {
			return nil
		}
		out = a.Err
	}
	if a.formatOr("json") == "json" && e.out != "-" {
		return printJSON(out, r)
	}
	for _, f := range r.Findings {
		if err := printFinding(out, f); err != nil {
			return err
		}
	}
	if more := r.Total.Error + r.Total.Warning + r.Total.Note - len(r.Findings); more > 0 {
		if err := printText(out, "and %s\n", counted(more, "more finding")); err != nil {
			return err
		}
	}
	for _, f := range r.Files {
		if err := printText(out, "%s: %s, %s%s\n", cmp.Or(f.File, "standard output"), records(e, f.Activities+f.Organisations), counted(int(f.Bytes), "byte"), f.of(e)); err != nil {
			return err
		}
	}
	left := ""
	if r.NotGiven > 0 {
		left = fmt.Sprintf(", %s left out", grouped(r.NotGiven))
	}
	return printText(out, "data version %d: %s given%s; %s, %s, %s\n", r.DataVersion, records(e, r.Activities+r.Organisations), left,
		counted(r.Total.Error, "error"), counted(r.Total.Warning, "warning"), counted(r.Total.Note, "note"))
}

// records counts what is given in words.
func records(e iatiExport, n int) string {
	if e.organisations {
		return counted(n, "organisation")
	}
	return activities(n)
}

// activities counts activities in words.
func activities(n int) string {
	if n == 1 {
		return "1 activity"
	}
	return grouped(n) + " activities"
}
