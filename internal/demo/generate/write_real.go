package generate

import (
	"strconv"

	"resolute"
)

// writeReal writes a report of an activity in the version of its publisher, children in the order of
// the schema, with the faults that were decided.
func (m *maker) writeReal() {
	m.prose.begin(m.o.Seed, forProse, m.facts.n)
	f, p := &m.facts, &m.page
	m.start()
	m.title()
	m.description("1", describedLaw.draw(&m.prose))
	m.middle()
	m.budgets()
	for i := range f.flows {
		m.flow(&f.flows[i])
	}
	for i := range documentLaw.draw(&m.prose) {
		p.put(`<document-link format="application/pdf" url="https://documents.example/` + f.id + "-" + strconv.Itoa(i+1) + `.pdf"><title><narrative>`)
		m.phrase("work", f.pub.lang, m.prose.below(1<<16))
		p.put(" ")
		m.phrase("title-mark", f.pub.lang, 0)
		p.put(`</narrative></title><category code="A01"/><language code="` + string(f.pub.lang) + "\"/></document-link>\n")
	}
	m.related()
	m.results()
	if f.has("unknown-element") {
		p.put("<fictional-element>no schema knows this</fictional-element>\n")
	}
	p.put("</iati-activity>\n")
}

// markers writes policy markers, most of which say that it is no target.
func (m *maker) markers() {
	for i := range min(12, markerLaw.draw(&m.prose)) {
		significance := "0"
		if m.prose.in(272) {
			significance = strconv.Itoa(1 + m.prose.below(2))
		}
		m.page.put(`<policy-marker vocabulary="1" code="` + strconv.Itoa(i+1) + `" significance="` + significance + "\"/>\n")
	}
}

// budgets writes budgets and planned disbursements, a year or a quarter each.
func (m *maker) budgets() {
	for range budgetLaw.draw(&m.prose) {
		from := m.facts.plannedStart + m.prose.below(1000)
		m.page.put("<budget type=\"1\"")
		if m.facts.pub.version != "2.01" { // which has no status
			m.page.put(" status=\"2\"")
		}
		m.page.put(">")
		m.span("budget", from, from+364)
	}
	for range plannedLaw.draw(&m.prose) {
		from := m.facts.plannedStart + m.prose.below(1000)
		m.page.put("<planned-disbursement type=\"1\">")
		m.span("planned-disbursement", from, from+90)
	}
}

// span writes the period and the amount of the element that was just begun, and ends it.
func (m *maker) span(name string, from, to int) {
	m.page.put(`<period-start iso-date="` + days[from] + `"/><period-end iso-date="` + days[to] + `"/><value value-date="` + days[from] + `">` + strconv.Itoa(amounts.draw(&m.prose)) + "</value></" + name + ">\n")
}

// related writes the family: a child names its parent, a parent its children; a few list all of the block.
func (m *maker) related() {
	head, children := m.head(m.facts.n)
	switch {
	case head != m.facts.n:
		m.relate(head, "1")
		if m.prose.in(100) {
			for n := head + 1; n <= head+children; n++ {
				if n != m.facts.n {
					m.relate(n, "3")
				}
			}
		}
	case children > 0:
		for n := head + 1; n <= head+children; n++ {
			m.relate(n, "2")
		}
	default:
		for range relatedLaw.draw(&m.prose) {
			m.relate(m.prose.below(m.o.Activities), "3")
		}
	}
}

func (m *maker) relate(n int, kind string) {
	m.page.put(`<related-activity ref="` + m.idOf(n) + `" type="` + kind + "\"/>\n")
}

// results writes results with an indicator, its baseline and a period.
func (m *maker) results() {
	lang := m.facts.pub.lang
	for range resultLaw.draw(&m.prose) {
		m.page.put("<result type=\"1\">")
		m.passage("title", lang)
		for range 1 + m.prose.below(5)/3 {
			m.page.put("<indicator measure=\"1\">")
			m.passage("title", lang)
			year := 2015 + m.prose.below(8)
			m.page.put(`<baseline year="` + strconv.Itoa(year) + `" value="` + strconv.Itoa(m.prose.below(1000)) + `"/>`)
			for i := range 1 + m.prose.below(4)/3 {
				y := strconv.Itoa(year + 1 + i)
				m.page.put(`<period><period-start iso-date="` + y + `-01-01"/><period-end iso-date="` + y + `-12-31"/><target value="` +
					strconv.Itoa(m.prose.below(5000)) + `"/><actual value="` + strconv.Itoa(m.prose.below(5000)) + `"/></period>`)
			}
			m.page.put("</indicator>")
		}
		m.page.put("</result>\n")
	}
}

func (m *maker) passage(name string, lang resolute.Lang) {
	m.page.put("<" + name + "><narrative>")
	m.phrase("subject", lang, m.prose.below(1<<16))
	m.page.put(" ")
	m.phrase("people", lang, m.prose.below(1<<16))
	m.page.put(" ")
	m.phrase("title-mark", lang, 0)
	m.page.put("</narrative></" + name + ">")
}
