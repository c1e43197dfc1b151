package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"sort"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/ledger"
	"resolute/internal/mandate"
)

// importFlags are the flags that the kinds of import share.
type importFlags struct {
	source  string
	partial bool
	all     bool
	dry     bool
	alone   bool         // without decisions that a file carries
	side    mandate.Side // of tracked changes
	memory  memory
}

// importer takes in one opened file and returns its account, also when the file is refused; two
// accounts when it holds two texts and both are meant.
type importer func(ctx context.Context, in input) ([]ledger.Import, error)

// input is one file on its way in: where it is and what its source is called.
type input struct {
	path, source string
	archive      string // the zip file that holds it, and its place there, counted from 1
	member       int
	partial      bool
	alone        bool         // without decisions that it carries
	side         mandate.Side // of tracked changes
	file         io.Reader
	fault        error // why it cannot be opened, known before
	progress     *progress
	memory       memory
}

func (a *app) importCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "import",
		Short: "Take in activities, the text of the resolution, a framework or exchange rates",
		Long: `Each file becomes visible whole or not at all. A record that cannot be understood is refused with its place, its
bytes are kept, and the others are taken. Every import has a ledger: resolute import list, resolute import show N.`,
	}
	c.AddCommand(a.importIATICommand(), a.importActivitiesCommand(), a.importResolutionCommand(), a.importFrameworkCommand(), a.importRatesCommand(), a.importStatsCommand(), a.importIndicatorsCommand(),
		a.importSidesCommand(), a.importListCommand(), a.importShowCommand(), a.importUndoCommand())
	return c
}

func (f *importFlags) bind(c *cobra.Command) {
	c.Flags().BoolVar(&f.all, "all", false, "print every finding, not only the first 1,000")
}

func (f *importFlags) bindSource(c *cobra.Command) {
	c.Flags().StringVar(&f.source, "source", "", "lasting name of where the file comes from (default: its name without .gz)")
	c.Flags().BoolVar(&f.partial, "partial", false, "the file is not the whole source: what it does not hold is not absent")
	c.Flags().BoolVar(&f.dry, "dry-run", false, "store nothing: print the account and what would change, field by field")
}

func (a *app) importIATICommand() *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use:   "iati FILE.xml|FILE.xml.gz|FILE.zip|DIR...",
		Short: "Activities and organisations published as IATI 1.01 to 2.03",
		Example: `  resolute import iati activities.xml
  resolute import iati --source agency-2024 activities-2024.xml.gz
  resolute import iati downloads/
  resolute import iati --dry-run --format text activities.xml`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			yield()
			return a.importOrPreview(c.Context(), f, args, []string{".xml", ".xml.gz"}, func(h *house) importer { return h.importIATI }, func(h *house) previewer { return h.register.PreviewIATI })
		},
	}
	f.bind(c)
	f.bindSource(c)
	c.Flags().BoolVar(&f.alone, "without-decisions", false, "leave alone what people decided in another installation and the file carries")
	return c
}

func (a *app) importActivitiesCommand() *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use:   "activities FILE.csv|FILE.xlsx...",
		Short: "Own work from a table or workbook, without XML",
		Long: `Tables and columns are those of resolute template, in any of its languages; a workbook is taken in whole. Findings name the cell
(Transactions!C7). An empty cell leaves what stands, a single - erases it. Rows that say what stands already change nothing; one that
would change what came as IATI is refused. docs/reference/workbook.md tells all.`,
		Example: "  resolute template activities > own-work.csv\n  resolute import activities --dry-run --format text own-work.csv\n  resolute import activities own-work.csv",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.importOrPreview(c.Context(), f, args, []string{".csv", ".xlsx"}, func(h *house) importer { return h.importActivities }, func(h *house) previewer { return h.register.PreviewTable })
		},
	}
	f.bind(c)
	f.bindSource(c)
	return c
}

func (a *app) importResolutionCommand() *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use:   "resolution FILE|DIR...",
		Short: "Texts of resolutions, read to paragraphs",
		Long: `Takes in resolutions of ITU and of the United Nations as plain text, DOCX, HTML or Akoma Ntoso; what a file is, its content
tells. The body that the text names makes its key: Resolution 30 of the World Telecommunication Development Conference is the
built-in mandate. A file with tracked changes holds two texts: --side says which one is meant, and --side both takes both in as
two revisions, each with its account, or neither. A further revision is aligned with the one before, so that paragraphs keep
their threads. What is wrong with a text is told as findings.`,
		Example: "  resolute import resolution resolution-30.txt\n  resolute import resolution --side after proposal.docx\n  resolute import resolution --side both proposal.docx\n  resolute import resolution texts/",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			f.side = mandate.Side(a.side)
			return a.importFiles(c.Context(), f, args, []string{".txt", ".docx", ".html", ".htm", ".xml"}, func(h *house) importer { return h.importResolution })
		},
	}
	f.bind(c)
	return a.withBothSides(c)
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
	if err := h.db.ReadOnly(); err != nil {
		return closing(h, err)
	}
	h.db.Patience = importPatience
	progress := a.newProgress()
	accounts, failed := takeIn(ctx, inputs, choose(h), progress, f.memory)
	if err := closing(h, findingsOf(ctx, h, accounts, f.all)); err != nil {
		return errors.Join(failed, err)
	}
	if err := a.printAccounts(accounts); err != nil {
		return err
	}
	progress.note(summaryOf(accounts, len(inputs)))
	return importExit(accounts, failed)
}

