package mandate

import (
	"strings"
	"sync"

	"resolute"
)

// Rule says what one rule of lint means. Its texts are made up.
type Rule struct {
	Rule      string
	Severity  resolute.Severity // of its findings that do not say another
	What, Why resolute.Text     // what is wrong, and why it matters
	Example   string            // a text in which the rule finds something, and no other rule does
	Right     string            // the same text put right
	Before    string            // the revision before the example, for a rule that holds both together
	Cited     string            // texts that the example cites, a form feed between them, for a rule that holds it against those
}

// RuleJSON is a rule as others read it, in one language.
type RuleJSON struct {
	Rule     string            `json:"rule"`
	Severity resolute.Severity `json:"severity"`
	What     string            `json:"what"`
	Why      string            `json:"why"`
	Example  string            `json:"example"`
	Right    string            `json:"right"`
	Before   string            `json:"before,omitempty"`
	Cited    string            `json:"cited,omitempty"`
}

// JSON gives the rule as others read it, in a language or the fallback.
func (r Rule) JSON(lang resolute.Lang) RuleJSON {
	what, _ := r.What.In(lang)
	why, _ := r.Why.In(lang)
	return RuleJSON{r.Rule, r.Severity, what, why, r.Example, r.Right, r.Before, r.Cited}
}

// Rules lists all rules of lint in the order in which docs name them. The slice is shared: do not
// change it.
func Rules() []Rule { return readRules() }

// RuleOf finds a rule of lint.
func RuleOf(name string) (Rule, bool) {
	for _, r := range Rules() {
		if r.Rule == name {
			return r, true
		}
	}
	return Rule{}, false
}

var readRules = sync.OnceValue(func() []Rule {
	lines := strings.NewReplacer(`\n`, "\n", `\t`, "\t", `\f`, "\f")
	var list []Rule
	at := map[string]Rule{}
	for _, row := range readTable("rules.csv") {
		r := Rule{Rule: row["rule"], Severity: resolute.Severity(row["severity"]), What: resolute.Text{resolute.English: row["what"]}, Why: resolute.Text{resolute.English: row["why"]},
			Example: lines.Replace(row["example"]), Right: lines.Replace(row["right"]), Before: lines.Replace(row["before"]), Cited: lines.Replace(row["cited"])}
		list = append(list, r)
		at[r.Rule] = r
	}
	for _, row := range readTable("rule_words.csv") {
		r, known := at[row["rule"]]
		if !known {
			panic("rules.csv does not know " + row["rule"])
		}
		r.What[resolute.Lang(row["lang"])], r.Why[resolute.Lang(row["lang"])] = row["what"], row["why"]
	}
	return list
})
