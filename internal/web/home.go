package web

import (
	"context"

	"resolute/internal/coverage"
	"resolute/internal/mandate"
)

// Sign is one paragraph on the spine.
type Sign struct {
	Href, Code, State string
	Name              Passage
}

// Vertebra is the paragraphs that address the same.
type Vertebra struct {
	Addressee string
	Signs     []Sign
}

// StateCount is how many paragraphs are in a state.
type StateCount struct {
	State string
	N     int
}

type homePage struct {
	*shell
	Answer    string
	States    []StateCount
	Spine     []Vertebra
	Gaps      []Line
	Lines     []Line
	Regions   []Line
	Freshness coverage.Freshness
	Empty     bool
}

func (s *Site) home(ctx context.Context, r *request) (answer, error) {
	table, err := s.Coverage.Table(ctx, r.query(coverage.ByProvision))
	if err != nil {
		return answer{}, err
	}
	lines, err := s.Coverage.Table(ctx, r.query(coverage.ByLine))
	if err != nil {
		return answer{}, err
	}
	regions, err := s.Coverage.Table(ctx, r.query(coverage.ByITURegion))
	if err != nil {
		return answer{}, err
	}
	p := homePage{shell: s.shell(r, "home.question"), Lines: nil}
	if p.Freshness, err = s.Coverage.Freshness(ctx); err != nil {
		return answer{}, err
	}
	p.Empty = p.Freshness.Activities == 0
	p.Lines, p.Regions = p.lines(coverage.ByLine, lines.Rows), p.lines(coverage.ByITURegion, regions.Rows)
	p.fill(table)
	return answer{template: "home", page: p, data: table.JSON(r.lang), csv: tableCSV(table, r)}, nil
}

// fill makes spine, counts and gaps of the 44 leaves.
func (p *homePage) fill(table coverage.Table) {
	counts := map[string]int{}
	byAddressee := map[string][]Sign{}
	total := 0
	for _, a := range mandate.Aliases() {
		row, _ := table.Row(a.Alias)
		if !a.Leaf() {
			continue
		}
		total++
		counts[row.State]++
		byAddressee[a.Addressee] = append(byAddressee[a.Addressee], Sign{Href: p.URL("/thread/" + a.Alias), Code: a.Alias, State: row.State, Name: p.In(a.Wording)})
		if row.State == coverage.Nothing || row.State == coverage.NoReport {
			p.Gaps = append(p.Gaps, p.line(coverage.ByProvision, row))
		}
	}
	for _, addressee := range mandate.Addressees {
		p.Spine = append(p.Spine, Vertebra{Addressee: p.T("mandate.addressee." + addressee), Signs: byAddressee[addressee]})
	}
	for _, state := range coverage.States {
		p.States = append(p.States, StateCount{state, counts[state]})
	}
	p.Answer = p.T("home.answer", "n", counts[coverage.Answered]+counts[coverage.Partly], "total", total, "nothing", counts[coverage.Nothing]+counts[coverage.NoReport])
}
