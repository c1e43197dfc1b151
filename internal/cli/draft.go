package cli

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/mandate"
	"resolute/internal/report/resolution"
)

func (a *app) draftCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "draft",
		Short: "Draft a further revision of a text that is held",
		Long: `A draft begins as the text of a revision, sign for sign, is changed line by line, and leaves as a proposal with tracked changes. Every
deed is a version. A draft is no revision: nothing hangs on it, and no page shows it but to the operator.`,
	}
	c.AddCommand(a.draftBeginCommand(), a.draftListCommand(), a.draftShowCommand(), a.draftEditCommand(), a.draftSetCommand(), a.draftRestoreCommand(), a.draftExportCommand())
	return c
}

func (a *app) draftBeginCommand() *cobra.Command {
	var n mandate.NewDraft
	c := &cobra.Command{
		Use: "begin KEY", Short: "Begin a draft from the text in force, or from an edition behind @", Args: cobra.ExactArgs(1),
		Example: "  resolute mandate draft begin itu:wtdc/res/30@2022 --place Baku --year 2025\n  resolute mandate draft begin itu:pp/res/140 --year 2026 --why \"for our group\"",
		RunE: func(c *cobra.Command, args []string) error {
			h, err := a.openExisting(c.Context())
			if err != nil {
				return err
			}
			instrument, edition, _ := strings.Cut(args[0], "@")
			d, err := h.beginDraft(c.Context(), n, textExport{instrument: instrument, edition: edition})
			if err := closing(h, err); err != nil {
				return err
			}
			return printList(a, "text", "drafts", []mandate.Draft{d}, draftColumns)
		},
	}
	c.Flags().StringVar(&n.Place, "place", "", "of the conference; empty: not known yet")
	c.Flags().IntVar(&n.Year, "year", 0, "of the conference")
	c.Flags().StringVar(&n.Day, "day", "", "on which the text would stand, YYYY-MM-DD; empty: the last of the conference where it is known, else of the year")
	c.Flags().StringVar(&n.Why, "why", "", "a reason, kept with the draft")
	return c
}

func (h *house) beginDraft(ctx context.Context, n mandate.NewDraft, from textExport) (mandate.Draft, error) {
	base, err := h.reading(ctx, from)
	if err != nil {
		return mandate.Draft{}, err
	}
	n.Instrument, n.Revision = base.Instrument, base.ID
	d, err := h.mandate.BeginDraft(ctx, resolute.Operator(), n)
	d.Lines = nil
	return d, err
}

// draftColumns are those of a draft.
var draftColumns = []column[mandate.Draft]{
	{"id", "NUMBER", func(d mandate.Draft) any { return d.ID }},
	{"instrument", "INSTRUMENT", func(d mandate.Draft) any { return d.Instrument }},
	{"label", "FOR", func(d mandate.Draft) any { return d.Label() }},
	{"day", "DAY", func(d mandate.Draft) any { return d.Day }},
	{"base", "BASE", func(d mandate.Draft) any { return d.Base }},
	{"state", "STATE", func(d mandate.Draft) any { return d.State }},
	{"version", "VERSION", func(d mandate.Draft) any { return d.Version }},
	{"owner", "", func(d mandate.Draft) any { return d.Owner }},
	{"at", "", func(d mandate.Draft) any { return time.UnixMilli(d.At).UTC().Format(time.RFC3339) }},
}

func (a *app) draftListCommand() *cobra.Command {
	return &cobra.Command{
		Use: "list [KEY]", Short: "The drafts, newest first", Args: cobra.MaximumNArgs(1),
		Example: "  resolute mandate draft list\n  resolute mandate draft list itu:wtdc/res/30 --format json",
		RunE: func(c *cobra.Command, args []string) error {
			h, err := a.openExisting(c.Context())
			if err != nil {
				return err
			}
			list, err := h.mandate.Drafts(c.Context(), resolute.Operator(), strings.Join(args, ""))
			if err := closing(h, err); err != nil {
				return err
			}
			return printList(a, "text", "drafts", list, draftColumns)
		},
	}
}

// draftRow is one line of a draft as it is listed.
type draftRow struct {
	mandate.DraftLine
	Proposal string `json:"proposal"` // MOD, ADD, SUP, NOC; of provisions
	Findings int    `json:"findings"`
}

var draftRowColumns = []column[draftRow]{
	{"key", "LINE", func(r draftRow) any { return r.Key }},
	{"kind", "KIND", func(r draftRow) any { return r.Kind }},
	{"proposal", "MARK", func(r draftRow) any { return r.Proposal }},
	{"findings", "FINDINGS", func(r draftRow) any { return r.Findings }},
	{"mark", "NO", func(r draftRow) any { return r.Mark }},
	{"text", "TEXT", func(r draftRow) any { return r.Words() }},
}

func (a *app) draftShowCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show NUMBER", Short: "The lines of a draft with their names, and what became of each", Args: cobra.ExactArgs(1),
		Example: "  resolute mandate draft show 1\n  resolute mandate draft show 1 --format csv",
		RunE: func(c *cobra.Command, args []string) error {
			r, err := a.draft(c.Context(), args[0])
			if err != nil {
				return err
			}
			return printList(a, "text", "lines", draftRows(r), draftRowColumns)
		},
	}
}

// draft reads a draft by its number.
func (a *app) draft(ctx context.Context, arg string) (*mandate.DraftReading, error) {
	id, err := number(arg)
	if err != nil {
		return nil, err
	}
	h, err := a.openExisting(ctx)
	if err != nil {
		return nil, err
	}
	r, err := h.mandate.Draft(ctx, resolute.Operator(), id)
	return r, closing(h, err)
}

