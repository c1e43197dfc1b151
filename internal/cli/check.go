package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/directory"
	"resolute/internal/framework"
	"resolute/internal/ledger"
	"resolute/internal/mandate"
)

// shownRecords is how many records of one check are printed.
const shownRecords = 1000

// checkFlags are the flags of the integrity checks.
type checkFlags struct {
	only           []string
	records, every bool
}

// checked is one check with what it found, as printed.
type checked struct {
	Name     string            `json:"name"`
	Severity resolute.Severity `json:"severity"`
	Count    int               `json:"count"`
	Why      string            `json:"why"`
	Do       string            `json:"do"`
	Records  []db.Faulty       `json:"records"`
}

func (a *app) checkCommand() *cobra.Command {
	var f checkFlags
	c := &cobra.Command{
		Use:   "check",
		Short: "Check that what is stored is whole: log, accounts, documents, links",
		Long: `Every check counts what is wrong, says why it matters and what to do. Nothing is changed. Checks that read stored
documents take a stretch of them, another one with each data version; --all reads every document. Exit code 3 when a
check of severity error found something; warnings and notes are for people. All checks: docs/reference/checks.md.`,
		Example: `  resolute check
  resolute check --all --format json
  resolute check --only one-counts,log-chain --records`,
		RunE: func(c *cobra.Command, _ []string) error { return a.check(c.Context(), f) },
	}
	flags := c.Flags()
	flags.StringSliceVar(&f.only, "only", nil, "only the checks of these names")
	flags.BoolVar(&f.records, "records", false, "name the records that were found, at most 1,000 of each check")
	flags.BoolVar(&f.every, "all", false, "read every stored document, not only a stretch")
	return c
}

// checks gathers the checks of all rooms, from the ground up.
func (h *house) checks(every bool) []db.Check {
	return slices.Concat(h.db.Checks(), audit.Checks(), ledger.Checks(), framework.Checks(), directory.Checks(), mandate.Checks(), h.register.Checks(every), h.measure.Checks())
}

func (a *app) check(ctx context.Context, f checkFlags) error {
	h, err := a.lookIn(ctx)
	if err != nil {
		return err
	}
	checks, err := f.choose(h.checks(f.every))
	if err != nil {
		return closing(h, err)
	}
	var list []checked
	err = h.db.View(ctx, func(q db.Queryer) (err error) {
		list, err = runChecks(ctx, q, checks, f.records)
		return err
	})
	if err := closing(h, err); err != nil {
		return err
	}
	if err := a.printChecks(list, f.records); err != nil {
		return err
	}
	if slices.ContainsFunc(list, func(c checked) bool { return c.Severity == resolute.SeverityError && c.Count > 0 }) {
		return &exitError{code: exitRefused}
	}
	return nil
}

// lookIn opens a database as it stands: nothing is made, migrated or swept.
func (a *app) lookIn(ctx context.Context) (*house, error) {
	if err := a.mustExist(); err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, a.database)
	if err != nil {
		return nil, err
	}
	h := newHouse(d)
	steps, err := d.Migrations(ctx)
	if err == nil && slices.ContainsFunc(steps, func(m db.Migration) bool { return m.AppliedAt == 0 }) {
		err = fmt.Errorf("%s has an older schema: run resolute migrate up first", a.database)
	}
	if err != nil {
		return nil, closing(h, err)
	}
	return h, nil
}

// choose keeps the checks that --only names, in their order.
func (f checkFlags) choose(all []db.Check) ([]db.Check, error) {
	var names []string
	for _, c := range all {
		names = append(names, c.Name)
	}
	for _, name := range f.only {
		if !slices.Contains(names, name) {
			return nil, usage("--only %q: no such check; there are %s", name, strings.Join(names, ", "))
		}
	}
	if len(f.only) == 0 {
		return all, nil
	}
	return slices.DeleteFunc(all, func(c db.Check) bool { return !slices.Contains(f.only, c.Name) }), nil
}

func runChecks(ctx context.Context, q db.Queryer, checks []db.Check, records bool) ([]checked, error) {
	limit := 0
	if records {
		limit = shownRecords
	}
	var list []checked
	for _, c := range checks {
		found, err := c.Run(ctx, q, limit)
		if err != nil {
			return nil, err
		}
		if found.Records == nil {
			found.Records = []db.Faulty{}
		}
		list = append(list, checked{c.Name, c.Severity, found.Count, c.Why, c.Do, found.Records})
	}
	return list, nil
}

func (a *app) printChecks(list []checked, records bool) error {
	switch a.formatOr("text") {
	case "json":
		return printJSON(a.Out, map[string]any{"checks": list})
	case "jsonl":
		return printLines(a.Out, list)
	case "csv":
		return a.printChecksCSV(list)
	}
	sound := 0
	for _, c := range list {
		if c.Count == 0 {
			sound++
			continue
		}
		err := printText(a.Out, "%s: %s, %d found\n  %s\n  what to do: %s\n", c.Name, c.Severity, c.Count, c.Why, c.Do)
		for _, r := range c.Records {
			err = errors.Join(err, printText(a.Out, "  - %s: %s\n", r.Record, r.Detail))
		}
		if err != nil {
			return err
		}
	}
	hint := ""
	if sound < len(list) && !records {
		hint = " Name the records: --records."
	}
	return printText(a.Out, "%d checks, %d without a finding.%s\n", len(list), sound, hint)
}

// printChecksCSV writes one row for each record, and one for each check without any.
func (a *app) printChecksCSV(list []checked) error {
	var rows []checked
	for _, c := range list {
		for _, r := range c.Records {
			rows = append(rows, checked{c.Name, c.Severity, c.Count, c.Why, c.Do, []db.Faulty{r}})
		}
		if len(c.Records) == 0 {
			c.Records = make([]db.Faulty, 1)
			rows = append(rows, c)
		}
	}
	return printCSV(a.Out, rows, []column[checked]{
		{"name", "", func(c checked) any { return c.Name }},
		{"severity", "", func(c checked) any { return c.Severity }},
		{"count", "", func(c checked) any { return c.Count }},
		{"record", "", func(c checked) any { return c.Records[0].Record }},
		{"detail", "", func(c checked) any { return c.Records[0].Detail }},
		{"why", "", func(c checked) any { return c.Why }},
		{"do", "", func(c checked) any { return c.Do }},
	})
}
