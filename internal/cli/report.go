package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/report"
)

// reportFlags are the flags of the summary.
type reportFlags struct {
	from, to, out, base string
}

func (a *app) reportCommand() *cobra.Command {
	c := &cobra.Command{Use: "report", Short: "Write a report from the register"}
	var f reportFlags
	summary := &cobra.Command{
		Use:   "summary",
		Short: "The comprehensive summary for the Council working group",
		Long: `A document in the form that the working group receives. Every figure names the query behind it. The same data gives
the same bytes.`,
		Example: `  resolute report summary --from 2021-01-01 --to 2024-12-31 --out summary.docx
  resolute report summary --lang ar --out summary.html`,
		RunE: func(c *cobra.Command, _ []string) error { return a.summary(c.Context(), f) },
	}
	flags := summary.Flags()
	flags.StringVar(&f.from, "from", "", "first day, YYYY-MM-DD (default: all time)")
	flags.StringVar(&f.to, "to", "", "last day, YYYY-MM-DD")
	flags.StringVar(&f.out, "out", "", "file to write: .docx or .html (required)")
	flags.StringVar(&f.base, "base-url", a.setting("RESOLUTE_BASE_URL", ""), "outside address of the pages to which figures lead (RESOLUTE_BASE_URL)")
	c.AddCommand(summary)
	return c
}

func (a *app) summary(ctx context.Context, f reportFlags) error {
	p, err := period(f.from, f.to)
	if err != nil {
		return err
	}
	if err := checkBase(f.base); err != nil {
		return err
	}
	form := strings.ToLower(filepath.Ext(f.out))
	if form != ".docx" && form != ".html" {
		return usage("--out %q: want a file ending in .docx or .html", f.out)
	}
	h, err := a.openHouse(ctx)
	if err != nil {
		return err
	}
	if _, err := h.coverage.Refresh(ctx); err != nil { // one state for the whole report
		return closing(h, err)
	}
	doc, err := (&report.Report{Coverage: h.coverage, BaseURL: f.base}).Summary(ctx, report.Options{Period: p, Lang: resolute.Lang(a.lang)})
	if err := closing(h, err); err != nil {
		return err
	}
	var body bytes.Buffer
	if form == ".docx" {
		err = doc.WriteDOCX(&body)
	} else {
		err = doc.WriteHTML(&body)
	}
	if err != nil {
		return err
	}
	return os.WriteFile(f.out, body.Bytes(), 0o644)
}
