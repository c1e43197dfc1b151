package demo

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"time"

	"resolute"
	"resolute/internal/iati"
)

// Options say how much is made. The same options give the same bytes.
type Options struct {
	Activities int
	Seed       uint64
}

// The years in which the demonstration happens; they do not follow the clock, so that a
// demonstration made today equals one made next year.
const (
	firstYear, lastYear = 2020, 2027
	writtenOn           = "2026-09-30T00:00:00Z"
)

// vocabulary addresses that the framework's schemes answer to.
const (
	lineAddress   = "https://resolute.example/scheme/wsis-action-line"
	kindAddress   = "https://resolute.example/scheme/activity-kind"
	sectorAddress = "https://resolute.example/scheme/itu-sector"
	threadAddress = "https://resolute.example/mandate/itu:wtdc/res/30"
)

// countries are where the demonstration works, several in each region; a few are left out on
// purpose, so that the gaps by country have something to show.
var countries = [...]string{"KE", "UG", "ET", "SN", "ML", "RW", "ZM", "JO", "EG", "MR", "TN", "BT", "NP", "FJ", "VU", "LA", "ID",
	"KZ", "KG", "AM", "HT", "BR", "GT", "PE", "JM", "MD", "AL", "GE"}

// Write writes the fictional activities as one IATI file.
func Write(w io.Writer, o Options) error {
	out := iati.NewWriter(w, iati.Root{Kind: "activities", Version: "2.03", GeneratedAt: writtenOn})
	for i := range o.Activities {
		if err := out.WriteActivity(activity(o.Seed, i)); err != nil {
			return fmt.Errorf("write demonstration activity %d: %w", i+1, err)
		}
		if i%97 == 41 { // a publisher that repeats an identifier with an older copy
			if err := out.WriteActivity(older(activity(o.Seed, i))); err != nil {
				return fmt.Errorf("write demonstration activity %d again: %w", i+1, err)
			}
		}
	}
	return out.Close()
}

// maker makes one activity from its own stream of chance, so that activity n is the same
// whatever the number of activities.
type maker struct {
	*rand.Rand
	n int
	a iati.Activity
}

func activity(seed uint64, n int) iati.Activity {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, uint64(n))), n: n}
	p := publishers[min(m.IntN(len(publishers)), m.IntN(len(publishers)))] // the first publishers report most
	t := themes[min(m.IntN(len(themes)), m.IntN(len(themes)+4))%len(themes)]
	m.identity(p, t)
	m.places()
	m.tags(t)
	m.dates()
	m.money(p)
	m.outcome()
	m.faults()
	return m.a
}

func (m *maker) identity(p publisher, t theme) {
	number := strconv.Itoa(m.n + 1)
	m.a = iati.Activity{
		Identifier: p.ref + "-" + number, Lang: p.lang, DefaultCurrency: p.currency, Hierarchy: 1,
		LastUpdated: writtenOn, Reporter: iati.Reporter{Ref: p.ref, Type: p.kind, Name: p.name},
		Title: resolute.Text{}, Descriptions: []iati.Description{{Type: "1", Text: resolute.Text{}}},
	}
	for _, l := range m.languages(p.lang) {
		m.a.Title[l] = t.title[l] + ", " + phase[l] + " " + strconv.Itoa(1+m.n%7) + " (" + fictional[l] + ")"
		m.a.Descriptions[0].Text[l] = marked[l]
	}
	m.a.Participants = []iati.Participant{{Ref: p.ref, Role: "2", Type: p.kind, Name: p.name}}
	for range m.IntN(3) {
		q := publishers[m.IntN(len(publishers))]
		m.a.Participants = append(m.a.Participants, iati.Participant{Ref: q.ref, Role: []string{"1", "3", "4"}[m.IntN(3)], Type: q.kind, Name: q.name})
	}
	if m.IntN(4) == 0 { // partners are often known by name only
		m.a.Participants = append(m.a.Participants, iati.Participant{Role: "4", Type: "10",
			Name: resolute.Text{"en": "Fictional Village Council " + strconv.Itoa(1+m.IntN(40))}})
	}
}