// importPatience is how long an import waits for another process that writes.
const importPatience = 10 * time.Minute

// What an import may use of memory, as far as the collector can help: it works harder from
// importMemory on, so that a process stays under 200 MB with a file of a million activities. Of such
// a file much stays in use until its end, of others little.
const (
	importMemory  = 96 << 20
	importGarbage = 200 // percent of what is in use: with 50 an import takes a sixth longer
	largeGarbage  = 50
	largeFile     = 300 << 20 // bytes, unpacked
)

// memory tells whether the process of an import is to use little of it.
type memory bool

// saveMemory lets the process of an import use little memory, unless whoever starts it chose.
func (a *app) saveMemory() memory {
	saved := memory(a.env("GOMEMLIMIT") == "" && a.env("GOGC") == "")
	if saved {
		debug.SetMemoryLimit(importMemory)
	}
	return saved
}

// begin makes ready for a file of a size; one that is packed is taken for ten times as large.
func (m memory) begin(name string, size int64) {
	if strings.HasSuffix(name, ".gz") {
		size *= 10
	}
	percent := importGarbage
	if size > largeFile {
		percent = largeGarbage
	}
	if m {
		debug.SetGCPercent(percent)
	}
}

// overtakenAgain is how often a file is read again when another import of its source was published meanwhile.
const overtakenAgain = 3

func takeIn(ctx context.Context, inputs []input, take importer, progress *progress, memory memory) (accounts []printedImport, failed error) {
	for _, in := range inputs {
		in.progress, in.memory = progress, memory
		done, err := takeOne(ctx, in, take)
		for n := 0; n < overtakenAgain && resolute.CodeOf(err) == resolute.Conflict; n++ {
			progress.note(fmt.Sprintf("%s: another import of the same source was faster; reading the file again.", filepath.Base(in.path)))
			done, err = takeOne(ctx, in, take)
		}
		progress.end()
		for _, one := range done {
			if one.ID != 0 {
				accounts = append(accounts, printedImport{Import: one})
			}
		}
		if err != nil && resolute.CodeOf(err) != resolute.Invalid && resolute.CodeOf(err) != resolute.Conflict {
			return accounts, errors.Join(failed, err) // not the file's fault: going on would only repeat it
		}
		failed = errors.Join(failed, err)
	}
	return accounts, failed
}

func takeOne(ctx context.Context, in input, take importer) ([]ledger.Import, error) {
	file, size, err := in.open()
	if err != nil {
		return nil, err
	}
	in.progress.begin(filepath.Base(in.path), size)
	in.memory.begin(in.path, size)
	in.file = file
	done, err := take(ctx, in)
	return done, closing(file, err)
}

// unreadable is the error of a file that cannot be opened; the others are imported.
func unreadable(path string, err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return &resolute.Error{Code: resolute.Invalid, Field: path, Message: "cannot be read", Err: err}
}

// listInputs turns arguments into files: a folder stands for every file below it with one of
// the endings, whose source is its path below the folder. What cannot be found stays in the
// list with its fault, so that the others are taken.
func listInputs(args, endings []string, f importFlags) ([]input, error) {
	var inputs []input
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil || !info.IsDir() {
			in := input{path: arg, source: sourceOf(filepath.Base(arg)), partial: f.partial, alone: f.alone, side: f.side}
			if err == nil && isArchive(arg, endings) {
				inputs = append(inputs, membersOf(in, endings)...)
			} else {
				inputs = append(inputs, in)
			}
			continue
		}
		below, err := filesBelow(arg, endings)
		if err != nil {
			inputs = append(inputs, input{path: arg, fault: err})
		}
		for _, path := range below {
			inputs = append(inputs, input{path: filepath.Join(arg, path), source: sourceOf(filepath.ToSlash(path)), partial: f.partial, alone: f.alone, side: f.side})
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
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("no file below it ends in %s", strings.Join(endings, " or "))
	}
	sort.Strings(found)
	return found, err
}
