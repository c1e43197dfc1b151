package mandate

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"resolute"
)

// lintText is a document as the rules look at it.
type lintText struct {
	doc   *Document
	lines []string // with every blank as one space, without line ends
	cites []Citation
	day   string // of the text itself: what came later is not held against it
}

// dayWords names the day on which the text is judged.
func (t *lintText) dayWords() string { return judgedWords(t.day, t.day == t.doc.Day) }

func judgedWords(day string, own bool) string {
	if own {
		return "the day of this text (" + day + ")"
	}
	return "the day on which it is judged (" + day + ")"
}

// lintChecks look at a text; each may find what several rules of rules.csv name. The rules whose
// findings are sure weigh as warnings: the text is taken as it stands. Matters of form are notes.
var lintChecks = []func(*lintText) []resolute.Finding{
	runTogether, twoValues, marksRunTogether, letterRepeated, numberMissing, citedTwice, citedWithoutRev, citedOlder, pastConference, citedFollowed,
	citedMissing, footnoteMissing, rolesContradict, furtherWithoutFirst, proposalMark, twoConnectives, brokenLine, straySpace,
}

// severityOf is the severity of a rule where its finding does not say another.
func severityOf(rule string) resolute.Severity {
	r, known := RuleOf(rule)
	if !known {
		panic("rules.csv does not know " + rule)
	}
	return r.Severity
}

// Lint tells what is wrong with a text, in the order of the text. It is judged as of the text's
// own day and with the revisions that are known from a source; a text without a day is not held
// against any revision. Columns are code points from 1.
func Lint(doc *Document) []resolute.Finding { return LintAsOf(doc, doc.Day) }

// LintAsOf is Lint as of another day: what came after the text's own is held against it too.
func LintAsOf(doc *Document, day string) []resolute.Finding {
	t := &lintText{doc: doc, cites: Cite(doc), day: day}
	for _, line := range doc.Lines {
		t.lines = append(t.lines, strings.TrimRight(plain(line), " "))
	}
	list := []resolute.Finding{}
	for _, check := range lintChecks {
		for _, f := range check(t) {
			if f.Severity == "" {
				f.Severity = severityOf(f.Rule)
			}
			list = append(list, f)
		}
	}
	return sortFindings(list)
}

// sortFindings puts findings in the order of the text.
func sortFindings(list []resolute.Finding) []resolute.Finding {
	slices.SortStableFunc(list, func(a, b resolute.Finding) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return list
}

// finding makes a finding whose text begins at a byte of a line.
func (t *lintText) finding(rule string, n, at int, found, expected, message string) resolute.Finding {
	return resolute.Finding{Rule: rule, Line: n, Column: column(t.lines[n-1], at), Found: found, Expected: expected, Message: message}
}

// atRune makes a finding whose text begins at a code point of a line, from 0.
func atRune(rule string, n, at int, found, expected, message string) resolute.Finding {
	return resolute.Finding{Rule: rule, Line: n, Column: at + 1, Found: found, Expected: expected, Message: message}
}

// items are the provisions of one list with the text that each line begins with.
func (t *lintText) markColumn(p *Provision) int {
	line := t.lines[p.Line-1]
	return utf8.RuneCountInString(line) - utf8.RuneCountInString(strings.TrimLeft(line, " ")) + 1
}

func lineWords(n int) string { return "line " + strconv.Itoa(n) }
