package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"resolute/internal/directory"
)

func (a *app) organisationCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "organisation",
		Short: "Say which organisations are one, and by what they are shown",
		Long: `An organisation is known by its reference, else by its name, and nothing is matched by name alone. A person says which are one:
figures, lists, filters and pages follow at once. A decision needs a reason, holds through every import, and can be undone without a
trace in the figures. An organisation is named by its number, its key (ref:GB-COH-1, name:village council), or its reference.`,
	}
	c.AddCommand(a.organisationListCommand(), a.organisationShowCommand(), a.organisationCandidatesCommand(), a.organisationMergeCommand(), a.organisationSplitCommand(), a.organisationDetachCommand(), a.organisationDismissCommand(), a.organisationPreferCommand(), a.organisationUndoCommand())
	return c
}

// listedOrganisation is one line of the list.
type listedOrganisation struct {
	directory.Organisation
	Scheme string `json:"scheme"`
	Into   int64  `json:"into"` // that it counts as; 0: itself
}

var organisationColumns = []column[listedOrganisation]{
	{"id", "NUMBER", func(o listedOrganisation) any { return o.ID }},
	{"key", "", func(o listedOrganisation) any { return o.Key }},
	{"ref", "REFERENCE", func(o listedOrganisation) any { return o.Ref }},
	{"scheme", "LIST", func(o listedOrganisation) any { return o.Scheme }},
	{"name", "NAME", func(o listedOrganisation) any { return o.Name }},
	{"type", "TYPE", func(o listedOrganisation) any { return o.Type }},
	{"into", "INTO", func(o listedOrganisation) any { return numberOrNone(o.Into) }},
	{"import", "", func(o listedOrganisation) any { return o.Import }},
}

func numberOrNone(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func (a *app) organisationListCommand() *cobra.Command {
	merged := false
	c := &cobra.Command{
		Use: "list", Short: "Every organisation that an import named, as it is shown, with the one that it was merged into", Args: cobra.NoArgs,
		Example: "  resolute organisation list --format csv\n  resolute organisation list --merged --format text",
		RunE: func(c *cobra.Command, _ []string) error {
			if err := a.wants(formats...); err != nil {
				return err
			}
			h, err := a.openExisting(c.Context())
			if err != nil {
				return err
			}
			list, err := h.organisations(c.Context(), merged)
			if err := closing(h, err); err != nil {
				return err
			}
			return printList(a, "json", "organisations", list, organisationColumns)
		},
	}
	c.Flags().BoolVar(&merged, "merged", false, "only those that were merged into another")
	return c
}

func (h *house) organisations(ctx context.Context, merged bool) ([]listedOrganisation, error) {
	all, err := h.directory.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	kept, err := h.directory.Kept(ctx)
	if err != nil {
		return nil, err
	}
	var list []listedOrganisation
	for _, o := range all {
		if shown, decided := kept.Shown[o.ID]; decided {
			o = shown
		}
		if into := kept.Into[o.ID]; into != 0 || !merged {
			list = append(list, listedOrganisation{o, directory.Schemed(o.Ref).Scheme, into})
		}
	}
	return list, nil
}

func (a *app) organisationShowCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show ORGANISATION", Short: "One organisation with its identifiers, its names, and what was decided", Args: cobra.ExactArgs(1),
		Example: "  resolute organisation show XM-DAC-41304 --format text",
		RunE: func(c *cobra.Command, args []string) error {
			if err := a.wants("json", "text"); err != nil {
				return err
			}
			h, err := a.openExisting(c.Context())
			if err != nil {
				return err
			}
			w, err := h.whole(c.Context(), args[0])
			if err := closing(h, err); err != nil {
				return err
			}
			if a.formatOr("json") == "json" {
				return printJSON(a.Out, w)
			}
			return a.printWhole(w)
		},
	}
}

func (h *house) whole(ctx context.Context, named string) (directory.Whole, error) {
	o, err := h.directory.Named(ctx, named)
	if err != nil {
		return directory.Whole{}, err
	}
	return h.directory.Whole(ctx, o.ID)
}

func (a *app) printWhole(w directory.Whole) error {
	if err := printText(a.Out, "%d %s\n", w.ID, first(w.Name, w.Ref)); err != nil {
		return err
	}
	for _, i := range w.Identifiers {
		note := ""
		if i.Preferred {
			note = ", preferred"
		}
		if i.Withdrawn {
			note += ", of a list that was withdrawn"
		}
		if err := printText(a.Out, "identifier %s (%s), import %d%s\n", i.Ref, first(first(i.List, i.Scheme), "no list"), i.Import, note); err != nil {
			return err
		}
	}
	for _, n := range w.Names {
		if err := printText(a.Out, "name %q (%s), given to %s by import %d\n", n.Text, first(string(n.Lang), "language not known"), n.Key, n.Import); err != nil {
			return err
		}
	}
	for _, d := range w.Decisions {
		if err := printText(a.Out, "%s\n", decidedLine(d)); err != nil {
			return err
		}
	}
	return nil
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// decidedLine is a decision in one line.
func decidedLine(d directory.Decision) string {
	line := fmt.Sprintf("decision %d: %s", d.ID, d.Verb)
	switch d.Verb {
	case directory.MergeVerb:
		line += fmt.Sprintf(" %s into %s", d.Key, d.Other)
	case directory.SplitVerb:
		line += fmt.Sprintf(" %s from %s", d.Key, d.Other)
	case directory.DismissVerb:
		line += strings.TrimRight(fmt.Sprintf(" %s %s", d.Key, d.Other), " ")
	default:
		if d.Other != "" {
			line += " " + d.Other
		}
		if d.Name != "" {
			line += fmt.Sprintf(" %q", d.Name)
		}
		line += " for " + d.Key
	}
	line += fmt.Sprintf(", %s on %s: %s", d.Actor, dayAt(d.At), d.Reason)
	if !d.Stands() {
		line += fmt.Sprintf(" (undone by %s on %s: %s)", d.UndoActor, dayAt(d.UndoAt), d.UndoReason)
	}
	return line
}
