package measure

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/measure/dataquery"
	"resolute/internal/sdmx"
)

// Flow is a table of the store as a dataflow of SDMX.
type Flow struct {
	Name         string // in the store
	Ref          sdmx.Ref
	Dimensions   []string // INDICATOR, REF_AREA and the others by name, without the time
	Observations int

	attributes []string // that the chosen observations have
	texts      map[IndicatorKey]indicatorText
}

// attributes are the fields of the store as attributes, in the order in which they are written.
var attributes = []string{statusAttribute, unitAttribute, powerAttribute, natureAttribute, sourceAttribute, noteAttribute}

// Selection chooses observations. Query may leave all open; At is the change as of which, 0 is now.
// Most is the number of observations behind which counting them ends; 0: none. With Changes only what
// changed since the change Since is chosen, with what was taken away.
type Selection struct {
	ExportFilter
	Query   dataquery.Query
	Most    int
	Changes bool
	Since   int64
	Sound   bool // a table that cannot be a dataflow is passed over unless it is asked for by name
}

// Version gives the data version that readers saw at a moment; false when nothing was there yet.
func (m *Measure) Version(ctx context.Context, at time.Time) (seq int64, some bool, err error) {
	err = m.DB.QueryRow(ctx, `SELECT COALESCE(MAX(seq), 0) FROM change WHERE at <= $1`, at.UnixMilli()).Scan(&seq)
	return seq, seq > 0, err
}

// Flows lists the tables that a selection asks for and that hold something, as dataflows. A table or
// dimension whose name no dataflow can have is an Error with code Invalid.
func (m *Measure) Flows(ctx context.Context, s Selection) ([]*Flow, error) {
	var list []*Flow
	err := m.DB.View(ctx, func(q db.Queryer) error {
		seq, err := upTo(ctx, q, s.At)
		if err != nil {
			return err
		}
		texts, err := m.texts(ctx, q, seq)
		if err != nil {
			return err
		}
		tables, err := m.tablesOf(ctx, q, seq)
		list = flowsOf(tables, texts)
		return err
	})
	if err != nil {
		return nil, err
	}
	return named(list, s)
}

// flowsOf makes dataflows of tables.
func flowsOf(tables []tableDims, texts map[IndicatorKey]indicatorText) (list []*Flow) {
	for _, t := range tables {
		if len(list) == 0 || list[len(list)-1].Name != t.name {
			list = append(list, &Flow{Name: t.name, Dimensions: []string{indicatorDimension, areaDimension}, texts: texts})
		}
		list[len(list)-1].add(t.dims, t.observations)
	}
	for _, f := range list {
		sort.Strings(f.Dimensions[2:])
	}
	return list
}

// flowsChosen gives the dataflows of a selection: of one of changes also those that were there before.
func (m *Measure) flowsChosen(ctx context.Context, s Selection) ([]*Flow, error) {
	list, err := m.Flows(ctx, s)
	if err != nil || !s.Changes || s.Since == 0 {
		return list, err
	}
	before := s
	before.At = s.Since
	old, err := m.Flows(ctx, before)
	if err != nil {
		return nil, err
	}
	for _, f := range old {
		at := slices.IndexFunc(list, func(other *Flow) bool { return other.Name == f.Name })
		if at < 0 {
			list = append(list, f)
			continue
		}
		for _, name := range f.Dimensions {
			if !slices.Contains(list[at].Dimensions, name) {
				list[at].Dimensions = append(list[at].Dimensions, name)
			}
		}
		sort.Strings(list[at].Dimensions[2:])
	}
	return list, nil
}

// tableDims are the observations of a table whose series have the same dimensions with the same codes.
type tableDims struct {
	name, dims   string
	observations int
}

// tablesOf gives the tables at a sequence. The list is shared: nobody may write to it.
func (m *Measure) tablesOf(ctx context.Context, q db.Queryer, seq int64) ([]tableDims, error) {
	change, err := lastChange(ctx, q, seq)
	if err != nil {
		return nil, err
	}
	return m.tables.at(change, func() ([]tableDims, error) { return listTables(ctx, q, seq) })
}

// listTables walks through all series.
func listTables(ctx context.Context, q db.Queryer, seq int64) (list []tableDims, err error) {
	rows, err := q.Query(ctx, `SELECT s.dataflow, s.dims, CAST(SUM(v.n) AS BIGINT)`+newest("")+` GROUP BY s.dataflow, s.dims ORDER BY s.dataflow, s.dims`, seq)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var t tableDims
		if err := rows.Scan(&t.name, &t.dims, &t.observations); err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, rows.Err()
}

// add counts series of some dimensions.
func (f *Flow) add(dims string, n int) {
	f.Observations += n
	for name := range dimsOf(dims) {
		if !slices.Contains(f.Dimensions, name) {
			f.Dimensions = append(f.Dimensions, name)
		}
	}
}

// named gives the dataflows that are asked for their names.
func named(list []*Flow, s Selection) (asked []*Flow, err error) {
	for _, f := range list {
		if s.Dataflow != "" && s.Dataflow != f.Name {
			continue
		}
		ref, ok := refOf(f.Name)
		if f.Ref = ref; ok && !s.Query.Asks(ref.Agency, ref.ID, ref.Version) {
			continue
		}
		if !ok && s.Query.IDs != nil || s.Sound && s.Query.IDs == nil && !f.plain(ok) {
			continue
		}
		if !ok {
			return nil, &resolute.Error{Code: resolute.Invalid, Field: "dataflow", Message: fmt.Sprintf("the table %q cannot be a dataflow of SDMX, whose names are AGENCY:ID: choose others with --dataflow", f.Name)}
		}
		if err := f.sound(); err != nil {
			return nil, err
		}
		asked = append(asked, f)
	}
	if s.Query.Latest {
		asked = newestVersions(asked)
	}
	return asked, nil
}

// plain tells whether a dataflow and its dimensions bear names that every format can hold.
func (f *Flow) plain(named bool) bool {
	ids := slices.Concat(strings.Split(f.Ref.Agency, "."), f.Dimensions)
	return named && f.sound() == nil && !slices.ContainsFunc(ids, func(id string) bool { return !sdmx.IsPlainID(id) })
}

// sound checks that no dimension bears a name that means something else in what is written.
func (f *Flow) sound() error {
	for _, name := range f.Dimensions[2:] {
		if slices.Contains(attributes, name) || name == timeDimension || name == valueMeasure || name == indicatorDimension || name == areaDimension {
			return &resolute.Error{Code: resolute.Invalid, Field: "dataflow", Message: fmt.Sprintf("the dimension %s of %s cannot be written in SDMX, where the name means something else", name, f.Name)}
		}
	}
	return nil
}

// codes gives the key of a series in the order of the dimensions.
func (f *Flow) codes(s *Series) []string {
	codes := []string{s.Indicator, s.Area}
	for _, name := range f.Dimensions[2:] {
		code := s.Dims[name]
		if code == "" {
			code = notApplicable
		}
		codes = append(codes, code)
	}
	return codes
}

// attribute gives one attribute of an observation.
func (f *Flow) attribute(id string, s *Series, o *Observation) string {
	switch id {
	case statusAttribute:
		return o.Status
	case unitAttribute:
		return f.texts[IndicatorKey{s.Dataflow, s.Indicator}].unit
	case powerAttribute:
		return o.Multiplier
	case natureAttribute:
		return o.Nature
	case sourceAttribute:
		return o.Source
	case noteAttribute:
		return o.Note
	}
	return ""
}
