package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/ledger"
)

// shownFindings is how many findings an account prints without --all.
const shownFindings = 1000

// importFlags are the flags that the kinds of import share.
type importFlags struct {
	source  string
	partial bool
	all     bool
}

// account is one import as printed.
type account struct {
	ledger.Import
	Findings []resolute.Finding `json:"findings"`
}

// importer takes in one opened file and returns its account, also when the file is refused.
type importer func(ctx context.Context, in input) (ledger.Import, error)

// input is one file on its way in: where it is and what its source is called.
type input struct {
	path, source string
	partial      bool
	file         io.Reader
}

func (a *app) importCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "import",
		Short: "Take in activities, the text of the resolution or a framework",
		Long: `Each file becomes visible whole or not at all. A record that cannot be understood is refused with its place, its
bytes are kept, and the others are taken. Every import has a ledger: resolute import list, resolute import show N.`,
	}
	c.AddCommand(a.importIATICommand(), a.importActivitiesCommand(), a.importResolutionCommand(), a.importFrameworkCommand(),
		a.importListCommand(), a.importShowCommand(), a.importUndoCommand())
	return c
}

func (f *importFlags) bind(c *cobra.Command) {
	c.Flags().BoolVar(&f.all, "all", false, "print every finding, not only the first 1,000")
}

func (f *importFlags) bindSource(c *cobra.Command) {
	c.Flags().StringVar(&f.source, "source", "", "lasting name of where the file comes from (default: its name without .gz)")
	c.Flags().BoolVar(&f.partial, "partial", false, "the file is not the whole source: what it does not hold is not absent")
}

func (a *app) importIATICommand() *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use:   "iati FILE.xml|FILE.xml.gz|DIR...",
		Short: "Activities published as IATI 2.01, 2.02 or 2.03",
		Example: `  resolute import iati activities.xml
  resolute import iati --source agency-2024 activities-2024.xml.gz
  resolute import iati downloads/`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.importFiles(c.Context(), f, args, []string{".xml", ".xml.gz"}, func(h *house) importer { return h.importIATI })
		},
	}
	f.bind(c)
	f.bindSource(c)
	return c
}

func (a *app) importActivitiesCommand() *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use:     "activities FILE.csv...",
		Short:   "Own work from a table, without XML",
		Long:    "The columns are those of `resolute template activities`. Findings name the cell.",
		Example: "  resolute template activities > own-work.csv\n  resolute import activities own-work.csv",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.importFiles(c.Context(), f, args, []string{".csv"}, func(h *house) importer { return h.importActivities })
		},
	}
	f.bind(c)
	f.bindSource(c)
	return c
}

func (a *app) importResolutionCommand() *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use:     "resolution FILE.txt...",
		Short:   "The text of Resolution 30, read to paragraphs",
		Example: "  resolute import resolution resolution-30.txt",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.importFiles(c.Context(), f, args, []string{".txt"}, func(h *house) importer { return h.importResolution })
		},
	}
	f.bind(c)
	return c
}

func (a *app) importFrameworkCommand() *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use:     "framework FILE.csv...",
		Short:   "A controlled list with its mappings, as data",
		Long:    "The format is described in docs/reference/framework-csv.md. A broken file is refused whole with place and reason.",
		Example: "  resolute import framework national-plan.csv",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.importFiles(c.Context(), f, args, []string{".csv"}, func(h *house) importer { return h.importFramework })
		},
	}
	f.bind(c)
	return c
}

// importFiles takes in each file by itself: one that is refused does not stop the others.
func (a *app) importFiles(ctx context.Context, f importFlags, args, endings []string, choose func(*house) importer) error {
	inputs, err := listInputs(args, endings, f)
	if err != nil {
		return err
	}
	h, err := a.openHouse(ctx)
	if err != nil {
		return err
	}
	accounts, failed := a.takeIn(ctx, inputs, choose(h))
	for i := range accounts {
		limit := shownFindings
		if f.all {
			limit = int(^uint(0) >> 1)
		}
		if accounts[i].Findings, err = ledger.Findings(ctx, h.db, accounts[i].ID, 0, limit); err != nil {
			return closing(h, err)
		}
		for j := range accounts[i].Findings {
			accounts[i].Findings[j].File = accounts[i].File
		}
	}
	if err := h.Close(); err != nil {
		return err
	}
	if err := a.printAccounts(accounts); err != nil {
		return err
	}
	return importExit(accounts, failed)
}

