package web

import (
	"context"

	"resolute/internal/coverage"
	"resolute/internal/framework"
)

// gridPage is the matrix at the level of targets, folded by goal.
type gridPage struct {
	*shell
	Goals            []TargetBlock
	Choices          []Choice
	Hidden           []Pair
	Chips            []Link
	Clear, Whole     string // without filters; the matrix of goals
	Steps            []Step
	Linked, Answered int
}

// TargetBlock is the block of one goal.
type TargetBlock struct {
	Link
	Linked, Answered int // cells of lines without parts that the WSIS-SDG matrix joins, and those of them with an activity
	Targets          []Link
	Rows             []TargetRow
	Open             bool
}

// TargetRow is one action line in the block of a goal.
type TargetRow struct {
	Link
	Sub   bool
	Cells []TargetMark
}

// TargetMark is one cell.
type TargetMark struct {
	Href          string
	Count, Shade  int
	Linked, Doubt bool
}

// grid shows how action lines meet the targets of all goals.
func (s *Site) grid(ctx context.Context, r *request) (answer, error) {
	g, err := s.Coverage.Grid(ctx, coverage.GridQuery{Period: r.period, Filter: r.filter})
	if err != nil {
		return answer{}, err
	}
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	p := gridPage{shell: s.shell(r, "grid.title")}
	p.converted = g.Conversion
	label := s.labels(ctx, p.shell, catalogue)
	p.Choices, p.Hidden = []Choice{p.regionChoice(catalogue, label), p.groupChoice(label)}, p.carriedBeside("region", "group")
	p.Chips, p.Clear, p.Whole, p.Steps = p.chips(label), p.cleared("/matrix/targets"), p.Filtered("/matrix"), p.steps()
	for from := 0; from < len(g.Targets); {
		to := from
		for to < len(g.Targets) && g.Goals[to] == g.Goals[from] {
			to++
		}
		goal := p.goal(g, catalogue, from, to)
		goal.Open = len(p.Goals) == 0
		p.Goals, p.Linked, p.Answered = append(p.Goals, goal), p.Linked+goal.Linked, p.Answered+goal.Answered
		from = to
	}
	return answer{template: "grid", page: p, data: g.JSON(), csv: g.WriteCSV}, nil
}

// goal makes the block of the targets from one to before another, which are of one goal.
func (p *gridPage) goal(g coverage.Grid, c *framework.Catalogue, from, to int) TargetBlock {
	concept, _ := c.Concept(framework.Goal, g.Goals[from])
	out := TargetBlock{Link: Link{Href: p.URL("/goal/" + concept.Code), Text: p.In(concept.Title).Text, Code: concept.Code}}
	for _, code := range g.Targets[from:to] {
		target, _ := c.Concept(framework.Target, code)
		out.Targets = append(out.Targets, Link{Href: p.URL(pathOf(coverage.ByTarget, code)), Text: p.In(target.Title).Text, Code: code})
	}
	parts := map[string]bool{}
	for _, parent := range g.Parents {
		parts[parent] = true
	}
	for i, line := range g.Lines {
		title, _ := c.Concept(framework.ActionLine, line)
		row := TargetRow{Link: Link{Href: p.URL("/line/" + line), Text: p.In(title.Short).Text, Code: line}, Sub: g.Parents[i] != ""}
		for k, m := range g.Cells[i][from:to] {
			mark := TargetMark{Count: m.Activities, Shade: shade(m.Activities), Linked: m.Linked, Doubt: m.Confidence == "C"}
			if m.Activities > 0 {
				mark.Href = p.Filtered("/activities", "line", line, "target", g.Targets[from+k])
			}
			if m.Linked && !parts[line] {
				out.Linked++
				if m.Activities > 0 {
					out.Answered++
				}
			}
			row.Cells = append(row.Cells, mark)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
