package web

import (
	"resolute/internal/measure"
	"resolute/internal/measure/divide"
	"resolute/internal/measure/progress"
)

// The formulas of docs/reference/measures.md, which has their sources and a worked example of each.
var (
	ruleFormulas = map[string]string{divide.WeightedMean: "Σ w·x / Σ w", divide.PlainMean: "Σ x / n", divide.Median: "x[(n−1)/2]", divide.Sum: "Σ x"}

	dispersionFormulas = []struct{ key, formula string }{
		{"gini", "Σᵢⱼ wᵢ·wⱼ·|xᵢ−xⱼ| / (2·m·W²)"},
		{"theil", "Σ (w/W)·(x/m)·ln(x/m)"},
		{"cv", "√(Σ w·(x−m)²/W) / m"},
	}
)

// formulas are those of what the view shows, with the names and versions of methods.
func (p *indicatorPage) formulas(v *frameView) (list []Link) {
	for _, rule := range p.rulesShown(v) {
		list = append(list, Link{Text: p.T("indicator.rule." + rule), Code: ruleFormulas[rule]})
	}
	if p.Divide != nil {
		for _, one := range dispersionFormulas {
			list = append(list, Link{Text: p.T("indicator.measure." + one.key), Code: one.formula})
		}
		list = append(list, Link{Text: p.T("indicator.formula.time_distance"), Code: "S = t_B(x) − t_A(x)"}, Link{Text: p.T("indicator.formula.catch_up"), Code: "(A − B) / (slope_B − slope_A)"})
	}
	if f := p.Forecast; f != nil {
		list = append(list, Link{Text: p.T("indicator.projection"), Code: f.Method + ": z(H) = z + b·Σ d^i, z = ln(p/(100−p))"})
		if len(f.Verdicts) > 0 {
			list = append(list, Link{Text: p.T("indicator.method.growth"), Code: measure.UsualMethods.Growth.ID + ": R = d·g/|g_r|, g = (y_t/y_0)^(1/(t−t0)) − 1"},
				Link{Text: p.T("indicator.method.pace"), Code: progress.LinearPace + ": ((x−base)/(target−base)) / ((t−t0)/(T−t0))"},
				Link{Text: p.T("indicator.method.anticipated"), Code: progress.Anticipated + ": (target−x(T)) / (target−base)"},
				Link{Text: p.T("indicator.method.commission"), Code: measure.UsualMethods.Line.ID + ": x(T) = m + b·(T−m_t), w = t−1999"})
		}
	}
	return list
}

// rulesShown are the rules of the figures of groups on the page, each once.
func (p *indicatorPage) rulesShown(v *frameView) []string {
	figures := map[string][]measure.GroupFigure{}
	for _, one := range v.compared {
		figures[one.code] = one.figures
	}
	if p.Divide != nil {
		figures = p.Divide.figures
	}
	for _, list := range figures {
		if len(list) > 0 {
			return []string{list[0].Rule} // one indicator has one rule
		}
	}
	return nil
}
