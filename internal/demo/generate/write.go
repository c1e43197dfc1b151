package generate

import "strconv"

const writtenAt = "2026-09-30T00:00:00Z"

// writeLight writes the facts as one activity of IATI 2.03, children in the order of the schema.
func (m *maker) writeLight() {
	m.prose.begin(m.o.Seed, forProse, m.facts.n)
	m.start()
	m.title()
	m.description("1", 20+m.prose.below(120))
	m.middle()
	for i := range m.facts.flows {
		m.flow(&m.facts.flows[i])
	}
	m.page.put("</iati-activity>\n")
}

// start writes the start tag, the identifier and the reporter.
func (m *maker) start() {
	f, p := &m.facts, &m.page
	p.put("<iati-activity")
	p.attr("last-updated-datetime", days[f.updated]+"T00:00:00Z")
	p.attr("xml:lang", string(f.pub.lang))
	p.attr("default-currency", f.pub.currency)
	if f.level > 1 {
		p.attr("hierarchy", strconv.Itoa(f.level))
	}
	p.put(">\n")
	switch {
	case f.has("identifier-missing"):
	case f.has("identifier-blank"):
		p.put("<iati-identifier>" + f.id + "  </iati-identifier>\n")
	default:
		p.put("<iati-identifier>" + f.id + "</iati-identifier>\n")
	}
	p.put("<reporting-org")
	p.attr("ref", f.pub.ref)
	p.attr("type", f.pub.kind)
	if f.secondary {
		p.attr("secondary-reporter", "1")
	}
	p.put("><narrative>" + f.pub.name + "</narrative></reporting-org>\n")
}

// middle writes what stands between the description and the money.
func (m *maker) middle() {
	f, p := &m.facts, &m.page
	for i, q := range f.partners {
		p.put("<participating-org")
		p.attr("ref", q.ref)
		if i == 0 && f.has("role-in-words") {
			q.role = "FUNDING"
		}
		p.attr("role", q.role)
		p.attr("type", q.kind)
		p.put("><narrative>" + q.name + "</narrative></participating-org>\n")
	}
	if f.has("other-identifier-without-type") {
		p.put(`<other-identifier ref="FILE-` + strconv.Itoa(f.n) + "\"/>\n")
	}
	p.empty("activity-status", "code", f.status)
	for i, day := range [...]int{f.plannedStart, f.actualStart, f.plannedEnd, f.actualEnd} {
		if day != 0 {
			p.put("<activity-date")
			p.attr("type", strconv.Itoa(i+1))
			p.attr("iso-date", days[day])
			p.put("/>\n")
		}
	}
	p.empty("activity-scope", "code", f.scope)
	m.classes()
}

// classes writes places, sectors, tags and markers.
func (m *maker) classes() {
	f := &m.facts
	for _, c := range f.countries {
		m.part("recipient-country", c)
	}
	for _, r := range f.regions {
		m.part("recipient-region", r)
	}
	if m.o.Profile == Real {
		m.locations()
	}
	for _, s := range f.sectors {
		m.part("sector", s)
	}
	if f.has("sector-without-code") {
		m.page.put("<sector vocabulary=\"1\"/>\n")
	}
	for _, t := range f.tags {
		m.part("tag", t)
	}
	if m.o.Profile == Real {
		m.markers()
	}
}

// part writes a place, a sector or a tag; a code of our own vocabularies wants a name.
func (m *maker) part(name string, x part) {
	p := &m.page
	p.put("<" + name)
	p.attr("vocabulary", x.vocabulary)
	p.attr("vocabulary-uri", x.address)
	p.attr("code", x.code)
	if x.share != notStated {
		p.attr("percentage", percent(x.share))
	}
	if x.address == "" {
		p.put("/>\n")
		return
	}
	p.put("><narrative>" + x.code + "</narrative></" + name + ">\n")
}

// flow writes one transaction.
func (m *maker) flow(x *flow) {
	p, kind, day := &m.page, x.kind, days[x.day]
	if x.letter != "" {
		kind = x.letter
	}
	p.put("<transaction>" + `<transaction-type code="` + kind + `"/><transaction-date iso-date="`)
	if x.broken == "date-zero" {
		p.put("0")
	} else {
		p.put(day)
	}
	p.put(`"/><value`)
	if x.currency != m.facts.pub.currency {
		p.attr("currency", x.currency)
	}
	p.attr("value-date", day)
	p.put(">")
	switch {
	case x.broken == "empty-value":
	case x.scientific:
		p.put(scientific(x.cents))
	default:
		p.amount(x.cents)
	}
	p.put("</value>")
	m.detail()
	m.sides(x)
	if x.country != "" {
		p.empty("recipient-country", "code", x.country)
	}
	m.terms()
	p.put("</transaction>\n")
}

// sides writes who gives and who receives: with the activity that a transaction names, by name and
// reference, or not at all.
func (m *maker) sides(x *flow) {
	if m.o.Profile == Light {
		return
	}
	incoming := x.kind == "1" || x.kind == "11"
	provider, receiver := "", x.other
	if incoming {
		provider, receiver = x.other, ""
	} else if x.fromHere {
		provider = m.facts.id
	}
	m.side("provider", provider, 500)
	m.side("receiver", receiver, 300)
}

// side writes one side; what names no activity is there so many times in a thousand.
func (m *maker) side(name, activity string, thousand int) {
	p, q := &m.page, &m.prose
	if activity == "" && !q.in(thousand) {
		return
	}
	n := m.world.byAgency.pick(q) + 1
	p.put("<" + name + "-org")
	if q.in(700) {
		p.attr("ref", "ZZ-AGENCY-"+padded(n, 5))
	}
	p.attr(name+"-activity-id", activity)
	p.put("><narrative>Fictional Agency " + strconv.Itoa(n) + "</narrative></" + name + "-org>")
}

// detail writes what a transaction is called.
func (m *maker) detail() {
	if m.o.Profile == Light || m.prose.in(177) {
		return
	}
	lang := m.facts.pub.lang
	m.page.put("<description><narrative>")
	m.phrase("payment", lang, 0)
	m.page.put(" ")
	m.phrase("work", lang, m.prose.below(1<<16))
	m.page.put("</narrative></description>")
}

// terms writes the kind of flow and finance, which most transactions state.
func (m *maker) terms() {
	if m.o.Profile == Real && m.prose.in(750) {
		m.page.put(`<flow-type code="10"/><finance-type code="110"/>`)
		if m.prose.in(700) {
			m.page.put(`<aid-type code="C01"/>`)
		}
		m.page.put(`<tied-status code="5"/>`)
	}
}
