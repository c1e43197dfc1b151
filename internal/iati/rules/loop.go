package rules

import (
	"math/big"
	"strings"
)

// loop remembers from one turn of a loop to the next what its element holds. Without it each turn
// walks all children, and a file can hold as many turns as children.
type loop struct {
	groups map[grouping]map[string][]item
	fixed  map[*step][]item   // what paths select that ask for nothing, the same in each turn
	sums   map[*step]*big.Rat // of those; nil: not all are numbers
}

// grouping is the children of one name by the value of one attribute.
type grouping struct{ child, attribute string }

// fewTurns is up to how many turns walking is as cheap as remembering: nearly all activities have one
// or two.
const fewTurns = 32

func newLoop() *loop {
	return &loop{groups: map[grouping]map[string][]item{}, fixed: map[*step][]item{}, sums: map[*step]*big.Rat{}}
}

// looped gives what a path selects from the element of a loop; false when that has to be walked.
func (p path) looped(s scope) ([]item, bool) {
	if s.loop == nil || p.absolute || p.anywhere {
		return nil, false
	}
	if p.isFixed() {
		key := &p.steps[0]
		items, there := s.loop.fixed[key]
		if !there {
			items = p.walk(s, item{s.node, element}, 0, nil)
			s.loop.fixed[key] = items
		}
		return items, true
	}
	attribute := p.steps[0].attributeOfTurn()
	if attribute == "" {
		return nil, false
	}
	group := s.loop.group(s.node, grouping{p.steps[0].name, attribute})[s.turn]
	if len(p.steps) == 1 {
		return group, true
	}
	var to []item
	for _, it := range group {
		to = p.walk(s, it, 1, to)
	}
	return to, true
}

// isFixed reports whether a path asks for nothing on its way.
func (p path) isFixed() bool {
	for i := range p.steps {
		if len(p.steps[i].predicates) > 0 {
			return false
		}
	}
	return true
}

// attributeOfTurn gives the attribute whose value must be that of the turn, when a step to children
// asks for that and no more: child[@attribute = '$1'].
func (st *step) attributeOfTurn() string {
	if st.kind != childStep || len(st.predicates) != 1 {
		return ""
	}
	asks, _ := st.predicates[0].(operation)
	left, _ := asks.left.(path)
	if asks.sign != "=" || asks.right != expression(turnValue) || len(left.steps) != 1 || left.absolute || left.anywhere ||
		left.steps[0].kind != attrStep || len(left.steps[0].predicates) > 0 {
		return ""
	}
	return left.steps[0].name
}

// group gives the children of an element by the value of an attribute; those without it are left out.
func (l *loop) group(n *Node, by grouping) map[string][]item {
	groups := l.groups[by]
	if groups == nil {
		groups = map[string][]item{}
		for _, child := range n.Children {
			if i := child.attr(by.attribute); i >= 0 && string(child.Name) == by.child {
				value := string(child.Attrs[i].Value)
				groups[value] = append(groups[value], item{child, element})
			}
		}
		l.groups[by] = groups
	}
	return groups
}

// sum adds up what a path selected; nil when something is no number. What is the same in each turn is
// added up once.
func (s scope) sum(e expression, items []item) *big.Rat {
	p, walked := e.(path)
	if s.loop == nil || !walked || !p.isFixed() {
		return sumOf(items)
	}
	key := &p.steps[0]
	sum, there := s.loop.sums[key]
	if !there {
		sum = sumOf(items)
		s.loop.sums[key] = sum
	}
	return sum
}

// mostDigits is how many digits of a number count, before the point and behind it: no percentage needs
// more, and adding to one of millions would take as long each time.
const mostDigits = 40

// decimal reads a number as the schema writes them; false for any other.
func decimal(text string) (*big.Rat, bool) {
	sign := ""
	if strings.HasPrefix(text, "-") || strings.HasPrefix(text, "+") {
		sign, text = text[:1], text[1:]
	}
	whole, part, _ := strings.Cut(text, ".")
	if whole+part == "" || strings.Trim(whole, "0123456789")+strings.Trim(part, "0123456789") != "" {
		return nil, false
	}
	whole = strings.TrimLeft(whole, "0")
	whole, part = whole[:min(len(whole), mostDigits)], part[:min(len(part), mostDigits)]
	return new(big.Rat).SetString(sign + "0" + whole + "." + part + "0")
}

func sumOf(items []item) *big.Rat {
	sum := new(big.Rat)
	for _, it := range items {
		n, ok := decimal(trimmed(it.String()))
		if !ok {
			return nil
		}
		sum.Add(sum, n)
	}
	return sum
}
