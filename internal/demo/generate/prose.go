package generate

import "resolute"

// syllables make up names of places that exist nowhere, so that there are many different words.
var syllables = [...]string{"ba", "ko", "ri", "mu", "ta", "ne", "so", "la", "di", "we", "gu", "pa", "shi", "lo", "ma", "ze", "fu", "ki", "ro", "ny", "ja", "te", "vo", "hu"}

// placeName writes a made-up name.
func (m *maker) placeName() {
	from := len(m.page.b)
	for range 2 + m.prose.below(3) {
		m.page.put(syllables[m.prose.below(len(syllables))])
	}
	m.page.b[from] -= 'a' - 'A'
}

// phrase writes one of the phrases of a kind.
func (m *maker) phrase(kind string, lang resolute.Lang, choice int) {
	list := m.world.phrases[kind]
	m.page.put(list[choice%len(list)][lang])
}

// title writes the title in the languages of the publisher.
func (m *maker) title() {
	work, subject, people := m.prose.below(1<<16), m.prose.below(1<<16), m.prose.below(1<<16)
	m.page.put("<title>")
	for i, lang := range [...]resolute.Lang{m.facts.pub.lang, m.facts.pub.second} {
		if lang == "" {
			continue
		}
		m.page.put("<narrative")
		if i > 0 {
			m.page.attr("xml:lang", string(lang))
		}
		m.page.put(">")
		m.phrase("work", lang, work)
		m.page.put(": ")
		m.phrase("subject", lang, subject)
		m.page.put(" ")
		m.phrase("people", lang, people)
		m.page.put(", ")
		m.placeName()
		m.page.put(" ")
		m.phrase("title-mark", lang, 0)
		m.page.put("</narrative>")
	}
	m.page.put("</title>\n")
}

// description writes so many sentences, after the one that says that nothing is real.
func (m *maker) description(kind string, size int) {
	lang := m.facts.pub.lang
	m.page.put("<description")
	m.page.attr("type", kind)
	m.page.put("><narrative>")
	m.phrase("mark", lang, 0)
	for from := len(m.page.b); len(m.page.b)-from < size; {
		m.page.put(" ")
		m.phrase("work", lang, m.prose.below(1<<16))
		m.page.put(" ")
		m.placeName()
		m.page.put(": ")
		m.phrase("subject", lang, m.prose.below(1<<16))
		m.page.put(" ")
		m.phrase("means", lang, m.prose.below(1<<16))
		m.page.put(".")
	}
	m.page.put("</narrative></description>\n")
}
