package demo

import (
	"strings"

	"resolute/internal/iati"
)

// places says where the activity happens: most in one country, some below it, across several
// with percentages, in a country and a region, in a region only, or everywhere.
func (m *maker) places() {
	at := m.anywhere()
	switch i := m.IntN(14); {
	case strings.Contains(strings.Join(m.t.concepts, " "), regionalInitiative):
		m.acrossRegion(at)
	case m.t.sector == "GS" && i < 6 || i == 0:
		m.a.Scope = "1"
	case i == 1:
		m.a.Scope = "2"
		m.a.Regions = []iati.Place{region(at, iati.NotStated)}
	case i == 2:
		m.a.Scope = "4"
		m.a.Countries = []iati.Place{country(at, 700_000)}
		m.a.Regions = []iati.Place{region(at, 300_000)}
	case i == 3 || i == 4:
		m.acrossCountries(at)
	case i == 5 || i == 6:
		m.below(at)
	default:
		m.a.Scope = "4"
		m.a.Countries = []iati.Place{country(at, iati.NotStated)}
	}
}

// anywhere is a country in which the publisher works.
func (m *maker) anywhere() place {
	if len(m.p.countries) > 0 {
		return m.countries[m.p.countries[m.IntN(len(m.p.countries))]]
	}
	return m.world.places[min(m.IntN(len(m.world.places)), m.IntN(len(m.world.places)))]
}

// acrossCountries divides the activity between two countries.
func (m *maker) acrossCountries(at place) {
	other := m.anywhere()
	if other == at {
		m.a.Scope, m.a.Countries = "4", []iati.Place{country(at, iati.NotStated)}
		return
	}
	part := iati.Share(100_000 * (1 + m.IntN(9)))
	m.a.Scope, m.a.Countries = "3", []iati.Place{country(at, part), country(other, iati.Whole-part)}
}

// acrossRegion divides the activity between the countries of one ITU region, three at most.
func (m *maker) acrossRegion(at place) {
	m.a.Scope, m.a.Countries = "2", []iati.Place{country(at, 400_000)}
	for _, p := range m.world.places {
		if p.ituRegion == at.ituRegion && p != at && len(m.a.Countries) < 3 {
			m.a.Countries = append(m.a.Countries, country(p, 300_000))
		}
	}
}

func country(p place, share iati.Share) iati.Place {
	return iati.Place{Code: p.country, Share: share}
}

func region(p place, share iati.Share) iati.Place {
	return iati.Place{Code: p.dacRegion, Vocabulary: "1", Share: share}
}
