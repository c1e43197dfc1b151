package coverage

import (
	"fmt"
	"slices"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/search"
)

// Filter narrows the activities. Values of one field are alternatives, fields add up.
type Filter struct {
	Rule          string // by which figures are made; empty: the default
	Currency      string // that figures are converted to; empty: none
	Text          string
	Regions       []string // ITU regions
	Areas         []string // ISO two-letter codes; RegionRow: for a region, with or without a country beside it
	Groups        []string // LDC, LLDC, SIDS ...
	Organisations []string // ids of participating organisations
	Roles         []string // IATI OrganisationRole
	Lines         []string // C7 stands for its sub-lines too
	Goals         []string
	Targets       []string
	Threads       []string // aliases; R11 stands for its parts too
	States        []string // of an activity as though it alone stood in the row of its paragraphs
	Statuses      []string // IATI ActivityStatus
	Kinds         []string
	Sectors       []string // ITU Sectors
	Levels        []string
	Lacks         []string // what an activity does not state, of Lacks
	Reporters     []string
	Sources       []string
}

// checkMade refuses a rule and a currency that do not exist.
func (s *snapshot) checkMade(f Filter) error {
	if _, err := RuleOf(f.Rule); err != nil {
		return err
	}
	if !s.knowsCurrency(f.Currency) {
		return &resolute.Error{Code: resolute.Usage, Field: "currency", Message: fmt.Sprintf("unknown currency %q: want a code of ISO 4217, such as USD", f.Currency)}
	}
	return nil
}

// rule gives the rule that figures follow; it was checked.
func (f Filter) rule() Rule {
	r, _ := RuleOf(f.Rule)
	return r
}

// values gives the wanted values of a facet's field.
func (f Filter) values(name string) []string {
	switch name {
	case "region":
		return f.Regions
	case "area":
		return f.Areas
	case "group":
		return f.Groups
	case "org":
		return f.Organisations
	case "role":
		return f.Roles
	case "line":
		return f.Lines
	case "goal":
		return f.Goals
	case "target":
		return f.Targets
	case "thread":
		return f.Threads
	case "state":
		return f.States
	case "status":
		return f.Statuses
	case "kind":
		return f.Kinds
	case "sector":
		return f.Sectors
	case "level":
		return f.Levels
	case "lacks":
		return f.Lacks
	}
	return nil
}

// Empty reports whether nothing is asked for.
func (f Filter) Empty() bool {
	return !f.asks() && f.Text == "" && len(f.Reporters) == 0 && len(f.Sources) == 0
}

// asks tells whether any field that has a facet is asked for.
func (f Filter) asks() bool {
	return slices.ContainsFunc(facetFields, func(x field) bool { return len(f.values(x.name)) > 0 })
}

// matcher is a filter made ready for one snapshot and period.
type matcher struct {
	filter Filter
	rule   rules    // the one
	sought []sought // all of them
	during days
	end    day // last day of the period, or of the data
	book   *book
	to     *converter // of what is added up beside tables; for one goroutine
	wanted []wanted   // by facet; nil: nothing is asked for
}

func (s *snapshot) matcher(f Filter, p resolute.Period) *matcher {
	f.Organisations = s.facts.united.kept(f.Organisations)
	return &matcher{filter: f, rule: bitOf(f.Rule), sought: s.facts.seek(search.ParseQuery(f.Text)), during: daysOf(p), end: s.end(p), book: s.book, to: s.converter(f), wanted: s.book.wants(f)}
}

// inside tells whether an activity falls into a period; one without dates falls into all.
func (a *activity) inside(p days) bool { return !a.dated || p.touches(a.starts, a.ends) }

// state is what the rules say of an activity alone: as though it were the only one in the row of
// the paragraphs that it answers or is proposed for.
func (a *activity) state(about *codes, p days, end day) string {
	var s stand
	last, result := a.lastEvidence(p)
	if len(about.of(threads)) > 0 {
		s.count(a, last, result)
	}
	s.open = len(about.of(openThreads))
	for _, w := range a.flows {
		if w.figure <= spent && p.holds(w.day) {
			s.pay(w, w.cents)
		}
	}
	state, _ := s.settled().judge(true, end)
	return state
}

// special are the groups that every list offers.
var special = []string{"LDC", "LLDC", "SIDS"}

// inGroup tells whether an activity works in a group, by the membership of its countries on any
// day of its life inside the period.
func (b *book) inGroup(a *activity, group string, p days) bool {
	life := a.life(p)
	return slices.ContainsFunc(b.codesIn(a, p).of(nations), func(row int16) bool {
		return b.rollOf(group).during(int(row), life) == framework.Member
	})
}

// life is the part of an activity's life inside a period; an undated one lives all through it.
func (a *activity) life(p days) days { return lifeIn(p, a.dated, a.starts, a.ends) }

func lifeIn(p days, dated bool, starts, ends day) days {
	if !dated {
		return p
	}
	p.from = max(p.from, starts)
	if ends != 0 && (p.to == 0 || ends < p.to) {
		p.to = ends
	}
	return p
}

// pipeline is the IATI status of an activity that has not begun.
const pipeline = "1"

// lastEvidence is the newest day that falls in a period of a transaction, an actual date, a document or a
// result, and whether a result is among them.
func (a *activity) lastEvidence(p days) (last day, result bool) {
	for _, w := range a.flows {
		if w.txn > 0 && p.holds(w.day) {
			last = max(last, w.day)
		}
	}
	for _, x := range a.proofs {
		if p.holds(x.day) {
			last = max(last, x.day)
			result = result || x.kind == "result"
		}
	}
	return last, result
}
