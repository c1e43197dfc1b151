package api

import (
	"bufio"
	"context"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"resolute"
	"resolute/internal/coverage"
)

type locationsIn struct {
	Filters
	Sort   string `query:"sort" enum:"evidence,start,title,updated" default:"evidence" doc:"Order of the activities; those of one stand in its own order"`
	Cursor string `query:"cursor" maxLength:"2000" doc:"Next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"50"`
}

type locationsOut struct {
	Link string `header:"Link"`
	Body coverage.LocationListJSON
}

// wholeLocationsIn asks for a whole list.
type wholeLocationsIn struct {
	Filters
	Sort string `query:"sort" enum:"evidence,start,title,updated" default:"evidence" doc:"Order of the activities; those of one stand in its own order"`
}

func (a *API) locations(ctx context.Context, in *locationsIn) (*locationsOut, error) {
	f, err := a.filter(ctx, &in.Filters)
	if err != nil {
		return nil, err
	}
	list, err := a.Coverage.Locations(ctx, coverage.ListQuery{Filter: f, Period: in.periods, Lang: resolute.Lang(in.Lang), Sort: in.Sort, Cursor: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &locationsOut{Body: list.JSON(resolute.Lang(in.Lang))}
	if list.Next != "" {
		in.query.Set("cursor", list.Next)
		out.Link = "<?" + in.query.Encode() + `>; rel="next"` // relative, so that it holds behind any proxy
	}
	return out, nil
}

// registerWholeLocations declares the whole list in each of its forms. It is sent as it is read.
func (a *API) registerWholeLocations(to huma.API) {
	for _, format := range slices.Sorted(maps.Keys(coverage.LocationFormats)) {
		kind := coverage.LocationFormats[format]
		operation := readingFile("/locations."+format, "locations-"+format, "All locations as "+format+", however many", kind, "The whole list")
		huma.Register(to, operation, func(ctx context.Context, in *wholeLocationsIn) (*huma.StreamResponse, error) {
			on, err := a.at(ctx, in)
			if err != nil {
				return nil, a.fail(err)
			}
			f, err := on.filter(ctx, &in.Filters)
			if err != nil {
				return nil, a.fail(err)
			}
			q := coverage.ListQuery{Filter: f, Period: in.periods, Lang: resolute.Lang(in.Lang), Sort: in.Sort}
			return &huma.StreamResponse{Body: func(sent huma.Context) {
				sent.SetHeader("Content-Type", kind)
				_, w := humago.Unwrap(sent)
				out := bufio.NewWriterSize(&patient{w}, 64<<10)
				err := on.Coverage.WriteLocations(ctx, out, q, format)
				if err == nil {
					err = out.Flush()
				}
				if err != nil {
					a.Log.Error("answer cut off", slog.String("path", operation.Path), slog.Any("err", err))
					panic(http.ErrAbortHandler) // half an answer must not look whole
				}
			}}, nil
		})
	}
}

// patient gives a reader time for each part of a long answer.
type patient struct{ to http.ResponseWriter }

// partTime is how long a reader may take over one part.
const partTime = time.Minute

// Write sends a part.
func (p *patient) Write(b []byte) (int, error) {
	_ = http.NewResponseController(p.to).SetWriteDeadline(time.Now().Add(partTime)) // a writer without deadlines has none to move
	return p.to.Write(b)
}
