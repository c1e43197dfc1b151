package web

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"net/url"
	"strconv"
	"strings"

	"resolute/internal/coverage"
	"resolute/internal/framework"
	"resolute/internal/mandate"
	"resolute/internal/register"
)

// activityPage shows all that is stored of one activity.
type activityPage struct {
	*shell
	Stored       register.Page
	Name         Passage
	Descriptions []Passage
	Warnings     []string
	Span         string
	Dates        []Pair
	Links        []TagLine
	Tags         []TagLine
	Flows        []FlowLine
	ByYear       []YearBars
	Budgets      []FlowLine
	People       []PersonLine
	Places       []Link
	Locations    []LocationLine
	Papers       []Link
	Results      []ResultLine
	Raw          string
	Versions     []ImportLink
}

// TagLine is a tag or mandate link with what stands behind it.
type TagLine struct {
	Href, Code   string
	Name, Reason Passage
	Share        string
	Basis, Rule  string
	Review       string
	Decided      string // by whom and when, of what a person decided
	Wording      Link   // of a paragraph: the text that stood when the link was made; empty when none was held
	Counted      bool
}

// FlowLine is one amount of money.
type FlowLine struct{ Day, Kind, Amount string }

// PersonLine is one organisation in its role.
type PersonLine struct{ Href, Name, Role string }

// ImportLink is a version and the import that brought it.
type ImportLink struct{ Href, File, When string }

func (s *Site) activity(ctx context.Context, r *request) (answer, error) {
	stored, err := s.Register.Activity(ctx, r.http.PathValue("key"))
	if err != nil {
		return answer{}, err
	}
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	p := activityPage{shell: s.shell(r, "activity.title"), Stored: stored}
	p.Name = p.In(stored.Title)
	if p.Name.Text == "" {
		p.Name.Text = stored.Identifier
	}
	p.Heading = p.Name.Text
	p.fillStanding()
	p.fillText()
	p.fillTags(catalogue)
	if err := s.fillWordings(ctx, &p); err != nil {
		return answer{}, err
	}
	p.fillMoney()
	p.fillParties(catalogue)
	p.fillLocations()
	p.fillEvidence()
	return answer{template: "activity", page: p, data: activityJSON(stored), csv: moneyCSV(stored), xml: stored.XML}, nil
}

func activityJSON(p register.Page) any {
	return map[string]any{"activity": p.Activity, "tags": p.Tags, "mandate_links": p.Links, "counts": p.Counts, "absent_since_import": p.Absent,
		"import": p.Import, "findings": p.Findings, "versions": p.Versions}
}

func moneyCSV(p register.Page) func(io.Writer) error {
	return func(w io.Writer) error {
		rows := [][]string{{"n", "type", "day", "currency", "amount", "original", "counted"}}
		for _, t := range p.Transactions {
			rows = append(rows, []string{strconv.Itoa(t.N), guarded(t.Type), guarded(t.Day), guarded(t.Currency), t.Cents.String(), guarded(t.Original), strconv.FormatBool(t.Usable)})
		}
		return csv.NewWriter(w).WriteAll(rows)
	}
}

func (p *activityPage) fillStanding() {
	if p.Stored.Secondary {
		p.Warnings = append(p.Warnings, p.T("activity.secondary"))
	}
	if p.Stored.Absent > 0 {
		p.Warnings = append(p.Warnings, p.T("activity.absent"))
	}
	if !p.Stored.Counts {
		p.Warnings = append(p.Warnings, p.T("activity.duplicate"))
	}
	for i, day := range []string{p.Stored.PlannedStart, p.Stored.ActualStart, p.Stored.PlannedEnd, p.Stored.ActualEnd} {
		if day != "" {
			p.Dates = append(p.Dates, Pair{p.T("code.date." + strconv.Itoa(i+1)), p.Day(day)})
		}
	}
	for _, v := range p.Stored.Versions {
		p.Versions = append(p.Versions, ImportLink{p.URL("/import/" + strconv.FormatInt(v.Import, 10)), v.File, p.Date(v.At)})
	}
}

func (p *activityPage) fillText() {
	for _, d := range p.Stored.Document.Descriptions {
		p.Descriptions = append(p.Descriptions, p.In(d.Text))
	}
	p.Raw = strings.ToValidUTF8(string(bytes.TrimSpace(p.Stored.Raw)), "\uFFFD")
	if len(p.Raw) > 60_000 {
		p.Raw = p.Raw[:60_000] + "…"
	}
}

// views are the pages of concepts, by scheme.
var views = map[string]string{framework.ActionLine: coverage.ByLine, framework.Goal: coverage.ByGoal, framework.Target: coverage.ByTarget}

