package cli

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/directory"
)

// organisationVerb runs one verb about the organisations that are named, by their keys.
func (a *app) organisationVerb(ctx context.Context, named []string, do func(d *directory.Directory, keys []string) (directory.Decision, error)) error {
	made, err := a.decidedAbout(ctx, named, func(d *directory.Directory, keys []string) ([]directory.Decision, error) {
		one, err := do(d, keys)
		return []directory.Decision{one}, err
	})
	if err != nil {
		return err
	}
	return printOne(a, "json", map[string]any{"decision": made[0]}, decidedLine(made[0]))
}

// organisationVerbs is organisationVerb for one that makes several decisions.
func (a *app) organisationVerbs(ctx context.Context, named []string, do func(d *directory.Directory, keys []string) ([]directory.Decision, error)) error {
	made, err := a.decidedAbout(ctx, named, do)
	if err != nil {
		return err
	}
	lines := make([]string, len(made))
	for i, d := range made {
		lines[i] = decidedLine(d)
	}
	return printOne(a, "json", map[string]any{"decisions": made}, strings.Join(lines, "\n"))
}

func (a *app) decidedAbout(ctx context.Context, named []string, do func(d *directory.Directory, keys []string) ([]directory.Decision, error)) ([]directory.Decision, error) {
	if err := a.wants("json", "text"); err != nil {
		return nil, err
	}
	h, err := a.openExisting(ctx)
	if err != nil {
		return nil, err
	}
	made, err := h.decidedAbout(ctx, named, do)
	return made, closing(h, err)
}

func (h *house) decidedAbout(ctx context.Context, named []string, do func(d *directory.Directory, keys []string) ([]directory.Decision, error)) ([]directory.Decision, error) {
	keys := make([]string, len(named))
	for i, name := range named {
		if name == "" {
			continue
		}
		o, err := h.directory.Named(ctx, name)
		if err != nil {
			return nil, err
		}
		keys[i] = o.Key
	}
	return do(h.directory, keys)
}

func withReason(c *cobra.Command, reason *string) *cobra.Command {
	c.Flags().StringVar(reason, "reason", "", "why (required)")
	return c
}

func (a *app) organisationMergeCommand() *cobra.Command {
	into, reason := "", ""
	c := &cobra.Command{
		Use: "merge ORGANISATION --into ORGANISATION", Short: "Say that an organisation is another one, and count what it takes part in there", Args: cobra.ExactArgs(1),
		Example: "  resolute organisation merge 41304 --into XM-DAC-41304 --reason \"the same agency, written without its list\"",
		RunE: func(c *cobra.Command, args []string) error {
			if into == "" {
				return usage("name the organisation that stays: --into")
			}
			return a.organisationVerb(c.Context(), []string{into, args[0]}, func(d *directory.Directory, keys []string) (directory.Decision, error) {
				return d.Merge(c.Context(), resolute.Operator(), keys[0], keys[1], reason)
			})
		},
	}
	c.Flags().StringVar(&into, "into", "", "the organisation that stays (required)")
	return withReason(c, &reason)
}

func (a *app) organisationSplitCommand() *cobra.Command {
	from, name, reason := "", "", ""
	c := &cobra.Command{
		Use: "split ORGANISATION", Short: "Say that an organisation is not the one that it was merged into, or not another that it looks like", Args: cobra.ExactArgs(1),
		Long: `Say that an organisation is not the one that it was merged into, or not another that it looks like. With --name it is one reference that
stands for two: what data calls by that name under the reference is an organisation of its own from then on, without the reference, in all figures.`,
		Example: "  resolute organisation split 12 --reason \"a branch of its own\"\n  resolute organisation split 12 --from 40 --reason \"two ministries of one name\"\n  resolute organisation split XX-1 --name \"Water board\" --reason \"two bodies use one number\"",
		RunE: func(c *cobra.Command, args []string) error {
			if from != "" && name != "" {
				return usage("split it from another organisation, or a name from it: --from or --name, not both")
			}
			if name != "" {
				return a.organisationVerb(c.Context(), args, func(d *directory.Directory, keys []string) (directory.Decision, error) {
					return d.SplitName(c.Context(), resolute.Operator(), keys[0], name, reason)
				})
			}
			return a.organisationVerb(c.Context(), []string{args[0], from}, func(d *directory.Directory, keys []string) (directory.Decision, error) {
				return d.Split(c.Context(), resolute.Operator(), keys[0], keys[1], reason)
			})
		},
	}
	c.Flags().StringVar(&from, "from", "", "the organisation that it is not; else the one that it was merged into")
	c.Flags().StringVar(&name, "name", "", "the name that is another organisation under the same reference")
	return withReason(c, &reason)
}

