package generate

import (
	"strconv"

	"resolute"
)

// publisher is one fictional reporting organisation and its habits: real data is alike within a
// publisher and different between them. The reference begins with ZZ, which no list of
// organisations can ever use.
type publisher struct {
	n         int // from 0; the first are the largest
	ref       string
	name      string
	kind      string // organisation type
	currency  string
	lang      resolute.Lang
	second    resolute.Lang // of titles; empty: none
	version   string        // of IATI
	families  bool          // it reports parents and children
	secondary bool          // it repeats what others report
	latin     bool          // its files are in Latin-1
	first     int           // number of its first activity
	count     int
}

// latinPublisher is the one whose files are in Latin-1.
const latinPublisher = 4

var (
	publisherKinds = [...]string{"10", "22", "40", "21", "15", "60", "80", "70", "23", "11", "24", "90"}
	kindWeights    = weigh(30, 18, 14, 12, 7, 5, 5, 4, 2, 1, 1, 1)

	currencies      = [...]string{"USD", "EUR", "GBP", "CHF", "SEK", "NOK", "DKK", "CAD", "AUD", "JPY", "XOF", "KES", "INR", "BRL", "ZAR", "NZD", "CNY", "KRW", "EGP", "RUB", "BDT", "NGN"}
	currencyWeights = weigh(6500, 1800, 1200, 160, 60, 50, 40, 40, 30, 30, 10, 10, 10, 10, 10, 10, 10, 5, 5, 5, 3, 2)

	langWeights = weigh(905, 1, 33, 28, 1, 1) // as resolute.Langs is not in this order, see langOrder
	langOrder   = [...]resolute.Lang{"en", "ar", "es", "fr", "ru", "zh"}
)

// publishers divides the activities among publishers by a Zipf law: a few hold most.
func publishers(o Options) []*publisher {
	list := make([]*publisher, o.publishers())
	shares := zipf(len(list), 1)
	given := 0
	for i := range list {
		p := &publisher{n: i}
		p.habits(o)
		upTo := int(shares[i] * uint64(o.Activities) / shares[len(list)-1])
		if i == len(list)-1 {
			upTo = o.Activities
		}
		p.first, p.count = given, upTo-given
		given = upTo
		list[i] = p
	}
	return list
}

// habits draws what holds for all activities of a publisher.
func (p *publisher) habits(o Options) {
	var c chance
	c.begin(o.Seed, forHabits, p.n)
	p.ref = "ZZ-GEN-" + padded(p.n+1, 4)
	p.name = "Fictional Publisher " + strconv.Itoa(p.n+1)
	p.kind = publisherKinds[kindWeights.pick(&c)]
	p.currency = currencies[currencyWeights.pick(&c)]
	p.lang = langOrder[langWeights.pick(&c)]
	if o.Profile == Light {
		p.lang = langOrder[p.n%len(langOrder)] // six equal languages
	}
	p.version = "2.03"
	if o.Profile == Real {
		p.version = [...]string{"2.03", "2.02", "2.01"}[weigh(869, 97, 33).pick(&c)]
		p.families, p.secondary = c.in(600), p.n > 2 && c.in(20)
	}
	if c.in(400) {
		if p.second = langOrder[c.below(len(langOrder))]; p.second == p.lang {
			p.second = ""
		}
	}
	if o.Faults && p.n == latinPublisher {
		p.latin, p.lang, p.second = true, resolute.French, ""
	}
}

// publishers says how many there are: few for light files, so that files are large; for real ones
// as many as were seen, 222 for 13,600 activities.
func (o Options) publishers() int {
	n := 8 + o.Activities/2000
	if o.Profile == Real {
		for n = 3; n*n*4/9 < o.Activities; n++ {
		}
	}
	return max(1, min(n, o.Activities, 1500))
}

// padded writes a number with leading zeros.
func padded(n, width int) string {
	s := strconv.Itoa(n)
	for len(s) < width {
		s = "0" + s
	}
	return s
}
