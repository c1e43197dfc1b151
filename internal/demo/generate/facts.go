package generate

// notStated is the share of a part that states none.
const notStated = -1

// facts is what is decided about one activity, apart from its texts: all that figures depend on.
type facts struct {
	n       int
	pub     *publisher
	id      string
	updated int // day
	level   int // of the hierarchy

	secondary bool    // repeats what others report
	mirrored  int     // flows that the other side tells of too, or should
	wrong     []Fault // without file and place

	plannedStart, actualStart, plannedEnd, actualEnd int // days; 0: not stated
	status                                           string
	scope                                            string

	countries []part
	regions   []part
	sectors   []part
	tags      []part
	partners  []partner
	flows     []flow

	locations []location
}

// part is a place, a sector or a tag with its share in millionths.
type part struct {
	vocabulary, address, code string
	share                     int
}

// partner is who takes part.
type partner struct{ ref, name, role, kind string }

// flow is one transaction.
type flow struct {
	kind       string
	day        int
	currency   string
	cents      int64
	names      int    // the activity at the other side; none: it names none, or one that nobody reports
	other      string // its identifier as printed; empty: nothing is printed
	fromHere   bool   // names its own activity as the provider
	country    string // where this transaction alone went
	letter     string // code of an old version in place of the type
	scientific bool   // the amount is written with an exponent
	broken     string // fault that makes it unusable; empty: it counts
}

// begin empties the facts for another activity; the lists keep their memory.
func (f *facts) begin(n int, p *publisher) {
	*f = facts{n: n, pub: p, level: 1, countries: f.countries[:0], regions: f.regions[:0], sectors: f.sectors[:0], tags: f.tags[:0], partners: f.partners[:0], flows: f.flows[:0], locations: f.locations[:0]}
	f.id = p.ref + "-" + padded(n-p.first+1, 6)
}

// life decides the dates: begun between 2014 and 2027, for one to six years; what lies after
// the day of writing is only planned.
func (f *facts) life(c *chance) {
	f.plannedStart = today - 4400 + c.below(4800)
	f.plannedEnd = f.plannedStart + 365 + c.below(1500)
	f.updated = today - c.below(700)
	f.status = "1"
	if f.plannedStart <= today {
		f.status, f.actualStart = "2", min(f.plannedStart+c.below(60), today)
	}
	if f.plannedEnd <= today {
		f.status, f.actualEnd = "4", f.plannedEnd
	}
}

// paidOn chooses a day of the life that is not after the day of writing.
func (f *facts) paidOn(c *chance) int {
	return f.plannedStart + c.below(max(1, min(f.plannedEnd, today)-f.plannedStart))
}
