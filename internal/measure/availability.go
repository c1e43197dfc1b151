package measure

import (
	"cmp"
	"context"
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

// available finds what is chosen of a dataflow. Where the codes are asked for that may be chosen beside,
// those of a dimension that the question binds are what it would choose without that.
func (m *Measure) available(ctx context.Context, a dataquery.Availability, from Selection, f *Flow) (*holding, error) {
	if from.Changes {
		return m.availableChanges(ctx, from, f)
	}
	chosen, err := m.look(ctx, from, f)
	if err != nil || !a.Remaining {
		return chosen, err
	}
	all := *chosen
	all.codes = slices.Clone(chosen.codes)
	for i, id := range append(slices.Clone(f.Dimensions), timeDimension) {
		if !a.Bound(i, id) {
			continue
		}
		free := from
		free.Query = a.Without(i, id)
		open, err := m.look(ctx, free, f)
		if err != nil {
			return nil, err
		}
		if id == timeDimension {
			all.first, all.last = open.first, open.last
			continue
		}
		all.codes[i] = open.codes[i]
	}
	return &all, nil
}

// look finds what a selection chooses of a dataflow: from what is in memory, unless the question speaks of
// values and attributes.
func (m *Measure) look(ctx context.Context, from Selection, f *Flow) (*holding, error) {
	all, err := m.stocks(ctx, from.At)
	if err != nil {
		return nil, err
	}
	held := all[f.Name]
	if from.all() {
		return held.whole, nil
	}
	if !slices.ContainsFunc(from.Query.Conditions, func(c dataquery.Condition) bool {
		return c.Component != timeDimension && !slices.Contains(f.Dimensions, c.Component)
	}) {
		return held.choose(f, from), nil
	}
	h := newHolding(len(f.Dimensions))
	h.areas = held.areas
	n, nothing := from.narrow(f)
	if nothing {
		return h, nil
	}
	err = m.DB.View(ctx, func(q db.Queryer) error {
		return eachBody(ctx, q, from.At, n, "", func(s *Series, body []byte) (err error) {
			if !from.wants(f, s) {
				return nil
			}
			one := *s
			if one.Observations, err = unpack(body); err != nil {
				return err
			}
			chosen := f.observed(&one, from.Query)
			if len(chosen) > 0 {
				h.add(f.codes(s))
			}
			for _, o := range chosen {
				h.observe(held.daysOf(o.Period), o.Words)
			}
			return nil
		})
	})
	return h, err
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
	met := map[string]bool{}
	for _, p := range answer.parts {
		for _, r := range p.rows {
			if key := (seriesKey{f.Name, r.series.Indicator, r.series.Area, r.series.DimsText}).String(); !met[key] {
				met[key] = true
				h.add(f.codes(r.series))
				h.areas[r.series.Area] = cmp.Or(h.areas[r.series.Area], r.series.AreaName)
			}
			h.observe(daysOf(r.observation.Period), r.observation.Words)
		}
	}
	return h, nil
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
