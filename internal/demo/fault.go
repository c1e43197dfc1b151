package demo

import (
	"resolute"
	"resolute/internal/iati"
)

// faults puts in what real publishers do wrong and the schema cannot forbid, each at a place
// that depends on the number alone, so that sixty activities already show every kind.
func (m *maker) faults() {
	switch m.n % 53 {
	case 7: // prose where a code belongs
		m.a.Tags = append(m.a.Tags, iati.Code{Vocabulary: "2", Code: "Goal 9", Share: iati.NotStated})
	case 13: // a split below the whole
		m.a.Sectors = []iati.Code{{Vocabulary: "1", Code: "22020", Share: 600_000}, {Vocabulary: "1", Code: "22040", Share: 300_000}}
	case 17: // a split above the whole
		m.a.Countries = []iati.Place{{Code: "KE", Share: 700_000}, {Code: "UG", Share: 500_000}}
		m.a.Regions = nil
	case 19: // no date that says what it is
		m.a.Dates = []iati.Date{{Type: "9", Day: day(today)}}
	case 23: // no identifier: refused, its bytes are kept
		m.a.Identifier = ""
	case 29: // repeats what others report
		m.a.Reporter.Secondary = true
	case 33: // more digits than a currency has
		for i := range m.a.Transactions {
			m.a.Transactions[i].Value.Text += "5"
		}
	case 37: // a code of an unknown vocabulary
		m.a.Tags = append(m.a.Tags, iati.Code{Vocabulary: "99", Code: "X-1", Share: iati.NotStated, Name: resolute.Text{"en": "X-1"}})
	case 39: // a point with a comma, and one that nobody filled in
		m.a.Locations = []iati.Location{{Name: m.numbered(sites, 39), Point: iati.PointAt("12.5, 41.25")}, {Name: m.numbered(sites, 40), Point: iati.PointAt("0 0")}}
	case 43: // a paragraph that the resolution does not have
		m.tag("99", paragraphs, "R99")
	case 47: // a country that does not exist
		m.a.Countries = append(m.a.Countries, iati.Place{Code: "QQ", Share: iati.NotStated})
	}
}

// older is the same activity as its publisher had reported it before.
func older(a iati.Activity) iati.Activity {
	a.LastUpdated = "2024-01-31T00:00:00Z"
	a.Transactions = nil
	return a
}
