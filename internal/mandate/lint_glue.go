package mandate

import (
	"regexp"
	"strings"
	"sync"

	"resolute"
)

// The rules of this file see what tracked changes leave behind when they are saved as plain text:
// deleted and inserted words side by side. Sources: the samples of flattened redlines.

var (
	eightDigits = regexp.MustCompile(`\b((?:19|20)\d{2})((?:19|20)\d{2})\b`)
	twoYears    = regexp.MustCompile(`\b((?:19|20)\d{2}) ((?:19|20)\d{2})\b`)
	yearRow     = regexp.MustCompile(`(?:19|20)\d{2} (?:19|20)\d{2} (?:19|20)\d{2}`)
	gap         = regexp.MustCompile(`[\p{Ll}\d]\p{Lu}`)
	twoMarks    = regexp.MustCompile(`^ *([a-z]{1,4}\)) ?([a-z]{1,4}\))`)
	longMark    = regexp.MustCompile(`^ *([a-z]{2,4})\)`)
	connectives = regexp.MustCompile(`\b(?:taking into account and|and, taking into account)\b`)
	proposal    = regexp.MustCompile(`^ *(MOD|ADD|SUP|NOC|\(MOD\))\b`)
	slashSpace  = regexp.MustCompile(`\p{L}/ \p{L}+`)
)

// gluedPlaces finds a place behind a place or a year without a gap; twoEditions finds a place and
// year behind another within one citation.
var (
	gluedPlaces = sync.OnceValue(func() *regexp.Regexp {
		place := knownPlace().String()
		return regexp.MustCompile(`(?:(` + place + `)|((?:19|20)\d{2}))(` + place + `)`)
	})
	twoEditions = sync.OnceValue(func() *regexp.Regexp {
		one := `(?:` + knownPlace().String() + `), (?:19|20)\d{2}`
		return regexp.MustCompile(`(` + one + `) (` + one + `)`)
	})
)

// matches finds a form in a line that a cheaper look says may hold it.
func matches(form *regexp.Regexp, line string, maybe bool) [][]int {
	if !maybe {
		return nil
	}
	return form.FindAllStringSubmatchIndex(line, -1)
}

