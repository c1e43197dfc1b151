package measure

import (
	"context"
	"math"
	"strconv"

	"resolute/internal/framework"
	"resolute/internal/measure/columns"
	"resolute/internal/measure/divide"
)

// GroupFigure is one figure of an indicator for a group of economies in a year.
type GroupFigure struct {
	Dataflow   string  `json:"dataflow"`
	Indicator  string  `json:"indicator"`
	Dims       string  `json:"dims"`
	Group      string  `json:"group"`
	Year       int     `json:"year"`
	Value      Number  `json:"value"` // null: insufficient
	Rule       string  `json:"rule"`
	Areas      int     `json:"areas_used"`
	Of         int     `json:"areas_of"`
	Coverage   float64 `json:"coverage"` // of the areas
	Estimated  Number  `json:"share_estimated"`
	Sufficient bool    `json:"sufficient"`
}

// Columns builds the columns of a dataflow (empty: of all) as of a change; 0 is now. Values in words
// and those that are missing are left out.
func (m *Measure) Columns(ctx context.Context, dataflow string, at int64) (*columns.Columns, error) {
	var b columns.Builder
	err := m.EachSeries(ctx, dataflow, at, func(s Series) error {
		for _, o := range s.Observations {
			if o.Words || o.Value == "" {
				continue
			}
			year, _ := strconv.Atoi(o.Period[:4]) // a period begins with a year
			value, err := strconv.ParseFloat(o.Value, 64)
			if err != nil {
				continue // larger than any number that is reckoned with
			}
			if err := b.Add(s.Dataflow, s.Indicator, s.DimsText, s.Area, year, value, estimated(o.Status, o.Nature)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return b.Build(), nil
}

// world is the group of all economies.
const world = "WORLD"

// AggregateAll gives the plain mean of every indicator by year for the six ITU regions and the world.
// A region without enough economies of those that ever report has no value.
func AggregateAll(c *columns.Columns, catalogue *framework.Catalogue, least float64) []GroupFigure {
	names := []string{"AFR", "AMS", "ARB", "ASP", "CIS", "EUR"}
	place := map[string]int{}
	for i, name := range names {
		place[name] = i
	}
	regions, all := columns.Grouping{Groups: len(names), Of: make([]int, len(c.Areas()))}, columns.Grouping{Groups: 1, Of: make([]int, len(c.Areas()))}
	members, economies := make([]int, len(names)), 0
	for i, area := range c.Areas() {
		regions.Of[i], all.Of[i] = -1, -1
		if Economy(catalogue, area) {
			all.Of[i] = 0
			economies++
		}
		country, known := catalogue.Country(area)
		if n, ok := place[country.ITURegion]; known && ok {
			regions.Of[i] = n
			members[n]++
		}
	}
	var list []GroupFigure
	for _, s := range c.Aggregate(all) {
		list = append(list, groupFigure(c, s, world, economies, least))
	}
	for _, s := range c.Aggregate(regions) {
		list = append(list, groupFigure(c, s, names[s.Group], members[s.Group], least))
	}
	return list
}

func groupFigure(c *columns.Columns, s columns.Sum, group string, of int, least float64) GroupFigure {
	k := c.Keys()[s.Key]
	f := GroupFigure{Dataflow: k.Dataflow, Indicator: k.Indicator, Dims: k.Dims, Group: group, Year: s.Year, Value: Number(math.NaN()), Rule: divide.PlainMean, Areas: s.Areas, Of: of,
		Coverage: float64(s.Areas) / float64(of), Estimated: Number(float64(s.Estimated) / float64(s.Areas))}
	if f.Sufficient = f.Coverage >= least; f.Sufficient {
		f.Value = Number(s.Mean())
	}
	return f
}
