package web

import (
	"context"

	"resolute/internal/mandate"
)

// shownCiters is how many citations of each kind the page of a text lists.
const shownCiters = 40

// fillCiting adds what the text shown cites, and the provisions of texts in force that cite its
// instrument.
func (s *Site) fillCiting(ctx context.Context, r *request, p *textPage) error {
	g, err := s.Mandate.CitedBy(ctx, p.Key, r.day(), shownCiters)
	if err != nil {
		return err
	}
	p.CitedBy = p.edgeLines(g, g.Edges)
	p.CitedByAll = Link{Href: p.URL("/citations", "by", mandate.ByCitation, "cites", p.Key), Text: p.T("citations.all", "n", g.Total), Current: g.Total > len(g.Edges)}
	if p.Reading == nil {
		return nil
	}
	edges, err := s.Mandate.Cites(ctx, p.Reading, r.day())
	p.Cites = p.edgeLines(g, edges[:min(len(edges), shownCiters)])
	p.CitesAll = Link{Href: p.URL("/citations", "by", mandate.ByCitation, "cited_by", p.Key), Text: p.T("citations.all", "n", len(edges)), Current: len(edges) > shownCiters}
	return err
}
