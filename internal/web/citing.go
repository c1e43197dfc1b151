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

// fillCiters adds the provisions of other texts that cite the paragraph.
func (s *Site) fillCiters(ctx context.Context, p *provisionPage) (err error) {
	p.CitedBy, err = s.citers(ctx, p.shell, p.Thread)
	return err
}

// citers lists the provisions of texts in force that cite a paragraph of another text.
func (s *Site) citers(ctx context.Context, p *shell, thread string) ([]Link, error) {
	edges, err := s.Mandate.Citers(ctx, thread, p.request.day())
	var list []Link
	for _, e := range edges[:min(len(edges), shownCiters)] {
		list = append(list, Link{Href: p.URL(threadPage(e.Thread)), Text: e.Thread, Code: e.ID})
	}
	return list, err
}
