package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/measure"
)

// sidesAsked are the two groups of people that are compared, each a breakdown or an indicator of its own.
type sidesAsked struct {
	figures
	women, men, urban, rural string
	years                    []int
}

func (a *app) measureGapCommand() *cobra.Command {
	var s sidesAsked
	c := &cobra.Command{
		Use:   "gap [FILE.csv]",
		Short: "Compare women with men, or towns with the countryside",
		Long: `In each area and year that both have: the gender parity score (women by men; parity from 0.98 to 1.02) or the ratio of town to
countryside, and the gap between the two: absolute, relative and of those who are left out. A side is a breakdown of the
indicator, as SEX=F, or an indicator of its own. Compute from figures that were not rounded: rounding moves a score by up to 0.015.`,
		Example: `  resolute measure gap users.csv --women SEX=F --men SEX=M --format text
  resolute measure gap --urban HHU4212_HHCUrbanUsers --rural HHU4212_HHCRuralUsers --years 2022,2023`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.measureGap(c.Context(), s, args) },
	}
	s.bind(c)
	c.Flags().StringVar(&s.women, "women", "", "breakdown or indicator of women, as SEX=F")
	c.Flags().StringVar(&s.men, "men", "", "that of men, as SEX=M")
	c.Flags().StringVar(&s.urban, "urban", "", "breakdown or indicator of towns, as URBANISATION=U")
	c.Flags().StringVar(&s.rural, "rural", "", "that of the countryside, as URBANISATION=R")
	c.Flags().IntSliceVar(&s.years, "years", nil, "years, as 2022,2023 (default: all)")
	return c
}

func (a *app) measureGap(ctx context.Context, s sidesAsked, args []string) error {
	if (s.women == "") != (s.men == "") || (s.urban == "") != (s.rural == "") || (s.women == "") == (s.urban == "") {
		return usage("want either --women and --men, or --urban and --rural")
	}
	first, second, compare := s.women, s.men, measure.Parity
	if s.urban != "" {
		first, second, compare = s.urban, s.rural, measure.Places
	}
	one, findings, err := a.oneSide(ctx, s.figures, first, args)
	if err != nil {
		return err
	}
	other, more, err := a.oneSide(ctx, s.figures, second, args)
	if err != nil {
		return err
	}
	list := compare(one, other, s.years)
	if len(list) == 0 {
		return &resolute.Error{Code: resolute.NotFound, Field: "years", Message: "no area has a value of both in one year"}
	}
	findings = append(findings, more...)
	return errors.Join(printFigures(a, list, findings, gapColumns, nil), a.tellFindings(findings))
}

// oneSide is the frame of one side: NAME=VALUE picks breakdowns, all else is the code of an indicator.
func (a *app) oneSide(ctx context.Context, f figures, side string, args []string) (measure.Frame, []resolute.Finding, error) {
	if strings.Contains(side, "=") {
		f.dims = append(append([]string{}, f.dims...), strings.Split(side, ",")...)
	} else {
		f.indicator = side
	}
	return a.frame(ctx, f, args)
}

var gapColumns = []column[measure.SideGap]{
	{"area", "AREA", func(g measure.SideGap) any { return g.Area }},
	{"year", "YEAR", func(g measure.SideGap) any { return g.Year }},
	{"one", "ONE", func(g measure.SideGap) any { return g.One }},
	{"other", "OTHER", func(g measure.SideGap) any { return g.Other }},
	{"score", "SCORE", func(g measure.SideGap) any { return g.Score }},
	{"verdict", "VERDICT", func(g measure.SideGap) any { return g.Verdict }},
	{"absolute_gap", "GAP", func(g measure.SideGap) any { return g.Absolute }},
	{"relative_gap", "", func(g measure.SideGap) any { return g.Relative }},
	{"offline_ratio", "", func(g measure.SideGap) any { return g.Offline }},
}
