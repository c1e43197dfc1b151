package columns

import (
	"runtime"
	"sync"
)

// Sum is what the areas of one group give for one indicator and year.
type Sum struct {
	Key       int // place among Keys
	Group     int // as the grouping numbers it
	Year      int
	Areas     int     // with a value
	Estimated int     // of them
	Total     float64 // of the values, by weight
	Weight    float64 // of the areas with a value; their number where there are no weights
}

// Mean is the mean of the group, by weight.
func (s Sum) Mean() float64 { return s.Total / s.Weight }

// Grouping says to which group each area belongs, by the place of the area among Areas; -1: to none.
// Weights, if any, are by place of the area and year: Weight of an area in a year, 0 where it is not
// known (the area then has no part in that year).
type Grouping struct {
	Of      []int
	Groups  int
	Weights func(area, year int) float64
}

// Aggregate adds up every indicator by group and year, in one pass with all processors. The sums come
// by key, group and year; what has no area is left out.
func (c *Columns) Aggregate(g Grouping) []Sum {
	first, last := c.span()
	if len(c.keys) == 0 || last < first || g.Groups == 0 {
		return nil
	}
	width := last - first + 1
	parts := min(runtime.GOMAXPROCS(0), len(c.keys))
	lists := make([][]Sum, parts)
	var wait sync.WaitGroup
	for part := range parts {
		from, to := part*len(c.keys)/parts, (part+1)*len(c.keys)/parts
		wait.Go(func() {
			cells := make([]Sum, g.Groups*width)
			for key := from; key < to; key++ {
				c.addKey(key, g, first, width, cells)
				for i := range cells {
					if cells[i].Areas > 0 {
						s := cells[i]
						s.Key, s.Group, s.Year = key, i/width, first+i%width
						lists[part] = append(lists[part], s)
					}
				}
				clear(cells)
			}
		})
	}
	wait.Wait()
	var all []Sum
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

func (c *Columns) addKey(key int, g Grouping, first, width int, cells []Sum) {
	for _, s := range c.series[c.ofKey[key]:c.ofKey[key+1]] {
		group := g.Of[s.area]
		if group < 0 {
			continue
		}
		row := cells[group*width : (group+1)*width]
		for i := s.from; i < s.to; i++ {
			weight := 1.0
			if g.Weights != nil {
				if weight = g.Weights(int(s.area), int(c.years[i])); !(weight > 0) {
					continue
				}
			}
			cell := &row[int(c.years[i])-first]
			cell.Areas++
			cell.Estimated += int(c.flags[i] & estimatedFlag)
			cell.Total += weight * c.values[i]
			cell.Weight += weight
		}
	}
}

// span gives the first and the last year.
func (c *Columns) span() (first, last int) {
	first, last = 1, 0
	for i, year := range c.years {
		if y := int(year); i == 0 {
			first, last = y, y
		} else {
			first, last = min(first, y), max(last, y)
		}
	}
	return first, last
}
