package coverage

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"resolute"
)

// GapJSON is one gap as others read it. Paragraph and addressee are empty for a cell, line and
// column for a paragraph.
type GapJSON struct {
	ID            string   `json:"id"`
	Gap           string   `json:"gap"`
	Of            string   `json:"of"`
	Paragraph     string   `json:"paragraph"`
	Addressee     string   `json:"addressee"`
	Line          string   `json:"line"`
	Column        string   `json:"column"`
	Confidence    string   `json:"confidence"`
	Title         string   `json:"title"`
	State         string   `json:"state"`
	Activities    int      `json:"activities"`
	Proposed      int      `json:"proposed"`
	Organisations int      `json:"organisations"`
	Commitments   Money    `json:"commitments"`
	Spent         Money    `json:"spent"`
	LastEvidence  string   `json:"last_evidence"`
	Since         string   `json:"since"`
	Regions       []string `json:"regions"`
	Years         []string `json:"years"`
}

// JSON gives the gap with its title in a language, or its declared fallback.
func (g Gap) JSON(lang resolute.Lang) GapJSON {
	title, _ := g.Title.In(lang)
	return GapJSON{ID: g.ID(), Gap: g.Kind, Of: g.Of, Paragraph: g.Thread, Addressee: g.Addressee, Line: g.Line, Column: g.Column,
		Confidence: g.Confidence, Title: title, State: g.Row.State, Activities: g.Row.Activities, Proposed: g.Row.Open.Activities,
		Organisations: g.Row.Organisations, Commitments: g.Row.Commitments, Spent: g.Row.Spent, LastEvidence: g.Row.LastEvidence,
		Since: g.Since, Regions: notNil(g.Regions), Years: notNil(g.Years)}
}

// CutJSON counts the subjects that lack something in one region or year.
type CutJSON struct {
	Code   string         `json:"code"`
	Open   int            `json:"open"`
	Counts map[string]int `json:"counts"`
}

// GapsJSON is an answer about gaps as others read it.
type GapsJSON struct {
	Period      resolute.Period `json:"period"`
	DataVersion int64           `json:"data_version"`
	Rule        string          `json:"rule"`
	RuleID      string          `json:"rule_id"`
	Conversion  *Conversion     `json:"conversion,omitempty"`
	Subjects    int             `json:"subjects"`
	Open        int             `json:"open"`
	Counts      map[string]int  `json:"counts"`
	WithMoney   map[string]int  `json:"with_money"`
	Regions     []CutJSON       `json:"regions"`
	Years       []CutJSON       `json:"years"`
	Gaps        []GapJSON       `json:"gaps"`
}

// JSON gives the answer with titles in a language, or their declared fallback.
func (g Gaps) JSON(lang resolute.Lang) GapsJSON {
	out := GapsJSON{Period: g.Period, DataVersion: g.Version, Rule: g.Rule.Text, RuleID: g.Rule.ID, Conversion: g.Conversion, Subjects: g.Subjects, Open: g.Open, Counts: g.Counts, WithMoney: g.Money,
		Regions: cutsJSON(g.Regions), Years: cutsJSON(g.Years), Gaps: make([]GapJSON, len(g.List))}
	for i, x := range g.List {
		out.Gaps[i] = x.JSON(lang)
	}
	return out
}

func cutsJSON(cuts []Cut) []CutJSON {
	list := make([]CutJSON, len(cuts))
	for i, c := range cuts {
		list[i] = CutJSON{c.Code, c.Open, c.Counts}
	}
	return list
}

// GapDetailJSON is one gap with what stands around it, as others read it.
type GapDetailJSON struct {
	GapJSON
	Missing      bool          `json:"missing"`
	LastEver     string        `json:"last_evidence_ever"`
	ByRegionYear []RegionYear  `json:"by_region_and_year"`
	Near         []RowJSON     `json:"near"`
	Activities   []SummaryJSON `json:"activities"` // in place of their number
	Proposals    []SummaryJSON `json:"proposals"`
	Rule         string        `json:"rule"`
	RuleID       string        `json:"rule_id"`
	DataVersion  int64         `json:"data_version"`
	Conversion   *Conversion   `json:"conversion,omitempty"`
}

// RegionYear is what a subject lacks in one region and year.
type RegionYear struct {
	Region string   `json:"region"`
	Year   string   `json:"year"`
	Gaps   []string `json:"gaps"`
}

// JSON gives the gap with titles in a language, or their declared fallback.
func (d GapDetail) JSON(lang resolute.Lang) GapDetailJSON {
	out := GapDetailJSON{GapJSON: d.Gap.JSON(lang), Missing: d.Missing, LastEver: d.LastEver, ByRegionYear: []RegionYear{}, Near: []RowJSON{},
		Activities: summariesJSON(d.Activities, lang), Proposals: summariesJSON(d.Proposals, lang), Rule: d.Rule.Text, RuleID: d.Rule.ID, DataVersion: d.Version, Conversion: d.Conversion}
	for i, region := range d.CutRegions {
		for k, year := range d.CutYears {
			out.ByRegionYear = append(out.ByRegionYear, RegionYear{region, year, notNil(d.Grid[i][k])})
		}
	}
	for _, n := range d.Near {
		out.Near = append(out.Near, n.Row.JSON(lang))
	}
	return out
}

func summariesJSON(list []Summary, lang resolute.Lang) []SummaryJSON {
	out := make([]SummaryJSON, len(list))
	for i, s := range list {
		out[i] = s.JSON(lang)
	}
	return out
}

var gapHeader = []string{"id", "gap", "of", "paragraph", "addressee", "line", "column", "confidence", "title", "state", "activities", "proposed", "organisations", "last_evidence", "since", "regions", "years"}

// WriteCSV writes one line a gap. Money is one column a figure and currency, as in a table.
func (g Gaps) WriteCSV(w io.Writer, lang resolute.Lang) error {
	var t Table
	for _, x := range g.List {
		t.Rows = append(t.Rows, x.Row)
	}
	currencies := t.currencies()
	header := slices.Clone(gapHeader)
	for _, currency := range currencies {
		header = append(header, "commitments_"+currency, "spent_"+currency)
	}
	c := csv.NewWriter(w)
	if err := c.Write(header); err != nil {
		return err
	}
	for _, x := range g.List {
		line := x.record(lang)
		for _, currency := range currencies {
			line = append(line, x.Row.Commitments[currency].String(), x.Row.Spent[currency].String())
		}
		if err := c.Write(line); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

func (g Gap) record(lang resolute.Lang) []string {
	title, _ := g.Title.In(lang)
	return []string{g.ID(), g.Kind, g.Of, g.Thread, g.Addressee, g.Line, g.Column, g.Confidence, guard(title), g.Row.State, strconv.Itoa(g.Row.Activities),
		strconv.Itoa(g.Row.Open.Activities), strconv.Itoa(g.Row.Organisations), g.Row.LastEvidence, g.Since, strings.Join(g.Regions, "|"), strings.Join(g.Years, "|")}
}

// WriteCSV writes one line a region and year, with what the subject lacks there.
func (d GapDetail) WriteCSV(w io.Writer) error {
	rows := [][]string{{"id", "region", "year", "gaps"}}
	for i, region := range d.CutRegions {
		for k, year := range d.CutYears {
			rows = append(rows, []string{d.ID(), region, year, strings.Join(d.Grid[i][k], "|")})
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}
