package framework

import "resolute"

// Keys of the built-in schemes. The frameworks of ITU and others carry their cycle in the key,
// since codes are used again with another meaning: "itu-ri-2023-2025", "itu-sp-2020-2023".
const (
	ActionLine     = "wsis-action-line"
	Goal           = "sdg-goal"
	Target         = "sdg-target"
	Indicator      = "sdg-indicator"
	ITURegion      = "itu-region"        // AFR AMS ARB ASP CIS EUR
	InclusionGroup = "inclusion-group"   // who is reached: women, youth, persons with disabilities ...
	Level          = "activity-level"    // national, regional, interregional, global
	Kind           = "activity-kind"     // project, programme, training ...
	Role           = "organisation-role" // funding, accountable, extending, implementing
	Sector         = "itu-sector"        // R, T, D, GS
)

// Scheme is a controlled list. Days are YYYY-MM-DD, both ends included; empty is open.
type Scheme struct {
	Key       string
	Title     resolute.Text
	Version   string // as its maintainer or its file names it
	Source    string
	Addresses []string // vocabulary addresses that name this scheme in IATI data
	Cycle     string   // "2023-2025", "2024-" (open) or empty
	Note      string
	Builtin   bool
	Import    int64 `json:"-"` // the import that brought it, 0 for a built-in scheme
	ValidFrom string
	ValidTo   string
}

// Concept is an entry of a scheme. Confidence is A (read in a source, or two agree), B (one
// source, or recalled and consistent with one) or C (recalled or inferred: check before use).
type Concept struct {
	Scheme       string
	Code         string // as the scheme spells it: "C7.1", "3.d", "AFR1"
	Parent       string // code of the broader concept, empty at the top
	ParentScheme string // scheme of Parent; empty when Parent is
	Order        int    // place in the scheme, from 1
	Title        resolute.Text
	Short        resolute.Text // for tight places; may be empty
	TitleOrigin  string        // "official", or "own": our wording or translation, not yet reviewed
	Level        string        // what kind of entry it is: goal, output, regional initiative ...
	Cycle        string        // of its scheme
	Region       string        // ITU region it belongs to, or empty
	Confidence   string
	Source       string
	Note         string
	ValidFrom    string
	ValidTo      string
	Attributes   map[string]string // further columns of its table, such as keywords or unsd_code
}

// Mapping is a stated relation between two concepts, with the reason and the source of it.
type Mapping struct {
	FromScheme string
	From       string
	ToScheme   string
	To         string
	Kind       string // related, exact, close, broad or narrow, as in SKOS
	Rationale  string
	Source     string
	Confidence string
	ValidFrom  string
	ValidTo    string
}
