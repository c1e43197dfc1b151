package web

import (
	"context"
	"encoding/csv"
	"io"
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
	Held        int    // instruments found, shown or not
	Shelf       string // the list of all of them, when not all are shown
	Items       []Item
	Activities  int
}

// FoundLine is one provision that was found.
type FoundLine struct {
	Href, Code, Heading, Text string
	Label, Thread             string
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
	data := p.json()
	return answer{template: "search", page: p, data: data, csv: searchCSV(data.Found)}, nil
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
		p.Provisions = append(p.Provisions, FoundLine{Href: p.URL(threadPage(f.Thread)), Code: code, Heading: f.Heading, Text: f.Text, Label: f.Label, Thread: f.Thread})
	}
	shelf, err := s.Mandate.Shelf(ctx, mandate.ShelfQuery{Text: p.Query, Limit: shownFound, Sort: mandate.ByCited})
	if err != nil {
		return err
	}
	for _, i := range shelf.Items {
		p.Instruments = append(p.Instruments, Link{Href: p.URL("/mandate/" + i.Key), Text: p.In(i.Title).Text, Code: p.instrumentName(i.Instrument, nil)})
	}
	if p.Held = shelf.Total; shelf.Next != "" {
		p.Shelf = p.URL("/instruments", "q", p.Query)
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

// foundJSON is one thing found as others read it: kind is paragraph, provision, instrument or
// activity.
type foundJSON struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
	Text string `json:"text"`
}

// searchJSON is a search as others read it; the lists may hold fewer than were found.
type searchJSON struct {
	Query      string      `json:"query"`
	Provisions int         `json:"provisions_found"`
	Activities int         `json:"activities_found"`
	Found      []foundJSON `json:"found"`
}

func (p *searchPage) json() searchJSON {
	out := searchJSON{p.Query, p.Total, p.Activities, []foundJSON{}}
	for _, l := range p.Paragraphs {
		out.Found = append(out.Found, foundJSON{"paragraph", l.Code, l.Text})
	}
	for _, f := range p.Provisions {
		out.Found = append(out.Found, foundJSON{"provision", f.Thread, f.Text})
	}
	for _, l := range p.Instruments {
		out.Found = append(out.Found, foundJSON{"instrument", l.Code, l.Text})
	}
	for _, i := range p.Items {
		out.Found = append(out.Found, foundJSON{"activity", i.Key, i.Name.Text})
	}
	return out
}

func searchCSV(found []foundJSON) func(io.Writer) error {
	return func(w io.Writer) error {
		rows := [][]string{{"kind", "id", "text"}}
		for _, f := range found {
			rows = append(rows, []string{f.Kind, guarded(f.ID), guarded(f.Text)})
		}
		return csv.NewWriter(w).WriteAll(rows)
	}
}
