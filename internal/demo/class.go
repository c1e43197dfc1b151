package demo

import (
	"slices"
	"strings"

	"resolute"
	"resolute/internal/iati"
	"resolute/internal/mandate"
	"resolute/internal/register"
)

// schemes begin the vocabulary addresses that the framework's schemes answer to.
const schemes = "https://resolute.example/scheme/"

// paragraphs is the vocabulary address under which paragraphs of the mandate are named.
var paragraphs = register.MandateAddress + mandate.BuiltIn()

// Second is the key of the fictional resolution that the demonstration holds beside the mandate.
const Second = "itu:pp/res/900"

// regionalInitiative stands in a theme for an initiative of the region in which the activity is.
const regionalInitiative = "regional-initiative"

// classes says what the activity is about: DAC sectors, tags of the frameworks, paragraphs of
// the mandate, markers, and the defaults of its flows.
func (m *maker) classes() {
	m.sectors()
	stated := m.sure || m.IntN(3) > 0 // a third of the others leaves the tagging to rules
	if stated && m.t.line != "" && !m.linesAsSectors() {
		m.own("wsis-action-line", m.t.line)
	}
	if m.t.aim != "" && (m.sure || m.IntN(2) == 0) {
		m.tag(sdgVocabulary(m.t.aim), "", m.t.aim)
	}
	m.own("activity-kind", m.t.kind)
	m.own("itu-sector", m.t.sector)
	for _, c := range m.t.concepts {
		m.concept(c)
	}
	for _, alias := range m.t.threads {
		if stated || m.IntN(2) == 0 {
			m.tag("99", paragraphs, alias)
		}
	}
	m.alsoAnswers()
	m.markers()
	m.a.CollaborationType, m.a.DefaultFlowType, m.a.DefaultFinanceType, m.a.DefaultTiedStatus = "1", "10", "110", "5"
	m.a.DefaultAidTypes = []iati.AidType{{Vocabulary: "1", Code: "C01"}}
}

// alsoAnswers states paragraphs of the second resolution. The partners do so: the largest file comes
// in without that text too.
func (m *maker) alsoAnswers() {
	if m.n < partnersFrom {
		return
	}
	for _, path := range m.t.second {
		m.tag("99", register.MandateAddress+Second, path)
	}
}

// sectors states the DAC code of the theme, alone or beside a second one.
func (m *maker) sectors() {
	m.a.Sectors = []iati.Code{{Vocabulary: "1", Code: m.t.dac, Share: iati.NotStated}}
	if m.n%8 == 5 && m.t.dac != "43010" {
		m.a.Sectors[0].Share = 750_000
		m.a.Sectors = append(m.a.Sectors, iati.Code{Vocabulary: "1", Code: "43010", Share: 250_000})
	}
}

// linesAsSectors states action lines as sectors with percentages, as some publishers do.
func (m *maker) linesAsSectors() bool {
	if m.n%16 != 3 || m.t.line == "C11" {
		return false
	}
	for i, line := range []string{m.t.line, "C11"} {
		m.a.Sectors = append(m.a.Sectors, iati.Code{Vocabulary: "99", URI: schemes + "wsis-action-line", Code: line, Share: []iati.Share{600_000, 400_000}[i], Name: resolute.Text{"en": line}})
	}
	return true
}

// concept states a further concept, written scheme:code.
func (m *maker) concept(c string) {
	if c == regionalInitiative {
		m.own("itu-ri-2023-2025", m.countries[m.a.Countries[0].Code].ituRegion+itoa(1+m.IntN(4)))
		return
	}
	if scheme, code, _ := strings.Cut(c, ":"); m.sure || m.IntN(3) > 0 {
		m.own(scheme, code)
	}
}

// markers states policy markers; a significance of 0 says looked at and not targeted.
func (m *maker) markers() {
	m.a.Markers = []iati.Marker{{Vocabulary: "1", Code: "1", Significance: itoa(m.IntN(3))}}
	if m.IntN(3) == 0 {
		m.a.Markers = append(m.a.Markers, iati.Marker{Vocabulary: "1", Code: "11", Significance: itoa(m.IntN(2))})
	}
	if slices.Contains(m.t.concepts, "inclusion-group:disaster-affected") {
		m.a.Markers = append(m.a.Markers, iati.Marker{Vocabulary: "1", Code: "10", Significance: "2"})
	}
}

func sdgVocabulary(aim string) string {
	if strings.Contains(aim, ".") {
		return "3"
	}
	return "2"
}

// own states a code of a scheme that is not the standard's.
func (m *maker) own(scheme, code string) { m.tag("99", schemes+scheme, code) }

// tag adds a tag; codes of a publisher's own vocabulary want a name.
func (m *maker) tag(vocabulary, address, code string) {
	t := iati.Code{Vocabulary: vocabulary, URI: address, Code: code, Share: iati.NotStated}
	if vocabulary == "99" {
		t.Name = resolute.Text{"en": code}
	}
	m.a.Tags = append(m.a.Tags, t)
}
