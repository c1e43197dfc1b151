package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/measure"
	"resolute/internal/measure/columns"
	"resolute/internal/measure/divide"
	"resolute/internal/measure/statfile"
)

// aggregation says which figures of which groups are asked for.
type aggregation struct {
	figures
	q       measure.GroupQuery
	weights string
}

// unweighed is the word for areas that all count the same.
const unweighed = "none"

func (a *app) measureAggregateCommand() *cobra.Command {
	var g aggregation
	c := &cobra.Command{
		Use:   "aggregate [FILE.csv]",
		Short: "Figures of groups of areas: regions, LDC, income groups, the world, an own list",
		Long: `One figure a year for each group, of all indicators or of one, of a file or of what is stored: by a weighted mean, a plain mean, the
median or a sum. Without --rule it is the rule of the indicator (measure indicators): shares and rates are weighed by people or
households where that is held (--weights FILE or any held indicator; --weights none: each area the same), counts are added up, prices
are not weighed. A rule that makes no sense for an indicator is refused with the reason.

Beside each figure stand how many areas it rests on, of how many, the share of the weight (else of the areas) that is covered, and the
share that is estimated. Below --coverage (0.6; of a sum two thirds) there is no value: figures that organisations publish for regions
rest on their own estimates for what is missing, and differ. Members are those of the last day of the year (--on: of one day for all
years); before anything is known of a group those of the first known day stand in, and members_on tells it. When the areas with a value
change from year to year a warning says so: --balanced takes those that have a value in each.`,
		Example: `  resolute measure aggregate --dataflow ITU:DATAHUB --format csv > regions.csv
  resolute measure aggregate --indicator i99H --groups LDC,LLDC,SIDS,WORLD --weights SP.POP.TOTL --years 2015,2024 --format text
  resolute measure aggregate individuals-using-the-internet.csv --areas KEN,UGA,TZA,RWA,BDI --rule median --format text`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.measureAggregate(c.Context(), g, args) },
	}
	g.bind(c)
	c.Flags().StringSliceVar(&g.q.Groups, "groups", nil, "LDC, LLDC, SIDS, ITU:AFR, WB:LIC, M49:002 ... or WORLD (default: the world and the six ITU regions)")
	c.Flags().StringSliceVar(&g.q.Areas, "areas", nil, "an own list of areas, as KEN,UGA,TZA")
	g.bindRule(c)
	c.Flags().IntSliceVar(&g.q.Years, "years", nil, "years, as 2015,2024 (default: all)")
	c.Flags().BoolVar(&g.q.Balanced, "balanced", false, "only areas with a value in each of the years")
	c.Flags().StringVar(&g.q.On, "on", "", "the day of whose members all figures are, as 2024-12-31")
	return c
}

// bindRule binds how figures of groups are made.
func (g *aggregation) bindRule(c *cobra.Command) {
	c.Flags().StringVar(&g.q.Rule, "rule", "", "of figures of groups: weighted-mean, plain-mean, median or sum (default: that of the indicator)")
	c.Flags().StringVar(&g.weights, "weights", "", "file or held indicator by which areas are weighed, of the same year; none: each the same")
	c.Flags().Float64Var(&g.q.Least, "coverage", 0, "share that must be covered for a figure of a group (default 0.6, of a sum two thirds)")
	complete(c, "rule", divide.Rules)
}

// groupsOf sets groups in the place of areas, weighed as the flags say, else of what is stored by the weights that
// are held; with the key of the only group of the question as the tables write it, and warnings about it.
func (a *app) groupsOf(ctx context.Context, g aggregation, frame measure.Frame, args []string) (measure.Frame, string, []string, error) {
	var err error
	switch {
	case g.weights != "" && g.weights != unweighed:
		g.q.Weights, _, err = a.weightsOf(ctx, g.weights)
	case g.weights == "" && g.input == "" && len(args) == 0:
		h, fault := a.openExisting(ctx)
		if fault != nil {
			return frame, "", nil, fault
		}
		g.q.Weights, err = h.measure.WeightsOf(ctx, frame, 0)
		err = closing(h, err)
	}
	if err != nil {
		return frame, "", nil, err
	}
	key := measure.World
	if group, known := framework.Builtin().Group(g.q.Groups[0]); known {
		key = group.Key
	}
	groups, warnings, err := measure.FrameOfGroups(frame, framework.Builtin(), g.q)
	return groups, key, warnings, err
}

func (a *app) measureAggregate(ctx context.Context, g aggregation, args []string) error {
	if g.q.On != "" && !resolute.ValidDay(g.q.On) {
		return usage("--on %q: want a day, as 2024-12-31", g.q.On)
	}
	if len(args) == 1 && g.input == "" {
		g.input = args[0]
	}
	var findings []resolute.Finding
	var err error
	if g.weights != "" && g.weights != unweighed {
		if g.q.Weights, findings, err = a.weightsOf(ctx, g.weights); err != nil {
			return err
		}
	}
	all, more, err := a.aggregateOf(ctx, g)
	if err != nil {
		return err
	}
	return errors.Join(a.printGroups(all), a.tellFindings(append(findings, more...)), a.tellRefused(all.Refused))
}