// digitRun is the length of the longest row of digits in a line.
func digitRun(line string) (longest int) {
	run := 0
	for i := range len(line) {
		if line[i] < '0' || line[i] > '9' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

// runTogether finds names and numbers of two revisions without a gap.
func runTogether(t *lintText) []resolute.Finding {
	var list []resolute.Finding
	for i, line := range t.lines {
		for _, m := range matches(gluedPlaces(), line, gap.MatchString(line)) {
			before := line[m[0]:m[6]]
			if m[0] > 0 && isWordByte(line[m[0]-1]) {
				continue
			}
			list = append(list, t.finding("names-run-together", i+1, m[0], line[m[0]:m[1]], before+" or "+line[m[6]:m[7]], "two conferences stand in one place without a gap"))
		}
		for _, m := range matches(eightDigits, line, digitRun(line) >= 8) {
			list = append(list, t.finding("numbers-run-together", i+1, m[0], line[m[0]:m[1]], line[m[2]:m[3]]+" or "+line[m[4]:m[5]], "eight digits stand where a year belongs: two years without a gap"))
		}
	}
	return list
}

func isWordByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80
}

// twoValues finds two places and years, or two years, where the grammar has room for one.
func twoValues(t *lintText) []resolute.Finding {
	var list []resolute.Finding
	for i, line := range t.lines {
		for _, m := range matches(twoEditions(), line, strings.Count(line, ", 20")+strings.Count(line, ", 19") > 1) {
			list = append(list, t.finding("two-values-in-one-slot", i+1, m[0], line[m[0]:m[1]], "one place and year", "two places and years stand in one citation"))
		}
		for _, m := range matches(twoYears, line, strings.Contains(line, " 20") || strings.Contains(line, " 19")) {
			if around := line[max(0, m[0]-5):min(len(line), m[1]+5)]; yearRow.MatchString(around) || spanEdge(line, m[0], m[1]) {
				continue // the head of a table
			}
			list = append(list, t.finding("two-values-in-one-slot", i+1, m[0], line[m[0]:m[1]], line[m[2]:m[3]]+" or "+line[m[4]:m[5]], "two years stand where one belongs"))
		}
	}
	return list
}

// spanEdge tells whether two years are ends of two spans: "2020-2021 2022-2023".
func spanEdge(line string, from, to int) bool {
	return strings.HasSuffix(line[:from], "-") && strings.HasPrefix(line[to:], "-")
}

// marksRunTogether finds a list mark made of two: "lh)", "a) b)that".
func marksRunTogether(t *lintText) []resolute.Finding {
	var list []resolute.Finding
	t.doc.Walk(func(_ *Group, _ string, p *Provision) {
		line := t.lines[p.Line-1]
		if m := twoMarks.FindStringSubmatchIndex(line); m != nil {
			list = append(list, t.finding("marks-run-together", p.Line, m[2], line[m[2]:m[5]], line[m[2]:m[3]]+" or "+line[m[4]:m[5]], "two list marks stand before one text"))
		} else if m := longMark.FindStringSubmatchIndex(line); m != nil && !plausibleMark(line[m[2]:m[3]]) {
			mark := line[m[2]:m[3]]
			list = append(list, t.finding("marks-run-together", p.Line, m[2], mark+")", strings.Join(strings.Split(mark, ""), ") or ")+")", "two letters stand in one list mark"))
		}
	})
	return list
}

// plausibleMark tells roman numbers, doubled letters and "bis" from letters run together.
func plausibleMark(mark string) bool {
	return roman.MatchString(mark) || mark == "bis" || mark == "ter" || strings.Count(mark, mark[:1]) == len(mark)
}

// proposalMark finds the mark of a proposal in the margin; it is no part of the text.
func proposalMark(t *lintText) []resolute.Finding {
	for i, line := range t.lines[:min(3, len(t.lines))] {
		if m := proposal.FindStringSubmatchIndex(line); m != nil {
			return []resolute.Finding{t.finding("proposal-mark", i+1, m[2], line[m[2]:m[3]], "(none)", "the mark of a proposal stands in the margin; it is no part of the text")}
		}
	}
	return nil
}

func twoConnectives(t *lintText) []resolute.Finding {
	var list []resolute.Finding
	for i, line := range t.lines {
		for _, m := range connectives.FindAllStringIndex(line, -1) {
			list = append(list, t.finding("two-connectives", i+1, m[0], line[m[0]:m[1]], "one of the two", "two links stand between the same parts"))
		}
	}
	return list
}

// brokenLine finds a line that goes on from a line without a closing mark.
func brokenLine(t *lintText) []resolute.Finding {
	var list []resolute.Finding
	own := map[int]bool{} // lines on which a group or a provision begins
	last := 0
	for _, g := range t.doc.Groups {
		own[g.Line] = true
	}
	t.doc.Walk(func(_ *Group, _ string, p *Provision) { own[p.Line], last = true, max(last, p.Line) })
	for n := t.doc.firstLine(); n <= len(t.lines) && t.doc.Family == familyITU; n++ {
		line := strings.TrimSpace(t.lines[n-1])
		if line == "" || own[n] || n > last+1 || noteLine.MatchString(line) || afterText.MatchString(line) {
			continue
		}
		list = append(list, t.finding("broken-line", n, strings.Index(t.lines[n-1], line), headWord(line), "part of "+lineWords(n-1), "the line before has no closing mark, and this one has no mark of its own"))
	}
	return list
}

// headWord is the first word of a line without its closing mark, with the article before it.
func headWord(line string) string {
	word := firstWords(line, 1)
	if word == "the" || word == "a" || word == "an" {
		word = firstWords(line, 2)
	}
	return strings.TrimRight(word, ",;.:")
}

func straySpace(t *lintText) []resolute.Finding {
	var list []resolute.Finding
	for i, line := range t.lines {
		for _, m := range slashSpace.FindAllStringIndex(line, -1) {
			start := strings.LastIndexByte(line[:m[0]], ' ') + 1
			found := line[start:m[1]]
			list = append(list, t.finding("stray-space", i+1, start, found, strings.Replace(found, "/ ", "/", 1), "a space stands behind the stroke"))
		}
	}
	return list
}
