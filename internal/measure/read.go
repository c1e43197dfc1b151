package measure

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
)

// IndicatorKey names an indicator of a dataflow.
type IndicatorKey struct {
	Dataflow string `json:"dataflow"`
	Code     string `json:"indicator"`
}

// Indicator is an indicator that is held, with what its source says of it.
type Indicator struct {
	IndicatorKey
	Name         string `json:"name"`
	Unit         string `json:"unit"`
	Parent       string `json:"parent"`
	Description  string `json:"description"`
	Areas        int    `json:"areas"`
	Series       int    `json:"series"`
	Observations int    `json:"observations"`
	Latest       string `json:"latest"` // newest period with a value
}

// Series is one series with its observations, in order of periods.
type Series struct {
	ID           int64
	Dataflow     string
	Indicator    string
	Area         string
	AreaName     string
	Dims         map[string]string
	DimsText     string // as JSON, names in order
	Import       int64  // whose version this is
	Observations []Observation
}

// upTo gives the sequence of the change up to which a reader looks: at, or the newest for 0.
func upTo(ctx context.Context, q db.Queryer, at int64) (int64, error) {
	head, err := audit.Newest(ctx, q)
	if err != nil || at <= 0 {
		return head.Seq, err
	}
	return min(at, head.Seq), nil
}

