package coverage

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/mandate"
	"resolute/internal/register"
)

// Paragraph is one operative paragraph of an instrument as a row: its alias or the key of its
// thread, that of the paragraph it is part of, the key of its thread, and a short wording.
type Paragraph = mandate.Paragraph

// book is what a walk needs besides facts: the rows of each view and the frameworks. It is
// immutable and safe for concurrent readers.
type book struct {
	catalogue  *framework.Catalogue
	paragraphs []Paragraph
	rowTitles  map[string]resolute.Text
	threads    map[string]string // key of a thread to the id of its paragraph
	joined     map[string]string // threads to those in which they go on
	provision  *view
	lines      *view
	goals      *view
	targets    *view
	countries  *view
	regions    *view

	goalsOf, targetsOf [][]int // rows that the matrix joins each line with
	proposer           *proposer
	rolls              sync.Map // *roll by group, made when asked for
	known              atomic.Pointer[knownTies]
}

func newBook(on base, rowTitles map[string]resolute.Text) *book {
	c := on.catalogue
	b := &book{catalogue: c, rowTitles: rowTitles, joined: on.joined, proposer: &proposer{matrix: register.NewMatrix(c), known: map[string]derived{}}}
	b.take(on.paragraphs)
	b.lines = conceptView(c, ByLine, framework.ActionLine, toLine, toLine)
	b.goals = conceptView(c, ByGoal, framework.Goal, toGoal, sdg...)
	b.targets = conceptView(c, ByTarget, framework.Target, toTarget, sdg...)
	b.countries = countryView(c, rowTitles[RegionRow])
	b.regions = regionView(c, rowTitles[RegionRow])
	for _, line := range b.lines.ids {
		b.goalsOf = append(b.goalsOf, b.goals.rows(c.MatrixGoals(line)))
		b.targetsOf = append(b.targetsOf, b.targets.rows(c.MatrixTargets(line)))
	}
	return b
}

// about gives a book with the paragraphs of another instrument, which shares all other rows.
func (b *book) about(paragraphs []Paragraph) *book {
	other := &book{catalogue: b.catalogue, rowTitles: b.rowTitles, joined: b.joined, lines: b.lines, goals: b.goals, targets: b.targets,
		countries: b.countries, regions: b.regions, goalsOf: b.goalsOf, targetsOf: b.targetsOf, proposer: b.proposer}
	other.take(paragraphs)
	return other
}

// take makes the rows of paragraphs.
func (b *book) take(paragraphs []Paragraph) {
	b.paragraphs, b.threads, b.provision = paragraphs, map[string]string{}, newView(ByProvision, toThread, toThread)
	b.provision.areas = true
	for _, p := range paragraphs {
		b.provision.add(p.ID, p.Parent, p.Title)
		b.threads[p.Thread] = p.ID
	}
	for thread, into := range b.joined {
		if id, known := b.threads[into]; known {
			b.threads[thread] = id
		}
	}
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
	kind    kind   // of the links that make the rows; noKind for areas
	family  []kind // kinds that a transaction replaces together
	areas   bool   // rows list the countries of their activities

	ways, openWays, cellWays ways // how activities fall to the rows: counted, proposed, proposed in cells of the matrix
}

func newView(by string, k kind, family ...kind) *view {
	return &view{by: by, kind: k, family: family, index: map[string]int{}}
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

// withParents gives some rows with those above them, each once.
func (v *view) withParents(rows []int) []int {
	all := make([]int, 0, 2*len(rows))
	for _, row := range rows {
		for ; row >= 0; row = v.parents[row] {
			all = appendNew(all, row)
		}
	}
	return all
}

// hasParts tells whether a row has rows below it.
func (v *view) hasParts(row int) bool { return slices.Contains(v.parents, row) }

// sdg are the kinds that a transaction replaces together: a stated target states its goal.
var sdg = []kind{toGoal, toTarget, toIndicator}

func conceptView(c *framework.Catalogue, by, scheme string, k kind, family ...kind) *view {
	v := newView(by, k, family...)
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

// countryView has a row for each country by code, and one for what is for a region.
func countryView(c *framework.Catalogue, regionTitle resolute.Text) *view {
	v := newView(ByCountry, noKind)
	countries := slices.Clone(c.Countries())
	slices.SortFunc(countries, func(a, b framework.Country) int { return cmp.Compare(a.ISO2, b.ISO2) })
	for _, country := range countries {
		v.add(country.ISO2, country.ITURegion, country.Name)
	}
	v.add(RegionRow, "", regionTitle)
	return v
}

func regionView(c *framework.Catalogue, regionTitle resolute.Text) *view {
	v := newView(ByITURegion, noKind)
	for _, region := range c.Concepts(framework.ITURegion) {
		v.add(region.Code, "", region.Title)
	}
	v.add(RegionRow, "", regionTitle)
	return v
}

func (b *book) groupView(group string) *view {
	v := newView(ByGroup, noKind)
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
		return v, conceptLinker{view: v, book: b, during: daysOf(q.Period)}
	}
	area := func(v *view) (*view, linker) {
		l := areaLinker{view: v, countries: b.countries}
		for _, group := range v.ids {
			if v.by == ByGroup && group != NotKnownRow {
				l.rolls = append(l.rolls, b.rollOf(group))
			}
		}
		return v, l
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

// txnsOf lists the transactions that links or places stand at, in their order, into a list.
func txnsOf(own []int, links, places []link) []int {
	own = own[:0]
	for _, list := range [][]link{links, places} {
		for _, l := range list {
			if last := len(own) - 1; l.txn > 0 && (last < 0 || own[last] != int(l.txn)) {
				own = append(own, int(l.txn))
			}
		}
	}
	slices.Sort(own)
	return slices.Compact(own)
}

// hasOwn tells whether a transaction has links or places of its own.
func (a *activity) hasOwn(txn int32) bool {
	_, own := slices.BinarySearch(a.own, int(txn))
	return own
}

// rowOfThread finds the row of the paragraph that a thread is, or was joined with.
func (b *book) rowOfThread(thread string) int16 {
	if id, known := b.threads[thread]; known {
		return b.provision.rowOf(id)
	}
	return noRow
}

// of gives the view of a kind of link; nil when it makes no rows.
func (b *book) of(k kind) *view {
	switch k {
	case toThread:
		return b.provision
	case toLine:
		return b.lines
	case toGoal:
		return b.goals
	case toTarget:
		return b.targets
	}
	return nil
}

// rowOf finds the row of a code in the view of its kind.
func (b *book) rowOf(k kind, code string) int16 {
	if v := b.of(k); v != nil {
		return v.rowOf(code)
	}
	return noRow
}

func (v *view) rowOf(code string) int16 {
	if row, known := v.index[code]; known {
		return int16(row)
	}
	return noRow
}
