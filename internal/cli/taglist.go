package cli

import (
	"context"
	"slices"
	"time"

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
			if err := f.known(limit); err != nil {
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

// known refuses words that no tag can have.
func (f *tagFlags) known(limit int) error {
	switch {
	case !slices.Contains([]register.Basis{"", register.Stated, register.Derived, register.Set}, register.Basis(f.basis)):
		return usage("--basis %q: want stated, derived or set", f.basis)
	case !slices.Contains([]register.Review{"", register.Open, register.Confirmed, register.Refused}, register.Review(f.review)):
		return usage("--review %q: want open, confirmed or refused", f.review)
	case limit < 0:
		return usage("--limit %d: want 0 or more", limit)
	}
	return nil
}

func (a *app) tagList(ctx context.Context, f register.TagFilter) error {
	h, err := a.openExisting(ctx)
	if err != nil {
		return err
	}
	list, err := h.register.Tags(ctx, f)
	if err := closing(h, err); err != nil {
		return err
	}
	return printList(a, "json", "tags", list, tagColumns(resolute.Lang(a.lang)))
}

// tagColumns are those of a tag or mandate link; shares are percentages.
func tagColumns(lang resolute.Lang) []column[register.ListedTag] {
	return []column[register.ListedTag]{
		{"activity", "ACTIVITY", func(t register.ListedTag) any { return t.Key }},
		{"iati_identifier", "", func(t register.ListedTag) any { return t.Identifier }},
		{"reporter", "", func(t register.ListedTag) any { return t.Reporter }},
		{"transaction", "", func(t register.ListedTag) any { return t.Txn }},
		{"scheme", "SCHEME", func(t register.ListedTag) any { return t.Scheme }},
		{"code", "CODE", func(t register.ListedTag) any { return t.Code }},
		{"share", "", func(t register.ListedTag) any { return t.Share.String() }},
		{"basis", "BASIS", func(t register.ListedTag) any { return t.Basis }},
		{"review", "REVIEW", func(t register.ListedTag) any { return t.Review }},
		{"rule", "RULE", func(t register.ListedTag) any { return t.Rule }},
		{"reason", "REASON", func(t register.ListedTag) any { return t.Reason }},
		{"title", "TITLE", func(t register.ListedTag) any { title, _ := t.Title.In(lang); return title }},
	}
}

// decisionColumns are those of what people decided.
var decisionColumns = []column[register.Decision]{
	{"id", "NUMBER", func(d register.Decision) any { return d.ID }},
	{"verdict", "VERDICT", func(d register.Decision) any { return d.Verdict }},
	{"activity", "ACTIVITY", func(d register.Decision) any { return d.Key }},
	{"scheme", "SCHEME", func(d register.Decision) any { return d.Scheme }},
	{"code", "CODE", func(d register.Decision) any { return d.Code }},
	{"rule", "RULE", func(d register.Decision) any { return d.Rule }},
	{"reporter", "REPORTER", func(d register.Decision) any { return d.Reporter }},
	{"country", "COUNTRY", func(d register.Decision) any { return d.Country }},
	{"share", "", func(d register.Decision) any { return d.Share.String() }},
	{"reason", "REASON", func(d register.Decision) any { return d.Reason }},
	{"actor", "", func(d register.Decision) any { return d.Actor }},
	{"at", "", func(d register.Decision) any { return time.UnixMilli(d.At).UTC().Format(time.RFC3339) }},
}
