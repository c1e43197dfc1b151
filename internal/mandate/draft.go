package mandate

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"resolute"
)

// Draft is a further revision of an instrument that is being written. It is no revision: it never
// stands in force, and nothing hangs on it.
type Draft struct {
	ID         int64       `json:"id"`
	Instrument string      `json:"instrument"`
	Base       int64       `json:"base"`  // revision that it was begun from
	Place      string      `json:"place"` // of the conference; empty: not known yet
	Year       int         `json:"year"`
	Day        string      `json:"day"` // on which the text would stand, YYYY-MM-DD
	Owner      string      `json:"owner"`
	State      string      `json:"state"`   // draft
	Version    int64       `json:"version"` // the one that these lines are, from 1
	At         int64       `json:"at"`      // when that version was made, Unix milliseconds
	Lines      []DraftLine `json:"lines,omitempty"`
}

// Label writes the conference as it would stand behind the number: "Rev. Baku, 2025".
func (d *Draft) Label() string {
	return Edition{Place: d.Place, Year: d.Year}.Label()
}

// The kinds of a line of a draft.
const (
	DraftNumber    = "number" // number and edition
	DraftTitle     = "title"
	DraftHeading   = "heading"
	DraftProvision = "provision"
	DraftOther     = "other" // opening, footnotes, annexes
)

// DraftLine is one piece of a draft. Lead, text and tail of all that are not struck are the text,
// sign for sign.
type DraftLine struct {
	Key    string `json:"key"` // of a provision the path of its thread; new ones "new.1"; others by kind and place: "heading.3"
	Kind   string `json:"kind"`
	Level  int    `json:"level,omitempty"` // of a provision, 1 at the top
	Lead   string `json:"lead,omitempty"`  // blanks, mark and the gap behind it, as printed
	Mark   string `json:"mark,omitempty"`  // within lead, without its stop or brackets
	Text   string `json:"text"`
	Tail   string `json:"tail"` // line end, with empty lines behind it
	Struck bool   `json:"struck,omitempty"`
	Own    bool   `json:"own,omitempty"` // a person chose the mark: no numbering changes it
}

// New reports whether the base has no such line.
func (l DraftLine) New() bool { return strings.HasPrefix(l.Key, "new.") }

// Words is the text with its line ends and runs of blanks as one space, as a form shows it.
func (l DraftLine) Words() string { return strings.Join(strings.Fields(l.Text), " ") }

// draftBody puts the text together.
func draftBody(lines []DraftLine) string {
	var b strings.Builder
	for _, l := range lines {
		if !l.Struck {
			b.WriteString(l.Lead + l.Text + l.Tail)
		}
	}
	return b.String()
}

// Body is the text as it stands in the draft.
func (d *Draft) Body() string { return draftBody(d.Lines) }

// Line finds a line by its key.
func (d *Draft) Line(key string) (DraftLine, bool) {
	at := lineAt(d.Lines, key)
	if at < 0 || key == "" {
		return DraftLine{}, false
	}
	return d.Lines[at], true
}

// The bounds of a draft: code points of one line, lines of the whole, bytes of the text.
const (
	LongestDraftLine = 10000
	mostDraftLines   = 5000
	longestPlace     = 80
)

func tooLong(field, text string, most int) error {
	if n := utf8.RuneCountInString(text); n > most || !utf8.ValidString(text) {
		return &resolute.Error{Code: resolute.Invalid, Field: field, Message: strconv.Itoa(n) + " signs: want valid text of at most " + strconv.Itoa(most)}
	}
	return nil
}

// document reads the draft as of its own day.
func (d *Draft) document(lines []DraftLine) *Document {
	doc := Parse(draftBody(lines))
	if doc.Body == "" {
		doc.Body, _, _ = strings.Cut(d.Instrument, "/")
	}
	doc.Day = d.Day
	return doc
}

// wordings are the provisions of lines, each under the thread of its key. Where the text can no
// longer be read as it is meant, the lines say what stands there.
func (d *Draft) wordings(lines []DraftLine) ([]Wording, *Document) {
	doc := d.document(lines)
	read := map[int]Wording{}
	for _, w := range wordings(doc, d.Instrument, false) {
		read[w.Line] = w
	}
	var list []Wording
	heading, n := "", 1
	for _, l := range lines {
		if l.Struck {
			continue
		}
		switch l.Kind {
		case DraftHeading:
			heading = l.Words()
		case DraftProvision:
			w, found := read[n]
			if !found {
				w = Wording{Heading: heading, Level: l.Level, Addressees: addressees(heading, doc.Lang)}
			}
			w.Thread, w.Path, w.Line, w.Mark, w.Text = d.Instrument+"#"+l.Key, l.Key, n, l.Mark, l.Words()
			list = append(list, w)
		}
		n += lineEnds(l)
	}
	return list, doc
}

// lineEnds counts the lines of the text that a line of the draft takes.
func lineEnds(l DraftLine) int { return strings.Count(l.Lead+l.Text+l.Tail, "\n") }
