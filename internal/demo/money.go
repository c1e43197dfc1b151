package demo

import (
	"time"

	"resolute"
	"resolute/internal/iati"
)

// scale is how large the work of a kind is, in thousands of dollars at most.
var scale = map[string]int{"project": 4000, "programme": 9000, "training": 220, "event": 130, "publication": 90, "agreement": 400, "assistance": 300, "tool": 250, "other": 60}

// rate brings amounts to a size that is believable in a currency; it is no rate of exchange.
var rate = map[string]int64{"CNY": 7, "RUB": 90, "JPY": 150, "EGP": 48, "BRL": 5}

// money gives a commitment at the start, payments along the life up to the day of writing, a
// yearly budget, and now and then incoming funds, a pledge or a reversal. One activity in nine
// has no money, one in eleven uses a second currency.
func (m *maker) money() {
	none := m.IntN(9) == 0 && !m.sure
	if none || m.t.goes(noMoney) || m.t.goes(unproven) {
		return
	}
	start, end := m.life()
	amount := int64(5+m.IntN(scale[m.t.kind])) * 1000 * 100 * max(rate[m.p.currency], 1)
	m.transaction("2", start, m.p.currency, amount)
	m.funding(start, amount)
	paid := start
	for range 1 + m.IntN(7) {
		paid = paid.AddDate(0, 2+m.IntN(6), m.IntN(25))
		if paid.After(end) {
			break
		}
		m.transaction([]string{"3", "4"}[m.IntN(2)], paid, m.p.currency, amount/int64(3+m.IntN(9))+int64(m.IntN(100)))
	}
	if m.IntN(18) == 0 {
		m.transaction("3", paid, m.p.currency, -amount/50)
	}
	if m.IntN(11) == 0 {
		m.transaction("4", start.AddDate(0, 1, 0), "EUR", int64(m.IntN(5_000_000)))
	}
	for year := start.Year(); year <= min(end.Year(), start.Year()+2); year++ {
		y := itoa(year)
		m.a.Budgets = append(m.a.Budgets, iati.Budget{Type: "1", Status: "2", From: y + "-01-01", To: y + "-12-31",
			Value: value(m.p.currency, y+"-01-01", amount/3)})
	}
	m.splitFlows()
}

// funding adds what others give or promise: incoming funds, their commitment, a pledge.
func (m *maker) funding(start time.Time, amount int64) {
	donor := m.publishers[8]
	from := iati.Party{Ref: donor.ref, Type: donor.kind, Name: donor.name}
	pooled := m.t.key == "pooled-fund"
	for _, f := range []struct {
		kind  string
		given bool
		cents int64
	}{{"1", pooled || m.IntN(3) == 0, amount / 2}, {"11", m.IntN(12) == 0, amount / 2}, {"13", pooled || m.IntN(20) == 0, amount * 2}} {
		if f.given && !m.t.goes(alone) && m.transaction(f.kind, start, m.p.currency, f.cents) {
			m.a.Transactions[len(m.a.Transactions)-1].Provider = from
		}
	}
}

// splitFlows states line and country transaction by transaction, as some publishers do.
func (m *maker) splitFlows() {
	if m.n%17 != 6 || m.t.line == "" || len(m.a.Countries) == 0 {
		return
	}
	for i := range m.a.Transactions {
		t := &m.a.Transactions[i]
		line := []string{m.t.line, "C4"}[i%2]
		t.Sectors = []iati.Code{{Vocabulary: "99", URI: schemes + "wsis-action-line", Code: line, Share: iati.NotStated, Name: resolute.Text{"en": line}}}
		t.Countries = []iati.Place{{Code: m.a.Countries[i%len(m.a.Countries)].Code, Share: iati.NotStated}}
	}
}

// transaction adds a movement of money; none is dated after the day of writing.
func (m *maker) transaction(kind string, on time.Time, currency string, cents int64) bool {
	if on.After(today) {
		return false
	}
	m.a.Transactions = append(m.a.Transactions, iati.Transaction{Type: kind, Date: day(on), Value: value(currency, day(on), cents)})
	return true
}

func value(currency, on string, cents int64) iati.Value {
	c := resolute.Cents(cents)
	return iati.Value{Currency: currency, ValueDate: on, Text: c.String(), Cents: c, Exact: true, OK: true}
}
