package generate

import "strings"

// real decides about one activity as published data has them.
func (m *maker) real(n int, p *publisher) {
	m.chance.begin(m.o.Seed, forFacts, n)
	c, f := &m.chance, &m.facts
	f.begin(n, p)
	f.life(c)
	f.secondary = p.secondary
	f.level = m.levelOf(n)
	m.realPlaces()
	m.realLocations()
	m.realClasses()
	for i := range partnerLaw.draw(c) {
		m.partner([...]string{"4", "1", "2", "3"}[i%4])
	}
	m.realFlows()
	b := m.bond(n)
	if b.pays {
		m.mirrored(n, false)
	}
	if from := m.ring.previous(n); m.bond(from).pays {
		m.mirrored(from, true)
	}
	if m.o.Faults {
		m.faults()
	}
}

// blockSize is how many activities of a publisher are laid out in families together.
const blockSize = 20

// head gives the parent of an activity, itself when it has none, and how many children follow the parent.
func (m *maker) head(n int) (head, children int) {
	p := m.publisherOf(n)
	if !p.families {
		return n, 0
	}
	first := p.first + (n-p.first)/blockSize*blockSize
	end := min(first+blockSize, p.first+p.count)
	var c chance
	c.begin(m.o.Seed, forFamily, first)
	for at := first; at < end; {
		size := 0
		if c.in(250) {
			size = min(childrenLaw.draw(&c), end-at-1)
		}
		if n <= at+size {
			return at, size
		}
		at += size + 1
	}
	return n, 0
}

func (m *maker) levelOf(n int) int {
	head, _ := m.head(n)
	if head != n {
		return 2
	}
	return 1
}

// realPlaces states one country, several with percentages, some missing or not adding to the
// whole, a country and a region, or a region only.
func (m *maker) realPlaces() {
	c, f, w := &m.chance, &m.facts, m.world
	region := part{vocabulary: "1", code: "998", share: notStated}
	f.scope = "4"
	switch i := c.below(20); {
	case i == 0:
		f.scope, f.regions = "1", append(f.regions, region)
	case i == 1:
		region.share = 300_000
		f.regions = append(f.regions, region)
		f.countries = append(f.countries, part{code: w.countries[w.byCountry.pick(c)], share: 700_000})
	case i <= 4:
		f.scope = "3"
		for range 2 + c.below(4) {
			code := w.countries[w.byCountry.pick(c)]
			if !holds(f.countries, code) {
				f.countries = append(f.countries, part{code: code, share: notStated})
			}
		}
		m.divide(f.countries)
	default:
		f.countries = append(f.countries, part{code: w.countries[w.byCountry.pick(c)], share: notStated})
	}
}

func holds(list []part, code string) bool {
	for _, p := range list {
		if p.code == code {
			return true
		}
	}
	return false
}

// divide states percentages: most add up to the whole.
func (m *maker) divide(list []part) {
	c := &m.chance
	if len(list) < 2 || c.in(60) {
		return // none is stated
	}
	left := 1_000_000
	for i := range list {
		part := left / (len(list) - i)
		if i < len(list)-1 {
			part = part/2 + c.below(part)
		}
		list[i].share, left = part, left-part
	}
	if m.o.Faults && c.in(62) {
		m.facts.fault("split-not-whole", percent(list[0].share))
		list[0].share = max(0, list[0].share+100_000*(c.below(5)-3))
	}
	if c.in(30) {
		list[len(list)-1].share = notStated
	}
}

// realClasses states sectors, and tags where the version has them.
func (m *maker) realClasses() {
	c, f, w := &m.chance, &m.facts, m.world
	for range sectorLaw.draw(c) {
		if code := sectors[w.bySector.pick(c)]; !holds(f.sectors, code) {
			f.sectors = append(f.sectors, part{vocabulary: "1", code: code, share: notStated})
		}
	}
	m.divide(f.sectors)
	if count := tagLaw.draw(c); f.pub.version == "2.03" && count > 0 {
		m.tags("3", "", w.targets, w.byTarget, (count+1)/2)
		m.tags("99", lineAddress, w.lines, w.byLine, count/3)
		m.tags("99", paragraphAddress, paragraphs, w.byThread, count/4)
	}
}

// realFlows gives the transactions: skewed amounts, a few negative or zero, one currency mostly;
// some name the activity that money comes from or goes to, a tenth of them one that does not exist.
func (m *maker) realFlows() {
	c, f := &m.chance, &m.facts
	count := transactionLaw.draw(c)
	byFlow := c.in(18) && len(f.countries) > 0
	mixed := c.in(6)
	for range count {
		x := flow{kind: realKinds[realRates.pick(c)], day: f.paidOn(c), currency: f.pub.currency, names: none}
		x.day = min(x.day, today)
		x.cents = int64(amounts.draw(c))*100 + int64(c.below(100))
		switch i := c.below(1000); {
		case i < 49:
			x.cents = -x.cents
		case i < 65:
			x.cents = 0
		}
		if mixed && c.in(500) {
			x.currency = currencies[currencyWeights.pick(c)]
		}
		if byFlow {
			x.country = m.world.countries[m.world.byCountry.pick(c)]
		}
		m.name(&x)
		f.flows = append(f.flows, x)
	}
	if byFlow && c.in(660) {
		f.countries, f.regions = f.countries[:0], f.regions[:0]
	}
}

var (
	realKinds = [...]string{"3", "4", "2", "1", "11", "12", "13"}
	realRates = weigh(340, 320, 180, 80, 67, 8, 5)
)

// name lets a transaction name an activity at its other side.
func (m *maker) name(x *flow) {
	c := &m.chance
	incoming := x.kind == "1" || x.kind == "11"
	if !incoming {
		x.fromHere = c.in(340)
		if !c.in(20) {
			return
		}
	} else if !c.in(340) {
		return
	}
	if c.in(100) {
		x.other = "ZZ-GEN-9999-" + padded(c.below(100_000), 6) // nobody reports it
		return
	}
	x.names = c.below(m.o.Activities)
	x.other = m.idOf(x.names)
	if c.in(100) {
		x.other = strings.ToLower(x.other)
	}
}
