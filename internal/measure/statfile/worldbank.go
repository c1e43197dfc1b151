package statfile

import (
	"strings"

	"resolute"
)

// yearColumn is a column that holds the values of one year.
type yearColumn struct {
	column int
	year   string
}

// years finds the columns of years: "2024", or "2024 [YR2024]".
func (t *table) years() (list []yearColumn) {
	for i, name := range t.names {
		year, code, coded := strings.Cut(name, " [YR")
		if len(year) == 4 && digits(year) && (!coded || code == year+"]") {
			list = append(list, yearColumn{i, year})
		}
	}
	return list
}

// worldBankWide reads a row for each country and series with a column for each year. A cell that
// says nothing is known is counted and gives no observation.
func worldBankWide(t *table, o Options) (rowReader, error) {
	flow := t.start("worldbank-wide", "WB:WDI", o)
	country, code, name, series := t.column("country_name"), t.column("country_code"), t.column("series_name", "indicator_name"), t.column("series_code", "indicator_code")
	years := t.years()
	var obs Observation
	return func(r []string, give func(*Observation) error) (*resolute.Finding, error) {
		if cell(r, code) == "" && cell(r, series) == "" {
			return nil, nil // the bank ends its files with lines about themselves
		}
		obs = Observation{Dataflow: flow, Indicator: cell(r, series), Name: cell(r, name), Unit: unitOf(cell(r, name)), Area: cell(r, code), AreaName: cell(r, country)}
		if fault := first(t.needed(r, series, obs.Indicator), t.needed(r, code, obs.Area)); fault != nil {
			return fault, nil
		}
		for _, y := range years {
			if missing[cell(r, y.column)] {
				t.head.Blank++
				continue
			}
			if fault := t.number(r, y.column, &obs); fault != nil {
				if err := t.refuse(*fault, r); err != nil {
					return nil, err
				}
				continue // the other years of the row are sound
			}
			obs.Period = y.year
			if err := give(&obs); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}, nil
}

// worldBankLong reads a row for each country, series and year.
func worldBankLong(t *table, o Options) (rowReader, error) {
	flow := t.start("worldbank-long", "WB:WDI", o)
	country, code, name, series := t.column("country_name", "country"), t.column("country_code"), t.column("series_name", "indicator_name"), t.column("series_code", "indicator_code")
	time, value := t.column("time", "year", "time_code"), t.column("value")
	var obs Observation
	return func(r []string, give func(*Observation) error) (*resolute.Finding, error) {
		if cell(r, code) == "" && cell(r, series) == "" {
			return nil, nil
		}
		obs = Observation{Dataflow: flow, Indicator: cell(r, series), Name: cell(r, name), Unit: unitOf(cell(r, name)), Area: cell(r, code), AreaName: cell(r, country)}
		if fault := first(t.needed(r, series, obs.Indicator), t.needed(r, code, obs.Area)); fault != nil {
			return fault, nil
		}
		var ok bool
		if obs.Period, ok = period(strings.TrimPrefix(cell(r, time), "YR")); !ok {
			return t.fault(time, cell(r, time), "period-unreadable", "a year"), nil
		}
		if fault := t.number(r, value, &obs); fault != nil {
			return fault, nil
		}
		return nil, give(&obs)
	}, nil
}

// unitOf takes the unit that stands in brackets at the end of a name: "Trade (% of GDP)".
func unitOf(name string) string {
	open := strings.LastIndexByte(name, '(')
	if open < 0 || !strings.HasSuffix(name, ")") {
		return ""
	}
	return name[open+1 : len(name)-1]
}
