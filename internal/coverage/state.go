package coverage

import (
	"slices"
	"time"
)

// The states of a row.
const (
	Answered = "answered"
	Partly   = "partly"
	Proposed = "proposed"
	Nothing  = "nothing"
	NoReport = "no-report"
)

// States lists the states from best to least known.
var States = []string{Answered, Partly, Proposed, Nothing, NoReport}

// The gaps of a row.
const (
	NoEvidence      = "no-evidence"
	NoResult        = "no-result"
	NoMoney         = "no-money"
	OneOrganisation = "one-organisation"
	Stale           = "stale"
)

// staleMonths is how old the newest evidence of a row may be at the end of the period.
const staleMonths = 24

// standing is what the rules judge of a row.
type standing struct {
	activities, begun, open int // begun: of activities, those that run or have ended
	organisations           int
	last                    day // newest evidence in the period
	result, money           bool
}

// lack is one rule of what a counted row can lack.
type lack struct {
	code   string
	lacked func(s standing, end day) bool
}

// lacks are the rules in the order in which they are listed.
var lacks = []lack{
	{NoEvidence, func(s standing, _ day) bool { return s.last == 0 }},
	{NoResult, func(s standing, _ day) bool { return !s.result }},
	{NoMoney, func(s standing, _ day) bool { return !s.money }},
	{OneOrganisation, func(s standing, _ day) bool { return s.organisations <= 1 }},
	{Stale, func(s standing, end day) bool { return s.last != 0 && s.last < monthsBefore(end, staleMonths) }},
}

// judge gives the state and the gaps of a row. reported says that something was reported for
// the period; end is the last day of the period, or of the data when the period is open.
func (s standing) judge(reported bool, end day) (state string, gaps []string) {
	if s.activities > 0 && s.begun > 0 {
		for _, l := range lacks {
			if l.lacked(s, end) {
				gaps = append(gaps, l.code)
			}
		}
		if len(gaps) == 0 {
			return Answered, nil
		}
		return Partly, gaps
	}
	switch {
	case s.activities > 0 || s.open > 0:
		return Proposed, nil
	case reported:
		return Nothing, nil
	}
	return NoReport, nil
}

// standing says how the row stands.
func (s *sums) standing() standing {
	return standing{activities: s.activities, begun: s.begun, open: s.openActivities, organisations: s.organisations, last: s.last,
		result: s.result, money: s.reported(commitments) || s.reported(spent)}
}

// reported tells whether what was reported of a figure comes to anything, in the sums or not.
func (s *sums) reported(f figure) bool {
	all := slices.Clone(s.money[f])
	all.join(s.left[f])
	return all.holds()
}

func monthsBefore(d day, months int) day {
	t := time.Date(int(d/10000), time.Month(d/100%100)-time.Month(months), int(d%100), 0, 0, 0, 0, time.UTC)
	return day(t.Year()*10000 + int(t.Month())*100 + t.Day())
}
