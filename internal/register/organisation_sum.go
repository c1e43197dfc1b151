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
			list[i].Cents += a.Cents
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
