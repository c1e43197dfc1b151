package generate

import "strconv"

const writtenAt = "2026-09-30T00:00:00Z"

// writeLight writes the facts as one activity of IATI 2.03, children in the order of the schema.
func (m *maker) writeLight() {
	m.prose.begin(m.o.Seed, forProse, m.facts.n)
	m.head()
	m.title()
	m.description("1", 20+m.prose.below(120))
	m.middle()
	for i := range m.facts.flows {
		m.flow(&m.facts.flows[i])
	}
	m.page.put("</iati-activity>\n")
}

// head writes the start tag, the identifier and the reporter.
func (m *maker) head() {
	f, p := &m.facts, &m.page
	p.put("<iati-activity")
	p.attr("last-updated-datetime", days[f.updated]+"T00:00:00Z")
	p.attr("xml:lang", string(f.pub.lang))
	p.attr("default-currency", f.pub.currency)
	if f.level > 1 {
		p.attr("hierarchy", strconv.Itoa(f.level))
	}
	p.put(">\n<iati-identifier>" + f.id + "</iati-identifier>\n<reporting-org")
	p.attr("ref", f.pub.ref)
	p.attr("type", f.pub.kind)
	p.put("><narrative>" + f.pub.name + "</narrative></reporting-org>\n")
}

// middle writes what stands between the description and the money.
func (m *maker) middle() {
	f, p := &m.facts, &m.page
	for _, q := range f.partners {
		p.put("<participating-org")
		p.attr("ref", q.ref)
		p.attr("role", q.role)
		p.attr("type", q.kind)
		p.put("><narrative>" + q.name + "</narrative></participating-org>\n")
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
	for _, c := range f.countries {
		m.part("recipient-country", c)
	}
	for _, r := range f.regions {
		m.part("recipient-region", r)
	}
	for _, s := range f.sectors {
		m.part("sector", s)
	}
	for _, t := range f.tags {
		m.part("tag", t)
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
	p := &m.page
	p.put("<transaction>")
	p.put(`<transaction-type code="` + x.kind + `"/><transaction-date iso-date="` + days[x.day] + `"/><value`)
	if x.currency != m.facts.pub.currency {
		p.attr("currency", x.currency)
	}
	p.attr("value-date", days[x.day])
	p.put(">")
	p.amount(x.cents)
	p.put("</value></transaction>\n")
}
