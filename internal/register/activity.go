package register

import "resolute"

// Basis says who made a tag or mandate link.
type Basis string

// Stated: published by the reporting organisation. Derived: by a rule, which it names. Set: by
// a person; such rows exist only as decisions.
const (
	Stated  Basis = "stated"
	Derived Basis = "derived"
	Set     Basis = "set"
)

// Whole is a share of 100 percent; shares are counted in millionths. NoShare is a share that
// nobody stated.
const (
	Whole   Share = 1_000_000
	NoShare Share = -1
)

// Tag is the link of an activity, or of one of its transactions, with a concept.
type Tag struct {
	Txn    int    `json:"transaction,omitempty"` // 0: the activity
	Scheme string `json:"scheme"`
	Code   string `json:"code"`
	Share  Share  `json:"share"` // millionths of the whole, as stated; NoShare
	Basis  Basis  `json:"basis"`
	Rule   string `json:"rule"` // where it was stated (tag:2, sector:8 ...) or the rule that derived it
	Reason string `json:"reason,omitempty"`
	Line   int    `json:"line,omitempty"`
}

// Link is the link of an activity with a thread of a resolution.
type Link struct {
	Thread string `json:"thread"`
	Share  Share  `json:"share"`
	Basis  Basis  `json:"basis"`
	Rule   string `json:"rule"`
	Reason string `json:"reason,omitempty"`
	Line   int    `json:"line,omitempty"`

	Revision int64 `json:"revision,omitempty"` // whose wording stood when the link was made; 0: no text was held
}

// Transaction is one movement of money as it counts: Usable is false when number, currency or
// date is missing; then it is kept and never counted.
type Transaction struct {
	N        int            `json:"n"` // from 1, in the order of the activity
	Type     string         `json:"type"`
	Day      string         `json:"day"`
	Currency string         `json:"currency"`
	Cents    resolute.Cents `json:"cents"`
	Original string         `json:"original"` // the decimal text as received
	Usable   bool           `json:"usable"`
	Line     int            `json:"line"`

	Provider string `json:"provider_activity,omitempty"` // identifier of another activity whose money it is
	Receiver string `json:"receiver_activity,omitempty"` // identifier of another activity that it goes to
}

// Budget is one planned amount of an activity.
type Budget struct {
	Type     string         `json:"type"`
	Status   string         `json:"status"`
	Starts   string         `json:"starts"`
	Ends     string         `json:"ends"`
	Currency string         `json:"currency"`
	Cents    resolute.Cents `json:"cents"`
	Original string         `json:"original"`
	Usable   bool           `json:"usable"`
}

// Participant is an organisation in a role, as the activity prints it.
type Participant struct {
	Organisation int64  `json:"organisation"`
	Role         string `json:"role"`
	Type         string `json:"type"`
	Ref          string `json:"ref"`
	Name         string `json:"name"`

	names resolute.Text // while it is imported
}

// Place is a country or region of an activity, or of one of its transactions.
type Place struct {
	Txn        int    `json:"transaction,omitempty"`
	Kind       string `json:"kind"` // country, region
	Code       string `json:"code"`
	Vocabulary string `json:"vocabulary,omitempty"`
	Share      Share  `json:"share"`
}

// Evidence is a day that proves that something happened: kind start, end, document or result.
type Evidence struct {
	Kind string `json:"kind"`
	Day  string `json:"day"`
}

// Activity is what the register holds of one activity beside its document.
type Activity struct {
	Version      int64          `json:"version"`
	Key          string         `json:"key"`
	Import       int64          `json:"import"`
	Owner        string         `json:"-"`
	State        resolute.State `json:"-"`
	Reporter     string         `json:"reporter"`
	ReporterName string         `json:"reporter_name"`
	Secondary    bool           `json:"secondary"`
	Identifier   string         `json:"iati_identifier"`
	Source       string         `json:"source"`
	Occurrence   int            `json:"occurrence"`
	Line         int            `json:"line"`
	Kind         string         `json:"kind"`
	Sector       string         `json:"sector"` // ITU Sector: R, T, D, GS
	Level        string         `json:"level"`
	Status       string         `json:"status"` // IATI ActivityStatus
	Hierarchy    int            `json:"hierarchy"`
	Lowest       bool           `json:"lowest"`
	Lang         string         `json:"lang"`
	Updated      string         `json:"updated"`
	PlannedStart string         `json:"planned_start"`
	ActualStart  string         `json:"actual_start"`
	PlannedEnd   string         `json:"planned_end"`
	ActualEnd    string         `json:"actual_end"`
	Title        resolute.Text  `json:"title"`
	TitleShown   string         `json:"-"` // the title of activity.title, for lists
	TitleLang    string         `json:"-"`

	Tags         []Tag         `json:"tags"`
	Links        []Link        `json:"mandate_links"`
	Transactions []Transaction `json:"transactions"`
	Budgets      []Budget      `json:"budgets"`
	Participants []Participant `json:"participants"`
	Places       []Place       `json:"places"`
	Locations    []Location    `json:"locations"`
	Evidence     []Evidence    `json:"evidence"`
}
