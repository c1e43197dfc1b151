package measure

import (
	"slices"

	"resolute/internal/measure/divide"
)

// SideGap compares two groups of people in one area and year: women with men, or town with countryside.
type SideGap struct {
	Area     string `json:"area"`
	AreaName string `json:"area_name"`
	Year     int    `json:"year"`
	One      Number `json:"one"`   // of women, or in towns
	Other    Number `json:"other"` // of men, or in the countryside
	Score    Number `json:"score"` // one divided by the other: the gender parity score, or the ratio of town to countryside
	Verdict  string `json:"verdict,omitempty"`
	Absolute Number `json:"absolute_gap"` // by how much women, or the countryside, are behind, in the unit of the indicator
	Relative Number `json:"relative_gap"`
	Offline  Number `json:"offline_ratio"`
}

// Parity compares the figures of women with those of men in each area and year that both have; years picks some, none all.
func Parity(women, men Frame, years []int) []SideGap {
	return sides(women, men, years, func(g *SideGap, women, men float64) divide.Gap {
		score, verdict := divide.ParityScore(women, men)
		g.Score, g.Verdict = Number(score), verdict
		return divide.Between(men, women)
	})
}

// Places compares the figures of towns with those of the countryside in each area and year that both have.
func Places(urban, rural Frame, years []int) []SideGap {
	return sides(urban, rural, years, func(g *SideGap, urban, rural float64) divide.Gap {
		g.Score = Number(divide.UrbanRural(urban, rural))
		return divide.Between(urban, rural)
	})
}

// sides walks the areas and years that both frames have, in order.
func sides(one, other Frame, years []int, compare func(g *SideGap, one, other float64) divide.Gap) []SideGap {
	list := []SideGap{}
	for _, a := range one.Areas {
		b, _ := other.area(a.Area)
		for _, p := range a.Points {
			q, both := b.At(p.Year)
			if !both || len(years) > 0 && !slices.Contains(years, p.Year) {
				continue
			}
			g := SideGap{Area: a.Area, AreaName: a.Name, Year: p.Year, One: Number(p.Value), Other: Number(q.Value)}
			gap := compare(&g, p.Value, q.Value)
			g.Absolute, g.Relative, g.Offline = Number(gap.Absolute), Number(gap.Relative), Number(gap.Offline)
			if one.Unit != "" && one.Unit != percentUnit {
				g.Offline = None
			}
			list = append(list, g)
		}
	}
	return list
}
