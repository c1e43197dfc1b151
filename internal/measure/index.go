package measure

import (
	"errors"
	"io"
	"math"
	"slices"

	"resolute"
	"resolute/internal/measure/composite"
	"resolute/internal/sheet"
)

// IndexScore is the index of one area, with the scores of its branches and indicators.
type IndexScore struct {
	Area    string            `json:"area"`
	Score   Number            `json:"score"` // null: not scored, a value is missing
	Scores  map[string]Number `json:"scores"`
	Missing []string          `json:"missing"` // indicators without a value
}

// ScoreIndex reads a CSV file with a column area and one for each indicator of the tree, and scores
// each row. A row that cannot be understood is a finding and is left out. The error is
// composite.ErrGoalposts for a tree that lacks them, and a *sheet.Refusal when the file as a whole
// cannot be read.
func ScoreIndex(r io.Reader, file string, tree composite.Tree) ([]IndexScore, []resolute.Finding, error) {
	table, err := openTable(r, file, append([]string{"area"}, tree.Indicators()...))
	if err != nil {
		return nil, nil, err
	}
	var list []IndexScore
	var findings []resolute.Finding
	for {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			return list, findings, nil
		}
		if err != nil {
			return nil, nil, err
		}
		values, missing, fault := indexValues(row, file, tree)
		if fault != nil {
			findings = append(findings, *fault)
			continue
		}
		scores, err := tree.Score(values)
		if err != nil {
			return nil, nil, err
		}
		one := IndexScore{Area: row.Cell("area").Text, Score: None, Scores: map[string]Number{}, Missing: missing}
		for id, score := range scores {
			one.Scores[id] = Number(score)
		}
		if whole, ok := scores[tree.Root.ID]; ok {
			one.Score = Number(whole)
		}
		list = append(list, one)
	}
}

func indexValues(row sheet.Row, file string, tree composite.Tree) (values map[string]float64, missing []string, fault *resolute.Finding) {
	if row.Fault != nil {
		return nil, nil, row.Fault
	}
	values, missing = map[string]float64{}, []string{}
	for _, id := range tree.Indicators() {
		cell := row.Cell(sheet.Key(id))
		v, ok := parse(cell)
		if !ok {
			f := cell.Finding(file, "number-unreadable", "a number or nothing")
			return nil, nil, &f
		}
		if math.IsNaN(v) {
			missing = append(missing, id)
			continue
		}
		values[id] = v
	}
	slices.Sort(missing)
	return values, missing, nil
}

// Goalposts reads a CSV file with the columns indicator, worst and best: the values of score 0 and of
// full score (logarithms where the tree takes logarithms).
func Goalposts(r io.Reader, file string) (map[string][2]float64, error) {
	table, err := openTable(r, file, []string{"indicator", "worst", "best"})
	if err != nil {
		return nil, err
	}
	posts := map[string][2]float64{}
	for {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			return posts, nil
		}
		if err != nil {
			return nil, err
		}
		if row.Fault != nil {
			return nil, &sheet.Refusal{Finding: *row.Fault}
		}
		worst, okWorst := parse(row.Cell("worst"))
		best, okBest := parse(row.Cell("best"))
		if !okWorst || !okBest || math.IsNaN(worst) || math.IsNaN(best) {
			return nil, &sheet.Refusal{Finding: row.Cell("best").Finding(file, "number-unreadable", "two numbers, worst and best")}
		}
		posts[row.Cell("indicator").Text] = [2]float64{worst, best}
	}
}
