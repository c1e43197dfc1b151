package demo

import (
	"time"

	"resolute/internal/iati"
)

// today is the day on which the demonstration was written.
var today = time.Date(2026, 9, 30, 0, 0, 0, 0, time.UTC)

// dates give a life of one to four years, planned and, once it has begun, actual.
func (m *maker) dates() {
	start, end := m.span()
	m.a.Status = "1"
	m.a.Dates = []iati.Date{{Type: "1", Day: day(start)}, {Type: "3", Day: day(end)}}
	if m.t.goes(unproven) {
		m.a.Status = "2"
		return
	}
	if start.Before(today) {
		m.a.Status = "2"
		m.a.Dates = append(m.a.Dates, iati.Date{Type: "2", Day: min(day(start.AddDate(0, 0, m.IntN(60))), day(today))})
	}
	if end.Before(today) {
		m.a.Status = "4"
		m.a.Dates = append(m.a.Dates, iati.Date{Type: "4", Day: day(end)})
	} else if m.a.Status == "2" && m.IntN(40) == 0 {
		m.a.Status = []string{"3", "5", "6"}[m.IntN(3)] // finalisation, cancelled, suspended
	}
}

// span gives the planned life. Those that show a theme in full begin where a year of results
// lies within the last two years.
func (m *maker) span() (start, end time.Time) {
	month := func(year, first, months int) time.Time {
		return time.Date(year, time.Month(first+m.IntN(months)), 1+m.IntN(28), 0, 0, 0, 0, time.UTC)
	}
	switch {
	case m.t.goes(stale):
		start = month(2019, 1, 20)
		return start, start.AddDate(1, m.IntN(12), 0)
	case m.t.goes(planned):
		start = month(2027, 1, 12)
	case m.t.goes(unproven):
		start = month(2025, 1, 12)
	case m.sure:
		start = month(2023, 12, 18)
	default:
		start = month(2020, 1, 84)
	}
	return start, start.AddDate(1+m.IntN(3), m.IntN(12), 0)
}

func day(t time.Time) string { return t.Format(time.DateOnly) }

// life is the span of the planned dates.
func (m *maker) life() (start, end time.Time) {
	start, _ = time.Parse(time.DateOnly, m.a.Dates[0].Day) // written by dates, so always sound
	end, _ = time.Parse(time.DateOnly, m.a.Dates[1].Day)
	return start, end
}
