package report

import (
	"slices"
	"strings"

	"resolute/internal/framework"
	"resolute/internal/mandate"
)

// noRole is the scope of the action lines for which the resolution states no role.
const noRole = "none"

// roleOrder is the order in which a delegate expects the lines; the last takes those without.
var roleOrder = []string{mandate.SoleFacilitator, mandate.LeadFacilitator, mandate.Facilitator, mandate.CoFacilitator, mandate.Partner, noRole}

// roleTitles head the lines of each role, and roleNames name it.
var (
	roleTitles = map[string]string{mandate.SoleFacilitator: "report.role.sole", mandate.LeadFacilitator: "report.role.lead", mandate.Facilitator: "report.role.facilitator",
		mandate.CoFacilitator: "report.role.co", mandate.Partner: "report.role.partner", noRole: "report.role.none"}
	roleNames = map[string]string{mandate.SoleFacilitator: "report.claim.sole", mandate.LeadFacilitator: "report.claim.lead", mandate.Facilitator: "report.claim.facilitator",
		mandate.CoFacilitator: "report.claim.co", mandate.Partner: "report.claim.partner"}
)

// operative tells whether a claim stands in an operative paragraph of the built-in mandate that the
// redline keeps: those order the section.
func operative(c mandate.RoleClaim) bool {
	return c.Instrument == mandate.BuiltIn() && c.Alias != "" && c.LikelyStruck != "yes"
}

// inRole tells whether an action line stands in a role; a line that stands in two is in both.
func inRole(line, role string) bool {
	stated := false
	for _, c := range mandate.RolesOf(line) {
		if operative(c) && roleNames[c.Role] != "" {
			stated = true
			if c.Role == role {
				return true
			}
		}
	}
	return role == noRole && !stated
}

func (w *writer) linesInRole(role string) []string {
	var list []string
	for _, c := range w.catalogue.Concepts(framework.ActionLine) {
		if inRole(c.Code, role) {
			list = append(list, c.Code)
		}
	}
	return list
}

// claimGroup is one provision's claim of one role for some lines.
type claimGroup struct {
	mandate.RoleClaim
	lines []string
}

// claimGroups joins the claims that differ in the line only, in the order of the texts.
func claimGroups() []claimGroup {
	var groups []claimGroup
	for _, c := range mandate.RoleClaims() {
		if roleNames[c.Role] == "" {
			continue
		}
		if n := len(groups); n > 0 && groups[n-1].Thread() == c.Thread() && groups[n-1].Role == c.Role {
			groups[n-1].lines = append(groups[n-1].lines, c.ActionLine)
			continue
		}
		groups = append(groups, claimGroup{c, []string{c.ActionLine}})
	}
	return groups
}

// claimsTable cites every claim of a role, those likely struck too.
func (w *writer) claimsTable(part) Table {
	t := Table{Legend: w.T("report.claims_legend"), Columns: []Column{{w.T("facet.line"), false, 22}, {w.T("report.role"), false, 18}, {w.T("report.provision"), false, 26}, {w.T("report.text"), false, 34}}}
	for _, g := range claimGroups() {
		text := Run{Text: w.citation(g.Instrument) + " " + w.apart() + "(" + g.Revision + ")", Name: true}
		if g.LikelyStruck != "no" {
			text.Text += "; " + w.T("report.struck."+g.LikelyStruck)
		}
		t.Rows = append(t.Rows, []Run{{Text: strings.Join(g.lines, " "), Code: true, Name: true}, {Text: w.T(roleNames[g.Role])}, w.provision(g.RoleClaim), text})
	}
	return t
}

// apart is a mark that keeps two passages of Latin letters in a text that runs right to left from
// being set as one.
func (w *writer) apart() string {
	if w.Lang.Dir() == "rtl" {
		return "\u200f"
	}
	return ""
}

// provision names the place of a claim, with its page when it is a paragraph that has one.
func (w *writer) provision(c mandate.RoleClaim) Run {
	words := strings.ReplaceAll(c.Path, "_", "\u00a0")
	if c.Alias == "" {
		return Run{Text: words, Code: true, Name: true}
	}
	return Run{Text: c.Alias + "\u00a0= " + words, Code: true, Name: true, Link: w.address("/thread/" + c.Alias)}
}

// hasRole tells whether any provision states one of the roles for a line.
func hasRole(line string) bool {
	return slices.ContainsFunc(mandate.RolesOf(line), func(c mandate.RoleClaim) bool { return roleNames[c.Role] != "" })
}

// contradictions says of each line whose claims exclude each other which ones those are.
func (w *writer) contradictions() []Text {
	var list []Text
	for _, line := range w.catalogue.Concepts(framework.ActionLine) {
		claims := mandate.Contradictions(line.Code)
		if len(claims) == 0 {
			if !hasRole(line.Code) {
				list = append(list, Text{Runs: []Run{{Text: w.T("report.no_role", "code", line.Code), Name: true}}})
			}
			continue
		}
		list = append(list, Text{Runs: []Run{{Text: w.T("report.contradicts", "code", line.Code), Name: true}}})
		for _, c := range claims {
			list = append(list, Text{Item: true, Runs: []Run{{Text: w.T(roleNames[c.Role]) + ": "}, w.provision(c)}})
		}
	}
	return list
}
