package measure

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/measure/dataquery"
	"resolute/internal/sdmx"
)

// errEnough ends a walk when all that is wanted was given.
var errEnough = errors.New("enough")

// Answer is what a selection chooses, ready to be written.
type Answer struct {
	Flows        []*Flow
	Observations int

	measure *Measure
	seq     int64
	from    Selection
	counts  []int  // observations of each dataflow
	skips   []int  // and how many of it come before the answer
	parts   []part // in place of these, of an answer that is gathered
	labels  Labels
	areas   map[string]string // names that the sources print of areas met so far; nil: not wanted
}

// held counts the observations of dataflows.
func held(flows []*Flow) (n int) {
	for _, f := range flows {
		n += f.Observations
	}
	return n
}

// Choose counts what a selection chooses; of one that chooses more than its Most only that it is
// more. It returns a *dataquery.Error when keys or conditions speak of what a dataflow does not have.
// An answer without dataflows is of none that is held.
func (m *Measure) Choose(ctx context.Context, s Selection) (*Answer, error) {
	head, err := audit.Newest(ctx, m.DB)
	if err != nil {
		return nil, err
	}
	if s.At <= 0 || s.At > head.Seq {
		s.At = head.Seq // what is counted must be what is written
	}
	a := &Answer{measure: m, seq: s.At, from: s}
	if a.Flows, err = m.flowsChosen(ctx, s); err != nil {
		return nil, err
	}
	if s.Gathered() {
		for _, f := range a.Flows {
			if err := s.Query.Fits(f.Name, f.Dimensions, components()); err != nil {
				return nil, err
			}
		}
		return a, a.gather(ctx)
	}
	a.counts, a.skips = make([]int, len(a.Flows)), make([]int, len(a.Flows))
	if n := held(a.Flows); s.Most > 0 && s.Query.Limit == 0 && s.all() && n-s.Query.Offset > s.Most {
		a.Observations = n - s.Query.Offset
		return a, nil
	}
	enough := s.enough()
	for i, f := range a.Flows {
		if err := s.Query.Fits(f.Name, f.Dimensions, components()); err != nil {
			return nil, err
		}
		has := map[string]bool{}
		left := enough - a.Observations
		if enough > 0 && left <= 0 {
			continue
		}
		err := a.each(ctx, i, func(s *Series, o *Observation) error {
			a.counts[i]++
			for _, id := range attributes {
				has[id] = has[id] || f.attribute(id, s, o) != ""
			}
			if a.counts[i] == left {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			return nil, err
		}
		f.attributes = nil
		for _, id := range attributes {
			if has[id] && s.Query.Attributes.Takes(id) {
				f.attributes = append(f.attributes, id)
			}
		}
		a.Observations += a.counts[i]
	}
	a.page()
	return a, nil
}

// components are those of every dataflow beside its dimensions.
func components() []string { return append([]string{timeDimension, valueMeasure}, attributes...) }

// page cuts what lies outside of offset and limit from the counts.
func (a *Answer) page() {
	from, left := a.from.Query.Offset, a.from.Query.Limit
	if from == 0 && left == 0 {
		return
	}
	if left == 0 {
		left = a.Observations
	}
	a.Observations = 0
	for i, n := range a.counts {
		a.skips[i] = min(from, n)
		from -= a.skips[i]
		a.counts[i] = min(n-a.skips[i], left)
		left -= a.counts[i]
		a.Observations += a.counts[i]
	}
}

// each gives the chosen observations of one dataflow, without regard to offset and limit.
func (a *Answer) each(ctx context.Context, flow int, take func(*Series, *Observation) error) error {
	f := a.Flows[flow]
	narrow, nothing := a.from.narrow(f)
	if nothing {
		return nil
	}
	return a.measure.DB.View(ctx, func(from db.Queryer) error {
		return eachWanted(ctx, from, a.seq, narrow.condition, narrow.args, func(s *Series) bool { return a.from.wants(f, s) }, func(s Series) error {
			for _, o := range f.chosen(&s, a.from.Query) {
				if err := take(&s, o); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// chosen gives the observations of a series that are asked for.
func (f *Flow) chosen(s *Series, q dataquery.Query) []*Observation {
	return ends(f.observed(s, q), q)
}

// ends cuts the first and last observations of a series that are asked for.
func ends[T any](list []T, q dataquery.Query) []T {
	switch {
	case q.First > 0 && q.Last > 0 && q.First+q.Last < len(list):
		return slices.Concat(list[:q.First], list[len(list)-q.Last:])
	case q.First > 0 && q.Last > 0:
		return list
	case q.First > 0:
		return list[:min(q.First, len(list))]
	case q.Last > 0:
		return list[max(0, len(list)-q.Last):]
	}
	return list
}

// Write writes an answer as a message of a format that is written: for each dataflow a data set that
// replaces, so that what is taken in again is all that is said of an observation, or merges where only
// some components are asked for, or those of an answer of changes. What the format cannot hold is an Error with code Invalid.
func (a *Answer) Write(ctx context.Context, format sdmx.Format, prepared time.Time, out io.Writer) error {
	parts := a.parts
	if !a.from.Gathered() {
		parts = a.streamed()
	}
	summary := sdmx.Summary{}
	for _, p := range parts {
		summary.Sets = append(summary.Sets, a.set(p))
	}
	options, err := a.options(ctx, format)
	if err != nil {
		return err
	}
	options.Prepared = prepared
	w, err := sdmx.NewWriter(out, format, summary, options)
	if err != nil {
		return err
	}
	for n, p := range parts {
		if err := w.Begin(summary.Sets[n]); err != nil {
			return err
		}
		if a.from.Gathered() {
			err = a.writePart(p, w)
		} else {
			err = a.writeFlow(ctx, p.flow, w)
		}
		if err != nil {
			return err
		}
	}
	return w.Close()
}

// streamed are the data sets of an answer that is read as it is written: those with observations, or
// the first.
func (a *Answer) streamed() (parts []part) {
	for i := range a.Flows {
		if a.counts[i] > 0 || a.Observations == 0 && i == 0 {
			parts = append(parts, part{flow: i, action: a.stating()})
		}
	}
	return parts
}

// stating is the action of what is there: it replaces, unless it leaves out components, which would be
// cleared where the answer is taken in.
func (a *Answer) stating() sdmx.Action {
	if q := a.from.Query; q.Attributes.Asked() || q.Measures.Asked() {
		return sdmx.Merge
	}
	return sdmx.Replace
}

// set describes a data set.
func (a *Answer) set(p part) *sdmx.SetSummary {
	f := a.Flows[p.flow]
	set := &sdmx.SetSummary{DataSet: sdmx.DataSet{Ref: f.Ref, Action: p.action}}
	if !p.begin.IsZero() {
		set.ValidFrom = p.begin.UTC().Format(time.RFC3339Nano)
	}
	if !p.end.IsZero() {
		set.ValidTo = p.end.UTC().Format(time.RFC3339Nano)
	}
	set.Dimensions = append(slices.Clone(f.Dimensions), timeDimension)
	set.Time, set.Layout.Attributes = timeDimension, f.attributes
	if a.from.Query.Measures.Takes(valueMeasure) {
		set.Measures = []string{valueMeasure}
	}
	return set
}

// writePart writes what was gathered; of what was taken away only the keys.
func (a *Answer) writePart(p part, w sdmx.Writer) error {
	f := a.Flows[p.flow]
	var rec sdmx.Record
	for _, r := range p.rows {
		a.meet(r.series)
		f.record(&rec, r.series, r.observation, a.from.Query.Measures)
		if p.action == sdmx.Delete {
			rec.Measures, rec.Attributes = rec.Measures[:0], rec.Attributes[:0]
		}
		if err := w.Observation(&rec); err != nil {
			return err
		}
	}
	return nil
}

func (a *Answer) writeFlow(ctx context.Context, i int, w sdmx.Writer) error {
	f, measures, skip, left := a.Flows[i], a.from.Query.Measures, a.skips[i], a.counts[i]
	var rec sdmx.Record
	err := a.each(ctx, i, func(s *Series, o *Observation) error {
		if skip > 0 {
			skip--
			return nil
		}
		if left == 0 {
			return errEnough
		}
		left--
		a.meet(s)
		f.record(&rec, s, o, measures)
		return w.Observation(&rec)
	})
	return unlessEnough(err)
}

// record fills a record with an observation. A value that is stated to be missing is NaN.
func (f *Flow) record(rec *sdmx.Record, s *Series, o *Observation, measures dataquery.Columns) {
	rec.Key, rec.Measures, rec.Attributes = rec.Key[:0], rec.Measures[:0], rec.Attributes[:0]
	for i, code := range f.codes(s) {
		rec.Key = append(rec.Key, sdmx.Value{ID: f.Dimensions[i], Text: code})
	}
	rec.Key = append(rec.Key, sdmx.Value{ID: timeDimension, Text: o.Period})
	if measures.Takes(valueMeasure) {
		value := o.Value
		if value == "" {
			value = "NaN"
		}
		rec.Measures = append(rec.Measures, sdmx.Value{ID: valueMeasure, Text: value})
	}
	for _, id := range f.attributes {
		if text := f.attribute(id, s, o); text != "" {
			rec.Attributes = append(rec.Attributes, sdmx.Value{ID: id, Text: text})
		}
	}
}
