package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/mandate"
)

func (a *app) mandateCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "mandate",
		Short: "Read texts of resolutions without storing anything",
		Long:  "Each verb reads plain text, DOCX or HTML, which its content tells; - is standard input. Only find, graph, decide, correct and draft read the database instead.",
	}
	c.AddCommand(a.withSide(a.lintCommand()), a.withSide(a.parseCommand()), a.withSide(a.citeCommand()), a.withSide(a.trackedCommand()), a.splitCommand(), a.spanCommand(),
		a.correctCommand(), a.draftCommand(), a.alignCommand(), a.compareCommand(), a.findCommand(), a.graphCommand())
	return c
}

// lintAsk is what lint is asked.
type lintAsk struct {
	explain, before string
	cited           []string
	held            bool
	of              mandate.HeldQuery
}

func (a *app) lintCommand() *cobra.Command {
	var ask lintAsk
	c := &cobra.Command{
		Use:   "lint FILE...",
		Short: "Tell what is wrong with the text of a resolution",
		Long: `Letters repeated, roles given twice, stale citations, a past conference, a footnote mark without footnote, numbers run
together, a heading missing, a paragraph cited that was struck: each with place and reason, judged as of the text's own date.

With --held every text in force of the database is looked at, or that of --instrument; each is held against the others too. The
file of a finding is then the key of the instrument. --as-of judges all on one day; today is one.`,
		Example: `  resolute lint draft.txt
  resolute lint --format text draft.txt
  resolute lint --cited res140-2014.txt --cited res140-2018.txt draft.txt
  resolute lint --held --format text
  resolute lint --held --instrument itu:pp/res/140 --as-of today
  resolute lint --explain missing-rev`,
		Args: func(c *cobra.Command, args []string) error {
			if ask.explain != "" || ask.held {
				return cobra.NoArgs(c, args)
			}
			return cobra.MinimumNArgs(1)(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case ask.explain != "":
				return a.explainRules(ask.explain)
			case ask.held:
				return a.lintHeld(c.Context(), ask.of)
			case ask.of != (mandate.HeldQuery{}):
				return usage("--instrument and --as-of go with --held")
			}
			return a.lint(args, ask)
		},
	}
	flags := c.Flags()
	flags.StringVar(&ask.before, "before", "", "the revision before: also tell which references of the text to its own provisions lead elsewhere now")
	flags.StringArrayVar(&ask.cited, "cited", nil, "a text that it cites, several times for several: also tell which paragraphs that it cites were struck")
	flags.StringVar(&ask.explain, "explain", "", "say what a rule means, with an example of a wrong and a right text, in the language of --lang; all for every rule")
	flags.BoolVar(&ask.held, "held", false, "look at the texts in force of the database instead of files")
	flags.StringVar(&ask.of.Instrument, "instrument", "", "with --held: the text of this key alone")
	flags.StringVar(&ask.of.Day, "as-of", "", "with --held: judge on this day, YYYY-MM-DD or today (default: each text on its own)")
	return c
}

// explainRules writes what one rule of lint means, or all of them.
func (a *app) explainRules(name string) error {
	if err := a.wants("text", "json"); err != nil {
		return err
	}
	lang := resolute.Lang(a.lang)
	var rules []mandate.RuleJSON
	for _, r := range mandate.Rules() {
		if name == "all" || r.Rule == name {
			rules = append(rules, r.JSON(lang))
		}
	}
	if len(rules) == 0 {
		return usage("lint has no rule %q: resolute lint --explain all lists them", name)
	}
	if a.formatOr("text") == "json" {
		return printJSON(a.Out, map[string]any{"rules": rules})
	}
	for i, r := range rules {
		text := fmt.Sprintf("%s%s (%s)\n%s %s\n\n%s", strings.Repeat("\n", min(i, 1)), r.Rule, r.Severity, r.What, r.Why, setIn(r.Example))
		if r.Before != "" {
			text += "\n    with --before:\n" + setIn(r.Before)
		}
		for cited := range strings.SplitSeq(r.Cited, "\f") {
			if cited != "" {
				text += "\n    with --cited:\n" + setIn(cited)
			}
		}
		text += "\n    right:\n" + setIn(r.Right)
		if err := printText(a.Out, "%s", text); err != nil {
			return err
		}
	}
	return nil
}

// setIn sets the lines of a text in.
func setIn(text string) string {
	return "    " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n    ") + "\n"
}

// looker gives what looks at each text: by itself, and against the revision before it or the texts that
// it cites.
func (a *app) looker(ask lintAsk) (func(*mandate.Document) []resolute.Finding, error) {
	if ask.before != "" && len(ask.cited) > 0 {
		return nil, usage("--before and --cited: one at a time")
	}
	if ask.before != "" {
		old, err := a.readText(ask.before)
		return func(doc *mandate.Document) []resolute.Finding { return mandate.LintAfter(mandate.Parse(old), doc) }, err
	}
	var cited []*mandate.Document
	for _, path := range ask.cited {
		text, err := a.readText(path)
		if err != nil {
			return nil, err
		}
		cited = append(cited, mandate.Parse(text))
	}
	return func(doc *mandate.Document) []resolute.Finding { return mandate.LintAmong(doc, cited) }, nil
}

// lint reads each file by itself: one that cannot be read does not stop the others.
func (a *app) lint(paths []string, ask lintAsk) error {
	look, err := a.looker(ask)
	if err != nil {
		return err
	}
	findings := []resolute.Finding{}
	var failed error
	for _, path := range paths {
		text, read, err := a.readSource(path)
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		for _, f := range append(read, look(mandate.Parse(text))...) {
			f.File = path
			findings = append(findings, f)
		}
	}
	if err := a.printFindings(findings); err != nil {
		return err
	}
	return findingsExit(findings, failed)
}

// findingsExit chooses the exit code: 1 when a file could not be read, 3 when a finding is an error.
func findingsExit(findings []resolute.Finding, failed error) error {
	if failed != nil {
		return &exitError{code: exitFailed, err: failed}
	}
	for _, f := range findings {
		if f.Severity == resolute.SeverityError {
			return &exitError{code: exitRefused}
		}
	}
	return nil
}

// printFindings writes findings; as text one line each, and how many there are.
func (a *app) printFindings(findings []resolute.Finding) error {
	if a.formatOr("json") != "text" {
		return printList(a, "json", "findings", findings, findingColumns)
	}
	for _, f := range findings {
		if err := printFinding(a.Out, f); err != nil {
			return err
		}
	}
	return printText(a.Out, "%s\n", counted(len(findings), "finding"))
}

func (a *app) citeCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "cite FILE",
		Short:   "The instruments that a text cites, with their ids",
		Example: "  resolute mandate cite resolution.txt",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := a.readText(args[0])
			if err != nil {
				return err
			}
			return printList(a, "json", "citations", mandate.CitationsJSON(mandate.Cite(mandate.Parse(text))), citationColumns)
		},
	}
}

// citationColumns are those of one citation.
var citationColumns = []column[mandate.CitationJSON]{
	{"line", "LINE", func(c mandate.CitationJSON) any { return c.Line }},
	{"start", "START", func(c mandate.CitationJSON) any { return c.Start }},
	{"end", "END", func(c mandate.CitationJSON) any { return c.End }},
	{"text", "TEXT", func(c mandate.CitationJSON) any { return c.Text }},
	{"ids", "IDS", func(c mandate.CitationJSON) any { return strings.Join(c.IDs, " ") }},
}
