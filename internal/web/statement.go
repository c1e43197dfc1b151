package web

import (
	"cmp"
	"context"
	"io"
	"strconv"

	"resolute"
	"resolute/internal/ledger"
	"resolute/internal/register"
)

// StatementPart is what an organisation states of itself, as its page shows it.
type StatementPart struct {
	By         string // who reports it
	Import     Link
	Others     int
	Periods    []StatedLine
	Recipients []RecipientLine
	Left       int // recipients that are not listed
	Lines      []BudgetLine
	LinesLeft  int // lines that are not listed
	Documents  []DocumentLine
}

// BudgetLine is one line of a budget or an expenditure.
type BudgetLine struct {
	Of          string  // what it is a part of
	Whom        Passage // the recipient of a budget for one
	Period, Ref string
	Name        Passage
	Amount      string // empty: it cannot be read
}

// StatedLine is one period with its amounts; an empty list is no data.
type StatedLine struct {
	Period                                                  string
	Budgets, ToOrganisations, ToRegions, ToCountries, Spent []string
}

// RecipientLine is a budget for one recipient.
type RecipientLine struct {
	Name           Passage
	Period, Amount string
}

// DocumentLine is a document that an organisation names.
type DocumentLine struct {
	Href  string // empty: its address is none that a page leads to
	Title Passage
	Day   string
}

// shownRecipients is how many budgets for recipients, lines of budgets, and documents, the page of an organisation lists.
const shownRecipients = 50

// statement reads what an organisation states of itself; nil when it states nothing.
func (s *Site) statement(ctx context.Context, p *shell, party string, seq int64, country func(string) resolute.Text) (*StatementPart, any, error) {
	stated, ok, err := s.Register.StatementOf(ctx, party, seq)
	if err != nil || !ok {
		return nil, nil, err
	}
	account, err := ledger.Get(ctx, s.DB, stated.Import)
	if err != nil {
		return nil, nil, err
	}
	part := &StatementPart{By: cmp.Or(stated.ReporterName, stated.Reporter), Others: stated.Others,
		Import: Link{Href: p.URL("/import/" + strconv.FormatInt(stated.Import, 10)), Text: account.File, Code: p.Date(account.At)}}
	for _, one := range stated.Periods() {
		part.Periods = append(part.Periods, StatedLine{p.Years(one.From, one.To), p.stated(one.Budgets), p.stated(one.ToOrganisations),
			p.stated(one.ToRegions), p.stated(one.ToCountries), p.stated(one.Spent)})
	}
	all := stated.Recipients()
	part.Left = max(0, len(all)-shownRecipients)
	for _, one := range all[:len(all)-part.Left] {
		shown := p.recipient(one.Of == "country", one.Code, one.Name, country)
		part.Recipients = append(part.Recipients, RecipientLine{shown, p.Years(one.From, one.To), p.Money(one.Currency, one.Cents)})
	}
	part.fillLines(p, stated.Lines(), country)
	for _, d := range stated.Says.Documents[:min(len(stated.Says.Documents), shownRecipients)] {
		line := DocumentLine{Href: safeAddress(d.URL), Title: p.In(d.Title)}
		line.Title.Text = cmp.Or(line.Title.Text, d.URL)
		if d.Day != "" {
			line.Day = p.Day(d.Day)
		}
		part.Documents = append(part.Documents, line)
	}
	return part, statementJSON(stated), nil
}

// recipient names whom a budget is for.
func (s *shell) recipient(country bool, code string, name resolute.Text, named func(string) resolute.Text) Passage {
	if known := named(code); country && len(known) > 0 {
		name = known // in the language of the page, where the file has few
	}
	shown := s.In(name)
	shown.Text = cmp.Or(shown.Text, code, s.T("absent.not_known"))
	return shown
}

// lineWords name what a line is a part of.
var lineWords = map[string]string{"budget": "organisation.total_budget", "expenditure": "organisation.expenditure",
	"organisation": "organisation.to_organisations", "region": "organisation.to_regions", "country": "organisation.to_countries"}

