package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/mandate"
	"resolute/internal/mandate/redline"
)

// spanDecision is what a person says about a span, or which decision is taken back.
type spanDecision struct {
	span, as, reason string
	undo             int64
}

func (a *app) spanCommand() *cobra.Command {
	var d spanDecision
	c := &cobra.Command{
		Use:   "decide KEY@EDITION",
		Short: "Decide what is struck and inserted in a text held that mixes two revisions",
		Long: `Without --span it shows how the text comes apart: what is proposed, what is decided, by whom and why. A decision needs a reason,
takes the place of an earlier one about the same words, and holds when the text comes in again; what fits no single place of it any
more is listed as lost. The edition of such a text ends in -draft.`,
		Example: `  resolute mandate decide itu:wtdc/res/30@2021-draft
  resolute mandate decide itu:wtdc/res/30@2021-draft --span 21:3-5 --as deleted --reason "printed text, page 4"
  resolute mandate decide itu:wtdc/res/30@2021-draft --undo 3`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := d.understand(a); err != nil {
				return err
			}
			return a.mixedText(c.Context(), args[0], func(h *house, r *mandate.Reading) error { return a.decideSpan(c.Context(), h, r, d) })
		},
	}
	c.Flags().StringVar(&d.span, "span", "", "the span, as the list names it: line, then first and last place (21:3-5)")
	c.Flags().StringVar(&d.as, "as", "", strings.Join(verdicts(), ", "))
	c.Flags().StringVar(&d.reason, "reason", "", "why, for those who read it later")
	c.Flags().Int64Var(&d.undo, "undo", 0, "number of a decision to take back")
	complete(c, "as", verdicts())
	return c
}

func verdicts() []string {
	var list []string
	for _, v := range redline.Verdicts {
		list = append(list, string(v))
	}
	return list
}

func (d spanDecision) understand(a *app) error {
	if d.undo != 0 && d.span != "" {
		return usage("--undo takes a decision back, --span makes one: give one of them")
	}
	return a.wants("json", "text")
}

// mixedText opens a text held by key and edition.
func (a *app) mixedText(ctx context.Context, name string, do func(h *house, r *mandate.Reading) error) error {
	h, err := a.openExisting(ctx)
	if err != nil {
		return err
	}
	key, edition, _ := strings.Cut(name, "@")
	r, err := h.reading(ctx, textExport{instrument: key, edition: edition})
	if err == nil {
		err = do(h, r)
	}
	return closing(h, err)
}

func (a *app) decideSpan(ctx context.Context, h *house, r *mandate.Reading, d spanDecision) error {
	var err error
	switch {
	case d.undo != 0:
		err = h.mandate.UndoSpan(ctx, resolute.Operator(), r, d.undo)
	case d.span != "":
		_, err = h.mandate.DecideSpan(ctx, resolute.Operator(), r, d.span, redline.Kind(d.as), d.reason)
	}
	if err != nil {
		return err
	}
	apart, err := h.mandate.Apart(ctx, r)
	if err != nil {
		return err
	}
	if a.formatOr("json") == "text" {
		return a.printApart(apart)
	}
	return printJSON(a.Out, apart)
}

// printApart lists what is decided and what is doubtful; what is sure by its evidence is left out.
func (a *app) printApart(t mandate.TakenApart) error {
	for _, s := range t.Spans {
		var err error
		switch {
		case s.Decided != nil:
			err = printText(a.Out, "%s %s, decided by %s (decision %d): %s\n    %s\n", s.ID(), s.Kind, s.Decided.By, s.Decided.ID, s.Decided.Reason, s.Text)
		case !s.Sure():
			err = printText(a.Out, "%s %s? %.2g, %s; or else: %s\n    %s\n", s.ID(), s.Kind, s.Certainty, s.Reason, s.Other, s.Text)
		}
		if err != nil {
			return err
		}
	}
	for _, d := range t.Lost {
		if err := printText(a.Out, "decision %d, made about %s, fits no single place any more\n    %s\n", d.ID, d.Span(), d.Text); err != nil {
			return err
		}
	}
	return printText(a.Out, "%d to decide\n", t.Undecided())
}

func (a *app) importSidesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "sides KEY@EDITION",
		Short: "Take in both texts of a text held that mixes two revisions",
		Long: `Once every doubtful span is decided (resolute mandate decide), the text before and the text after become revisions of the instrument,
both or neither. Operative paragraphs keep the threads that the mixed text gave them.`,
		Example: "  resolute import sides itu:wtdc/res/30@2021-draft",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.mixedText(c.Context(), args[0], func(h *house, r *mandate.Reading) error {
				accounts, err := h.mandate.TakeSides(c.Context(), resolute.Operator(), r)
				if err != nil {
					return err
				}
				printed := make([]printedImport, len(accounts))
				for i, account := range accounts {
					printed[i].Import = account
				}
				if err := findingsOf(c.Context(), h, printed, false); err != nil {
					return err
				}
				return a.printAccounts(printed)
			})
		},
	}
}
