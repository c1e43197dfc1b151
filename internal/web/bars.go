package web

import (
	"context"

	"resolute/internal/coverage"
)

// RegionBar is the paragraphs by state within one region, as a bar of five parts.
type RegionBar struct {
	Href  string
	Name  Passage
	Done  int // answered or partly
	Words string
	Parts []BarPart

	Profile string // the region in figures; empty: nothing is held
}

// BarPart is one rectangle of a bar, in units of its view box.
type BarPart struct {
	Class    string
	X, Width int
}

// barWidth is the width of a bar's view box; between parts and at the ends two units stay free.
const barWidth = 1000

// regionBars draws the states of the paragraphs in each ITU region, one bar a region.
func (s *Site) regionBars(ctx context.Context, p *shell, gaps coverage.Gaps) ([]RegionBar, error) {
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	profiles, err := s.profiles(ctx, p, catalogue)
	if err != nil {
		return nil, err
	}
	var bars []RegionBar
	for _, cut := range gaps.Regions {
		region, known := catalogue.Region(cut.Code)
		if !known {
			continue
		}
		counts := statesOf(gaps.Subjects, cut)
		bars = append(bars, RegionBar{Href: p.URL("/area/" + cut.Code), Name: p.In(region.Title), Profile: profiles(coverage.ByITURegion, cut.Code),
			Done: counts[coverage.Answered] + counts[coverage.Partly], Words: p.stateWords(counts), Parts: barParts(counts)})
	}
	return bars, nil
}

// statesOf counts the paragraphs of a region by state: what lacks nothing is answered, what lacks
// something and has an activity is partly answered.
func statesOf(subjects int, cut coverage.Cut) map[string]int {
	counts := map[string]int{coverage.Answered: subjects - cut.Open, coverage.Partly: cut.Open}
	for _, state := range []string{coverage.Proposed, coverage.Nothing, coverage.NoReport} {
		counts[state] = cut.Counts[state]
		counts[coverage.Partly] -= cut.Counts[state]
	}
	return counts
}

// stateWords says in words what a bar shows.
func (s *shell) stateWords(counts map[string]int) string {
	words := ""
	for _, state := range coverage.States {
		if words != "" {
			words += " · "
		}
		words += s.T("state."+state) + s.Colon() + s.Count(counts[state])
	}
	return words
}

// barParts shares the width of a bar among the states that hold something.
func barParts(counts map[string]int) []BarPart {
	total := 0
	for _, n := range counts {
		total += n
	}
	var parts []BarPart
	before := 0
	for _, state := range coverage.States {
		n := counts[state]
		if n == 0 {
			continue
		}
		from, to := barWidth*before/total, barWidth*(before+n)/total
		parts = append(parts, BarPart{Class: "b-" + glyphs[state], X: from + 4, Width: to - from - 8})
		before += n
	}
	return parts
}
