package web

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"net/http"
	"path"
	"strconv"
	"time"

	"resolute/internal/coverage"
	"resolute/internal/register"
)

type iatiPage struct {
	*shell
	Publishers    []PublisherLine
	Organisations []OrganisationFileLine
	Part          string // how many activities a file holds at most
	Pages
}

// shownPublishers is how many publishers a page lists.
const shownPublishers = 100

// PublisherLine is a reporting organisation with the addresses of its files.
type PublisherLine struct {
	register.Publisher
	Files []Link
}

// OrganisationFileLine is a publisher with its file of organisations.
type OrganisationFileLine struct {
	register.OrganisationPublisher
	Href string
}

// iatiFiles lists the files of activities of each publisher, whose addresses last.
func (s *Site) iatiFiles(ctx context.Context, r *request) (answer, error) {
	publishers, state, err := s.files.Publishers(ctx)
	if err != nil {
		return answer{}, err
	}
	p := iatiPage{shell: s.shell(r, "iati.title"), Part: printerOf(r.lang).Number(register.PartActivities)}
	data, activities := make([]publisherJSON, len(publishers)), 0
	for i, one := range publishers {
		data[i] = publisherJSON{one.Reporter, one.Name, one.Activities, make([]string, one.Parts)}
		for n := range data[i].Files {
			data[i].Files[n] = s.base() + "/" + one.Address(n+1)
		}
		activities += one.Activities
	}
	reporters, err := s.Register.OrganisationPublishers(ctx)
	if err != nil {
		return answer{}, err
	}
	organisations := make([]organisationsJSON, len(reporters))
	for i, one := range reporters {
		organisations[i] = organisationsJSON{one.Reporter, one.Name, one.Organisations, s.base() + "/" + one.Address()}
		if i < shownPublishers {
			p.Organisations = append(p.Organisations, OrganisationFileLine{one, organisations[i].File})
		}
	}
	shown := p.cut(p.shell, len(publishers), shownPublishers)
	for i, one := range publishers[shown.from:shown.to] {
		line := PublisherLine{Publisher: one}
		for n, address := range data[shown.from+i].Files {
			line.Files = append(line.Files, Link{Href: address, Text: p.Count(n + 1)})
		}
		p.Publishers = append(p.Publishers, line)
	}
	return answer{template: "iati", page: p, csv: publishersCSV(data),
		data: map[string]any{"data_version": state.Seq, "activities": activities, "publishers": data, "organisations": organisations}}, nil
}

// organisationsJSON is a publisher with its file of organisations as data.
type organisationsJSON struct {
	Reference     string `json:"reference"`
	Name          string `json:"name"`
	Organisations int    `json:"organisations"`
	File          string `json:"file"`
}

// publisherJSON is a publisher with its files as data.
type publisherJSON struct {
	Reference  string   `json:"reference"`
	Name       string   `json:"name"`
	Activities int      `json:"activities"`
	Files      []string `json:"files"`
}

func publishersCSV(list []publisherJSON) func(io.Writer) error {
	return func(w io.Writer) error {
		rows := [][]string{{"reference", "name", "activities", "part", "file"}}
		for _, p := range list {
			for i, file := range p.Files {
				rows = append(rows, []string{guarded(p.Reference), guarded(p.Name), strconv.Itoa(p.Activities), strconv.Itoa(i + 1), file})
			}
		}
		return csv.NewWriter(w).WriteAll(rows)
	}
}

// iatiFile is one file of a publisher.
func (s *Site) iatiFile(ctx context.Context, r *request) (answer, error) {
	publishers, _, err := s.files.Publishers(ctx)
	if err != nil {
		return answer{}, err
	}
	n, err := strconv.Atoi(cmp.Or(r.http.PathValue("n"), "1"))
	if err != nil || r.format != "xml" {
		return answer{}, s.missing(r.http)
	}
	r.takeWhole()
	for _, p := range publishers {
		if p.File != r.http.PathValue("name") {
			continue
		}
		if part, there := p.Part(n); there {
			return answer{feed: func(w io.Writer) error { return s.Register.WriteIATI(ctx, w, part) }}, nil
		}
	}
	return answer{}, s.missing(r.http)
}

// takeWhole refuses what would narrow or change a file that is always given whole; its language changes nothing.
func (r *request) takeWhole() {
	for name := range r.values {
		if name != "lang" {
			r.refuse([]string{name})
		}
	}
}

// listIATI writes a whole list as IATI, whatever page was asked for; nil for a list of the past, whose
// documents are no longer those of today.
func (s *Site) listIATI(ctx context.Context, r *request, q coverage.ListQuery) func(io.Writer) error {
	if r.pin.seq != 0 {
		return nil
	}
	return func(w io.Writer) error {
		return s.Register.WriteIATI(ctx, w, register.Giving{Listed: s.listed(ctx, q)})
	}
}

var errEnough = errors.New("no more is wanted")

// listed gives the keys of a whole list in its order.
func (s *Site) listed(ctx context.Context, q coverage.ListQuery) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		err := s.Coverage.EachActivity(ctx, q, func(a coverage.Summary) error {
			if !yield(a.Key, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield("", err)
		}
	}
}

// feed sends activities as IATI. It bears the time of the newest change, so that a reader who has it
// already is told so.
func (s *Site) feed(w http.ResponseWriter, r *request, a answer, tag string) error {
	if at := time.UnixMilli(r.head.At).UTC().Truncate(time.Second); r.head.At != 0 {
		w.Header().Set("Last-Modified", at.Format(http.TimeFormat))
		since, err := http.ParseTime(r.http.Header.Get("If-Modified-Since"))
		if err == nil && r.http.Header.Get("If-None-Match") == "" && !since.Before(at) {
			w.Header().Set("ETag", tag)
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	name := path.Base(path.Clean(r.http.URL.Path))
	if n := r.http.PathValue("n"); n != "" {
		name = r.http.PathValue("name") + "-" + n
	}
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`.xml"`) // it may hold what a browser would run
	return s.stream(w, r, "application/xml", tag, a.feed)
}