// fillLines lists the lines of budgets and expenditures.
func (part *StatementPart) fillLines(p *shell, all []register.StatedLine, country func(string) resolute.Text) {
	part.LinesLeft = max(0, len(all)-shownRecipients)
	for _, one := range all[:len(all)-part.LinesLeft] {
		line := BudgetLine{Of: p.T(lineWords[one.Of]), Period: p.Years(one.From, one.To), Ref: one.Ref, Name: p.In(one.Name)}
		if one.Of != "budget" && one.Of != "expenditure" {
			line.Whom = p.recipient(one.Of == "country", one.Code, one.Whom, country)
		}
		if one.Known {
			line.Amount = p.Money(one.Currency, one.Cents)
		}
		part.Lines = append(part.Lines, line)
	}
}

// stated writes amounts, each with its currency.
func (s *shell) stated(list []register.StatedAmount) (amounts []string) {
	for _, a := range list {
		amounts = append(amounts, s.Money(a.Currency, a.Cents))
	}
	return amounts
}

type amountJSON struct {
	Currency string `json:"currency"`
	Amount   string `json:"amount"`
}

func amountsJSON(list []register.StatedAmount) []amountJSON {
	out := []amountJSON{}
	for _, a := range list {
		out = append(out, amountJSON{a.Currency, a.Cents.String()})
	}
	return out
}

// statementJSON is a statement as others read it.
func statementJSON(s register.Statement) any {
	type periodJSON struct {
		From            string       `json:"from"`
		To              string       `json:"to"`
		Budgets         []amountJSON `json:"total_budgets"`
		ToOrganisations []amountJSON `json:"to_organisations"`
		ToRegions       []amountJSON `json:"to_regions"`
		ToCountries     []amountJSON `json:"to_countries"`
		Spent           []amountJSON `json:"total_expenditure"`
	}
	type recipientJSON struct {
		Of   string        `json:"of"`
		Code string        `json:"code"`
		Name resolute.Text `json:"name"`
		From string        `json:"from"`
		To   string        `json:"to"`
		amountJSON
	}
	type documentJSON struct {
		URL        string        `json:"url"`
		Title      resolute.Text `json:"title"`
		Categories []string      `json:"categories"`
		Day        string        `json:"day"`
	}
	type lineJSON struct {
		Of        string        `json:"of"`        // budget, expenditure, organisation, region, country
		Recipient string        `json:"recipient"` // code; empty: for none in particular
		From      string        `json:"from"`
		To        string        `json:"to"`
		Ref       string        `json:"ref"`
		Name      resolute.Text `json:"name"`
		amountJSON
	}
	periods, recipients, documents, lines := []periodJSON{}, []recipientJSON{}, []documentJSON{}, []lineJSON{}
	for _, l := range s.Lines() {
		amount := amountJSON{l.Currency, ""}
		if l.Known {
			amount.Amount = l.Cents.String()
		}
		lines = append(lines, lineJSON{l.Of, l.Code, l.From, l.To, l.Ref, l.Name, amount})
	}
	for _, p := range s.Periods() {
		periods = append(periods, periodJSON{p.From, p.To, amountsJSON(p.Budgets), amountsJSON(p.ToOrganisations), amountsJSON(p.ToRegions), amountsJSON(p.ToCountries), amountsJSON(p.Spent)})
	}
	for _, r := range s.Recipients() {
		recipients = append(recipients, recipientJSON{r.Of, r.Code, r.Name, r.From, r.To, amountJSON{r.Currency, r.Cents.String()}})
	}
	for _, d := range s.Says.Documents {
		documents = append(documents, documentJSON{d.URL, d.Title, d.Categories, d.Day})
	}
	return map[string]any{"reporter": s.Reporter, "import": s.Import, "updated": s.Updated, "names": s.Says.Name, "periods": periods, "recipients": recipients, "lines": lines, "documents": documents}
}

// organisationFile is the file of organisations of one publisher.
func (s *Site) organisationFile(ctx context.Context, r *request) (answer, error) {
	publishers, err := s.Register.OrganisationPublishers(ctx)
	if err != nil || r.format != "xml" {
		return answer{}, cmp.Or(err, s.missing(r.http))
	}
	r.takeWhole()
	for _, p := range publishers {
		if p.File == r.http.PathValue("name") {
			return answer{feed: func(w io.Writer) error { return s.Register.WriteOrganisations(ctx, w, p.Reporter) }}, nil
		}
	}
	return answer{}, s.missing(r.http)
}
