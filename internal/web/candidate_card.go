package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/directory"
)

// CandidateCard is some organisations that may be one, with what speaks for it and against it.
type CandidateCard struct {
	ID, Reason    string
	Weak, Several bool // by name alone; one organisation that may be several
	For, Against  []string
	Organisations []CandidateOrganisation
	Names         []string // of one that may be several
	Action        string   // where a decision goes; empty for who may not decide

	candidate directory.Candidate
	speaks    speaks
}

// CandidateOrganisation is one of them.
type CandidateOrganisation struct {
	Key, Href, Name, Ref, List, Kind string
	Activities                       int
	Shown                            string // its activities
	Countries                        []string
	More                             int  // countries that are not named
	Stays                            bool // offered as the one that the others count for

	organisation directory.Organisation
	codes        []string // of its countries
}

// shownNations is how many countries of an organisation are named.
const shownNations = 6

// cards puts candidates into words, with what their organisations take part in.
func (s *Site) cards(ctx context.Context, p *shell, list []directory.Candidate, country func(string) resolute.Text) ([]CandidateCard, error) {
	var ids []int64
	for _, c := range list {
		for _, o := range c.Organisations {
			ids = append(ids, o.ID)
		}
	}
	takings, err := s.Coverage.Takings(ctx, ids, p.request.period)
	if err != nil {
		return nil, err
	}
	cards := make([]CandidateCard, len(list))
	for i, c := range list {
		card := CandidateCard{ID: c.ID, Reason: p.T("candidates.reason."+c.Reason, "value", isolated(c.Value)), Weak: c.Weak, Several: c.Reason == directory.SeveralNames, Names: c.Names, candidate: c}
		if s.mayMatch(p.request) {
			card.Action = p.base() + "/organisation/decide"
		}
		for _, o := range c.Organisations {
			card.Organisations = append(card.Organisations, p.candidate(o, takings[o.ID], country))
		}
		card.chooseWhoStays()
		card.weighUp(p, country)
		cards[i] = card
	}
	return cards, nil
}

func (s *shell) candidate(o directory.Organisation, taking coverage.Taking, country func(string) resolute.Text) CandidateOrganisation {
	id, scheme := strconv.FormatInt(o.ID, 10), directory.Schemed(o.Ref)
	line := CandidateOrganisation{Key: o.Key, Href: s.URL("/organisation/" + id), Name: cmp.Or(o.Name, o.Ref), Ref: o.Ref, List: cmp.Or(scheme.List, scheme.Scheme), Kind: s.organisationType(o.Type),
		Activities: taking.Activities, Shown: s.URL("/activities", "org", id), organisation: o, codes: []string{}}
	for _, n := range taking.Nations {
		if line.codes = append(line.codes, n.Code); len(line.Countries) < shownNations {
			line.Countries = append(line.Countries, s.In(country(n.Code)).Text)
		} else {
			line.More++
		}
	}
	return line
}

// chooseWhoStays offers the one with an identifier of a list, else with any, and of those the one that takes
// part in most.
func (c *CandidateCard) chooseWhoStays() {
	rank := func(o CandidateOrganisation) int {
		switch {
		case o.List != "":
			return 0
		case o.Ref != "":
			return 1
		default:
			return 2
		}
	}
	best := 0
	for i, o := range c.Organisations {
		if cmp.Or(rank(o)-rank(c.Organisations[best]), c.Organisations[best].Activities-o.Activities) < 0 {
			best = i
		}
	}
	c.Organisations[best].Stays = true
}

// speaks are the codes of what speaks for some being one, and of what speaks against it.
type speaks struct{ forIt, against []string }

// weighUp says what speaks for the candidate and against it besides its reason.
func (c *CandidateCard) weighUp(p *shell, country func(string) resolute.Text) {
	c.speaks = speaks{[]string{}, []string{}}
	if c.Several {
		return
	}
	shared, known := c.sharedNations()
	c.weigh("name", c.texts(func(o CandidateOrganisation) string { return directory.Fold(o.organisation.Name) }))
	c.weigh("type", c.texts(func(o CandidateOrganisation) string { return o.organisation.Type }))
	c.weigh("country", verdict{known && len(shared) > 0, known && len(shared) == 0})
	c.weigh("list", verdict{against: c.listedTwice()})
	var names []string
	for _, code := range shared[:min(shownNations, len(shared))] {
		names = append(names, isolated(p.In(country(code)).Text))
	}
	for _, code := range c.speaks.forIt {
		c.For = append(c.For, p.T("candidates.for."+code, "names", p.List(names)))
	}
	for _, code := range c.speaks.against {
		c.Against = append(c.Against, p.T("candidates.against."+code))
	}
}

// verdict is whether something speaks for or against; neither when it is not known.
type verdict struct{ forIt, against bool }

func (c *CandidateCard) weigh(code string, v verdict) {
	if v.forIt {
		c.speaks.forIt = append(c.speaks.forIt, code)
	}
	if v.against {
		c.speaks.against = append(c.speaks.against, code)
	}
}

// texts compares what is said of each; one of which nothing is said leaves it open.
func (c *CandidateCard) texts(of func(CandidateOrganisation) string) verdict {
	first := of(c.Organisations[0])
	same := true
	for _, o := range c.Organisations {
		text := of(o)
		if text == "" {
			return verdict{}
		}
		same = same && text == first
	}
	return verdict{same, !same}
}

// sharedNations are the countries in which all take part; known is false when one of them names none.
func (c *CandidateCard) sharedNations() (shared []string, known bool) {
	for i, o := range c.Organisations {
		if len(o.codes) == 0 {
			return nil, false
		}
		if i == 0 {
			shared = slices.Clone(o.codes)
			continue
		}
		shared = slices.DeleteFunc(shared, func(code string) bool { return !slices.Contains(o.codes, code) })
	}
	return shared, true
}

// listedTwice tells whether one list gives two of them a number each, which such lists do not do.
func (c *CandidateCard) listedTwice() bool {
	numbers := map[string]string{}
	for _, o := range c.Organisations {
		i := directory.Schemed(o.Ref)
		number := strings.ToUpper(i.Number)
		if i.Scheme == "" {
			continue
		}
		if other, met := numbers[i.Scheme]; met && other != number {
			return true
		}
		numbers[i.Scheme] = number
	}
	return false
}
