package cli

import (
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/iati"
	"resolute/internal/iati/schema"
)

// checkedFile is one file with its verdict, as printed.
type checkedFile struct {
	File     string                 `json:"file"`
	Version  string                 `json:"version"` // of the schema that was taken
	Valid    bool                   `json:"valid"`
	Kind     string                 `json:"kind"`
	Read     int                    `json:"read"` // activities or organisations
	Total    resolute.FindingsTotal `json:"findings_total"`
	Findings []resolute.Finding     `json:"findings"`
}

func (a *app) iatiCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "iati",
		Short: "Look at IATI files without storing anything",
	}
	c.AddCommand(a.iatiCheckCommand())
	return c
}

func (a *app) iatiCheckCommand() *cobra.Command {
	var version string
	var all bool
	c := &cobra.Command{
		Use:   "check FILE.xml|FILE.xml.gz|DIR...",
		Short: "Check files of activities or organisations against the schema",
		Long: `Holds each file, of any version from 1.01 to 2.03, against the schema of its version: every fault with its place, what
was found, what is expected and what to do, not only the first. A file is valid when it is well-formed and without fault. Exit
code 3 when a file is not valid, 1 when one cannot be read as XML.`,
		Example: `  resolute iati check --format text activities.xml
  resolute iati check --version 2.03 downloads/
  resolute iati check --format sarif activities.xml > check.sarif`,
		Args:        cobra.MinimumNArgs(1),
		Annotations: map[string]string{alsoFormat: "sarif"},
		RunE:        func(_ *cobra.Command, args []string) error { return a.iatiCheck(args, version, all) },
	}
	c.Flags().StringVar(&version, "version", "", "take the schema of this version in place of the one that the file states")
	c.Flags().BoolVar(&all, "all", false, "print every finding, not only the first 1,000 of a file")
	complete(c, "version", schema.Versions)
	return c
}

func (a *app) iatiCheck(args []string, version string, all bool) error {
	if err := a.wants("json", "jsonl", "csv", "text", "sarif"); err != nil {
		return err
	}
	inputs, err := listInputs(args, []string{".xml", ".xml.gz"}, importFlags{})
	if err != nil {
		return err
	}
	most := shownFindings
	if all {
		most = -1
	}
	files := []checkedFile{}
	var failed error
	for _, in := range inputs {
		checked, err := checkIATI(in, version, most)
		failed = errors.Join(failed, err)
		if err == nil {
			files = append(files, checked)
		}
	}
	if err := a.printChecked(files); err != nil {
		return err
	}
	return checkedExit(files, failed)
}

// checkIATI checks one file; of its findings the first most are kept, all when most is negative.
func checkIATI(in input, version string, most int) (checkedFile, error) {
	f, err := os.Open(in.path)
	if err = errors.Join(in.fault, err); err != nil {
		return checkedFile{}, unreadable(in.path, err)
	}
	out := checkedFile{File: in.path, Findings: []resolute.Finding{}}
	verdict, err := iati.Check(f, version, iati.Options{}, func(found resolute.Finding) {
		found.File = in.path
		out.Total.Add(found.Severity)
		if most < 0 || len(out.Findings) < most {
			out.Findings = append(out.Findings, found)
		}
	})
	out.Version, out.Valid, out.Kind, out.Read = verdict.Version, verdict.Valid, verdict.Kind, verdict.Elements
	return out, closing(f, err)
}

// checkedExit chooses the exit code: 1 when a file could not be read as XML, 3 when one is not
// valid.
func checkedExit(files []checkedFile, failed error) error {
	if failed != nil {
		return &exitError{code: exitFailed, err: failed}
	}
	code := 0
	for _, f := range files {
		refused := len(f.Findings) > 0 && !strings.HasPrefix(f.Findings[len(f.Findings)-1].Rule, "schema-")
		switch {
		case refused:
			return &exitError{code: exitFailed}
		case !f.Valid:
			code = exitRefused
		}
	}
	if code == 0 {
		return nil
	}
	return &exitError{code: code}
}

func (a *app) printChecked(files []checkedFile) error {
	var findings []resolute.Finding
	for _, f := range files {
		findings = append(findings, f.Findings...)
	}
	switch a.formatOr("json") {
	case "csv":
		return printCSV(a.Out, findings, findingColumns)
	case "jsonl":
		return printLines(a.Out, files)
	case "sarif":
		return printSARIF(a.Out, findings)
	case "text":
		return a.printCheckedText(files)
	}
	return printJSON(a.Out, map[string]any{"files": files})
}

func (a *app) printCheckedText(files []checkedFile) error {
	for _, f := range files {
		for _, found := range f.Findings {
			if err := printFinding(a.Out, found); err != nil {
				return err
			}
		}
		verdict := "valid"
		if !f.Valid {
			verdict = "not valid"
		}
		if err := printText(a.Out, "%s: %s by the schema of %s, %s read, %s\n", f.File, verdict, f.Version, grouped(f.Read), counted(f.Total.Error, "fault")); err != nil {
			return err
		}
	}
	return nil
}
