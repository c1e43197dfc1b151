package cli

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/sdmx"
)

// sdmxFlags are what the commands of SDMX share.
type sdmxFlags struct {
	structures []string
	all        bool
}

func (a *app) sdmxCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "sdmx",
		Short: "Read, check and convert statistics in SDMX without storing anything",
	}
	c.AddCommand(a.sdmxReadCommand(), a.sdmxWriteCommand(), a.sdmxCheckCommand())
	return c
}

func (f *sdmxFlags) on(c *cobra.Command) {
	c.Flags().StringArrayVar(&f.structures, "structure", nil, "structure message (SDMX-ML or SDMX-JSON) that the data follow; may be given several times")
	c.Flags().BoolVar(&f.all, "all", false, "print every finding, not only the first 1,000 of a file")
}

// load reads the structure messages that were given.
func (f *sdmxFlags) load() (sdmx.Structures, error) {
	var known sdmx.Structures
	for _, path := range f.structures {
		err := withFile(path, func(in *os.File) error {
			found, err := sdmx.ReadStructures(in)
			known.Add(found)
			return err
		})
		if err != nil {
			return known, unreadable(path, err)
		}
	}
	return known, nil
}

func withFile(path string, do func(*os.File) error) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	return closing(in, do(in))
}

// sdmxFile is one message with what is wrong with it.
type sdmxFile struct {
	path     string
	summary  sdmx.Summary
	findings []resolute.Finding
	total    resolute.FindingsTotal
	refused  error
	held     string // of a structure message: how many artefacts of each class
}

// survey reads a message once. A message that is refused gives the refusal as its last finding.
func (f *sdmxFlags) survey(path string, in io.ReadSeeker, known sdmx.Structures) sdmxFile {
	out := sdmxFile{path: path, findings: []resolute.Finding{}}
	add := func(found resolute.Finding) {
		found.File = path
		out.total.Add(found.Severity)
		if f.all || len(out.findings) < shownFindings || found.Severity == resolute.SeverityError && len(out.findings) == shownFindings {
			out.findings = append(out.findings, found)
		}
	}
	out.summary, out.refused = sdmx.Survey(in, known, add)
	var refused *sdmx.RefusedError
	if errors.As(out.refused, &refused) {
		add(refused.Finding)
	}
	return out
}

// dataflow names what the first data set is about.
func (f sdmxFile) dataflow() string {
	if len(f.summary.Sets) == 0 {
		return ""
	}
	return f.summary.Sets[0].Ref.String()
}

// failure gives the error of a message that was refused, with its name.
func (f sdmxFile) failure() error {
	if f.refused == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", f.path, f.refused)
}

// sdmxExit chooses the exit code: 1 when a message was refused, 3 when something of severity
// error was found.
func sdmxExit(files []sdmxFile) error {
	var failed error
	found := false
	for _, f := range files {
		failed = errors.Join(failed, f.failure())
		found = found || f.total.Error > 0
	}
	switch {
	case failed != nil:
		return &exitError{code: exitFailed, err: failed}
	case found:
		return &exitError{code: exitRefused}
	}
	return nil
}
