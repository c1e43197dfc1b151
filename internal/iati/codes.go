package iati

import (
	"slices"
	"strings"
)

// codeList is a closed list of codes of the standard, small enough to be searched in order.
type codeList struct {
	where, what string // as in "activity-date type"
	codes       []string
	older       string // the list of upgrade.tsv that says how version 1.0x printed the codes
}

// The lists that Decode checks. Open lists (sectors, countries, organisations, SDG codes) are
// left to those who hold the tables.
var (
	dateTypes          = codeList{"activity-date", "type", []string{"1", "2", "3", "4"}, "activity-date type"}
	statuses           = codeList{"activity-status", "code", []string{"1", "2", "3", "4", "5", "6"}, ""}
	scopes             = codeList{"activity-scope", "code", []string{"1", "2", "3", "4", "5", "6", "7", "8"}, ""}
	roles              = codeList{"participating-org", "role", []string{"1", "2", "3", "4"}, "role"}
	organisationTypes  = codeList{"organisation", "type", []string{"10", "11", "15", "21", "22", "23", "24", "30", "40", "60", "70", "71", "72", "73", "80", "90"}, "organisation type"}
	otherIDTypes       = codeList{"other-identifier", "type", []string{"A1", "A2", "A3", "A4", "A9", "B1", "B9"}, ""}
	descriptionTypes   = codeList{"description", "type", []string{"1", "2", "3", "4"}, "description type"}
	reaches            = codeList{"location-reach", "code", []string{"1", "2"}, ""}
	exactnesses        = codeList{"exactness", "code", []string{"1", "2"}, ""}
	placeClasses       = codeList{"location-class", "code", []string{"1", "2", "3", "4"}, ""}
	sectorVocabularies = codeList{"sector", "vocabulary", []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "98", "99"}, "sector vocabulary"}
	tagVocabularies    = codeList{"tag", "vocabulary", []string{"1", "2", "3", "4", "5", "99"}, ""}
	regionVocabularies = codeList{"recipient-region", "vocabulary", []string{"1", "2", "99"}, ""}
	markerVocabularies = codeList{"policy-marker", "vocabulary", []string{"1", "99"}, "marker vocabulary"}
	significances      = codeList{"policy-marker", "significance", []string{"0", "1", "2", "3", "4"}, ""}
	collaborationTypes = codeList{"collaboration-type", "code", []string{"1", "2", "3", "4", "6", "7", "8"}, ""}
	flowTypes          = codeList{"flow-type", "code", []string{"10", "20", "21", "22", "30", "35", "36", "37", "40", "50"}, ""}
	tiedStatuses       = codeList{"tied-status", "code", []string{"3", "4", "5"}, ""}
	budgetTypes        = codeList{"budget", "type", []string{"1", "2"}, "budget type"}
	budgetStatuses     = codeList{"budget", "status", []string{"1", "2"}, ""}
	transactionTypes   = codeList{"transaction-type", "code", []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"}, "transaction type"}
	channels           = codeList{"disbursement-channel", "code", []string{"1", "2", "3", "4"}, ""}
	relations          = codeList{"related-activity", "type", []string{"1", "2", "3", "4", "5"}, ""}
	resultTypes        = codeList{"result", "type", []string{"1", "2", "3", "9"}, ""}
	measures           = codeList{"indicator", "measure", []string{"1", "2", "3", "4", "5"}, ""}
)

// check warns of a code that is not in its list; a code that is not stated passes. It returns
// the code: of one that is printed as version 1.0x did, that of today.
func (d *decoder) check(list *codeList, code string, at spot) string {
	if code != "" && !slices.Contains(list.codes, code) {
		if today, ok := olderCode(list.older, code); ok {
			d.noteOnce("code-older", at, code, "a code is printed as in version 1.0x; it is read as "+today)
			return today
		}
		d.warn("unknown-code", at, code, list.expected(), "%s %s %s: no such %s", list.where, list.what, code, list.what)
	}
	return code
}

// need is check for a code without which its element says nothing.
func (d *decoder) need(list *codeList, code string, at spot) string {
	if code == "" {
		d.warn("unknown-code", at, "", list.expected(), "%s without %s", list.where, list.what)
	}
	return d.check(list, code, at)
}

// expected names the codes of a list one by one: some lists have holes.
func (l *codeList) expected() string { return "one of " + strings.Join(l.codes, ", ") }
