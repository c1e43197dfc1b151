package coverage

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"resolute/internal/framework"
)

// sieve is a filter as it works on the columns of one block.
type sieve struct {
	*matcher
	piece
	*aspect
	stock *stock
	c     *columns
	u     *unpacker
	stale day // evidence before it is old
	there int // rows that count, and lie in the period if they should be, once the base is known

	asked, unpaid bitset // rows, and those of them without money in the period; nil: nobody asked yet
}

func (s *snapshot) sieve(m *matcher, p piece) *sieve {
	return &sieve{matcher: m, piece: p, stock: &s.facts.stock, aspect: p.aspectOf(&s.facts.stock, s.book), c: p.columnsOf(&s.facts.stock, s.book), u: s.facts.unpacker(s.book),
		stale: monthsBefore(m.end, staleMonths)}
}

// chosen are the rows of a piece that fit a filter, and those that fit all fields but one.
type chosen struct {
	all bitset
	but []bitset // by facet; nil: as all
	odd []odd    // rows that are not among them, since their columns say too little of the period
}

// odd is a row that was looked at by itself.
type odd struct {
	row       int
	failed    uint // fields whose wanted values it does not have, as bits
	placeless bool // it works at no place in the period
}

// choose finds the rows that fit. Inside wants them to lie in the period as well.
func (x *sieve) choose(inside bool) chosen {
	base := x.base(inside)
	out := chosen{odd: x.odds(base)}
	if x.wanted == nil {
		out.all = base
		return out
	}
	out.but = make([]bitset, len(facetFields))
	has := make([]bitset, len(facetFields))
	out.all = slices.Clone(base)
	for i := range x.wanted {
		if len(x.wanted[i].values) > 0 {
			has[i] = x.have(base, i)
			out.all.keep(has[i])
		}
	}
	for i := range has {
		if has[i] == nil {
			continue
		}
		out.but[i] = slices.Clone(base)
		for k := range has {
			if k != i && has[k] != nil {
				out.but[i].keep(has[k])
			}
		}
	}
	return out
}

// base are the rows that count, lie in the period if they should, and have what is wanted of fields
// without a facet.
func (x *sieve) base(inside bool) bitset {
	rows := x.counting(x.stock, x.book, x.rule)
	if inside && x.during != allTime {
		rows.only(func(row int) bool { return !x.c.dated.has(row) || x.during.touches(x.c.starts[row], x.c.ends[row]) })
	}
	x.there = rows.count()
	for _, s := range x.sought {
		rows.keep(s.rows(x))
	}
	x.onlyNamed(rows, x.filter.Reporters, x.c.reporter)
	x.onlyNamed(rows, x.filter.Sources, x.c.source)
	return rows
}

func (x *sieve) onlyNamed(rows bitset, wanted []string, column []uint32) {
	if len(wanted) > 0 {
		rows.only(func(row int) bool { return slices.Contains(wanted, x.u.texts[column[row]]) })
	}
}

// odds takes rows out whose columns do not say what they are about in the period, and looks at
// each by itself.
func (x *sieve) odds(rows bitset) (list []odd) {
	if x.during == allTime {
		return nil
	}
	for row, span := range x.c.own {
		if !rows.has(row) || x.during.holdsAll(span) {
			continue
		}
		rows.remove(row)
		h := x.look(x.read(x.u, row))
		list = append(list, odd{row, x.failed(h), h.lack(LacksPlace)})
	}
	return list
}

