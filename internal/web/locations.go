package web

import (
	"cmp"
	"context"
	"io"
	"strconv"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/framework"
	"resolute/internal/register"
)

// shownLocations is how many locations stand on one page of their list, fewLocations how many beside the
// map of countries.
const (
	shownLocations = 50
	fewLocations   = 10
)

type locationsPage struct {
	*shell
	List    coverage.LocationList
	Lines   []LocationLine
	Choices []Choice
	Hidden  []Pair
	Chips   []Link
	Clear   string
	Sorts   []Link
	Next    string
	First   string // back to the first page, from a later one
	Map     string // the page of the map

	Unlocated string // the list of activities that state none
}

// LocationLine is one location as a page shows it.
type LocationLine struct {
	Name      Passage // without text: it has none
	Ref       string
	Kind      string // its class in words; empty: not stated
	Feature   string // code of the list LocationType
	Exactness string
	Reach     string
	Point     string    // latitude and longitude; empty: none that can be used
	Unusable  string    // of an activity's page: the point as printed that cannot be used
	Codes     []Pair    // with the level of a division in words
	Said      []Passage // of an activity's page: about the place, and what happens there

	Href     string // of its activity
	Activity Passage
	Areas    []Link // the countries of its activity
}

// locations lists the locations of the activities that fit the filters.
func (s *Site) locations(ctx context.Context, r *request) (answer, error) {
	q := r.listQuery(shownLocations)
	list, err := listFrom(ctx, r, &q, s.Coverage.Locations)
	if err != nil {
		return answer{}, err
	}
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	p := locationsPage{shell: s.shell(r, "locations.title"), List: list}
	p.Lines, p.Map, p.Unlocated = p.locationLines(list.Items, catalogue), p.Filtered("/places"), p.listOf("lacks", coverage.LacksLocation)
	label := s.labels(ctx, p.shell, catalogue)
	p.Choices = []Choice{p.areaChoice(catalogue, label), p.regionChoice(catalogue, label), p.groupChoice(label)}
	p.Hidden, p.Chips, p.Clear = p.carriedBeside("area", "region", "group", "period"), p.chips(label), p.cleared("/places/locations", "sort")
	for _, sort := range coverage.Sorts {
		p.Sorts = append(p.Sorts, Link{Href: p.With("sort", sort), Text: p.T("sort." + sort), Current: sort == q.Sort})
	}
	if list.Next != "" {
		p.Next = p.With("page", list.Next)
	}
	if q.Cursor != "" {
		p.First = p.With("page", "")
	}
	whole := func(format string) func(io.Writer) error {
		return func(w io.Writer) error { return s.Coverage.WriteLocations(ctx, w, q, format) }
	}
	return answer{template: "locations", page: p, csv: whole("csv"), whole: whole("json"), geo: whole("geojson")}, nil
}

// areaChoice offers all countries, in the order of the language, and what is for a region and no country.
func (s *shell) areaChoice(c *framework.Catalogue, label func(name, value string) string) Choice {
	codes, names := map[string]string{}, []string{}
	for _, country := range c.Countries() {
		name := s.In(country.Name).Text
		codes[name] = country.ISO2
		names = append(names, name)
	}
	s.Sort(names)
	ordered := make([]string, len(names))
	for i, name := range names {
		ordered[i] = codes[name]
	}
	return s.choice("area", s.T("choice.all_countries"), append(ordered, coverage.RegionRow), func(code string) string { return label("area", code) })
}

// locationLines shows locations of a list, each with its activity.
func (s *shell) locationLines(list []coverage.Located, c *framework.Catalogue) []LocationLine {
	called := countryNames(c)
	lines := make([]LocationLine, len(list))
	for i, l := range list {
		line := s.locationLine(l.Location)
		line.Href, line.Activity = s.URL("/activity/"+l.Activity.Key), s.In(l.Activity.Title)
		line.Activity.Text = cmp.Or(line.Activity.Text, l.Activity.Identifier)
		for _, code := range l.Activity.Countries {
			line.Areas = append(line.Areas, Link{Href: s.URL("/area/" + code), Text: s.In(called(code)).Text})
		}
		lines[i] = line
	}
	return lines
}

// gazetteers are the vocabularies of places (GeographicVocabulary) by their own names, which are the same
// in every language.
var gazetteers = map[string]string{"A1": "GAUL", "A2": "UN SALB", "A3": "GADM", "A4": "ISO 3166", "G1": "GeoNames", "G2": "OpenStreetMap"}

func gazetteerCode(vocabulary, code string) string {
	return cmp.Or(gazetteers[vocabulary], vocabulary) + " " + code
}

func (s *shell) locationLine(l register.Location) LocationLine {
	line := LocationLine{Name: s.In(l.Name), Ref: l.Ref, Feature: l.Feature, Kind: s.code("location_class", l.Class), Exactness: s.code("exactness", l.Exactness), Reach: s.code("location_reach", l.Reach)}
	if l.Point != nil {
		line.Point = angle(l.Point.Latitude) + ", " + angle(l.Point.Longitude)
	}
	for _, g := range l.Gazetteers {
		line.Codes = append(line.Codes, Pair{"", gazetteerCode(g.Vocabulary, g.Code)})
	}
	for _, d := range l.Administrative {
		code := Pair{"", gazetteerCode(d.Vocabulary, d.Code)}
		if d.Level != "" {
			code.Name = s.T("locations.level", "level", d.Level)
		}
		line.Codes = append(line.Codes, code)
	}
	return line
}

// code puts a code of the standard in words, or gives it as it is.
func (s *shell) code(list, code string) string {
	if key := "code." + list + "." + code; s.Has(key) {
		return s.T(key)
	}
	return code
}

// angle writes degrees as programs read them: points are copied into maps.
func angle(degrees float64) string { return strconv.FormatFloat(degrees, 'f', -1, 64) }

// fillLocations shows the locations of an activity with what its document says of each.
func (p *activityPage) fillLocations() {
	said := p.Stored.Document.Locations
	for _, l := range p.Stored.Locations {
		line := p.locationLine(l)
		if l.N <= len(said) {
			of := said[l.N-1]
			for _, text := range []resolute.Text{of.Description, of.ActivityDescription} {
				if passage := p.In(text); passage.Text != "" {
					line.Said = append(line.Said, passage)
				}
			}
			if l.Point == nil {
				line.Unusable = of.Point.Pos
			}
		}
		p.Locations = append(p.Locations, line)
	}
}

// fillLocations shows the first locations beside the map.
func (p *placesPage) fillLocations(ctx context.Context, s *Site, r *request, c *framework.Catalogue) error {
	list, err := s.Coverage.Locations(ctx, coverage.ListQuery{Filter: r.filter, Period: r.period, Lang: r.lang, Limit: fewLocations})
	if err != nil {
		return err
	}
	p.Located, p.Locations, p.AllLocations, p.Unlocated = list, p.locationLines(list.Items, c), p.Filtered("/places/locations"), p.listOf("lacks", coverage.LacksLocation)
	return nil
}
