package redline

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A slot is a place where the grammar has room for one value. Two values in it, without a gap or
// with one, are the old and the new; the calendar tells which is which.

var (
	dash         = `[-–‑]`
	periodPairs  = regexp.MustCompile(`\b(` + yearForm + dash + yearForm + `)(` + yearForm + dash + yearForm + `)\b`)
	tailPairs    = regexp.MustCompile(`\b(` + yearForm + `)([^\p{L}\d\s]{1,3})(` + yearForm + `)([^\p{L}\d\s]{1,3})`)
	digits       = regexp.MustCompile(`\d+`)
	twoYears     = regexp.MustCompile(`^` + yearForm + yearForm + `$`)
	spacedYears  = regexp.MustCompile(`\b(` + yearForm + `) (` + yearForm + `)\b`)
	yearRow      = regexp.MustCompile(yearForm + `[ \t]+` + yearForm + `[ \t]+` + yearForm)
	nameTwice    = regexp.MustCompile(`(\p{L}{2,}-?)(\d{1,3})(\p{L}{2,}-?)(\d{1,3})`)
	symbols      = regexp.MustCompile(`\b(` + yearForm + `/\d{1,3})(` + yearForm + `/\d{1,3})\b`)
	sessions     = regexp.MustCompile(`\b(\d{2})/(\d{1,3})(\d{2})/(\d{1,3})\b`)
	twoNames     = regexp.MustCompile(`(\p{Lu}\p{Ll}{2,})(\p{Lu}\p{Ll}{2,})` + comma + yearForm + yearForm)
	proposal     = regexp.MustCompile(`^\s*(?:\(MOD\)|(?:MOD|ADD|SUP|NOC)\*?)([ \t]+[A-Z0-9]+(?:/[A-Z0-9]+)+)?(?:\s+|$)`)
	beside       = regexp.MustCompile(yearForm + yearForm + dash + `$`)
	ofEdition    = regexp.MustCompile(`(?:[,،，] ?|R[eé]v\. ?|Пересм\. ?)$`)
	besideNext   = regexp.MustCompile(`^` + dash + yearForm + yearForm)
	yearThenWord = regexp.MustCompile(yearForm + `(?: ?г\.)? ?\p{L}[^()0-9]{1,40}` + yearForm)
	innerCapital = regexp.MustCompile(`\p{Ll}\p{Lu}`)
	bracketYears = regexp.MustCompile(`\([^()]*` + yearForm + yearForm)
	revBefore    = regexp.MustCompile(`(?:R[eé]v\. ?|Пересм\. ?)$`)
)

// findProposalMarks finds MOD, ADD and their like in the margin, with the number of the proposal.
func findProposalMarks(t *reading) {
	for _, l := range t.lines {
		m := proposal.FindStringSubmatchIndex(l.text)
		if m == nil || l.number > 3 && m[2] < 0 && !strings.Contains(l.text[:m[1]], "\t") && m[1] < len(l.text) {
			continue
		}
		t.add("proposal-mark", Mark, l, 0, m[1], 0.99)
	}
}

// findSlots finds two values in one slot in each line, the longest forms first.
func findSlots(t *reading) {
	for _, l := range t.lines {
		if len(t.spans)+1 < mostSpans && len(l.text) <= longestLine && strings.ContainsAny(l.text, "0123456789") {
			t.editionPairs(l)
			t.placePairs(l)
			t.yearPairs(l)
			t.namePairs(l)
		}
	}
	for _, l := range t.lines {
		if len(l.text) <= longestLine {
			t.spacedYearPairs(l)
		}
	}
	t.settleYears()
}

// editionPairs finds "Lisbon, 2009Geneva, 2013". With a gap between them, only within a bracket.
func (t *reading) editionPairs(l *line) {
	if !yearThenWord.MatchString(l.text) && !strings.Contains(l.text, "年") || len(year.FindAllStringIndex(l.text, 2)) < 2 {
		return // the long forms need not be tried
	}
	for _, form := range []*regexp.Regexp{slotForms().editions, slotForms().chinese} {
		for _, m := range form.FindAllStringSubmatchIndex(l.text, -1) {
			from, middle, to := m[2], m[5], m[1]
			if middle > m[4] && !inBracket(l.text, from) {
				continue
			}
			if revBefore.MatchString(l.text[:from]) && l.text[m[4]:m[1]] != "" && hasRev(l.text[middle:to]) {
				from = revBefore.FindStringIndex(l.text[:from])[0]
			}
			was, now := editionsOf(l.text[m[2]:m[3]]), editionsOf(l.text[middle:to])
			if len(was) == 0 || len(now) == 0 || was[0] == now[0] {
				continue
			}
			t.pairEditions("two-editions", l, from, middle, to, was[0], now[0])
		}
	}
}

func hasRev(s string) bool {
	return strings.HasPrefix(s, "Rev") || strings.HasPrefix(s, "Rév") || strings.HasPrefix(s, "Пересм")
}

func inBracket(text string, at int) bool {
	return strings.LastIndexByte(text[:at], '(') > strings.LastIndexByte(text[:at], ')')
}

func (t *reading) pairEditions(rule string, l *line, from, middle, to int, first, second edition) {
	certainty := 0.99
	if first.year == second.year {
		certainty = 0.8
	}
	t.pair(rule, l, from, middle, to, first.year <= second.year, certainty)
}

