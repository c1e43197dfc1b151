package web

import (
	"context"
	"html/template"
	"net/url"
	"strconv"
	"strings"

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
	Cells template.HTML
}

// targetCells writes the cells of rows. There are thousands, so that no template is asked for each.
type targetCells struct {
	*gridPage
	before, between, after string // of the address of a list: a line and a target stand between
	none                   string
}

func (p *gridPage) cells() targetCells {
	const line, target = "line=0", "target=0" // a query writes no other = but those behind names
	before, rest, _ := strings.Cut(p.Filtered("/activities", "line", "0", "target", "0"), line)
	between, after, _ := strings.Cut(rest, target)
	escape := template.HTMLEscapeString
	return targetCells{p, escape(before + "line="), escape(between + "target="), escape(after),
		`<td class="x"><span aria-hidden="true">·</span><span class="vh">` + escape(p.T("matrix.no_link")) + `</span></td>`}
}

// row writes where a line, which may be part of a parent, meets targets. A count leads to its activities where a list
// has exactly these.
func (w targetCells) row(line, parent string, targets []string, cells []coverage.Meeting) template.HTML {
	var to strings.Builder
	admitted := w.admits("line", line, parent)
	for i, m := range cells {
		class := "q" + strconv.Itoa(shade(m.Activities))
		if m.Confidence == "C" {
			class += " doubt"
		}
		switch {
		case m.Activities > 0 && admitted && w.admits("target", targets[i]):
			to.WriteString(`<td class="` + class + `"><a href="` + w.before + template.HTMLEscapeString(url.QueryEscape(line)) + w.between +
				template.HTMLEscapeString(url.QueryEscape(targets[i])) + w.after + `">` + template.HTMLEscapeString(w.Count(m.Activities)) + `</a></td>`)
		case m.Activities > 0 || m.Linked:
			to.WriteString(`<td class="` + class + `">` + template.HTMLEscapeString(w.Count(m.Activities)) + `</td>`)
		default:
			to.WriteString(w.none)
		}
	}
	return template.HTML(to.String()) // all that is no markup of ours was escaped
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
	p.Choices, p.Hidden = []Choice{p.regionChoice(catalogue, label), p.groupChoice(label)}, p.carriedBeside("region", "group", "period")
	p.Chips, p.Clear, p.Whole, p.Steps = p.chips(label), p.cleared("/matrix/targets"), p.Filtered("/matrix"), p.steps()
	cells := p.cells()
	for from := 0; from < len(g.Targets); {
		to := from
		for to < len(g.Targets) && g.Goals[to] == g.Goals[from] {
			to++
		}
		goal := p.goal(g, catalogue, cells, from, to)
		goal.Open = len(p.Goals) == 0
		p.Goals, p.Linked, p.Answered = append(p.Goals, goal), p.Linked+goal.Linked, p.Answered+goal.Answered
		from = to
	}
	return answer{template: "grid", page: p, data: g.JSON(), csv: g.WriteCSV}, nil
}

// goal makes the block of the targets from one to before another, which are of one goal.
func (p *gridPage) goal(g coverage.Grid, c *framework.Catalogue, cells targetCells, from, to int) TargetBlock {
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
		row.Cells = cells.row(line, g.Parents[i], g.Targets[from:to], g.Cells[i][from:to])
		for _, m := range g.Cells[i][from:to] {
			if m.Linked && !parts[line] {
				out.Linked++
				if m.Activities > 0 {
					out.Answered++
				}
			}
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
