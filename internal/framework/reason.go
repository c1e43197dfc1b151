package framework

import (
	"sync"

	"resolute"
)

// ReasonOf gives the reason of a tagging rule by its id, in six languages; nil when there is no such rule or
// its reason is the words that it looks for.
func ReasonOf(rule string) resolute.Text { return reasons()[rule] }

// reasons are read from a table that is no part of the version of the rules: how a reason is told
// changes nothing about what follows from a rule.
var reasons = sync.OnceValue(func() map[string]resolute.Text {
	all := map[string]resolute.Text{}
	readTable("reasons/tagging").each(func(_ int, row record) { all[row.get("rule")] = row.text("") })
	return all
})
