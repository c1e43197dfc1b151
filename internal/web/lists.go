package web

import (
	"context"
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/directory"
	"resolute/internal/ledger"
	"resolute/internal/sheet"
)

func guarded(s string) string { return sheet.Guard(s) }

func plainMoney(m coverage.Money) string {
	var parts []string
	for _, currency := range m.Currencies() {
		parts = append(parts, currency+" "+m[currency].String())
	}
	return strings.Join(parts, "|")
}

func (s *shell) partner(p coverage.Partner) PartnerLine {
	name := p.Name
	if name == "" {
		name = p.Ref
	}
	return PartnerLine{Href: s.URL("/organisation/" + strconv.FormatInt(p.ID, 10)), Name: name, Activities: p.Activities}
}

type organisationsPage struct {
	*shell
	Partners []PartnerLine
}

func (s *Site) organisations(ctx context.Context, r *request) (answer, error) {
	partners, err := s.Coverage.Partners(ctx, r.filter, r.period)
	if err != nil {
		return answer{}, err
	}
	p := organisationsPage{shell: s.shell(r, "organisations.title")}
	for _, partner := range partners[:min(500, len(partners))] {
		p.Partners = append(p.Partners, p.partner(partner))
	}
	return answer{template: "organisations", page: p, data: map[string]any{"organisations": partnersJSON(partners)}, csv: partnersCSV(partners)}, nil
}

type partnerJSON struct {
	ID         int64  `json:"id"`
	Ref        string `json:"ref"`
	Name       string `json:"name"`
	Type       string `json:"type"`
	Activities int    `json:"activities"`
}

func partnersJSON(partners []coverage.Partner) []partnerJSON {
	list := make([]partnerJSON, len(partners))
	for i, p := range partners {
		list[i] = partnerJSON{p.ID, p.Ref, p.Name, p.Type, p.Activities}
	}
	return list
}

func partnersCSV(partners []coverage.Partner) func(io.Writer) error {
	return func(w io.Writer) error {
		c := csv.NewWriter(w)
		rows := [][]string{{"id", "ref", "name", "type", "activities"}}
		for _, p := range partners {
			rows = append(rows, []string{strconv.FormatInt(p.ID, 10), guarded(p.Ref), guarded(p.Name), p.Type, strconv.Itoa(p.Activities)})
		}
		return c.WriteAll(rows)
	}
}

type organisationPage struct {
	*shell
	Organisation directory.Organisation
	Items        []Item
	Total        int
	All          string
	Lines        []Line
}

func (s *Site) organisation(ctx context.Context, r *request) (answer, error) {
	id, err := strconv.ParseInt(r.http.PathValue("id"), 10, 64)
	if err != nil {
		return answer{}, s.missing(r.http)
	}
	o, err := s.Directory.Organisation(ctx, id)
	if err != nil {
		return answer{}, err
	}
	r.filter.Organisations = []string{strconv.FormatInt(id, 10)}
	q := coverage.ListQuery{Filter: r.filter, Period: r.period, Lang: r.lang, Limit: 50}
	list, err := s.Coverage.Activities(ctx, q)
	if err != nil {
		return answer{}, err
	}
	lines, err := s.Coverage.Table(ctx, r.query(coverage.ByLine))
	if err != nil {
		return answer{}, err
	}
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	p := organisationPage{shell: s.shell(r, "organisation.title"), Organisation: o, Total: list.Total}
	if p.Heading = o.Name; o.Name == "" {
		p.Heading = o.Ref
	}
	p.Items, p.All = p.items(list.Items, countryNames(catalogue)), p.URL("/activities", "org", strconv.FormatInt(id, 10))
	p.Lines = p.lines(coverage.ByLine, reported(lines.Rows))
	return answer{template: "organisation", page: p, data: map[string]any{"organisation": o, "activities": list.Total}, csv: s.listCSV(ctx, q)}, nil
}

type importsPage struct {
	*shell
	Imports []ImportLine
}

// ImportLine is one import of the list.
type ImportLine struct {
	ledger.Import
	Href, When string
}

func (s *Site) imports(ctx context.Context, r *request) (answer, error) {
	list, err := ledger.List(ctx, s.DB, 0, 500)
	if err != nil {
		return answer{}, err
	}
	p := importsPage{shell: s.shell(r, "imports.title")}
	for _, i := range list {
		p.Imports = append(p.Imports, ImportLine{i, p.URL("/import/" + strconv.FormatInt(i.ID, 10)), p.Date(i.At)})
	}
	if list == nil {
		list = []ledger.Import{}
	}
	return answer{template: "imports", page: p, data: map[string]any{"imports": list}, csv: importsCSV(list)}, nil
}

func importsCSV(list []ledger.Import) func(io.Writer) error {
	return func(w io.Writer) error {
		rows := [][]string{{"id", "state", "kind", "file", "source", "sha256", "read", "new", "changed", "unchanged", "refused", "absent", "transactions", "rounded", "errors", "warnings", "notes"}}
		for _, i := range list {
			row := []string{strconv.FormatInt(i.ID, 10), string(i.State), i.Kind, guarded(i.File), guarded(i.Source), i.SHA256}
			for _, n := range []int{i.Read, i.New, i.Changed, i.Unchanged, i.Counts.Refused, i.Absent, i.Transactions, i.Rounded, i.Total.Error, i.Total.Warning, i.Total.Note} {
				row = append(row, strconv.Itoa(n))
			}
			rows = append(rows, row)
		}
		return csv.NewWriter(w).WriteAll(rows)
	}
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
