package statfile

import (
	"path"
	"regexp"
	"strings"

	"resolute"
	"resolute/internal/sheet"
)

// openSDGName finds the number of an indicator in the name of a file: indicator_17-8-1.csv.
var openSDGName = regexp.MustCompile(`^(?:indicator_)?(\d{1,2}-[0-9a-z]{1,2}-\d{1,2}(?:-[0-9a-z]+)*)\.csv(?:\.gz)?$`)

// openSDG reads the table of one indicator of a national Open SDG site: a year, a value, and columns
// that take the value apart; the row with all of them empty is the headline. The file names neither
// its country nor, but for its own name, its indicator.
func openSDG(t *table, o Options) (rowReader, error) {
	indicator := o.Indicator
	if m := openSDGName.FindStringSubmatch(path.Base(strings.ReplaceAll(t.file, `\`, "/"))); indicator == "" && m != nil {
		indicator = strings.ReplaceAll(m[1], "-", ".")
	}
	if indicator == "" || o.Area == "" {
		return nil, refuse(t.file, t.line, "area-unknown", "a table of one indicator that names neither its country nor its indicator", "the country, and the indicator unless the file is called as 17-8-1.csv is")
	}
	flow := t.start("opensdg", "OPENSDG:"+o.Area, o)
	year, value, unit, status := t.column("year"), t.column("value"), t.column("units", "unit"), t.column("observation_status", "obs_status")
	dims := t.dimensions(map[string]bool{"year": true, "value": true, "units": true, "unit": true, "observation_status": true, "obs_status": true, "geocode": true})
	var obs Observation
	var room []Dim
	return func(r []string, give func(*Observation) error) (*resolute.Finding, error) {
		room = dimsOf(r, dims, room[:0])
		obs = Observation{Dataflow: flow, Indicator: indicator, Unit: cell(r, unit), Area: o.Area, Dims: room, Status: cell(r, status)}
		if fault := t.value(r, year, value, &obs); fault != nil {
			return fault, nil
		}
		return nil, give(&obs)
	}, nil
}

// owid reads a table of Our World in Data: entity, code (regions have none), year and one column
// for each indicator. An entity without a code keeps its name as its area and is joined to nothing.
func owid(t *table, o Options) (rowReader, error) {
	flow := t.start("owid", "OWID", o)
	entity, code, year := t.column("entity"), t.column("code"), t.column("year")
	var values []dimension
	for i, name := range t.names {
		if i != entity && i != code && i != year && name != "" {
			values = append(values, dimension{i, name})
		}
	}
	codes := make([]string, len(values))
	for i, v := range values {
		codes[i] = indicatorCode(v.name)
	}
	var obs Observation
	return func(r []string, give func(*Observation) error) (*resolute.Finding, error) {
		area := cell(r, code)
		if area == "" {
			area = cell(r, entity)
		}
		when, ok := period(cell(r, year))
		if !ok {
			return t.fault(year, cell(r, year), "period-unreadable", "a year, a range of years, a half, a quarter, a month, a week or a day"), nil
		}
		if fault := t.needed(r, entity, area); fault != nil {
			return fault, nil
		}
		for i, v := range values {
			if missing[cell(r, v.column)] {
				t.head.Blank++
				continue
			}
			obs = Observation{Dataflow: flow, Indicator: codes[i], Name: strings.ReplaceAll(v.name, "_", " "), Area: area, AreaName: cell(r, entity), Period: when}
			if fault := t.number(r, v.column, &obs); fault != nil {
				if err := t.refuse(*fault, r); err != nil {
					return nil, err
				}
				continue // the other columns of the row are sound
			}
			if err := give(&obs); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}, nil
}

// indicatorCode makes a code of the heading of a column: letters, digits and underscores.
func indicatorCode(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool {
		return !(r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r > 127)
	})
	return strings.Join(words, "_")
}

// plainKnown are the columns of the plain form that are no dimension.
var plainKnown = map[string]bool{"dataflow": true, "indicator": true, "indicator_name": true, "name": true, "area": true, "area_name": true, "period": true, "value": true, "status": true,
	"unit": true, "multiplier": true, "nature": true, "source": true, "note": true, "parent": true, "description": true, "kind": true, "as_of": true}

// wordsKind marks a value that is words and no number.
const wordsKind = "words"

// plain reads the form that `resolute export stats` writes: indicator, area, period and value, further
// columns as they are there. Columns that are not known are dimensions.
func plain(t *table, o Options) (rowReader, error) {
	flow := t.start("plain", "PLAIN", o)
	at := func(name string) int { return t.column(sheet.Key(name)) }
	dataflow, indicator, name, unit, parent, description := at("dataflow"), at("indicator"), t.column("indicator_name", "name"), at("unit"), at("parent"), at("description")
	area, areaName, periodAt, value, kind, status := at("area"), at("area_name"), at("period"), at("value"), at("kind"), at("status")
	multiplier, nature, source, note := at("multiplier"), at("nature"), at("source"), at("note")
	dims := t.dimensions(plainKnown)
	var obs Observation
	var room []Dim
	return func(r []string, give func(*Observation) error) (*resolute.Finding, error) {
		text := func(column int) string { return sheet.Unguard(cell(r, column)) }
		room = dimsOf(r, dims, room[:0])
		for i := range room {
			room[i].Value = sheet.Unguard(room[i].Value)
		}
		obs = Observation{Dataflow: flow, Indicator: text(indicator), Name: text(name), Unit: text(unit), Parent: text(parent), Description: text(description),
			Area: text(area), AreaName: text(areaName), Dims: room, Status: text(status), Multiplier: text(multiplier), Nature: text(nature), Source: text(source), Note: text(note)}
		if stated := text(dataflow); stated != "" && o.Dataflow == "" {
			obs.Dataflow = stated
		}
		if fault := first(t.needed(r, indicator, obs.Indicator), t.needed(r, area, obs.Area)); fault != nil {
			return fault, nil
		}
		if text(kind) == wordsKind {
			var ok bool
			if obs.Period, ok = period(text(periodAt)); !ok {
				return t.fault(periodAt, text(periodAt), "period-unreadable", "a year, a range of years, a half, a quarter, a month, a week or a day"), nil
			}
			obs.Value, obs.Words = text(value), true
			return nil, give(&obs)
		}
		if fault := t.value(r, periodAt, value, &obs); fault != nil {
			return fault, nil
		}
		return nil, give(&obs)
	}, nil
}
