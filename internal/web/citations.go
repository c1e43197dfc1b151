package web

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"time"

	"resolute"
	"resolute/internal/mandate"
)

type citationsPage struct {
	*shell
	Graph  mandate.Graph
	Pairs  []PairLine
	Edges  []EdgeLine
	Single bool // the rows are single citations
	Rows   []Link
	Chips  []Link
	Clear  string
	Fields []Choice
	Keys   [2]string // of the form: what cites, and what is cited
	Hidden []Pair
	Pages
}

// Named is an instrument by name and key.
type Named struct{ Href, Name, Key string }

// PairLine is an instrument that cites another one.
type PairLine struct {
	mandate.CitingPair
	Citing, Cited Named
	Href          string // each citation
}

// EdgeLine is one citation.
type EdgeLine struct {
	mandate.Edge
	Citing, Cited Named
	Href          string // of the provision that cites
	Late          bool   // a newer edition stood on the citing text's own day
}

const shownCitations = 60

// graphNames are the parameters that narrow citations, in the order in which they are shown.
var graphNames = []string{"body", "cited_body", "standing", "cited_by", "cites"}

func (s *Site) citations(ctx context.Context, r *request) (answer, error) {
	q := mandate.GraphQuery{By: r.oneOf("by", mandate.GraphRows), Standing: r.oneOf("standing", append([]string{""}, mandate.Standings...)), Limit: shownCitations, Day: r.day()}
	if r.format == "json" {
		q.Limit = mostInstruments
	}
	g, err := s.graph(ctx, r, &q)
	if err != nil {
		return answer{}, err
	}
	p := citationsPage{shell: s.shell(r, "citations.title"), Graph: g, Single: q.By == mandate.ByCitation, Keys: [2]string{q.From, q.To}}
	p.Edges = p.edgeLines(g, g.Edges)
	for _, pair := range g.Pairs {
		p.Pairs = append(p.Pairs, PairLine{CitingPair: pair, Citing: p.named(g, pair.From), Cited: p.named(g, pair.To),
			Href: p.URL("/citations", "by", mandate.ByCitation, "cited_by", pair.From, "cites", pair.To)})
	}
	p.fillForm()
	return answer{template: "citations", page: p, data: g, csv: func(w io.Writer) error {
		q.Limit, q.Cursor = 0, ""
		all, err := s.Mandate.Graph(ctx, q)
		if err != nil {
			return err
		}
		if q.By == mandate.ByCitation {
			return edgesCSV(w, all.Edges)
		}
		return pairsCSV(w, all.Pairs)
	}}, nil
}

// day is that of the data.
func (r *request) day() string { return time.UnixMilli(r.head.At).UTC().Format(time.DateOnly) }

// graph reads the filters of citations. A value that nothing has is left out and told.
func (s *Site) graph(ctx context.Context, r *request, q *mandate.GraphQuery) (mandate.Graph, error) {
	for {
		q.From, q.To, q.Cursor = r.values.Get("cited_by"), r.values.Get("cites"), r.values.Get("page")
		q.Body, q.CitedBody = r.values.Get("body"), r.values.Get("cited_body")
		g, err := s.Mandate.Graph(ctx, *q)
		var broken *resolute.Error
		if !errors.As(err, &broken) || broken.Code != resolute.Usage || !r.values.Has(broken.Field) {
			return g, err
		}
		r.refuse([]string{broken.Field + "=" + r.values.Get(broken.Field)})
		r.values.Del(broken.Field)
	}
}

func (s *shell) named(g mandate.Graph, key string) Named {
	i, known := g.Instrument(key)
	n := Named{Name: s.instrumentName(i, nil), Key: key}
	if known {
		n.Href = s.URL("/mandate/" + key)
	}
	return n
}

func (s *shell) edgeLines(g mandate.Graph, edges []mandate.Edge) []EdgeLine {
	var list []EdgeLine
	for _, e := range edges {
		list = append(list, EdgeLine{Edge: e, Citing: s.named(g, e.From), Cited: s.named(g, e.To), Href: s.URL(threadPage(e.Thread)), Late: e.Then == mandate.StandsOlder})
	}
	return list
}

// fillForm offers the values of each facet with their counts, and what the rows can be.
func (p *citationsPage) fillForm() {
	for _, f := range p.Graph.Facets {
		counts := map[string]int{}
		var values []string
		for i, v := range f.Values {
			if chosen := p.request.values.Get(f.Name) == v.Value; i >= mostChoices && !chosen {
				continue
			}
			counts[v.Value] = v.Count
			values = append(values, v.Value)
		}
		p.Fields = append(p.Fields, p.choice(f.Name, p.T("choice.all_instruments"), values, func(v string) string {
			return p.graphLabel(f.Name, v) + " (" + p.Count(counts[v]) + ")"
		}))
	}
	p.Hidden = p.carriedBeside(graphNames...)
	for _, name := range graphNames {
		if v := p.request.values.Get(name); v != "" {
			p.Chips = append(p.Chips, Link{Href: p.With(name, ""), Text: p.T("facet."+name) + p.Colon() + p.graphLabel(name, v), Code: name})
		}
	}
	p.Clear = p.cleared("/citations", "by")
	for _, by := range mandate.GraphRows {
		p.Rows = append(p.Rows, Link{Href: p.With("by", by), Text: p.T("citations.by." + by), Current: by == cmp.Or(p.request.values.Get("by"), mandate.ByPair)})
	}
	if p.Graph.Next != "" {
		p.Next = p.With("page", p.Graph.Next)
	}
	if p.request.values.Get("page") != "" {
		p.First = p.With("page", "")
	}
}

// mostChoices is how many values of a facet a form offers; the others are reached by address.
const mostChoices = 40

// graphLabel names a value of a filter of citations.
func (s *shell) graphLabel(name, value string) string {
	switch name {
	case "standing":
		return s.T("citations.standing." + value)
	case "body", "cited_body":
		return s.bodyName(value + "/")
	}
	return value
}

func pairsCSV(w io.Writer, pairs []mandate.CitingPair) error {
	out := [][]string{{"from", "to", "provisions", "citations", "older", "held"}}
	for _, p := range pairs {
		out = append(out, []string{p.From, p.To, strconv.Itoa(p.Provisions), strconv.Itoa(p.Citations), strconv.Itoa(p.Older), strconv.FormatBool(p.Held)})
	}
	return csv.NewWriter(w).WriteAll(out)
}

func edgesCSV(w io.Writer, edges []mandate.Edge) error {
	out := [][]string{{"from", "from_label", "from_day", "thread", "path", "to", "id", "edition", "part", "held", "newest", "newest_recalled", "standing", "standing_then"}}
	for _, e := range edges {
		out = append(out, []string{e.From, guarded(e.FromLabel), e.FromDay, e.Thread, e.Path, e.To, e.ID, e.Edition, e.Part, strconv.FormatBool(e.Held), guarded(e.Newest), strconv.FormatBool(e.Recalled), e.Standing, e.Then})
	}
	return csv.NewWriter(w).WriteAll(out)
}
