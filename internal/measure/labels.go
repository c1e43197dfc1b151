package measure

import (
	"context"
	"slices"

	"resolute"
	"resolute/internal/sdmx"
)

// Labels say which names an answer bears, in which language, and where they stand in SDMX-CSV.
type Labels struct {
	Names   Naming // of components and codes of the standard
	Lang    resolute.Lang
	Columns sdmx.Labels
}

// Label has the answer written with names where its format bears them: SDMX-JSON always, SDMX-CSV as
// Columns says.
func (a *Answer) Label(l Labels) { a.labels = l }

// options are those of a message of a format.
func (a *Answer) options(ctx context.Context, format sdmx.Format) (o sdmx.Options, err error) {
	o = sdmx.Options{ID: "RESOLUTE", Sender: ownAgency}
	if a.labels.Names == nil || !Named(format, a.labels.Columns) {
		return o, nil
	}
	o.Lang, o.Labels = string(a.labels.Lang), a.labels.Columns
	o.Names, err = a.names(ctx)
	return o, err
}

// Named tells whether a message of a format bears names.
func Named(format sdmx.Format, columns sdmx.Labels) bool {
	return columns != sdmx.NoLabels || slices.Contains([]sdmx.Format{sdmx.JSON10, sdmx.JSON20, sdmx.JSON21}, format)
}

// names gives the names of dataflows, components, indicators, areas and codes of the standard. Those of areas
// that only their source names are known once their series was met.
func (a *Answer) names(ctx context.Context) (sdmx.Names, error) {
	catalogue, err := a.measure.Catalogue(ctx, a.seq)
	if err != nil {
		return nil, err
	}
	s, flows, known := &shelf{names: a.labels.Names, catalogue: catalogue}, map[sdmx.Ref]*Flow{}, map[[3]string]string{}
	for _, f := range a.Flows {
		flows[f.Ref] = f
	}
	a.areas = map[string]string{}
	return func(about sdmx.Ref, component, code string) string {
		f := flows[about]
		if f == nil {
			f = &Flow{}
		}
		if component == "" {
			return f.Name
		}
		key := [3]string{f.Name, component, code}
		name, met := known[key]
		if !met {
			if name, _ = s.label(f, component, code, a.areas[code]).In(a.labels.Lang); name == code {
				name = ""
			}
			known[key] = name
		}
		return name
	}, nil
}

// label is the name of a component or of one of its codes; printed is what the source calls an area.
func (s *shelf) label(f *Flow, component, code, printed string) resolute.Text {
	switch {
	case code == "":
		return s.names(component)
	case component == indicatorDimension:
		return s.indicator(f, code)
	case component == areaDimension:
		return s.area(code, printed)
	case slices.Contains(f.Dimensions, component):
		return s.names(code)
	}
	return nil
}

// meet keeps how the source of a series calls its area.
func (a *Answer) meet(s *Series) {
	if a.areas != nil && a.areas[s.Area] == "" && s.AreaName != "" {
		a.areas[s.Area] = s.AreaName
	}
}
