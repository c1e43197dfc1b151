package demo

import (
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"

	"resolute"
	"resolute/internal/iati"
)

// Options say how much is made. The same options give the same bytes.
type Options struct {
	Activities int
	Seed       uint64
}

// writtenOn is the day of the demonstration. It does not follow the clock, so that a
// demonstration made today equals one made next year.
const writtenOn = "2026-09-30T00:00:00Z"

// Write writes the fictional activities as one IATI file.
func Write(w io.Writer, o Options) error {
	out := newWriter(w)
	for i := range o.Activities {
		a := activity(o.Seed, i)
		if err := out.WriteActivity(a); err != nil {
			return fmt.Errorf("write demonstration activity %d: %w", i+1, err)
		}
		if i%97 == 41 { // a publisher that repeats an identifier with an older copy
			if err := out.WriteActivity(older(a)); err != nil {
				return fmt.Errorf("write demonstration activity %d again: %w", i+1, err)
			}
		}
	}
	return out.Close()
}

func newWriter(w io.Writer) *iati.Writer {
	return iati.NewWriter(w, iati.Root{Kind: iati.Activities, Version: "2.03", GeneratedAt: writtenOn})
}

// maker makes one activity from its own stream of chance, so that activity n is the same
// whatever the number of activities.
type maker struct {
	*rand.Rand
	world
	n    int
	sure bool // one of those that show each theme in full, whatever chance says
	p    publisher
	t    theme
	a    iati.Activity
}

func activity(seed uint64, n int) iati.Activity {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, uint64(n))), world: theWorld(), n: n, sure: n%3 == 0}
	m.p, m.t = choose(m.world, seed, headOf(n))
	m.identity(number(n))
	m.family()
	m.partners()
	m.places()
	m.classes()
	m.dates()
	m.money()
	m.outcome()
	m.faults()
	return m.a
}

// choose gives the publisher and the theme of an activity. Every third activity takes the next
// theme, so that each theme occurs; the others prefer those at the head of the table.
func choose(w world, seed uint64, n int) (publisher, theme) {
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	i := min(r.IntN(len(w.themes)), r.IntN(len(w.themes)))
	if n%3 == 0 {
		i = n / 3 % len(w.themes)
	}
	t := w.themes[i]
	if t.goes(alone) {
		return w.publishers[i%len(w.publishers)], t
	}
	return w.publishers[min(r.IntN(len(w.publishers)), r.IntN(len(w.publishers)))], t
}

// identity says what the activity is called and who reports it.
func (m *maker) identity(number string) {
	m.a = iati.Activity{
		Identifier: m.p.ref + "-" + number, Lang: m.p.lang, DefaultCurrency: m.p.currency, Hierarchy: 1,
		LastUpdated: writtenOn, Reporter: iati.Reporter{Ref: m.p.ref, Type: m.p.kind, Name: m.p.name},
		Title: resolute.Text{}, Descriptions: []iati.Description{{Type: "1", Text: resolute.Text{}}},
	}
	for _, l := range m.languages() {
		m.a.Title[l] = m.t.title[l] + ", " + phase[l] + " " + itoa(1+m.n%7) + " (" + fictional[l] + ")"
		m.a.Descriptions[0].Text[l] = m.t.text[l] + " " + marked[l]
		if m.t.text[l] == "" {
			m.a.Descriptions[0].Text[l] = marked[l]
		}
	}
	if m.IntN(4) == 0 {
		m.a.OtherIdentifiers = append(m.a.OtherIdentifiers, iati.OtherIdentifier{Ref: "FILE-" + number, Type: "A1"})
	}
	if m.p.other != "" {
		m.a.OtherIdentifiers = append(m.a.OtherIdentifiers, iati.OtherIdentifier{Ref: m.p.other, Type: "B1", OwnerRef: m.p.ref, OwnerName: m.p.name})
	}
}

// languages are the publisher's own, English in most cases, and now and then all six.
func (m *maker) languages() []resolute.Lang {
	own := m.p.lang
	switch m.IntN(8) {
	case 0, 1:
		return resolute.Langs[:]
	case 2, 3:
		return []resolute.Lang{own}
	}
	if own == resolute.English {
		return []resolute.Lang{own}
	}
	return []resolute.Lang{own, resolute.English}
}

// spoken are the languages that the title has.
func (m *maker) spoken() []resolute.Lang {
	return slices.Sorted(maps.Keys(m.a.Title))
}

// partners adds who takes part beside the publisher: in all four roles, some known by name only.
func (m *maker) partners() {
	m.a.Participants = []iati.Participant{{Ref: m.p.ref, Role: "2", Type: m.p.kind, Name: m.p.name}}
	if m.t.goes(alone) {
		return
	}
	count := m.IntN(4)
	if m.sure {
		count = max(count, 1)
	}
	for i := range count {
		q := m.publishers[m.IntN(len(m.publishers))]
		partner := iati.Participant{Ref: q.ref, Role: []string{"1", "4", "3"}[(i+m.n)%3], Type: q.kind, Name: q.name}
		if slices.ContainsFunc(m.a.Participants, func(have iati.Participant) bool { return have.Ref == q.ref && have.Role == partner.Role }) {
			continue
		}
		m.a.Participants = append(m.a.Participants, partner)
	}
	if m.IntN(4) == 0 {
		m.a.Participants = append(m.a.Participants, iati.Participant{Role: "4", Type: "11",
			Name: resolute.Text{"en": "Fictional Village Council " + itoa(1+m.IntN(40))}})
	}
}

// number is what the publisher calls the activity behind its own reference.
func number(n int) string {
	if n >= partnersFrom {
		return "P" + itoa(n-partnersFrom+1)
	}
	return itoa(n + 1)
}

func itoa(n int) string { return strconv.Itoa(n) }
