package cli

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/mandate"
)

func (a *app) parseCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "parse FILE",
		Short: "The structure of a text: groups, addressees and provisions",
		Long: `Reads texts of ITU, of the United Nations and of bodies that draft like them, in six languages. Each group and provision says how sure
its place is, and why. With --format tsv each line of the text is one row: what it is, its group, level, mark and verb; with
--format text an outline.`,
		Example:     "  resolute mandate parse resolution.txt\n  resolute mandate parse --format tsv resolution.txt",
		Args:        cobra.ExactArgs(1),
		Annotations: map[string]string{alsoFormat: "tsv"},
		RunE: func(_ *cobra.Command, args []string) error {
			if err := a.wants("json", "tsv", "text"); err != nil {
				return err
			}
			text, read, err := a.readSource(args[0])
			if err != nil {
				return err
			}
			return a.printDocument(mandate.Parse(text), read)
		},
	}
}

// printDocument writes the structure of a text; read is what was found while reading its file.
func (a *app) printDocument(doc *mandate.Document, read []resolute.Finding) error {
	switch a.formatOr("json") {
	case "tsv":
		return printRows(a.Out, doc.Rows())
	case "text":
		return printOutline(a.Out, doc.JSON(nil))
	}
	return printJSON(a.Out, doc.JSON(append(append([]resolute.Finding{}, read...), mandate.Lint(doc)...)))
}

// printRows writes one row for each line of a text, columns split by tabs.
func printRows(w io.Writer, rows []mandate.Row) error {
	var b strings.Builder
	b.WriteString(strings.Join(mandate.RowColumns, "\t") + "\n")
	for _, r := range rows {
		b.WriteString(strings.Join(r.Cells(), "\t") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// outlineWidth is how much of a provision an outline shows, in code points.
const outlineWidth = 100

// printOutline writes groups and provisions for people, what is doubtful with its reason.
func printOutline(w io.Writer, doc mandate.DocumentJSON) error {
	var b strings.Builder
	source := []string{doc.Body, doc.Place, strings.TrimPrefix(strconv.Itoa(doc.Year), "0")}
	source = slices.DeleteFunc(source, func(s string) bool { return s == "" })
	fmt.Fprintf(&b, "%s %s (%s)\n%s\n", doc.Kind, doc.Number, strings.Join(source, ", "), doc.Title)
	outlineGroups(&b, doc.Groups)
	for _, annex := range doc.Annexes {
		fmt.Fprintf(&b, "\n%s\n", annex.Heading)
		outlineGroups(&b, annex.Groups)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func outlineGroups(b *strings.Builder, groups []mandate.GroupJSON) {
	for _, g := range groups {
		fmt.Fprintf(b, "\n[%s] %s\n", g.Kind, g.Heading)
		outlineItems(b, g.Items)
	}
}

func outlineItems(b *strings.Builder, items []mandate.ItemJSON) {
	for _, p := range items {
		text := []rune(p.Text)
		doubt := ""
		if p.Certainty.Value < doubtful {
			doubt = fmt.Sprintf("  (%.2f: %s)", p.Certainty.Value, p.Certainty.Words)
		}
		fmt.Fprintf(b, "%*s%s %s%s\n", 2*p.Level, "", p.Label, string(text[:min(len(text), outlineWidth)]), doubt)
		outlineItems(b, p.Items)
	}
}

// doubtful is the certainty below which an outline says why.
const doubtful = 0.8
