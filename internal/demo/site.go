package demo

import (
	"resolute"
	"resolute/internal/iati"
)

// below puts the activity into a fictional place of a country, told in one of the ways in which published
// activities tell of places: a district, a town, a site, a site with the district whose people it is for, a name alone.
func (m *maker) below(at place) {
	number := 1 + m.IntN(60)
	spot := iati.PointAt(at.latitude + itoa(m.IntN(100)) + " " + at.longitude + itoa(m.IntN(100)))
	m.a.Scope = "6"
	m.a.Countries = []iati.Place{country(at, iati.NotStated)}
	district := iati.Location{Ref: "DISTRICT-" + itoa(number), Reach: "1", Name: m.numbered(districts, number), Description: m.said(nowhere),
		Administrative: []iati.Administrative{{Vocabulary: "A4", Level: "0", Code: at.country}}, Point: spot, Exactness: "2", Class: "1", Feature: "ADM1"}
	site := iati.Location{Ref: "SITE-" + itoa(number), Reach: "1", Name: m.numbered(sites, number), Description: m.said(nowhere), ActivityDescription: m.said(equipped),
		Administrative: district.Administrative, Point: spot, Exactness: "1", Class: "3", Feature: "TOWR"}
	switch number % 5 {
	case 0:
		m.a.Locations = []iati.Location{district}
	case 1:
		m.a.Locations = []iati.Location{site}
	case 2:
		m.a.Locations = []iati.Location{{Ref: "TOWN-" + itoa(number), Reach: "1", Name: m.numbered(towns, number), Point: spot, Exactness: "2", Class: "2", Feature: "PPL"}}
	case 3: // whose people it is for is stated without a point
		district.Reach, district.Point, district.Exactness = "2", iati.Point{}, ""
		m.a.Locations = []iati.Location{site, district}
	case 4:
		m.a.Locations = []iati.Location{{Name: m.numbered(districts, number)}}
	}
}

// said gives a text in the languages of the title.
func (m *maker) said(t resolute.Text) resolute.Text {
	out := resolute.Text{}
	for l := range m.a.Title {
		out[l] = t[l]
	}
	return out
}

// numbered is said with a number behind.
func (m *maker) numbered(t resolute.Text, n int) resolute.Text {
	out := m.said(t)
	for l := range out {
		out[l] += " " + itoa(n)
	}
	return out
}
