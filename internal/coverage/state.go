package coverage

import "time"

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

// Rule is version 1 of how figures are made, as printed under every one of them.
const Rule = "version 1: commitments are transaction type 2, spent is 3 and 4, incoming 1 and 11 apart, pledges never; " +
	"a transaction counts in the period of its date, an activity if its dates overlap it, undated ones are counted and shown; " +
	"shares are the stated percentages, else equal among the counted links of one scheme, rounded by largest remainder; " +
	"parent rows count distinct activities; secondary reporters are left out; budgets count at the lowest level of the hierarchy; " +
	"what a rule proposes stands beside the figures and is never added in"

// staleMonths is how old the newest evidence of a row may be at the end of the period.
const staleMonths = 24

// gap is one rule of what a counted row can lack.
type gap struct {
	code   string
	lacked func(s *sums, end string) bool
}

// gaps are the rules in the order in which they are listed.
var gaps = []gap{
	{NoEvidence, func(s *sums, _ string) bool { return s.last == "" }},
	{NoResult, func(s *sums, _ string) bool { return !s.result }},
	{NoMoney, func(s *sums, _ string) bool {
		return len(s.money[commitments].Currencies())+len(s.money[spent].Currencies()) == 0
	}},
	{OneOrganisation, func(s *sums, _ string) bool { return len(s.organisations) <= 1 }},
	{Stale, func(s *sums, end string) bool { return s.last != "" && s.last < monthsBefore(end, staleMonths) }},
}

// judge gives the state and the gaps of a row. reported says that something was reported for
// the period; end is the last day of the period, or of the data when the period is open.
func (s *sums) judge(reported bool, end string) (state string, lacks []string) {
	if s.activities > 0 && s.begun > 0 {
		for _, g := range gaps {
			if g.lacked(s, end) {
				lacks = append(lacks, g.code)
			}
		}
		if len(lacks) == 0 {
			return Answered, nil
		}
		return Partly, lacks
	}
	switch {
	case s.activities > 0 || s.openActivities > 0:
		return Proposed, nil
	case reported:
		return Nothing, nil
	}
	return NoReport, nil
}

func monthsBefore(day string, months int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return t.AddDate(0, -months, 0).Format(time.DateOnly)
}
