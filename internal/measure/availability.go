package measure

import (
	"context"
	"maps"
	"slices"
	"time"

	"resolute/internal/db"
	"resolute/internal/measure/dataquery"
	"resolute/internal/sdmx/artefact"
)

// Availability tells for which codes there are data under a question, and of how many series and
// observations; with it the artefacts that are to be told too, whose lists hold only these codes. found
// is false when there is no such dataflow. A dataflow of which nothing is chosen is left out. It returns
// a *dataquery.Error when the question speaks of what a dataflow does not have.
func (m *Measure) Availability(ctx context.Context, a dataquery.Availability, from Selection, names Naming) (regions []artefact.Region, with []artefact.Artefact, found bool, err error) {
	s, err := m.shelf(ctx, from, names)
	if err != nil || len(s.flows) == 0 {
		return nil, nil, false, err
	}
	from.At = s.seq
	s.held = map[string]*holding{}
	var told []*Flow
	for _, f := range s.flows {
		if err := fitsAvailability(a, f); err != nil {
			return nil, nil, true, err
		}
		h, err := m.available(ctx, a, from, f)
		if err != nil {
			return nil, nil, true, err
		}
		region := regionOf(a, f, h)
		if len(region.Keys) == 0 {
			continue
		}
		told, s.held[f.Name] = append(told, f), h
		region.Text = s.named(f.Name)
		regions = append(regions, region)
	}
	s.flows = told
	if len(told) > 0 && len(a.References) > 0 {
		s.fill()
		with = s.chosen(a)
	}
	return regions, with, true, nil
}

// fitsAvailability checks that a question speaks of what a dataflow has.
func fitsAvailability(a dataquery.Availability, f *Flow) error {
	if err := a.Fits(f.Name, f.Dimensions, components()); err != nil {
		return err
	}
	for _, id := range a.Components {
		if id != timeDimension && !slices.Contains(f.Dimensions, id) {
			return &dataquery.Error{Status: 422, Message: f.Name + " has no dimension " + id}
		}
	}
	return nil
}

// available finds what is chosen of a dataflow.
func (m *Measure) available(ctx context.Context, a dataquery.Availability, from Selection, f *Flow) (*holding, error) {
	if from.Changes {
		return m.availableChanges(ctx, from, f)
	}
	if from.all() {
		held, err := m.holdings(ctx, from.At)
		return held[f.Name], err
	}
	v := newViews(a, f)
	n, nothing := narrowing(f.Name, nil, nil), false
	if !a.Remaining {
		n, nothing = from.narrow(f)
	}
	if nothing {
		return v.chosen, nil
	}
	err := m.DB.View(ctx, func(q db.Queryer) error { return eachBody(ctx, q, from.At, n, v.take) })
	return v.result(), err
}

// availableChanges finds what changed of a dataflow.
func (m *Measure) availableChanges(ctx context.Context, from Selection, f *Flow) (*holding, error) {
	from.Dataflow, from.Query.Agencies, from.Query.IDs, from.Query.Versions = f.Name, nil, nil, nil
	answer, err := m.Choose(ctx, from)
	h := newHolding(len(f.Dimensions))
	if err != nil {
		return h, err
	}
	if answer.Observations > MostGathered {
		return h, &dataquery.Error{Status: 413, Message: "What changed is more than 250,000 observations: ask for a part."}
	}
	known, met := map[string][2]time.Time{}, map[string]bool{}
	for _, p := range answer.parts {
		for _, r := range p.rows {
			if key := (seriesKey{f.Name, r.series.Indicator, r.series.Area, r.series.DimsText}).String(); !met[key] {
				met[key] = true
				h.add(f.codes(r.series), r.series.AreaName)
			}
			h.observe(r.observation.Period, r.observation.Words, known)
		}
	}
	return h, nil
}

// views look at the series of a dataflow with the question as it is and, for each dimension that it
// binds, without what it asks of that one: what is there then may still be chosen.
type views struct {
	flow    *Flow
	exact   dataquery.Query
	chosen  *holding
	free    map[int]dataquery.Query // by dimension; the time comes behind them all
	open    *holding                // what the free views see
	inside  bool                    // the question asks something of observations
	periods map[string][2]time.Time
}

