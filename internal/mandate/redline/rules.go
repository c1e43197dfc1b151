package redline

import (
	"strconv"
	"strings"
)

// Rule is one kind of evidence.
type Rule struct {
	Name    string
	Reason  string // why such a span is read so
	Other   string // how it might be read otherwise
	Example string
}

// rules are listed from the strongest evidence to the weakest. Methods: the flattened specimens
// that were compared with their accepted and rejected twins.
var rules = []Rule{
	{"proposal-mark", "the mark of a proposal stands in the margin; it is part of neither text", "a word of the text", "MOD"},
	{"two-editions", "two places and years stand where a citation has room for one; the calendar tells which is older", "the order of the calendar is the only one that fits", "(Lisbon, 2009Geneva, 2013)"},
	{"glued-places", "two places run together where one belongs; the years beside them tell which is older", "a place whose name is made of both", "(LisbonGeneva, 20092013)"},
	{"glued-years", "two years or two periods run together where one belongs", "a number of eight digits", "2012-20152016-2019"},
	{"two-years", "two years stand where one belongs, in a text that mixes two revisions elsewhere", "a period that lost its dash, or a list of years", "in 2018 2022"},
	{"name-and-two-numbers", "the same name stands twice with another number, without a gap", "two things named together", "CoP18CoP19"},
	{"glued-marks", "two list marks stand before one text; each fits its own series of marks", "a mark of two letters", "lh)"},
	{"later-citation", "cites an edition adopted after the earlier text, so it cannot be old", "the earlier text was edited after its own date", "(Rev. Dubai, 2018) in a text of 2017"},
	{"later-name", "the name came into use after the earlier text", "the earlier text used the name before it was official", "CWG-WSIS&SDG in a text of 2017"},
	{"same-instrument-twice", "another item of the list cites the same instrument in a newer edition", "both editions are meant", "Resolution 5 (Rev. Busan, 2014) beside Resolution 5 (Rev. Dubai, 2018)"},
	{"list-series", "the marks of the list run without gap or repeat in both texts only in this reading", "a mark was mistyped", "g) g) h) ih)"},
	{"junction", "two connecting words stand together where the sentence has room for one; struck words stand before their replacement", "the second word was struck and the first put in", "taking into account and the"},
	{"stale-citation", "cites an edition that the text replaces elsewhere", "kept, and not brought up to date", "(Rev. Busan, 2014) beside (Rev. Dubai, 2018)"},
	{"two-marks", "two list marks stand before one text, and the series of marks does not settle which is old", "the other mark is the old one, or the whole item is struck", "a) b) that"},
	{"mark-missing", "has no mark of its own among marked items: it shares the mark of a neighbour, or lost it", "a part of the item before", "a) ...; ...; b)"},
	{"mark-doubled", "a mark stands twice in the list; struck words stand before their replacement", "the first is the new one, or a mark was mistyped", "b) ...; b) ...;"},
	{"list-restarts", "the marks begin again after an item that closed the list: a heading is lost, or the list above is struck", "the list above is struck and this one replaces it", "d) ..., a) ...;"},
	{"two-roles", "another item of the list gives the same thing another role, and one excludes the other", "this item is struck in part", "sole facilitator of C6 beside co-facilitator of C6"},
	{"past-conference", "names as to come, or cites, what is past in the later text: not brought up to date, or struck as done", "struck", "the Plenipotentiary Conference (Dubai, 2018) in a text of 2021"},
	{"later-wording", "uses words that came into use after the earlier text, and shows no mark of a change", "inserted", "digital transformation in a text of 2017"},
}

// Rules lists the kinds of evidence, the strongest first. The slice is shared: do not change it.
func Rules() []Rule { return rules }

func ruleOf(name string) Rule {
	for _, r := range rules {
		if r.Name == name {
			return r
		}
	}
	panic("no rule " + name)
}

func indexOf(s, part string) int { return max(strings.Index(s, part), 0) }

func itoa(n int) string { return strconv.Itoa(n) }

func place(line, start, end int) string {
	return itoa(line) + ":" + itoa(start) + "-" + itoa(end)
}
