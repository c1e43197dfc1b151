package framework

// Rules are the tables by which the register derives tags and mandate links. A rule proposes;
// nothing it gives is counted before a person confirms it.
type Rules struct {
	Version  string // hash of all tables
	Sectors  []SectorRule
	Keywords []KeywordRule
	Markers  []MarkerRule
	Scopes   []ScopeRule
	Threads  []ThreadRule
}

// SectorRule turns a DAC purpose code into action lines; the share of the sector is split
// equally among them. A rule without lines says that none follows, and why.
type SectorRule struct {
	ID     string // "dac:22020"
	Code   string
	Lines  []string
	Reason string
}

// KeywordRule names the words whose presence in a title or description suggests a line.
type KeywordRule struct {
	ID    string // "word:C2"
	Line  string
	Words []string // one or more plain English words each
}

// MarkerRule turns a policy marker of vocabulary 1 with a significance above 0 into an
// inclusion group, never into a goal.
type MarkerRule struct {
	ID     string // "marker:11"
	Code   string
	Group  string // code of InclusionGroup
	Reason string
}

// ScopeRule turns an IATI activity scope into a level.
type ScopeRule struct {
	ID     string // "scope:4"
	Scope  string
	Level  string // code of Level
	Reason string
}

// ThreadRule turns what is known of an activity into paragraphs of Resolution 30. Every
// condition that is not empty must hold; of the values of one condition one must. Lines match
// themselves and their children. A scheme ending in "*" stands for every key that begins so.
type ThreadRule struct {
	ID      string   // "r30:cybersecurity"
	Lines   []string // tagged with one of these action lines
	Sectors []string // has one of these DAC codes
	Kinds   []string // is of one of these kinds
	Levels  []string // works at one of these levels
	Groups  []string // reaches one of these inclusion groups
	Schemes []string // tagged with any concept of one of these schemes
	Words   []string // folded title or description holds one of these words or phrases
	Aliases []string // paragraphs: "R8", "F1.ii"
	Reason  string
}