// placePairs finds "LisbonGeneva"; the years in the same bracket tell which is older.
func (t *reading) placePairs(l *line) {
	if !innerCapital.MatchString(l.text) && !bracketYears.MatchString(l.text) {
		return
	}
	matches := slotForms().places.FindAllStringSubmatchIndex(l.text, -1)
	matches = append(matches, twoNames.FindAllStringSubmatchIndex(l.text, -1)...)
	for _, m := range matches {
		from, middle, to := m[2], m[3], m[5]
		if r, _ := utf8.DecodeLastRuneInString(l.text[:from]); unicode.IsLetter(r) {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(l.text[to:]); unicode.IsLetter(r) || strings.EqualFold(l.text[from:middle], l.text[middle:to]) {
			continue
		}
		years := year.FindAllString(untilBracket(l.text[to:]), -1)
		olderFirst, certainty := true, 0.8
		if len(years) >= 2 {
			olderFirst, certainty = years[0] <= years[1], 0.99
		}
		t.pair("glued-places", l, from, middle, to, olderFirst, certainty)
	}
}

func untilBracket(text string) string {
	before, _, _ := strings.Cut(text, ")")
	return before
}

// yearPairs finds "20142018", "2012-20152016-2019" and "2014),2018),".
func (t *reading) yearPairs(l *line) {
	for _, m := range periodPairs.FindAllStringSubmatchIndex(l.text, -1) {
		t.pair("glued-years", l, m[0], m[3], m[1], l.text[m[0]:m[0]+4] <= l.text[m[3]:m[3]+4], 0.99)
	}
	for _, m := range tailPairs.FindAllStringSubmatchIndex(l.text, -1) {
		if tail := l.text[m[4]:m[5]]; strings.ContainsAny(tail, ")]") && strings.HasPrefix(l.text[m[8]:], tail) {
			t.pair("glued-years", l, m[2], m[5], m[7]+len(tail), l.text[m[2]:m[3]] < l.text[m[6]:m[7]], 0.98)
		}
	}
	for _, m := range digits.FindAllStringIndex(l.text, -1) {
		if !twoYears.MatchString(l.text[m[0]:m[1]]) {
			continue
		}
		first, second := l.text[m[0]:m[0]+4], l.text[m[0]+4:m[1]]
		if first != second && max(first, second) < "2100" {
			rule := "two-years" // may be a period that lost its dash
			if inBracket(l.text, m[0]) && ofEdition.MatchString(l.text[:m[0]]) || beside.MatchString(l.text[:m[0]]) || besideNext.MatchString(l.text[m[1]:]) {
				rule = "glued-years"
			}
			t.pair(rule, l, m[0], m[0]+4, m[1], first < second, 0.99)
		}
	}
}

// spacedYearPairs finds "in 2018 2022": the blank behind each year goes with it. It is evidence
// only beside other evidence: rows of years stand in tables.
func (t *reading) spacedYearPairs(l *line) {
	for _, m := range spacedYears.FindAllStringSubmatchIndex(l.text, -1) {
		around := l.text[max(0, m[0]-5):min(len(l.text), m[1]+5)]
		first, second := l.text[m[2]:m[3]], l.text[m[4]:m[5]]
		if first >= second || yearRow.MatchString(around) || strings.ContainsAny(around[:min(5, m[0])], "-–‑") {
			continue
		}
		to := m[1]
		if strings.HasPrefix(l.text[to:], " ") {
			to++
		}
		t.pair("two-years", l, m[0], m[4], to, true, 0.98)
	}
}

// namePairs finds "CoP18CoP19" and two symbols of documents without a gap.
func (t *reading) namePairs(l *line) {
	for _, m := range nameTwice.FindAllStringSubmatchIndex(l.text, -1) {
		name := l.text[m[6]:m[7]]
		first, second := number(l.text[m[4]:m[5]]), number(l.text[m[8]:m[9]])
		if strings.HasSuffix(l.text[m[2]:m[3]], name) && first != second {
			t.pair("name-and-two-numbers", l, m[3]-len(name), m[5], m[1], first < second, 0.98)
		}
	}
	for _, m := range symbols.FindAllStringSubmatchIndex(l.text, -1) {
		t.pair("name-and-two-numbers", l, m[2], m[3], m[1], l.text[m[2]:m[3]] < l.text[m[4]:m[5]], 0.98)
	}
	for _, m := range sessions.FindAllStringSubmatchIndex(l.text, -1) {
		first, second := number(l.text[m[2]:m[3]]), number(l.text[m[6]:m[7]])
		if first >= 40 && second > first && second-first <= 10 {
			t.pair("name-and-two-numbers", l, m[0], m[5], m[1], true, 0.95)
		}
	}
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// settleYears learns from the slots when the two texts stood, and which editions were replaced.
func (t *reading) settleYears() {
	first := len(t.lines) + 1
	for _, g := range t.groups {
		if len(g.items) > 0 && g.items[0].marks != nil {
			first = min(first, g.items[0].lines[0].number)
		}
	}
	changed := map[int]bool{}
	for _, s := range t.spans {
		changed[s.Line] = true
	}
	for _, l := range t.lines {
		if !changed[l.number] {
			continue
		}
		for _, m := range slotForms().brackets.FindAllString(l.text, -1) {
			list := editionsOf(m)
			if len(list) < 2 {
				continue
			}
			was, now := list[0], list[1]
			if was.year > now.year {
				was, now = now, was
			}
			t.moved[was] = now
			if l.number < first && t.newYear == 0 {
				t.oldYear, t.newYear = was.year, now.year
			}
		}
	}
}
