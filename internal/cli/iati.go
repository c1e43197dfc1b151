package cli

import (
	"errors"
	"time"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/iati"
	"resolute/internal/iati/schema"
	"resolute/internal/report/verdict"
)

// checkedFile is one file with its verdict, as printed.
type checkedFile struct {
	File     string                 `json:"file"`
	Version  string                 `json:"version"` // of the schema that was taken
	Valid    bool                   `json:"valid"`
	Kind     string                 `json:"kind"`
	Read     int                    `json:"read"` // activities or organisations
	Total    resolute.FindingsTotal `json:"findings_total"`
	cut      bool                   // it could not be read to its end
	Findings []iati.Fault           `json:"findings"`
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
	var how iati.Checking
	var all bool
	c := &cobra.Command{
		Use:   "check FILE.xml|FILE.xml.gz|FILE.zip|DIR...",
		Short: "Check files of activities or organisations against the standard",
		Long: `Holds each file, of any version from 1.01 to 2.03, against the schema of its version, and files of version 2 against the
rules and code lists of the standard too: everything that is wrong with its place, what was found, what is expected and what to do.
A file is valid when it is well-formed and without fault against the schema. Rules and code lists are findings beside, rules with
their official number. Exit code 3 when something of severity error is found, 1 when a file cannot be read as XML.`,
		Example: `  resolute iati check --format text activities.xml
  resolute iati check --version 2.03 downloads/
  resolute iati check --format sarif activities.xml > check.sarif
  resolute iati check --format html --lang fr activities.xml > check.html     # to send to a publisher`,
		Args:        cobra.MinimumNArgs(1),
		Annotations: map[string]string{alsoFormat: "sarif html"},
		RunE:        func(_ *cobra.Command, args []string) error { return a.iatiCheck(args, how, all) },
	}
	c.Flags().StringVar(&how.Version, "version", "", "take the schema of this version in place of the one that the file states")
	c.Flags().BoolVar(&how.SchemaOnly, "schema-only", false, "leave rules and code lists out")
	c.Flags().BoolVar(&all, "all", false, "print every finding, not only the first 1,000 of a file")
	complete(c, "version", schema.Versions)
	return c
}

func (a *app) iatiCheck(args []string, how iati.Checking, all bool) error {
	if err := a.wants("json", "jsonl", "csv", "text", "sarif", "html"); err != nil {
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
	how.Now = time.Now()
	files := []checkedFile{}
	var failed error
	for _, in := range inputs {
		checked, err := checkIATI(in, how, most)
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
func checkIATI(in input, how iati.Checking, most int) (checkedFile, error) {
	f, _, err := in.open()
	if err != nil {
		return checkedFile{}, err
	}
	out := checkedFile{File: in.path, Findings: []iati.Fault{}}
	verdict, err := iati.Check(f, how, func(found iati.Fault) {
		found.File = in.path
		out.Total.Add(found.Severity)
		if most < 0 || len(out.Findings) < most {
			out.Findings = append(out.Findings, found)
		}
	})
	out.cut = verdict.Cut
	out.Version, out.Valid, out.Kind, out.Read = verdict.Version, verdict.Valid, verdict.Kind, verdict.Elements
	return out, closing(f, err)
}

// checkedExit chooses the exit code: 1 when a file could not be read as XML, 3 when something of
// severity error was found.
func checkedExit(files []checkedFile, failed error) error {
	code := 0
	for _, f := range files {
		switch {
		case f.Version == "" || f.cut:
			return &exitError{code: exitFailed, err: failed}
		case f.Total.Error > 0:
			code = exitRefused
		}
	}
	if failed != nil {
		code = exitFailed
	}
	if code == 0 {
		return nil
	}
	return &exitError{code: code, err: failed}
}

func (a *app) printChecked(files []checkedFile) error {
	var findings []resolute.Finding
	for _, f := range files {
		for _, found := range f.Findings {
			findings = append(findings, found.Finding)
		}
	}
	switch a.formatOr("json") {
	case "csv":
		return printCSV(a.Out, findings, findingColumns)
	case "jsonl":
		return printLines(a.Out, files)
	case "sarif":
		return printSARIF(a.Out, findings)
	case "html":
		return verdict.HTML(a.Out, pagesOf(files), resolute.Lang(a.lang))
	case "text":
		return a.printCheckedText(files)
	}
	return printJSON(a.Out, map[string]any{"files": files})
}

func pagesOf(files []checkedFile) []verdict.File {
	list := make([]verdict.File, len(files))
	for i, f := range files {
		list[i] = verdict.File{Name: f.File, Version: f.Version, Valid: f.Valid, Read: f.Read, Total: f.Total}
		for _, found := range f.Findings {
			list[i].Findings = append(list[i].Findings, found.Finding)
		}
	}
	return list
}

func (a *app) printCheckedText(files []checkedFile) error {
	for _, f := range files {
		for _, found := range f.Findings {
			if err := printFinding(a.Out, found.Finding); err != nil {
				return err
			}
		}
		verdict := "valid by the schema of " + f.Version
		switch {
		case f.Version == "":
			verdict = "not valid, for it could not be read"
		case !f.Valid:
			verdict = "not " + verdict
		}
		if err := printText(a.Out, "%s: %s, %s read; %s, %s, %s\n", f.File, verdict, grouped(f.Read),
			counted(f.Total.Error, "error"), counted(f.Total.Warning, "warning"), counted(f.Total.Note, "note")); err != nil {
			return err
		}
	}
	return nil
}
