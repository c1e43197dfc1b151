package generate

import "strconv"

var (
	lightFlows = law{{66_000, 1}, {500_000, 2}, {900_000, 3}, {1_000_000, 4}}
	amounts    = law{{0, 100}, {100_000, 4_000}, {500_000, 88_000}, {900_000, 2_400_000}, {990_000, 40_000_000}, {999_900, 900_000_000}, {1_000_000, 40_000_000_000}}

	kinds       = [...]string{"3", "4", "2", "1", "11"}
	kindsByRate = weigh(340, 320, 180, 80, 67)
)

// light decides about one small activity: what the pages, facets and figures need, and no more.
func (m *maker) light(n int, p *publisher) {
	m.chance.begin(m.o.Seed, forFacts, n)
	c, f := &m.chance, &m.facts
	f.begin(n, p)
	f.life(c)
	m.lightPlaces()
	m.lightClasses()
	for i := range 1 + c.below(2) {
		m.partner([...]string{"1", "4", "3"}[(n+i)%3])
	}
	for range lightFlows.draw(c) {
		if f.plannedStart < today {
			f.flows = append(f.flows, flow{kind: kinds[kindsByRate.pick(c)], day: f.paidOn(c), currency: p.currency, cents: int64(amounts.draw(c))*100 + int64(c.below(100)), names: none})
		}
	}
}

// lightPlaces puts most activities into one country, some into two or everywhere.
func (m *maker) lightPlaces() {
	c, f := &m.chance, &m.facts
	switch i := c.below(12); {
	case i == 0:
		f.scope = "1"
		f.regions = append(f.regions, part{vocabulary: "1", code: "998", share: notStated}) // developing countries, unspecified
	case i <= 2:
		f.scope = "3"
		a, b := m.world.byCountry.pick(c), m.world.byCountry.pick(c)
		if a == b {
			b = (a + 1) % len(m.world.countries)
		}
		share := 100_000 * (1 + c.below(9))
		f.countries = append(f.countries, part{code: m.world.countries[a], share: share}, part{code: m.world.countries[b], share: 1_000_000 - share})
	default:
		f.scope = "4"
		f.countries = append(f.countries, part{code: m.world.countries[m.world.byCountry.pick(c)], share: notStated})
	}
}

// lightClasses states sectors, targets, action lines and paragraphs.
func (m *maker) lightClasses() {
	c, f, w := &m.chance, &m.facts, m.world
	first, second := w.bySector.pick(c), w.bySector.pick(c)
	if f.sectors = append(f.sectors, part{vocabulary: "1", code: sectors[first], share: notStated}); first != second && c.in(300) {
		share := 50_000 * (1 + c.below(19))
		f.sectors[0].share = share
		f.sectors = append(f.sectors, part{vocabulary: "1", code: sectors[second], share: 1_000_000 - share})
	}
	m.tags("3", "", w.targets, w.byTarget, c.below(5))
	m.tags("99", lineAddress, w.lines, w.byLine, c.below(8)/3)
	m.tags("99", paragraphAddress, paragraphs, w.byThread, c.below(7)/3)
}

// tags states some codes of a vocabulary, each once.
func (m *maker) tags(vocabulary, address string, codes []string, by weights, count int) {
	from := len(m.facts.tags)
next:
	for range count {
		code := codes[by.pick(&m.chance)]
		for _, t := range m.facts.tags[from:] {
			if t.code == code {
				continue next
			}
		}
		m.facts.tags = append(m.facts.tags, part{vocabulary, address, code, notStated})
	}
}

// partner adds one of the agencies in a role.
func (m *maker) partner(role string) {
	n := m.world.byAgency.pick(&m.chance) + 1
	m.facts.partners = append(m.facts.partners, partner{"ZZ-AGENCY-" + padded(n, 5), "Fictional Agency " + strconv.Itoa(n), role, publisherKinds[n%len(publisherKinds)]})
}
