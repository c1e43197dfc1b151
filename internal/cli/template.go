package cli

import (
	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/register"
)

func (a *app) templateCommand() *cobra.Command {
	c := &cobra.Command{Use: "template", Short: "Write an empty table to fill in"}
	c.AddCommand(&cobra.Command{
		Use:     "activities",
		Short:   "The table for own work: columns and an example row",
		Example: "  resolute template activities > own-work.csv",
		RunE:    func(*cobra.Command, []string) error { return register.Template(a.Out, resolute.Lang(a.lang)) },
	})
	return c
}