// weightsOf reads weights from a file, else from a held indicator by any of its codes.
func (a *app) weightsOf(ctx context.Context, name string) (*measure.Frame, []resolute.Finding, error) {
	f := figures{indicator: name}
	if _, err := os.Stat(name); err == nil {
		f = figures{input: name}
	}
	w, findings, err := a.frame(ctx, f, nil)
	return &w, findings, err
}

// aggregateOf asks the file or the store, for one indicator or for all.
func (a *app) aggregateOf(ctx context.Context, g aggregation) (all measure.All, findings []resolute.Finding, err error) {
	if g.q.Concepts, err = a.concepts(ctx); err != nil {
		return all, nil, err
	}
	if g.indicator != "" || len(g.dims) > 0 {
		return a.aggregateOne(ctx, g)
	}
	if g.input != "" {
		columns, err := columnsOf(g)
		if err != nil {
			return all, nil, err
		}
		all, err = measure.GroupAll(columns, framework.Builtin(), g.q, nil)
		return all, nil, err
	}
	h, err := a.openExisting(ctx)
	if err != nil {
		return all, nil, err
	}
	if g.weights == "" {
		all, err = h.measure.GroupAll(ctx, g.dataflow, framework.Builtin(), g.q, 0)
		return all, nil, closing(h, err)
	}
	columns, err := h.measure.Columns(ctx, g.dataflow, 0)
	if err == nil {
		all, err = measure.GroupAll(columns, framework.Builtin(), g.q, nil)
	}
	return all, nil, closing(h, err)
}

func (a *app) aggregateOne(ctx context.Context, g aggregation) (all measure.All, findings []resolute.Finding, err error) {
	frame, findings, err := a.frame(ctx, g.figures, nil)
	if err != nil {
		return all, nil, err
	}
	all.Refused = []measure.Refusal{}
	if g.input != "" || g.weights != "" {
		all.Groups, err = measure.OfGroups(frame, framework.Builtin(), g.q)
		return all, findings, err
	}
	h, err := a.openExisting(ctx)
	if err != nil {
		return all, nil, err
	}
	all.Groups, err = h.measure.Groups(ctx, frame, framework.Builtin(), g.q, 0)
	return all, findings, closing(h, err)
}

func columnsOf(g aggregation) (*columns.Columns, error) {
	f, err := os.Open(g.input)
	if err != nil {
		return nil, unreadable(g.input, err)
	}
	c, err := columns.Load(f, filepath.Base(g.input), statfile.Options{Area: g.area})
	var refused *statfile.RefusedError
	if errors.As(err, &refused) {
		err = unreadable(g.input, err)
	}
	return c, closing(f, err)
}

// printGroups writes the figures; what has no place in rows goes to standard error.
func (a *app) printGroups(all measure.All) error {
	if a.formatOr("json") == "json" {
		return printJSON(a.Out, all)
	}
	if err := printList(a, "json", "figures", all.Figures, groupColumns); err != nil {
		return err
	}
	return a.warn(all.Warnings)
}

// warn tells warnings to standard error.
func (a *app) warn(list []string) error {
	for _, w := range list {
		if err := printText(a.Err, "warning: %s\n", w); err != nil {
			return err
		}
	}
	return nil
}

// tellRefused says which indicators have no figures, and why; the exit code is 3 when there are any.
func (a *app) tellRefused(list []measure.Refusal) error {
	for _, r := range list {
		if err := printText(a.Err, "refused: %s %s %s: %s\n", r.Dataflow, r.Code, r.Dims, r.Reason); err != nil {
			return err
		}
	}
	if len(list) > 0 {
		return &exitError{code: exitRefused}
	}
	return nil
}

var groupColumns = []column[measure.GroupFigure]{
	{"dataflow", "TABLE", func(f measure.GroupFigure) any { return f.Dataflow }},
	{"indicator", "INDICATOR", func(f measure.GroupFigure) any { return f.Indicator }},
	{"dims", "", func(f measure.GroupFigure) any { return f.Dims }},
	{"group", "GROUP", func(f measure.GroupFigure) any { return f.Group }},
	{"year", "YEAR", func(f measure.GroupFigure) any { return f.Year }},
	{"value", "VALUE", func(f measure.GroupFigure) any { return f.Value }},
	{"rule", "RULE", func(f measure.GroupFigure) any { return f.Rule }},
	{"areas_used", "USED", func(f measure.GroupFigure) any { return f.Areas }},
	{"areas_of", "OF", func(f measure.GroupFigure) any { return f.Of }},
	{"coverage", "COVERAGE", func(f measure.GroupFigure) any { return f.Coverage }},
	{"share_estimated", "ESTIMATED", func(f measure.GroupFigure) any { return f.Estimated }},
	{"sufficient", "", func(f measure.GroupFigure) any { return f.Sufficient }},
	{"weighed_by", "WEIGHED BY", func(f measure.GroupFigure) any { return f.WeighedBy }},
	{"members_on", "MEMBERS ON", func(f measure.GroupFigure) any { return f.Members }},
	{"areas_changed", "", func(f measure.GroupFigure) any { return f.Changed }},
}
