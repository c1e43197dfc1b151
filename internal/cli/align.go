package cli

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"resolute/internal/mandate"
	"resolute/internal/mandate/align"
	"resolute/internal/mandate/compare"
)

func (a *app) alignCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "align OLD NEW",
		Short: "Which provision of one text became which of another",
		Long: `Links the provisions of two texts: kept, edited, new, dropped, split or merged, and whether they were renumbered or moved. A
link that a person should look at is unsure. Provisions of texts of the United Nations are counted as P7 (seventh paragraph of the
preamble), O13 (paragraph 13) and O84.a; those of other texts are named by their line, L12. Of a document with tracked changes OLD is the text
before and NEW the one after, so it can be both. One of the files may be -.

The lines of annexes and the footnotes are linked apart, behind the others: A2.3 is the third line of the second annex, F3 the footnote
with the mark 3.`,
		Example: "  resolute mandate align 2017.txt 2021.txt\n  resolute mandate align --format text 2017.txt 2021.txt",
		Args:    cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			old, new, err := a.twoTexts(args)
			if err != nil {
				return err
			}
			links, behind := mandate.Align(old, new), mandate.AlignBehind(old, new)
			if a.formatOr("json") == "json" {
				return printJSON(a.Out, alignJSON{links, behind})
			}
			return printList(a, "json", "links", slices.Concat(links, behind.Annexes, behind.Footnotes), linkColumns)
		},
	}
}

// alignJSON is how two texts hang together.
type alignJSON struct {
	Links []mandate.LinkJSON `json:"links"` // of the text proper
	mandate.Behind
}

func (a *app) compareCommand() *cobra.Command {
	var f redlineFile
	c := &cobra.Command{
		Use:   "compare OLD NEW",
		Short: "What changed from one text to another, word by word",
		Long: `Aligns the provisions of two texts and compares the words of each pair. As text, only what changed is shown: [-deleted-] before
{+inserted+}, and how many provisions were kept. A provision of which most words changed is struck and written anew. What changed in
annexes and footnotes stands behind it.

With --to docx the whole text as tracked changes that a word processor can accept or reject, paragraph by paragraph; with --to html as
a page with what was struck and inserted. The words around it are in the language of the new text unless --lang says otherwise.`,
		Example: "  resolute mandate compare --format text 2017.txt 2021.txt\n  resolute mandate compare --to docx --out changes.docx 2017.docx 2021.docx",
		Args:    cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			if f.to != "" {
				return a.compareTo(c, f, args)
			}
			old, new, err := a.twoTexts(args)
			if err != nil {
				return err
			}
			changes := mandate.Compare(old, new)
			if a.formatOr("json") == "text" {
				return a.printChanges(changes)
			}
			return printList(a, "json", "changes", mandate.ChangesJSON(changes), changeColumns)
		},
	}
	c.Flags().StringVar(&f.to, "to", "", "docx: a document with tracked changes; html: a page with what was struck and inserted")
	c.Flags().StringVar(&f.out, "out", "-", "file to write; - is standard output")
	complete(c, "to", redlineFormats)
	return c
}

// printChanges writes what changed for people, a heading over each provision, line of an annex or footnote.
func (a *app) printChanges(changes []mandate.Change) error {
	kept := 0
	for _, c := range changes {
		if c.Kind == align.Kept && len(c.Flags) == 0 {
			if c.Series == mandate.InText {
				kept++
			}
			continue
		}
		if err := printText(a.Out, "%s %s\n", place(c), strings.Join(append([]string{string(c.Kind)}, c.Flags...), " ")); err != nil {
			return err
		}
		if c.Kind == align.Kept {
			continue
		}
		if err := printText(a.Out, "    %s\n", marked(c.Stretches)); err != nil {
			return err
		}
	}
	return printText(a.Out, "%d provisions are as they were\n", kept)
}

// place names a change by line, heading and marks: "9: recalling k > e:".
func place(c mandate.Change) string {
	w := c.New
	if w == nil {
		w = c.Old
	}
	words := []string{strconv.Itoa(w.Line) + ":"}
	if c.Series == mandate.InFootnote {
		words = append(words, "footnote")
	}
	if w.Heading != "" {
		words = append(words, w.Heading)
	}
	switch {
	case c.Old != nil && c.New != nil && c.Old.Mark != c.New.Mark:
		words = append(words, marking(c.Old), ">", marking(c.New)+":")
	case w.Heading != "" || w.Mark != "":
		words = append(words, marking(w)+":")
	}
	return strings.Join(words, " ")
}

// marking is the printed mark of a provision.
func marking(w *mandate.Wording) string {
	if w.Mark == "" {
		return "¶"
	}
	return w.Mark
}

// marked writes a comparison in plain text.
func marked(stretches []compare.Stretch) string {
	var b strings.Builder
	for _, s := range stretches {
		switch s.Kind {
		case compare.Deleted:
			b.WriteString("[-" + s.Old + "-]")
		case compare.Inserted:
			b.WriteString("{+" + s.New + "+}")
		default:
			b.WriteString(s.New)
		}
	}
	return b.String()
}

// changeColumns are those of one change.
var changeColumns = []column[mandate.ChangeJSON]{
	{"kind", "KIND", func(c mandate.ChangeJSON) any { return c.Kind }},
	{"flags", "FLAGS", func(c mandate.ChangeJSON) any { return strings.Join(c.Flags, " ") }},
	{"score", "SCORE", func(c mandate.ChangeJSON) any { return c.Score }},
	{"addressees", "", func(c mandate.ChangeJSON) any { return strings.Join(c.Addressees, "|") }},
	{"old_path", "", func(c mandate.ChangeJSON) any { return c.Old.Or().Path }},
	{"new_path", "", func(c mandate.ChangeJSON) any { return c.New.Or().Path }},
	{"old_line", "", func(c mandate.ChangeJSON) any { return c.Old.Or().Line }},
	{"new_line", "", func(c mandate.ChangeJSON) any { return c.New.Or().Line }},
	{"old_text", "OLD", func(c mandate.ChangeJSON) any { return c.Old.Or().Text }},
	{"new_text", "NEW", func(c mandate.ChangeJSON) any { return c.New.Or().Text }},
	{"series", "", func(c mandate.ChangeJSON) any { return c.Series }},
}

// twoTexts reads an old and a new text, of which one may be standard input. Of tracked changes the
// old text is the one before, the new text the one after.
func (a *app) twoTexts(paths []string) (old, new *mandate.Document, err error) {
	texts, err := a.twoBodies(paths)
	if err != nil {
		return nil, nil, err
	}
	return mandate.Parse(texts[0]), mandate.Parse(texts[1]), nil
}

func (a *app) twoBodies(paths []string) (texts [2]string, err error) {
	if paths[0] == "-" && paths[1] == "-" {
		return texts, usage("only one of the two texts can be standard input")
	}
	sides := [2]mandate.Side{mandate.Before, mandate.After}
	for i, path := range paths {
		if texts[i], _, err = a.readSide(path, sides[i]); err != nil {
			return texts, err
		}
	}
	return texts, nil
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
