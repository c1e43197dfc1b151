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
	countries *view // its last row stands for what is stated for a region only
	catalogue *framework.Catalogue
}

func (l areaLinker) counted(a *activity, w flow) split {
	at := 0
	for _, p := range a.places {
		if w.txn > 0 && p.of(int(w.txn)) {
			at = int(w.txn)
		}
	}
	list := make([]share, 0, len(a.places))
	for _, p := range a.places {
		if p.of(at) {
			list = append(list, share{l.row(p), p.share})
		}
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
				if s.stated >= 0 {
					merged[i].stated = max(merged[i].stated, 0) + s.stated
				}
			}
		}
		if !known {
			merged = append(merged, s)
		}
	}
	return merged
}

// row of a place: its country, or the last one for a region.
func (l areaLinker) row(p link) int {
	if p.row == noRow {
		return len(l.countries.ids) - 1
	}
	return int(p.row)
}

func (areaLinker) proposed(*activity, flow) split { return split{whole: 1} }

func (l areaLinker) to(row int, day string) []int { return l.during(row, day, day) }

// during gives the rows of the view that a country belongs to on any day of a span.
func (l areaLinker) during(row int, from, to string) []int {
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
	for i, group := range l.view.ids {
		if group == NotKnownRow {
			continue
		}
		switch l.catalogue.MembershipDuring(group, id, from, to) {
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
// stated for a region only stands in both views.
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

func (l areaLinker) rows(a *activity, p resolute.Period) (counted, open []int) {
	from, to := a.span(p)
	for _, place := range a.places {
		if place.txn > 0 && !a.paidIn(int(place.txn), p) {
			continue
		}
		for _, r := range l.during(l.row(place), from, to) {
			counted = appendNew(counted, r)
		}
	}
	return counted, nil
}

// part is a restriction to areas: the part of a flow that falls to them. The areas of one field
// are alternatives; a country must be wanted by every field.
type part struct {
	linker areaLinker
	fields [][]string // countries, ITU regions, groups; those that are asked for
	period resolute.Period

	always [][]bool // by field, by row of countries: wanted; nil when it depends on the day
}

// settle reckons once which countries are wanted, which it may when no group is asked for.
func (p *part) settle() {
	for _, areas := range p.fields {
		wanted := make([]bool, len(p.linker.countries.ids))
		for row := range wanted {
			wanted[row] = p.asks(areas, row, "", "")
		}
		p.always = append(p.always, wanted)
	}
}

// may is a quick look at whether an activity can have anything in the wanted areas.
func (p *part) may(a *activity) bool {
	if p == nil || p.always == nil {
		return true
	}
	return !slices.ContainsFunc(p.always, func(wanted []bool) bool {
		return !slices.ContainsFunc(a.places, func(place link) bool { return wanted[p.linker.row(place)] })
	})
}

// of gives what of a flow falls to the wanted areas.
func (p *part) of(a *activity, w flow) resolute.Cents {
	if p == nil {
		return w.cents
	}
	var sum resolute.Cents
	p.linker.counted(a, w).give(w.cents, func(row int, c resolute.Cents) {
		for field := range p.fields {
			if !p.wants(field, row, w.day, w.day) {
				return
			}
		}
		sum += c
	})
	return sum
}

// holds tells whether an activity works in the wanted areas in the period, as its list does: each
// field is met by one of its places.
func (p *part) holds(a *activity) bool {
	if p == nil {
		return true
	}
	from, to := a.span(p.period)
	for field := range p.fields {
		met := slices.ContainsFunc(a.places, func(place link) bool {
			return (place.txn == 0 || a.paidIn(int(place.txn), p.period)) && p.wants(field, p.linker.row(place), from, to)
		})
		if !met {
			return false
		}
	}
	return true
}

// wants tells whether one of the areas of a field holds a country on any day of a span.
func (p *part) wants(field, row int, from, to string) bool {
	if p.always != nil {
		return p.always[field][row]
	}
	return p.asks(p.fields[field], row, from, to)
}

// asks tells it by the areas themselves.
func (p *part) asks(areas []string, row int, from, to string) bool {
	id := p.linker.countries.ids[row]
	country, known := p.linker.catalogue.Country(id)
	return slices.ContainsFunc(areas, func(area string) bool {
		if area == id || known && area == country.ITURegion {
			return true
		}
		_, group := p.linker.catalogue.Group(area)
		return group && known && p.linker.catalogue.MembershipDuring(area, id, from, to) == framework.Member
	})
}
