package generate

import (
	"math/big"
	"slices"
	"strings"
)

// Rule is the name of a rule by which figures are made.
type Rule string

// The rules, written down once more as docs/explanation/figures.md has them.
const (
	once       Rule = "once@2"
	asReported Rule = "as-reported@1"
)

// cell is one figure of a view: of a row, in one currency.
type cell struct {
	rule          Rule
	view, row     string
	figure, money string
}

// count is what a rule counts beside money.
type count struct {
	activities int
	places     Places
}

func newCount() *count { return &count{places: newPlaces()} }

// take counts a report.
func (c *count) take(f *facts) {
	c.activities++
	c.places.take(f)
}

// The rows that are not codes.
const (
	totalRow    = "total"
	unlinkedRow = "unlinked"
	regionRow   = "region"
)

// figureOf names the figure that a type of transaction belongs to; pledges belong to none.
func figureOf(kind string) string {
	switch kind {
	case "2":
		return "commitments"
	case "3", "4":
		return "spent"
	case "1":
		return "incoming"
	case "11":
		return "incoming_commitments"
	}
	return ""
}

// reckon adds what both rules count of one activity.
func (m *maker) reckon(n int) {
	s := m.scout
	if s.counted(n) {
		m.counts[once].take(&s.facts)
		for _, x := range slices.Clone(s.facts.flows) {
			if figure := figureOf(x.kind); figure != "" && x.broken == "" && !m.passedOn(n, figure, x) {
				m.add(once, &s.facts, figure, x)
			}
		}
	}
	if s.own(n) {
		m.addAll()
	}
	if s.report(n, elsewhere) && s.facts.takes() {
		m.addAll()
	}
}

// addAll adds a report as the rule does that counts each one.
func (m *maker) addAll() {
	m.counts[asReported].take(&m.scout.facts)
	for _, x := range m.scout.facts.flows {
		if figure := figureOf(x.kind); figure != "" && x.broken == "" {
			m.add(asReported, &m.scout.facts, figure, x)
		}
	}
}

// passedOn tells whether the flow names a counted activity that tells of the money itself.
func (m *maker) passedOn(n int, figure string, x flow) bool {
	return x.names != none && x.names != n && m.tells(x.names, figure, map[int]bool{})
}

// story gives the usable flows of an activity, none when it does not count.
func (m *maker) story(n int) ([]flow, bool) {
	d := m.second
	if !d.counted(n) {
		return nil, false
	}
	var list []flow
	for _, x := range d.facts.flows {
		if x.broken == "" {
			list = append(list, x)
		}
	}
	return list, true
}

// enough tells whether a flow speaks for the activity in a figure, whatever it names.
func enough(figure string, x flow) bool {
	return figure == "incoming" && figureOf(x.kind) == "spent" || figure == "incoming_commitments" && figureOf(x.kind) == "commitments"
}

// tells reports whether a counted activity tells of money of a figure by itself.
func (m *maker) tells(n int, figure string, seen map[int]bool) bool {
	seen[n] = true
	flows, _ := m.story(n)
	for _, x := range flows {
		if enough(figure, x) {
			return true
		}
	}
	for _, x := range flows {
		if figureOf(x.kind) != figure {
			continue
		}
		if x.names == none || x.names == n {
			return true
		}
		others, known := m.story(x.names)
		speaks := slices.ContainsFunc(others, func(y flow) bool { return figureOf(y.kind) == figure || enough(figure, y) })
		if !known || !speaks || !seen[x.names] && m.tells(x.names, figure, seen) {
			return true
		}
	}
	return false
}

// add puts a flow into the total and divides it over the rows of the views.
func (m *maker) add(rule Rule, f *facts, figure string, x flow) {
	m.cells[cell{rule, "", totalRow, figure, x.currency}] += x.cents
	m.divided(cell{rule, "country", "", figure, x.currency}, f.places(x), x.cents)
	m.divided(cell{rule, "action-line", "", figure, x.currency}, f.coded(lineAddress, m.world.lines), x.cents)
	m.divided(cell{rule, "target", "", figure, x.currency}, f.coded("", m.world.scheme), x.cents)
}

// places gives the rows of countries, those of regions as one, last.
func (f *facts) places(x flow) []part {
	if x.country != "" {
		return []part{{code: x.country, share: notStated}}
	}
	list := slices.Clone(f.countries)
	slices.SortFunc(list, func(a, b part) int { return strings.Compare(a.code, b.code) })
	for _, r := range f.regions {
		list = append(list, part{code: regionRow, share: r.share})
	}
	return list
}

// coded gives the tags of a vocabulary in the order of their scheme.
func (f *facts) coded(address string, order []string) []part {
	var list []part
	for _, code := range order {
		for _, t := range f.tags {
			if t.address == address && t.code == code {
				list = append(list, t)
			}
		}
	}
	return list
}

// divided gives hundredths to rows: by stated shares, the others in equal parts of what these leave;
// more than the whole is scaled down; what is over goes to the largest remainders, the first row first, what is unlinked last.
func (m *maker) divided(at cell, list []part, cents int64) {
	stated, open := int64(0), int64(0)
	for _, p := range list {
		if p.share == notStated {
			open++
		} else {
			stated += int64(p.share)
		}
	}
	rest := max(0, 1_000_000-stated)
	rows := make([]string, 0, len(list)+1)
	weights := make([]*big.Rat, 0, len(list)+1)
	unlinked := big.NewRat(1, 1)
	for _, p := range list {
		w := big.NewRat(int64(p.share), max(stated, 1_000_000))
		if p.share == notStated {
			w = big.NewRat(rest, max(stated, 1_000_000)*open)
		}
		rows, weights = append(rows, p.code), append(weights, w)
		unlinked.Sub(unlinked, w)
	}
	rows, weights = append(rows, unlinkedRow), append(weights, unlinked)
	for i, part := range largest(weights, cents) {
		if part == 0 {
			continue
		}
		at.row = rows[i]
		m.cells[at] += part
		if parent, _, child := strings.Cut(at.row, "."); child && at.view == "action-line" {
			at.row = parent
			m.cells[at] += part
		}
	}
}

// largest divides an amount by weights that add up to one.
func largest(weights []*big.Rat, cents int64) []int64 {
	sign := int64(1)
	if cents < 0 {
		sign, cents = -1, -cents
	}
	parts, over := make([]int64, len(weights)), make([]*big.Rat, len(weights))
	left := cents
	for i, w := range weights {
		exact := new(big.Rat).Mul(w, big.NewRat(cents, 1))
		whole := new(big.Int).Quo(exact.Num(), exact.Denom())
		parts[i] = whole.Int64()
		over[i] = exact.Sub(exact, new(big.Rat).SetInt(whole))
		left -= parts[i]
	}
	for ; left > 0; left-- {
		best := 0
		for i := range over {
			if over[i].Cmp(over[best]) > 0 {
				best = i
			}
		}
		parts[best]++
		over[best] = big.NewRat(-1, 1)
	}
	for i := range parts {
		parts[i] *= sign
	}
	return parts
}
