package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/measure"
	"resolute/internal/measure/statfile"
)

// figures are the flags by which one indicator is taken from a file.
type figures struct {
	input, dataflow, indicator, area string
	dims                             []string
	direction                        string
	level                            float64
}

func (f *figures) bind(c *cobra.Command) {
	c.Flags().StringVar(&f.input, "input", "", "file of statistics, as import stats reads them; without it what is stored answers")
	c.Flags().StringVar(&f.indicator, "indicator", "", "code of the indicator; not needed where a file holds one only")
	c.Flags().StringVar(&f.dataflow, "dataflow", "", "table of the stored indicator, where several have one of this code")
	c.Flags().StringSliceVar(&f.dims, "where", nil, "further dimensions, as SEX=FEMALE; without it the figures that state none")
	c.Flags().StringVar(&f.area, "of", "", "the area of a file that does not name its own (Open SDG)")
}

func (f *figures) bindLevel(c *cobra.Command) {
	c.Flags().Float64Var(&f.level, "level", 0.9, "share of what comes that the band is meant to hold")
}

func (f *figures) bindDirection(c *cobra.Command) {
	c.Flags().StringVar(&f.direction, "direction", "", "up: more is better, down: less is better (default: what the catalogue of indicators says)")
	complete(c, "direction", []string{"up", "down"})
}

// way is the direction of the flag: 1, -1, or 0 where the catalogue decides.
func (f *figures) way() (int, error) {
	switch f.direction {
	case "":
		return 0, nil
	case "up":
		return 1, nil
	case "down":
		return -1, nil
	}
	return 0, usage("--direction %q: want up or down", f.direction)
}

// frame reads the figures from the file of the flag or the only argument, else from the store.
func (a *app) frame(ctx context.Context, f figures, args []string) (measure.Frame, []resolute.Finding, error) {
	if len(args) == 1 && f.input == "" {
		f.input = args[0]
	}
	dims := map[string]string{}
	for _, d := range f.dims {
		name, value, ok := strings.Cut(d, "=")
		if !ok {
			return measure.Frame{}, nil, usage("--where %q: want NAME=VALUE", d)
		}
		dims[name] = value
	}
	if f.input != "" {
		known, err := a.concepts(ctx)
		if err != nil {
			return measure.Frame{}, nil, err
		}
		return f.read(dims, known)
	}
	if f.indicator == "" {
		return measure.Frame{}, nil, usage("want a file, or the stored --indicator: see resolute measure list")
	}
	h, err := a.openExisting(ctx)
	if err != nil {
		return measure.Frame{}, nil, err
	}
	key, err := h.measure.Find(ctx, f.dataflow, f.indicator)
	if err != nil {
		return measure.Frame{}, nil, closing(h, err)
	}
	frame, err := h.measure.Frame(ctx, key, dims, 0)
	return frame, nil, closing(h, err)
}

func (f figures) read(dims map[string]string, known *measure.Catalogue) (measure.Frame, []resolute.Finding, error) {
	file, err := os.Open(f.input)
	if err != nil {
		return measure.Frame{}, nil, unreadable(f.input, err)
	}
	pick := measure.Pick{Indicator: f.indicator, Dims: dims, Concepts: known}
	frame, findings, err := measure.ReadFrame(file, filepath.Base(f.input), statfile.Options{Indicator: f.indicator, Area: f.area}, pick)
	var refused *statfile.RefusedError
	if errors.As(err, &refused) {
		err = unreadable(f.input, err)
	}
	return frame, findings, closing(file, err)
}

func (a *app) measureBacktestCommand() *cobra.Command {
	var f figures
	var from, to int
	var methods []string
	c := &cobra.Command{
		Use:   "backtest [FILE.csv]",
		Short: "Test the projection on the past, and its band",
		Long: `Stands in the year --from, knows nothing of later, expects the value of --to in every area, and tells how far it missed:
mean absolute error and bias in the unit of the indicator, the share of values that fell into the band, and how simpler methods did.
Without years the last year with full data is expected from five years before.`,
		Example: "  resolute measure backtest individuals-using-the-internet.csv --from 2019 --to 2024",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			frame, findings, err := a.frame(c.Context(), f, args)
			if err != nil {
				return err
			}
			by, err := readMethods(methods)
			if err != nil {
				return err
			}
			b, err := measure.TryForecast(frame, by, from, to, f.level)
			if err != nil {
				return err
			}
			return errors.Join(a.printBacktest(b), a.tellFindings(findings))
		},
	}
	f.bind(c)
	f.bindLevel(c)
	bindMethods(c, &methods)
	c.Flags().IntVar(&from, "from", 0, "the year to stand in")
	c.Flags().IntVar(&to, "to", 0, "the year to expect")
	return c
}

