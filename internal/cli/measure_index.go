package cli

import (
	"errors"
	"os"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/measure"
	"resolute/internal/measure/composite"
)

// indexFlags say which index is reckoned, and from what.
type indexFlags struct{ input, tree, goalposts string }

func (a *app) measureIndexCommand() *cobra.Command {
	var f indexFlags
	c := &cobra.Command{
		Use:   "index --input FILE.csv",
		Short: "Reckon a composite index such as the ICT Development Index",
		Long: `Reads a row for each area with a column area and one for each indicator of the tree, and gives the index with the scores of its
branches. An area without all values is not scored, and the answer names what is missing. idi-2009 is the ICT Development
Index of 2009 to 2017. idi-2023 is the structure of the index since 2023: its goalposts are not built in, and without
--goalposts (columns indicator, worst, best) nothing is reckoned. --tree may also be a method file of your own.`,
		Example: `  resolute measure index --input areas.csv
  resolute measure index --tree idi-2023 --goalposts goalposts.csv --input areas.csv --format csv`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.measureIndex(f) },
	}
	c.Flags().StringVar(&f.input, "input", "", "file of areas, CSV")
	c.Flags().StringVar(&f.tree, "tree", "idi-2009", "idi-2009, idi-2023, or a method file (JSON)")
	c.Flags().StringVar(&f.goalposts, "goalposts", "", "file of goalposts, CSV")
	_ = c.MarkFlagRequired("input") // the flag exists
	return c
}

func (f indexFlags) read() (composite.Tree, error) {
	tree, err := composite.Builtin(f.tree)
	if errors.Is(err, composite.ErrTree) {
		if tree, err = readTree(f.tree); err != nil {
			return tree, err
		}
	}
	if f.goalposts == "" || err != nil {
		return tree, err
	}
	file, err := os.Open(f.goalposts)
	if err != nil {
		return tree, unreadable(f.goalposts, err)
	}
	posts, err := measure.Goalposts(file, f.goalposts)
	if err = closing(file, err); err != nil {
		return tree, unreadable(f.goalposts, err)
	}
	return tree.WithGoalposts(posts)
}

func readTree(path string) (composite.Tree, error) {
	file, err := os.Open(path)
	if err != nil {
		return composite.Tree{}, unreadable(path, err)
	}
	tree, err := composite.Read(file)
	if err = closing(file, err); err != nil {
		return tree, unreadable(path, err)
	}
	return tree, nil
}

func (a *app) measureIndex(f indexFlags) error {
	tree, err := f.read()
	if errors.Is(err, composite.ErrTree) {
		return usage("%v", err)
	}
	if err != nil {
		return err
	}
	if missing := tree.Missing(); len(missing) > 0 {
		return &resolute.Error{Code: resolute.Invalid, Field: "goalposts", Message: "the goalposts of " + tree.ID + " must be supplied: --goalposts"}
	}
	file, err := os.Open(f.input)
	if err != nil {
		return unreadable(f.input, err)
	}
	list, findings, err := measure.ScoreIndex(file, f.input, tree)
	if err = closing(file, err); err != nil {
		return unreadable(f.input, err)
	}
	return errors.Join(printFigures(a, list, findings, indexColumns(tree), nil), a.tellFindings(findings))
}

// indexColumns are the area, the index, and each branch of the tree.
func indexColumns(tree composite.Tree) []column[measure.IndexScore] {
	columns := []column[measure.IndexScore]{
		{"area", "AREA", func(s measure.IndexScore) any { return s.Area }},
		{"score", "INDEX", func(s measure.IndexScore) any { return s.Score }},
		{"index", "TREE", func(measure.IndexScore) any { return tree.ID }},
	}
	for _, id := range tree.Branches() {
		if id != tree.Root.ID {
			columns = append(columns, column[measure.IndexScore]{id, id, func(s measure.IndexScore) any {
				if score, ok := s.Scores[id]; ok {
					return score
				}
				return measure.None
			}})
		}
	}
	return append(columns, column[measure.IndexScore]{"missing", "MISSING", func(s measure.IndexScore) any { return len(s.Missing) }})
}
