package cli

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/mandate"
	"resolute/internal/ooxml/docx"
)

// trackedJSON is what a file with tracked changes holds.
type trackedJSON struct {
	Before    []paragraphJSON    `json:"before"`
	After     []paragraphJSON    `json:"after"`
	Footnotes trackedNotesJSON   `json:"footnotes"`
	Asides    []asideJSON        `json:"asides"`
	Findings  []resolute.Finding `json:"findings"`
}

type paragraphJSON struct {
	Label string `json:"label"` // the automatic number; empty: none
	Text  string `json:"text"`
}

type trackedNotesJSON struct {
	Before []noteJSON `json:"before"`
	After  []noteJSON `json:"after"`
}

type noteJSON struct {
	Label     string `json:"label"`
	Paragraph int    `json:"paragraph"` // that refers to it, from 1
	Text      string `json:"text"`
}

type asideJSON struct {
	Kind  string `json:"kind"`
	Place string `json:"place"`
	Text  string `json:"text"`
}

func (a *app) trackedCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "tracked FILE.docx",
		Short: "The two texts of a document with tracked changes",
		Long: `The paragraphs with every change refused and with every change accepted, each with the automatic number that a word
processor shows. Footnotes are listed apart; comments, running heads and what was inserted and deleted again belong to neither
text and are asides. With --format text the texts themselves, with --side one of them.`,
		Example: "  resolute mandate tracked proposal.docx\n  resolute mandate tracked --format text --side after proposal.docx",
		Args:    cobra.ExactArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return a.tracked(args[0]) },
	}
}

func (a *app) tracked(path string) error {
	if err := a.wants("json", "text"); err != nil {
		return err
	}
	data, err := a.readFile(path)
	if err != nil {
		return err
	}
	d, err := docx.Read(data)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for i := range d.Findings {
		d.Findings[i].File = path
	}
	if a.formatOr("json") == "json" {
		err = printJSON(a.Out, newTrackedJSON(d))
	} else {
		err = a.printTracked(d)
	}
	if err != nil {
		return err
	}
	return findingsExit(d.Findings, nil)
}

func newTrackedJSON(d *docx.Document) trackedJSON {
	out := trackedJSON{Before: paragraphsJSON(d.Before), After: paragraphsJSON(d.After), Asides: []asideJSON{}, Findings: d.Findings,
		Footnotes: trackedNotesJSON{Before: notesJSON(d.Before), After: notesJSON(d.After)}}
	for _, s := range d.Asides {
		out.Asides = append(out.Asides, asideJSON{string(s.Kind), s.Place, s.Text})
	}
	if out.Findings == nil {
		out.Findings = []resolute.Finding{}
	}
	return out
}

func paragraphsJSON(t docx.Text) []paragraphJSON {
	list := make([]paragraphJSON, len(t.Paragraphs))
	for i, p := range t.Paragraphs {
		list[i] = paragraphJSON(p)
	}
	return list
}

func notesJSON(t docx.Text) []noteJSON {
	list := make([]noteJSON, len(t.Notes))
	for i, n := range t.Notes {
		list[i] = noteJSON{n.Mark, n.Paragraph, n.Text}
	}
	return list
}

// printTracked writes the text of the side that was asked for, else both, and the findings.
func (a *app) printTracked(d *docx.Document) error {
	switch mandate.Side(a.side) {
	case mandate.Before:
		return printText(a.Out, "%s", d.Before)
	case mandate.After:
		return printText(a.Out, "%s", d.After)
	}
	if err := printText(a.Out, "== before: every change refused\n%s\n== after: every change accepted\n%s", d.Before, d.After); err != nil {
		return err
	}
	for _, f := range d.Findings {
		if err := printFinding(a.Err, f); err != nil {
			return err
		}
	}
	return nil
}

// readFile reads a file of the size that a resolution may have; - is standard input.
func (a *app) readFile(path string) ([]byte, error) {
	in := a.In
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return nil, fmt.Errorf("%s: cannot be read: %w", path, err)
		}
		defer func() { _ = file.Close() }() // only read
		in = file
	}
	data, err := io.ReadAll(io.LimitReader(in, mandate.LargestFile+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return data, nil
}

// alsoBoth is the annotation of a command whose --side may name both texts.
const alsoBoth = "side"

// withBothSides adds the flag that names one of two texts, or both.
func (a *app) withBothSides(c *cobra.Command) *cobra.Command {
	c.Annotations = map[string]string{alsoBoth: string(mandate.Both)}
	c.Flags().StringVar(&a.side, "side", "", "of a file with tracked changes: before (every change refused), after (every change accepted) or both")
	complete(c, "side", []string{string(mandate.Before), string(mandate.After), string(mandate.Both)})
	return c
}

func (a *app) checkSide(c *cobra.Command) error {
	want := "before or after"
	if c.Annotations[alsoBoth] != "" {
		want = "before, after or both"
	}
	switch a.side {
	case "", string(mandate.Before), string(mandate.After), c.Annotations[alsoBoth]:
		return nil
	}
	return usage("unknown side %q: want %s", a.side, want)
}

// withSide adds the flag that names one of two texts.
func (a *app) withSide(c *cobra.Command) *cobra.Command {
	c.Flags().StringVar(&a.side, "side", "", "of a file with tracked changes: before (every change refused) or after (every change accepted)")
	complete(c, "side", []string{string(mandate.Before), string(mandate.After)})
	return c
}

// readSource reads the text of a resolution, with what was found while reading it.
func (a *app) readSource(path string) (string, []resolute.Finding, error) {
	return a.readSide(path, mandate.Side(a.side))
}

// readSide reads the text of a resolution, of a side when it has two.
func (a *app) readSide(path string, side mandate.Side) (string, []resolute.Finding, error) {
	data, err := a.readFile(path)
	if err != nil {
		return "", nil, err
	}
	got, fault := mandate.File{Data: data, Side: side}.Read()
	if fault != nil {
		place := path
		if fault.Path != "" {
			place += " " + fault.Path
		}
		return "", nil, fmt.Errorf("%s: %s", place, fault.Message)
	}
	return got.Text, got.Findings, nil
}

// readText reads the text of a resolution.
func (a *app) readText(path string) (string, error) {
	text, _, err := a.readSource(path)
	return text, err
}
