package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"resolute/internal/mandate"
)

func (a *app) graphCommand() *cobra.Command {
	var q mandate.GraphQuery
	c := &cobra.Command{
		Use:   "graph",
		Short: "Tell who cites whom in the texts in force",
		Long: `Each row is an instrument whose text in force cites another one, the most citations first; with --by provision each citation, by
the provision that cites, with the edition that it names. A citation stands on a day as one of: in-force (of the newest edition
known), older (a newer one stood), followed (another instrument has taken its place), unnamed (it names no edition), unknown.
As JSON the answer counts citations by body and standing, each count leaving its own filter out; next continues the list.
--format dot draws the rows as a graph for Graphviz.`,
		Example: `  resolute mandate graph --instrument itu:wtdc/res/30 --format text
  resolute mandate graph --by provision --standing older --body itu:pp
  resolute mandate graph --cites un:a/res/70/125 --limit 0 --format dot > citing.dot`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if q.Limit < 0 {
				return usage("--limit %d: want 0 or more", q.Limit)
			}
			return a.graph(c.Context(), q)
		},
		Annotations: map[string]string{alsoFormat: "dot"},
	}
	flags := c.Flags()
	flags.StringVar(&q.Instrument, "instrument", "", "key of an instrument that cites or is cited")
	flags.StringVar(&q.From, "cited-by", "", "key of the instrument that cites")
	flags.StringVar(&q.To, "cites", "", "key of the instrument that is cited")
	flags.StringVar(&q.Body, "body", "", "body of what cites: itu:pp, un:a")
	flags.StringVar(&q.CitedBody, "cited-body", "", "body of what is cited")
	flags.StringVar(&q.Standing, "standing", "", "how the cited edition stands: in-force, older, followed, unnamed or unknown")
	flags.StringVar(&q.Day, "as-of", "", "day on which standing is judged, YYYY-MM-DD (default: today)")
	flags.StringVar(&q.By, "by", "", "rows: instrument (default) or provision")
	flags.StringVar(&q.Cursor, "after", "", "begin behind the page that gave this as next")
	flags.IntVar(&q.Limit, "limit", 100, "how many rows; 0: all")
	complete(c, "by", mandate.GraphRows)
	complete(c, "standing", mandate.Standings)
	return c
}

func (a *app) graph(ctx context.Context, q mandate.GraphQuery) error {
	var err error
	if q.Day, err = dayOr(q.Day, now().UTC().Format(time.DateOnly)); err != nil {
		return err
	}
	h, err := a.openExisting(ctx)
	if err != nil {
		return err
	}
	g, err := h.mandate.Graph(ctx, q)
	if err := closing(h, err); err != nil {
		return err
	}
	switch a.formatOr("json") {
	case "json":
		return printJSON(a.Out, g)
	case "dot":
		return a.dot(g)
	}
	a.newProgress().note(graphLine(g))
	if q.By == mandate.ByCitation {
		return printList(a, "json", "edges", g.Edges, edgeColumns)
	}
	return printList(a, "json", "pairs", g.Pairs, pairColumns)
}

// dayOr reads a day; an empty one is the other.
func dayOr(day, otherwise string) (string, error) {
	switch day {
	case "":
		return otherwise, nil
	case "today":
		return now().UTC().Format(time.DateOnly), nil
	}
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return "", usage("--as-of %q: want a day, YYYY-MM-DD, or today", day)
	}
	return day, nil
}

// graphLine says how many cite whom, and how to go on.
func graphLine(g mandate.Graph) string {
	line := fmt.Sprintf("%s of %s: %s cited by %s.", grouped(g.Citations), counted(g.Of, "citation"), counted(g.Cited, "instrument"), grouped(g.Citing))
	if g.Next != "" {
		line += " Next: --after " + g.Next
	}
	return line
}

// dot writes who cites whom for Graphviz: a dashed line where an older edition is cited.
func (a *app) dot(g mandate.Graph) error {
	pairs := g.Pairs
	for _, e := range g.Edges {
		p := mandate.CitingPair{From: e.From, To: e.To, Citations: 1}
		if e.Standing == mandate.StandsOlder {
			p.Older = 1
		}
		pairs = append(pairs, p)
	}
	if err := printText(a.Out, "digraph citing {\n  rankdir=LR;\n  node [shape=box];\n"); err != nil {
		return err
	}
	for _, p := range pairs {
		style := ""
		if p.Older > 0 {
			style = ", style=dashed"
		}
		if err := printText(a.Out, "  %q -> %q [label=\"%d\"%s];\n", p.From, p.To, p.Citations, style); err != nil {
			return err
		}
	}
	return printText(a.Out, "}\n")
}

var pairColumns = []column[mandate.CitingPair]{
	{"from", "FROM", func(p mandate.CitingPair) any { return p.From }},
	{"to", "TO", func(p mandate.CitingPair) any { return p.To }},
	{"provisions", "PROVISIONS", func(p mandate.CitingPair) any { return p.Provisions }},
	{"citations", "CITATIONS", func(p mandate.CitingPair) any { return p.Citations }},
	{"older", "OLDER", func(p mandate.CitingPair) any { return p.Older }},
	{"held", "HELD", func(p mandate.CitingPair) any { return p.Held }},
}

var edgeColumns = []column[mandate.Edge]{
	{"from", "", func(e mandate.Edge) any { return e.From }},
	{"from_label", "", func(e mandate.Edge) any { return e.FromLabel }},
	{"from_day", "", func(e mandate.Edge) any { return e.FromDay }},
	{"thread", "PROVISION", func(e mandate.Edge) any { return e.Thread }},
	{"path", "", func(e mandate.Edge) any { return e.Path }},
	{"to", "", func(e mandate.Edge) any { return e.To }},
	{"id", "CITES", func(e mandate.Edge) any { return e.ID }},
	{"edition", "", func(e mandate.Edge) any { return e.Edition }},
	{"part", "", func(e mandate.Edge) any { return e.Part }},
	{"held", "HELD", func(e mandate.Edge) any { return e.Held }},
	{"newest", "NEWEST", func(e mandate.Edge) any { return e.Newest }},
	{"newest_recalled", "", func(e mandate.Edge) any { return e.Recalled }},
	{"standing", "STANDING", func(e mandate.Edge) any { return e.Standing }},
	{"standing_then", "THEN", func(e mandate.Edge) any { return e.Then }},
}
