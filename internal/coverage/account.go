package coverage

import (
	"context"
	"slices"

	"resolute"
	"resolute/internal/register"
)

// Reasons for which something is in no sum.
const (
	LeftCopy      = "copy"           // another report of it by the same organisation counts
	LeftOther     = "other-reporter" // another organisation's report of it counts
	LeftSecondary = "secondary"      // reported second-hand
	LeftAbsent    = "absent"         // no longer in its source
	LeftDraft     = "not-approved"
	LeftPassed    = "passed-on" // the money goes to another counted activity, which tells of it
	LeftReceived  = "received"  // the money comes from another counted activity, which tells of it
)

// leftReasons are the reasons in the order in which they are told; the last two are about
// transactions of activities that count.
var leftReasons = []string{LeftCopy, LeftOther, LeftSecondary, LeftAbsent, LeftDraft, LeftPassed, LeftReceived}

// Account says how a figure is made: what counts, and what is left out and why.
type Account struct {
	Period     resolute.Period
	Rule       Rule
	Version    int64
	Total      Row
	Conversion *Conversion
	Left       []LeftOut // without reasons that nothing is left out for
	Unknown    int       // transactions of the filter that name an activity which is not here
}

// LeftOut is what is left out for one reason. Secondary, absent and not approved are those of the
// period, whatever the filter: nothing else is known of them.
type LeftOut struct {
	Reason       string
	Activities   int // left out, or with transactions that are
	Transactions int
	Money        Row          // of the transactions
	Records      []LeftRecord // the first of them
}

// LeftRecord is one activity, or one transaction of it, that is left out. Other is the activity
// because of which it is.
type LeftRecord struct {
	Key, Identifier string
	Title           resolute.Text
	Transaction     int    // its number; 0: the whole activity
	Figure          string // that the transaction is left out of
	Day             string
	Amount          Money
	Other, OtherKey string
}

func (a Account) weight() int {
	bytes := 2000
	for _, l := range a.Left {
		bytes += 1000 + 300*len(l.Records)
	}
	return bytes
}

// Account tells how the figures of a filter and period are made, with so many records for each reason
// at most. An unknown group, area, rule or currency is an Error with code Usage.
func (c *Coverage) Account(ctx context.Context, f Filter, p resolute.Period, most int) (Account, error) {
	s, err := c.now(ctx)
	if err != nil {
		return Account{}, err
	}
	if err := s.check(Query{By: ByCountry, Filter: f}); err != nil {
		return Account{}, err
	}
	return once(s, "account "+key(f)+key(p)+key(most), func(s *snapshot) Account { return s.account(f, p, most) }), nil
}

// accounting is an account on its way.
type accounting struct {
	most   int
	match  *matcher
	left   map[string]*leaving
	others map[uint64]bool // hashes of identifiers that are asked for
	names  []string        // identifiers that counted transactions name, folded
}

// leaving is one reason while it grows.
type leaving struct {
	LeftOut
	money sums
}

// aside is an activity that another of its identifier counts for.
type aside struct {
	record   LeftRecord
	reporter string
}

func (s *snapshot) account(f Filter, p resolute.Period, most int) Account {
	w := accounting{most: most, match: s.figureMatcher(f, p), left: map[string]*leaving{}, others: map[uint64]bool{}}
	area := s.book.part(f, p)
	var set []aside
	everyone := *w.match
	everyone.rule = 0
	rows := s.fitting(&everyone, false)
	for i, p := range s.facts.pieces {
		rows[i].keep(p.unsettled(&s.facts.stock, s.book, w.match.rule))
	}
	s.each(rows, func(a *activity) {
		if !area.may(a) {
			return
		}
		if !a.under.has(w.match.rule) {
			if a.inside(w.match.during) {
				w.ask(register.FoldIdentifier(a.identifier))
				set = append(set, aside{a.leftRecord(), a.reporter})
			}
			return
		}
		w.transactions(a)
	})
	w.lives(s.facts.lives)
	counts := s.counting(w.others, w.match.rule)
	for _, x := range set {
		w.standAside(x, counts[register.FoldIdentifier(x.record.Identifier)])
	}
	table := s.table(Query{By: ByCountry, Period: p, Filter: f})
	out := Account{Period: p, Rule: f.rule(), Version: s.facts.head.Seq, Total: table.Total, Conversion: table.Conversion}
	for _, name := range w.names {
		if _, known := counts[name]; !known {
			out.Unknown++
		}
	}
	for _, reason := range leftReasons {
		if l := w.left[reason]; l != nil {
			out.Left = append(out.Left, l.settled(counts))
		}
	}
	return out
}

