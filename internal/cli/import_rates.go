package cli

import (
	"context"
	"path/filepath"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/ledger"
)

func (a *app) importRatesCommand() *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use:   "rates FILE.csv...",
		Short: "Exchange rates by day, with their source",
		Long: `The columns are base, currency, day, rate, source and, where it is not seven, valid_days: one unit of the base buys so many
units of the currency on that day, and for so many days after it where no later rate is known. The format is described in
docs/reference/rates-csv.md. Rates stand beside those of earlier imports; for the same base, currency and day the latest stand.
Figures stay in the currencies that were reported unless one asks for --currency. A broken file is refused whole.`,
		Example: "  resolute import rates rates-2024.csv\n  resolute coverage --by action-line --currency USD",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.importFiles(c.Context(), f, args, []string{".csv"}, func(h *house) importer { return h.importRates })
		},
	}
	f.bind(c)
	return c
}

func (h *house) importRates(ctx context.Context, in input) ([]ledger.Import, error) {
	report, err := h.frameworks.ImportRates(ctx, resolute.Operator(), filepath.Base(in.path), in.file)
	return alone(report.Import, err)
}
