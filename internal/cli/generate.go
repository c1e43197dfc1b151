package cli

import (
	"context"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"resolute/internal/demo/generate"
)

func (a *app) generateCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "generate",
		Short: "Make fictional data of any size, for tests and measurements",
	}
	c.AddCommand(a.generateIATICommand())
	return c
}

func (a *app) generateIATICommand() *cobra.Command {
	var dir, profile, faults string
	o := generate.Options{Workers: runtime.GOMAXPROCS(0)}
	c := &cobra.Command{
		Use:   "iati --activities N --out DIR",
		Short: "Fictional activities as files of IATI, and beside them what is true of them",
		Long: `Writes as many fictional activities as wanted into a folder, some files for each publisher, and truth.json: what is in the
files, and the figures that each rule makes of them, to hold an import against. Profile light has small valid activities; real has
them as published data does, with families, double reports, payments that two sides tell of and, unless --faults is off, what
publishers do wrong: docs/how-to/generate.md. Every record says that it is fictional. The same number, seed and profile give the
same bytes on every machine. Memory hardly grows with the number.`,
		Example: `  resolute generate iati --activities 10000 --out generated/
  resolute generate iati --activities 100000 --profile real --out generated/
  resolute generate iati --activities 1000000 --seed 2 --profile light --gzip --out generated/`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			o.Profile, o.Faults = generate.Profile(profile), faults == "on"
			if faults != "on" && faults != "off" {
				return usage("--faults %q: want on or off", faults)
			}
			return a.generateIATI(c.Context(), dir, o)
		},
	}
	flags := c.Flags()
	flags.IntVar(&o.Activities, "activities", 10_000, "how many")
	flags.Uint64Var(&o.Seed, "seed", 1, "what chance begins with")
	flags.StringVar(&profile, "profile", string(generate.Light), strings.Join(generate.Profiles, " or "))
	complete(c, "profile", generate.Profiles)
	flags.StringVar(&dir, "out", "", "folder; it must be empty or not exist yet")
	flags.StringVar(&faults, "faults", "on", "of the real profile, what publishers do wrong: on or off")
	complete(c, "faults", []string{"on", "off"})
	flags.BoolVar(&o.Gzip, "gzip", false, "pack the files")
	return c
}

func (a *app) generateIATI(ctx context.Context, dir string, o generate.Options) error {
	if err := a.wants("json", "text"); err != nil {
		return err
	}
	switch {
	case dir == "":
		return usage("--out is required: a folder")
	case o.Activities < 1:
		return usage("--activities %d: want 1 or more", o.Activities)
	case !slices.Contains(generate.Profiles, string(o.Profile)):
		return usage("--profile %q: want %s", o.Profile, strings.Join(generate.Profiles, " or "))
	}
	truth, err := generate.Files(ctx, dir, o)
	if err != nil {
		return err
	}
	if a.formatOr("text") == "json" {
		return printJSON(a.Out, truth)
	}
	total := int64(0)
	for _, f := range truth.Files {
		total += f.Bytes
	}
	return printText(a.Out, "%s: %s in %s, %s; what is true of them: %s\n", dir, activities(truth.Activities), counted(len(truth.Files), "file"), counted(int(total), "byte"), generate.TruthFile)
}
