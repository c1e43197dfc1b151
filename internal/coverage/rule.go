package coverage

import (
	"fmt"
	"slices"
	"strings"

	"resolute"
)

// Rule says how figures are made of what many report. Once released, a change of a rule is a new one with
// a new number; the old ones stay and can be asked for.
type Rule struct {
	ID        string              `json:"id"`        // name and number
	Identical string              `json:"identical"` // what makes several reports one activity: SameReporter or SameIdentifier
	Transfers string              `json:"transfers"` // money between two counted activities: Kept or Once
	Secondary string              `json:"secondary"` // what secondary reporters report
	Budgets   string              `json:"budgets"`   // the level of the hierarchy whose budgets count
	Types     map[string][]string `json:"types"`     // transaction types by figure; never: in no figure
	Text      string              `json:"text"`      // what is printed under a figure, in English
}

// The values of what rules differ in.
const (
	SameReporter   = "reporter and identifier"
	SameIdentifier = "identifier"
	Kept           = "counted as reported"
	Once           = "counted where it arrives"
)

const ruleText = "commitments are transaction type 2, spent is 3 and 4, incoming 1 and 11 apart, pledges never; " +
	"a transaction counts in the period of its date, an activity if its dates overlap it, undated ones are counted and shown; " +
	"shares are the stated percentages, else equal among the counted links of one scheme, rounded by largest remainder; " +
	"parent rows count distinct activities; secondary reporters are left out; budgets count at the lowest level of the hierarchy; " +
	"what a rule proposes stands beside the figures and is never added in"

var countedTypes = map[string][]string{"commitments": {"2"}, "spent": {"3", "4"}, "incoming": {"1"}, "incoming_commitments": {"11"}, "never": {"12", "13"}}

// The rules by name.
const (
	AsReported = "as-reported@1"
	CountOnce  = "once@2"
)

var allRules = []Rule{
	{AsReported, SameReporter, Kept, "left out", "lowest level", countedTypes, "version 1: " + ruleText},
	{CountOnce, SameIdentifier, Once, "left out", "lowest level", countedTypes, "version 2: an activity that several organisations report counts once; " +
		"money that one counted activity passes on to another counts where it arrives; " + ruleText},
}

// DefaultRule is the rule of figures that name none.
const DefaultRule = CountOnce

// Rules lists the rules in the order of their numbers.
func Rules() []Rule { return slices.Clone(allRules) }

// RuleOf gives the rule of a name, the default for none. An unknown one is an Error with code Usage.
func RuleOf(id string) (Rule, error) {
	if id == "" {
		id = DefaultRule
	}
	at := slices.IndexFunc(allRules, func(r Rule) bool { return r.ID == id })
	if at < 0 {
		names := make([]string, len(allRules))
		for i, r := range allRules {
			names[i] = r.ID
		}
		return Rule{}, &resolute.Error{Code: resolute.Usage, Field: "rule", Message: fmt.Sprintf("unknown rule %q: want %s", id, strings.Join(names, " or "))}
	}
	return allRules[at], nil
}

// Number is the number of the rule.
func (r Rule) Number() string {
	_, number, _ := strings.Cut(r.ID, "@")
	return number
}

// rules is a set of rules, as bits by their places in the list.
type rules uint8

// bitOf gives a rule as a set of one; that of an unknown name is the default's.
func bitOf(id string) rules {
	if id == AsReported {
		return asReported
	}
	return countOnce
}

const (
	asReported rules = 1 << iota
	countOnce
)

// has tells whether a rule is in the set.
func (r rules) has(rule rules) bool { return r&rule != 0 }
