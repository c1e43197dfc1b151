package cli

import (
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/sdmx"
)

// sdmxChecked is one message with its verdict, as printed.
type sdmxChecked struct {
	File         string                 `json:"file"`
	Format       sdmx.Format            `json:"format"`
	Valid        bool                   `json:"valid"` // not refused, nothing of severity error
	Dataflow     string                 `json:"dataflow"`
	Observations int                    `json:"observations"`
	Sets         []sdmxCheckedSet       `json:"data_sets"`
	Structures   []string               `json:"structures,omitempty"` // of a structure message: its data structures
	Dataflows    []string               `json:"dataflows,omitempty"`
	Codelists    []string               `json:"codelists,omitempty"`
	Total        resolute.FindingsTotal `json:"findings_total"`
	Findings     []resolute.Finding     `json:"findings"`
}

// sdmxCheckedSet is one data set of it.
type sdmxCheckedSet struct {
	Structure    string      `json:"structure"`
	Class        sdmx.Class  `json:"class"`
	Action       sdmx.Action `json:"action"`
	Dimensions   []string    `json:"dimensions"`
	Measures     []string    `json:"measures"`
	Attributes   []string    `json:"attributes"`
	Observations int         `json:"observations"`
	Attached     int         `json:"attached"` // attributes of partial keys
}

func (a *app) sdmxCheckCommand() *cobra.Command {
	var f sdmxFlags
	c := &cobra.Command{
		Use:   "check FILE...",
		Short: "Say what SDMX messages hold and what is wrong with them",
		Long: `Reads each message to its end and tells of each data set what it is about and how much it holds, and everything that is wrong:
keys that stand twice, and, with --structure, codes that their list lacks, dimensions and required attributes that are missing and
components that the structure does not have. Structure messages are checked too. Exit code 3 when something of severity error is
found, 1 when a message is refused.`,
		Example: `  resolute sdmx check --format text data.xml
  resolute sdmx check --structure dsd.xml data.csv`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.sdmxCheck(args, &f) },
	}
	f.on(c)
	return c
}

func (a *app) sdmxCheck(args []string, f *sdmxFlags) error {
	if err := a.wants("json", "jsonl", "csv", "text"); err != nil {
		return err
	}
	known, err := f.load()
	if err != nil {
		return err
	}
	var files []sdmxFile
	var shown []sdmxChecked
	for _, path := range args {
		err := withFile(path, func(in *os.File) error {
			file := f.survey(path, in, known)
			checked := checkedSDMX(&file, in)
			files, shown = append(files, file), append(shown, checked)
			return nil
		})
		if err != nil {
			return unreadable(path, err)
		}
	}
	if err := a.printSDMXChecked(files, shown); err != nil {
		return err
	}
	return sdmxExit(files)
}

// checkedSDMX gives the verdict on a message. One that holds structures in place of data is read
// as such.
func checkedSDMX(f *sdmxFile, in io.ReadSeeker) sdmxChecked {
	out := sdmxChecked{File: f.path, Format: f.summary.Format, Dataflow: f.dataflow(), Observations: f.summary.Observations(), Sets: []sdmxCheckedSet{}}
	if f.refused != nil {
		if found, err := sdmx.ReadStructures(in); err == nil {
			f.refused, f.findings, f.total = nil, []resolute.Finding{}, resolute.FindingsTotal{}
			out.structures(found)
			f.held = fmt.Sprintf("%s, %s, %s", counted(len(out.Dataflows), "dataflow"), counted(len(out.Structures), "data structure"), counted(len(out.Codelists), "code list"))
		}
	}
	for _, set := range f.summary.Sets {
		out.Sets = append(out.Sets, sdmxCheckedSet{set.Ref.String(), set.Ref.Class, set.Action, set.Dimensions, set.Measures, set.Layout.Attributes, set.Observations, len(set.Attached)})
	}
	out.Valid = f.refused == nil && f.total.Error == 0
	out.Total, out.Findings = f.total, f.findings
	return out
}

// structures names what a structure message holds, in order.
func (c *sdmxChecked) structures(s sdmx.Structures) {
	for _, d := range s.Defined {
		c.Structures = append(c.Structures, d.Ref.String())
	}
	for flow := range s.Flows {
		c.Dataflows = append(c.Dataflows, flow.String())
	}
	for list := range s.Codelists {
		c.Codelists = append(c.Codelists, list.String())
	}
	slices.Sort(c.Structures)
	slices.Sort(c.Dataflows)
	slices.Sort(c.Codelists)
}

func (a *app) printSDMXChecked(files []sdmxFile, shown []sdmxChecked) error {
	switch a.formatOr("json") {
	case "csv":
		var all []resolute.Finding
		for _, f := range files {
			all = append(all, f.findings...)
		}
		return printCSV(a.Out, all, findingColumns)
	case "jsonl":
		return printLines(a.Out, shown)
	case "text":
		for _, f := range files {
			if err := printSDMXFindings(a.Out, f); err != nil {
				return err
			}
		}
		return nil
	}
	if len(shown) == 1 {
		return printJSON(a.Out, shown[0])
	}
	return printJSON(a.Out, map[string]any{"files": shown})
}

// printSDMXFindings writes what is wrong with a message and one line of summary for people.
func printSDMXFindings(w io.Writer, f sdmxFile) error {
	for _, found := range f.findings {
		if err := printFinding(w, found); err != nil {
			return err
		}
	}
	verdict := fmt.Sprintf("%s, %s in %s", f.summary.Format, counted(f.summary.Observations(), "observation"), counted(len(f.summary.Sets), "data set"))
	switch {
	case f.refused != nil:
		verdict = "refused"
	case f.held != "":
		verdict = "structures: " + f.held
	}
	return printText(w, "%s: %s; %s, %s, %s\n", f.path, verdict,
		counted(f.total.Error, "error"), counted(f.total.Warning, "warning"), counted(f.total.Note, "note"))
}
