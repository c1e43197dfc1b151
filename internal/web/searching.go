package web

import (
	"context"
	"strings"

	"resolute/internal/coverage"
	"resolute/internal/mandate"
)

// searchPage shows what answers the words typed: paragraphs, provisions of held texts,
// instruments, and the newest activities.
type searchPage struct {
	*shell
	Query       string
	Paragraphs  []Link
	Provisions  []FoundLine
	Total       int // provisions found, shown or not
	Instruments []Link
	Items       []Item
	Activities  int
}

// FoundLine is one provision that was found.
type FoundLine struct {
	Href, Code, Heading, Text string
	Label                     string
}

// shownFound is how many provisions and activities a search lists.
const (
	shownFound      = 40
	shownActivities = 10
)

func (s *Site) search(ctx context.Context, r *request) (answer, error) {
	p := searchPage{shell: s.shell(r, "search.title"), Query: strings.TrimSpace(r.values.Get("q"))}
	if p.Query != "" {
		p.Heading = p.T("search.for", "query", p.Query)
		if err := s.fillSearch(ctx, r, &p); err != nil {
			return answer{}, err
		}
	}
	return answer{template: "search", page: p, data: p.json()}, nil
}

func (s *Site) fillSearch(ctx context.Context, r *request, p *searchPage) error {
	for _, a := range mandate.FindParagraphs(p.Query) {
		p.Paragraphs = append(p.Paragraphs, Link{Href: p.URL("/thread/" + a.Alias), Text: p.In(a.Wording).Text, Code: a.Alias})
	}
	found, total, err := s.Mandate.Find(ctx, p.Query, shownFound)
	if err != nil {
		return err
	}
	p.Total = total
	for _, f := range found {
		code := f.Alias
		if code == "" {
			code = f.Thread
		}
		p.Provisions = append(p.Provisions, FoundLine{Href: p.URL(threadPage(f.Thread)), Code: code, Heading: f.Heading, Text: f.Text, Label: f.Label})
	}
	for _, i := range mandate.FindInstruments(p.Query) {
		p.Instruments = append(p.Instruments, Link{Href: p.URL("/mandate/" + i.Key), Text: i.Title, Code: instrumentName(i, nil)})
	}
	return s.searchActivities(ctx, r, p)
}

func (s *Site) searchActivities(ctx context.Context, r *request, p *searchPage) error {
	list, err := s.Coverage.Activities(ctx, coverage.ListQuery{Filter: coverage.Filter{Text: p.Query}, Period: r.period, Lang: r.lang, Limit: shownActivities})
	if err != nil {
		return err
	}
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return err
	}
	p.Items, p.Activities = p.items(list.Items, countryNames(catalogue)), list.Total
	return nil
}

// foundJSON is one thing found as others read it.
type foundJSON struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

func (p *searchPage) json() any {
	out := struct {
		Query       string      `json:"query"`
		Paragraphs  []foundJSON `json:"paragraphs"`
		Provisions  []foundJSON `json:"provisions"`
		Found       int         `json:"provisions_found"`
		Instruments []foundJSON `json:"instruments"`
		Activities  int         `json:"activities_found"`
	}{p.Query, []foundJSON{}, []foundJSON{}, p.Total, []foundJSON{}, p.Activities}
	for _, l := range p.Paragraphs {
		out.Paragraphs = append(out.Paragraphs, foundJSON{l.Code, l.Text})
	}
	for _, f := range p.Provisions {
		out.Provisions = append(out.Provisions, foundJSON{f.Code, f.Text})
	}
	for _, l := range p.Instruments {
		out.Instruments = append(out.Instruments, foundJSON{l.Code, l.Text})
	}
	return out
}
