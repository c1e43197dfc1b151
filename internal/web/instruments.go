package web

import (
	"context"
	"encoding/csv"
	"io"
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
	mandate.ShelvedJSON
	Words      Passage // the title
	Href, Name string
	BodyName   string
}

func (s *Site) instruments(ctx context.Context, r *request) (answer, error) {
	p := instrumentsPage{shell: s.shell(r, "instruments.title")}
	shelf, err := s.Mandate.Shelf(ctx, time.UnixMilli(r.head.At).UTC().Format(time.DateOnly))
	if err != nil {
		return answer{}, err
	}
	data := make([]mandate.ShelvedJSON, len(shelf))
	for i, x := range shelf {
		data[i] = x.JSON(r.lang)
		p.Rows = append(p.Rows, InstrumentLine{ShelvedJSON: data[i], Words: p.In(x.Title), Href: p.URL("/mandate/" + x.Key), Name: p.instrumentName(x.Instrument, nil), BodyName: p.bodyName(x.Key)})
		if x.Held > 0 {
			p.Held++
		}
	}
	return answer{template: "instruments", page: p, data: map[string]any{"instruments": data}, csv: instrumentsCSV(data)}, nil
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

func instrumentsCSV(rows []mandate.ShelvedJSON) func(io.Writer) error {
	return func(w io.Writer) error {
		out := [][]string{{"key", "body", "kind", "number", "title", "adopted", "in_force", "in_force_recalled", "followed_by", "texts_held", "citing_provisions"}}
		for _, r := range rows {
			out = append(out, []string{r.Key, r.Body, r.Kind, r.Number, guarded(r.Title), r.Adopted, r.InForce, strconv.FormatBool(r.Recalled), r.Followed, strconv.Itoa(r.Held), strconv.Itoa(r.Cited)})
		}
		return csv.NewWriter(w).WriteAll(out)
	}
}
