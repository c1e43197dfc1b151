package web

import (
	"cmp"
	"context"
	"encoding/csv"
	"io"
	"slices"
	"strconv"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/directory"
)

// candidatesPage lists organisations that may be one, for a person to decide.
type candidatesPage struct {
	*shell
	Cards     []CandidateCard
	Total     int // that fit
	All       int
	Reasons   []Link
	Decisions []OrganisationDecision // the newest of all
	Chips     []Link
	Clear     string
	Query     string
	Hidden    []Pair
	Pages
}

// shownCandidates is how many candidates a page lists.
const shownCandidates = 25

// candidates answers the list of organisations that may be one. What the address asks for and is not
// understood is refused: decisions are made here, and none shall be made about another list.
func (s *Site) candidates(ctx context.Context, r *request) (answer, error) {
	reason := r.oneOf("reason", append([]string{""}, directory.Reasons...))
	if err := r.strictly(); err != nil {
		return answer{}, err
	}
	found, err := s.Candidates.Candidates(ctx)
	if err != nil {
		return answer{}, err
	}
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	p := candidatesPage{shell: s.shell(r, "candidates.title"), Query: r.values.Get("q"), All: len(found.Candidates)}
	fits, err := s.fitCandidates(ctx, r, found)
	if err != nil {
		return answer{}, err
	}
	list := p.ofReason(fits, reason)
	p.Total = len(list)
	shown, err := p.after(list)
	if err != nil {
		return answer{}, err
	}
	p.Chips, p.Clear = p.chips(s.labels(ctx, p.shell, catalogue)), p.cleared(r.http.URL.Path)
	p.Hidden = p.carriedBeside("q")
	if p.Cards, err = s.cards(ctx, p.shell, shown, countryNames(catalogue)); err != nil {
		return answer{}, err
	}
	if p.Decisions, err = s.newestDecisions(ctx, p.shell); err != nil {
		return answer{}, err
	}
	return answer{template: "candidates", page: p, data: p.asJSON(), csv: s.candidatesCSV(ctx, list, r.period)}, nil
}

// shownDecisions is how many decisions the list of candidates shows.
const shownDecisions = 20

// newestDecisions are what people decided last about any organisations.
func (s *Site) newestDecisions(ctx context.Context, p *shell) ([]OrganisationDecision, error) {
	all, err := s.Directory.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	return s.organisationDecisions(ctx, p, all[max(0, len(all)-shownDecisions):], func(key string) string {
		o, err := s.Directory.Named(ctx, key)
		if err != nil {
			return p.URL("/organisations") // no import names it yet
		}
		return p.URL("/organisation/" + strconv.FormatInt(o.ID, 10))
	})
}

// strictly fails with code Usage when anything of the address was not understood.
func (r *request) strictly() error {
	if len(r.misread) == 0 {
		return nil
	}
	return notUnderstood(r.misread...)
}

// fitCandidates are the candidates that have the words, and of which one is the organisation, or takes part
// in an activity, that the filters ask for.
func (s *Site) fitCandidates(ctx context.Context, r *request, found *directory.Found) ([]directory.Candidate, error) {
	has, filter := found.Searched(r.values.Get("q")), r.filter
	filter.Text = "" // here it speaks of the organisations, not of their activities
	if filter.Empty() {
		return candidatesWith(found, func(place int, _ directory.Candidate) bool { return has(place) }), nil
	}
	taking := map[int64]bool{}
	asked := filter.Organisations
	if filter.Organisations = nil; !filter.Empty() {
		partners, err := s.Coverage.Partners(ctx, filter, r.period)
		if err != nil {
			return nil, err
		}
		for _, p := range partners {
			taking[p.ID] = true
		}
	}
	return candidatesWith(found, func(place int, c directory.Candidate) bool {
		return has(place) && slices.ContainsFunc(c.Organisations, func(o directory.Organisation) bool {
			return (len(asked) == 0 || slices.Contains(asked, strconv.FormatInt(o.ID, 10))) && (filter.Empty() || taking[o.ID])
		})
	}), nil
}

