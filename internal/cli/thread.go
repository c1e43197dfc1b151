package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/mandate"
)

func (a *app) threadCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "thread",
		Short: "Decide which paragraph of one revision became which of the next",
		Long: `Evidence hangs on threads, the lasting identity of a paragraph. Alignment says which thread a provision of a new revision
continues; where the words leave doubt a thread begins, and waits for a person. A decision needs a reason, holds through every
import of the edition, and can be undone without a trace in the threads.`,
	}
	c.AddCommand(a.threadListCommand(), a.threadUndoCommand(),
		a.threadVerbCommand(mandate.ConfirmThread, "Say that a provision continues the thread that it has", "  resolute thread confirm itu:pp/res/140@2022#resolves_8 --reason \"summary of the drafting group\""),
		a.threadVerbCommand(mandate.JoinThread, "Say that a provision continues another thread, and lead its own there", "  resolute thread join itu:pp/res/140@2022#resolves_8 --with resolves_5 --reason \"the wording moved\""),
		a.threadVerbCommand(mandate.SplitThread, "Say that a provision does not continue its thread: one of its own begins", "  resolute thread split itu:pp/res/140@2022#resolves_8 --reason \"another subject\""))
	return c
}

// threadsJSON is what stands and waits about the threads of an instrument.
type threadsJSON struct {
	Waiting   []waitingJSON            `json:"waiting"`
	Decisions []mandate.ThreadDecision `json:"decisions"`
}

// waitingJSON is a provision that waits for a decision.
type waitingJSON struct {
	Edition  string `json:"edition"`
	Day      string `json:"day"`
	Path     string `json:"path"`
	Thread   string `json:"thread"`
	Perhaps  string `json:"perhaps"` // thread that it perhaps continues; empty: its own is in question
	Likeness int    `json:"likeness"`
	Text     string `json:"text"`
	Before   string `json:"before"` // how the thread in question is worded before; empty: no text has it
}

func (a *app) threadListCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "list KEY",
		Short:   "What waits for a decision about its thread, and what was decided",
		Example: "  resolute thread list itu:wtdc/res/30 --format text",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := a.wants("json", "text"); err != nil {
				return err
			}
			h, err := a.openExisting(c.Context())
			if err != nil {
				return err
			}
			list, err := h.threads(c.Context(), args[0])
			if err := closing(h, err); err != nil {
				return err
			}
			if a.formatOr("json") == "json" {
				return printJSON(a.Out, list)
			}
			return a.printThreads(list)
		},
	}
}

func (h *house) threads(ctx context.Context, key string) (threadsJSON, error) {
	list := threadsJSON{Waiting: []waitingJSON{}, Decisions: []mandate.ThreadDecision{}}
	waits, err := h.mandate.Waits(ctx, key)
	if err != nil {
		return list, err
	}
	for _, w := range waits {
		line := waitingJSON{Edition: w.Label, Day: w.Day, Path: w.Path, Thread: w.Thread, Perhaps: w.Other, Likeness: w.Likeness, Text: w.Text}
		if w.Before != nil {
			line.Before = w.Before.Text
		}
		list.Waiting = append(list.Waiting, line)
	}
	decisions, err := h.mandate.ThreadDecisions(ctx, key)
	list.Decisions = append(list.Decisions, decisions...)
	return list, err
}

func (a *app) printThreads(list threadsJSON) error {
	for _, w := range list.Waiting {
		question := "continues " + w.Thread
		if w.Perhaps != "" {
			question = "perhaps continues " + w.Perhaps
		}
		if err := printText(a.Out, "%s %s %s (likeness %.3f)\n  before: %s\n  now:    %s\n", w.Day, w.Path, question, float64(w.Likeness)/1000, w.Before, w.Text); err != nil {
			return err
		}
	}
	for _, d := range list.Decisions {
		standing := ""
		if !d.Stands() {
			standing = fmt.Sprintf(" (undone by %s on %s: %s)", d.UndoActor, dayAt(d.UndoAt), d.UndoReason)
		}
		if err := printText(a.Out, "%d %s %s %s -> %s, %s on %s: %s%s\n", d.ID, d.Verb, d.Day, d.Path, d.Target, d.Actor, dayAt(d.At), d.Reason, standing); err != nil {
			return err
		}
	}
	return printText(a.Out, "%d waiting, %s\n", len(list.Waiting), counted(len(list.Decisions), "decision"))
}

func dayAt(milliseconds int64) string {
	return time.UnixMilli(milliseconds).UTC().Format(time.DateOnly)
}

func (a *app) threadVerbCommand(verb, short, example string) *cobra.Command {
	asked := mandate.ThreadRuling{Verb: verb}
	c := &cobra.Command{
		Use: verb + " KEY@EDITION#PATH", Short: short, Example: example, Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.decideThread(c.Context(), args[0], asked) },
	}
	c.Flags().StringVar(&asked.Reason, "reason", "", "why (required)")
	if verb == mandate.JoinThread {
		c.Flags().StringVar(&asked.Target, "with", "", "the thread that it continues: resolves_5, or its key; else the one that it perhaps continues")
	}
	return c
}

func (a *app) decideThread(ctx context.Context, at string, asked mandate.ThreadRuling) error {
	if err := a.wants("json", "text"); err != nil {
		return err
	}
	instrument, rest, _ := strings.Cut(at, "@")
	edition, path, named := strings.Cut(rest, "#")
	if !named || edition == "" || path == "" {
		return usage("%q: want the place in one edition, such as itu:pp/res/140@2022#resolves_8", at)
	}
	h, err := a.openExisting(ctx)
	if err != nil {
		return err
	}
	d, err := h.decideThread(ctx, instrument, edition, path, asked)
	return closing(h, a.printDecided(d, err))
}

func (h *house) decideThread(ctx context.Context, instrument, edition, path string, asked mandate.ThreadRuling) (mandate.ThreadDecision, error) {
	r, err := h.edition(ctx, instrument, edition)
	if err != nil {
		return mandate.ThreadDecision{}, err
	}
	asked.Revision, asked.Path = r.ID, path
	return h.mandate.DecideThread(ctx, resolute.Operator(), asked)
}

func (a *app) printDecided(d mandate.ThreadDecision, err error) error {
	if err != nil {
		return err
	}
	what := fmt.Sprintf("Decision %d is recorded: %s continues %s.", d.ID, d.Path, d.Target)
	switch {
	case !d.Stands():
		what = fmt.Sprintf("Decision %d is undone.", d.ID)
	case d.Verb == mandate.SplitThread:
		what = fmt.Sprintf("Decision %d is recorded: %s begins the thread %s.", d.ID, d.Path, d.Target)
	}
	return printOne(a, "json", map[string]any{"decision": d}, what)
}

func (a *app) threadUndoCommand() *cobra.Command {
	reason := ""
	c := &cobra.Command{
		Use: "undo NUMBER", Short: "Take a decision about a thread back", Args: cobra.ExactArgs(1),
		Example: "  resolute thread undo 3 --reason \"the drafting group meant another paragraph\"",
		RunE: func(c *cobra.Command, args []string) error {
			id, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return usage("%q is no number of a decision: resolute thread list KEY shows them", args[0])
			}
			h, err := a.openExisting(c.Context())
			if err != nil {
				return err
			}
			d, err := h.mandate.UndoThreadDecision(c.Context(), resolute.Operator(), id, reason)
			return closing(h, a.printDecided(d, err))
		},
	}
	c.Flags().StringVar(&reason, "reason", "", "why (required)")
	return c
}
