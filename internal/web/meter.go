package web

import (
	"context"

	"resolute/internal/coverage"
)

// Meter is a number of activities as a bar, with the list of them. Width is of the bar's view box,
// against the greatest of its group.
type Meter struct {
	Href  string
	Name  Passage
	N     int
	Width int
}

// where draws the activities of a paragraph or concept by ITU region; nil for an area, which has a
// spine. What is for a region and no country, or for no place, stands last when there is any.
func (s *Site) where(ctx context.Context, r *request, p detailPage) ([]Meter, error) {
	switch p.by {
	case coverage.ByCountry, coverage.ByITURegion, coverage.ByGroup:
		return nil, nil
	}
	q := r.query(coverage.ByITURegion)
	*filterFields(&q.Filter)[parameterOf[p.by]] = []string{p.ID}
	table, err := s.Coverage.Table(ctx, q)
	if err != nil {
		return nil, err
	}
	var list []Meter
	for _, row := range append(append([]coverage.Row{}, table.Rows...), table.Unlinked) {
		m := Meter{Name: p.line(coverage.ByITURegion, row).Name, N: row.Activities}
		switch {
		case row.ID != coverage.RegionRow && row.ID != coverage.UnlinkedRow:
			m.Href = p.listOf("region", row.ID, parameterOf[p.by], p.ID)
		case row.Activities == 0:
			continue
		case row.ID == coverage.RegionRow:
			m.Href = p.listOf("area", row.ID, parameterOf[p.by], p.ID)
		case row.ID == coverage.UnlinkedRow:
			m.Name = Passage{Text: p.T("detail.nowhere")}
		}
		list = append(list, m)
	}
	return drawnMeters(list), nil
}

func drawnMeters(list []Meter) []Meter {
	most := 0
	for _, m := range list {
		most = max(most, m.N)
	}
	for i := range list {
		list[i].Width = barWidth * list[i].N / max(most, 1)
	}
	return list
}

// SumLine is the money of a row in one currency.
type SumLine struct{ Currency, Committed, Paid, Incoming, Budgets string }

// sumLines writes the money of a row out, a line a currency.
func (s *shell) sumLines(r coverage.Row) []SumLine {
	held := coverage.Money{}
	for _, m := range []coverage.Money{r.Commitments, r.Spent, r.Incoming, r.Budgets} {
		for _, currency := range m.Currencies() {
			held[currency] = 1
		}
	}
	var list []SumLine
	for _, currency := range held.Currencies() {
		list = append(list, SumLine{Currency: currency, Committed: s.Money(currency, r.Commitments[currency]), Paid: s.Money(currency, r.Spent[currency]),
			Incoming: s.Money(currency, r.Incoming[currency]), Budgets: s.Money(currency, r.Budgets[currency])})
	}
	return list
}
