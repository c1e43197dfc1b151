package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"resolute/internal/framework"
	"resolute/internal/measure"
	"resolute/internal/measure/divide"
)

func (a *app) measureDivideCommand() *cobra.Command {
	var f figures
	var q measure.DivideQuery
	var weights string
	var between []string
	c := &cobra.Command{
		Use:   "divide [FILE.csv]",
		Short: "Measure the divide between areas, year by year",
		Long: `How an indicator is spread over countries: Gini, Theil and the like, percentiles, of those who are left out too, and the figure of
all with its coverage. With --between two areas are compared: gap, ratio, time distance and catch-up; where less is better, as the catalogue
of indicators says of prices, the lower one leads. Regions and the world are
no areas among others, and members of a group are those of the last day of the year. When the areas of two years differ, a warning says
so: --balanced takes those that have them all.`,
		Example: `  resolute measure divide individuals-using-the-internet.csv --years 2005,2015,2024 --balanced
  resolute measure divide individuals-using-the-internet.csv --group LDC --weights population.csv
  resolute measure divide individuals-using-the-internet.csv --between BGD,KOR`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if len(between) != 0 && len(between) != 2 {
				return usage("--between: want two areas, as BGD,KOR")
			}
			copy(q.Between[:], between)
			var err error
			if q.Way, err = f.way(); err != nil {
				return err
			}
			return a.measureDivide(c.Context(), f, q, weights, args)
		},
	}
	f.bind(c)
	f.bindDirection(c)
	c.Flags().IntSliceVar(&q.Years, "years", nil, "years, as 2005,2015,2024 (default: the first, a middle and the last full one)")
	c.Flags().BoolVar(&q.Balanced, "balanced", false, "only areas with a value in each of the years")
	c.Flags().StringVar(&q.Group, "group", "", "only members of this group: LDC, LLDC, SIDS, ITU:AFR, WB:LIC, M49:002 ...")
	c.Flags().StringSliceVar(&q.Areas, "areas", nil, "only these areas, as KEN,UGA,TZA, in place of a group")
	c.Flags().StringVar(&q.Rule, "rule", "", "by which the areas get one figure: weighted-mean, plain-mean, median or sum (default: that of the indicator)")
	c.Flags().StringVar(&weights, "weights", "", "file or held indicator of weights, such as population; of the same year")
	c.Flags().StringSliceVar(&between, "between", nil, "two areas to compare, as BGD,KOR")
	c.Flags().Float64Var(&q.Least, "coverage", 0, "share that must be covered for the areas to get one figure (default 0.6, of a sum two thirds)")
	complete(c, "rule", divide.Rules)
	return c
}

func (a *app) measureDivide(ctx context.Context, f figures, q measure.DivideQuery, weights string, args []string) error {
	frame, findings, err := a.frame(ctx, f, args)
	if err != nil {
		return err
	}
	if weights != "" {
		w, more, err := a.weightsOf(ctx, weights)
		if err != nil {
			return err
		}
		q.Weights, findings = w, append(findings, more...)
	}
	d, err := measure.MeasureDivide(frame, framework.Builtin(), q)
	if err != nil {
		return err
	}
	if a.formatOr("json") == "json" || a.format == "jsonl" {
		err = printOne(a, "json", d, "")
	} else {
		err = errors.Join(a.printPair(d.Pair), printList(a, "json", "years", d.Years, divideColumns), a.warn(d.Warnings))
	}
	return errors.Join(err, a.tellFindings(findings))
}

// printPair prints the comparison of two areas above a table for people; a file holds one table only.
func (a *app) printPair(p *measure.Pair) error {
	if p == nil || a.format != "text" {
		return nil
	}
	err := printList(a, "json", "between", []measure.Pair{*p}, []column[measure.Pair]{
		{"leader", "LEADER", func(p measure.Pair) any { return p.Leader }},
		{"laggard", "LAGGARD", func(p measure.Pair) any { return p.Laggard }},
		{"year", "YEAR", func(p measure.Pair) any { return p.Year }},
		{"leader_value", "AHEAD", func(p measure.Pair) any { return p.LeaderValue }},
		{"laggard_value", "BEHIND", func(p measure.Pair) any { return p.LaggardValue }},
		{"absolute_gap_pp", "GAP", func(p measure.Pair) any { return p.Absolute }},
		{"ratio_b_over_a", "RATIO", func(p measure.Pair) any { return p.Ratio }},
		{"time_distance_years", "YEARS BEHIND", func(p measure.Pair) any { return p.TimeDistance }},
		{"time_state", "STATE", func(p measure.Pair) any { return p.TimeState }},
		{"catch_up_years", "YEARS TO CATCH UP", func(p measure.Pair) any { return p.CatchUpYears }},
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.Out)
	return err
}

var divideColumns = []column[measure.DivideYear]{
	{"year", "YEAR", func(y measure.DivideYear) any { return y.Year }},
	{"areas", "AREAS", func(y measure.DivideYear) any { return y.Areas }},
	{"estimated", "ESTIMATED", func(y measure.DivideYear) any { return y.Estimated }},
	{"mean", "MEAN", func(y measure.DivideYear) any { return y.Unweighted.Mean }},
	{"cv", "CV", func(y measure.DivideYear) any { return y.Unweighted.CV }},
	{"gini", "GINI", func(y measure.DivideYear) any { return y.Unweighted.Gini }},
	{"theil_T", "", func(y measure.DivideYear) any { return y.Unweighted.TheilT }},
	{"theil_L", "", func(y measure.DivideYear) any { return y.Unweighted.TheilL }},
	{"p10", "P10", func(y measure.DivideYear) any { return y.Percentile.P10 }},
	{"p50", "P50", func(y measure.DivideYear) any { return y.Percentile.P50 }},
	{"p90", "P90", func(y measure.DivideYear) any { return y.Percentile.P90 }},
	{"aggregate", "AGGREGATE", func(y measure.DivideYear) any { return y.Aggregate.Value }},
	{"aggregate_rule", "RULE", func(y measure.DivideYear) any { return y.Aggregate.Rule }},
	{"areas_of", "OF", func(y measure.DivideYear) any { return y.Aggregate.Of }},
	{"coverage", "COVERAGE", func(y measure.DivideYear) any { return y.Aggregate.Coverage }},
	{"share_estimated", "", func(y measure.DivideYear) any { return y.Aggregate.Estimated }},
	{"weighed_by", "", func(y measure.DivideYear) any { return y.Aggregate.WeighedBy }},
	{"members_on", "", func(y measure.DivideYear) any { return y.Aggregate.Members }},
}
