package demo

import (
	"strconv"
	"time"

	"resolute"
	"resolute/internal/iati"
)

// money gives a commitment at the start, payments along the life up to the day of writing, a
// yearly budget, and now and then incoming funds, a pledge or a reversal. One activity in nine
// has no money, one in eleven uses a second currency.
func (m *maker) money(p publisher) {
	if m.IntN(9) == 0 {
		return
	}
	start, end := m.life()
	amount := int64(20_000+m.IntN(900)*1000) * 100
	m.transaction("2", start, p.currency, amount)
	if m.IntN(3) == 0 {
		m.transaction("1", start, p.currency, amount/2)
	}
	if m.IntN(20) == 0 {
		m.transaction("13", start, p.currency, amount*2)
	}
	paid := start
	for range 1 + m.IntN(7) {
		paid = paid.AddDate(0, 2+m.IntN(6), m.IntN(25))
		if paid.After(end) {
			break
		}
		m.transaction([]string{"3", "4"}[m.IntN(2)], paid, p.currency, amount/int64(3+m.IntN(9))+int64(m.IntN(100)))
	}
	if m.IntN(18) == 0 {
		m.transaction("3", paid, p.currency, -amount/50)
	}
	if m.IntN(11) == 0 {
		m.transaction("4", start.AddDate(0, 1, 0), "EUR", int64(m.IntN(5_000_000)))
	}
	for year := start.Year(); year <= min(end.Year(), start.Year()+2); year++ {
		y := strconv.Itoa(year)
		m.a.Budgets = append(m.a.Budgets, iati.Budget{Type: "1", Status: "2", From: y + "-01-01", To: y + "-12-31",
			Value: value(p.currency, y+"-01-01", amount/3)})
	}
}

// life is the span of the planned dates.
func (m *maker) life() (start, end time.Time) {
	start, _ = time.Parse(time.DateOnly, m.a.Dates[0].Day) // written by dates, so always sound
	end, _ = time.Parse(time.DateOnly, m.a.Dates[1].Day)
	return start, end
}

// transaction adds a movement of money; none is dated after the day of writing.
func (m *maker) transaction(kind string, on time.Time, currency string, cents int64) {
	if day(on) > writtenOn[:10] {
		return
	}
	m.a.Transactions = append(m.a.Transactions, iati.Transaction{Type: kind, Date: day(on), Value: value(currency, day(on), cents)})
}

func value(currency, on string, cents int64) iati.Value {
	c := resolute.Cents(cents)
	return iati.Value{Currency: currency, ValueDate: on, Text: c.String(), Cents: c, Exact: true, OK: true}
}

// outcome adds what proves an effect: half of the running activities report a result, a third
// a document. The addresses lead to a reserved name that can never exist.
func (m *maker) outcome() {
	if m.a.Status == "1" {
		return
	}
	start, _ := m.life()
	reported := start.AddDate(1, 0, -1)
	if m.IntN(2) == 0 && day(reported) <= writtenOn[:10] {
		m.a.Results = []iati.Result{{Type: "1", Title: resolute.Text{"en": "Persons reached (fictional)"}, Indicators: []iati.Indicator{{
			Measure: "1", Ascending: true, Title: resolute.Text{"en": "Persons reached"},
			Baselines: []iati.Baseline{{Year: strconv.Itoa(start.Year()), Value: "0"}},
			Periods: []iati.ResultPeriod{{Start: day(start), End: day(reported),
				Targets: []iati.Measurement{{Value: "1000"}}, Actuals: []iati.Measurement{{Value: strconv.Itoa(m.IntN(2000))}}}},
		}}}}
	}
	published := start.AddDate(0, 9, 0)
	if m.IntN(3) == 0 && day(published) <= writtenOn[:10] {
		m.a.Documents = []iati.Document{{URL: "https://documents.example/" + m.a.Identifier + ".pdf", Format: "application/pdf",
			Title: resolute.Text{"en": "Progress report (fictional)"}, Categories: []string{"A01"}, Languages: []string{"en"}, Day: day(published)}}
	}
}

// faults puts in what real publishers do wrong, each at a place that depends on the number
// alone, so that a demonstration of sixty activities already shows every kind.
func (m *maker) faults() {
	switch m.n % 53 {
	case 7: // prose where a code belongs
		m.a.Tags = append(m.a.Tags, iati.Code{Vocabulary: "2", Code: "Goal 9", Share: iati.NotStated})
	case 13: // a split that does not add up
		m.a.Sectors = []iati.Code{{Vocabulary: "1", Code: "22020", Share: 600_000}, {Vocabulary: "1", Code: "22040", Share: 300_000}}
	case 19: // no date at all
		m.a.Dates = nil
	case 23: // no identifier: refused, its bytes are kept
		m.a.Identifier = ""
	case 29: // repeats what others report
		m.a.Reporter.Secondary = true
	case 31: // more digits than a currency has
		for i := range m.a.Transactions {
			m.a.Transactions[i].Value.Text += "5"
		}
	case 37: // a code of an unknown vocabulary
		m.a.Tags = append(m.a.Tags, iati.Code{Vocabulary: "99", Code: "X-1", Share: iati.NotStated, Name: resolute.Text{"en": "X-1"}})
	}
}

// older is the same activity as its publisher had reported it before.
func older(a iati.Activity) iati.Activity {
	a.LastUpdated = "2024-01-31T00:00:00Z"
	a.Transactions = nil
	return a
}