// Indicators lists what is held, by dataflow and code, as of a change; 0 is now.
func (m *Measure) Indicators(ctx context.Context, at int64) (list []Indicator, err error) {
	err = m.DB.View(ctx, func(q db.Queryer) error {
		seq, err := upTo(ctx, q, at)
		if err == nil {
			list, err = m.indicatorsOf(ctx, q, seq)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list indicators: %w", err)
	}
	return slices.Clone(list), nil
}

// indicatorsOf is Indicators. The list is shared: nobody may write to it.
func (m *Measure) indicatorsOf(ctx context.Context, q db.Queryer, seq int64) ([]Indicator, error) {
	change, err := lastChange(ctx, q, seq)
	if err != nil {
		return nil, err
	}
	texts, err := m.texts(ctx, q, seq)
	if err != nil {
		return nil, err
	}
	return m.listed.at(change, func() ([]Indicator, error) { return listIndicators(ctx, q, change, texts) })
}

// listIndicators joins what is held with what is said of it.
func listIndicators(ctx context.Context, q db.Queryer, change int64, texts map[IndicatorKey]indicatorText) ([]Indicator, error) {
	states, known, err := heldAt(ctx, q, change)
	if err == nil && !known {
		states, err = walkedAt(ctx, q, change)
	}
	list := make([]Indicator, len(states))
	for n, s := range states {
		t := texts[s.IndicatorKey]
		list[n] = Indicator{IndicatorKey: s.IndicatorKey, Name: t.name, Unit: t.unit, Parent: t.parent, Description: t.description,
			Areas: s.areas, Series: s.series, Observations: s.observations, Latest: s.latest}
	}
	return list, err
}

// texts gives what is said of each indicator. It is shared: nobody may write to it.
func (m *Measure) texts(ctx context.Context, q db.Queryer, seq int64) (map[IndicatorKey]indicatorText, error) {
	change, err := lastChange(ctx, q, seq)
	if err != nil {
		return nil, err
	}
	return m.described.at(change, func() (map[IndicatorKey]indicatorText, error) { return indicatorTexts(ctx, q, seq) })
}

func indicatorTexts(ctx context.Context, q db.Queryer, seq int64) (map[IndicatorKey]indicatorText, error) {
	rows, err := q.Query(ctx, `SELECT x.dataflow, x.code, x.name, x.unit, x.parent, x.description FROM indicator_version x JOIN import i ON i.id = x.import
		WHERE `+visible(1)+` ORDER BY x.dataflow, x.code, i.seq`, seq)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	texts := map[IndicatorKey]indicatorText{}
	for rows.Next() {
		var t indicatorText
		if err := rows.Scan(&t.dataflow, &t.code, &t.name, &t.unit, &t.parent, &t.description); err != nil {
			return nil, err
		}
		texts[IndicatorKey{t.dataflow, t.code}] = t
	}
	return texts, rows.Err()
}

// Series gives the series of one indicator, by area and dimensions, as of a change; 0 is now. An
// indicator that is not held is an Error with code NotFound.
func (m *Measure) Series(ctx context.Context, key IndicatorKey, at int64) (list []Series, err error) {
	err = m.DB.View(ctx, func(q db.Queryer) error {
		seq, err := upTo(ctx, q, at)
		if err != nil {
			return err
		}
		return eachSeries(ctx, q, seq, "AND s.dataflow = $2 AND s.indicator = $3", []any{key.Dataflow, key.Code}, func(s Series) error {
			list = append(list, s)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read series of %s: %w", key.Code, err)
	}
	if len(list) == 0 {
		return nil, &resolute.Error{Code: resolute.NotFound, Field: "indicator", Message: fmt.Sprintf("no statistics of %q in %q", key.Code, key.Dataflow)}
	}
	return list, nil
}

// EachSeries hands every series of a dataflow (empty: of all) to take, by dataflow, indicator, area
// and dimensions, as of a change; 0 is now. It stops at the first error of take.
func (m *Measure) EachSeries(ctx context.Context, dataflow string, at int64, take func(Series) error) error {
	return m.eachOf(ctx, ExportFilter{Dataflow: dataflow, At: at}, take)
}

// eachOf is EachSeries of what a filter takes; the rest is not read.
func (m *Measure) eachOf(ctx context.Context, f ExportFilter, take func(Series) error) error {
	narrow := f.narrow()
	return m.DB.View(ctx, func(q db.Queryer) error {
		seq, err := upTo(ctx, q, f.At)
		if err != nil {
			return err
		}
		return eachWanted(ctx, q, seq, narrow.condition, narrow.args, func(s *Series) bool { return f.takes(s.Indicator, s.Area) }, take)
	})
}

// Frame gives one indicator in all areas as of a change; 0 is now. dims picks the series: it must
// state them all, and no other. Values in words, and those that are missing, are left out. An
// indicator that is not held is an Error with code NotFound.
func (m *Measure) Frame(ctx context.Context, key IndicatorKey, dims map[string]string, at int64) (Frame, error) {
	list, err := m.Series(ctx, key, at)
	if err != nil {
		return Frame{}, err
	}
	return m.FrameOf(ctx, key, list, dims, at)
}

// FrameOf is Frame for series that Series gave.
func (m *Measure) FrameOf(ctx context.Context, key IndicatorKey, list []Series, dims map[string]string, at int64) (Frame, error) {
	f := Frame{Dataflow: key.Dataflow, Indicator: key.Code, Dims: dims}
	err := m.DB.View(ctx, func(q db.Queryer) error {
		seq, err := upTo(ctx, q, at)
		if err != nil {
			return err
		}
		if f.Concepts, err = m.catalogueOf(ctx, q, seq); err != nil {
			return err
		}
		texts, err := m.texts(ctx, q, seq)
		f.Name, f.Unit = texts[key].name, texts[key].unit
		return err
	})
	concept, _ := f.Concept()
	for _, s := range list {
		if sameDims(s.Dims, dims) {
			f.Areas = append(f.Areas, s.points(concept.OverTime))
		}
	}
	return f, err
}

func sameDims(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for name, value := range a {
		if b[name] != value {
			return false
		}
	}
	return true
}

// points gives the numbers of a series in units, one of each year, as yearly makes them.
func (s Series) points(overTime string) AreaSeries {
	a := AreaSeries{Area: s.Area, Name: s.AreaName}
	for _, o := range s.Observations {
		year, _ := strconv.Atoi(o.Period[:4])
		if o.Words || o.Value == "" {
			continue
		}
		text, known := inUnits(o.Value, o.Multiplier)
		value, err := strconv.ParseFloat(text, 64)
		if err != nil || !known {
			continue // larger than any number that is reckoned with, or of an unknown size
		}
		a.Points = append(a.Points, Point{Period: o.Period, Year: year, Value: value, Text: text, Status: o.Status, Source: o.Source, Note: o.Note, Estimated: estimated(o.Status, o.Nature)})
	}
	a.Points, _ = yearly(a.Points, overTime)
	return a
}

// Find names the indicator of a code; dataflow may be empty where only one has it. An unknown one is
// an Error with code NotFound, one of several dataflows with code Usage.
func (m *Measure) Find(ctx context.Context, dataflow, code string) (IndicatorKey, error) {
	rows, err := m.DB.Query(ctx, `SELECT DISTINCT dataflow FROM series WHERE indicator = $1 AND ($2 = '' OR dataflow = $2) ORDER BY dataflow`, code, dataflow)
	if err != nil {
		return IndicatorKey{}, err
	}
	defer func() { _ = rows.Close() }()
	var flows []string
	for rows.Next() {
		var flow string
		if err := rows.Scan(&flow); err != nil {
			return IndicatorKey{}, err
		}
		flows = append(flows, flow)
	}
	if err := rows.Err(); err != nil {
		return IndicatorKey{}, err
	}
	switch len(flows) {
	case 0:
		return IndicatorKey{}, &resolute.Error{Code: resolute.NotFound, Field: "indicator", Message: fmt.Sprintf("no statistics of %q are held", code)}
	case 1:
		return IndicatorKey{flows[0], code}, nil
	}
	return IndicatorKey{}, &resolute.Error{Code: resolute.Usage, Field: "dataflow", Message: fmt.Sprintf("%q is an indicator of %s: say which", code, strings.Join(flows, ", "))}
}
