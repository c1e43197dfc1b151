package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"resolute/internal/db"
)

func (a *app) migrateCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the database to this program's schema, or show where it stands",
		Long: `Every command that writes brings the schema up to date by itself, under the write lock. Migrations only go
forward; a database of a newer program is refused.`,
		Example: "  resolute migrate status\n  resolute migrate up",
	}
	c.AddCommand(&cobra.Command{
		Use: "up", Short: "Run the pending steps",
		RunE: func(c *cobra.Command, _ []string) error { return a.migrateUp(c.Context()) },
	}, &cobra.Command{
		Use: "status", Short: "List the steps and when each was applied",
		RunE: func(c *cobra.Command, _ []string) error { return a.migrateStatus(c.Context()) },
	})
	return c
}

func (a *app) migrateUp(ctx context.Context) error {
	d, err := db.Open(ctx, a.database)
	if err != nil {
		return err
	}
	ran, err := d.Migrate(ctx)
	if err != nil {
		return closing(d, err)
	}
	if err := d.Close(); err != nil {
		return err
	}
	return printJSON(a.Out, map[string]int{"applied": ran})
}

func (a *app) migrateStatus(ctx context.Context) error {
	d, err := db.Open(ctx, a.database)
	if err != nil {
		return err
	}
	steps, err := d.Migrations(ctx)
	if err := closing(d, err); err != nil {
		return err
	}
	switch a.formatOr("text") {
	case "json":
		return printJSON(a.Out, map[string]any{"migrations": steps})
	case "jsonl":
		return printLines(a.Out, steps)
	case "text":
		return printTable(a.Out, func(line func(...any)) {
			line("STEP", "NAME", "APPLIED")
			for _, s := range steps {
				line(s.Number, s.Name, appliedAt(s.AppliedAt))
			}
		})
	}
	return a.wrongFormat("text, json or jsonl")
}

func appliedAt(ms int64) string {
	if ms == 0 {
		return "pending"
	}
	return time.UnixMilli(ms).UTC().Format(time.DateTime) + " UTC"
}
