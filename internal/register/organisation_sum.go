package register

import (
	"cmp"
	"slices"

	"resolute"
	"resolute/internal/iati"
)

// StatedAmount is an amount of money in one currency.
type StatedAmount struct {
	Currency string
	Cents    resolute.Cents
}

// StatedPeriod is what an organisation states of itself for one period. Totals stand as they are stated,
// each for itself, since two for one period are two statements; what is for recipients is added up
// by currency. An empty list says that nothing is stated, which is not nothing.
type StatedPeriod struct {
	From            string // YYYY-MM-DD or empty
	To              string
	Budgets         []StatedAmount
	ToOrganisations []StatedAmount
	ToRegions       []StatedAmount
	ToCountries     []StatedAmount
	Spent           []StatedAmount
}

// Periods gives what is stated by period, the newest first. Money that cannot be read, or without a
// currency, counts nowhere.
func (s Statement) Periods() []StatedPeriod {
	list := []StatedPeriod{}
	for _, m := range s.Says.Money {
		if !m.Value.OK || m.Value.Currency == "" {
			continue
		}
		i := slices.IndexFunc(list, func(p StatedPeriod) bool { return p.From == m.From && p.To == m.To })
		if i < 0 {
			i = len(list)
			list = append(list, StatedPeriod{From: m.From, To: m.To})
		}
		list[i].add(m.Kind, StatedAmount{m.Value.Currency, m.Value.Cents})
	}
	slices.SortStableFunc(list, func(a, b StatedPeriod) int {
		return cmp.Or(cmp.Compare(b.From, a.From), cmp.Compare(b.To, a.To))
	})
	return list
}

func (p *StatedPeriod) add(kind string, a StatedAmount) {
	switch kind {
	case iati.TotalBudget:
		p.Budgets = append(p.Budgets, a)
	case iati.TotalExpenditure:
		p.Spent = append(p.Spent, a)
	case iati.RecipientOrg:
		p.ToOrganisations = addedTo(p.ToOrganisations, a)
	case iati.RecipientRegion:
		p.ToRegions = addedTo(p.ToRegions, a)
	case iati.RecipientCountry:
		p.ToCountries = addedTo(p.ToCountries, a)
	}
}

// addedTo gives a list of sums with an amount added to that of its currency.
func addedTo(list []StatedAmount, a StatedAmount) []StatedAmount {
	for i := range list {
		if list[i].Currency == a.Currency {
			list[i].Cents = list[i].Cents.Plus(a.Cents)
			return list
		}
	}
	return append(list, a)
}

// StatedRecipient is a budget for one recipient.
type StatedRecipient struct {
	Of   string // organisation, region, country
	Code string
	Name resolute.Text
	From string
	To   string
	StatedAmount
}

var recipients = map[string]string{iati.RecipientOrg: "organisation", iati.RecipientRegion: "region", iati.RecipientCountry: "country"}

// Recipients gives the budgets for recipients, the newest first, then the largest.
func (s Statement) Recipients() []StatedRecipient {
	list := []StatedRecipient{}
	for _, m := range s.Says.Money {
		if of := recipients[m.Kind]; of != "" && m.Value.OK && m.Value.Currency != "" {
			list = append(list, StatedRecipient{of, m.Recipient.Code, m.Recipient.Name, m.From, m.To, StatedAmount{m.Value.Currency, m.Value.Cents}})
		}
	}
	slices.SortStableFunc(list, func(a, b StatedRecipient) int {
		return cmp.Or(cmp.Compare(b.From, a.From), cmp.Compare(a.Currency, b.Currency), cmp.Compare(b.Cents, a.Cents))
	})
	return list
}

// StatedLine is one line of a budget or an expenditure: a part of the money above it.
type StatedLine struct {
	Of    string // budget, expenditure; for whom a budget is: organisation, region, country
	Code  string // of the recipient of the budget
	Whom  resolute.Text
	From  string
	To    string
	Ref   string // of the line, as its publisher has it
	Name  resolute.Text
	Known bool // the amount can be read and has a currency
	StatedAmount
}

// Lines gives the lines of budgets and expenditures, those of the newest period first and in the order of
// the file. They are parts of what Periods gives, and need not add up to it. A line without a readable
// amount is given all the same.
func (s Statement) Lines() []StatedLine {
	list := []StatedLine{}
	for _, m := range s.Says.Money {
		for _, l := range m.Lines {
			list = append(list, StatedLine{lineOf(m.Kind), m.Recipient.Code, m.Recipient.Name, m.From, m.To, l.Ref, l.Name,
				l.Value.OK && l.Value.Currency != "", StatedAmount{l.Value.Currency, l.Value.Cents}})
		}
	}
	slices.SortStableFunc(list, func(a, b StatedLine) int {
		return cmp.Or(cmp.Compare(b.From, a.From), cmp.Compare(b.To, a.To))
	})
	return list
}

func lineOf(kind string) string {
	switch kind {
	case iati.TotalBudget:
		return "budget"
	case iati.TotalExpenditure:
		return "expenditure"
	}
	return recipients[kind]
}
