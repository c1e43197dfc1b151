package mandate

import (
	"io"
	"strings"
	"time"

	"resolute"
	"resolute/internal/akn"
)

// producer is who marks texts up.
const producer = "Resolute"

// langCodes are the languages as addresses of Akoma Ntoso write them (ISO 639-2).
var langCodes = map[resolute.Lang]string{"ar": "ara", "en": "eng", "es": "spa", "fr": "fra", "ru": "rus", "zh": "zho"}

// Akoma writes the text as Akoma Ntoso 3.0: addresses and days of the instrument, each provision
// with the key of its thread, citations as references, footnotes at their marks. Revisions are those known of
// the instrument; the day on which it was marked up is that of the import, so that the same text gives the same bytes.
func (r *Reading) Akoma(w io.Writer, imported time.Time) error {
	doc := r.document()
	d := akn.Document{Work: workOf(r.Instrument, doc), Producer: producer, Produced: imported.UTC().Format(time.DateOnly),
		Expression: akn.Expression{Lang: langCodes[doc.Lang], Label: r.Label, Day: r.Day, Draft: r.Mixed, Title: r.Title}}
	if i, known := InstrumentOf(r.Instrument); known {
		d.Revisions = events(i, r.Day)
	}
	marker := newMarker(r, doc)
	for _, row := range doc.Rows() {
		marker.add(row)
	}
	d.Lines = marker.lines
	d.Notes = marker.placeNotes(doc.Footnotes)
	return akn.Write(w, d)
}

// workOf tells the address of an instrument.
func workOf(instrument string, doc *Document) akn.Work {
	key := partsOfKey(instrument)
	w := akn.Work{Body: akn.BodyCode(key.body), Kind: doc.Kind, Number: doc.Number, Key: instrument}
	if i, known := InstrumentOf(instrument); known {
		w.First = i.Adopted
	}
	return w
}

// keyParts are body, code of the kind and number of an instrument's key.
type keyParts struct{ body, kind, number string }

// bodyOfKey gives the first part of a key: itu:pp.
func bodyOfKey(key string) string {
	body, _, _ := strings.Cut(key, "/")
	return body
}

// partsOfKey takes a key apart: itu:pp/res/140, un:a/hrc/res/32/13.
func partsOfKey(key string) keyParts {
	for _, code := range kindCodes {
		if body, number, found := strings.Cut(key, "/"+code+"/"); found {
			return keyParts{body, code, number}
		}
	}
	return keyParts{body: key}
}

func events(i Instrument, until string) []akn.Event {
	var list []akn.Event
	for _, e := range i.Editions {
		if until == "" || e.Day <= until {
			list = append(list, akn.Event{Day: e.Day, Label: e.Label(), First: e.First})
		}
	}
	return list
}

// marker turns the lines of a text to those of Akoma Ntoso.
type marker struct {
	reading *Reading
	doc     *Document
	threads map[int]string // by line
	groups  map[int]*Group // by line
	lines   []akn.Line
	numbers []int // of the lines, in the text, from 1
	last    bool  // of the group at hand: operative
}

func newMarker(r *Reading, doc *Document) *marker {
	m := &marker{reading: r, doc: doc, threads: map[int]string{}, groups: map[int]*Group{}}
	for _, w := range r.Provisions {
		m.threads[w.Line] = w.Thread
	}
	for i := range doc.Groups {
		m.groups[doc.Groups[i].Line] = &doc.Groups[i]
	}
	return m
}

func (m *marker) add(row Row) {
	if row.Type != rowFootnote {
		m.numbers = append(m.numbers, row.Line)
	}
	text := strings.TrimSpace(m.doc.Lines[row.Line-1])
	switch row.Type {
	case rowFootnote:
	case rowTitle:
		m.plain(akn.TitleLine, text)
	case rowBack:
		m.plain(akn.AfterLine, text)
	case rowHeading:
		m.heading(row, text)
	case rowParagraph:
		m.item(row, text)
	default:
		m.front(text)
	}
}

