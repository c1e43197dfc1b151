package mandate

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"resolute"
	"resolute/internal/mandate/calendar"
)

// The rules of this file hold citations against the table of instruments, as of the text's day.

// citedTwice finds an instrument that heads two items of one list with different revisions.
func citedTwice(t *lintText) []resolute.Finding {
	var list []resolute.Finding
	heads := t.headCitations()
	for _, g := range t.doc.Groups {
		seen := map[string]Citation{}
		for i := range g.Items {
			c, ok := heads[g.Items[i].Line]
			if !ok || len(c.Targets) != 1 || c.Targets[0].Bracket == "" {
				continue
			}
			target := c.Targets[0]
			before, twice := seen[target.Key]
			if twice && before.Targets[0].Edition != target.Edition {
				found := c.Text[:strings.Index(c.Text, target.Number)+len(target.Number)]
				list = append(list, atRune("same-instrument-twice", c.Line, c.Start, found, "one citation",
					found+" of the same body stands at "+lineWords(before.Line)+" in the same list, with another revision"))
				continue
			}
			seen[target.Key] = c
		}
	}
	return list
}

// headCitations are the citations with which an item begins, by line.
func (t *lintText) headCitations() map[int]Citation {
	heads := map[int]Citation{}
	for _, c := range t.cites {
		before := string([]rune(t.lines[c.Line-1])[:c.Start])
		if m := marked.FindString(strings.TrimLeft(before, " ") + " "); strings.TrimSpace(before) == "" || strings.TrimSpace(strings.TrimPrefix(strings.TrimLeft(before, " "), strings.TrimSpace(m))) == "" {
			heads[c.Line] = c
		} else if strings.HasSuffix(strings.TrimSpace(before), ")") && len(strings.TrimSpace(before)) <= 5 {
			heads[c.Line] = c
		}
	}
	return heads
}

// eachEdition calls fn with every target of a known instrument that is cited with place and year.
func (t *lintText) eachEdition(fn func(c Citation, target Target, i Instrument)) {
	for _, c := range t.cites {
		for _, target := range c.Targets {
			i, known := InstrumentOf(target.Key)
			if known && target.Bracket != "" && len(target.bracket.years) > 0 && target.bracket.place() != "" {
				fn(c, target, i)
			}
		}
	}
}

// citedWithoutRev finds a revision that is cited as if it were the first text.
func citedWithoutRev(t *lintText) []resolute.Finding {
	var list []resolute.Finding
	t.eachEdition(func(c Citation, target Target, i Instrument) {
		e, known := i.edition(target.bracket.year())
		if target.Rev || !known || e.First || !i.firstIsKnown() {
			return
		}
		list = append(list, atRune("missing-rev", c.Line, target.At-1, "("+target.Bracket+")", "("+e.Label()+")", "the text of "+strconv.Itoa(e.Year)+" is a revision and is cited as Rev."))
	})
	return list
}

// firstIsKnown tells whether the first text is known from a source.
func (i Instrument) firstIsKnown() bool {
	for _, e := range i.Editions {
		if e.First && e.Sure() {
			return true
		}
	}
	return false
}

// citedOlder finds a revision that was not the newest when the text was written. The revision just
// before the newest was probably carried over. An older one is probably meant, and so is an earlier
// text of the citing resolution itself: that is a note.
func citedOlder(t *lintText) []resolute.Finding {
	var list []resolute.Finding
	if t.day == "" {
		return nil
	}
	t.eachEdition(func(c Citation, target Target, i Instrument) {
		newest, known := i.surelyInForce(t.day)
		if !known || target.bracket.year() >= newest.Year {
			return
		}
		f := atRune("citation-older-than-known", c.Line, target.At, target.Bracket, newest.Label(),
			citedAs(i)+" was revised at "+newest.Place+", "+strconv.Itoa(newest.Year)+", before "+t.dayWords())
		if before, ok := previous(newest); ok && target.bracket.year() < before.Year || target.Key == t.doc.Key() {
			f.Severity = resolute.SeverityNote
		}
		list = append(list, f)
	})
	return list
}

