package framework

import "resolute"

// Country is a country or area of the M49 list, by its codes. No designation implies any
// opinion on the status of a territory.
type Country struct {
	ISO2, ISO3, M49      string // M49 has three digits
	Name                 resolute.Text
	M49Region            string // codes of the M49 regions around it; the last is often empty
	M49Subregion         string
	M49Intermediate      string
	ITUMember            bool   // Member State of ITU
	ITURegion            string // AFR AMS ARB ASP CIS EUR, empty for two territories
	ITURegionBasis       string // member, res99 (Resolution 99), geographic (ours, no ruling of ITU)
	UNMember             bool
	Commissions          []string // UN regional commissions: ECA ECE ECLAC ESCAP ESCWA
	AssociateCommissions []string
	LDCGraduation        string // scheduled or past day of leaving the LDC list, as known
	LDCNote              string
}

// Group is a list of areas with dated membership: "LDC", "ITU:AFR", "UNRC:ECA", "WB:LIC",
// "M49:002". Nothing is known of it before KnownFrom or after KnownTo (empty: to this day).
type Group struct {
	Key       string
	Name      resolute.Text
	Kind      string // special, itu region, un regional commission, world bank income, m49 region
	KnownFrom string
	KnownTo   string
	Exclusive bool // an area is in at most one group of this kind on a day
	Note      string
}

// Span is one stay of an area in a group; To is the last day inside. An empty From means that
// the beginning is not known: it was inside on KnownFrom.
type Span struct {
	Area          string // ISO 3166 alpha-3, or the M49 code of a region inside a region
	From, To      string
	KnownFrom     string
	FromPrecision string // day, year (1 January is our convention), unknown
	Source        string
	Confidence    string
	Note          string
}

// Known is the answer to a question about membership.
type Known int

// The answers. The zero value is the honest one.
const (
	NotKnown Known = iota
	NotMember
	Member
)

// String names the answer: "not known", "not a member", "member".
func (k Known) String() string {
	switch k {
	case Member:
		return "member"
	case NotMember:
		return "not a member"
	}
	return "not known"
}