func (a *app) organisationDetachCommand() *cobra.Command {
	reason := ""
	c := &cobra.Command{
		Use: "detach ORGANISATION", Short: "Say that an organisation is none of those that it is one with; the others stay one", Args: cobra.ExactArgs(1),
		Example: "  resolute organisation detach XM-DAC-41304 --reason \"an agency of its own\"",
		RunE: func(c *cobra.Command, args []string) error {
			return a.organisationVerbs(c.Context(), args, func(d *directory.Directory, keys []string) ([]directory.Decision, error) {
				return d.Detach(c.Context(), resolute.Operator(), keys[0], reason)
			})
		},
	}
	return withReason(c, &reason)
}

func (a *app) organisationDismissCommand() *cobra.Command {
	reason := ""
	c := &cobra.Command{
		Use: "dismiss ORGANISATION...", Short: "Say that organisations which look like one are not one, or that all names of a single one are its own", Args: cobra.MinimumNArgs(1),
		Long: `Say that organisations which look like one are not one. They are no candidate any more, until another organisation joins them or the decision
is undone. Of a single organisation it says that all names which it was given are its own.`,
		Example: "  resolute organisation dismiss 12 40 --reason \"two ministries of one name\"",
		RunE: func(c *cobra.Command, args []string) error {
			return a.organisationVerb(c.Context(), args, func(d *directory.Directory, keys []string) (directory.Decision, error) {
				return d.Dismiss(c.Context(), resolute.Operator(), keys, reason)
			})
		},
	}
	return withReason(c, &reason)
}

func (a *app) organisationPreferCommand() *cobra.Command {
	identifier, name, reason := "", "", ""
	c := &cobra.Command{
		Use: "prefer ORGANISATION", Short: "Say by which of its identifiers or names an organisation is shown", Args: cobra.ExactArgs(1),
		Example: "  resolute organisation prefer 12 --identifier XM-DAC-41304 --reason \"the list of the OECD is kept up\"",
		RunE: func(c *cobra.Command, args []string) error {
			return a.organisationVerb(c.Context(), []string{args[0], identifier}, func(d *directory.Directory, keys []string) (directory.Decision, error) {
				return d.Prefer(c.Context(), resolute.Operator(), directory.Preference{Key: keys[0], Identifier: keys[1], Name: name}, reason)
			})
		},
	}
	c.Flags().StringVar(&identifier, "identifier", "", "reference of one that was merged into it, or its own")
	c.Flags().StringVar(&name, "name", "", "a name that an import gave it")
	return withReason(c, &reason)
}

func (a *app) organisationUndoCommand() *cobra.Command {
	reason := ""
	c := &cobra.Command{
		Use: "undo NUMBER", Short: "Take a decision about organisations back", Args: cobra.ExactArgs(1),
		Example: "  resolute organisation undo 3 --reason \"two agencies after all\"",
		RunE: func(c *cobra.Command, args []string) error {
			id, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return usage("%q is no number of a decision: resolute organisation show shows them", args[0])
			}
			return a.organisationVerb(c.Context(), nil, func(d *directory.Directory, _ []string) (directory.Decision, error) {
				return d.Undo(c.Context(), resolute.Operator(), id, reason)
			})
		},
	}
	return withReason(c, &reason)
}
