package cli

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"resolute/internal/ledger"
	"resolute/internal/mandate"
)

func (a *app) exportCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "export",
		Short: "Give back what was taken in, in the formats of others",
	}
	c.AddCommand(a.exportResolutionCommand())
	return c
}

// textExport is what of a text is wanted, and how.
type textExport struct {
	instrument, edition, to, out string
}

func (a *app) exportResolutionCommand() *cobra.Command {
	var e textExport
	c := &cobra.Command{
		Use:   "resolution KEY",
		Short: "The text of a resolution as Akoma Ntoso or plain text",
		Long: `The text in force, or one edition of it: a year, a month or a day behind @, as citation ids have it. Akoma Ntoso 3.0 (AKN4UN)
carries the key of each paragraph's thread as wId; taken in again it changes nothing.`,
		Example: "  resolute export resolution itu:wtdc/res/30 > res30.xml\n  resolute export resolution itu:wtdc/res/30@2017 --to text --out res30.txt",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			e.instrument, e.edition, _ = strings.Cut(args[0], "@")
			if e.to != "akn" && e.to != "text" {
				return usage("--to %q: want akn or text", e.to)
			}
			h, err := a.openExisting(c.Context())
			if err != nil {
				return err
			}
			return closing(h, a.exportResolution(c.Context(), h, e))
		},
	}
	c.Flags().StringVar(&e.to, "to", "akn", "akn or text")
	c.Flags().StringVar(&e.out, "out", "-", "file to write; - is standard output")
	return c
}

func (a *app) exportResolution(ctx context.Context, h *house, e textExport) error {
	reading, err := h.reading(ctx, e)
	if err != nil {
		return err
	}
	account, err := ledger.Get(ctx, h.db, reading.Import)
	if err != nil {
		return err
	}
	write := func(w io.Writer) error { return reading.Akoma(w, time.UnixMilli(account.At)) }
	if e.to == "text" {
		write = func(w io.Writer) error {
			_, err := io.WriteString(w, reading.Body)
			return err
		}
	}
	if e.out == "-" {
		return write(a.Out)
	}
	return writeWhole(e.out, write)
}

// reading gives the text that is wanted, or says that none is held.
func (h *house) reading(ctx context.Context, e textExport) (*mandate.Reading, error) {
	var revision int64
	if e.edition != "" {
		r, found, err := h.mandate.Edition(ctx, e.instrument, e.edition)
		if err != nil {
			return nil, err
		}
		if !found {
			return nil, fmt.Errorf("no text of %s@%s is held: see resolute import list", e.instrument, e.edition)
		}
		revision = r.ID
	}
	reading, err := h.mandate.Read(ctx, e.instrument, revision)
	if err == nil && reading == nil {
		err = fmt.Errorf("no text of %s is held: resolute import resolution FILE", e.instrument)
	}
	return reading, err
}
