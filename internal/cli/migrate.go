package cli

import (
	"context"
	"fmt"
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
		Use: "up", Short: "Run the pending steps", Example: "  resolute migrate up",
		RunE: func(c *cobra.Command, _ []string) error { return a.migrateUp(c.Context()) },
	}, &cobra.Command{
		Use: "status", Short: "List the steps and when each was applied", Example: "  resolute migrate status --format json",
		RunE: func(c *cobra.Command, _ []string) error { return a.migrateStatus(c.Context()) },
	})
	return c
}

func (a *app) migrateUp(ctx context.Context) error {
	if err := a.wants("text", "json", "jsonl"); err != nil {
		return err
	}
	d, err := db.Open(ctx, a.database)
	if err != nil {
		return err
	}
	ran, err := d.Migrate(ctx)
	if err == nil {
		err = a.readUnread(ctx, newHouse(d))
	}
	if err != nil {
		return closing(d, err)
	}
	if err := d.Close(); err != nil {
		return err
	}
	return printOne(a, "json", map[string]int{"applied": ran}, fmt.Sprintf("%d steps applied.", ran))
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
	return printList(a, "text", "migrations", steps, []column[db.Migration]{
		{"number", "STEP", func(m db.Migration) any { return m.Number }},
		{"name", "NAME", func(m db.Migration) any { return m.Name }},
		{"applied_at", "APPLIED", func(m db.Migration) any { return appliedAt(m.AppliedAt) }},
	})
}

func appliedAt(ms int64) string {
	if ms == 0 {
		return "pending"
	}
	return time.UnixMilli(ms).UTC().Format(time.DateTime) + " UTC"
}
