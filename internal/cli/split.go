package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"resolute/internal/mandate/redline"
)

func (a *app) splitCommand() *cobra.Command {
	explain := false
	c := &cobra.Command{
		Use:   "split FILE",
		Short: "Take apart a text that mixes two revisions: before, after and what changed",
		Long: `For a redline whose tracked changes were saved as plain text, so that struck and inserted words stand side by side. Each span
has its kind, certainty and reason; below 0.9 a person should decide, and the other reading is told. A pure insertion leaves no
trace in such a text, so the changes are at least these. As text: [-struck-] {+inserted+} [=mark in the margin=] [?to look at?];
a doubtful span ends in its certainty. A text that shows no two revisions gives no span.`,
		Example: "  resolute mandate split draft.txt\n  resolute mandate split --format text draft.txt\n  resolute mandate split --explain draft.txt",
		Args:    cobra.ExactArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return a.split(args[0], explain) },
	}
	c.Flags().BoolVar(&explain, "explain", false, "tell for each span its rule, the reason and the other reading, as text")
	return c
}

func (a *app) split(path string, explain bool) error {
	if err := a.wants("json", "text"); err != nil {
		return err
	}
	text, err := a.readText(path)
	if err != nil {
		return err
	}
	p := redline.Split(text)
	switch {
	case explain && a.formatOr("text") == "text":
		return printExplained(a.Out, p)
	case a.formatOr("json") == "text":
		return printRedline(a.Out, text, p)
	}
	return printJSON(a.Out, p)
}

// redlineMarks are the signs around a span in plain text.
var redlineMarks = map[redline.Kind][2]string{
	redline.Deleted: {"[-", "-]"}, redline.Inserted: {"{+", "+}"}, redline.Mark: {"[=", "=]"}, redline.Doubtful: {"[?", "?]"},
}

// printRedline writes the text with its spans, then the marks of lists that were put back.
func printRedline(w io.Writer, text string, p redline.Proposal) error {
	var b strings.Builder
	for _, l := range redline.Lines(text, p.Spans) {
		for _, piece := range l.Pieces {
			if piece.Span == nil {
				b.WriteString(piece.Text)
				continue
			}
			marks := redlineMarks[piece.Span.Kind]
			b.WriteString(marks[0] + piece.Text + marks[1])
			if !piece.Span.Sure() {
				fmt.Fprintf(&b, "(%.2g)", piece.Span.Certainty)
			}
		}
		b.WriteString("\n")
	}
	for _, l := range p.Restored {
		fmt.Fprintf(&b, "line %d, %s: %q stands for %q\n", l.Line, l.Side, l.Written, l.Printed)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// printExplained writes for each span what speaks for it, and the other reading.
func printExplained(w io.Writer, p redline.Proposal) error {
	examples := map[string]string{}
	for _, r := range redline.Rules() {
		examples[r.Name] = r.Example
	}
	for _, s := range p.Spans {
		marks := redlineMarks[s.Kind]
		if err := printText(w, "%s %s%s%s\n  %s, %.2g, rule %s: %s\n  or else: %s (example: %s)\n", s.ID(), marks[0], s.Text, marks[1], s.Kind, s.Certainty, s.Rule, s.Reason, s.Other, examples[s.Rule]); err != nil {
			return err
		}
	}
	return printText(w, "%d spans\n", len(p.Spans))
}
