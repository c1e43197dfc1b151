package cli

import (
	"context"
	"path/filepath"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/ledger"
	"resolute/internal/measure"
	"resolute/internal/measure/statfile"
	"resolute/internal/register"
)

func (a *app) importStatsCommand() *cobra.Command {
	var f importFlags
	var o statfile.Options
	c := &cobra.Command{
		Use:   "stats FILE.csv|FILE.csv.gz|DIR...",
		Short: "Statistics as their publishers give them away",
		Long: `Reads downloads of the ITU DataHub, the World Bank (wide and long), the UN database of SDG indicators, national Open SDG sites,
Our World in Data, and the plain form that export stats writes; what a file is, its header tells. Values keep their decimal
text, estimates and notes are kept with them. A file is merged into what stands: what it does not state stays. A row that
cannot be understood is refused with its place; of two values for one period the first stays and the other is refused.
A file of an Open SDG site names neither its country nor, but for its own name, its indicator: --of, --indicator.`,
		Example: `  resolute import stats individuals-using-the-internet.csv
  resolute import stats --of ARM indicator_17-8-1.csv
  resolute import stats downloads/`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.importFiles(c.Context(), f, args, []string{".csv", ".csv.gz"}, func(h *house) importer {
				return func(ctx context.Context, in input) ([]ledger.Import, error) { return h.importStats(ctx, in, o) }
			})
		},
	}
	f.bind(c)
	c.Flags().StringVar(&f.source, "source", "", "lasting name of where the file comes from (default: its name without .gz)")
	c.Flags().StringVar(&o.Area, "of", "", "the area of a file that does not name its own, as an ISO code (Open SDG)")
	c.Flags().StringVar(&o.Indicator, "indicator", "", "the indicator of a file that does not name its own (Open SDG)")
	c.Flags().StringVar(&o.Dataflow, "dataflow", "", "name of the table the figures belong to, in place of the publisher's")
	return c
}

func (h *house) importStats(ctx context.Context, in input, o statfile.Options) ([]ledger.Import, error) {
	src := measure.Source{File: filepath.Base(in.path), Name: in.source, Options: o, Progress: func(read int, bytes int64) {
		in.progress.update(register.Progress{Read: read, Bytes: bytes})
	}}
	return alone(h.measure.Import(ctx, resolute.Operator(), src, in.file))
}