// languages are the publisher's own, English in most cases, and now and then all six.
func (m *maker) languages(own resolute.Lang) []resolute.Lang {
	switch m.IntN(8) {
	case 0:
		return resolute.Langs[:]
	case 1:
		return []resolute.Lang{own}
	}
	if own == resolute.English {
		return []resolute.Lang{own}
	}
	return []resolute.Lang{own, resolute.English}
}

func (m *maker) places() {
	switch m.IntN(12) {
	case 0: // a region only
		m.a.Regions = []iati.Place{{Code: "298", Vocabulary: "1", Share: iati.NotStated}}
		m.a.Scope = "2"
	case 1: // worldwide, no place
		m.a.Scope = "1"
	case 2, 3: // two countries with percentages
		i := m.IntN(len(countries) - 1)
		part := iati.Share(100_000 * (1 + m.IntN(9)))
		m.a.Countries = []iati.Place{{Code: countries[i], Share: part}, {Code: countries[i+1], Share: iati.Whole - part}}
		m.a.Scope = "3"
	default:
		m.a.Countries = []iati.Place{{Code: countries[m.IntN(len(countries))], Share: iati.NotStated}}
		m.a.Scope = "4"
	}
}

func (m *maker) tags(t theme) {
	m.a.Sectors = []iati.Code{{Vocabulary: "1", Code: t.dac, Share: iati.NotStated}}
	stated := m.IntN(3) > 0 // a third of the publishers leaves the tagging to rules
	if stated && t.line != "" {
		m.tag("99", lineAddress, t.line)
	}
	if t.goal != "" && m.IntN(2) == 0 {
		m.tag("2", "", t.goal)
	}
	if t.target != "" && stated {
		m.tag("3", "", t.target)
	}
	m.tag("99", kindAddress, t.kind)
	m.tag("99", sectorAddress, t.sector)
	for _, alias := range t.threads {
		if m.IntN(2) == 0 {
			m.tag("99", threadAddress, alias)
		}
	}
	for code, significance := range map[string]int{"1": m.IntN(3), "11": m.IntN(6) / 4} {
		m.a.Markers = append(m.a.Markers, iati.Marker{Vocabulary: "1", Code: code, Significance: strconv.Itoa(significance)})
	}
	if m.a.Markers[0].Code != "1" { // a map has no order, a file has
		m.a.Markers[0], m.a.Markers[1] = m.a.Markers[1], m.a.Markers[0]
	}
}

func (m *maker) tag(vocabulary, address, code string) {
	m.a.Tags = append(m.a.Tags, iati.Code{Vocabulary: vocabulary, URI: address, Code: code, Share: iati.NotStated, Name: names(vocabulary, code)})
}

// names gives the narrative that the standard wants for codes of a publisher's own vocabulary.
func names(vocabulary, code string) resolute.Text {
	if vocabulary != "99" {
		return nil
	}
	return resolute.Text{"en": code}
}

// dates give a life of one to four years, planned and, once it has begun, actual.
func (m *maker) dates() {
	start := time.Date(firstYear+m.IntN(lastYear-firstYear), time.Month(1+m.IntN(12)), 1+m.IntN(28), 0, 0, 0, 0, time.UTC)
	end := start.AddDate(1+m.IntN(3), m.IntN(12), 0)
	today := time.Date(2026, 9, 30, 0, 0, 0, 0, time.UTC)
	m.a.Status = "1"
	m.a.Dates = []iati.Date{{Type: "1", Day: day(start)}, {Type: "3", Day: day(end)}}
	if start.Before(today) {
		m.a.Status = "2"
		began := min(day(start.AddDate(0, 0, m.IntN(60))), day(today))
		m.a.Dates = append(m.a.Dates, iati.Date{Type: "2", Day: began})
	}
	if end.Before(today) {
		m.a.Status = "4"
		m.a.Dates = append(m.a.Dates, iati.Date{Type: "4", Day: day(end)})
	}
}

func day(t time.Time) string { return t.Format(time.DateOnly) }