// unsettled are the rows of a piece that may be left out, or flows of which may be: those that do not
// count under a rule, and those that name others.
func (p piece) unsettled(x *stock, b *book, rule rules) bitset {
	rows := newBitset(p.rows())
	rows.fill(p.rows())
	rows.drop(p.counting(x, b, rule))
	for _, n := range p.namings {
		rows.add(int(n.row))
	}
	return rows
}

func (w *accounting) ask(identifier string) { w.others[hashOf(identifier)] = true }

func (w *accounting) of(reason string) *leaving {
	if w.left[reason] == nil {
		w.left[reason] = &leaving{LeftOut: LeftOut{Reason: reason}}
	}
	return w.left[reason]
}

func (a *activity) leftRecord() LeftRecord {
	return LeftRecord{Key: a.key, Identifier: a.identifier, Title: a.title.text()}
}

// transactions notes what of an activity that counts is left out, and which others it names.
func (w *accounting) transactions(a *activity) {
	noted := map[string]bool{}
	for _, n := range a.namings {
		x := a.flows[n.flow]
		if !w.match.during.holds(x.day) {
			continue
		}
		w.ask(n.other)
		w.names = append(w.names, n.other)
		if !x.left.has(w.match.rule) {
			continue
		}
		reason := LeftPassed
		if x.figure == incoming || x.figure == incomingCommitments {
			reason = LeftReceived
		}
		l := w.of(reason)
		l.Transactions++
		l.Activities += oneIf(!noted[reason])
		noted[reason] = true
		x = w.match.to.convert(x)
		l.money.money[x.figure].add(x.currency, x.cents)
		if len(l.Records) < w.most {
			r := a.leftRecord()
			r.Transaction, r.Figure, r.Day, r.Amount, r.Other = int(x.txn), figureNames[x.figure], x.day.String(), Money{x.currency.Value(): x.cents}, n.other
			l.Records = append(l.Records, r)
		}
	}
}

var figureNames = [figures]string{"commitments", "spent", "incoming", "incoming_commitments", "budgets"}

// lives notes what readers see and no figure looks at.
func (w *accounting) lives(lives []life) {
	for _, l := range lives {
		if l.dated && !w.match.during.touches(l.starts, l.ends) {
			continue
		}
		reason := LeftDraft
		switch {
		case l.absent:
			reason = LeftAbsent
		case l.secondary:
			reason = LeftSecondary
		}
		x := w.of(reason)
		x.Activities++
		if len(x.Records) < w.most {
			x.Records = append(x.Records, LeftRecord{Key: l.key, Identifier: l.identifier})
		}
	}
}

// standAside notes an activity for which another one counts.
func (w *accounting) standAside(x aside, counts []named) {
	reason, one := LeftCopy, slices.IndexFunc(counts, func(n named) bool { return n.reporter == x.reporter })
	if one < 0 {
		reason, one = LeftOther, 0
	}
	l := w.of(reason)
	l.Activities++
	if len(l.Records) < w.most && len(counts) > 0 {
		x.record.Other, x.record.OtherKey = counts[one].identifier, counts[one].key
		l.Records = append(l.Records, x.record)
	}
}

// named is an activity that counts.
type named struct{ key, identifier, reporter string }

// counting gives the activities that count under a rule and whose identifiers have one of the
// hashes, by folded identifier.
func (s *snapshot) counting(hashes map[uint64]bool, rule rules) map[string][]named {
	found, u := map[string][]named{}, s.facts.unpacker(s.book)
	for _, p := range s.facts.pieces {
		for row, hash := range p.identifiers {
			if !hashes[hash] || p.gone.has(row) {
				continue
			}
			if a := p.read(u, row); a.under.has(rule) {
				id := register.FoldIdentifier(a.identifier)
				found[id] = append(found[id], named{a.key, a.identifier, a.reporter})
			}
		}
	}
	return found
}

// settled writes one reason out.
func (l *leaving) settled(counts map[string][]named) LeftOut {
	l.Money = l.money.row(&view{}, nil)
	for i := range l.Records {
		if r := &l.Records[i]; r.OtherKey == "" && len(counts[r.Other]) > 0 {
			other := counts[r.Other][0]
			r.Other, r.OtherKey = other.identifier, other.key
		}
	}
	return l.LeftOut
}
