package report

import (
	"resolute"
	"resolute/internal/mandate"
)

// Fields are what a person knows of the document. What is empty and has no default stays a blank
// that says so.
type Fields struct {
	Meeting     string // default: the working group
	Place       string // with the dates of the meeting: "Geneva, 25-26 January 2027"
	Agenda      string // item of the agenda
	Number      string // without the letter of the language: "CWG-WSIS&SDG-43/7"
	Revision    int    // of the document; 0 is the first text
	Date        string // of the document, YYYY-MM-DD
	Original    resolute.Lang
	Source      string // default: the Director
	Action      string // default: to take note
	References  []string
	Contact     string
	Stocktaking string // what the register does not hold
	Next        string
}

// letters end the number of a document in each language.
var letters = map[resolute.Lang]string{resolute.Arabic: "A", resolute.Chinese: "C", resolute.English: "E", resolute.French: "F", resolute.Russian: "R", resolute.Spanish: "S"}

func (w *writer) front(t outline) {
	f, d := w.options.Fields, w.doc
	d.Title = w.T(t.Title, "name", w.citation(w.instrument()))
	number := w.blankOr(f.Number)
	if f.Number != "" {
		number.Text, number.Code = f.Number+"-"+letters[w.Lang], true
	}
	d.Front = Front{Meeting: w.meeting(), Place: w.blankOr(f.Place), Agenda: w.labelled("report.agenda", w.blankOr(f.Agenda)),
		Number: w.labelled(w.numberKey(), number), Date: w.blankOr(w.dayOr(f.Date)), Original: Run{Text: w.T("report.original." + string(w.original()))},
		Source: w.source(), Head: number}
	if w.options.At > 0 {
		d.Front.Pinned = Run{Text: w.pinned(), Name: true}
	}
	for _, part := range t.Box {
		d.Box = append(d.Box, Labelled{w.T(part.Label), w.boxTexts(part)})
	}
}

// meeting and source have defaults for the built-in mandate alone, whose summary goes to one working
// group.
func (w *writer) meeting() Run {
	if w.options.Instrument != "" {
		return w.blankOr(w.options.Fields.Meeting)
	}
	return Run{Text: orElse(w.options.Fields.Meeting, w.T("report.meeting"))}
}

func (w *writer) source() Run {
	if w.options.Instrument != "" {
		return w.blankOr(w.options.Fields.Source)
	}
	return Run{Text: orElse(w.options.Fields.Source, w.T("report.source"))}
}

// pinned names the data version of the summary, and says what is of today all the same.
func (w *writer) pinned() string {
	text := w.T("report.at", "version", w.fresh.Version, "day", w.dataDay())
	moved, err := w.report.Coverage.ReferenceMoved(w.ctx, w.fresh.Version)
	w.fail(err)
	if moved {
		text += ". " + w.T("shell.at_reference")
	}
	return text
}

func (w *writer) numberKey() string {
	if w.options.Fields.Revision > 0 {
		return "report.revision"
	}
	return "report.document"
}

func (w *writer) original() resolute.Lang {
	if l := w.options.Fields.Original; l != "" {
		return l
	}
	return w.Lang
}

func (w *writer) dayOr(day string) string {
	if day == "" {
		return ""
	}
	return w.Day(day)
}

// labelled puts a value behind its label; a blank stays one.
func (w *writer) labelled(key string, value Run) Run {
	value.Text = w.T(key, "value", value.Text, "revision", w.options.Fields.Revision)
	value.Code, value.Name = false, true
	return value
}

// blankOr gives a value, or a blank that says so and makes the document a draft.
func (w *writer) blankOr(value string) Run {
	if value != "" {
		return Run{Text: value, Name: true}
	}
	w.doc.Blanks++
	return Run{Text: "[" + w.T("report.to_fill") + "]", Blank: true}
}

func orElse(value, otherwise string) string {
	if value != "" {
		return value
	}
	return otherwise
}

func (w *writer) boxTexts(part boxPart) []Text {
	if part.Field != "" {
		return w.field(part.Field)
	}
	var texts []Text
	for _, b := range part.Blocks {
		texts = append(texts, w.say(b))
	}
	return texts
}

// field gives what a person says, a default, or a blank.
func (w *writer) field(name string) []Text {
	f := w.options.Fields
	switch name {
	case "action":
		return []Text{{Runs: []Run{{Text: orElse(f.Action, w.T("report.action_text")), Name: true}}}}
	case "references":
		return w.references()
	case "contact":
		return []Text{{Runs: []Run{w.blankOr(f.Contact)}}}
	case "stocktaking":
		return []Text{{Runs: []Run{w.blankOr(f.Stocktaking)}}}
	case "next":
		return []Text{{Runs: []Run{w.blankOr(f.Next)}}}
	case "money":
		return w.aboutMoney()
	}
	return w.rule()
}

// mandates are the texts that a summary refers to when its author names none.
var mandates = []string{mandate.BuiltIn(), "itu:pp/res/140", "itu:council/res/1332"}

func (w *writer) references() []Text {
	names := w.options.Fields.References
	if len(names) == 0 {
		keys := mandates
		if w.options.Instrument != "" {
			keys = []string{w.options.Instrument}
		}
		for _, key := range keys {
			names = append(names, w.citation(key))
		}
	}
	var texts []Text
	for _, name := range names {
		texts = append(texts, Text{Runs: []Run{{Text: name, Name: true}}})
	}
	return texts
}

// closeFront says what is left to fill in, once all of it is known.
func (w *writer) closeFront() {
	d := w.doc
	if d.Blanks > 0 {
		d.Draft = w.T("report.draft", "n", d.Blanks)
	}
	d.Foot = w.T("shell.as_of", "version", w.fresh.Version, "day", w.dataDay(), "period", w.period())
	if h := w.hash(); len(h) >= 12 {
		d.Foot += " · " + w.T("shell.log", "hash", h[:12])
	}
}

// dataDay is the day of the newest change, in words; an empty register has none.
func (w *writer) dataDay() string {
	if w.doc.Day == "" {
		return w.T("absent.no_data")
	}
	return w.Day(w.doc.Day)
}

func (w *writer) hash() string {
	if w.fresh.Hash == "" {
		return w.T("absent.no_data")
	}
	return w.fresh.Hash
}
