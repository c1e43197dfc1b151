package mandate

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"resolute"
)

// The rules of this file hold the citations of a text against the texts of other instruments.

// heldText is a text that citations lead into.
type heldText struct {
	id              int64 // of the revision; 0: not in the store
	key, label, day string
	own             []Wording
	lang            resolute.Lang
}

// name is how a finding names the text: "itu:pp/res/140 (Rev. Dubai, 2018)".
func (h heldText) name() string {
	if h.label == "" {
		return h.key
	}
	return h.key + " (" + h.label + ")"
}

// among looks at the citations of a text that stands on a day. Editions gives the texts held of an
// instrument, the oldest first, without those that mix two revisions.
type among struct {
	key, day string
	own      bool // the day is that of the text
	editions func(key string) []heldText
}

// findings lists what is wrong with the citations of each provision, in their order.
func (a among) findings(own []Wording, cites [][]Citation) []resolute.Finding {
	var list []resolute.Finding
	if a.day == "" {
		return nil
	}
	for i := range own {
		for _, c := range cites[i] {
			for _, t := range c.Targets {
				if t.Key == "" || t.Key == selfKey || t.Key == a.key {
					continue
				}
				f, wrong := a.struck(c, t)
				if !wrong {
					f, wrong = a.older(c, t)
				}
				if !wrong || slices.ContainsFunc(list, func(o resolute.Finding) bool { return o.Line == f.Line && o.Found == f.Found && o.Message == f.Message }) {
					continue
				}
				if f.Severity == "" {
					f.Severity = severityOf(f.Rule)
				}
				list = append(list, f)
			}
		}
	}
	return list
}

// standing are the editions that were there on the day, the oldest first.
func (a among) standing(key string) []heldText {
	return slices.DeleteFunc(slices.Clone(a.editions(key)), func(h heldText) bool { return h.day == "" || h.day > a.day })
}

// older finds an edition that a text held shows not to have been the newest. What the table of
// instruments knows is told by another rule.
func (a among) older(c Citation, t Target) (f resolute.Finding, wrong bool) {
	if t.bracket.mixed || len(t.bracket.years) == 0 || t.bracket.place() == "" {
		return f, false
	}
	held := a.standing(t.Key)
	if len(held) == 0 {
		return f, false
	}
	newest := held[len(held)-1]
	year := strconv.Itoa(t.bracket.year())
	known, sure := Edition{}, false
	if i, found := InstrumentOf(t.Key); found {
		known, sure = i.surelyInForce(a.day)
	}
	if b, ok := readBracket(newest.label); !ok || b.mixed || newest.day[:4] <= year || sure && strconv.Itoa(known.Year) > year {
		return f, false
	}
	return atRune("citation-older-than-known", c.Line, t.At, t.Bracket, newest.label, "the text of "+newest.name()+" is held and stood before "+judgedWords(a.day, a.own)), true
}

// struck finds a paragraph of another text that is not there: the text that is cited never had it, or
// the newest one has it no longer.
func (a among) struck(c Citation, t Target) (f resolute.Finding, wrong bool) {
	parts := citedParts(t.Part)
	held := a.standing(t.Key)
	if len(parts) == 0 || len(held) == 0 {
		return f, false
	}
	newest := held[len(held)-1]
	base, named := newest, t.Edition != ""
	if named {
		at := slices.IndexFunc(held, func(h heldText) bool { return strings.HasPrefix(h.day, t.Edition) })
		if at < 0 {
			return f, false
		}
		base = held[at]
	}
	stands := !a.knownNewer(t.Key, newest.day)
	for _, part := range parts {
		places, numbered := base.find(part)
		switch {
		case len(places) == 0 && numbered && (named || stands):
			return a.missing(c, part, base, held), true
		case len(places) != 1 || base.day == newest.day || !stands:
		default:
			if f, wrong := ended(c, base.own[places[0]], base, newest); wrong {
				return f, true
			}
		}
	}
	return f, false
}

// knownNewer tells whether an edition is known that stood on the day and is newer than the newest
// text held: then nobody can tell here what it says.
func (a among) knownNewer(key, day string) bool {
	i, known := InstrumentOf(key)
	e, stood := i.InForce(a.day)
	return known && stood && e.Day > day && e.Day[:4] > day[:4]
}

