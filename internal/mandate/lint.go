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

// lintRule is one rule of what can be wrong with a text. Findings come without severity.
type lintRule struct {
	severity resolute.Severity
	check    func(*lintText) []resolute.Finding
}

// The rules whose findings are sure weigh as warnings: the text is taken as it stands. Matters of
// form are notes.
var lintRules = []lintRule{
	{resolute.SeverityWarning, runTogether}, {resolute.SeverityWarning, twoValues}, {resolute.SeverityWarning, marksRunTogether},
	{resolute.SeverityWarning, letterRepeated}, {resolute.SeverityWarning, numberMissing}, {resolute.SeverityWarning, citedTwice},
	{resolute.SeverityWarning, citedWithoutRev}, {resolute.SeverityWarning, citedOlder}, {resolute.SeverityWarning, pastConference},
	{resolute.SeverityWarning, footnoteMissing}, {resolute.SeverityWarning, rolesContradict},
	{resolute.SeverityNote, proposalMark}, {resolute.SeverityNote, twoConnectives}, {resolute.SeverityNote, brokenLine}, {resolute.SeverityNote, straySpace},
}

// Lint tells what is wrong with a text, in the order of the text. It is judged as of the text's
// own day and with the revisions that are known from a source; a text without a day is not held
// against any revision. Columns are code points from 1.
func Lint(doc *Document) []resolute.Finding {
	t := &lintText{doc: doc, cites: Cite(doc), day: doc.Day}
	for _, line := range doc.Lines {
		t.lines = append(t.lines, strings.TrimRight(plain(line), " "))
	}
	list := []resolute.Finding{}
	for _, rule := range lintRules {
		for _, f := range rule.check(t) {
			if f.Severity == "" {
				f.Severity = rule.severity
			}
			list = append(list, f)
		}
	}
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