func candidatesWith(found *directory.Found, fits func(place int, c directory.Candidate) bool) []directory.Candidate {
	var list []directory.Candidate
	for i, c := range found.Candidates {
		if fits(i, c) {
			list = append(list, c)
		}
	}
	return list
}

// ofReason leaves those of a reason, and offers every reason with the number of its candidates.
func (p *candidatesPage) ofReason(list []directory.Candidate, reason string) []directory.Candidate {
	counts := map[string]int{}
	var own []directory.Candidate
	for _, c := range list {
		if counts[c.Reason]++; reason == "" || c.Reason == reason {
			own = append(own, c)
		}
	}
	p.Reasons = append(p.Reasons, Link{Href: p.With("reason", ""), Text: p.T("candidates.every_reason"), Code: p.Count(len(list)), Current: reason == ""})
	for _, one := range directory.Reasons {
		p.Reasons = append(p.Reasons, Link{Href: p.With("reason", one), Text: p.T("candidates.kind." + one), Code: p.Count(counts[one]), Current: one == reason})
	}
	return own
}

// after gives the part of the list that the page shows: it follows the candidate that the address names, so
// that what others decide meanwhile moves nothing. A candidate that is not there is an Error with code Usage.
func (p *candidatesPage) after(list []directory.Candidate) ([]directory.Candidate, error) {
	if last := p.request.values.Get("page"); last != "" {
		at := slices.IndexFunc(list, func(c directory.Candidate) bool { return c.ID == last })
		if at < 0 {
			return nil, notUnderstood("page=" + last)
		}
		list, p.First = list[at+1:], p.With("page", "")
	}
	if len(list) > shownCandidates {
		list = list[:shownCandidates]
		p.Next = p.With("page", list[len(list)-1].ID)
	}
	return list, nil
}

// candidateJSON is a candidate as others read it.
type candidateJSON struct {
	directory.Candidate
	Organisations []candidateOrganisationJSON `json:"organisations"`
	For           []string                    `json:"for"`     // codes of what speaks for it
	Against       []string                    `json:"against"` // and against it
}

type candidateOrganisationJSON struct {
	directory.Organisation
	List       string   `json:"list"` // of its reference
	Activities int      `json:"activities"`
	Countries  []string `json:"countries"`
}

func (p *candidatesPage) asJSON() any {
	list := make([]candidateJSON, len(p.Cards))
	for i, c := range p.Cards {
		list[i] = candidateJSON{Candidate: c.candidate, For: c.speaks.forIt, Against: c.speaks.against}
		for _, o := range c.Organisations {
			list[i].Organisations = append(list[i].Organisations, candidateOrganisationJSON{o.organisation, o.List, o.Activities, o.codes})
		}
	}
	next := ""
	if p.Next != "" {
		next = p.Cards[len(p.Cards)-1].ID
	}
	return map[string]any{"total": p.Total, "candidates": list, "next": next}
}

// candidatesCSV lists the organisations of all candidates; those of one follow each other.
func (s *Site) candidatesCSV(ctx context.Context, list []directory.Candidate, period resolute.Period) func(io.Writer) error {
	return func(w io.Writer) error {
		partners, err := s.Coverage.Partners(ctx, coverage.Filter{}, period)
		if err != nil {
			return err
		}
		activities := make(map[int64]int, len(partners))
		for _, p := range partners {
			activities[p.ID] = p.Activities
		}
		out := csv.NewWriter(w)
		_ = out.Write([]string{"candidate", "reason", "weak", "value", "id", "ref", "list", "name", "type", "activities"}) // Error tells what failed
		for _, c := range list {
			for _, o := range c.Organisations {
				scheme := directory.Schemed(o.Ref)
				_ = out.Write([]string{c.ID, c.Reason, strconv.FormatBool(c.Weak), guarded(c.Value), strconv.FormatInt(o.ID, 10), guarded(o.Ref), cmp.Or(scheme.List, scheme.Scheme),
					guarded(o.Name), o.Type, strconv.Itoa(activities[o.ID])})
			}
		}
		out.Flush()
		return out.Error()
	}
}
