package web

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"resolute"
	"resolute/internal/mandate"
)

type instrumentsPage struct {
	*shell
	List   mandate.ShelfList
	Rows   []InstrumentLine
	Chips  []Link
	Clear  string
	Query  string
	Fields []Choice
	Cites  [2]string // keys of the form: what is cited, and what cites
	Hidden []Pair
	Sorts  []Link
	Pages
}

// InstrumentLine is one instrument of the list.
type InstrumentLine struct {
	mandate.ShelvedJSON
	Words      Passage // the title
	Href, Name string
	BodyName   string
}

// shownInstruments is how many instruments a page lists; data holds up to a thousand, a table all.
const (
	shownInstruments = 60
	mostInstruments  = 1000
)

// shelfNames are the parameters that narrow instruments, in the order in which they are shown.
var shelfNames = []string{"body", "kind", "addressee", "year", "cites", "cited_by", "held"}

func (s *Site) instruments(ctx context.Context, r *request) (answer, error) {
	q := mandate.ShelfQuery{Sort: r.oneOf("sort", mandate.ShelfSorts), Text: r.values.Get("q"), Cursor: r.values.Get("page"), Limit: shownInstruments,
		Held: r.oneOf("held", []string{"", "1"}) == "1", Day: time.UnixMilli(r.head.At).UTC().Format(time.DateOnly)}
	if r.format == "json" {
		q.Limit = mostInstruments
	}
	list, err := s.shelf(ctx, r, &q)
	if err != nil {
		return answer{}, err
	}
	p := instrumentsPage{shell: s.shell(r, "instruments.title"), List: list, Query: q.Text, Cites: [2]string{q.Cites, q.CitedBy}}
	for _, x := range list.Items {
		p.Rows = append(p.Rows, InstrumentLine{ShelvedJSON: x.JSON(r.lang), Words: p.In(x.Title), Href: p.URL("/mandate/" + x.Key), Name: p.instrumentName(x.Instrument, nil), BodyName: p.bodyName(x.Key)})
	}
	p.fillForm(list)
	return answer{template: "instruments", page: p, data: list.JSON(r.lang), csv: func(w io.Writer) error {
		q.Limit, q.Cursor = 0, ""
		all, err := s.Mandate.Shelf(ctx, q)
		if err != nil {
			return err
		}
		return instrumentsCSV(w, all.JSON(r.lang).Instruments)
	}}, nil
}

// shelf reads the filters of instruments. A value that nothing has is left out and told.
func (s *Site) shelf(ctx context.Context, r *request, q *mandate.ShelfQuery) (mandate.ShelfList, error) {
	for {
		q.Body, q.Kind, q.Year, q.Addressee = r.values.Get("body"), r.values.Get("kind"), r.values.Get("year"), r.values.Get("addressee")
		q.Cites, q.CitedBy, q.Cursor = r.values.Get("cites"), r.values.Get("cited_by"), r.values.Get("page")
		list, err := s.Mandate.Shelf(ctx, *q)
		var broken *resolute.Error
		if !errors.As(err, &broken) || broken.Code != resolute.Usage || !r.values.Has(broken.Field) {
			return list, err
		}
		r.refuse([]string{broken.Field + "=" + r.values.Get(broken.Field)})
		r.values.Del(broken.Field)
	}
}

// fillForm offers the values of each facet with their counts, and the orders.
func (p *instrumentsPage) fillForm(list mandate.ShelfList) {
	for _, f := range list.Facets {
		counts := map[string]int{}
		var values []string
		for _, v := range f.Values {
			counts[v.Value] = v.Count
			values = append(values, v.Value)
		}
		if v := p.request.values.Get(f.Name); v != "" && !slices.Contains(values, v) {
			values = append(values, v)
		}
		p.Fields = append(p.Fields, p.choice(f.Name, p.T("choice.all_instruments"), values, func(v string) string {
			return p.shelfLabel(f.Name, v) + " (" + p.Count(counts[v]) + ")"
		}))
	}
	own := append([]string{"q"}, shelfNames[:len(shelfNames)-1]...)
	p.Hidden = p.carriedBeside(own...)
	for _, name := range shelfNames {
		if v := p.request.values.Get(name); v != "" {
			p.Chips = append(p.Chips, Link{Href: p.With(name, ""), Text: p.T("facet."+name) + p.Colon() + p.shelfLabel(name, v), Code: name})
		}
	}
	p.Clear = p.cleared("/instruments", "sort")
	for _, by := range mandate.ShelfSorts {
		p.Sorts = append(p.Sorts, Link{Href: p.With("sort", by), Text: p.T("instruments.sort." + by), Current: by == cmp.Or(p.request.values.Get("sort"), mandate.ByKey)})
	}
	if list.Next != "" {
		p.Next = p.With("page", list.Next)
	}
	if p.request.values.Get("page") != "" {
		p.First = p.With("page", "")
	}
}

// shelfLabel names a value of a filter of instruments; one without a name stays as it is.
func (s *shell) shelfLabel(name, value string) string {
	switch {
	case name == "body":
		return s.bodyName(value + "/")
	case name == "addressee":
		return mandate.AddresseeName(value, s.Lang)
	case name == "held":
		return s.T("instruments.only_held")
	case s.Has("instruments." + name + "." + strings.ReplaceAll(value, " ", "_")):
		return s.T("instruments." + name + "." + strings.ReplaceAll(value, " ", "_"))
	}
	return value
}

// bodyName names the body of an instrument in the page's language; an unknown one by its code.
func (s *shell) bodyName(key string) string {
	body, _, _ := strings.Cut(key, "/")
	if strings.HasPrefix(key, "un:a/hrc/") {
		body = "un:a/hrc"
	}
	if name := "body." + body; s.Has(name) {
		return s.T(name)
	}
	if family, _, ok := strings.Cut(body, ":"); ok && s.Has("body."+family) {
		return s.T("body." + family)
	}
	return body
}

func instrumentsCSV(w io.Writer, rows []mandate.ShelvedJSON) error {
	out := [][]string{{"key", "body", "kind", "number", "title", "adopted", "in_force", "in_force_recalled", "followed_by", "texts_held", "citing_provisions", "year", "addressees"}}
	for _, r := range rows {
		out = append(out, []string{r.Key, r.Body, r.Kind, r.Number, guarded(r.Title), r.Adopted, r.InForce, strconv.FormatBool(r.Recalled), r.Followed, strconv.Itoa(r.Held), strconv.Itoa(r.Cited),
			r.Year, strings.Join(r.Addressees, "|")})
	}
	return csv.NewWriter(w).WriteAll(out)
}
