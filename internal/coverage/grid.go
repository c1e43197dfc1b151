package coverage

import (
	"context"
	"encoding/csv"
	"io"
	"slices"
	"strconv"

	"resolute"
	"resolute/internal/framework"
)

// GridQuery asks how action lines meet the targets of all goals.
type GridQuery struct {
	Period resolute.Period
	Filter Filter
}

// Meeting is where a line meets a target: the activities that are about both, and of their money the
// part of the line times the part of the target.
type Meeting struct {
	Activities         int
	Commitments, Spent Money
	Linked             bool   // the WSIS-SDG matrix joins the two
	Confidence         string // A, B, C
}

// Grid is the matrix at the level of targets: one row a line, one column a target, in their orders.
type Grid struct {
	Period         resolute.Period
	Lines, Targets []string
	Parents        []string    // of each line the line it is part of, or empty
	Goals          []string    // of each target
	Cells          [][]Meeting // by line, by target
	Rule           Rule
	Conversion     *Conversion
	Version        int64
}

// weight reckons the cells, and two sums for those that hold any.
func (g Grid) weight() int {
	bytes := 200
	for _, line := range g.Cells {
		for _, m := range line {
			if bytes += 64; m.Activities > 0 {
				bytes += 500
			}
		}
	}
	return bytes
}

// Grid answers a query. C7 stands for its sub-lines too; a cell counts each activity once. Each flow is
// rounded over all its targets at once, so that hundredths may fall elsewhere than in the matrix of one
// goal. An unknown region, group or area is an Error with code Usage.
func (c *Coverage) Grid(ctx context.Context, q GridQuery) (Grid, error) {
	s, err := c.now(ctx)
	if err != nil {
		return Grid{}, err
	}
	if err := s.check(Query{By: ByLine, Filter: q.Filter}); err != nil {
		return Grid{}, err
	}
	return once(s, "grid "+key(q), func(s *snapshot) Grid { return s.grid(q) }), nil
}

func (s *snapshot) grid(q GridQuery) Grid {
	g := Grid{Period: q.Period, Lines: s.book.lines.ids, Targets: s.book.targets.ids, Parents: s.book.lines.parent, Rule: q.Filter.rule(), Version: s.facts.head.Seq}
	for _, target := range g.Targets {
		concept, _ := s.book.catalogue.Concept(framework.Target, target)
		g.Goals = append(g.Goals, concept.Parent)
	}
	for _, line := range g.Lines {
		joins, cells := s.book.joins(line, false), make([]Meeting, len(g.Targets))
		for i, target := range g.Targets {
			cells[i].Linked, cells[i].Confidence = joins[target].linked, joins[target].confidence
		}
		g.Cells = append(g.Cells, cells)
	}
	if s.book.part(q.Filter, q.Period) != nil || q.Filter.Currency != "" {
		s.fillByWays(&g, q)
	} else {
		s.fillByParts(&g, q)
	}
	return g
}

// fillByWays fills the grid as every table is filled: a filter by area takes its part of each flow.
func (s *snapshot) fillByWays(g *Grid, q GridQuery) {
	a := s.ask(s.book.cellView(g.Targets), s.book.cellLinker(g.Targets, false), q.Filter, q.Period)
	a.wants = moneyAndCounts
	t := s.run(a)
	for i := range g.Cells {
		for k := range g.Cells[i] {
			sums, m := &t.rows[i*len(g.Targets)+k], &g.Cells[i][k]
			m.Activities, m.Commitments, m.Spent = sums.activities, sums.money[commitments].money(), sums.money[spent].money()
		}
	}
	g.Conversion = t.conversion
}

// GridJSON is the grid as others read it: the cells that hold anything or that the matrix joins.
type GridJSON struct {
	Period      resolute.Period `json:"period"`
	DataVersion int64           `json:"data_version"`
	Rule        string          `json:"rule"`
	RuleID      string          `json:"rule_id"`
	Conversion  *Conversion     `json:"conversion,omitempty"`
	Lines       []string        `json:"lines"`
	Targets     []string        `json:"targets"`
	Cells       []MeetingJSON   `json:"cells"`
}

// MeetingJSON is a cell of the grid as others read it.
type MeetingJSON struct {
	Line        string `json:"line"`
	Target      string `json:"target"`
	Goal        string `json:"goal"`
	Linked      bool   `json:"linked"`
	Confidence  string `json:"confidence"`
	Activities  int    `json:"activities"`
	Commitments Money  `json:"commitments"`
	Spent       Money  `json:"spent"`
}

// JSON gives the grid as others read it.
func (g Grid) JSON() GridJSON {
	out := GridJSON{Period: g.Period, DataVersion: g.Version, Rule: g.Rule.Text, RuleID: g.Rule.ID, Conversion: g.Conversion, Lines: g.Lines, Targets: g.Targets, Cells: []MeetingJSON{}}
	for i, line := range g.Cells {
		for k, m := range line {
			if m.Linked || m.Activities > 0 || len(m.Commitments)+len(m.Spent) > 0 {
				out.Cells = append(out.Cells, MeetingJSON{Line: g.Lines[i], Target: g.Targets[k], Goal: g.Goals[k], Linked: m.Linked, Confidence: m.Confidence,
					Activities: m.Activities, Commitments: m.Commitments, Spent: m.Spent})
			}
		}
	}
	return out
}

// WriteCSV writes one line for each cell that holds anything or that the matrix joins. Money is one
// column a figure and currency.
func (g Grid) WriteCSV(w io.Writer) error {
	cells := g.JSON().Cells
	var t Table
	for _, m := range cells {
		t.Rows = append(t.Rows, Row{Commitments: m.Commitments, Spent: m.Spent})
	}
	currencies := t.currencies()
	header := []string{"line", "target", "goal", "linked", "confidence", "activities"}
	for _, currency := range currencies {
		header = append(header, "commitments_"+currency, "spent_"+currency)
	}
	rows := [][]string{header}
	for _, m := range cells {
		record := slices.Concat([]string{m.Line, m.Target, m.Goal, strconv.FormatBool(m.Linked), m.Confidence, strconv.Itoa(m.Activities)})
		for _, currency := range currencies {
			record = append(record, m.Commitments[currency].String(), m.Spent[currency].String())
		}
		rows = append(rows, record)
	}
	return csv.NewWriter(w).WriteAll(rows)
}
