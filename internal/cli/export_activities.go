package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"resolute/internal/form"
	"resolute/internal/register"
)

// tableExport is what of the register is wanted as tables, and how.
type tableExport struct{ filter, table, out string }

func (a *app) exportActivitiesCommand() *cobra.Command {
	var e tableExport
	c := &cobra.Command{
		Use:   "activities",
		Short: "Activities as a workbook, or one table of them as CSV",
		Long: `The shape is that of resolute template, in the language of --lang: taken in again nothing changes, and what is changed in the
file is all that changes (see it first: resolute import activities --dry-run). Activities that came as IATI are among them; a table says
less than IATI, and what it does not say stays. A text longer than a cell can hold is left out, and stays too. Without --filter every
activity is given that its source still holds; with it, those that the page of activities lists.`,
		Example: "  resolute export activities --out activities.xlsx\n  resolute export activities --filter 'area=KE&goal=9' --lang fr --out kenya.xlsx\n  resolute export activities --table transactions --out money.csv",
		Args:    cobra.NoArgs,
		RunE:    func(c *cobra.Command, _ []string) error { return a.exportActivities(c.Context(), e) },
	}
	c.Flags().StringVar(&e.filter, "filter", "", "query of the page of activities, such as 'area=KE&goal=9'")
	c.Flags().StringVar(&e.table, "table", register.TableActivities, "table of a CSV: "+strings.Join(tableNames(), ", "))
	c.Flags().StringVar(&e.out, "out", "-", "file to write, .xlsx or .csv; - is CSV on standard output")
	complete(c, "table", tableNames())
	return c
}

// rowWriter writes activities as tables.
type rowWriter interface {
	Begin(register.GivenRowsState) error
	Take(register.GivenRow) error
	Close() error
}

func (a *app) exportActivities(ctx context.Context, e tableExport) error {
	tables := form.Named(e.table)
	if len(tables) != 1 {
		return usage("--table %q: want %s", e.table, strings.Join(tableNames(), ", "))
	}
	h, err := a.openExisting(ctx)
	if err != nil {
		return err
	}
	n := 0
	err = a.giveTables(ctx, h, e, tables[0], &n)
	if err = closing(h, err); err != nil || a.quiet || e.out == "-" {
		return err
	}
	_, err = fmt.Fprintf(a.Err, "%s: %s\n", e.out, activities(n))
	return err
}

func (a *app) giveTables(ctx context.Context, h *house, e tableExport, table register.Table, n *int) error {
	giving, err := h.giving(ctx, iatiExport{filter: e.filter})
	if err != nil {
		return err
	}
	c, err := h.frameworks.Load(ctx)
	if err != nil {
		return err
	}
	return a.writeTo(e.out, func(out io.Writer) error {
		var w rowWriter = form.NewTable(out, table)
		if strings.HasSuffix(strings.ToLower(e.out), ".xlsx") {
			w = form.NewWriter(out, a.language(), c)
		}
		err := h.register.GiveRows(ctx, giving, w.Begin, func(g register.GivenRow) error {
			*n++
			return w.Take(g)
		})
		return errors.Join(err, w.Close())
	})
}
