package web

import (
	"context"

	"resolute/internal/coverage"
	"resolute/internal/mandate"
)

type mandatePage struct {
	*shell
	Groups   []MandateGroup
	Revision *mandate.Revision // of the imported text; nil before one is imported
	Preamble []mandate.Wording
	Law      map[string]mandate.Wording
}

// TextOf gives the imported text of a paragraph; empty before one is imported.
func (p mandatePage) TextOf(alias string) string {
	a, _ := mandate.Resolve(alias)
	return p.Law[a.Thread].Text
}

// MandateGroup is the paragraphs that address the same.
type MandateGroup struct {
	Addressee string
	Rows      []Line
}

func (s *Site) mandate(ctx context.Context, r *request) (answer, error) {
	if r.http.PathValue("instrument") != mandate.Resolution30 {
		return answer{}, s.missing(r.http)
	}
	t, err := s.Coverage.Table(ctx, r.query(coverage.ByProvision))
	if err != nil {
		return answer{}, err
	}
	p := mandatePage{shell: s.shell(r, "mandate.title"), Law: map[string]mandate.Wording{}}
	texts, err := s.Mandate.Wordings(ctx)
	if err != nil {
		return answer{}, err
	}
	for _, text := range texts {
		p.Revision = &text.Revision
		if p.Law[text.Thread] = text; !text.Operative {
			p.Preamble = append(p.Preamble, text)
		}
	}
	for _, addressee := range mandate.Addressees {
		g := MandateGroup{Addressee: p.T("mandate.addressee." + addressee)}
		for _, a := range mandate.Aliases() {
			if row, ok := t.Row(a.Alias); ok && a.Addressee == addressee {
				g.Rows = append(g.Rows, p.line(coverage.ByProvision, row))
			}
		}
		p.Groups = append(p.Groups, g)
	}
	return answer{template: "mandate", page: p, data: t.JSON(r.lang), csv: tableCSV(t, r)}, nil
}