// missing says that the text that is meant has no such paragraph, and where an earlier one had it.
func (a among) missing(c Citation, part string, base heldText, held []heldText) resolute.Finding {
	words := strings.ReplaceAll(part, "_", " ")
	f := atRune("citation-of-struck-provision", c.Line, c.Start, c.Text, "a paragraph of "+base.name(), base.name()+" has no paragraph "+words)
	for _, h := range slices.Backward(held) {
		if h.day >= base.day {
			continue
		}
		if places, _ := h.find(part); len(places) == 1 {
			f.Message += "; the one of " + cmp.Or(h.label, h.day)
			if at := base.thread(h.own[places[0]].Thread); at >= 0 {
				f.Expected = pathWords(base.own[at].Path)
				f.Message += " stands at " + f.Expected + " now"
			} else {
				f.Message += " was struck"
			}
			return f
		}
	}
	return f
}

// ended tells whether the thread of a paragraph goes on elsewhere in the newest text, or has ended.
func ended(c Citation, w Wording, base, newest heldText) (f resolute.Finding, wrong bool) {
	if at := newest.thread(w.Thread); at >= 0 {
		now := newest.own[at]
		if now.Path == w.Path {
			return f, false
		}
		f = atRune("citation-of-struck-provision", c.Line, c.Start, c.Text, pathWords(now.Path), "in "+newest.name()+" this paragraph stands at "+pathWords(now.Path))
		f.Severity = resolute.SeverityNote // right in the edition that is named
		return f, true
	}
	f = atRune("citation-of-struck-provision", c.Line, c.Start, c.Text, "a paragraph of "+newest.name(), "this paragraph of "+base.name()+" was struck: "+newest.name()+" has it no longer")
	if slices.ContainsFunc(newest.own, func(o Wording) bool { return o.Perhaps == w.Thread }) {
		f.Severity = resolute.SeverityNote
		f.Message = "nobody decided yet whether this paragraph of " + base.name() + " goes on in " + newest.name()
	}
	return f, true
}

func pathWords(path string) string { return strings.ReplaceAll(path, "_", " ") }

func (h heldText) thread(key string) int {
	return slices.IndexFunc(h.own, func(w Wording) bool { return w.Thread == key })
}

// find finds a paragraph by the way it is cited. Numbers that stand alone are looked for only in a
// text whose paragraphs are numbered through without a gap.
func (h heldText) find(part string) (places []int, numbered bool) {
	if !strings.Contains(part, "_") && !h.numberedThrough() {
		return nil, false
	}
	return selfPlaces(h.own, part, h.lang)
}

func (h heldText) numberedThrough() bool {
	n := 0
	for _, w := range h.own {
		if w.Level > 1 || !w.Operative || !underHeading(w, "") {
			continue
		}
		if n++; w.Mark != strconv.Itoa(n) {
			return false
		}
	}
	return n > 1
}

var (
	plainPart = regexp.MustCompile(`^(\d{1,3})(?:-(\d{1,3}))?[a-z]?$`)
	underPart = regexp.MustCompile(`^[a-z-]+(?:_[a-z]+)*_(?:\d{1,3}|[a-z])$`)
)

// citedParts lists the paragraphs that a part names: 27c is in 27, 20-25 reaches from 20 to 25.
// Annexes have none.
func citedParts(part string) []string {
	if strings.HasPrefix(part, "annex") {
		return nil
	}
	if m := plainPart.FindStringSubmatch(part); m != nil {
		if m[2] == "" {
			return m[1:2]
		}
		return m[1:3]
	}
	if underPart.MatchString(part) {
		return []string{part}
	}
	return nil
}

// LintAmong tells what is wrong with a text by itself, and which of the paragraphs that it cites the
// texts beside it do not have, or no longer.
func LintAmong(doc *Document, cited []*Document) []resolute.Finding {
	own := wordings(doc, doc.Key(), false)
	held := heldAmong(cited)
	a := among{doc.Key(), doc.Day, true, func(key string) []heldText { return held[key] }}
	return sortFindings(append(Lint(doc), withMarks(a.findings(own, citationsIn(own, doc.Body)), doc.Lines)...))
}

// heldAmong puts documents beside each other by instrument, those of one with their threads.
func heldAmong(docs []*Document) map[string][]heldText {
	held := map[string][]heldText{}
	docs = slices.SortedStableFunc(slices.Values(docs), func(a, b *Document) int { return strings.Compare(a.Day, b.Day) })
	for _, d := range docs {
		key := d.Key()
		h := heldText{key: key, label: d.Label, day: d.Day, own: wordings(d, key, false), lang: d.Lang}
		if n := len(held[key]); n > 0 {
			follow(held[key][n-1].own, h.own, d.Day)
		}
		held[key] = append(held[key], h)
	}
	return held
}
