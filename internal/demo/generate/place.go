package generate

import "strconv"

// location is one place below the country. What is empty is not stated.
type location struct {
	pos                               string // of the point; empty: it has none, or an empty one
	point                             bool
	broken                            string // fault of the point that makes it one that cannot be shown
	unnamed                           bool   // the point does not say its reference system
	ref, named, described             bool
	reach, exactness, class, feature  string
	gazetteer, gazetteerCode          string
	division, level, administrativeOf string // vocabulary, level and code of the administrative division
}

// What published places state, in a thousand, as counted in 2,757 places of 2,212 activities.
const (
	placeRef       = 345
	placeReach     = 635
	placeGazetteer = 365
	placeName      = 787
	placeDescribed = 448
	placeDivision  = 222
	placePoint     = 771
	placeExactness = 660
	placeClass     = 658
	placeFeature   = 193
)

// The codes that they state, and how often.
var (
	classRates   = weigh(443, 83, 459, 15) // 1 to 4
	features     = [...]string{"BLDO", "ADMD", "ADM2", "ADM1"}
	featureRates = weigh(876, 96, 15, 13)
	digitRates   = weigh(20, 10, 6, 40, 303, 64, 557) // decimals of a coordinate, 0 to 6
)

// realLocations decides about the places below the country, from a stream of its own.
func (m *maker) realLocations() {
	var c chance
	c.begin(m.o.Seed, forPlaces, m.facts.n)
	for range locationLaw.draw(&c) {
		m.facts.locations = append(m.facts.locations, m.location(&c))
	}
}

func (m *maker) location(c *chance) location {
	l := location{ref: c.in(placeRef), named: c.in(placeName), described: c.in(placeDescribed)}
	country := ""
	if len(m.facts.countries) > 0 {
		country = m.facts.countries[c.below(len(m.facts.countries))].code
	}
	if c.in(placeReach) {
		l.reach = either(c, 688, "1", "2")
	}
	if c.in(placeGazetteer) {
		l.gazetteer, l.gazetteerCode = coded(c, country, 543)
	}
	if c.in(placeDivision) {
		l.division, l.administrativeOf = coded(c, country, 945)
		if l.division == "G1" || c.in(59) {
			l.level = "1"
		}
	}
	if c.in(placePoint) {
		l.point, l.pos = true, position(c, country)
		if m.o.Faults {
			m.breakPoint(c, &l)
		}
	}
	if c.in(placeExactness) {
		l.exactness = either(c, 202, "1", "2")
	}
	if c.in(placeClass) {
		l.class = strconv.Itoa(1 + classRates.pick(c))
	}
	if c.in(placeFeature) {
		l.feature = features[featureRates.pick(c)]
	}
	return l
}

func either(c *chance, thousand int, first, second string) string {
	if c.in(thousand) {
		return first
	}
	return second
}

// coded gives the code of the country (vocabulary A4) so many times in a thousand, else a made-up one of a gazetteer.
func coded(c *chance, country string, thousand int) (vocabulary, code string) {
	if country != "" && c.in(thousand) {
		return "A4", country
	}
	return "G1", strconv.Itoa(90_000_000 + c.below(9_000_000)) // beyond the numbers that Geonames has given
}

// position makes up a point; those of one country lie near each other, and nowhere near it.
func position(c *chance, country string) string {
	var own chance
	at := c
	if country != "" {
		own.begin(1, forPlaces, int(country[0])<<8|int(country[1]))
		at = &own
	}
	latitude, longitude := at.below(90)-35, at.below(300)-150
	digits := digitRates.pick(c)
	return degree(c, latitude, digits) + " " + degree(c, longitude, digits)
}

// degree writes a coordinate up to three degrees from a whole one; it is never zero.
func degree(c *chance, whole, digits int) string {
	whole += c.below(6) - 3
	if whole == 0 {
		whole = 1
	}
	text := strconv.Itoa(whole)
	if digits == 0 {
		return text
	}
	text += "."
	for range digits {
		text += string(byte('0' + c.below(10)))
	}
	return text
}

// breakPoint does to some points what publishers do wrong.
func (m *maker) breakPoint(c *chance, l *location) {
	if l.unnamed = c.in(96); l.unnamed {
		m.facts.fault("point-without-system", "")
	}
	switch i := c.below(1000); {
	case i >= 10:
		return
	case i < 2:
		l.broken, l.pos = "point-empty", ""
	case i < 4:
		l.broken, l.pos = "point-with-comma", "12.5, 41.25"
	case i < 6:
		l.broken, l.pos = "point-in-metres", "62933.5 172718.5"
	case i < 8:
		l.broken, l.pos = "point-swapped", "141.25 12.5"
	default:
		l.broken, l.pos = "point-zero", "0 0"
	}
	m.facts.fault(l.broken, l.pos)
}

// locations writes the places below the country.
func (m *maker) locations() {
	for i := range m.facts.locations {
		m.place(&m.facts.locations[i], i+1)
	}
}

func (m *maker) place(l *location, n int) {
	p := &m.page
	p.put("<location")
	if l.ref {
		p.attr("ref", "PLACE-"+strconv.Itoa(n))
	}
	p.put(">")
	p.code("location-reach", l.reach)
	if l.gazetteer != "" {
		p.put(`<location-id vocabulary="` + l.gazetteer + `" code="` + l.gazetteerCode + `"/>`)
	}
	if l.named {
		p.put("<name><narrative>Fictional ")
		m.placeName()
		p.put("</narrative></name>")
	}
	if l.described {
		m.passage("description", m.facts.pub.lang)
	}
	if l.division != "" {
		p.put(`<administrative vocabulary="` + l.division + `"`)
		p.attr("level", l.level)
		p.put(` code="` + l.administrativeOf + `"/>`)
	}
	if l.point {
		p.put("<point")
		if !l.unnamed {
			p.put(` srsName="http://www.opengis.net/def/crs/EPSG/0/4326"`)
		}
		p.put("><pos>" + l.pos + "</pos></point>")
	}
	p.code("exactness", l.exactness)
	p.code("location-class", l.class)
	p.code("feature-designation", l.feature)
	p.put("</location>\n")
}

// code writes an element that has a code and stands in the line of another; none when it is empty.
func (p *page) code(name, code string) {
	if code != "" {
		p.put("<" + name + ` code="` + code + `"/>`)
	}
}