func (p *activityPage) fillTags(c *framework.Catalogue) {
	for _, l := range p.Stored.Links {
		t := p.tagLine(l.Basis, l.Review, l.Rule, l.Reason, int64(l.Share))
		t.Decided = p.decided(l.Decision)
		if a, ok := mandate.Resolve(l.Thread); ok {
			t.Code, t.Href, t.Name = a.Alias, p.URL("/thread/"+a.Alias), p.In(a.Wording)
		} else {
			t.Code, t.Href = l.Thread, p.URL(threadPage(l.Thread))
		}
		p.Links = append(p.Links, t)
	}
	for _, tag := range p.Stored.Tags {
		if tag.Txn > 0 {
			continue
		}
		t := p.tagLine(tag.Basis, tag.Review, tag.Rule, tag.Reason, int64(tag.Share))
		t.Decided = p.decided(tag.Decision)
		t.Code = tag.Code
		if by := views[tag.Scheme]; by != "" {
			t.Href = p.URL(pathOf(by, tag.Code))
		}
		if concept, ok := c.Concept(tag.Scheme, tag.Code); ok {
			title := concept.Short
			if len(title) == 0 {
				title = concept.Title
			}
			t.Name = p.In(title)
		}
		p.Tags = append(p.Tags, t)
	}
}

// fillWordings says of each paragraph on which wording its link was made.
func (s *Site) fillWordings(ctx context.Context, p *activityPage) error {
	held := map[string][]mandate.Revision{} // by instrument
	for i, l := range p.Stored.Links {
		instrument := mandate.InstrumentOfThread(l.Thread)
		if _, read := held[instrument]; !read {
			var err error
			if held[instrument], err = s.Mandate.Revisions(ctx, instrument); err != nil {
				return err
			}
		}
		id := l.Revision
		if l.Decision != nil && l.Decision.Revision > 0 {
			id = l.Decision.Revision
		}
		for _, r := range held[instrument] {
			if r.ID == id {
				p.Links[i].Wording = Link{Href: p.URL("/mandate/"+r.Instrument, "revision", strconv.FormatInt(id, 10)), Text: r.Label}
			}
		}
	}
	return nil
}

func (p *activityPage) tagLine(basis register.Basis, review register.Review, rule, reason string, share int64) TagLine {
	t := TagLine{Basis: p.T("activity.basis." + string(basis)), Rule: rule, Reason: p.reason(basis, rule, reason), Counted: register.Counted(basis, review)}
	if basis == register.Derived || review == register.Refused {
		t.Review = p.T("activity.review." + string(review))
	}
	if share >= 0 {
		t.Share = p.Percent(share)
	}
	return t
}

// decided says who decided about a tag, when and why; empty when nobody did.
func (p *activityPage) decided(d *register.Decision) string {
	if d == nil {
		return ""
	}
	return p.T("activity.decided", "actor", d.Actor, "day", p.Date(d.At), "reason", d.Reason)
}

func (p *activityPage) fillMoney() {
	for _, t := range p.Stored.Transactions {
		kind := t.Type
		if p.Has("code.transaction." + t.Type) {
			kind = p.T("code.transaction." + t.Type)
		}
		amount := p.Money(t.Currency, t.Cents)
		if !t.Usable {
			amount = t.Original + " — " + p.T("absent.no_data")
		}
		p.Flows = append(p.Flows, FlowLine{p.Day(t.Day), kind, amount})
	}
	p.ByYear = p.yearBars(p.Stored.Transactions)
	for _, b := range p.Stored.Activity.Budgets {
		p.Budgets = append(p.Budgets, FlowLine{p.Years(b.Starts, b.Ends), "", p.Money(b.Currency, b.Cents)})
	}
}

func (p *activityPage) fillParties(c *framework.Catalogue) {
	for _, person := range p.Stored.Participants {
		role := person.Role
		if p.Has("code.role." + role) {
			role = p.T("code.role." + role)
		}
		name := person.Name
		if name == "" {
			name = person.Ref
		}
		p.People = append(p.People, PersonLine{p.URL("/organisation/" + strconv.FormatInt(person.Organisation, 10)), name, role})
	}
	for _, place := range p.Stored.Activity.Places {
		if place.Txn > 0 {
			continue
		}
		l := Link{Text: place.Code}
		if country, ok := c.Country(place.Code); ok && place.Kind == "country" {
			l = Link{Href: p.URL("/area/" + place.Code), Text: p.In(country.Name).Text}
		}
		if place.Share >= 0 {
			l.Code = p.Percent(int64(place.Share))
		}
		p.Places = append(p.Places, l)
	}
}

func (p *activityPage) fillEvidence() {
	for _, d := range p.Stored.Document.Documents {
		title, _ := d.Title.In(p.Lang)
		if title == "" {
			title = d.URL
		}
		p.Papers = append(p.Papers, Link{Href: safeAddress(d.URL), Text: title, Code: p.Day(d.Day)})
	}
	p.fillResults()
}

// safeAddress lets only addresses of the web through; anything else is no link.
func safeAddress(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}
