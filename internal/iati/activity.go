package iati

import "resolute"

// Activity is one iati-activity as far as Resolute works with it; what is not listed here
// (contacts, conditions, legacy data, budget items, elements of other namespaces) stays in the
// element's bytes. Codes are as printed, without outer white space; an empty code was not stated.
type Activity struct {
	Line             int    // of the start tag
	Identifier       string // iati-identifier
	IdentifierLine   int    // of iati-identifier, else of the start tag
	IdentifierColumn int    // as its line

	Lang              resolute.Lang // default language of narratives; may be empty
	DefaultCurrency   string
	LastUpdated       string // RFC 3339 in UTC when it could be read, else as printed
	Hierarchy         int    // 1 when not stated
	Humanitarian      *bool  // nil when not stated
	BudgetNotProvided string

	Reporter         Reporter
	Title            resolute.Text
	Descriptions     []Description
	Participants     []Participant
	OtherIdentifiers []OtherIdentifier
	Status           string
	Dates            []Date
	Scope            string
	Countries        []Place
	Regions          []Place
	Locations        []Location
	Sectors          []Code
	Tags             []Code // a tag has no share
	Markers          []Marker

	CollaborationType  string
	DefaultFlowType    string
	DefaultFinanceType string
	DefaultAidTypes    []AidType
	DefaultTiedStatus  string

	Budgets              []Budget
	PlannedDisbursements []PlannedDisbursement
	Transactions         []Transaction
	Documents            []Document
	Related              []Related
	Results              []Result
}

// Reporter is the reporting-org.
type Reporter struct {
	Ref       string
	Type      string
	Secondary bool // repeats what others report
	Name      resolute.Text
	Line      int
}

// Description is one description: type 1 general, 2 objectives, 3 target groups, 4 other.
type Description struct {
	Type string
	Text resolute.Text
}

// Participant is one participating-org: role 1 funding, 2 accountable, 3 extending, 4 implementing.
type Participant struct {
	Ref         string
	Role        string
	Type        string
	ActivityRef string // the organisation's own activity
	Name        resolute.Text
	Line        int
}

// OtherIdentifier is one other-identifier; OwnerRef and OwnerName are its owner-org.
type OtherIdentifier struct {
	Ref       string
	Type      string
	OwnerRef  string
	OwnerName resolute.Text
}

// Date is one activity-date: type 1 planned start, 2 actual start, 3 planned end, 4 actual end.
type Date struct {
	Type      string
	Day       string // YYYY-MM-DD, empty when it could not be read
	Narrative resolute.Text
	Line      int
}

// Place is a recipient-country or recipient-region. A country has no vocabulary; a region has
// "1" (DAC) when none is printed. Within a transaction the share is not stated.
type Place struct {
	Code       string
	Vocabulary string
	URI        string
	Share      Share
	Name       resolute.Text
	Line       int
	Column     int
}

// Code is a sector or a tag. A sector has vocabulary "1" (DAC five digits) when none is printed.
type Code struct {
	Vocabulary string
	URI        string
	Code       string
	Share      Share
	Name       resolute.Text
	Line       int
	Column     int
}

// Marker is a policy-marker; significance "0" says looked at and not targeted. The vocabulary is
// "1" (DAC) when none is printed.
type Marker struct {
	Vocabulary   string
	URI          string
	Code         string
	Significance string
	Name         resolute.Text
	Line         int
}

// AidType is an aid-type or default-aid-type; the vocabulary is "1" when none is printed.
type AidType struct {
	Vocabulary string
	Code       string
}

// Value is an amount of money. Text is as printed, without outer white space. Cents counts only
// when OK; Exact is false when rounding half to even to hundredths lost digits.
type Value struct {
	Currency  string // the value's own, else the activity's default; upper case
	ValueDate string // YYYY-MM-DD or empty
	Text      string
	Cents     resolute.Cents
	Exact     bool
	OK        bool
}

// Budget is one budget: type 1 original, 2 revised; status 1 indicative, 2 committed. Days are
// YYYY-MM-DD or empty. Type and status are "1" when not printed, as the standard says.
type Budget struct {
	Type   string
	Status string
	From   string
	To     string
	Value  Value
	Line   int
}

// PlannedDisbursement is one planned-disbursement.
type PlannedDisbursement struct {
	Type     string
	From     string
	To       string
	Value    Value
	Provider Party
	Receiver Party
	Line     int
}

// Party is the providing or receiving side of a flow of money.
type Party struct {
	Ref         string
	Type        string
	ActivityRef string // the party's own activity
	Name        resolute.Text
}

// Transaction is one transaction. Date is its transaction-date, never the value date. Its
// sectors and places, when there are any, stand in place of the activity's.
type Transaction struct {
	Ref                 string
	Type                string
	Date                string // YYYY-MM-DD, empty when missing or unreadable
	Humanitarian        *bool  // nil when not stated
	Value               Value
	Description         resolute.Text
	Provider            Party
	Receiver            Party
	DisbursementChannel string
	Sectors             []Code
	Countries           []Place
	Regions             []Place
	FlowType            string
	FinanceType         string
	AidTypes            []AidType
	TiedStatus          string
	Line                int
}

// Document is one document-link.
type Document struct {
	URL        string
	Format     string
	Title      resolute.Text
	Categories []string
	Languages  []string
	Day        string // document-date, YYYY-MM-DD or empty
	Line       int
}

// Related is one related-activity: type 1 parent, 2 child, 3 sibling, 4 co-funded, 5 third party.
type Related struct {
	Ref  string
	Type string
	Line int
}
