// Package cli is the command line: each command reads its flags, calls one verb of a room and
// prints the answer. Results go to standard output, progress and logs to standard error.
//
// Exit codes: 0 done (warnings allowed), 1 failed or a file was refused whole, 2 wrong usage,
// 3 done, with a record refused or an error-level finding.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
)

// Exit codes of the process.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitRefused = 3
)

// Streams are the three files of a process.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// exitError carries an exit code past cobra; its text, when not empty, is printed.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// app is what all commands share: where to print, and the settings given by flag or environment.
type app struct {
	Streams
	env      func(string) string
	log      *slog.Logger
	database string
	index    string // path of its index file; empty: by the database
	format   string
	lang     string
	side     string // of tracked changes
	quiet    bool
	plain    bool // no colour
}

// Main runs the command line args and returns the exit code. env looks up settings, so that
// tests need not touch the process.
func Main(ctx context.Context, args []string, streams Streams, env func(string) string) int {
	a := &app{Streams: streams, env: env, log: slog.New(slog.NewTextHandler(streams.Err, nil))}
	root := a.root()
	root.SetArgs(args)
	root.SetIn(streams.In)
	root.SetOut(streams.Out)
	root.SetErr(streams.Err)
	return a.exit(root.ExecuteContext(ctx))
}

// exit prints what went wrong and chooses the code.
func (a *app) exit(err error) int {
	if err == nil {
		return exitDone
	}
	code := exitFailed
	var coded *exitError
	if errors.As(err, &coded) {
		code = coded.code
	} else if resolute.CodeOf(err) == resolute.Usage {
		code = exitUsage
	}
	for line := range strings.Lines(err.Error()) {
		_, _ = fmt.Fprintf(a.Err, "resolute: %s\n", strings.TrimSpace(line)) // nowhere left to report a broken standard error
	}
	return code
}

// usage turns an error of the command line itself into exit code 2.
func usage(format string, args ...any) error {
	return &exitError{code: exitUsage, err: fmt.Errorf(format, args...)}
}

func (a *app) root() *cobra.Command {
	c := &cobra.Command{
		Use:   "resolute",
		Short: "Who does what about each paragraph of a resolution, with evidence",
		Long: `Resolute holds a resolution as structured text, registers what is done about it and shows, paragraph by
paragraph, who does what, where, with how much money, and where nobody does anything.

Start here:
  resolute demo                               fictional data, pages at the address it prints
  resolute import resolution TEXT.txt         the text of Resolution 30, read to paragraphs
  resolute import iati FILE.xml ...           activities published as IATI 1.01 to 2.03
  resolute import activities FILE.csv         own work, without XML (resolute template activities)
  resolute coverage --by provision            what is done about each paragraph
  resolute serve                              pages and REST API

Settings also come from the environment: RESOLUTE_DB, RESOLUTE_FORMAT, RESOLUTE_LANG, RESOLUTE_LISTEN,
RESOLUTE_BASE_URL. A flag wins over the environment.`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	flags := c.PersistentFlags()
	flags.StringVar(&a.database, "db", a.setting("RESOLUTE_DB", "resolute.db"), "database: path of a SQLite file, or postgres://... (RESOLUTE_DB)")
	flags.StringVar(&a.index, "index", a.setting("RESOLUTE_INDEX", ""), "file that spares figures reading all of the database; none: neither read nor written (RESOLUTE_INDEX; default: beside a SQLite file, else in the cache folder)")
	flags.StringVar(&a.format, "format", a.setting("RESOLUTE_FORMAT", ""), "text, json, jsonl or csv (RESOLUTE_FORMAT; default: text for checks, explanations and lists of imports, migrations, drafts and indicators, json for all else)")
	flags.StringVar(&a.lang, "lang", a.setting("RESOLUTE_LANG", "en"), "ar, en, es, fr, ru or zh (RESOLUTE_LANG)")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "no progress and no summary on standard error")
	flags.BoolVar(&a.plain, "no-color", false, "no colour on a terminal (NO_COLOR)")
	complete(c, "format", formats)
	complete(c, "lang", []string{"ar", "en", "es", "fr", "ru", "zh"})
	c.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usage("%v. See: %s -h", err, c.CommandPath())
	})
	c.PersistentPreRunE = func(c *cobra.Command, _ []string) error { return a.checkSettings(c) }
	c.AddCommand(a.importCommand(), a.exportCommand(), a.templateCommand(), a.coverageCommand(), a.checkCommand(), a.tagCommand(),
		a.reportCommand(), a.serveCommand(), a.demoCommand(), a.migrateCommand(), a.mandateCommand(), a.threadCommand(), a.organisationCommand(), a.iatiCommand(), a.sdmxCommand(), a.generateCommand(), a.measureCommand(), a.withSide(a.lintCommand()))
	wantArguments(c)
	return c
}

// complete lets a shell offer the values of a flag.
func complete(c *cobra.Command, flag string, values []string) {
	if err := c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // the flag is ours
	}
}

// wantArguments makes every slip in arguments exit with 2 and name the way to help.
func wantArguments(c *cobra.Command) {
	for _, sub := range c.Commands() {
		wantArguments(sub)
	}
	if c.HasSubCommands() && c.RunE == nil {
		c.RunE = func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return c.Help()
			}
			return usage("unknown command %q%s. See: %s -h", args[0], suggestion(c, args[0]), c.CommandPath())
		}
		c.Args = cobra.ArbitraryArgs
		return
	}
	inner := c.Args
	if inner == nil {
		inner = cobra.NoArgs
	}
	c.Args = func(c *cobra.Command, args []string) error {
		if err := inner(c, args); err != nil {
			return usage("%v. See: %s -h", err, c.CommandPath())
		}
		return nil
	}
}

// suggestion names the commands near a slip, else all there are.
func suggestion(c *cobra.Command, name string) string {
	if c.SuggestionsMinimumDistance <= 0 {
		c.SuggestionsMinimumDistance = 2
	}
	if near := c.SuggestionsFor(name); len(near) > 0 {
		return ", perhaps " + strings.Join(near, " or ")
	}
	var names []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return "; there are " + strings.Join(names, ", ")
}

func (a *app) setting(name, otherwise string) string {
	if v := a.env(name); v != "" {
		return v
	}
	return otherwise
}

// alsoFormat is the annotation of a command that writes more formats than all do, with blanks between them.
const alsoFormat = "format"

func (a *app) checkSettings(c *cobra.Command) error {
	switch a.format {
	case "", "text", "json", "jsonl", "csv":
	default:
		if slices.Contains(strings.Fields(c.Annotations[alsoFormat]), a.format) {
			break
		}
		if more := strings.Fields(c.Annotations[alsoFormat]); len(more) > 0 {
			return usage("unknown format %q: want text, json, jsonl, csv, %s", a.format, strings.Join(more, ", "))
		}
		return usage("unknown format %q: want text, json, jsonl or csv", a.format)
	}
	if !resolute.Lang(a.lang).Known() {
		return usage("unknown language %q: want ar, en, es, fr, ru or zh", a.lang)
	}
	return a.checkSide(c)
}
