package coverage

import (
	"slices"

	"resolute"
	"resolute/internal/framework"
)

// areaLinker links by countries and regions. Money is split by country first, in the order of
// their codes, and falls to the rows of the view from there.
type areaLinker struct {
	view      *view
	countries *view   // its last row stands for what is for a region and no country
	rolls     []*roll // of a view of groups, by row but for the last, which is of days that are not known
}

func (l areaLinker) counted(a *activity, w flow) split {
	places := linksAt(a.places, int(w.txn))
	if len(places) == 0 {
		places = linksAt(a.places, 0)
	}
	list := make([]share, 0, len(places))
	for _, p := range places {
		list = append(list, share{l.countries.rowOfPlace(p), p.share})
	}
	return newSplit(merge(list))
}

// merge joins the shares of one row, in the list itself: two regions of one activity are one row
// here.
func merge(list []share) []share {
	merged := list[:0]
	for _, s := range list {
		known := false
		for i := range merged {
			if merged[i].row == s.row {
				known = true
				merged[i].stated = withShare(merged[i].stated, s.stated)
			}
		}
		if !known {
			merged = append(merged, s)
		}
	}
	return merged
}

// withShare adds what is stated of a row once more.
func withShare(known, more int64) int64 {
	if more < 0 {
		return known
	}
	return min(max(known, 0)+min(more, mostStated), mostStated)
}

// rowOfPlace gives the row of countries of a place: its country, or the last one for a region.
func (v *view) rowOfPlace(p link) int {
	if p.row == noRow {
		return len(v.ids) - 1
	}
	return int(p.row)
}

func (areaLinker) proposed(*activity, flow) split { return split{whole: 1} }

func (l areaLinker) to(row int, on day) []int { return l.rowsDuring(row, days{on, on}) }

// rowsDuring gives the rows of the view that a country belongs to on any day of a span.
func (l areaLinker) rowsDuring(row int, span days) []int {
	id := l.countries.ids[row]
	switch {
	case l.view.by == ByCountry:
		return l.view.alone(row)
	case l.view.by == ByITURegion:
		return l.regionOf(row)
	case id == RegionRow:
		return nil
	}
	var rows []int
	unknown := false
	for i, roll := range l.rolls {
		switch roll.during(row, span) {
		case framework.Member:
			rows = append(rows, i)
		case framework.NotKnown:
			unknown = true
		}
	}
	if unknown {
		rows = append(rows, l.view.index[NotKnownRow])
	}
	return rows
}

// regionOf gives the row of a country's ITU region; two territories have none. The row of what is
// for a region and no country stands in both views.
func (l areaLinker) regionOf(row int) []int {
	id := l.countries.parent[row]
	if l.countries.ids[row] == RegionRow {
		id = RegionRow
	}
	if region, ok := l.view.index[id]; ok {
		return l.view.alone(region)
	}
	return nil
}

func (l areaLinker) rows(a *activity, p days) (counted, open []int) {
	life := a.life(p)
	for _, place := range a.places {
		if place.txn > 0 && !a.paidIn(int(place.txn), p) {
			continue
		}
		for _, r := range l.rowsDuring(l.countries.rowOfPlace(place), life) {
			counted = appendNew(counted, r)
		}
	}
	return counted, nil
}

// part is a restriction to areas: the part of a flow that falls to them. The areas of one field
// are alternatives; a country must be wanted by every field.
type part struct {
	linker areaLinker
	fields []wish // countries, ITU regions, groups; those that are asked for
	during days
}

// wish is the areas of one field: countries that are wanted whatever the day, and groups.
type wish struct {
	always []bool // by row of countries
	rolls  []*roll
}

// wishFor makes a wish of areas, which are countries, ITU regions and groups by code.
func (b *book) wishFor(areas []string) wish {
	w := wish{always: make([]bool, len(b.countries.ids))}
	for row, id := range b.countries.ids {
		country, known := b.catalogue.Country(id)
		w.always[row] = slices.Contains(areas, id) || known && slices.Contains(areas, country.ITURegion)
	}
	for _, area := range areas {
		if _, group := b.catalogue.Group(area); group {
			w.rolls = append(w.rolls, b.rollOf(area))
		}
	}
	return w
}

// wants tells whether one of the areas holds a country on any day of a span.
func (w *wish) wants(row int, span days) bool {
	return w.always[row] || slices.ContainsFunc(w.rolls, func(r *roll) bool { return r.during(row, span) == framework.Member })
}

// may is a quick look at whether an activity can have anything in the wanted areas.
func (p *part) may(a *activity) bool {
	if p == nil {
		return true
	}
	return !slices.ContainsFunc(p.fields, func(w wish) bool {
		return len(w.rolls) == 0 && !slices.ContainsFunc(a.places, func(place link) bool { return w.always[p.linker.countries.rowOfPlace(place)] })
	})
}

// of gives what of a flow falls to the wanted areas.
func (p *part) of(a *activity, w flow) resolute.Cents {
	if p == nil {
		return w.cents
	}
	var sum resolute.Cents
	p.linker.counted(a, w).give(w.cents, func(row int, c resolute.Cents) {
		if p.wants(row, w.day) {
			sum += c
		}
	})
	return sum
}

// wants tells whether a country belongs to the wanted areas on a day.
func (p *part) wants(row int, on day) bool {
	for i := range p.fields {
		if !p.fields[i].wants(row, days{on, on}) {
			return false
		}
	}
	return true
}

// holds tells whether an activity works in the wanted areas in the period, as its list does: each
// field is met by one of its places.
func (p *part) holds(a *activity) bool {
	if p == nil {
		return true
	}
	life := a.life(p.during)
	for i := range p.fields {
		met := slices.ContainsFunc(a.places, func(place link) bool {
			return (place.txn == 0 || a.paidIn(int(place.txn), p.during)) && p.fields[i].wants(p.linker.countries.rowOfPlace(place), life)
		})
		if !met {
			return false
		}
	}
	return true
}

// mayBe is a quick look at whether what falls to some countries whatever the day can have anything in
// the wanted areas.
func (p *part) mayBe(countries []uint16) bool {
	for i := range p.fields {
		if w := &p.fields[i]; len(w.rolls) == 0 && !slices.ContainsFunc(countries, func(row uint16) bool { return w.always[row] }) {
			return false
		}
	}
	return true
}

// met tells whether each field is met by one of some countries on any day of a life.
func (p *part) met(countries []uint16, life func() days) bool {
	for i := range p.fields {
		w := &p.fields[i]
		if !slices.ContainsFunc(countries, func(row uint16) bool { return w.always[row] || len(w.rolls) > 0 && w.wants(int(row), life()) }) {
			return false
		}
	}
	return true
}

// partOf gives what of an amount falls to the wanted areas on a day.
func (p *part) partOf(x *splitter, s *fall, c resolute.Cents, on day) (sum resolute.Cents) {
	parts, _ := x.of(s, c)
	for i, part := range parts {
		if part != 0 && p.wants(int(s.rows[i]), on) {
			sum += part
		}
	}
	return sum
}
