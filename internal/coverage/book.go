package coverage

import (
	"cmp"
	"slices"
	"strconv"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/register"
)

// Paragraph is one operative paragraph of the built-in mandate as a row: its alias, the alias of
// the paragraph it is part of, the key of its thread, and our short wording.
type Paragraph struct {
	ID, Parent, Thread string
	Addressee          string
	Title              resolute.Text
}

// book is what a walk needs besides facts: the rows of each view and the frameworks. It is
// immutable and safe for concurrent readers.
type book struct {
	catalogue  *framework.Catalogue
	paragraphs []Paragraph
	rowTitles  map[string]resolute.Text
	threads    map[string]string // key of a thread to the id of its paragraph
	provision  *view
	lines      *view
	goals      *view
	targets    *view
	countries  *view
	regions    *view

	goalsOf, targetsOf [][]int // rows that the matrix joins each line with
}

func newBook(c *framework.Catalogue, paragraphs []Paragraph, rowTitles map[string]resolute.Text) *book {
	b := &book{catalogue: c, paragraphs: paragraphs, rowTitles: rowTitles, threads: map[string]string{}}
	b.provision = newView(ByProvision, register.ThreadScheme, register.ThreadScheme)
	b.provision.areas = true
	for _, p := range paragraphs {
		b.provision.add(p.ID, p.Parent, p.Title)
		b.threads[p.Thread] = p.ID
	}
	b.lines = conceptView(c, ByLine, framework.ActionLine, framework.ActionLine)
	b.goals = conceptView(c, ByGoal, framework.Goal, sdg...)
	b.targets = conceptView(c, ByTarget, framework.Target, sdg...)
	b.countries = countryView(c, rowTitles[RegionRow])
	b.regions = regionView(c, rowTitles[RegionRow])
	for _, line := range b.lines.ids {
		b.goalsOf = append(b.goalsOf, b.goals.rows(c.MatrixGoals(line)))
		b.targetsOf = append(b.targetsOf, b.targets.rows(c.MatrixTargets(line)))
	}
	return b
}

// rows finds the rows of codes; those that the view does not have are left out.
func (v *view) rows(codes []string) []int {
	var rows []int
	for _, code := range codes {
		if row, ok := v.index[code]; ok {
			rows = append(rows, row)
		}
	}
	return rows
}

// view is one way to cut the facts into rows. Rows stand in the order of their scheme.
type view struct {
	by      string
	ids     []string
	parent  []string
	parents []int // row of the parent in this view, -1 at the top
	self    []int // every row in order, so that one alone is a list without being made
	titles  []resolute.Text
	index   map[string]int
	scheme  string   // of the links that make the rows; empty for areas
	family  []string // schemes that a transaction replaces together
	areas   bool     // rows list the countries of their activities
}

func newView(by, scheme string, family ...string) *view {
	return &view{by: by, scheme: scheme, family: family, index: map[string]int{}}
}

func (v *view) add(id, parent string, title resolute.Text) {
	at, known := v.index[parent]
	if !known {
		at = -1
	}
	v.index[id] = len(v.ids)
	v.self = append(v.self, len(v.ids))
	v.ids, v.parent, v.parents, v.titles = append(v.ids, id), append(v.parent, parent), append(v.parents, at), append(v.titles, title)
}

// alone is the list of one row; nobody changes it.
func (v *view) alone(row int) []int { return v.self[row : row+1 : row+1] }

// hasParts tells whether a row has rows below it.
func (v *view) hasParts(row int) bool { return slices.Contains(v.parents, row) }

// sdg are the schemes that a transaction replaces together: a stated target states its goal.
var sdg = []string{framework.Goal, framework.Target, framework.Indicator}

func conceptView(c *framework.Catalogue, by, scheme string, family ...string) *view {
	v := newView(by, scheme, family...)
	v.areas = true
	for _, concept := range c.Concepts(scheme) {
		title := concept.Short
		if len(title) == 0 {
			title = concept.Title
		}
		v.add(concept.Code, concept.Parent, title)
	}
	return v
}

// countryView has a row for each country by code, and one for what is stated for a region only.
func countryView(c *framework.Catalogue, regionTitle resolute.Text) *view {
	v := newView(ByCountry, "")
	countries := slices.Clone(c.Countries())
	slices.SortFunc(countries, func(a, b framework.Country) int { return cmp.Compare(a.ISO2, b.ISO2) })
	for _, country := range countries {
		v.add(country.ISO2, country.ITURegion, country.Name)
	}
	v.add(RegionRow, "", regionTitle)
	return v
}

func regionView(c *framework.Catalogue, regionTitle resolute.Text) *view {
	v := newView(ByITURegion, "")
	for _, region := range c.Concepts(framework.ITURegion) {
		v.add(region.Code, "", region.Title)
	}
	v.add(RegionRow, "", regionTitle)
	return v
}

