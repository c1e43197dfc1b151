package coverage

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"resolute"
)

// roles are the codes of IATI OrganisationRole.
var roles = [...]string{"1", "2", "3", "4"}

// Roles lists the codes of IATI OrganisationRole: funding, accountable, extending, implementing.
func Roles() []string { return slices.Clone(roles[:]) }

// takesPart notes an organisation and its role, which may be unknown; known finds those of the activity.
func (a *activity) takesPart(known *finder[int64], organisation int64, role string) {
	at := known.find(a.organisations, organisation)
	if at < 0 {
		at = len(a.organisations)
		a.organisations, a.parts = append(a.organisations, organisation), append(a.parts, 0)
	}
	if bit := slices.Index(roles[:], role); bit >= 0 {
		a.parts[at] |= 1 << bit
	}
}

// PartyRole is what an organisation takes part in under one role: the money is that of the
// activities as a whole, whoever pays, and one activity may stand under several roles.
type PartyRole struct {
	Role               string // empty: no role is stated
	Activities         int
	Commitments, Spent Money
}

// Party is an organisation as its activities show it.
type Party struct {
	Organisation
	Activities int
	Roles      []PartyRole // those that it has, in the order of Roles, at last the one not stated
	Partners   []Partner   // who takes part in the same activities
	Nations    []Count
	Years      []Year // of its activities as a whole
	Conversion *Conversion
}

// Party tells what an organisation takes part in, among the activities of a filter. One that
// takes part in nothing that counts in the period, or is not known at all, comes back without
// activities.
func (c *Coverage) Party(ctx context.Context, id int64, f Filter, p resolute.Period) (Party, error) {
	s, err := c.now(ctx)
	if err != nil {
		return Party{}, fmt.Errorf("tell what organisation %d takes part in: %w", id, err)
	}
	id = s.facts.united.of(id)
	f.Organisations = []string{strconv.FormatInt(id, 10)}
	b := s.behindOf(f, p)
	out := Party{Organisation: s.facts.names[id], Nations: b.nations, Years: b.years, Conversion: b.conversion, Roles: s.partyRoles(f, id, p)}
	for _, partner := range b.partners {
		if partner.ID == id {
			out.Activities = partner.Activities
		} else {
			out.Partners = append(out.Partners, partner)
		}
	}
	return out, nil
}

func (s *snapshot) partyRoles(f Filter, id int64, p resolute.Period) []PartyRole {
	sums := make([]PartyRole, len(roles)+1)
	m := s.matcher(f, p)
	s.each(s.fitting(m, true), func(a *activity) {
		bits := a.parts[slices.Index(a.organisations, id)]
		for k := range sums {
			if k < len(roles) && bits&(1<<k) != 0 || k == len(roles) && bits == 0 {
				sums[k].add(a, m)
			}
		}
	})
	for k, role := range roles {
		sums[k].Role = role
	}
	return slices.DeleteFunc(sums, func(r PartyRole) bool { return r.Activities == 0 })
}

func (r *PartyRole) add(a *activity, m *matcher) {
	r.Activities++
	for _, w := range a.flows {
		if w.figure > spent || !m.during.holds(w.day) || w.left.has(m.rule) {
			continue
		}
		if w = m.to.convert(w); w.figure == commitments {
			r.Commitments.add(w.currency.Value(), w.cents)
		} else {
			r.Spent.add(w.currency.Value(), w.cents)
		}
	}
}
