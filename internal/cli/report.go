package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/report"
)

// reportFlags are the flags of the summary.
type reportFlags struct {
	from, to, out, base, form string
	instrument                string
	original                  string
	rule, currency            string
	at                        int64
	fields                    report.Fields
}

func (a *app) reportCommand() *cobra.Command {
	c := &cobra.Command{Use: "report", Short: "Write a report from the register"}
	c.AddCommand(a.summaryCommand())
	return c
}

func (a *app) summaryCommand() *cobra.Command {
	var f reportFlags
	c := &cobra.Command{
		Use:   "summary",
		Short: "The comprehensive summary for the Council working group",
		Long: `A document in the form that the working group receives. Every figure names the query behind it, how many records that
is and the data version. What nobody but you can know stands as a blank until a flag fills it, and makes the document a
draft. The same data and flags give the same bytes. With --at the figures are those of a past data version, whatever
came since, and the front page names it. --instrument writes about the paragraphs of another instrument: what answers
each, and the gaps. --rule and --currency make every figure by another rule and in one currency; the sentences about rule
and rates, the addresses and the commands follow.`,
		Example: `  resolute report summary --from 2021-01-01 --to 2024-12-31 --out summary.docx
  resolute report summary --lang ar --out summary.html
  resolute report summary --number "CWG-WSIS&SDG-43/7" --place "Geneva, 25-26 January 2027" --agenda 4.2 --out summary.docx
  resolute report summary --as html --out - > summary.html
  resolute report summary --instrument itu:pp/res/140 --out resolution-140.docx
  resolute report summary --at 4812 --out summary.docx
  resolute report summary --currency USD --rule as-reported@1 --out summary.docx`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.summary(c.Context(), f) },
	}
	flags := c.Flags()
	flags.StringVar(&f.from, "from", "", "first day, YYYY-MM-DD (default: all time)")
	flags.StringVar(&f.to, "to", "", "last day, YYYY-MM-DD")
	flags.StringVar(&f.out, "out", "", "file to write: .docx or .html; - for standard output (required)")
	flags.StringVar(&f.form, "as", "", "docx or html (default: by the ending of --out)")
	flags.StringVar(&f.base, "base-url", a.setting("RESOLUTE_BASE_URL", ""), "outside address of the pages to which figures lead (RESOLUTE_BASE_URL)")
	instrumentFlag(c, &f.instrument)
	atFlag(c, &f.at)
	ruleFlag(c, &f.rule)
	currencyFlag(c, &f.currency)
	a.frontFlags(c, &f)
	return c
}

// frontFlags are what a person knows of the document.
func (a *app) frontFlags(c *cobra.Command, f *reportFlags) {
	flags := c.Flags()
	flags.StringVar(&f.fields.Number, "number", "", "number of the document, without the letter of the language: CWG-WSIS&SDG-43/7")
	flags.IntVar(&f.fields.Revision, "revision", 0, "revision of the document; 0 is its first text")
	flags.StringVar(&f.fields.Meeting, "meeting", "", "name of the meeting (default: the Council working group)")
	flags.StringVar(&f.fields.Place, "place", "", "number, place and dates of the meeting")
	flags.StringVar(&f.fields.Date, "date", "", "date of the document, YYYY-MM-DD")
	flags.StringVar(&f.fields.Agenda, "agenda", "", "item of the agenda")
	flags.StringVar(&f.original, "original", "", "original language: ar, en, es, fr, ru or zh (default: --lang)")
	flags.StringVar(&f.fields.Source, "source", "", "who submits the document (default: the Director of the Bureau)")
	flags.StringVar(&f.fields.Action, "action", "", "what the group is asked to do (default: to take note)")
	flags.StringArrayVar(&f.fields.References, "reference", nil, "text that the document refers to; may be repeated")
	flags.StringVar(&f.fields.Contact, "contact", "", "name, telephone and e-mail")
	flags.StringVar(&f.fields.Stocktaking, "stocktaking", "", "what to say about Stocktaking, Forum and Prizes, which the register does not hold")
	flags.StringVar(&f.fields.Next, "next", "", "what to say about next steps")
}

// check fills what follows from other flags, and refuses what is not understood.
func (f *reportFlags) check() error {
	if f.form == "" {
		f.form = strings.TrimPrefix(strings.ToLower(filepath.Ext(f.out)), ".")
	}
	switch {
	case f.out == "":
		return usage("--out is required: a file ending in .docx or .html, or - for standard output with --as")
	case f.form != "docx" && f.form != "html":
		return usage("--out %q: want a file ending in .docx or .html, or --as docx|html", f.out)
	case f.fields.Date != "" && !resolute.ValidDay(f.fields.Date):
		return usage("--date %q: want a day YYYY-MM-DD", f.fields.Date)
	case f.original != "" && !resolute.Lang(f.original).Known():
		return usage("--original %q: want ar, en, es, fr, ru or zh", f.original)
	case f.fields.Revision < 0:
		return usage("--revision %d: want 0 or more", f.fields.Revision)
	}
	f.fields.Original = resolute.Lang(f.original)
	return nil
}

func (a *app) summary(ctx context.Context, f reportFlags) error {
	p, err := period(f.from, f.to)
	if err != nil {
		return err
	}
	if err := checkBase(f.base); err != nil {
		return err
	}
	if err := f.check(); err != nil {
		return err
	}
	h, err := a.openExisting(ctx)
	if err != nil {
		return err
	}
	doc, err := h.summary(ctx, report.Options{Period: p, Lang: resolute.Lang(a.lang), Instrument: f.instrument, Rule: f.rule, Currency: strings.ToUpper(f.currency), At: f.at, Fields: f.fields}, f.base)
	if err := closing(h, err); err != nil {
		return err
	}
	write := doc.WriteHTML
	if f.form == "docx" {
		write = doc.WriteDOCX
	}
	if f.out == "-" {
		return write(ctx, a.Out)
	}
	return writeWhole(f.out, func(w io.Writer) error { return write(ctx, w) })
}

func (h *house) summary(ctx context.Context, o report.Options, base string) (*report.Document, error) {
	figures, err := h.of(ctx, o.Instrument, o.At)
	if err != nil {
		return nil, err
	}
	return (&report.Report{Coverage: figures, BaseURL: base}).Summary(ctx, o)
}

// writeWhole writes a file beside its place and moves it there when it is whole, so that a run
// that fails leaves what was there before.
func writeWhole(path string, write func(io.Writer) error) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("write %s: %w", path, errors.Join(err, os.Remove(file.Name())))
		}
	}()
	if err := errors.Join(write(file), file.Chmod(0o644), file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
