package coverage

import (
	"slices"

	"resolute"
)

// stand is what the rules judge of one subject in one cut, while it grows.
type stand struct {
	standing
	organisation int64 // one of those of the activities
	balances     []balance
}

// balance is a sum of one currency.
type balance struct {
	figure   figure
	currency currency
	cents    resolute.Cents
}

func (s *stand) pay(w flow, cents resolute.Cents) {
	s.hold(balance{w.figure, w.currency, cents})
}

func (s *stand) hold(b balance) {
	for i := range s.balances {
		if s.balances[i].figure == b.figure && s.balances[i].currency == b.currency {
			s.balances[i].cents = s.balances[i].cents.Plus(b.cents)
			return
		}
	}
	s.balances = append(s.balances, b)
}

// takePart notes an organisation: of all it keeps whether there are none, one or more.
func (s *stand) takePart(id int64) {
	if s.organisations == 0 || s.organisations == 1 && s.organisation != id {
		s.organisations++
		s.organisation = id
	}
}

// count counts an activity.
func (s *stand) count(a *activity, last day, result bool) {
	s.activities++
	if a.status != pipeline {
		s.begun++
	}
	for _, o := range a.organisations {
		s.takePart(o)
	}
	s.last = max(s.last, last)
	s.result = s.result || result
}

// settled says how the subject stands, with its money added up.
func (s *stand) settled() standing {
	held := s.standing
	held.money = slices.ContainsFunc(s.balances, func(b balance) bool { return b.cents != 0 })
	return held
}

func (s *stand) join(other *stand) {
	s.activities += other.activities
	s.begun += other.begun
	s.open += other.open
	s.last = max(s.last, other.last)
	s.result = s.result || other.result
	if other.organisations > 0 {
		s.takePart(other.organisation)
		s.organisations = max(s.organisations, other.organisations)
	}
	for _, b := range other.balances {
		s.hold(b)
	}
}
