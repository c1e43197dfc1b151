package rules

import (
	"time"
)

// Breach is one place where a rule is broken.
type Breach struct {
	Rule  *Rule
	Path  string // of the element or attribute to look at
	At    int    // its place
	Found string // what stands there, where that is one thing
}

// Judge asks every rule about a document whose root is the root of an IATI file; now is the time
// that nothing may lie after. It is safe to judge several documents at a time.
func Judge(root *Node, now time.Time) []Breach {
	var all []Breach
	j := judge{now: now}
	for _, a := range standard()[string(root.Name)] {
		for _, it := range a.context.from(scope{node: root}) {
			for _, r := range a.rules {
				all = append(all, j.ask(r, it.node)...)
			}
		}
	}
	return all
}

type judge struct{ now time.Time }

// ask asks one rule about one element, once for each value of its loop.
func (j judge) ask(r *Rule, n *Node) []Breach {
	s := scope{node: n}
	if r.foreach == nil {
		return j.turn(r, s)
	}
	var all []Breach
	seen := map[string]bool{}
	for _, it := range s.selected(r.foreach) {
		s.turn = it.String()
		if !seen[s.turn] {
			seen[s.turn] = true
			all = append(all, j.turn(r, s)...)
		}
	}
	return all
}

func (j judge) turn(r *Rule, s scope) []Breach {
	if r.condition != nil && !s.holds(r.condition) {
		return nil
	}
	var items []item
	for _, p := range r.paths {
		items = append(items, s.selected(p)...)
	}
	return kinds[r.kind](j, r, s, items)
}

// at tells that a rule is broken, and where to look.
func (r *Rule) at(it item) Breach { return Breach{Rule: r, Path: it.path(), At: it.at()} }

// breach tells that a rule is broken by an item.
func (r *Rule) breach(it item) []Breach {
	b := r.at(it)
	if it.attr != element || len(it.node.Children) == 0 {
		b.Found = it.String()
	}
	return []Breach{b}
}

// whole tells that a rule is broken by an element as a whole.
func (r *Rule) whole(s scope) []Breach {
	return []Breach{r.at(item{s.node, element})}
}

// first tells that a rule is broken, at the first of some items, else by the element.
func (r *Rule) first(s scope, items []item) []Breach {
	if len(items) == 0 {
		return r.whole(s)
	}
	return []Breach{r.at(items[0])}
}

// kinds are the kinds of rule: given what its paths select, each tells where the rule is broken.
var kinds = map[string]func(judge, *Rule, scope, []item) []Breach{
	"atleast_one": func(_ judge, r *Rule, s scope, items []item) []Breach {
		if len(items) > 0 {
			return nil
		}
		return r.whole(s)
	},
	"no_more_than_one": func(_ judge, r *Rule, s scope, items []item) []Breach {
		if len(items) < 2 {
			return nil
		}
		return r.first(s, items[1:])
	},
	"if_then": func(_ judge, r *Rule, s scope, items []item) []Breach {
		if !s.holds(r.named["if"]) || s.holds(r.named["then"]) {
			return nil
		}
		return r.first(s, items)
	},
	"unique":        unique,
	"no_spaces":     eachItem(func(r *Rule, text string) bool { return trimmed(text) == text }),
	"regex_matches": matches,
	"startswith":    startsWith,
	"range":         eachItem(inRange),
	"strict_sum":    strictSum,
	"one_or_all":    oneOrAll,
	"date_order":    dateOrder,
	"date_now":      dateNow,
	"time_limit":    timeLimit,
	"between_dates": betweenDates,
}

// eachItem is a kind of rule that each item must follow by itself.
func eachItem(follows func(*Rule, string) bool) func(judge, *Rule, scope, []item) []Breach {
	return func(_ judge, r *Rule, _ scope, items []item) (all []Breach) {
		for _, it := range items {
			if !follows(r, it.String()) {
				all = append(all, r.breach(it)...)
			}
		}
		return all
	}
}

func unique(_ judge, r *Rule, _ scope, items []item) []Breach {
	seen := map[string]bool{}
	for _, it := range items {
		text := it.String()
		if seen[text] {
			return r.breach(it)
		}
		seen[text] = true
	}
	return nil
}