// have are the rows that have one of the wanted values of a field.
func (x *sieve) have(base bitset, i int) bitset {
	rows, f, w := slices.Clone(base), facetFields[i], x.wanted[i]
	switch {
	case f.ofRows():
		l := x.listOf(f.rows)
		wanted := make([]bool, math.MaxUint16+1)
		for _, row := range w.rows {
			wanted[uint16(row)] = row != noRow
		}
		rows.only(func(row int) bool { return slices.ContainsFunc(l.of(row), func(v uint16) bool { return wanted[v] }) })
	case f.name == "org":
		ids := numbers(w.values)
		rows.only(func(row int) bool {
			return slices.ContainsFunc(x.c.organisations.of(row), func(id uint32) bool { return slices.Contains(ids, id) })
		})
	case f.name == "group":
		x.onlyGroups(rows, w.values)
	case f.name == "lacks":
		rows = newBitset(x.rows())
		for _, lack := range w.values {
			rows.unite(x.lacking(lack, base))
		}
	case f.name == "state":
		rows.only(func(row int) bool { return slices.Contains(w.values, States[x.stateOf(row)]) })
	default:
		n := x.narrowOf(f.name)
		wanted := make([]bool, len(n.values))
		for code, v := range n.values {
			wanted[code] = slices.ContainsFunc(parts(f.name, v), func(part string) bool { return slices.Contains(w.values, part) })
		}
		rows.only(func(row int) bool { return wanted[n.codes[row]] })
	}
	return rows
}

// parts are the values that one of a narrow column stands for: roles are sets.
func parts(name, v string) []string {
	switch {
	case v == "":
		return nil
	case name == "role":
		return strings.Split(v, roleBreak)
	}
	return []string{v}
}

func numbers(texts []string) (list []uint32) {
	for _, text := range texts {
		if n, err := strconv.ParseUint(text, 10, 32); err == nil && strconv.FormatUint(n, 10) == text {
			list = append(list, uint32(n))
		}
	}
	return list
}

func (x *sieve) listOf(rows about) *lists[uint16] {
	if rows == threads {
		return &x.threads
	}
	return x.c.list(rows)
}

func (x *sieve) narrowOf(name string) *narrow {
	switch name {
	case "status":
		return &x.c.status
	case "kind":
		return &x.c.kind
	case "sector":
		return &x.c.sector
	case "level":
		return &x.c.level
	}
	return &x.c.roles
}

// onlyGroups keeps the rows that work in one of some groups in the period.
func (x *sieve) onlyGroups(rows bitset, groups []string) {
	of := make([]standings, len(groups))
	for i, group := range groups {
		of[i] = x.book.standingsIn(group)
	}
	rows.only(func(row int) bool {
		return slices.ContainsFunc(of, func(g standings) bool { return g.hold(x.c.nations.of(row), func() days { return x.life(row) }) })
	})
}

// life is the part of a row's life inside the period.
func (x *sieve) life(row int) days {
	return lifeIn(x.during, x.c.dated.has(row), x.c.starts[row], x.c.ends[row])
}

// standings are how each country stands to a group: in it or not whatever the day, or by the day.
type standings struct {
	*roll
	always []framework.Known // by row of countries; NotKnown: look at the days
}

func (b *book) standingsIn(group string) standings {
	s := standings{roll: b.rollOf(group), always: make([]framework.Known, len(b.countries.ids))}
	for row, spells := range s.known {
		s.always[row] = framework.NotKnown
		if !slices.ContainsFunc(spells, func(k framework.Known) bool { return (k == framework.Member) != (spells[0] == framework.Member) }) {
			s.always[row] = framework.NotMember
			if spells[0] == framework.Member {
				s.always[row] = framework.Member
			}
		}
	}
	return s
}

// hold tells whether one of some countries is in the group on any day of a life.
func (s standings) hold(countries []uint16, life func() days) bool {
	for _, row := range countries {
		switch s.always[row] {
		case framework.Member:
			return true
		case framework.NotKnown:
			if s.member(int(row), life()) {
				return true
			}
		}
	}
	return false
}

// The places of the states in States.
const (
	isAnswered = iota
	isPartly
	isProposed
	isNothing
	isNoReport
	nstates
)

// stateOf is what the rules say of a row alone, as a place in States.
func (x *sieve) stateOf(row int) int {
	switch {
	case !x.linked.has(row) && !x.opened.has(row):
		return isNothing
	case !x.linked.has(row) || !x.c.begun.has(row):
		return isProposed
	case !x.c.several.has(row):
		return isPartly
	}
	h := happenedIn(x.c.traces.of(row), x.during)
	switch {
	case !h.paid || !h.result || h.last < x.stale:
		return isPartly
	case x.c.checked.has(row):
		a := x.read(x.u, row)
		return slices.Index(States, a.state(x.book.codesOf(a), x.during, x.end))
	}
	return isAnswered
}
