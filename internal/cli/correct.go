package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/mandate"
)

// correction is what a person says about the structure of a text, or which correction is taken back.
type correction struct {
	mandate.Correction
	provision, as string
	undo          int64
}

func (a *app) correctCommand() *cobra.Command {
	var d correction
	c := &cobra.Command{
		Use:   "correct KEY@EDITION",
		Short: "Correct the structure of a text held: split, join, indent, outdent or renumber a provision",
		Long: `Without --provision it lists the provisions whose place is not sure, the least sure first, with the reason, and what was corrected
by whom and why. A correction needs a reason, keeps every word of the text, and holds when the text comes in again; one that fits no
provision of it any more is listed. Provisions that move keep their thread, and what hangs on it.`,
		Example: `  resolute mandate correct itu:pp/res/140@2018 --format text
  resolute mandate correct itu:pp/res/140@2018 --provision resolves_1 --as split --at "2 to watch" --reason "printed text, page 4"
  resolute mandate correct itu:pp/res/140@2018 --provision resolves_4 --as indent --reason "a part of 3"
  resolute mandate correct itu:pp/res/140@2018 --undo 3`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := d.understand(a); err != nil {
				return err
			}
			return a.mixedText(c.Context(), args[0], func(h *house, r *mandate.Reading) error { return a.correct(c.Context(), h, r, d) })
		},
	}
	flags := c.Flags()
	flags.StringVar(&d.provision, "provision", "", "path of the provision, as the list names it: resolves_1")
	flags.StringVar(&d.as, "as", "", strings.Join(deeds(), ", "))
	flags.StringVar(&d.Words, "at", "", "split: the words with which the second part begins")
	flags.StringVar(&d.NewMark, "label", "", "renumber: the mark it should have (empty: none); split: that of the second part (default: the one printed)")
	flags.StringVar(&d.Reason, "reason", "", "why, for those who read it later")
	flags.Int64Var(&d.undo, "undo", 0, "number of a correction to take back")
	complete(c, "as", deeds())
	return c
}

func deeds() []string {
	var list []string
	for _, d := range mandate.Deeds {
		list = append(list, string(d))
	}
	return list
}

func (d *correction) understand(a *app) error {
	if d.undo != 0 && d.provision != "" {
		return usage("--undo takes a correction back, --provision makes one: give one of them")
	}
	d.Deed = mandate.Deed(d.as)
	return a.wants("json", "text")
}

func (a *app) correct(ctx context.Context, h *house, r *mandate.Reading, d correction) error {
	var err error
	switch {
	case d.undo != 0:
		err = h.mandate.UndoCorrection(ctx, resolute.Operator(), r, d.undo)
	case d.provision != "":
		_, err = h.mandate.Correct(ctx, resolute.Operator(), r, d.provision, d.Correction)
	}
	if err != nil {
		return err
	}
	if r, err = h.mandate.Read(ctx, r.Instrument, r.ID); err != nil {
		return err
	}
	s := r.Structure()
	if a.formatOr("json") == "text" {
		return a.printStructure(s)
	}
	return printJSON(a.Out, s)
}

// printStructure lists what is not sure, then what was corrected.
func (a *app) printStructure(s mandate.Structure) error {
	doubtful := s.Doubtful()
	for _, p := range doubtful {
		if err := printText(a.Out, "%s %.2g: %s\n    %s\n", p.Path, p.Certainty.Value, p.Certainty.Words, p.Text); err != nil {
			return err
		}
	}
	for _, c := range s.Corrections {
		if err := printText(a.Out, "correction %d, %s, by %s: %s\n    %s\n", c.ID, c.Deed, c.By, c.Reason, c.Text); err != nil {
			return err
		}
	}
	for _, c := range s.Unfit {
		if err := printText(a.Out, "correction %d, %s, fits no single provision any more\n    %s\n", c.ID, c.Deed, c.Text); err != nil {
			return err
		}
	}
	return printText(a.Out, "%s of %d not sure, %s\n", counted(len(doubtful), "provision"), len(s.Provisions), counted(len(s.Corrections), "correction"))
}
