package statfile

import (
	"strings"

	"resolute"
)

// dataHub reads the thirteen columns of the ITU DataHub. Values may be words (answers of regulators);
// that a value is an estimate, of ITU or of
// somebody in the country, stands in the words of its source only.
func dataHub(t *table, o Options) (rowReader, error) {
	flow := t.start("datahub", "ITU:DATAHUB", o)
	code, name, parent, unit := t.column("seriescode"), t.column("seriesname"), t.column("seriesparent"), t.column("seriesunits")
	iso, entity, value, year := t.column("entityiso"), t.column("entityname"), t.column("datavalue"), t.column("datayear")
	note, source, description := t.column("datanote"), t.column("datasource"), t.column("seriesdescription")
	var obs Observation
	return func(r []string, give func(*Observation) error) (*resolute.Finding, error) {
		obs = Observation{Dataflow: flow, Indicator: cell(r, code), Name: cell(r, name), Unit: cell(r, unit), Parent: cell(r, parent), Description: cell(r, description),
			Area: cell(r, iso), AreaName: cell(r, entity), Source: cell(r, source), Note: cell(r, note)}
		if containsFold(obs.Source, "estimat") {
			obs.Status = "E"
		}
		if fault := first(t.needed(r, code, obs.Indicator), t.needed(r, iso, obs.Area)); fault != nil {
			return fault, nil
		}
		var ok bool
		if obs.Period, ok = period(cell(r, year)); !ok {
			return t.fault(year, cell(r, year), "period-unreadable", "a year"), nil
		}
		switch obs.Value = cell(r, value); {
		case obs.Value == "":
			obs.Status = "M"
		default:
			obs.Words = !decimal(obs.Value)
		}
		return nil, give(&obs)
	}, nil
}

// containsFold looks for words in lower case without making a copy in most cases.
func containsFold(text, words string) bool {
	if len(text) < len(words) {
		return false
	}
	return strings.Contains(text, words) || strings.Contains(strings.ToLower(text), words)
}

func first(findings ...*resolute.Finding) *resolute.Finding {
	for _, f := range findings {
		if f != nil {
			return f
		}
	}
	return nil
}
