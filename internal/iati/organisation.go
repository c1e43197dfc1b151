package iati

import "resolute"

// Organisation is one iati-organisation: what an organisation states of itself. What is not listed
// here stays in the element's bytes. Codes are as printed, without outer white space.
type Organisation struct {
	Line             int    // of the start tag
	Identifier       string // organisation-identifier
	IdentifierLine   int    // of organisation-identifier, else of the start tag
	IdentifierColumn int    // as its line

	Lang            resolute.Lang // default language of narratives; may be empty
	DefaultCurrency string
	LastUpdated     string // RFC 3339 in UTC when it could be read, else as printed

	Name      resolute.Text
	Reporter  Reporter
	Money     []OrganisationMoney // in the order of the file
	Documents []Document
}

// The kinds of money that an organisation states, by their elements.
const (
	TotalBudget      = "total-budget"
	RecipientOrg     = "recipient-org-budget"
	RecipientRegion  = "recipient-region-budget"
	RecipientCountry = "recipient-country-budget"
	TotalExpenditure = "total-expenditure"
)

// OrganisationMoney is one budget or expenditure: forward plans by year, in whole or for one
// recipient, and what was spent. Days are YYYY-MM-DD or empty. The status is "1" (indicative) when a
// budget prints none, and empty for an expenditure, which has none.
type OrganisationMoney struct {
	Kind      string
	Status    string
	From      string
	To        string
	Value     Value
	Recipient Recipient
	Lines     []MoneyLine
	Line      int
}

// Recipient is who or where a budget is for: an organisation by reference, a region or a country by
// code. A region has vocabulary "1" when none is printed.
type Recipient struct {
	Code       string
	Vocabulary string
	Name       resolute.Text
}

// MoneyLine is one budget-line or expense-line: a part of the money above it.
type MoneyLine struct {
	Ref   string
	Value Value
	Name  resolute.Text
	Line  int
}
