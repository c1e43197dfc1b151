package web

import (
	"cmp"
	"math/big"
	"slices"

	"resolute"
	"resolute/internal/register"
)

// YearBars is what was committed and spent in one year in one currency, with bars whose widths
// share the scale of that currency.
type YearBars struct {
	Year, Currency           string
	Committed, Spent         string
	CommittedBar, SpentBar   int
	committedSum, spentCents resolute.Cents
}

// yearBars sums the usable commitments and spending of an activity by currency and year.
func (p *activityPage) yearBars(flows []register.Transaction) []YearBars {
	var list []YearBars
	for _, t := range flows {
		if !t.Usable || len(t.Day) < 4 || t.Type != "2" && t.Type != "3" && t.Type != "4" {
			continue
		}
		at := slices.IndexFunc(list, func(y YearBars) bool { return y.Year == t.Day[:4] && y.Currency == t.Currency })
		if at < 0 {
			at = len(list)
			list = append(list, YearBars{Year: t.Day[:4], Currency: t.Currency})
		}
		y := &list[at]
		if t.Type == "2" {
			y.committedSum = y.committedSum.Plus(t.Cents)
		} else {
			y.spentCents = y.spentCents.Plus(t.Cents)
		}
	}
	return p.drawn(list)
}

// drawn writes the sums and draws their bars, each against the greatest of its currency.
func (s *shell) drawn(list []YearBars) []YearBars {
	most := map[string]resolute.Cents{}
	for _, y := range list {
		most[y.Currency] = max(most[y.Currency], y.committedSum, y.spentCents)
	}
	for i := range list {
		y := &list[i]
		y.Committed, y.Spent = s.Money(y.Currency, y.committedSum), s.Money(y.Currency, y.spentCents)
		y.CommittedBar, y.SpentBar = width(y.committedSum, most[y.Currency]), width(y.spentCents, most[y.Currency])
	}
	slices.SortStableFunc(list, func(a, b YearBars) int {
		return cmp.Or(cmp.Compare(a.Currency, b.Currency), cmp.Compare(a.Year, b.Year))
	})
	return list
}

// width is the part of a bar's view box that a sum takes; what is not above zero has no bar.
func width(sum, most resolute.Cents) int {
	if sum <= 0 || most <= 0 {
		return 0
	}
	return int(barWidth * (float64(sum) / float64(most)))
}

// ResultLine is one result with the periods of its indicators.
type ResultLine struct {
	Kind   string
	Title  Passage
	Region string // names its table apart from all others of the page
	Values []ValueLine
}

// ValueLine is one period of an indicator: values as printed, empty when there is none. Way is
// how much of the way from base to target is made, empty when that cannot be told.
type ValueLine struct {
	Name                 Passage
	Span                 string
	Base, Actual, Target string
	Way                  string
	Bar                  int
}

func (p *activityPage) fillResults() {
	apart := regions{}
	for _, r := range p.Stored.Document.Results {
		line := ResultLine{Title: p.In(r.Title)}
		line.Region = apart.name(p.T("activity.results") + p.Colon() + line.Title.Text)
		if p.Has("code.result." + r.Type) {
			line.Kind = p.T("code.result." + r.Type)
		}
		for _, i := range r.Indicators {
			start := ValueLine{Name: p.In(i.Title)}
			if len(i.Baselines) > 0 {
				start.Base = i.Baselines[0].Value
			}
			if len(i.Periods) == 0 {
				line.Values = append(line.Values, start)
			}
			for _, period := range i.Periods {
				v := start
				v.Span = p.Years(period.Start, period.End)
				for _, m := range period.Actuals {
					v.Actual = joined(v.Actual, p.Comma(), m.Value)
				}
				for _, m := range period.Targets {
					v.Target = joined(v.Target, p.Comma(), m.Value)
				}
				line.Values = append(line.Values, p.onTheWay(v))
			}
		}
		p.Results = append(p.Results, line)
	}
}

// onTheWay adds how much of the way is made, where that can be told.
func (p *activityPage) onTheWay(v ValueLine) ValueLine {
	if made, ok := wayMade(v.Base, v.Actual, v.Target); ok {
		v.Way, v.Bar = p.Percent(made*10_000), int(min(max(made, 0), 100)*barWidth/100)
	}
	return v
}

func joined(list, comma, value string) string {
	if list == "" {
		return value
	}
	return list + comma + value
}

// wayMade gives how many percent of the way from base to target are made, rounded down. Without
// a base, or when base and target are the same, it cannot be told.
func wayMade(base, actual, target string) (percent int64, ok bool) {
	b, okBase := new(big.Rat).SetString(base)
	a, okActual := new(big.Rat).SetString(actual)
	t, okTarget := new(big.Rat).SetString(target)
	if len(base)+len(actual)+len(target) > 60 || !okBase || !okActual || !okTarget || b.Cmp(t) == 0 {
		return 0, false
	}
	way := new(big.Rat).Quo(a.Sub(a, b), t.Sub(t, b))
	way.Mul(way, big.NewRat(100, 1))
	whole := new(big.Int).Quo(way.Num(), way.Denom())
	return whole.Int64(), whole.IsInt64() && whole.Int64() < 100_000 && whole.Int64() > -100_000
}
