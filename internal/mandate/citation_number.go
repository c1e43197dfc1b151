package mandate

import (
	"slices"
	"strconv"
	"strings"
)

// findNumbered finds "Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference" and
// its like in six languages: one or several numbers, an edition for each or one for all, a body
// before or after.
func findNumbered(text, body string) []Citation {
	var list []Citation
	for _, c := range citersFor(text) {
		if c.mayCite(text, "") {
			list = append(list, c.find(text, body)...)
		}
	}
	return list
}

// find finds the citations by number in one language.
func (c *citing) find(text, body string) []Citation {
	var list []Citation
	for _, m := range c.numbered.FindAllStringSubmatchIndex(text, -1) {
		part := func(name string) string {
			if i := c.numbered.SubexpIndex(name); i >= 0 && m[2*i] >= 0 {
				return text[m[2*i]:m[2*i+1]]
			}
			return ""
		}
		f := numberedForm{citing: c, before: part("before") + part("mid"), own: body, sector: part("sector"), dayBefore: part("day")}
		f.kind, f.its = c.kindOf(part("kind"))
		f.its = f.its || c.own.MatchString(part("before")) && bodyIn(part("before"), c.lang) == ""
		items, last := c.numbered.SubexpIndex("items"), c.numbered.SubexpIndex("b2")
		targets := f.targets(text[m[2*items]:m[2*items+1]], m[2*items])
		if last >= 0 && m[2*last] >= 0 {
			targets = f.serve(targets, text[m[2*last]:m[2*last+1]], m[2*last])
		}
		c.setAnnex(targets, part("annex"), part("annexed"))
		if all := c.numbered.SubexpIndex("all"); meant(f, targets) {
			list = append(list, Citation{Start: m[2*all], End: m[2*all+1], Targets: targets})
		}
	}
	return list
}

func (c *citing) kindOf(word string) (code string, own bool) {
	for _, k := range c.kinds {
		if k.pattern.MatchString(word) {
			return k.code, k.own
		}
	}
	return "res", false
}

// annexOf writes the part that "Annex 2 to" or ", annex" names; empty: none.
func (c *citing) annexOf(words string) string {
	if words == "" {
		return ""
	}
	part := "annex"
	for _, number := range c.annex.FindStringSubmatch(words) {
		if number != "" && len(number) < 5 && !strings.Contains(number, " ") && (ordinalNumber(number) || romanValue(number) > 0) {
			part = "annex_" + strings.ToLower(number)
		}
	}
	return part
}

func ordinalNumber(text string) bool {
	_, err := strconv.Atoi(text)
	return err == nil
}

// setAnnex gives "Annex 2 to" to the first of several numbers, and ", annex" to the last.
func (c *citing) setAnnex(targets []Target, before, behind string) {
	if len(targets) == 0 {
		return
	}
	if part := c.annexOf(before); part != "" {
		targets[0].Part = part
	}
	if part := c.annexOf(behind); part != "" {
		targets[len(targets)-1].Part = part
	}
}

// meant tells whether numbers are those of instruments: of resolutions and decisions always, of
// opinions and recommendations, which others give too, when their body is told.
func meant(f numberedForm, targets []Target) bool {
	if len(targets) == 0 {
		return false
	}
	return f.kind == "res" || f.kind == "dec" || !f.its && slices.ContainsFunc(targets, func(t Target) bool { return t.Key != "" })
}

// numberedForm is what stands around the numbers of a citation.
type numberedForm struct {
	*citing
	kind      string // res, dec, rec, opinion
	its       bool   // "its resolution": of the body that cites
	before    string // the body as named before the numbers
	own       string // body of the text that cites
	sector    string // "ITU-R" before all numbers, in Chinese
	dayBefore string // the day that stands before, in Chinese
}

// targets reads the numbers of a citation; at is where they begin in the line, in bytes. One
// bracket may serve the numbers before it, and so may one body.
func (f numberedForm) targets(numbers string, at int) []Target {
	var list []Target
	for _, m := range f.item.FindAllStringSubmatchIndex(numbers, -1) {
		part := func(name string) (string, int) {
			if i := f.item.SubexpIndex(name); m[2*i] >= 0 {
				return numbers[m[2*i]:m[2*i+1]], m[2*i]
			}
			return "", 0
		}
		number, _ := part("num")
		t := Target{Number: f.sector + number}
		for _, name := range []string{"b1", "b2"} {
			if words, start := part(name); words != "" {
				t.read(words, at+start)
			}
		}
		if len(list) > 0 && t.Bracket == "" && len(number) == 4 && fourYear(number) {
			continue // ", 2018" goes on about something else
		}
		t.after, _ = part("after")
		day, _ := part("day")
		t.day = f.dayOf(day + f.dayBefore)
		list = append(list, t)
	}
	return f.serve(list, "", 0)
}

// read takes an edition from between brackets, which begin at a byte of the line.
func (t *Target) read(words string, at int) {
	inner := strings.Trim(words, " ()")
	if b, ok := readBracket(inner); ok {
		t.bracket, t.Bracket, t.At, t.Rev = b, inner, at+strings.Index(words, inner), b.rev
	}
}

// serve gives each number the bracket and the body that serve it, and finds its instrument. A
// bracket behind the whole list, which begins at a byte of the line, serves the last number.
func (f numberedForm) serve(list []Target, bracket string, at int) []Target {
	if n := len(list); n > 0 && bracket != "" && list[n-1].Bracket == "" {
		list[n-1].read(bracket, at)
	}
	for i := len(list) - 2; i >= 0; i-- {
		next := list[i+1]
		if list[i].Bracket == "" && !strings.Contains(list[i].Number, "/") {
			list[i].bracket, list[i].Bracket, list[i].At, list[i].Rev = next.bracket, next.Bracket, next.At, next.Rev
		}
		if list[i].after == "" {
			list[i].after = next.after
		}
	}
	for i := range list {
		list[i].Key, list[i].Edition = "", ""
		if len(list) == 1 {
			list[i].Edition = list[i].day
		}
		f.resolve(&list[i])
	}
	return list
}
