package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"resolute/internal/mandate"
)

func (a *app) alignCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "align OLD NEW",
		Short: "Which provision of one text became which of another",
		Long: `Links the provisions of two texts: kept, edited, new, dropped, split or merged, and whether they were renumbered or moved. A
link that a person should look at is unsure. Provisions of texts of the United Nations are counted as P7 (seventh paragraph of the
preamble), O13 (paragraph 13) and O84.a; those of other texts are named by their line, L12. One of the files may be -.`,
		Example: "  resolute mandate align 2017.txt 2021.txt\n  resolute mandate align --format text 2017.txt 2021.txt",
		Args:    cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			old, new, err := a.twoTexts(args)
			if err != nil {
				return err
			}
			return printList(a, "json", "links", mandate.Align(old, new), linkColumns)
		},
	}
}

// twoTexts reads an old and a new text, of which one may be standard input.
func (a *app) twoTexts(paths []string) (old, new *mandate.Document, err error) {
	if paths[0] == "-" && paths[1] == "-" {
		return nil, nil, usage("only one of the two texts can be standard input")
	}
	var docs [2]*mandate.Document
	for i, path := range paths {
		text, err := a.readText(path)
		if err != nil {
			return nil, nil, err
		}
		docs[i] = mandate.Parse(text)
	}
	return docs[0], docs[1], nil
}

// linkColumns are those of one link.
var linkColumns = []column[mandate.LinkJSON]{
	{"old", "OLD", func(l mandate.LinkJSON) any { return l.Old }},
	{"new", "NEW", func(l mandate.LinkJSON) any { return l.New }},
	{"old_line", "", func(l mandate.LinkJSON) any { return l.OldLine }},
	{"new_line", "", func(l mandate.LinkJSON) any { return l.NewLine }},
	{"old_path", "", func(l mandate.LinkJSON) any { return l.OldPath }},
	{"new_path", "", func(l mandate.LinkJSON) any { return l.NewPath }},
	{"kind", "KIND", func(l mandate.LinkJSON) any { return l.Kind }},
	{"flags", "FLAGS", func(l mandate.LinkJSON) any { return strings.Join(l.Flags, " ") }},
	{"score", "SCORE", func(l mandate.LinkJSON) any { return l.Score }},
}
