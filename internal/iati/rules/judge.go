package rules

import (
	"iter"
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
	j := judge{now: now, beside: &beside{}}
	for _, a := range standard()[string(root.Name)] {
		for _, it := range a.context.from(scope{node: root}) {
			for _, r := range a.rules {
				all = append(all, j.ask(r, it.node)...)
			}
		}
	}
	return all
}

type judge struct {
	now    time.Time
	beside *beside
}

// ask asks one rule about one element, once for each value of its loop.
func (j judge) ask(r *Rule, n *Node) []Breach {
	s := scope{node: n}
	if r.foreach == nil {
		s.beside = j.beside
		return j.turn(r, s)
	}
	var all []Breach
	seen := map[string]bool{}
	values := s.selected(r.foreach)
	if len(values) > fewTurns {
		s.loop = newLoop()
	}
	for _, it := range values {
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
	var items selection
	for _, p := range r.paths {
		items = append(items, s.selected(p))
	}
	return kinds[r.kind](j, r, s, items)
}

// selection is what the paths of a rule select, path by path.
type selection [][]item

// all gives the items of all paths.
func (s selection) all() iter.Seq[item] {
	return func(yield func(item) bool) {
		for _, items := range s {
			for _, it := range items {
				if !yield(it) {
					return
				}
			}
		}
	}
}

// nth gives the item of a place, counted from 0; false when there are not so many.
func (s selection) nth(n int) (item, bool) {
	for _, items := range s {
		if n < len(items) {
			return items[n], true
		}
		n -= len(items)
	}
	return item{}, false
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
func (r *Rule) first(s scope, items selection) []Breach {
	it, there := items.nth(0)
	if !there {
		return r.whole(s)
	}
	return []Breach{r.at(it)}
}

// kinds are the kinds of rule: given what its paths select, each tells where the rule is broken.
var kinds = map[string]func(judge, *Rule, scope, selection) []Breach{
	"atleast_one": func(_ judge, r *Rule, s scope, items selection) []Breach {
		if _, there := items.nth(0); there {
			return nil
		}
		return r.whole(s)
	},
	"no_more_than_one": func(_ judge, r *Rule, _ scope, items selection) []Breach {
		second, more := items.nth(1)
		if !more {
			return nil
		}
		return []Breach{r.at(second)}
	},
	"if_then": func(_ judge, r *Rule, s scope, items selection) []Breach {
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
func eachItem(follows func(*Rule, string) bool) func(judge, *Rule, scope, selection) []Breach {
	return func(_ judge, r *Rule, _ scope, items selection) (all []Breach) {
		for it := range items.all() {
			if !follows(r, it.String()) {
				all = append(all, r.breach(it)...)
			}
		}
		return all
	}
}

func unique(_ judge, r *Rule, _ scope, items selection) []Breach {
	seen := map[string]bool{}
	for it := range items.all() {
		text := it.String()
		if seen[text] {
			return r.breach(it)
		}
		seen[text] = true
	}
	return nil
}
