package cli

import (
	"context"
	"fmt"
	"math/big"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/mandate"
	"resolute/internal/register"
)

// tagFlags name the links that a decision or a listing is about.
type tagFlags struct {
	register.Reach
	thread  string
	share   string
	reason  string
	review  string
	basis   string
	percent register.Share
}

func (a *app) tagCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "tag",
		Short: "List what links activities with concepts and paragraphs; confirm, refuse or set",
		Long: `What a rule derives is proposed and never counted until somebody confirms it. A decision is about one activity
(--activity) or about all that a rule gave within a filter (--rule with --reporter, --country, --scheme, --code). It
needs a reason and holds through every re-import and every new version of the rules.`,
	}
	c.AddCommand(a.tagListCommand(), a.tagDecisionsCommand(), a.tagRederiveCommand(),
		a.decideCommand(register.Confirm, "Count what a rule proposes"),
		a.decideCommand(register.Refuse, "Never count this link"),
		a.decideCommand(register.SetTag, "Add a link of your own"),
		a.decideCommand(register.Withdraw, "Take a decision back"))
	return c
}

func (f *tagFlags) bind(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&f.Key, "activity", "", "key of one activity, as its page and the API show it")
	flags.StringVar(&f.Scheme, "scheme", "", "concept scheme: wsis-action-line, sdg-goal, sdg-target ...")
	flags.StringVar(&f.Code, "code", "", "code of the concept: C2, 9.c ...")
	flags.StringVar(&f.thread, "thread", "", "paragraph instead of a concept: R8, or the key of a thread")
	flags.StringVar(&f.Rule, "rule", "", "all that this rule gave: dac:22020, matrix, word:C2 ...")
	flags.StringVar(&f.Reporter, "reporter", "", "only of this reporting organisation")
	flags.StringVar(&f.Country, "country", "", "only in this country (ISO, two letters)")
}

func (a *app) decideCommand(verdict register.Verdict, short string) *cobra.Command {
	var f tagFlags
	c := &cobra.Command{
		Use:   string(verdict),
		Short: short,
		Example: fmt.Sprintf(`  resolute tag %[1]s --activity 7kq2... --scheme wsis-action-line --code C2 --reason "project document, page 3"
  resolute tag %[1]s --activity 7kq2... --thread R8 --reason "agreed with the publisher"`, verdict),
		RunE: func(c *cobra.Command, _ []string) error { return a.decide(c.Context(), verdict, f) },
	}
	f.bind(c)
	c.Flags().StringVar(&f.reason, "reason", "", "why (required)")
	if verdict == register.SetTag {
		c.Flags().StringVar(&f.share, "share", "", "percentage of the activity, such as 60 or 33.3333")
	}
	return c
}

func (a *app) decide(ctx context.Context, verdict register.Verdict, f tagFlags) error {
	if err := a.wants("text", "json", "jsonl"); err != nil {
		return err
	}
	if err := f.settle(); err != nil {
		return err
	}
	if f.reason == "" {
		return usage("a decision needs a reason: --reason TEXT")
	}
	if (f.Key == "") == (f.Rule == "") {
		return usage("a decision is about one activity (--activity KEY) or about all that a rule gave (--rule RULE): give one of the two")
	}
	h, err := a.openHouse(ctx)
	if err != nil {
		return err
	}
	decision, err := h.register.Decide(ctx, resolute.Operator(), register.Decision{Verdict: verdict, Reach: f.Reach, Share: f.percent, Reason: f.reason})
	if err := closing(h, err); err != nil {
		return err
	}
	return printOne(a, "json", map[string]any{"decision": decision}, fmt.Sprintf("Decision %d is recorded.", decision.ID))
}

// settle reads the flags that need reading: a paragraph stands for scheme and code.
func (f *tagFlags) settle() error {
	if f.thread != "" {
		if f.Scheme != "" || f.Code != "" {
			return usage("--thread stands in place of --scheme and --code: give one of the two")
		}
		thread, err := threadOf(f.thread)
		if err != nil {
			return err
		}
		f.Scheme, f.Code = register.ThreadScheme, thread
	}
	f.percent = register.NoShare
	if f.share == "" {
		return nil
	}
	r, ok := new(big.Rat).SetString(strings.TrimSuffix(f.share, "%"))
	if !ok {
		return usage("--share %q: want a percentage such as 60 or 33.3333", f.share)
	}
	millionths := r.Mul(r, big.NewRat(10_000, 1))
	if !millionths.IsInt() || millionths.Sign() < 0 || millionths.Cmp(big.NewRat(1_000_000, 1)) > 0 {
		return usage("--share %q: want 0 to 100 with at most four decimals", f.share)
	}
	f.percent = register.Share(millionths.Num().Int64())
	return nil
}

// threadOf gives the key of a thread: of the alias of a paragraph, or as it is written.
func threadOf(name string) (string, error) {
	if alias, ok := mandate.Resolve(name); ok {
		return alias.Thread, nil
	}
	if strings.Contains(name, "#") {
		return name, nil
	}
	return "", usage("--thread %q: no such paragraph; want an alias such as R8, or the key of a thread", name)
}

func (a *app) tagDecisionsCommand() *cobra.Command {
	return &cobra.Command{
		Use: "decisions", Short: "List what people decided, oldest first",
		Example: "  resolute tag decisions --format text",
		RunE: func(c *cobra.Command, _ []string) error {
			h, err := a.openExisting(c.Context())
			if err != nil {
				return err
			}
			list, err := h.register.Decisions(c.Context())
			if err := closing(h, err); err != nil {
				return err
			}
			return printList(a, "json", "decisions", list, decisionColumns)
		},
	}
}

func (a *app) tagRederiveCommand() *cobra.Command {
	return &cobra.Command{
		Use: "derive", Short: "Apply the present rules and frameworks to every activity again",
		Long:    "Decisions are not touched. Run it after importing a framework.",
		Example: "  resolute import framework national-plan.csv\n  resolute tag derive",
		RunE: func(c *cobra.Command, _ []string) error {
			if err := a.wants("text", "json", "jsonl"); err != nil {
				return err
			}
			h, err := a.openHouse(c.Context())
			if err != nil {
				return err
			}
			changed, err := h.register.Rederive(c.Context(), resolute.Operator())
			if err := closing(h, err); err != nil {
				return err
			}
			return printOne(a, "json", map[string]int{"changed": changed}, fmt.Sprintf("%s activities changed.", grouped(changed)))
		},
	}
}
