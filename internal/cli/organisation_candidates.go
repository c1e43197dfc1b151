package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/directory"
)

// candidateLine is one organisation of a candidate, with what it takes part in.
type candidateLine struct {
	Reason     string   `json:"reason"`
	Weak       bool     `json:"weak"` // by name alone
	Value      string   `json:"value"`
	ID         int64    `json:"id"`
	Ref        string   `json:"ref"`
	Name       string   `json:"name"`
	Names      []string `json:"names"`
	Activities int      `json:"activities"` // that count, in which it takes part
	Import     int64    `json:"import"`
}

var candidateColumns = []column[candidateLine]{
	{"reason", "REASON", func(c candidateLine) any { return c.Reason }},
	{"weak", "", func(c candidateLine) any { return c.Weak }},
	{"value", "SHARED", func(c candidateLine) any { return c.Value }},
	{"id", "NUMBER", func(c candidateLine) any { return c.ID }},
	{"ref", "REFERENCE", func(c candidateLine) any { return c.Ref }},
	{"name", "NAME", func(c candidateLine) any { return c.Name }},
	{"names", "", func(c candidateLine) any { return strings.Join(c.Names, "|") }},
	{"activities", "ACTIVITIES", func(c candidateLine) any { return c.Activities }},
	{"import", "", func(c candidateLine) any { return c.Import }},
}

func (a *app) organisationCandidatesCommand() *cobra.Command {
	reason := ""
	c := &cobra.Command{
		Use: "candidates", Short: "Organisations that may be one, with the reason and the activities of each", Args: cobra.NoArgs,
		Long: `Organisations that may be one, each with what they share and why that says something: same-identifier (written differently), old-list
(GB-1 and GB-GOV-1), missing-list (only the number), other-name (a further name of one is a name of another) and same-name. several-names is one
identifier under names that have no word in common: perhaps two organisations. What rests on names alone is weak. Nothing is merged by
itself; what was decided is left out.`,
		Example: "  resolute organisation candidates --format text\n  resolute organisation candidates --reason same-identifier --format csv",
		RunE: func(c *cobra.Command, _ []string) error {
			if err := a.wants(formats...); err != nil {
				return err
			}
			if reason != "" && !slices.Contains(directory.Reasons, reason) {
				return usage("%q is no reason: want %s", reason, strings.Join(directory.Reasons, ", "))
			}
			h, err := a.openExisting(c.Context())
			if err != nil {
				return err
			}
			list, err := h.candidates(c.Context(), reason)
			if err := closing(h, err); err != nil {
				return err
			}
			return printList(a, "json", "candidates", list, candidateColumns)
		},
	}
	c.Flags().StringVar(&reason, "reason", "", "only those of one reason: "+strings.Join(directory.Reasons, ", "))
	complete(c, "reason", directory.Reasons)
	return c
}

// candidates lists the organisations of all candidates of a reason; those of one follow each other.
func (h *house) candidates(ctx context.Context, reason string) ([]candidateLine, error) {
	found, err := h.directory.Candidates(ctx)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	partners, err := h.coverage.Partners(ctx, coverage.Filter{}, resolute.Period{})
	if err != nil {
		return nil, err
	}
	activities := make(map[int64]int, len(partners))
	for _, p := range partners {
		activities[p.ID] = p.Activities
	}
	kept, err := h.directory.Kept(ctx)
	if err != nil {
		return nil, err
	}
	var list []candidateLine
	for _, c := range found {
		if reason != "" && c.Reason != reason {
			continue
		}
		for _, o := range c.Organisations {
			counts := o.ID
			if into := kept.Into[o.ID]; into != 0 {
				counts = into
			}
			list = append(list, candidateLine{c.Reason, c.Weak, c.Value, o.ID, o.Ref, o.Name, c.Names, activities[counts], o.Import})
		}
	}
	return list, nil
}
