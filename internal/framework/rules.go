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

// MarkerRule turns a policy marker of vocabulary 1 with a significance above 0 into inclusion
// groups, never into a goal. A rule without groups says that none follows, and why.
type MarkerRule struct {
	ID     string // "marker:11"
	Code   string
	Groups []string // codes of InclusionGroup
	Reason string
}

// ScopeRule turns an IATI activity scope into a level.
type ScopeRule struct {
	ID     string // "scope:4"
	Scope  string
	Level  string // code of Level
	Reason string
}

// ThreadRule turns what is known of an activity into paragraphs. Every
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
	Aliases []string // paragraphs: "R8", "F1.ii", or keys of threads of any instrument
	Reason  string
}

// TaggingRules gives the embedded rules, read once. The result must not be changed.
func TaggingRules() *Rules { return builtinRules() }

func readRules() *Rules {
	r := &Rules{Version: dataHash()}
	readTable("dac_action_line").each(func(_ int, row record) {
		code := row.get("dac_code")
		r.Sectors = append(r.Sectors, SectorRule{ID: "dac:" + code, Code: code, Lines: row.list("action_lines"), Reason: row.get("reason")})
	})
	readTable("action_lines").each(func(_ int, row record) {
		code := row.get("code")
		r.Keywords = append(r.Keywords, KeywordRule{ID: "word:" + code, Line: code, Words: row.list("keywords")})
	})
	readTable("markers").each(func(_ int, row record) {
		code := row.get("marker")
		r.Markers = append(r.Markers, MarkerRule{ID: "marker:" + code, Code: code, Groups: row.list("groups"), Reason: row.get("reason")})
	})
	readTable("scope_level").each(func(_ int, row record) {
		code := row.get("scope")
		r.Scopes = append(r.Scopes, ScopeRule{ID: "scope:" + code, Scope: code, Level: row.get("level"), Reason: row.get("reason")})
	})
	readTable("line_thread").each(func(_ int, row record) {
		r.Threads = append(r.Threads, ThreadRule{
			ID: "r30:" + row.get("rule"), Lines: row.list("lines"), Sectors: row.list("sectors"), Kinds: row.list("kinds"),
			Levels: row.list("levels"), Groups: row.list("groups"), Schemes: row.list("schemes"), Words: row.list("words"),
			Aliases: row.list("aliases"), Reason: row.get("reason"),
		})
	})
	return r
}
