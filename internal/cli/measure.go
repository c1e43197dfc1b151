package cli

import (
	"errors"
	"os"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/measure"
)

func (a *app) measureCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "measure",
		Short: "Measure the digital divide and the progress of figures",
	}
	c.AddCommand(a.measureProgressCommand(), a.measureDispersionCommand(), a.measureDivideCommand(), a.measureGapCommand(), a.measureProjectCommand(), a.measureBacktestCommand(), a.measureListCommand(), a.measureIndicatorsCommand(), a.measureAggregateCommand(), a.measureIndexCommand(), a.measureMethodCommand())
	return c
}

func (a *app) measureProgressCommand() *cobra.Command {
	var input string
	var aggregate bool
	var methods []string
	c := &cobra.Command{
		Use:   "progress --input FILE.csv",
		Short: "Judge whether figures move fast enough towards their targets",
		Long: `Reads a row for each series with the columns indicator, series, base_year, base_value, current_year, current_value,
target_year, target, direction (1: more is better, -1: less is better) and limit, and gives the same rows with the growth
ratio (progress_value), the score from -5 to 5, the status, and the linear pace beside them, since the verdict depends on
the method. An empty target or limit is none. A row that cannot be understood is told and left out: exit code 3. The
formulas and their sources: docs/reference/measures.md.`,
		Example: `  resolute measure progress --input series.csv
  resolute measure progress --input series.csv --aggregate --format csv`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.measureProgress(input, aggregate, methods) },
	}
	c.Flags().StringVar(&input, "input", "", "file of figures, CSV")
	bindMethods(c, &methods)
	c.Flags().BoolVar(&aggregate, "aggregate", false, "the plain mean of the scores of each indicator instead")
	_ = c.MarkFlagRequired("input") // the flag exists
	return c
}

// figureRows is the answer of measure progress.
type figureRows[T any] struct {
	Rows     []T                `json:"rows"`
	Findings []resolute.Finding `json:"findings"`
	Method   any                `json:"method,omitempty"` // with its parameters; nil: the rows name theirs
}

func (a *app) measureProgress(input string, aggregate bool, methods []string) error {
	by, err := readMethods(methods)
	if err != nil {
		return err
	}
	f, err := os.Open(input)
	if err != nil {
		return unreadable(input, err)
	}
	list, findings, err := measure.JudgeCases(f, input, by.Growth)
	if err = closing(f, err); err != nil {
		return unreadable(input, err)
	}
	if aggregate {
		err = printFigures(a, measure.ScoreIndicators(list, by.Growth), findings, scoreColumns, by.Growth)
	} else {
		err = printFigures(a, list, findings, judgedColumns, by.Growth)
	}
	return errors.Join(err, a.tellFindings(findings))
}

// printFigures writes rows with the findings beside them where the format has a place for both.
func printFigures[T any](a *app, rows []T, findings []resolute.Finding, columns []column[T], by any) error {
	if a.formatOr("json") != "json" {
		return printList(a, "json", "rows", rows, columns)
	}
	return printJSON(a.Out, figureRows[T]{append([]T{}, rows...), append([]resolute.Finding{}, findings...), by})
}

// tellFindings prints findings to standard error; the exit code is 3 when there are any.
func (a *app) tellFindings(findings []resolute.Finding) error {
	for _, f := range findings {
		if err := printFinding(a.Err, f); err != nil {
			return err
		}
	}
	if len(findings) > 0 {
		return &exitError{code: exitRefused}
	}
	return nil
}

// printed is a column of the input, as it was written.
func printed(name, heading string) column[measure.Judged] {
	return column[measure.Judged]{name, heading, func(j measure.Judged) any { return j.Printed[name] }}
}

var judgedColumns = []column[measure.Judged]{
	printed("indicator", "INDICATOR"), printed("series", "SERIES"), printed("base_year", "FROM"), printed("base_value", "BASE"),
	printed("current_year", "TO"), printed("current_value", "VALUE"), printed("target_year", "BY"), printed("target", "TARGET"),
	printed("direction", ""), printed("limit", ""),
	{"sign", "", func(j measure.Judged) any {
		if j.Sign == nil {
			return ""
		}
		return *j.Sign
	}},
	{"progress_value", "PROGRESS", func(j measure.Judged) any { return j.Progress }},
	{"score", "SCORE", func(j measure.Judged) any { return j.Score }},
	{"status", "STATUS", func(j measure.Judged) any { return j.Status }},
	{"method", "METHOD", func(j measure.Judged) any { return j.Method }},
	{"share_closed", "", func(j measure.Judged) any { return j.Closed }},
	{"share_of_time", "", func(j measure.Judged) any { return j.OfTime }},
	{"pace_ratio", "PACE", func(j measure.Judged) any { return j.Pace }},
	{"pace_status", "BY PACE", func(j measure.Judged) any { return j.Second }},
	{"pace_method", "", func(j measure.Judged) any { return j.SecondBy }},
}