func newViews(a dataquery.Availability, f *Flow) *views {
	v := &views{flow: f, exact: a.Query, chosen: newHolding(len(f.Dimensions)), open: newHolding(len(f.Dimensions)), free: map[int]dataquery.Query{}, periods: map[string][2]time.Time{}}
	for _, c := range a.Conditions {
		v.inside = v.inside || !slices.Contains(f.Dimensions, c.Component)
	}
	if !a.Remaining {
		return v
	}
	for i, id := range append(slices.Clone(f.Dimensions), timeDimension) {
		if a.Bound(i, id) {
			v.free[i] = a.Without(i, id)
		}
	}
	return v
}

// take looks at one series.
func (v *views) take(s *Series, body []byte) error {
	codes := v.flow.codes(s)
	exact := v.wants(v.exact, codes)
	var free []int
	for i, q := range v.free {
		if v.wants(q, codes) {
			free = append(free, i)
		}
	}
	if !exact && len(free) == 0 {
		return nil
	}
	if !v.inside {
		return v.whole(s, body, codes, exact, free)
	}
	list, err := unpack(body)
	if err != nil {
		return err
	}
	one := *s
	one.Observations = list
	if found := v.flow.observed(&one, v.exact); exact && len(found) > 0 {
		v.chosen.add(codes, s.AreaName)
		for _, o := range found {
			v.chosen.observe(o.Period, o.Words, v.periods)
		}
	}
	for _, i := range free {
		v.opened(i, codes, s, v.flow.observed(&one, v.free[i]))
	}
	return nil
}

// whole counts a series of which every observation is chosen.
func (v *views) whole(s *Series, body []byte, codes []string, exact bool, free []int) error {
	for _, i := range free {
		v.open.codes[i][codes[i]] = true
	}
	if slices.Contains(free, areaPlace) && s.AreaName != "" {
		v.open.areas[codes[areaPlace]] = s.AreaName
	}
	if !exact {
		return nil
	}
	v.chosen.add(codes, s.AreaName)
	return v.chosen.skim(body, v.periods)
}

// opened notes what a free view sees of a series.
func (v *views) opened(i int, codes []string, s *Series, found []*Observation) {
	if len(found) == 0 {
		return
	}
	if i < len(codes) {
		v.open.codes[i][codes[i]] = true
		if i == areaPlace && s.AreaName != "" {
			v.open.areas[codes[i]] = s.AreaName
		}
		return
	}
	for _, o := range found {
		v.open.when(o.Period, v.periods)
	}
}

// areaPlace is that of the area among the dimensions.
const areaPlace = 1

func (v *views) wants(q dataquery.Query, codes []string) bool {
	return q.Series(codes) && q.Holds(func(id string) (string, bool) {
		at := slices.Index(v.flow.Dimensions, id)
		if at < 0 {
			return "", false
		}
		return codes[at], true
	})
}

// result is what is chosen, with what may be chosen in place of what the question binds.
func (v *views) result() *holding {
	h := *v.chosen
	for i := range v.free {
		if i == len(v.flow.Dimensions) {
			h.first, h.last = v.open.first, v.open.last
			continue
		}
		h.codes[i] = v.open.codes[i]
	}
	maps.Copy(h.areas, v.open.areas)
	return &h
}

// regionOf writes what is held as a region.
func regionOf(a dataquery.Availability, f *Flow, h *holding) artefact.Region {
	region := artefact.Region{Flow: nameOf(artefact.Dataflow, f), Series: h.series, Observations: h.observations}
	asked := func(id string) bool { return a.Components == nil || slices.Contains(a.Components, id) }
	for i, id := range f.Dimensions {
		if codes := h.sorted(i); asked(id) && len(codes) > 0 {
			region.Keys = append(region.Keys, artefact.Values{Component: id, Codes: codes})
		}
	}
	if asked(timeDimension) && !h.first.IsZero() {
		region.Keys = append(region.Keys, artefact.Values{Component: timeDimension, First: h.first.Format(time.DateOnly), Last: h.last.Format(time.DateOnly)})
	}
	return region
}

// chosen gives the artefacts that are told with a region; their lists are of what is available.
func (s *shelf) chosen(a dataquery.Availability) []artefact.Artefact {
	var list []artefact.Artefact
	for _, one := range s.list {
		wanted := slices.Contains(a.References, string(one.Class)) || slices.Contains(a.References, "all") && one.Class != artefact.AgencyScheme
		if !wanted {
			continue
		}
		one.Partial = one.Class == artefact.Codelist || one.Class == artefact.ConceptScheme // of all dataflows
		list = append(list, one)
	}
	return list
}
