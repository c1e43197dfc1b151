package web

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/directory"
	"resolute/internal/ledger"
)

type organisationPage struct {
	*shell
	Chips        []Link
	Clear        string
	Organisation directory.Organisation
	One          *OneOrganisation // nil: no more than the page says anyway
	Type         string
	First        Link // the import that first named it
	Roles        []PartyRoleLine
	Partners     []PartnerLine
	Nations      []Link
	Paragraphs   []Line
	Lines        []Line
	Items        []Item
	Total        int
	All          string
	Stated       *StatementPart // nil: it states nothing of itself
}

// Several tells whether the organisation has several identifiers.
func (p organisationPage) Several() bool { return p.One != nil && len(p.One.Identifiers) > 1 }

// PartyRoleLine is one role of an organisation with the money of the activities as a whole.
type PartyRoleLine struct {
	Name            string
	Activities      int
	Committed, Paid []string
}

// listedActivities is how many activities the page of an organisation lists.
const listedActivities = 20

func (s *Site) organisation(ctx context.Context, r *request) (answer, error) {
	id, err := strconv.ParseInt(r.http.PathValue("id"), 10, 64)
	if err != nil {
		return answer{}, s.missing(r.http)
	}
	o, err := s.Directory.Organisation(ctx, id)
	if err != nil {
		return answer{}, err
	}
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	party, err := s.Coverage.Party(ctx, id, r.filter, r.period)
	if err != nil {
		return answer{}, err
	}
	p := organisationPage{shell: s.shell(r, "organisation.title")}
	if o, err = s.counted(ctx, p.shell, o, party); err != nil {
		return answer{}, err
	}
	id, p.Organisation = o.ID, o
	var whole *directory.Whole
	if p.One, whole, err = s.one(ctx, p.shell, id); err != nil {
		return answer{}, err
	}
	p.converted = party.Conversion
	p.Heading = cmp.Or(o.Name, o.Ref)
	p.Type = p.organisationType(o.Type)
	p.All = p.Filtered("/activities", "org", strconv.FormatInt(id, 10))
	p.Chips, p.Clear = p.chips(s.labels(ctx, p.shell, catalogue), "org"), p.cleared(r.http.URL.Path)
	if p.First, err = s.firstNamed(ctx, p.shell, o.Import); err != nil {
		return answer{}, err
	}
	q := coverage.ListQuery{Filter: r.filter, Period: r.period, Lang: r.lang, Limit: listedActivities}
	q.Filter.Organisations = []string{strconv.FormatInt(id, 10)}
	if err := s.fillParty(ctx, &p, party, q, countryNames(catalogue)); err != nil {
		return answer{}, err
	}
	var statement any
	if p.Stated, statement, err = s.statement(ctx, p.shell, o.Key, r.pin.seq, countryNames(catalogue)); err != nil {
		return answer{}, err
	}
	return answer{template: "organisation", page: p, data: partyJSON(o, whole, party, p.Total, statement), csv: s.listCSV(ctx, q)}, nil
}

// firstNamed leads to the import that first named an organisation, which may not be there any more.
func (s *Site) firstNamed(ctx context.Context, p *shell, id int64) (Link, error) {
	i, err := ledger.Get(ctx, s.DB, id)
	if resolute.CodeOf(err) == resolute.NotFound {
		return Link{}, nil
	}
	return Link{Href: p.URL("/import/" + strconv.FormatInt(id, 10)), Text: i.File, Code: p.Date(i.At)}, err
}

// fillParty adds what the organisation takes part in, with whom, where, and what it works for.
func (s *Site) fillParty(ctx context.Context, p *organisationPage, party coverage.Party, q coverage.ListQuery, name func(string) resolute.Text) error {
	for _, role := range party.Roles {
		name := p.T("organisation.role_none")
		if role.Role != "" {
			name = p.T("code.role." + role.Role)
		}
		p.Roles = append(p.Roles, PartyRoleLine{name, role.Activities, p.Amounts(role.Commitments), p.Amounts(role.Spent)})
	}
	for _, partner := range party.Partners[:min(shownPartners, len(party.Partners))] {
		p.Partners = append(p.Partners, p.partner(partner))
	}
	for _, n := range party.Nations {
		p.Nations = append(p.Nations, Link{Href: p.URL("/area/" + n.Code), Text: p.In(name(n.Code)).Text, Code: p.Count(n.Activities)})
	}
	list, err := s.Coverage.Activities(ctx, q)
	if err != nil {
		return err
	}
	p.Items, p.Total = p.items(list.Items, name), list.Total
	if p.Paragraphs, err = s.worksFor(ctx, p.shell, coverage.ByProvision, q); err != nil {
		return err
	}
	p.Lines, err = s.worksFor(ctx, p.shell, coverage.ByLine, q)
	return err
}

// worksFor are the rows of a view that the activities of an organisation answer, each leading to
// those activities.
func (s *Site) worksFor(ctx context.Context, p *shell, by string, q coverage.ListQuery) ([]Line, error) {
	table, err := s.Coverage.Table(ctx, coverage.Query{By: by, Period: q.Period, Filter: q.Filter})
	if err != nil {
		return nil, err
	}
	var list []Line
	for _, row := range table.Rows {
		if row.Activities > 0 {
			line := p.line(by, row)
			line.Taking = ""
			if line.List != "" {
				line.List = p.Filtered("/activities", parameterOf[by], row.ID, "org", strings.Join(q.Filter.Organisations, ""))
			}
			list = append(list, line)
		}
	}
	return list, nil
}

// partyRoleJSON is one role as others read it; the money is that of the activities as a whole.
type partyRoleJSON struct {
	Role        string         `json:"role"`
	Activities  int            `json:"activities"`
	Commitments coverage.Money `json:"commitments"`
	Spent       coverage.Money `json:"spent"`
}

func partyJSON(o directory.Organisation, whole *directory.Whole, party coverage.Party, total int, statement any) any {
	list := []partyRoleJSON{}
	for _, r := range party.Roles {
		list = append(list, partyRoleJSON{r.Role, r.Activities, r.Commitments, r.Spent})
	}
	data := map[string]any{"organisation": o, "activities": total, "roles_of_its_activities": list, "partners": partnersJSON(party.Partners), "statement": statement}
	if whole != nil { // what it is made of is told as of now only
		data["identifiers"], data["names"], data["decisions"] = whole.Identifiers, whole.Names, whole.Decisions
	}
	return data
}