// previous is the conference of the same body before the one of an edition.
func previous(e Edition) (calendar.Conference, bool) {
	now, ok := conferenceOf(e.Conference)
	if !ok {
		return calendar.Conference{}, false
	}
	var last calendar.Conference
	for _, c := range calendar.Conferences() {
		if c.Body == now.Body && c.Year < now.Year && c.Year > last.Year {
			last = c
		}
	}
	return last, last.Year > 0
}

func citedAs(i Instrument) string {
	kind := i.Kind
	return strings.ToUpper(kind[:1]) + kind[1:] + " " + i.Number
}

// conferenceTask is how a language asks something of a conference which is named with place and year:
// a row of conference_tasks.csv. Its group bracket holds these.
type conferenceTask struct {
	lang    resolute.Lang
	pattern *regexp.Regexp
}

var conferenceTasks = sync.OnceValue(func() []conferenceTask {
	var list []conferenceTask
	for _, row := range readTable("conference_tasks.csv") {
		list = append(list, conferenceTask{resolute.Lang(row["lang"]), regexp.MustCompile(row["pattern"])})
	}
	return list
})

// askedOf finds the bracket of a conference of which a line asks something, in bytes.
func askedOf(line string, lang resolute.Lang) (from, to int, ok bool) {
	for _, task := range conferenceTasks() {
		if task.lang != lang {
			continue
		}
		if m := task.pattern.FindStringSubmatchIndex(line); m != nil {
			i := task.pattern.SubexpIndex("bracket")
			return m[2*i], m[2*i+1], true
		}
	}
	return 0, 0, false
}

// pastConference finds a task at a conference that was over on the day of the text.
func pastConference(t *lintText) []resolute.Finding {
	var list []resolute.Finding
	t.doc.Walk(func(g *Group, _ string, p *Provision) {
		line := t.lines[p.Line-1]
		from, to, asked := askedOf(line, t.doc.Lang)
		if !g.Operative || !asked || t.day == "" {
			return
		}
		b, ok := readBracket(strings.Trim(strings.Map(twin, line[from:to]), "()"))
		if !ok || b.mixed {
			return
		}
		c, known := meeting(b.place(), b.year(), "")
		if !known || c.LastDay() >= t.day {
			return
		}
		list = append(list, t.finding("citation-of-past-conference", p.Line, from, line[from:to], nextAfter(c, t.day), "action is asked for at a conference that was over before "+t.dayWords()))
	})
	return list
}

// nextAfter names the first conference of the same body after a day: "(Bucharest, 2022)".
func nextAfter(c calendar.Conference, day string) string {
	for _, next := range calendar.Conferences() {
		if next.Body == c.Body && next.LastDay() > day {
			return "(" + next.Place["en"] + ", " + strconv.Itoa(next.Year) + ")"
		}
	}
	return "a conference to come"
}

var (
	wordMark = regexp.MustCompile(`\p{Ll}{3}(\d{1,2})(?:[\s,;.:)]|$)`)
	stopMark = regexp.MustCompile(`[;,.](\d{1,2})(?: |$)`)
)

// footnoteMissing finds a mark set behind a word or a stop for which the document has no note.
func footnoteMissing(t *lintText) []resolute.Finding {
	notes := map[string]bool{}
	for _, f := range t.doc.Footnotes {
		notes[f.Mark] = true
	}
	var list []resolute.Finding
	t.doc.Walk(func(_ *Group, _ string, p *Provision) {
		line := t.lines[p.Line-1]
		for _, form := range []*regexp.Regexp{wordMark, stopMark} {
			for _, m := range form.FindAllStringSubmatchIndex(line, -1) {
				mark := line[m[2]:m[3]]
				if notes[mark] || form == stopMark && !lastStop(line, m[1]) {
					continue
				}
				list = append(list, t.finding("footnote-mark-without-footnote", p.Line, m[2], mark, "a footnote "+mark, "mark "+mark+" is set behind a word, and the document has no such note"))
			}
		}
	})
	return list
}

// lastStop tells whether a mark behind a stop ends its line: within a line "2,5" and "3.1" are numbers.
func lastStop(line string, end int) bool { return utf8.RuneCountInString(line[end:]) == 0 }