func draftRows(r *mandate.DraftReading) []draftRow {
	marks := map[string]string{}
	for _, c := range r.Changes {
		if w := c.New; w != nil {
			marks[w.Path] = mandate.ProposalMark(c)
		} else {
			marks[c.Old.Path] = mandate.ProposalMark(c)
		}
	}
	var list []draftRow
	for _, l := range r.Draft.Lines {
		list = append(list, draftRow{l, marks[l.Key], len(r.FindingsOf(l.Key))})
	}
	return list
}

func (a *app) draftEditCommand() *cobra.Command {
	var e mandate.DraftEdit
	c := &cobra.Command{
		Use: "edit NUMBER DEED [LINE]", Short: "Do one deed on a draft", Args: cobra.RangeArgs(2, 3),
		Long: "The deeds: " + strings.Join(mandate.DraftVerbs, ", ") + `. LINE is a name that show lists. Numbers follow by themselves unless --mark says one. With --version the deed is
refused when another version stands than the one it was made on.`,
		Example: "  resolute mandate draft edit 1 text resolves_3 --text \"to report each year;\"\n  resolute mandate draft edit 1 after resolves_3 --text \"to publish the figures;\"\n  resolute mandate draft edit 1 conference",
		RunE: func(c *cobra.Command, args []string) error {
			e.Verb = args[1]
			if len(args) > 2 {
				e.Key = args[2]
			}
			return a.changeDraft(c.Context(), args[0], func(h *house, id int64) (mandate.Draft, error) { return h.editDraft(c.Context(), id, e) })
		},
	}
	c.Flags().StringVar(&e.Text, "text", "", "the words")
	c.Flags().StringVar(&e.Mark, "mark", "", "a number or letter of your own")
	c.Flags().StringVar(&e.Why, "why", "", "a reason, kept with the version")
	c.Flags().Int64Var(&e.Version, "version", 0, "the version that the deed was made on; 0: the one that stands")
	return c
}

func (h *house) editDraft(ctx context.Context, id int64, e mandate.DraftEdit) (mandate.Draft, error) {
	if e.Version == 0 {
		r, err := h.mandate.Draft(ctx, resolute.Operator(), id)
		if err != nil {
			return mandate.Draft{}, err
		}
		e.Version = r.Draft.Version
	}
	return h.mandate.EditDraft(ctx, resolute.Operator(), id, e)
}

// changeDraft does a deed and lists the draft as it stands then.
func (a *app) changeDraft(ctx context.Context, arg string, deed func(*house, int64) (mandate.Draft, error)) error {
	id, err := number(arg)
	if err != nil {
		return err
	}
	h, err := a.openExisting(ctx)
	if err != nil {
		return err
	}
	d, err := deed(h, id)
	if err := closing(h, err); err != nil {
		return err
	}
	d.Lines = nil
	return printList(a, "text", "drafts", []mandate.Draft{d}, draftColumns)
}

func (a *app) draftRestoreCommand() *cobra.Command {
	var why string
	c := &cobra.Command{
		Use: "restore NUMBER VERSION", Short: "Let an earlier version stand again: that undoes what came after it", Args: cobra.ExactArgs(2),
		Example: "  resolute mandate draft restore 1 4",
		RunE: func(c *cobra.Command, args []string) error {
			version, err := strconv.ParseInt(args[1], 10, 64)
			if err != nil {
				return usage("VERSION %q: want a number", args[1])
			}
			return a.changeDraft(c.Context(), args[0], func(h *house, id int64) (mandate.Draft, error) {
				return h.mandate.RestoreDraft(c.Context(), resolute.Operator(), id, version, why)
			})
		},
	}
	c.Flags().StringVar(&why, "why", "", "a reason, kept with the version")
	return c
}

// draftFormats are the formats of a proposal.
var draftFormats = []string{"docx", "html", "text"}

func (a *app) draftExportCommand() *cobra.Command {
	var to, out, author string
	c := &cobra.Command{
		Use: "export NUMBER", Short: "The proposal: DOCX with tracked changes, a page that shows them, or the text as it would stand", Args: cobra.ExactArgs(1),
		Long: `All changes rejected, the document is the text that the draft was begun from; all accepted, the draft under the mark MOD. A draft without
changes bears neither.`,
		Example: "  resolute mandate draft export 1 --out proposal.docx\n  resolute mandate draft export 1 --to text",
		RunE: func(c *cobra.Command, args []string) error {
			r, err := a.draft(c.Context(), args[0])
			if err != nil {
				return err
			}
			switch to {
			case "docx":
				by := resolution.Author{Name: author, Day: time.UnixMilli(r.Draft.At).UTC().Format(time.DateOnly)}
				return a.writeTo(out, func(w io.Writer) error { return resolution.Redline(w, r.Base, r.New, by, wordsIn(c)) })
			case "html":
				return a.writeTo(out, func(w io.Writer) error { return resolution.RedlineHTML(w, r.Base, r.New, wordsIn(c)) })
			case "text":
				return a.writeTo(out, func(w io.Writer) error {
					_, err := io.WriteString(w, r.New.Body)
					return err
				})
			}
			return usage("--to %q: want %s", to, strings.Join(draftFormats, " or "))
		},
	}
	c.Flags().StringVar(&to, "to", "docx", strings.Join(draftFormats, ", "))
	complete(c, "to", draftFormats)
	c.Flags().StringVar(&out, "out", "-", "file to write; - is standard output")
	c.Flags().StringVar(&author, "author", "", "name that the tracked changes bear")
	return c
}
