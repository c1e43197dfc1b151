package measure

import (
	"slices"
	"strings"

	"resolute"
)

// subject is an area or a group.
type subject struct {
	key   string // ISO 3166 alpha-2, or key of the group
	id    int    // of an area
	group bool
}

func (b *board) subject(key string) (subject, bool) {
	if strings.EqualFold(key, World) {
		return subject{World, -1, true}, true
	}
	if group, known := b.catalogue.Group(key); known {
		return subject{group.Key, -1, true}, true
	}
	if country, known := b.catalogue.Country(key); known {
		return subject{country.ISO2, b.id(country.ISO3), false}, true
	}
	region, known := b.catalogue.Group("ITU:" + strings.ToUpper(key))
	return subject{region.Key, -1, true}, known
}

// with are those to compare with: what is asked for, else of a country its ITU region and the world, of
// a group the world.
func (b *board) with(who subject, asked string) (list []subject, err error) {
	if asked != "" {
		other, known := b.subject(asked)
		if !known || other.key == who.key {
			return nil, &resolute.Error{Code: resolute.Usage, Field: "beside", Message: "want another country, a group of the reference tables, or " + World + ": " + asked}
		}
		return []subject{other}, nil
	}
	if country, known := b.catalogue.Country(who.key); !who.group && known && country.ITURegion != "" {
		list = append(list, subject{"ITU:" + country.ITURegion, -1, true})
	}
	if who.key != World {
		list = append(list, subject{World, -1, true})
	}
	return list, nil
}

// choose picks the table of a concept with the newest value of the subject, of several the first, and
// the year: of a group the newest that its rule covers sufficiently, else the last full one.
func (b *board) choose(held []*heldConcept, who subject) (best *heldConcept, year int, there bool) {
	sufficient := false
	for _, h := range held {
		if !who.group {
			if newest, has := h.newest(who.id); has && newest > year {
				best, year, there = h, newest, true
			}
			continue
		}
		newest, covered, has := b.newestOf(h, who.key)
		if has && (!there || covered && !sufficient || covered == sufficient && newest > year) {
			best, year, there, sufficient = h, newest, true, covered
		}
	}
	return best, year, there
}

// newestOf is the newest year of a group with a sufficient figure, else the last full one in which any
// of its areas has a value.
func (b *board) newestOf(h *heldConcept, group string) (year int, sufficient, there bool) {
	w := b.walk(h)
	for _, y := range slices.Backward(h.years) {
		f, panel := w.of(group, y)
		if f.Sufficient {
			return y, true, true
		}
		if len(panel) > 0 && (!there || y == h.last) {
			year, there = y, true
		}
	}
	return year, false, there
}

// ranked are the groups among which an area has a rank: the world, its ITU region, and the one it is
// compared with.
func (b *board) ranked(who subject, with []subject) []string {
	list := []string{World}
	if country, known := b.catalogue.Country(who.key); known && country.ITURegion != "" {
		list = append(list, "ITU:"+country.ITURegion)
	}
	for _, other := range with {
		if other.group && !slices.Contains(list, other.key) {
			list = append(list, other.key)
		}
	}
	return list
}