func (a *app) printBacktest(b measure.Backtest) error {
	if a.formatOr("json") == "json" || a.format == "jsonl" {
		return printOne(a, "json", b, "")
	}
	rows := append([]measure.Accuracy{{Method: b.Method, MAE: b.MAE, Bias: b.Bias}}, b.Others...)
	return printList(a, "json", "methods", rows, []column[measure.Accuracy]{
		{"from", "FROM", func(measure.Accuracy) any { return b.From }},
		{"to", "TO", func(measure.Accuracy) any { return b.To }},
		{"areas", "AREAS", func(measure.Accuracy) any { return b.Areas }},
		{"method", "METHOD", func(r measure.Accuracy) any { return r.Method }},
		{"mean_absolute_error", "ERROR", func(r measure.Accuracy) any { return r.MAE }},
		{"bias", "BIAS", func(r measure.Accuracy) any { return r.Bias }},
		{"level", "LEVEL", func(r measure.Accuracy) any { return ofMain(r, b, measure.Number(b.Level)) }},
		{"coverage", "COVERAGE", func(r measure.Accuracy) any { return ofMain(r, b, b.Coverage) }},
	})
}

// ofMain gives what only the main method has.
func ofMain(r measure.Accuracy, b measure.Backtest, v measure.Number) any {
	if r.Method == b.Method {
		return v
	}
	return ""
}

func (a *app) measureProjectCommand() *cobra.Command {
	var g aggregation
	var area, group string
	var methods []string
	var to, base int
	var target float64
	c := &cobra.Command{
		Use:   "project [FILE.csv] --area CODE | --group KEY",
		Short: "Expect the values of an area or a group to come, with a band",
		Long: `The damped trend with a band as wide as its own past errors, its back-test, and for percentages the logistic, Gompertz and Bass
curves as scenarios beside it. Between two natural limits the trend is a line on the logit scale, above one (prices, subscriptions)
on the logarithm: nothing that is expected lies beyond a limit. An indicator that the catalogue does not know is taken for a
percentage. With --target, several methods judge whether it will be met, since their verdicts differ; whether more or less is better
says the catalogue of indicators, where it does not the side on which the target lies, and --direction before both.

A group is expected by its own figures, as measure aggregate gives them: band and back-test are those of all groups of the reference tables,
which share areas. Where its areas change, that is part of the trend; a warning says so.`,
		Example: `  resolute measure project individuals-using-the-internet.csv --area KEN --to 2030 --target 95
  resolute measure project --indicator i154_FBB_ts_GNI --area KEN --to 2030 --target 2
  resolute measure project --indicator i99H --group LDC --target 100`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if (area == "") == (group == "") {
				return usage("want --area CODE, or --group KEY in its place")
			}
			frame, findings, err := a.frame(c.Context(), g.figures, args)
			if err != nil {
				return err
			}
			var warnings []string
			if group != "" {
				g.q.Groups = []string{group}
				if frame, area, warnings, err = a.groupsOf(c.Context(), g, frame, args); err != nil {
					return err
				}
			}
			by, err := readMethods(methods)
			if err != nil {
				return err
			}
			way, err := g.way()
			if err != nil {
				return err
			}
			p, err := measure.Project(frame, by, area, to, g.level, measure.Aim{Target: target, BaseYear: base, Way: way})
			if err != nil {
				return err
			}
			return errors.Join(a.printForecast(p), a.warn(warnings), a.tellFindings(findings))
		},
	}
	g.bind(c)
	g.bindLevel(c)
	g.bindDirection(c)
	g.bindRule(c)
	bindMethods(c, &methods)
	c.Flags().StringVar(&area, "area", "", "code of the area, as the file prints it")
	c.Flags().IntVar(&to, "to", 2030, "the last year to expect")
	c.Flags().Float64Var(&target, "target", math.NaN(), "a target for that year")
	c.Flags().IntVar(&base, "base", 2015, "the year from which progress to the target is judged")
	c.Flags().StringVar(&group, "group", "", "a group in place of an area: LDC, LLDC, SIDS, ITU:AFR, WB:LIC, M49:002 ... or WORLD")
	return c
}

func (a *app) printForecast(p measure.Forecast) error {
	if a.formatOr("json") == "json" || a.format == "jsonl" {
		return printOne(a, "json", p, "")
	}
	if err := a.printVerdicts(p); err != nil {
		return err
	}
	return printList(a, "json", "expected", p.Expected, []column[measure.Expected]{
		{"area", "AREA", func(measure.Expected) any { return p.Area }},
		{"year", "YEAR", func(e measure.Expected) any { return e.Year }},
		{"value", "VALUE", func(e measure.Expected) any { return e.Value }},
		{"low", "LOW", func(e measure.Expected) any { return e.Low }},
		{"high", "HIGH", func(e measure.Expected) any { return e.High }},
		{"method", "METHOD", func(measure.Expected) any { return p.Method }},
	})
}

// printVerdicts prints the verdicts on a target above a table for people; a file holds one table only.
func (a *app) printVerdicts(p measure.Forecast) error {
	if p.Aim == nil || a.format != "text" {
		return nil
	}
	err := printList(a, "json", "verdicts", p.Verdicts, []column[measure.OtherVerdict]{
		{"target", "TARGET", func(measure.OtherVerdict) any { return p.Aim.Target }},
		{"verdict", "VERDICT", func(v measure.OtherVerdict) any { return v.Status }},
		{"method", "METHOD", func(v measure.OtherVerdict) any { return v.Method }},
		{"figure", "FIGURE", func(v measure.OtherVerdict) any { return v.Figure }},
		{"reach_year", "REACHED", func(v measure.OtherVerdict) any { return measure.Number(math.Ceil(float64(v.Reach))) }}, // the first year at the target, as pages say
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.Out)
	return err
}
