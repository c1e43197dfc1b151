package coverage

import (
	"math/bits"
	"slices"

	"resolute/internal/framework"
)

// count adds the rows of a piece that fit to the facets, by the columns.
func (c *facetCounter) count(x *sieve, among chosen) {
	for i, f := range facetFields {
		rows, n := among.all, &c.counts[i]
		if among.but != nil && among.but[i] != nil {
			rows = among.but[i]
		}
		switch {
		case f.ofRows():
			countLists(x.listOf(f.rows), rows, x.rows(), n)
		case f.name == "org":
			countLists(&x.c.organisations, rows, x.rows(), n)
		case f.name == "group" && x.during != allTime:
			x.countGroups(rows, n)
		case f.name == "group":
			for code, found := range countNarrow(&x.c.groups, rows, x.rows()) {
				for k, group := range special {
					n.put(group, found*int(x.c.groups.values[code][k]))
				}
			}
		case f.name == "state":
			x.countStates(rows, n)
		case f.name == "lacks":
			for _, lack := range Lacks {
				n.put(lack, x.lacking(lack, rows).count())
			}
		default:
			column := x.narrowOf(f.name)
			for code, found := range countNarrow(column, rows, x.rows()) {
				for _, v := range parts(f.name, column.values[code]) {
					n.put(v, found)
				}
			}
		}
	}
	for _, o := range among.odd {
		c.add(x.look(x.read(x.u, o.row)), o.failed)
	}
}

func (n *facetCount) put(v string, found int) {
	if found > 0 {
		n.texts[v] += found
	}
}

// countLists counts the numbers in the lists of some rows of so many. When the rows are more than
// half, those of the others are counted and taken away from those of all.
func countLists[T uint16 | uint32](l *lists[T], rows bitset, of int, n *facetCount) {
	n.grow(len(l.counts))
	step := int32(1)
	if 2*rows.count() > of {
		for v, count := range l.counts {
			n.numbers[v] += count
		}
		rows, step = rows.others(of), -1
	}
	numbers := n.numbers
	for i, word := range rows {
		for ; word != 0; word &= word - 1 {
			for _, v := range l.of(i*64 + bits.TrailingZeros64(word)) {
				numbers[v] += step
			}
		}
	}
}

// countNarrow counts the values of some rows of so many, by code.
func countNarrow(n *narrow, rows bitset, of int) []int {
	counts, step := make([]int, len(n.values)), 1
	if 2*rows.count() > of {
		counts, rows, step = slices.Clone(n.counts), rows.others(of), -1
	}
	for i, word := range rows {
		for ; word != 0; word &= word - 1 {
			counts[n.codes[i*64+bits.TrailingZeros64(word)]] += step
		}
	}
	return counts
}

// countGroups counts the special groups that rows work in during the period. Most countries are in
// a group or not whatever the day.
func (x *sieve) countGroups(rows bitset, n *facetCount) {
	in := make([]standings, len(special))
	always, byDay := make([]uint8, len(x.book.countries.ids)), make([]uint8, len(x.book.countries.ids))
	for i, group := range special {
		in[i] = x.book.standingsIn(group)
		for row, known := range in[i].always {
			always[row] |= flagOf(known == framework.Member, i)
			byDay[row] |= flagOf(known == framework.NotKnown, i)
		}
	}
	var found [1 << 8]int // by the groups that a row is in, a bit for each
	rows.each(func(row int) {
		member, doubtful := uint8(0), uint8(0)
		countries := x.c.nations.of(row)
		for _, country := range countries {
			member, doubtful = member|always[country], doubtful|byDay[country]
		}
		for rest := doubtful &^ member; rest != 0; rest &= rest - 1 {
			i := bits.TrailingZeros8(rest)
			member |= flagOf(in[i].hold(countries, func() days { return x.life(row) }), i)
		}
		found[member]++
	})
	for i, group := range special {
		sum := 0
		for groups, n := range found {
			sum += n * (groups >> i & 1)
		}
		n.put(group, sum)
	}
}

func (x *sieve) countStates(rows bitset, n *facetCount) {
	var counts [nstates]int
	for i, word := range rows { // as stateOf, 64 rows at once as far as their days do not matter
		linked := x.linked.word(i)
		some, begun := word&(linked|x.opened.word(i)), word&linked&x.c.begun.word(i)
		counts[isNothing] += bits.OnesCount64(word &^ some)
		counts[isProposed] += bits.OnesCount64(some &^ begun)
		several := begun & x.c.several.word(i)
		counts[isPartly] += bits.OnesCount64(begun &^ several)
		for ; several != 0; several &= several - 1 {
			counts[x.stateOf(i*64+bits.TrailingZeros64(several))]++
		}
	}
	for s, found := range counts {
		n.put(States[s], found)
	}
}

// note counts what the records lack, so that a page can say so above its figures.
func (l *List) note(x *sieve, among chosen) {
	l.NoPlace += x.lacking(LacksPlace, among.all).count()
	for _, o := range among.odd {
		l.NoPlace += oneIf(o.failed == 0 && o.placeless)
	}
	rows := among.whole()
	l.Of, l.Total = l.Of+x.there, l.Total+rows.count()
	l.NoDate += x.lacking(LacksDate, rows).count()
	l.NoMoney += x.lacking(LacksMoney, rows).count()
}

// join adds what was found among other activities.
func (l *List) join(other List) {
	l.Of, l.Total = l.Of+other.Of, l.Total+other.Total
	l.NoPlace, l.NoDate, l.NoMoney = l.NoPlace+other.NoPlace, l.NoDate+other.NoDate, l.NoMoney+other.NoMoney
}