func (b *book) groupView(group string) *view {
	v := newView(ByGroup, "")
	keys := special
	if group != "" {
		keys = []string{group}
	}
	for _, key := range keys {
		g, _ := b.catalogue.Group(key)
		v.add(g.Key, "", g.Name)
	}
	v.add(NotKnownRow, "", b.rowTitles[NotKnownRow])
	return v
}

// view gives the rows and the way of linking that a query asks for; nil for an unknown view.
func (b *book) view(q Query) (*view, linker) {
	concept := func(v *view) (*view, linker) {
		return v, conceptLinker{view: v, book: b, period: q.Period}
	}
	area := func(v *view) (*view, linker) {
		return v, areaLinker{view: v, countries: b.countries, catalogue: b.catalogue}
	}
	switch q.By {
	case ByProvision:
		return concept(b.provision)
	case ByLine:
		return concept(b.lines)
	case ByGoal:
		return concept(b.goals)
	case ByTarget:
		return concept(b.targets)
	case ByCountry:
		return area(b.countries)
	case ByITURegion:
		return area(b.regions)
	case ByGroup:
		return area(b.groupView(q.Group))
	}
	return nil, nil
}

// prepare fills what walks and facets ask of an activity.
func (b *book) prepare(a *activity) {
	for _, list := range [][]link{a.links, a.places, a.refused} {
		for i := range list {
			list[i].row = b.rowOf(list[i])
		}
	}
	for _, list := range [][]link{a.links, a.places} {
		for _, l := range list {
			if l.txn > 0 {
				a.own = appendNew(a.own, l.txn)
			}
		}
	}
	for _, id := range a.organisations {
		a.organisationIDs = append(a.organisationIDs, strconv.FormatInt(id, 10))
	}
	a.codes = b.codesOf(a, resolute.Period{})
	a.tighten()
}

// tighten gives back the room that growing lists left over: they stay for long.
func (a *activity) tighten() {
	a.links, a.places, a.refused = slices.Clone(a.links), slices.Clone(a.places), slices.Clone(a.refused)
	a.flows, a.proofs = slices.Clone(a.flows), slices.Clone(a.proofs)
	a.organisations, a.organisationIDs, a.roles = slices.Clone(a.organisations), slices.Clone(a.organisationIDs), slices.Clone(a.roles)
	c := &a.codes
	for _, list := range []*[]string{&c.nations, &c.regions, &c.lines, &c.goals, &c.targets, &c.threads, &c.openLines, &c.openGoals, &c.openTargets, &c.openThreads} {
		*list = slices.Clone(*list)
	}
}

// rowOf finds the row of a link in the view of its scheme, of a place in that of countries.
func (b *book) rowOf(l link) int {
	v := b.provision
	switch l.scheme {
	case framework.ActionLine:
		v = b.lines
	case framework.Goal:
		v = b.goals
	case framework.Target:
		v = b.targets
	case nation:
		v = b.countries
	case register.ThreadScheme:
	default:
		return -1
	}
	if row, known := v.index[l.code]; known {
		return row
	}
	return -1
}

// codesIn gives what an activity is about in a period: a link or place of a transaction counts
// when the transaction is dated in it.
func (b *book) codesIn(a *activity, p resolute.Period) *codes {
	if len(a.own) == 0 {
		return &a.codes
	}
	c := b.codesOf(a, p)
	return &c
}

func (b *book) codesOf(a *activity, p resolute.Period) (c codes) {
	for _, place := range a.places {
		if place.scheme != nation || place.txn > 0 && !a.paidIn(place.txn, p) {
			continue
		}
		c.nations = appendNew(c.nations, place.code)
		if country, ok := b.catalogue.Country(place.code); ok && country.ITURegion != "" {
			c.regions = appendNew(c.regions, country.ITURegion)
		}
	}
	for _, l := range a.links {
		if l.txn > 0 && !a.paidIn(l.txn, p) {
			continue
		}
		switch l.scheme {
		case framework.ActionLine:
			b.lines.put(&c.lines, &c.openLines, l)
		case framework.Goal:
			b.goals.put(&c.goals, &c.openGoals, l)
		case framework.Target:
			b.targets.put(&c.targets, &c.openTargets, l)
		case register.ThreadScheme:
			b.provision.put(&c.threads, &c.openThreads, l)
		}
	}
	return c
}

// put adds a code and the codes above it to the counted or the open list.
func (v *view) put(counted, open *[]string, l link) {
	list := counted
	if l.open {
		list = open
	}
	for row := l.row; row >= 0; row = v.parents[row] {
		*list = appendNew(*list, v.ids[row])
	}
}
