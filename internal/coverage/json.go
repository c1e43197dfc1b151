package coverage

import (
	"encoding/csv"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"

	"resolute"
)

// RowJSON is a row as others read it, with its title in one language.
type RowJSON struct {
	ID                  string   `json:"id"`
	Parent              string   `json:"parent"`
	Title               string   `json:"title"`
	State               string   `json:"state"`
	Activities          int      `json:"activities"`
	Undated             int      `json:"undated"`
	Organisations       int      `json:"organisations"`
	Areas               []string `json:"areas"`
	Commitments         Money    `json:"commitments"`
	Spent               Money    `json:"spent"`
	Incoming            Money    `json:"incoming"`
	IncomingCommitments Money    `json:"incoming_commitments"`
	Budgets             Money    `json:"budgets"`
	Open                Open     `json:"open"`
	LastEvidence        string   `json:"last_evidence"`
	Gaps                []string `json:"gaps"`
}

// TableJSON is a table as others read it.
type TableJSON struct {
	By          string          `json:"by"`
	Period      resolute.Period `json:"period"`
	DataVersion int64           `json:"data_version"`
	Rule        string          `json:"rule" doc:"What the rule says, in English"`
	RuleID      string          `json:"rule_id" doc:"Its name and number"`
	Rows        []RowJSON       `json:"rows"`
	Unlinked    RowJSON         `json:"unlinked"`
	Total       RowJSON         `json:"total"`
	Conversion  *Conversion     `json:"conversion,omitempty"`
}

// JSON gives the table with titles in a language, or its declared fallback.
func (t Table) JSON(lang resolute.Lang) TableJSON {
	out := TableJSON{By: t.By, Period: t.Period, DataVersion: t.DataVersion, Rule: t.Rule.Text, RuleID: t.Rule.ID,
		Rows: make([]RowJSON, len(t.Rows)), Unlinked: t.Unlinked.JSON(lang), Total: t.Total.JSON(lang), Conversion: t.Conversion}
	for i, r := range t.Rows {
		out.Rows[i] = r.JSON(lang)
	}
	return out
}

// The kinds of line in a table without nesting.
const (
	LineRow      = "row"
	LineUnlinked = "unlinked"
	LineTotal    = "total"
)

// LineJSON is a row of a table that stands alone: which kind of line it is, of which table, at
// which data version.
type LineJSON struct {
	Row         string `json:"row"` // LineRow, LineUnlinked, LineTotal
	By          string `json:"by"`
	DataVersion int64  `json:"data_version"`
	RuleID      string `json:"rule_id"`
	RowJSON
}

// Lines gives every row by itself, the unlinked one and the total last.
func (t Table) Lines(lang resolute.Lang) []LineJSON {
	all := t.all()
	lines := make([]LineJSON, len(all))
	for i, r := range all {
		lines[i] = LineJSON{Row: t.lineKind(i), By: t.By, DataVersion: t.DataVersion, RuleID: t.Rule.ID, RowJSON: r.JSON(lang)}
	}
	return lines
}

// lineKind tells what the row at a place of all is.
func (t Table) lineKind(place int) string {
	switch place - len(t.Rows) {
	case 0:
		return LineUnlinked
	case 1:
		return LineTotal
	}
	return LineRow
}

// JSON gives the row with its title in a language, or its declared fallback. Lists and sums
// that hold nothing are empty, never null.
func (r Row) JSON(lang resolute.Lang) RowJSON {
	title, _ := r.Title.In(lang)
	return RowJSON{ID: r.ID, Parent: r.Parent, Title: title, State: r.State, Activities: r.Activities, Undated: r.Undated,
		Organisations: r.Organisations, Areas: notNil(r.Areas), Commitments: r.Commitments, Spent: r.Spent, Incoming: r.Incoming,
		IncomingCommitments: r.IncomingCommitments, Budgets: r.Budgets, Open: r.Open, LastEvidence: r.LastEvidence, Gaps: notNil(r.Gaps)}
}

func notNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// SummaryJSON is one activity of a list as others read it, with its title in one language.
type SummaryJSON struct {
	Key          string   `json:"key"`
	Identifier   string   `json:"iati_identifier"`
	Title        string   `json:"title"`
	TitleLang    string   `json:"title_lang"`
	Reporter     string   `json:"reporter"`
	Starts       string   `json:"starts"`
	Ends         string   `json:"ends"`
	Status       string   `json:"status"`
	Kind         string   `json:"kind"`
	Countries    []string `json:"countries"`
	Lines        []string `json:"lines"`
	Goals        []string `json:"goals"`
	Targets      []string `json:"targets"`
	Paragraphs   []string `json:"paragraphs"`
	Commitments  Money    `json:"commitments"`
	Spent        Money    `json:"spent"`
	LastEvidence string   `json:"last_evidence"`
}

// JSON gives the summary with its title in a language, or its declared fallback, which TitleLang
// names. Lists that hold nothing are empty, never null.
func (s Summary) JSON(lang resolute.Lang) SummaryJSON {
	title, found := s.Title.In(lang)
	return SummaryJSON{Key: s.Key, Identifier: s.Identifier, Title: title, TitleLang: string(found), Reporter: s.ReporterName, Starts: s.Starts, Ends: s.Ends,
		Status: s.Status, Kind: s.Kind, Countries: notNil(s.Countries), Lines: notNil(s.Lines), Goals: notNil(s.Goals), Targets: notNil(s.Targets),
		Paragraphs: notNil(s.Threads), Commitments: s.Commitments, Spent: s.Spent, LastEvidence: s.LastEvidence}
}

// all gives every row, the unlinked one and the total.
func (t Table) all() []Row { return append(slices.Clone(t.Rows), t.Unlinked, t.Total) }

// currencies lists every currency that any row holds.
func (t Table) currencies() []string {
	seen := map[string]bool{}
	for _, r := range t.all() {
		for _, m := range []Money{r.Commitments, r.Spent, r.Incoming, r.IncomingCommitments, r.Budgets, r.Open.Commitments, r.Open.Spent} {
			for _, currency := range m.Currencies() {
				seen[currency] = true
			}
		}
	}
	list := make([]string, 0, len(seen))
	for currency := range seen {
		list = append(list, currency)
	}
	sort.Strings(list)
	return list
}

// figureColumns are the sums of a row by the beginning of their column names.
var figureColumns = []struct {
	name string
	of   func(Row) Money
}{
	{"commitments", func(r Row) Money { return r.Commitments }},
	{"spent", func(r Row) Money { return r.Spent }},
	{"incoming", func(r Row) Money { return r.Incoming }},
	{"incoming_commitments", func(r Row) Money { return r.IncomingCommitments }},
	{"budgets", func(r Row) Money { return r.Budgets }},
	{"open_commitments", func(r Row) Money { return r.Open.Commitments }},
	{"open_spent", func(r Row) Money { return r.Open.Spent }},
}

// WriteCSV writes one line a row, unlinked and total last, and one column a figure and
// currency. Money is decimal text; a currency that a row does not hold is 0.00.
func (t Table) WriteCSV(w io.Writer, lang resolute.Lang) error {
	c := csv.NewWriter(w)
	currencies := t.currencies()
	header := []string{"row", "by", "id", "parent", "title", "state", "gaps", "activities", "undated", "organisations", "areas", "last_evidence", "open_activities", "open_organisations", "rule"}
	for _, f := range figureColumns {
		for _, currency := range currencies {
			header = append(header, f.name+"_"+currency)
		}
	}
	if err := c.Write(header); err != nil {
		return err
	}
	for i, r := range t.all() {
		title, _ := r.Title.In(lang)
		line := []string{t.lineKind(i), t.By, r.ID, r.Parent, guard(title), r.State, strings.Join(r.Gaps, "|"), strconv.Itoa(r.Activities), strconv.Itoa(r.Undated),
			strconv.Itoa(r.Organisations), strings.Join(r.Areas, "|"), r.LastEvidence, strconv.Itoa(r.Open.Activities), strconv.Itoa(r.Open.Organisations), t.Rule.ID}
		for _, f := range figureColumns {
			for _, currency := range currencies {
				line = append(line, f.of(r)[currency].String())
			}
		}
		if err := c.Write(line); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// guard keeps a spreadsheet from reading a text as a formula.
func guard(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
