package coverage

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"resolute"
)

// CellJSON is a cell of the matrix as others read it.
type CellJSON struct {
	Line          string   `json:"line"`
	Column        string   `json:"column"`
	Linked        bool     `json:"linked"`
	Confidence    string   `json:"confidence"`
	Sources       []string `json:"sources"`
	State         string   `json:"state"`
	Gaps          []string `json:"gaps"`
	Activities    int      `json:"activities"`
	Proposed      int      `json:"proposed"`
	Organisations int      `json:"organisations"`
	Commitments   Money    `json:"commitments"`
	Spent         Money    `json:"spent"`
	LastEvidence  string   `json:"last_evidence"`
}

// MatrixJSON is the matrix as others read it.
type MatrixJSON struct {
	Period       resolute.Period `json:"period"`
	DataVersion  int64           `json:"data_version"`
	Rule         string          `json:"rule"`
	RuleID       string          `json:"rule_id"`
	Goal         string          `json:"goal" doc:"Whose targets are the columns; empty: the columns are goals"`
	Lines        []string        `json:"lines"`
	Columns      []string        `json:"columns"`
	LineTotals   []int           `json:"line_totals"`
	ColumnTotals []int           `json:"column_totals"`
	Linked       int             `json:"linked"`
	Answered     int             `json:"answered"`
	Outside      int             `json:"outside"`
	Cells        [][]CellJSON    `json:"cells"`
	Conversion   *Conversion     `json:"conversion,omitempty"`
}

// JSON gives the matrix as others read it.
func (m Matrix) JSON() MatrixJSON {
	out := MatrixJSON{Conversion: m.Conversion, Period: m.Period, DataVersion: m.Version, Rule: m.Rule.Text, RuleID: m.Rule.ID, Goal: m.Goal, Lines: m.Lines, Columns: notNil(m.Columns), LineTotals: m.LineTotals,
		ColumnTotals: m.ColumnTotals, Linked: m.Linked, Answered: m.Answered, Outside: m.Outside, Cells: make([][]CellJSON, len(m.Cells))}
	for i, line := range m.Cells {
		out.Cells[i] = make([]CellJSON, len(line))
		for k, c := range line {
			out.Cells[i][k] = CellJSON{Line: c.Line, Column: c.Column, Linked: c.Linked, Confidence: c.Confidence, Sources: notNil(c.Sources), State: c.State,
				Gaps: notNil(c.Gaps), Activities: c.Activities, Proposed: c.Open.Activities, Organisations: c.Organisations,
				Commitments: c.Commitments, Spent: c.Spent, LastEvidence: c.LastEvidence}
		}
	}
	return out
}

// WriteCSV writes one line a cell, all of them. Money is one column a figure and currency.
func (m Matrix) WriteCSV(w io.Writer) error {
	var t Table
	for _, line := range m.Cells {
		for _, c := range line {
			t.Rows = append(t.Rows, c.Row)
		}
	}
	currencies := t.currencies()
	rows := [][]string{{"line", "column", "linked", "confidence", "sources", "state", "gaps", "activities", "proposed", "organisations", "last_evidence"}}
	for _, currency := range currencies {
		rows[0] = append(rows[0], "commitments_"+currency, "spent_"+currency)
	}
	for _, line := range m.Cells {
		for _, c := range line {
			record := []string{c.Line, c.Column, strconv.FormatBool(c.Linked), c.Confidence, guard(strings.Join(c.Sources, " | ")), c.State, strings.Join(c.Gaps, "|"),
				strconv.Itoa(c.Activities), strconv.Itoa(c.Open.Activities), strconv.Itoa(c.Organisations), c.LastEvidence}
			for _, currency := range currencies {
				record = append(record, c.Commitments[currency].String(), c.Spent[currency].String())
			}
			rows = append(rows, record)
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}
