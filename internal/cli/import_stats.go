package cli

import (
	"context"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/ledger"
	"resolute/internal/measure"
	"resolute/internal/measure/statfile"
	"resolute/internal/register"
	"resolute/internal/sdmx"
)

func (a *app) importStatsCommand() *cobra.Command {
	var f importFlags
	var o statfile.Options
	var structures sdmxFlags
	c := &cobra.Command{
		Use:   "stats FILE|DIR...",
		Short: "Statistics as their publishers give them away",
		Long: `Reads downloads of the ITU DataHub, the World Bank (wide and long), the UN database of SDG indicators, national Open SDG sites,
Our World in Data, the plain form that export stats writes, and SDMX messages: CSV 1.0 to 2.1, JSON 1.0 and 2.0, ML 2.0 to 3.0, packed
with gzip or not. What a file is, its content tells. Values keep their decimal text, estimates and notes are kept with them. A file is
merged into what stands: what it does not state stays. A row that cannot be understood is refused with its place; of two values for one
period the first stays and the other is refused.

All data sets of an SDMX message become visible together, in their order, each by its action: merge leaves what it does not give, replace
clears it, delete takes away what its key covers (an empty dimension covers every code). Structures come with --structure or as one of
the files. docs/reference/sdmx.md says which component goes where.

A file of an Open SDG site names neither its country nor, but for its own name, its indicator: --of, --indicator.`,
		Example: `  resolute import stats individuals-using-the-internet.csv
  resolute import stats --of ARM indicator_17-8-1.csv
  resolute import stats downloads/
  resolute import stats --structure sdg-structure.xml sdg-data.xml`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			known, args, err := structures.among(args)
			if err != nil {
				return err
			}
			return a.importFiles(c.Context(), f, args, []string{".csv", ".csv.gz", ".xml", ".xml.gz"}, func(h *house) importer {
				return func(ctx context.Context, in input) ([]ledger.Import, error) { return h.importStats(ctx, in, o, known) }
			})
		},
	}
	f.bind(c)
	c.Flags().StringVar(&f.source, "source", "", "lasting name of where the file comes from (default: its name without .gz)")
	c.Flags().StringVar(&o.Area, "of", "", "the area of a file that does not name its own, as an ISO code (Open SDG)")
	c.Flags().StringVar(&o.Indicator, "indicator", "", "the indicator of a file that does not name its own (Open SDG)")
	c.Flags().StringVar(&o.Dataflow, "dataflow", "", "name of the table the figures belong to, in place of the publisher's")
	c.Flags().StringArrayVar(&structures.structures, "structure", nil, "structure message (SDMX-ML or SDMX-JSON) that the data follow; may be given several times")
	return c
}

// among reads the structures that were given, and those of the files which are structure messages;
// it returns the other files. A single file is always one of data.
func (f *sdmxFlags) among(files []string) (sdmx.Structures, []string, error) {
	known, err := f.load()
	if err != nil || len(files) < 2 {
		return known, files, err
	}
	var data []string
	for _, path := range files {
		found, is := structuresIn(path)
		if is {
			known.Add(found)
		} else {
			data = append(data, path)
		}
	}
	if len(data) == 0 {
		return known, nil, usage("all files are structure messages: give the data too")
	}
	return known, data, nil
}

// structuresIn reads a structure message; false when the file is none. What is wrong with a file of
// another kind is told when it is taken in.
func structuresIn(path string) (found sdmx.Structures, is bool) {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return found, false
	}
	err := withFile(path, func(in *os.File) (err error) {
		found, err = sdmx.ReadStructures(in)
		return err
	})
	return found, err == nil && len(found.Defined)+len(found.Flows)+len(found.Codelists) > 0
}

func (h *house) importStats(ctx context.Context, in input, o statfile.Options, known sdmx.Structures) ([]ledger.Import, error) {
	src := measure.Source{File: filepath.Base(in.path), Name: in.source, Options: o, Structures: known, Progress: func(read int, bytes int64) {
		in.progress.update(register.Progress{Read: read, Bytes: bytes})
	}}
	return alone(h.measure.Import(ctx, resolute.Operator(), src, in.file))
}
