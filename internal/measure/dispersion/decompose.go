package dispersion

import (
	"math"
	"slices"
)

// Parts is an inequality taken apart: between the means of groups, and within the groups. They add
// up to the whole. L is Theil L, whose parts weigh by people; NaN with a value of 0 or below.
type Parts struct {
	Between  float64
	Within   float64
	LBetween float64
	LWithin  float64
}

// Decompose takes Theil T apart by groups: groups[i] is the group of values[i]. Between is
// sum s_g ln(m_g/m), within is sum s_g T_g, where s_g is the share of group g in the total of
// values. For Theil L between is sum p_g ln(m/m_g), within is sum p_g L_g, where p_g is its share in the sum of
// weights. They are NaN where the whole is. The error is ErrInput.
func Decompose(values, weights []float64, groups []string) (Parts, error) {
	if len(groups) != len(values) {
		return Parts{}, ErrInput
	}
	whole, err := newSet(values, weights)
	if err != nil {
		return Parts{}, err
	}
	m := whole.mean()
	if whole.lowest() < 0 || m <= 0 {
		return Parts{math.NaN(), math.NaN(), math.NaN(), math.NaN()}, nil
	}
	members, order := map[string]*set{}, []string{}
	for i, p := range whole.points {
		g := members[groups[i]]
		if g == nil {
			g = &set{}
			members[groups[i]], order = g, append(order, groups[i])
		}
		g.points, g.total = append(g.points, p), g.total+p.weight
	}
	slices.Sort(order) // the sum must not depend on the order of the rows
	var parts Parts
	for _, name := range order {
		g := members[name]
		if g.total == 0 {
			continue
		}
		mean := g.mean()
		if mean == 0 {
			continue
		}
		share := g.total * mean / (whole.total * m)
		parts.Between += share * math.Log(mean/m)
		parts.Within += share * g.theilT(mean)
		people := g.total / whole.total
		parts.LBetween += people * math.Log(m/mean)
		parts.LWithin += people * g.theilL(mean)
	}
	if whole.lowest() <= 0 {
		parts.LBetween, parts.LWithin = math.NaN(), math.NaN()
	}
	return parts, nil
}