var scoreColumns = []column[measure.IndicatorScore]{
	{"indicator", "INDICATOR", func(s measure.IndicatorScore) any { return s.Indicator }},
	{"score", "SCORE", func(s measure.IndicatorScore) any { return s.Score }},
	{"progress_status", "STATUS", func(s measure.IndicatorScore) any { return s.Status }},
	{"series", "SERIES", func(s measure.IndicatorScore) any { return s.Series }},
	{"scored", "SCORED", func(s measure.IndicatorScore) any { return s.Scored }},
	{"method", "METHOD", func(s measure.IndicatorScore) any { return s.Method }},
}

func (a *app) measureDispersionCommand() *cobra.Command {
	var input string
	var columns measure.SpreadColumns
	c := &cobra.Command{
		Use:   "dispersion --input FILE.csv --value COLUMN",
		Short: "Measure how unequally values are spread",
		Long: `Mean, deviation, coefficient of variation, Gini, Theil T and L, Atkinson and percentiles of a column: plain, and by a column
of weights where one is named; with a column of groups Theil T is taken apart between and within them. What is not defined
is null. A row without a value takes no part and is counted as missing. The formulas: docs/reference/measures.md.`,
		Example: `  resolute measure dispersion --input users.csv --value users --weight population --group region`,
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return a.measureDispersion(input, columns) },
	}
	c.Flags().StringVar(&input, "input", "", "file of values, CSV")
	c.Flags().StringVar(&columns.Value, "value", "", "column of the values")
	c.Flags().StringVar(&columns.Weight, "weight", "", "column of their weights, such as people")
	c.Flags().StringVar(&columns.Group, "group", "", "column of the groups by which Theil T is taken apart")
	_, _ = c.MarkFlagRequired("input"), c.MarkFlagRequired("value") // the flags exist
	return c
}

func (a *app) measureDispersion(input string, columns measure.SpreadColumns) error {
	f, err := os.Open(input)
	if err != nil {
		return unreadable(input, err)
	}
	spread, err := measure.MeasureSpread(f, input, columns)
	if err = closing(f, err); err != nil {
		return unreadable(input, err)
	}
	if a.formatOr("json") == "json" || a.format == "jsonl" {
		err = printOne(a, "json", spread, "")
	} else {
		err = printList(a, "json", "measures", measureRows(spread), measureColumns)
	}
	return errors.Join(err, a.tellFindings(spread.Findings))
}

// measureRow is one measure, for tables.
type measureRow struct {
	set, measure string
	value        measure.Number
}

var measureColumns = []column[measureRow]{
	{"set", "SET", func(r measureRow) any { return r.set }},
	{"measure", "MEASURE", func(r measureRow) any { return r.measure }},
	{"value", "VALUE", func(r measureRow) any { return r.value }},
}

func measureRows(s measure.Spread) []measureRow {
	rows := []measureRow{{"unweighted", "n", measure.Number(s.N)}, {"unweighted", "missing", measure.Number(s.Missing)}}
	add := func(set string, d measure.Dispersion) {
		rows = append(rows, measureRow{set, "mean", d.Mean}, measureRow{set, "sd_population", d.SD}, measureRow{set, "cv", d.CV}, measureRow{set, "gini", d.Gini},
			measureRow{set, "theil_T", d.TheilT}, measureRow{set, "theil_L", d.TheilL}, measureRow{set, "atkinson_0_5", d.Atkinson}, measureRow{set, "atkinson_1", d.Atkinson1}, measureRow{set, "atkinson_2", d.Atkinson2})
	}
	add("unweighted", s.Unweighted)
	if s.Weighted != nil {
		add("weighted", *s.Weighted)
	}
	rows = append(rows, measureRow{"unweighted", "gini_small_sample_n_over_n_minus_1", s.SmallSample}, measureRow{"unweighted", "p10", s.Percentiles.P10},
		measureRow{"unweighted", "p25", s.Percentiles.P25}, measureRow{"unweighted", "p50", s.Percentiles.P50}, measureRow{"unweighted", "p75", s.Percentiles.P75}, measureRow{"unweighted", "p90", s.Percentiles.P90})
	if t := s.Theil; t != nil {
		parts := func(set string, p measure.Parts) {
			rows = append(rows, measureRow{set, "theil_T_between", p.Between}, measureRow{set, "theil_T_within", p.Within},
				measureRow{set, "theil_L_between", p.LBetween}, measureRow{set, "theil_L_within", p.LWithin})
		}
		if parts("unweighted", t.Unweighted); t.Weighted != nil {
			parts("weighted", *t.Weighted)
		}
	}
	return rows
}
