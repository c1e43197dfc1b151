package coverage

import (
	"maps"
	"slices"
	"unique"

	"resolute"
	"resolute/internal/search"
)

// write writes a block as one state sees it, with all that stands beside its records, once made.
func (p *piece) write(to *scribe, s *aspect) {
	to.text(p.records)
	writeColumn(to, p.ends)
	writeColumn(to, p.heads)
	form := p.words.Form()
	to.text(form.Words)
	writeColumn(to, form.WordEnds)
	to.text(form.Numbers)
	writeColumn(to, form.ListEnds)
	p.index.write(to)
	writeColumn(to, p.gone)
	p.verdict.write(to)
	p.columns.write(to)
	s.write(to)
	p.landings.write(to)
	to.number(int64(flagOf(p.parts != nil, 0)))
	if p.parts != nil {
		p.parts.write(to)
	}
}

// readPiece reads what write wrote. Nothing of it is made anew.
func readPiece(r *lector, f *facts, b *book) piece {
	k := &block{records: r.text(), united: f.united}
	k.ends = readColumn[uint32](r)
	k.heads = readColumn[uint64](r)
	n := k.rows()
	r.must(grows(k.ends, len(k.records)) && len(k.heads) == n)
	form := search.Form{Texts: n, Words: r.text(), WordEnds: readColumn[uint32](r), Numbers: r.text(), ListEnds: readColumn[uint32](r)}
	r.must(form.Sound())
	k.words = search.Of(form)
	k.index = readRowIndex(r, n)
	p := piece{block: k, gone: readColumn[uint64](r), verdict: readVerdict(r)}
	k.columns = readColumns(r, n)
	s := readAspect(r, n, b)
	k.columns.byBook.kept = []*aspect{s}
	k.landings = readLandings(r, n, b)
	if r.number() == 1 {
		k.parts = readCellParts(r, n)
	}
	k.making.Do(func() {})
	k.landing.Do(func() {})
	k.splitting.Do(func() {})
	return p
}

// grows tells whether ends grow up to a last one.
func grows(ends []uint32, last int) bool {
	return slices.IsSorted(ends) && (len(ends) == 0 && last == 0 || len(ends) > 0 && int(ends[len(ends)-1]) == last)
}

// below tells whether all numbers are smaller than one.
func below[T uint8 | uint16 | uint32](list []T, n int) bool {
	return len(list) == 0 || int(slices.Max(list)) < n
}

func (x *index) write(to *scribe) {
	writeColumn(to, x.identifiers)
	writeColumn(to, x.counts)
	to.number(int64(len(x.namings)))
	for _, n := range x.namings {
		to.number(int64(n.row))
		to.number(int64(n.flow))
		to.number(int64(n.figure))
		to.text(n.other)
	}
}

func readRowIndex(r *lector, rows int) index {
	x := index{identifiers: readColumn[uint64](r), counts: readColumn[counts](r)}
	r.must(len(x.identifiers) == rows && len(x.counts) == rows)
	x.namings = make([]rowNaming, r.length(4))
	for i := range x.namings {
		row, flow, figures := r.number(), r.number(), r.number()
		r.must(row >= 0 && row < int64(rows))
		x.namings[i] = rowNaming{uint16(row), naming{int(flow), figure(figures), r.text()}}
	}
	return x
}

func (v *verdict) write(to *scribe) {
	writeColumn(to, v.aside)
	writeColumn(to, v.holds)
	to.number(int64(len(v.left)))
	for _, row := range slices.Sorted(maps.Keys(v.left)) {
		to.number(int64(row))
		writeColumn(to, v.left[row])
	}
}

func readVerdict(r *lector) verdict {
	v := verdict{aside: readColumn[uint64](r), holds: readColumn[uint64](r)}
	if n := r.length(2); n > 0 {
		v.left = make(map[int][]uint32, n)
		for range n {
			row := int(r.number())
			v.left[row] = readColumn[uint32](r)
		}
	}
	return v
}

func (s *aspect) write(to *scribe) {
	s.threads.write(to)
	writeColumn(to, s.linked)
	writeColumn(to, s.opened)
	s.landed.write(to)
}

func readAspect(r *lector, rows int, b *book) *aspect {
	s := &aspect{of: b, threads: readRows(r, rows), linked: readColumn[uint64](r), opened: readColumn[uint64](r), landed: readLanding(r, rows, b.provision)}
	s.landing.Do(func() {})
	return s
}

func (l *landing) write(to *scribe) {
	writeColumn(to, l.counted)
	writeColumn(to, l.open)
}

func readLanding(r *lector, rows int, v *view) landing {
	l := landing{counted: readColumn[uint32](r), open: readColumn[uint32](r)}
	r.must(len(l.counted) == rows && below(l.counted, len(v.ways.ways)))
	r.must(len(l.open) == 0 && v.by == ByCountry || len(l.open) == rows && below(l.open, len(v.openWays.ways)))
	return l
}

func (l *landings) write(to *scribe) {
	writeColumn(to, l.ends)
	writeColumn(to, l.units)
	writeColumn(to, l.days)
	writeColumn(to, l.cents)
	writeUnits(to, l.known)
	for _, x := range []*landing{&l.countries, &l.lines, &l.goals, &l.targets} {
		x.write(to)
	}
	writeColumn(to, l.openGoals)
	writeColumn(to, l.openTargets)
}

func readLandings(r *lector, rows int, b *book) *landings {
	l := &landings{}
	l.ends, l.units, l.days, l.cents = readColumn[uint32](r), readColumn[uint16](r), readColumn[day](r), readColumn[resolute.Cents](r)
	l.known = readUnits(r)
	r.must(len(l.ends) == rows && grows(l.ends, len(l.units)) && len(l.days) == len(l.units) && len(l.cents) == len(l.units) && below(l.units, len(l.known)))
	l.countries, l.lines = readLanding(r, rows, b.countries), readLanding(r, rows, b.lines)
	l.goals, l.targets = readLanding(r, rows, b.goals), readLanding(r, rows, b.targets)
	l.openGoals, l.openTargets = readColumn[uint32](r), readColumn[uint32](r)
	r.must(len(l.openGoals) == rows && below(l.openGoals, len(b.goals.cellWays.ways)))
	r.must(len(l.openTargets) == rows && below(l.openTargets, len(b.targets.cellWays.ways)))
	return l
}

func (p *cellParts) write(to *scribe) {
	writeColumn(to, p.ends)
	writeColumn(to, p.cells)
	writeColumn(to, p.units)
	writeColumn(to, p.days)
	writeColumn(to, p.cents)
	writeUnits(to, p.known)
}

func readCellParts(r *lector, rows int) *cellParts {
	p := &cellParts{ends: readColumn[uint32](r), cells: readColumn[uint16](r), units: readColumn[uint8](r), days: readColumn[day](r), cents: readColumn[resolute.Cents](r), known: readUnits(r)}
	r.must(len(p.ends) == rows && grows(p.ends, len(p.cells)) && len(p.units) == len(p.cells) && len(p.days) == len(p.cells) && len(p.cents) == len(p.cells) && below(p.units, len(p.known)))
	return p
}

func writeUnits(to *scribe, list []unit) {
	to.number(int64(len(list)))
	for _, u := range list {
		to.number(int64(u.figure))
		to.text(u.currency.Value())
	}
}

func readUnits(r *lector) []unit {
	list := make([]unit, r.length(2))
	for i := range list {
		n := r.number()
		r.must(n >= 0 && n <= int64(noFigure))
		list[i] = unit{figure(n), unique.Make(r.text())}
	}
	return list
}
