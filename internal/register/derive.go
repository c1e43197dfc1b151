package register

import (
	"maps"
	"slices"
	"strings"

	"resolute/internal/framework"
)

// Rules whose tables are not rows of framework.Rules, beside MatrixRule.
const (
	ruleTargetGoal = "target-states-goal" // a target names its goal (oracle rule 12)
	ruleIndicator  = "indicator-states-target"
)

// DACSector is the scheme under which DAC purpose codes are stored; it has no concepts of ours.
const DACSector = "dac-sector"

// View is what the rules look at: what the publisher stated, and the words of titles and
// descriptions in the order in which they stand.
type View struct {
	Stated  []Tag
	Markers []Marker
	Kind    string
	Level   string
	Words   []string
}

// Marker is a policy marker of vocabulary 1 with a significance above 0.
type Marker struct {
	Code         string
	Significance string
	Line         int
}

// Derive gives the tags and mandate links that the rules propose, but for what follows from them by
// the matrix (Matrix.Derive). Each names its rule and its
// reason; a concept that is stated on the same level (the activity, or one transaction) gets no
// proposal there. The same view and rules give the same answer in the same order.
func (b *Rulebook) Derive(v View) ([]Tag, []Link) {
	d := derivation{book: b, view: v, have: map[tagKey]bool{}}
	sectors := map[int][]sectorShare{}
	for _, t := range v.Stated {
		d.have[t.key()] = true
		if t.Scheme == DACSector {
			sectors[t.Txn] = append(sectors[t.Txn], sectorShare{t.Code, t.Share})
		}
	}
	for _, txn := range slices.Sorted(maps.Keys(sectors)) {
		d.sectors(txn, sectorShares(sectors[txn]))
	}
	d.sure = len(d.tags)
	d.markers()
	d.keywords()
	return d.tags, d.threads()
}

type tagKey struct {
	txn          int
	scheme, code string
}

func (t Tag) key() tagKey { return tagKey{t.Txn, t.Scheme, t.Code} }

type derivation struct {
	book *Rulebook
	view View
	have map[tagKey]bool // stated or derived already
	tags []Tag
	sure int // the first of tags that came from sectors
}

// add proposes a tag unless the level has the concept already.
func (d *derivation) add(t Tag) {
	key := t.key()
	if d.have[key] {
		return
	}
	d.have[key] = true
	t.Basis = Derived
	d.tags = append(d.tags, t)
}

// sectors derives action lines from DAC codes. The share of a sector is split equally among the
// lines of its code, and the parts of one line are added (oracle rule 16).
func (d *derivation) sectors(txn int, shares []sectorShare) {
	type part struct {
		share   Share
		rules   []string
		reasons []string
	}
	lines := map[string]*part{}
	var order []string
	for _, s := range shares {
		rule, ok := d.book.sectors[s.code]
		if !ok {
			continue
		}
		for i, line := range rule.Lines {
			p := lines[line]
			if p == nil {
				p = &part{}
				lines[line] = p
				order = append(order, line)
			}
			n := Share(len(rule.Lines))
			p.share += s.share / n
			if Share(i) < s.share%n { // the odd millionths go to the first lines
				p.share++
			}
			p.rules, p.reasons = append(p.rules, rule.ID), append(p.reasons, s.code+": "+rule.Reason)
		}
	}
	for _, line := range order {
		p := lines[line]
		d.add(Tag{Txn: txn, Scheme: framework.ActionLine, Code: line, Share: min(p.share, Whole), Rule: p.rules[0], Reason: strings.Join(p.reasons, "; ")})
	}
}

type sectorShare struct {
	code  string
	share Share
}

// sectorShares gives each DAC code of a level its part of the whole. Codes of five digits are
// used where there are any, else those of three. Without percentages the parts are equal; codes
// without one share what the others leave.
func sectorShares(stated []sectorShare) []sectorShare {
	var five, three []sectorShare
	for _, s := range stated {
		if len(s.code) >= 5 {
			five = append(five, s)
		} else {
			three = append(three, s)
		}
	}
	list := five
	if len(list) == 0 {
		list = three
	}
	left, open := Whole, Share(0)
	for _, s := range list {
		if s.share == NoShare {
			open++
		} else {
			left -= s.share
		}
	}
	left = max(left, 0)
	given := Share(0)
	for i := range list {
		if list[i].share == NoShare {
			list[i].share = left / open
			if given < left%open {
				list[i].share++
			}
			given++
		}
	}
	return list
}

// markers derives inclusion groups, never goals.
func (d *derivation) markers() {
	for _, m := range d.view.Markers {
		rule := d.book.markers[m.Code]
		for _, group := range rule.Groups {
			d.add(Tag{Scheme: framework.InclusionGroup, Code: group, Share: NoShare, Rule: rule.ID,
				Reason: "significance " + m.Significance + ": " + rule.Reason, Line: m.Line})
		}
	}
}

// keywords derives action lines from words, which are the reason.
func (d *derivation) keywords() {
	for _, hit := range d.book.words.find(d.view.Words) {
		rule := d.book.rules.Keywords[hit.rule]
		d.add(Tag{Scheme: framework.ActionLine, Code: rule.Line, Share: NoShare, Rule: rule.ID, Reason: strings.Join(hit.words, ", ")})
	}
}

// threads derives mandate links. Every condition of a rule must hold.
func (d *derivation) threads() []Link {
	facts := d.facts()
	have := map[string]bool{}
	var links []Link
	for i, rule := range d.book.rules.Threads {
		reason, ok := d.book.threads[i].match(facts)
		if !ok {
			continue
		}
		for _, alias := range rule.Aliases {
			thread := d.book.named(alias)
			if thread == "" || have[thread] {
				continue
			}
			have[thread] = true
			links = append(links, Link{Thread: thread, Share: NoShare, Basis: Derived, Rule: rule.ID, Reason: reason + ": " + rule.Reason})
		}
	}
	return links
}

// facts gathers what conditions of thread rules look at, over all levels of the activity.
func (d *derivation) facts() threadFacts {
	f := threadFacts{view: d.view, lines: map[string]bool{}, schemes: map[string]bool{}, sectors: map[string]bool{}, groups: map[string]bool{}}
	for _, t := range d.view.Stated {
		f.schemes[t.Scheme] = true
		switch t.Scheme {
		case framework.ActionLine:
			f.lines[t.Code] = true
		case DACSector:
			f.sectors[t.Code] = true
		case framework.InclusionGroup:
			f.groups[t.Code] = true
		}
	}
	if len(f.lines) == 0 {
		for _, t := range d.tags[:d.sure] {
			f.lines[t.Code] = true
		}
	}
	for _, t := range d.tags[d.sure:] {
		if t.Scheme == framework.InclusionGroup {
			f.groups[t.Code] = true
		}
	}
	return f
}