func (m *marker) plain(kind akn.LineKind, text string) {
	m.lines = append(m.lines, akn.Line{Kind: kind, Spans: []akn.Span{{Text: text}}})
}

// front tells number and opening from what else stands before the text.
func (m *marker) front(text string) {
	kind := akn.FrontLine
	switch {
	case text == m.reading.Opening:
		kind = akn.OpeningLine
	case m.doc.Number != "" && strings.Contains(text, m.doc.Number) && len(m.lines) < 3:
		kind = akn.NumberLine
	}
	m.plain(kind, text)
}

func (m *marker) heading(row Row, text string) {
	l := akn.Line{Kind: akn.HeadingLine, Operative: m.last, Spans: []akn.Span{{Text: text}}}
	if g := m.groups[row.Line]; g != nil {
		l.Operative, l.Name = g.Operative, g.Path
		if g.Operative {
			l.Spans = named(text, g.Addressees)
		}
	}
	m.last = l.Operative
	m.lines = append(m.lines, l)
}

// named cuts a heading at the names of its addressees.
func named(text string, names []string) []akn.Span {
	var spans []akn.Span
	for _, name := range names {
		before, after, found := strings.Cut(text, name)
		if !found || name == "" {
			continue
		}
		if before != "" {
			spans = append(spans, akn.Span{Text: before})
		}
		spans, text = append(spans, akn.Span{Text: name, Role: true}), after
	}
	if text != "" {
		spans = append(spans, akn.Span{Text: text})
	}
	return spans
}

func (m *marker) item(row Row, text string) {
	l := akn.Line{Kind: akn.ItemLine, Operative: row.Group != preambular, Level: max(row.Level, 1), Thread: m.threads[row.Line]}
	m.last = l.Operative
	if rest, found := strings.CutPrefix(text, row.Num); found && row.Num != "" && strings.TrimSpace(rest) != "" {
		stop := len(rest) - len(strings.TrimLeft(rest, ").")) // a stop may not be part of the number
		l.Mark, text = row.Num+rest[:stop], strings.TrimLeft(rest[stop:], " \t\u00a0")
	}
	l.Spans = m.cited(text, row.Line)
	m.lines = append(m.lines, l)
}

// cited cuts a text at its citations, each with the address of the first instrument that it names.
func (m *marker) cited(text string, line int) []akn.Span {
	signs := []rune(text)
	var spans []akn.Span
	at := 0
	for _, c := range CiteLine(text, line, m.doc.Body) {
		address := addressOf(c)
		if address == "" || c.Start < at || c.End > len(signs) {
			continue
		}
		if c.Start > at {
			spans = append(spans, akn.Span{Text: string(signs[at:c.Start])})
		}
		spans, at = append(spans, akn.Span{Text: string(signs[c.Start:c.End]), Href: address}), c.End
	}
	if at < len(signs) || len(spans) == 0 {
		spans = append(spans, akn.Span{Text: string(signs[at:])})
	}
	return spans
}

// addressOf is the address of what a citation names first; empty when it is not told, or is a part
// of the text itself.
func addressOf(c Citation) string {
	for _, t := range c.Targets {
		if t.Key == "" || t.Key == "self" {
			continue
		}
		key := partsOfKey(t.Key)
		if key.kind == "" {
			continue
		}
		d := akn.Document{Work: akn.Work{Body: akn.BodyCode(key.body), Kind: kindOf(key.kind), Number: key.number}, Expression: akn.Expression{Lang: "eng", Day: t.Edition}}
		if i, known := InstrumentOf(t.Key); known {
			d.First = i.Adopted
		}
		if d.Day == "" {
			return d.Work.Address()
		}
		return d.Address()
	}
	return ""
}

func kindOf(code string) string {
	for kind, known := range kindCodes {
		if known == code {
			return kind
		}
	}
	return "resolution"
}
