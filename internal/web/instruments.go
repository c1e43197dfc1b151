package web

import (
	"context"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"resolute/internal/mandate"
)

type instrumentsPage struct {
	*shell
	Rows []InstrumentLine
	Held int
}

// InstrumentLine is one instrument of the list.
type InstrumentLine struct {
	mandate.Instrument
	Href, Name string
	BodyName   string
	InForce    string // the newest known revision on the day of the data
	Recalled   bool
	Held       int // texts held
	Cited      int // provisions of texts in force that cite it
}

func (s *Site) instruments(ctx context.Context, r *request) (answer, error) {
	p := instrumentsPage{shell: s.shell(r, "instruments.title")}
	counts, err := s.Mandate.CitedCounts(ctx)
	if err != nil {
		return answer{}, err
	}
	held, err := s.Mandate.Revisions(ctx, "")
	if err != nil {
		return answer{}, err
	}
	texts := map[string]int{}
	for _, h := range held {
		if texts[h.Instrument]++; texts[h.Instrument] == 1 {
			p.Held++
		}
	}
	day := time.UnixMilli(r.head.At).UTC().Format(time.DateOnly)
	for _, i := range withHeld(held) {
		line := InstrumentLine{Instrument: i, Href: p.URL("/mandate/" + i.Key), Name: instrumentName(i, nil), BodyName: p.bodyName(i.Key), Held: texts[i.Key], Cited: counts[i.Key]}
		if e, ok := i.InForce(day); ok {
			line.InForce, line.Recalled = e.Label(), !e.Sure()
		}
		p.Rows = append(p.Rows, line)
	}
	return answer{template: "instruments", page: p, data: map[string]any{"instruments": instrumentsJSON(p.Rows)}, csv: instrumentsCSV(p.Rows)}, nil
}

// withHeld is the table of instruments with those of which only a text is held, by key. What has
// no title in words of ours bears that of its text.
func withHeld(held []mandate.Revision) []mandate.Instrument {
	list := slices.Clone(mandate.Instruments())
	titles := map[string]mandate.Revision{}
	for _, h := range slices.Backward(held) {
		titles[h.Instrument] = h
	}
	for i := range list {
		if h, ok := titles[list[i].Key]; ok && list[i].Title == "" {
			list[i].Title = h.Title
		}
		delete(titles, list[i].Key)
	}
	for key, h := range titles {
		list = append(list, mandate.Instrument{Key: key, Kind: h.Kind, Number: h.Number, Title: h.Title})
	}
	slices.SortFunc(list, func(a, b mandate.Instrument) int { return strings.Compare(a.Key, b.Key) })
	return list
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

// instrumentJSON is an instrument as others read it.
type instrumentJSON struct {
	Key      string `json:"key"`
	Body     string `json:"body"`
	Kind     string `json:"kind"`
	Number   string `json:"number"`
	Title    string `json:"title"`
	Adopted  string `json:"adopted"`
	InForce  string `json:"in_force"`
	Recalled bool   `json:"in_force_recalled"`
	Followed string `json:"followed_by"`
	Held     int    `json:"texts_held"`
	Cited    int    `json:"citing_provisions"`
}

func instrumentsJSON(rows []InstrumentLine) []instrumentJSON {
	list := make([]instrumentJSON, len(rows))
	for i, r := range rows {
		list[i] = instrumentJSON{r.Key, r.Body, r.Kind, r.Number, r.Title, r.Adopted, r.InForce, r.Recalled, r.FollowedBy, r.Held, r.Cited}
	}
	return list
}

func instrumentsCSV(rows []InstrumentLine) func(io.Writer) error {
	return func(w io.Writer) error {
		out := [][]string{{"key", "body", "kind", "number", "title", "adopted", "in_force", "in_force_recalled", "followed_by", "texts_held", "citing_provisions"}}
		for _, r := range rows {
			out = append(out, []string{r.Key, r.Body, r.Kind, r.Number, guarded(r.Title), r.Adopted, r.InForce, strconv.FormatBool(r.Recalled), r.FollowedBy, strconv.Itoa(r.Held), strconv.Itoa(r.Cited)})
		}
		return csv.NewWriter(w).WriteAll(out)
	}
}
