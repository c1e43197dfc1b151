package web

import (
	"cmp"
	"context"
	"encoding/csv"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"resolute/internal/coverage"
	"resolute/internal/search"
)

// PartnerLine is one organisation with the number of activities it takes part in.
type PartnerLine struct {
	Href, Name string
	Activities int
	Ref, Kind  string
	List       string   // its activities; empty: no list has exactly these
	InRole     []string // activities by role, in the order of coverage.Roles
}

// partner leads to the activities that are counted: those of the organisation among what the page shows, which are
// those of its filters with the parameters of within set.
func (s *shell) partner(p coverage.Partner, within ...string) PartnerLine {
	id := strconv.FormatInt(p.ID, 10)
	line := PartnerLine{Href: s.URL("/organisation/" + id), Name: cmp.Or(p.Name, p.Ref), Activities: p.Activities, Kind: s.organisationType(p.Type),
		List: s.listOf("org", id, within...)}
	if p.Name != "" {
		line.Ref = p.Ref
	}
	for _, n := range p.InRole {
		line.InRole = append(line.InRole, s.Count(n))
	}
	return line
}

// organisationType names a code of IATI OrganisationType; one that is not in the list stays as it is.
func (s *shell) organisationType(code string) string {
	if s.Has("code.organisation." + code) {
		return s.T("code.organisation." + code)
	}
	return code
}

// RoleOf names the role in a place of coverage.Roles.
func (s *shell) RoleOf(place int) string { return s.T("code.role." + coverage.Roles()[place]) }

type organisationsPage struct {
	*shell
	Partners []PartnerLine
	Total    int // that fit
	Nobody   bool
	Roles    []Link
	Sorts    []Link
	Chips    []Link
	Clear    string
	Query    string
	Hidden   []Pair
	Pages
}

// shownOrganisations is how many organisations a page lists.
const shownOrganisations = 100

// The orders of the list of organisations; the first is the default.
const (
	byActivities = "activities"
	byName       = "name"
)

func (s *Site) organisations(ctx context.Context, r *request) (answer, error) {
	filter, role := r.filter, r.values.Get("role")
	filter.Text, filter.Roles = "", nil // here they speak of the organisation, not of the activity
	all, err := s.Coverage.Partners(ctx, filter, r.period)
	if err != nil {
		return answer{}, err
	}
	sort := r.oneOf("sort", []string{byActivities, byName})
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	p := organisationsPage{shell: s.shell(r, "organisations.title"), Query: r.values.Get("q")}
	partners := found(all, p.Query, role)
	if sort == byName {
		order := p.Order()
		slices.SortStableFunc(partners, func(a, b coverage.Partner) int { return order(cmp.Or(a.Name, a.Ref), cmp.Or(b.Name, b.Ref)) })
	}
	p.Total, p.Nobody = len(partners), len(all) == 0
	p.Chips = p.chips(s.labels(ctx, p.shell, catalogue))
	p.Clear, p.Hidden = p.cleared(r.http.URL.Path, "sort"), p.carriedBeside("q")
	p.fillLinks(all, role, sort)
	shown := p.cut(p.shell, len(partners), shownOrganisations)
	for _, partner := range partners[shown.from:shown.to] {
		p.Partners = append(p.Partners, p.partner(partner, "q", "", "role", ""))
	}
	out := answer{template: "organisations", page: p, csv: partnersCSV(partners)}
	if r.format == "json" {
		out.data = map[string]any{"total": len(partners), "organisations": partnersJSON(partners)}
	}
	return out, nil
}

// found leaves the organisations whose name or reference has the words, and that have the role.
func found(all []coverage.Partner, words, role string) []coverage.Partner {
	query, bit := search.ParseQuery(words), slices.Index(coverage.Roles(), role)
	var list []coverage.Partner
	for _, p := range all {
		if (bit < 0 || p.InRole[bit] > 0) && (query.Empty() || query.Match(search.Padded(search.Index(p.Name, p.Ref)...))) {
			list = append(list, p)
		}
	}
	return list
}

// withRole counts the organisations that have the role at a place of coverage.Roles.
func withRole(all []coverage.Partner, place int) (n int) {
	for _, p := range all {
		n += min(p.InRole[place], 1)
	}
	return n
}

// fillLinks offers each role with the number of organisations that have it, and the orders.
func (p *organisationsPage) fillLinks(all []coverage.Partner, role, sort string) {
	p.Roles = append(p.Roles, Link{Href: p.With("role", ""), Text: p.T("organisations.every_role"), Code: p.Count(len(all)), Current: role == ""})
	for place, code := range coverage.Roles() {
		p.Roles = append(p.Roles, Link{Href: p.With("role", code), Text: p.T("code.role." + code), Code: p.Count(withRole(all, place)), Current: role == code})
	}
	for _, by := range []string{byActivities, byName} {
		p.Sorts = append(p.Sorts, Link{Href: p.With("sort", by), Text: p.T("organisations.sort." + by), Current: by == sort})
	}
}

// Pages lead through a list that is cut by place.
type Pages struct{ First, Next string }

type window struct{ from, to int }

// cut gives the part of a list that the page shows, and fills the links to the others.
func (p *Pages) cut(s *shell, total, size int) window {
	asked := s.request.values.Get("page")
	n, err := strconv.Atoi(cmp.Or(asked, "1"))
	if err != nil || n < 1 || n > 1+max(total-1, 0)/size {
		s.request.refuse([]string{"page=" + asked})
		s.Notices = append(s.Notices, s.request.notices[len(s.request.notices)-1])
		n = 1
	}
	if n > 1 {
		p.First = s.With("page", "")
	}
	if n*size < total {
		p.Next = s.With("page", strconv.Itoa(n+1))
	}
	return window{(n - 1) * size, min(n*size, total)}
}

type partnerJSON struct {
	ID         int64          `json:"id"`
	Ref        string         `json:"ref"`
	Name       string         `json:"name"`
	Type       string         `json:"type"`
	Activities int            `json:"activities"`
	Roles      map[string]int `json:"roles"` // activities by code of IATI OrganisationRole
}

func partnersJSON(partners []coverage.Partner) []partnerJSON {
	list := make([]partnerJSON, len(partners))
	for i, p := range partners {
		inRole := map[string]int{}
		for k, code := range coverage.Roles() {
			inRole[code] = p.InRole[k]
		}
		maps.DeleteFunc(inRole, func(_ string, n int) bool { return n == 0 })
		list[i] = partnerJSON{p.ID, p.Ref, p.Name, p.Type, p.Activities, inRole}
	}
	return list
}

func partnersCSV(partners []coverage.Partner) func(io.Writer) error {
	return func(w io.Writer) error {
		rows := [][]string{strings.Fields("id ref name type activities funding accountable extending implementing")}
		for _, p := range partners {
			row := []string{strconv.FormatInt(p.ID, 10), guarded(p.Ref), guarded(p.Name), guarded(p.Type), strconv.Itoa(p.Activities)}
			for _, n := range p.InRole {
				row = append(row, strconv.Itoa(n))
			}
			rows = append(rows, row)
		}
		return csv.NewWriter(w).WriteAll(rows)
	}
}
