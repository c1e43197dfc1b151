package web

import (
	"cmp"
	"context"
	"encoding/csv"
	"io"
	"slices"
	"strconv"

	"resolute"
	"resolute/internal/ledger"
)

type importPage struct {
	*shell
	ledger.Import
	When   string
	Glyph  string // the sign of its state, as on the list
	Rules  []RuleFindings
	Kept   int // findings that were read
	All    int
	CSV    string
	Severe bool // something was refused

	Refusals []RefusedLine
}

// RuleFindings is the findings of one rule: N of them, of which the first are listed.
type RuleFindings struct {
	Rule, Severity string
	N              int
	List           []resolute.Finding
	Open           bool // shown unfolded
}

// readFindings bounds how many findings the page groups, shownFindings how many it lists of a rule.
const readFindings, shownFindings = 5000, 50

func (s *Site) imported(ctx context.Context, r *request) (answer, error) {
	id, err := strconv.ParseInt(r.http.PathValue("id"), 10, 64)
	if err != nil {
		return answer{}, s.missing(r.http)
	}
	i, err := ledger.Get(ctx, s.DB, id)
	if err != nil {
		return answer{}, err
	}
	limit := readFindings
	if r.format != "" {
		limit = 1_000_000
	}
	findings, err := ledger.Findings(ctx, s.DB, id, 0, limit)
	if err != nil {
		return answer{}, err
	}
	p := importPage{shell: s.shell(r, "import.title", "n", id), Import: i, Glyph: importGlyphs[i.State], Rules: byRule(findings), Kept: len(findings)}
	p.All, p.When, p.Severe = i.Total.Error+i.Total.Warning+i.Total.Note, p.Date(i.At), i.Counts.Refused > 0
	p.CSV = p.As("csv")
	if p.Severe {
		refused, err := s.Register.RefusedOf(ctx, id, shownRefused)
		if err != nil {
			return answer{}, err
		}
		p.fillRefused(refused)
	}
	return answer{template: "import", page: p, data: map[string]any{"import": i, "findings": findings}, csv: findingsCSV(findings)}, nil
}

// Version is the data version, not the version of the standard that the file names.
func (p importPage) Version() string { return p.shell.Version() }

// gravity orders the severities, gravest first.
var gravity = []resolute.Severity{resolute.SeverityError, resolute.SeverityWarning, resolute.SeverityNote}

// byRule groups findings by their rule: gravest first, then most first. Errors stand unfolded.
func byRule(findings []resolute.Finding) []RuleFindings {
	at := map[string]int{}
	var groups []RuleFindings
	for _, f := range findings {
		key := string(f.Severity) + " " + f.Rule
		if _, known := at[key]; !known {
			at[key] = len(groups)
			groups = append(groups, RuleFindings{Rule: f.Rule, Severity: string(f.Severity), Open: f.Severity == resolute.SeverityError})
		}
		g := &groups[at[key]]
		if g.N++; len(g.List) < shownFindings {
			g.List = append(g.List, f)
		}
	}
	rank := func(g RuleFindings) int { return slices.Index(gravity, resolute.Severity(g.Severity)) }
	slices.SortStableFunc(groups, func(a, b RuleFindings) int { return cmp.Or(rank(a)-rank(b), b.N-a.N) })
	return groups
}

func findingsCSV(findings []resolute.Finding) func(io.Writer) error {
	return func(w io.Writer) error {
		rows := [][]string{{"rule", "severity", "record", "line", "column", "path", "found", "expected", "message"}}
		for _, f := range findings {
			rows = append(rows, []string{f.Rule, string(f.Severity), guarded(f.Record), strconv.Itoa(f.Line), strconv.Itoa(f.Column), guarded(f.Path), guarded(f.Found), guarded(f.Expected), guarded(f.Message)})
		}
		return csv.NewWriter(w).WriteAll(rows)
	}
}
