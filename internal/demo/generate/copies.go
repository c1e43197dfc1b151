package generate

// version is one of the reports of an activity.
type version int

const (
	main      version = iota // its publisher's own
	again                    // a copy in another file of its publisher
	elsewhere                // what a second publisher reports under the same identifier
)

// report decides about one report of an activity; false when there is none.
func (m *maker) report(n int, v version) bool {
	if m.o.Profile == Light {
		m.light(n, m.publisherOf(n))
		return v == main
	}
	b := m.bond(n)
	if v == again && !b.again || v == elsewhere && !b.elsewhere {
		return false
	}
	m.real(n, m.publisherOf(n))
	f := &m.facts
	if v == main {
		return true
	}
	f.repair()
	switch v {
	case again: // older mostly, sometimes newer, now and then of the same day; it lacks every second flow
		switch i := m.chance.below(20); {
		case i < 12:
			f.updated -= 40
		case i < 17:
			f.updated += 40
		}
		kept := f.flows[:0]
		for i, x := range f.flows {
			if i%2 == 0 {
				kept = append(kept, x)
			}
		}
		f.flows = kept
	case elsewhere:
		f.pub = m.publisherOf(m.ring.next(n))
		f.secondary = f.pub.secondary || m.chance.in(700)
		for i := range f.flows {
			f.flows[i].cents += 100
		}
	}
	return true
}

// repair takes faults away: copies have none.
func (f *facts) repair() {
	f.wrong = nil
	for i := range f.flows {
		f.flows[i].letter, f.flows[i].broken, f.flows[i].scientific = "", "", false
	}
	for i := range f.locations {
		l := &f.locations[i]
		l.unnamed = false
		if l.broken != "" {
			l.broken, l.pos = "", "12.5 41.25"
		}
	}
}

// takes tells whether a register may count the report.
func (f *facts) takes() bool { return !f.secondary && !f.has("identifier-missing") }

// counted decides about the report of an activity that counts when one of each identifier does:
// the publisher's own, the newer of two, of one day the one in the file whose name comes last; else that of the
// second publisher.
func (m *maker) counted(n int) bool {
	if m.own(n) {
		return true
	}
	return m.report(n, elsewhere) && m.facts.takes()
}

// own decides about the report that counts among those of the publisher itself.
func (m *maker) own(n int) bool {
	if m.report(n, main); m.o.Profile == Light || !m.bond(n).again {
		return m.facts.takes()
	}
	taken, updated := m.facts.takes(), m.facts.updated
	m.report(n, again)
	if !taken || m.facts.updated >= updated {
		return m.facts.takes()
	}
	return m.report(n, main)
}
