package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/mandate"
)

func (a *app) findCommand() *cobra.Command {
	var q mandate.ShelfQuery
	c := &cobra.Command{
		Use:   "find [WORDS...]",
		Short: "Find instruments by words, body, addressee, year or citation",
		Long: `Looks through the known instruments and the texts in force that the database holds. Each word must occur in title, number or
text; a key finds its instrument alone. An addressee is a code (sg, director-bdt, member-states) or words as printed. As JSON the
answer counts what was found by body, kind, addressee and year, each count leaving its own filter out; next continues the list.`,
		Example: `  resolute mandate find broadband
  resolute mandate find --addressee director-bdt --cites itu:wtdc/res/37 --format text
  resolute mandate find --body un:a --year 2021 --sort cited --limit 20`,
		RunE: func(c *cobra.Command, args []string) error {
			q.Text = strings.Join(args, " ")
			if q.Limit < 0 {
				return usage("--limit %d: want 0 or more", q.Limit)
			}
			return a.find(c.Context(), q)
		},
		Args: cobra.ArbitraryArgs,
	}
	flags := c.Flags()
	flags.StringVar(&q.Body, "body", "", "body that adopted it: itu:pp, itu:wtdc, un:a")
	flags.StringVar(&q.Kind, "kind", "", "resolution, decision, ...")
	flags.StringVar(&q.Year, "year", "", "of the text held, else of the newest known revision")
	flags.StringVar(&q.Addressee, "addressee", "", "whom its text in force speaks to")
	flags.StringVar(&q.Cites, "cites", "", "key of an instrument that its text in force cites")
	flags.StringVar(&q.CitedBy, "cited-by", "", "key of an instrument whose text in force cites it")
	flags.BoolVar(&q.Held, "held", false, "only those whose text is held")
	flags.StringVar(&q.Sort, "sort", "", "key (default), newest or cited")
	flags.StringVar(&q.Cursor, "after", "", "begin behind the page that gave this as next")
	flags.IntVar(&q.Limit, "limit", 100, "how many; 0: all")
	complete(c, "sort", mandate.ShelfSorts)
	return c
}

func (a *app) find(ctx context.Context, q mandate.ShelfQuery) error {
	h, err := a.openExisting(ctx)
	if err != nil {
		return err
	}
	q.Day = now().UTC().Format(time.DateOnly)
	list, err := h.mandate.Shelf(ctx, q)
	if err := closing(h, err); err != nil {
		return err
	}
	out := list.JSON(resolute.Lang(a.lang))
	if a.formatOr("json") == "json" {
		return printJSON(a.Out, out)
	}
	a.newProgress().note(foundLine(out))
	return printList(a, "json", "instruments", out.Instruments, instrumentColumns)
}

// foundLine says how many were found, and how to go on.
func foundLine(l mandate.ShelfListJSON) string {
	line := fmt.Sprintf("%s of %s.", grouped(l.Total), counted(l.Of, "known instrument"))
	if l.Next != "" {
		line += " Next: --after " + l.Next
	}
	return line
}

// instrumentColumns are those of one instrument of the shelf.
var instrumentColumns = []column[mandate.ShelvedJSON]{
	{"key", "KEY", func(i mandate.ShelvedJSON) any { return i.Key }},
	{"body", "", func(i mandate.ShelvedJSON) any { return i.Body }},
	{"kind", "KIND", func(i mandate.ShelvedJSON) any { return i.Kind }},
	{"number", "", func(i mandate.ShelvedJSON) any { return i.Number }},
	{"year", "YEAR", func(i mandate.ShelvedJSON) any { return i.Year }},
	{"in_force", "", func(i mandate.ShelvedJSON) any { return i.InForce }},
	{"texts_held", "TEXTS", func(i mandate.ShelvedJSON) any { return i.Held }},
	{"citing_provisions", "CITED", func(i mandate.ShelvedJSON) any { return i.Cited }},
	{"addressees", "", func(i mandate.ShelvedJSON) any { return strings.Join(i.Addressees, "|") }},
	{"title", "TITLE", func(i mandate.ShelvedJSON) any { return i.Title }},
}
