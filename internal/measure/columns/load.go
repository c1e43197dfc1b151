package columns

import (
	"encoding/json"
	"io"
	"strconv"

	"resolute"
	"resolute/internal/measure/statfile"
)

// Load reads a whole file of statistics. Values in words, of parts of a year, and those that are missing
// are left out, as are rows that cannot be understood; what must not be lost goes through an import. The error is that
// of statfile.Read.
func Load(r io.Reader, file string, o statfile.Options) (*Columns, error) {
	var b Builder
	dims := map[string]string{}
	_, err := statfile.Read(r, file, o, statfile.Sink{
		Refused: func(resolute.Finding, string) error { return nil },
		Observation: func(o *statfile.Observation) error {
			if o.Words || o.Value == "" {
				return nil
			}
			value, err := strconv.ParseFloat(o.Value, 64)
			year, ok := yearOf(o.Period)
			if err != nil || !ok || shorter(o.Period) {
				return nil
			}
			estimated := o.Status == "E" || o.Status == "I" || o.Nature == "E" || o.Nature == "M"
			return b.Add(o.Dataflow, o.Indicator, dimsJSON(o.Dims, dims), o.Area, year, value, estimated)
		}})
	if err != nil {
		return nil, err
	}
	return b.Build(), nil
}

// shorter tells whether a period is part of a year: a half, a quarter, a day, or a month that can be no
// year which ends in the next. Those make no figures of years here.
func shorter(period string) bool {
	switch {
	case len(period) == 10:
		return true
	case len(period) != 7:
		return false
	case period[5] == 'Q' || period[5] == 'S':
		return true
	}
	first, last := int(period[2]-'0')*10+int(period[3]-'0'), int(period[5]-'0')*10+int(period[6]-'0')
	return last <= 12 && last != (first+1)%100
}

// yearOf reads the first four digits of a period.
func yearOf(period string) (int, bool) {
	if len(period) < 4 {
		return 0, false
	}
	n := 0
	for i := range 4 {
		if period[i] < '0' || period[i] > '9' {
			return 0, false
		}
		n = n*10 + int(period[i]-'0')
	}
	return n, true
}

// dimsJSON writes dimensions as the store does.
func dimsJSON(list []statfile.Dim, known map[string]string) string {
	if len(list) == 0 {
		return "{}"
	}
	raw := ""
	for _, d := range list {
		raw += d.Name + "\x1f" + d.Value + "\x1f"
	}
	text, ok := known[raw]
	if !ok {
		byName := map[string]string{}
		for _, d := range list {
			byName[d.Name] = d.Value
		}
		b, err := json.Marshal(byName) // names in order
		if err != nil {
			panic(err) // strings are always JSON
		}
		text = string(b)
		known[raw] = text
	}
	return text
}
