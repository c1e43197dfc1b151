package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"resolute/internal/measure"
)

// IndicatorAbout is what is known of an indicator: what its source says, what the catalogue says, and
// whose figures these are.
type IndicatorAbout struct {
	Description string // of the source
	Called      string // of the concept, in the page's language; empty: it is not in the catalogue
	Facts       []Pair
	Threads     []Link // paragraphs that it evidences
	Sources     []string
	Notes       []string
	Missing     string // members without a value in the year
	MissingList []Passage
}

// about gathers it.
func (p *indicatorPage) about(v *frameView) IndicatorAbout {
	a := IndicatorAbout{Description: p.About.Description}
	a.Sources, a.Notes = sourcesOf(v.frame)
	if c, known := v.frame.Concept(); known {
		a.Called, _ = p.called(c.Name, c.ID)
		a.Facts = p.conceptFacts(c)
		for _, alias := range c.Threads {
			a.Threads = append(a.Threads, Link{Href: p.URL("/thread/" + alias), Text: alias})
		}
	}
	var missing []Passage
	members := 0
	for _, country := range v.catalogue.Countries() {
		if !country.ITUMember {
			continue
		}
		members++
		if _, there := v.areaOf(country.ISO2).At(v.year); !there {
			missing = append(missing, p.In(country.Name))
		}
	}
	order := p.Order()
	slices.SortFunc(missing, func(a, b Passage) int { return order(a.Text, b.Text) })
	a.Missing = p.T("indicator.missing_words", "n", len(missing), "of", members, "year", strconv.Itoa(v.year))
	if len(missing) <= mostMissing {
		a.MissingList = missing
	}
	return a
}

// mostMissing is up to how many members without a value are named.
const mostMissing = 60

// conceptFacts are what the catalogue says of a concept, each with its name.
func (p *indicatorPage) conceptFacts(c measure.Concept) (facts []Pair) {
	add := func(key, value string) {
		if value != "" {
			facts = append(facts, Pair{p.T("indicator.about." + key), value})
		}
	}
	add("core", c.Core)
	if c.Direction > 0 {
		facts = append(facts, Pair{p.T("indicator.direction"), p.T("indicator.more_better")})
	} else if c.Direction < 0 {
		facts = append(facts, Pair{p.T("indicator.direction"), p.T("indicator.less_better")})
	}
	if c.Floor != nil || c.Ceiling != nil {
		add("limits", limitsOf(c))
	}
	if rule := "indicator.rule." + c.Aggregation; p.Has(rule) {
		add("rule", p.T(rule))
	}
	if c.OverTime != "" {
		add("over_time", p.T("indicator.over_time."+c.OverTime))
	}
	add("catalogue", c.Source)
	add("keeper", c.Cell("custodian"))
	if c.Confidence != "" {
		add("confidence", isolated(c.Confidence)+p.Colon()+p.T("indicator.confidence."+c.Confidence))
	}
	return facts
}

// withWeights says what the areas of a concept are weighed by, and whether that is held: without it,
// figures of groups are plain means, whatever rule the catalogue names.
func (s *Site) withWeights(ctx context.Context, r *request, p *indicatorPage, v *frameView) error {
	c, known := v.frame.Concept()
	if !known || len(c.Weights) == 0 {
		return nil
	}
	concepts, err := s.Measure.Catalogue(ctx, r.head.Seq)
	if err != nil {
		return err
	}
	held, _, err := s.Measure.Held(ctx, c.Weights, r.head.Seq)
	if err != nil {
		return err
	}
	names := make([]string, len(c.Weights))
	for i, id := range c.Weights {
		weight, _ := concepts.Concept(id)
		names[i], _ = p.called(weight.Name, id)
	}
	said := p.List(names)
	if len(held) == 0 {
		said = p.T("indicator.weights_missing", "weights", said)
	}
	p.Known.Facts = append(p.Known.Facts, Pair{p.T("indicator.about.weights"), said})
	return nil
}

// limitsOf writes the natural limits.
func limitsOf(c measure.Concept) string {
	floor, ceiling := c.Cell("floor"), c.Cell("ceiling")
	switch {
	case c.Ceiling == nil:
		return "\u2265 " + floor
	case c.Floor == nil:
		return "\u2264 " + ceiling
	}
	return floor + "\u2013" + ceiling
}

// sourcesOf lists whose figures these are, and what is noted with them, most frequent first.
func sourcesOf(f measure.Frame) (sources, notes []string) {
	bySource, byNote := map[string]int{}, map[string]int{}
	for _, a := range f.Areas {
		for _, p := range a.Points {
			bySource[p.Source]++
			byNote[p.Note]++
		}
	}
	return frequent(bySource), frequent(byNote)
}

// mostNotes is how many sources and notes a page lists.
const mostNotes = 8

func frequent(counts map[string]int) []string {
	delete(counts, "")
	list := make([]string, 0, len(counts))
	for text := range counts {
		list = append(list, text)
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	return list[:min(len(list), mostNotes)]
}