func (a *app) takeIn(ctx context.Context, inputs []input, take importer) (accounts []account, failed error) {
	for _, in := range inputs {
		done, err := a.takeOne(ctx, in, take)
		if done.ID != 0 {
			accounts = append(accounts, account{Import: done})
		}
		if err != nil && resolute.CodeOf(err) != resolute.Invalid && resolute.CodeOf(err) != resolute.Conflict {
			return accounts, errors.Join(failed, err) // not the file's fault: going on would only repeat it
		}
		if err != nil {
			failed = errors.Join(failed, err)
		}
	}
	return accounts, failed
}

func (a *app) takeOne(ctx context.Context, in input, take importer) (ledger.Import, error) {
	file, err := os.Open(in.path)
	if err != nil {
		return ledger.Import{}, &resolute.Error{Code: resolute.Invalid, Field: in.path, Message: "cannot be read", Err: err}
	}
	in.file = file
	done, err := take(ctx, in)
	return done, closing(file, err)
}

// importExit chooses the exit code: 1 when a file could not be read or was refused whole, 3
// when a record was refused or a finding is an error.
func importExit(accounts []account, failed error) error {
	if failed != nil {
		return &exitError{code: exitFailed, err: failed}
	}
	for _, acc := range accounts {
		if acc.Counts.Refused > 0 || acc.Total.Error > 0 {
			return &exitError{code: exitRefused}
		}
	}
	return nil
}

// listInputs turns arguments into files: a folder stands for every file below it with one of
// the endings, whose source is its path below the folder.
func listInputs(args, endings []string, f importFlags) ([]input, error) {
	var inputs []input
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil {
			return nil, &exitError{code: exitFailed, err: fmt.Errorf("%s: %w", arg, err)}
		}
		if !info.IsDir() {
			inputs = append(inputs, input{path: arg, source: sourceOf(filepath.Base(arg)), partial: f.partial})
			continue
		}
		below, err := filesBelow(arg, endings)
		if err != nil {
			return nil, err
		}
		for _, path := range below {
			inputs = append(inputs, input{path: filepath.Join(arg, path), source: sourceOf(filepath.ToSlash(path)), partial: f.partial})
		}
	}
	if f.source != "" {
		if len(inputs) != 1 {
			return nil, usage("--source names one file, but %d are given", len(inputs))
		}
		inputs[0].source = f.source
	}
	return inputs, nil
}

func sourceOf(name string) string { return strings.TrimSuffix(name, ".gz") }

func filesBelow(dir string, endings []string) ([]string, error) {
	var found []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		for _, ending := range endings {
			if strings.HasSuffix(strings.ToLower(path), ending) {
				rel, err := filepath.Rel(dir, path)
				found = append(found, rel)
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", dir, err)
	}
	if len(found) == 0 {
		return nil, &exitError{code: exitFailed, err: fmt.Errorf("%s holds no file ending in %s", dir, strings.Join(endings, " or "))}
	}
	sort.Strings(found)
	return found, nil
}

func (a *app) printAccounts(accounts []account) error {
	if accounts == nil {
		accounts = []account{}
	}
	for i := range accounts {
		if accounts[i].Findings == nil {
			accounts[i].Findings = []resolute.Finding{}
		}
	}
	switch a.formatOr("json") {
	case "json":
		return printJSON(a.Out, map[string]any{"imports": accounts})
	case "jsonl":
		return printLines(a.Out, accounts)
	case "text":
		return a.printAccountsText(accounts)
	}
	return a.wrongFormat("text, json or jsonl")
}

func (a *app) printAccountsText(accounts []account) error {
	for _, acc := range accounts {
		for _, f := range acc.Findings {
			if err := printFinding(a.Out, f); err != nil {
				return err
			}
		}
		_, err := fmt.Fprintf(a.Out, "%s: %s, read %d, new %d, changed %d, unchanged %d, refused %d; findings: %d errors, %d warnings, %d notes (import %d)\n",
			acc.File, acc.State, acc.Read, acc.New, acc.Changed, acc.Unchanged, acc.Counts.Refused, acc.Total.Error, acc.Total.Warning, acc.Total.Note, acc.ID)
		if err != nil {
			return err
		}
	}
	return nil
}
