package cli

import (
	"context"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/mandate"
)

func (a *app) draftSetCommand() *cobra.Command {
	var s mandate.DraftConference
	c := &cobra.Command{
		Use: "set NUMBER", Short: "Change the conference that a draft is for", Args: cobra.ExactArgs(1),
		Long: `What no flag names stays, but a new place or year without --day gives a new day, as begin does. The words of the draft stay too: the
deed conference writes place and year into number and opening.`,
		Example: "  resolute mandate draft set 1 --place Kigali --year 2022\n  resolute mandate draft set 1 --day 2025-11-28",
		RunE: func(c *cobra.Command, args []string) error {
			return a.changeDraft(c.Context(), args[0], func(h *house, id int64) (mandate.Draft, error) {
				return h.setDraft(c.Context(), id, s, c.Flags().Changed)
			})
		},
	}
	c.Flags().StringVar(&s.Place, "place", "", "of the conference; empty when it is not known")
	c.Flags().IntVar(&s.Year, "year", 0, "of the conference")
	c.Flags().StringVar(&s.Day, "day", "", "on which the text would stand, YYYY-MM-DD")
	c.Flags().StringVar(&s.Why, "why", "", "a reason, kept with the version")
	return c
}

func (h *house) setDraft(ctx context.Context, id int64, s mandate.DraftConference, given func(string) bool) (mandate.Draft, error) {
	r, err := h.mandate.Draft(ctx, resolute.Operator(), id)
	if err != nil {
		return mandate.Draft{}, err
	}
	s.Version = r.Draft.Version
	if !given("place") {
		s.Place = r.Draft.Place
	}
	if !given("year") {
		s.Year = r.Draft.Year
	}
	return h.mandate.SetDraft(ctx, resolute.Operator(), id, s)
}
