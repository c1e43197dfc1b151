package api

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"iter"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"resolute/internal/register"
	"resolute/internal/register/dportal"
	"resolute/internal/sheet"
)

// The addresses of d-portal's questions: programs that were written for it find them here too.
var dportalForms = map[string]func(*API, http.ResponseWriter, *http.Request, dportal.Query) error{
	"/q": (*API).dportalJSON, "/q.json": (*API).dportalJSON, "/q.csv": (*API).dportalCSV, "/q.html": (*API).dportalHTML, "/q.xml": (*API).dportalXML,
}

// DPortal tells whether a path is one of the addresses of d-portal's questions.
func DPortal(path string) bool { return dportalForms[path] != nil }

// dportal answers one question in the form of its address.
func (a *API) dportal(w http.ResponseWriter, r *http.Request) {
	q, err := dportal.Parse(r.URL.Query())
	sent := &sending{ResponseWriter: w}
	if err == nil {
		w.Header().Set("Access-Control-Allow-Origin", "*") // as d-portal does: all of it is public
		err = dportalForms[r.URL.Path](a, sent, r, q)
	}
	switch {
	case err == nil:
	case sent.begun:
		panic(http.ErrAbortHandler) // half an answer must not look whole
	default:
		var problem *huma.ErrorModel
		if !errors.As(a.fail(err), &problem) {
			problem = internalProblem(newReference())
		}
		writeProblem(w, problem)
	}
}

// sending knows whether anything was sent.
type sending struct {
	http.ResponseWriter
	begun bool
}

// Write sends bytes.
func (s *sending) Write(p []byte) (int, error) {
	s.begun = true
	return s.ResponseWriter.Write(p)
}

func (a *API) rows(ctx context.Context, q dportal.Query, give func([]any) error) error {
	return dportal.Run(ctx, a.DB, q, give)
}

// dportalJSON writes {"rows":[...],"count":N}, row by row.
func (a *API) dportalJSON(w http.ResponseWriter, r *http.Request, q dportal.Query) error {
	w.Header().Set("Content-Type", "application/json")
	names, n := q.Names(), 0
	keys := make([]string, len(names))
	for i, name := range names {
		keys[i] = strconv.Quote(name) + ":"
	}
	var line []byte
	err := a.rows(r.Context(), q, func(values []any) error {
		line = append(line[:0], []string{`{"rows":[`, ","}[min(n, 1)]...)
		line = append(line, "\n{"...)
		for i, v := range values {
			if i > 0 {
				line = append(line, ',')
			}
			text, err := json.Marshal(v)
			if err != nil {
				return err
			}
			line = append(append(line, keys[i]...), text...)
		}
		n++
		_, err := w.Write(append(line, '}'))
		return err
	})
	if err != nil {
		return err
	}
	if n == 0 {
		_, err = io.WriteString(w, `{"rows":[`)
	}
	if err == nil {
		_, err = fmt.Fprintf(w, "],\"count\":%d}\n", n)
	}
	return err
}

// plain writes a value for tables.
func plain(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

func (a *API) dportalCSV(w http.ResponseWriter, r *http.Request, q dportal.Query) error {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8; header=present")
	out, begun := csv.NewWriter(w), false
	begin := func() error {
		begun = true
		return out.Write(q.Names())
	}
	cells := make([]string, len(q.Names()))
	err := a.rows(r.Context(), q, func(values []any) error {
		if !begun {
			if err := begin(); err != nil {
				return err
			}
		}
		for i, v := range values {
			if cells[i] = plain(v); !isNumber(v) {
				cells[i] = sheet.Guard(cells[i])
			}
		}
		return out.Write(cells)
	})
	if err == nil && !begun {
		err = begin()
	}
	if err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

func isNumber(v any) bool {
	switch v.(type) {
	case int64, float64:
		return true
	}
	return false
}

func (a *API) dportalHTML(w http.ResponseWriter, r *http.Request, q dportal.Query) error {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	row := func(tag string, cells []string) string {
		var b strings.Builder
		b.WriteString("<tr>")
		for _, c := range cells {
			b.WriteString("<" + tag + ">" + html.EscapeString(c) + "</" + strings.Fields(tag)[0] + ">")
		}
		return b.String() + "</tr>\n"
	}
	head := `<!doctype html><html lang="en"><meta charset="utf-8"><title>q</title><table><thead>` + row(`th scope="col"`, q.Names()) + "</thead><tbody>\n"
	err := a.rows(r.Context(), q, func(values []any) error {
		cells := make([]string, len(values))
		for i, v := range values {
			cells[i] = plain(v)
		}
		_, err := io.WriteString(w, head+row("td", cells))
		head = ""
		return err
	})
	if err == nil {
		_, err = io.WriteString(w, head+"</tbody></table></html>\n")
	}
	return err
}

// dportalXML gives the activities that a question meets as IATI 2.03.
func (a *API) dportalXML(w http.ResponseWriter, r *http.Request, q dportal.Query) error {
	w.Header().Set("Content-Type", "application/xml")
	w.Header().Set("Content-Disposition", `attachment; filename="q.xml"`) // it may hold what a browser would run
	return a.Register.WriteIATI(r.Context(), w, register.Giving{Listed: a.keys(r.Context(), q)})
}

var errEnough = errors.New("no more is wanted")

func (a *API) keys(ctx context.Context, q dportal.Query) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		err := dportal.EachKey(ctx, a.DB, q, func(key string) error {
			if !yield(key, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield("", err)
		}
	}
}
