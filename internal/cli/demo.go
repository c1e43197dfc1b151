package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"resolute/internal/db"
	"resolute/internal/demo"
)

func (a *app) demoCommand() *cobra.Command {
	var f serveFlags
	var o demo.Options
	var file string
	c := &cobra.Command{
		Use:   "demo",
		Short: "Serve fictional data, so that every page has something to show",
		Long: `Fills a temporary database with fictional data, serves it and prints the address: activities of many publishers, beside them
a small file in two editions, one that is refused, own work from a table, decisions of a person, the resolution in two
revisions of a demonstration wording, and a second, fictional resolution that some activities answer too. Ctrl-C stops it and removes the data. The same number and seed give the same data.`,
		Example: "  resolute demo\n  resolute demo --activities 15000 --seed 2\n  resolute demo --write demo.xml",
		RunE: func(c *cobra.Command, _ []string) error {
			if o.Activities < 0 {
				return usage("--activities %d: want 0 or more", o.Activities)
			}
			if err := checkBase(f.base); err != nil {
				return err
			}
			if file != "" {
				return writeDemo(file, o)
			}
			f.demo = true
			return a.runDemo(c.Context(), f, o)
		},
	}
	f.bind(a, c)
	c.Flags().IntVar(&o.Activities, "activities", 400, "how many activities the largest file holds")
	c.Flags().Uint64Var(&o.Seed, "seed", 1, "which of the possible demonstrations")
	c.Flags().StringVar(&file, "write", "", "write the activities as IATI to this file and stop")
	return c
}

func writeDemo(path string, o demo.Options) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	return closing(file, demo.Write(file, o))
}

func (a *app) runDemo(ctx context.Context, f serveFlags, o demo.Options) error {
	dir, err := os.MkdirTemp("", "resolute-demo-")
	if err != nil {
		return err
	}
	err = a.demoIn(ctx, filepath.Join(dir, "demo.db"), f, o)
	return errors.Join(err, os.RemoveAll(dir))
}

func (a *app) demoIn(ctx context.Context, path string, f serveFlags, o demo.Options) error {
	d, err := db.Open(ctx, path)
	if err != nil {
		return err
	}
	h := newHouse(d)
	if _, err := d.Migrate(ctx); err != nil {
		return closing(h, err)
	}
	if err := demo.Load(ctx, h.register, o); err != nil {
		return closing(h, fmt.Errorf("load the demonstration: %w", err))
	}
	if err := demo.LoadFigures(ctx, h.measure, o.Seed); err != nil {
		return closing(h, err)
	}
	return closing(h, a.serve(ctx, h, f))
}
