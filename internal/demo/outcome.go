package demo

import (
	"strings"

	"resolute/internal/iati"
)

// outcome adds what proves an effect: half of the activities that have begun report a result, a
// third a document. The addresses lead to a reserved name that can never exist.
func (m *maker) outcome() {
	if m.a.Status == "1" || m.t.goes(unproven) {
		return
	}
	if chance := m.IntN(2) == 0; (m.sure || chance) && !m.t.goes(noResult) {
		m.results()
	}
	start, _ := m.life()
	if published := start.AddDate(0, 9, 0); m.IntN(3) == 0 && published.Before(today) {
		m.a.Documents = []iati.Document{{URL: "https://documents.example/" + m.a.Identifier + ".pdf", Format: "application/pdf",
			Title: in(report, m.spoken()), Categories: []string{"A01"}, Languages: []string{string(m.p.lang)}, Day: day(published)}}
	}
}

// results reports one indicator for each year that is over, two at most: some beyond the
// target, some far below.
func (m *maker) results() {
	start, _ := m.life()
	title := in(m.indicators[m.t.kind], m.spoken())
	indicator := iati.Indicator{Measure: "1", Ascending: true, Title: title, Baselines: []iati.Baseline{{Year: itoa(start.Year()), Value: itoa(m.IntN(50))}}}
	if strings.Contains(m.t.aim, ".") && m.IntN(2) == 0 {
		indicator.References = []iati.Reference{{Vocabulary: "9", Code: m.t.aim + ".1"}}
	}
	target := 100 * (1 + m.IntN(scale[m.t.kind]))
	for year := range 2 {
		from, to := start.AddDate(year, 0, 0), start.AddDate(year+1, 0, -1)
		if to.After(today) {
			break
		}
		indicator.Periods = append(indicator.Periods, iati.ResultPeriod{Start: day(from), End: day(to),
			Targets: []iati.Measurement{{Value: itoa(target * (year + 1))}}, Actuals: []iati.Measurement{{Value: itoa(target * (year + 1) * (30 + m.IntN(90)) / 100)}}})
	}
	if len(indicator.Periods) > 0 {
		m.a.Results = []iati.Result{{Type: []string{"1", "2"}[m.IntN(2)], Title: title, Indicators: []iati.Indicator{indicator}}}
	}
}
