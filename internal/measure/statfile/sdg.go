package statfile

import (
	"strings"

	"resolute"
	"resolute/internal/sheet"
)

// sdgKnown are the columns of the UN database that are no dimension.
var sdgKnown = map[string]bool{"goal": true, "target": true, "indicator": true, "seriescode": true, "seriesdescription": true, "geoareacode": true, "geoareaname": true,
	"timeperiod": true, "time_period": true, "value": true, "time_detail": true, "timecoverage": true, "upperbound": true, "lowerbound": true, "baseperiod": true, "source": true,
	"geoinfourl": true, "footnote": true, "nature": true, "observation_status": true, "units": true, "unitmultiplier": true, "valuetype": true, "isdsdseries": true, "time_coverage": true,
	"upper_bound": true, "lower_bound": true, "base_period": true, "geo_info_url": true, "foot_note": true, "obs_status": true, "unit_mult": true}

// dimension is a column that takes values apart.
type dimension struct {
	column int
	name   string
}

// dimensions are the columns that are not known as something else, in their order.
func (t *table) dimensions(known map[string]bool) (list []dimension) {
	for i, name := range t.names {
		if key := sheet.Key(strings.Trim(name, "[]")); key != "" && !known[key] && t.at[key] == i {
			list = append(list, dimension{i, strings.ToUpper(key)})
		}
	}
	return list
}

// dimsOf gives the values of dimensions that are stated.
func dimsOf(record []string, dims []dimension, into []Dim) []Dim {
	for _, d := range dims {
		if v := cell(record, d.column); v != "" {
			into = append(into, Dim{d.name, v})
		}
	}
	return into
}

// natures turns words of the UN database into codes of its data structure.
var natures = map[string]string{"c": "C", "ca": "CA", "e": "E", "g": "G", "m": "M", "n": "N", "na": "NA", "country data": "C", "country adjusted data": "CA", "estimated data": "E",
	"estimated": "E", "global monitoring data": "G", "modeled data": "M", "modelled": "M", "non-relevant": "N", "not available": "NA"}

// sdg reads the UN database of SDG indicators, from its portal or its interface. Areas are M49 codes.
func sdg(t *table, o Options) (rowReader, error) {
	flow := t.start("sdg", "UNSD:SDG", o)
	series, description, area, areaName := t.column("seriescode"), t.column("seriesdescription"), t.column("geoareacode"), t.column("geoareaname")
	time, value, source, note := t.column("timeperiod", "time_period"), t.column("value"), t.column("source"), t.column("footnote", "foot_note")
	nature, status, unit, multiplier := t.column("nature"), t.column("observation_status", "obs_status"), t.column("units"), t.column("unitmultiplier", "unit_mult")
	dims := t.dimensions(sdgKnown)
	var obs Observation
	var room []Dim
	return func(r []string, give func(*Observation) error) (*resolute.Finding, error) {
		room = dimsOf(r, dims, room[:0])
		obs = Observation{Dataflow: flow, Indicator: cell(r, series), Name: cell(r, description), Unit: cell(r, unit), Area: m49(cell(r, area)), AreaName: cell(r, areaName), Dims: room,
			Source: cell(r, source), Note: cell(r, note), Status: cell(r, status), Multiplier: cell(r, multiplier), Nature: natures[strings.ToLower(cell(r, nature))]}
		if obs.Status == "" && (obs.Nature == "E" || obs.Nature == "M") {
			obs.Status = "E"
		}
		if fault := first(t.needed(r, series, obs.Indicator), t.needed(r, area, obs.Area)); fault != nil {
			return fault, nil
		}
		if fault := t.value(r, time, value, &obs); fault != nil {
			return fault, nil
		}
		return nil, give(&obs)
	}, nil
}

// m49 gives a code of M49 its three digits: the database prints 4 for 004.
func m49(code string) string {
	if digits(code) && len(code) < 3 {
		return strings.Repeat("0", 3-len(code)) + code
	}
	return code
}
