package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/register"
)

func (a *app) tagListCommand() *cobra.Command {
	var f tagFlags
	var after string
	var limit int
	c := &cobra.Command{
		Use:     "list",
		Short:   "List tags and links with their basis and review",
		Example: "  resolute tag list --review open --scheme wsis-action-line\n  resolute tag list --rule dac:22020 --format text",
		RunE: func(c *cobra.Command, _ []string) error {
			if err := f.settle(); err != nil {
				return err
			}
			return a.tagList(c.Context(), register.TagFilter{Reach: f.Reach, Basis: register.Basis(f.basis), Review: register.Review(f.review), After: after, Limit: limit})
		},
	}
	f.bind(c)
	flags := c.Flags()
	flags.StringVar(&f.basis, "basis", "", "stated, derived or set")
	flags.StringVar(&f.review, "review", "", "open, confirmed or refused")
	flags.StringVar(&after, "after", "", "begin behind this activity")
	flags.IntVar(&limit, "limit", 1000, "about how many; 0: all")
	return c
}

func (a *app) tagList(ctx context.Context, f register.TagFilter) error {
	h, err := a.openHouse(ctx)
	if err != nil {
		return err
	}
	list, err := h.register.Tags(ctx, f)
	if err := closing(h, err); err != nil {
		return err
	}
	if list == nil {
		list = []register.ListedTag{}
	}
	if a.formatOr("json") != "text" {
		return printList(a, "tags", list)
	}
	return printTable(a.Out, func(line func(...any)) {
		line("ACTIVITY", "SCHEME", "CODE", "BASIS", "REVIEW", "RULE", "REASON", "TITLE")
		for _, t := range list {
			title, _ := t.Title.In(resolute.Lang(a.lang))
			line(t.Key, t.Scheme, t.Code, t.Basis, t.Review, t.Rule, t.Reason, strings.Join(strings.Fields(title), " "))
		}
	})
}
