package mandate

import (
	"slices"
	"strconv"
	"strings"
	"sync"
)

// RoleClaim is a provision's statement that an organisation has a role for an action line.
// Claims may contradict each other; all stand, each with its source.
type RoleClaim struct {
	Instrument   string // itu:wtdc/res/30
	Revision     string // as printed: "draft (Addis-Ababa, 2021)", "Rev. Dubai, 2018"
	Alias        string // R11.ii; empty for the preamble and other instruments
	Path         string // of the provision: resolves_11_ii
	Line         int    // of the text it was read in, from 1
	ActionLine   string // C6
	WithSubLines bool   // C7 with its eight parts
	Organisation string // ITU, ITU-D
	Role         string // one of the constants below
	Words        string // what the provision says, in our own English words
	LikelyStruck string // yes, no, unsure: whether the redline takes the words out
	Certainty    string // A printed so, B follows from a duty, C only by a catch-all clause
	Note         string
}

// The roles that provisions claim.
const (
	SoleFacilitator = "sole facilitator"
	LeadFacilitator = "lead facilitator"
	Facilitator     = "facilitator"
	CoFacilitator   = "co-facilitator"
	Partner         = "partner"
)

// RoleClaims lists every claim in the order of the texts. The slice is shared: do not change it.
func RoleClaims() []RoleClaim { return readClaims() }

var readClaims = sync.OnceValue(func() []RoleClaim {
	var list []RoleClaim
	for _, row := range readTable("role_claims.csv") {
		line, err := strconv.Atoi(row["line"])
		if err != nil {
			panic("data/role_claims.csv: line " + row["line"])
		}
		list = append(list, RoleClaim{Instrument: row["instrument"], Revision: row["revision"], Alias: row["alias"], Path: row["path"], Line: line,
			ActionLine: row["action_line"], WithSubLines: row["with_sub_lines"] == "1", Organisation: row["organisation"], Role: row["role"],
			Words: row["words"], LikelyStruck: row["likely_struck"], Certainty: row["certainty"], Note: row["note"]})
	}
	return list
})

// Thread is the key of the provision that claims.
func (c RoleClaim) Thread() string { return c.Instrument + "#" + c.Path }

// Covers reports whether a claim is about an action line, or about the line that it is part of.
func (c RoleClaim) Covers(line string) bool {
	whole, _, part := strings.Cut(line, ".")
	return strings.EqualFold(c.ActionLine, line) || part && c.WithSubLines && strings.EqualFold(c.ActionLine, whole)
}

// RolesOf lists the claims about an action line in the order of the texts; none for C10.
func RolesOf(line string) []RoleClaim {
	var list []RoleClaim
	for _, c := range RoleClaims() {
		if c.Covers(line) {
			list = append(list, c)
		}
	}
	return list
}

// excludes tells which roles cannot stand beside another: who facilitates alone has nobody
// beside it, and is no mere partner.
func excludes(a, b string) bool {
	return a == SoleFacilitator && (b == CoFacilitator || b == Partner)
}

// Contradictions lists the claims of one action line, within one instrument and among those that
// are not likely struck, that exclude each other; none when all agree.
func Contradictions(line string) []RoleClaim {
	claims := slices.DeleteFunc(RolesOf(line), func(c RoleClaim) bool { return c.LikelyStruck == "yes" })
	var list []RoleClaim
	for _, c := range claims {
		if slices.ContainsFunc(claims, func(o RoleClaim) bool {
			return o.Instrument == c.Instrument && (excludes(c.Role, o.Role) || excludes(o.Role, c.Role))
		}) {
			list = append(list, c)
		}
	}
	return list
}
