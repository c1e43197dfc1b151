package demo

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/measure"
)

// figuresFile is the file of fictional statistics, as the account of its import names it.
const figuresFile = "demonstration-figures.csv"

// The table that fictional statistics belong to, and the years they cover.
const (
	figuresFlow  = "DEMO:FICTION"
	figuresFrom  = 2010
	figuresUntil = 2025
)

// fictionalIndicator is one indicator of the demonstration; its code is that of a concept.
type fictionalIndicator struct {
	code, name, unit string
	ahead            float64 // of the users of the same country, on the logit scale
	ceiling          float64
}

var fictionalIndicators = []fictionalIndicator{
	{"users", "Individuals using the Internet (fictional)", "%", 0, 100},
	{"users_female", "Women using the Internet (fictional)", "%", -0.2, 100},
	{"users_rural", "Rural residents using the Internet (fictional)", "%", -0.8, 100},
	{"hh_internet", "Households with Internet at home (fictional)", "%", -0.1, 100},
	{"cov4g", "Population covered by at least 4G (fictional)", "%", 1.2, 100},
	{"fixed_bb", "Fixed-broadband subscriptions (fictional)", "per 100", -1.5, 60},
}

// LoadFigures loads fictional statistics for real countries, as the operator: no value says anything
// about a country. Years are missing here and there, and some values are estimates.
func LoadFigures(ctx context.Context, m *measure.Measure, seed uint64) error {
	on := measure.Measure{DB: m.DB, Now: onDay("2026-09-30")}
	if _, err := on.Import(ctx, resolute.Operator(), measure.Source{File: figuresFile}, strings.NewReader(figures(seed))); err != nil {
		return fmt.Errorf("load the figures of the demonstration: %w", err)
	}
	return nil
}

func figures(seed uint64) string {
	var b strings.Builder
	b.WriteString("dataflow,indicator,indicator_name,unit,area,area_name,period,value,status,source,note\n")
	for n, country := range framework.Builtin().Countries() {
		if !country.ITUMember {
			continue
		}
		r := rand.New(rand.NewPCG(seed, uint64(n)))
		start, pace := -4+4.5*r.Float64(), 0.12+0.2*r.Float64()
		silent := r.IntN(12) == 0 // reports nothing but coverage
		for _, i := range fictionalIndicators {
			for year := figuresFrom; year <= figuresUntil; year++ {
				if silent && i.code != "cov4g" || r.IntN(9) == 0 || year == figuresUntil && r.IntN(2) == 0 {
					continue
				}
				z := start + i.ahead + pace*float64(year-figuresFrom) + 0.08*r.NormFloat64()
				status := ""
				if r.IntN(3) == 0 {
					status = "E"
				}
				fmt.Fprintf(&b, "%s,%s,%s,%s,%s,%s,%d,%.1f,%s,Fictional statistical office,\n", figuresFlow, i.code, i.name, i.unit, country.ISO3,
					strings.ReplaceAll(country.Name["en"], ",", " "), year, i.ceiling/(1+math.Exp(-z)), status)
			}
		}
	}
	return b.String()
}
