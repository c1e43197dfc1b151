package mandate

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"resolute"
)

// titleForm is one way of printing number and title of an instrument.
type titleForm struct {
	family, kind, body string
	pattern            *regexp.Regexp
}

var titleForms = sync.OnceValue(func() []titleForm {
	var list []titleForm
	for _, row := range readTable("titles.csv") {
		pattern := row["pattern"]
		if row["family"] == familyUN {
			pattern = "^" + pattern
		}
		list = append(list, titleForm{row["family"], row["kind"], row["body"], regexp.MustCompile(pattern)})
	}
	return list
})

// title is what the line with the number tells.
type title struct {
	kind, body, number, label, words string
}

// titleWithin bounds how long the line with the number of a text of ITU may be, in bytes.
const titleWithin = 260

// readTitle reads the line with the number of an instrument of a family. In texts of ITU a mark of
// a proposal, the body and "draft" may stand before the number; a sentence that cites may not.
func readTitle(line, family string) (title, bool) {
	if family == familyITU && (len(line) > titleWithin || !strings.ContainsAny(line, "0123456789")) {
		return title{}, false
	}
	for _, form := range titleForms() {
		if form.family != family {
			continue
		}
		m := form.pattern.FindStringSubmatchIndex(line)
		if m == nil || m[0] > 0 && !beforeNumber(line[:m[0]]) {
			continue
		}
		part := func(name string) string {
			if i := form.pattern.SubexpIndex(name); i >= 0 && m[2*i] >= 0 {
				return strings.TrimSpace(line[m[2*i]:m[2*i+1]])
			}
			return ""
		}
		return title{form.kind, form.body, part("number"), part("label"), part("title")}, true
	}
	return title{}, false
}

// beforeNumber tells whether what stands before "RESOLUTION 30" may stand there: capitals, the mark
// of a proposal with its id, "Draft revision of", the name of a body.
func beforeNumber(before string) bool {
	before = draftWords.ReplaceAllString(before, "")
	for _, b := range bodyNames() {
		before = strings.ReplaceAll(before, b.words, "")
	}
	return !strings.ContainsAny(before, "abcdefghijklmnopqrstuvwxyz") && !strings.ContainsAny(before, ",;")
}

var draftWords = regexp.MustCompile(`(?i)\b(?:draft|proposed|proposal|new|revised|revision|of|to|modification|the|projet|de|révision|nouvelle|la|proyecto|revisión|nueva)\b`)

// parts of the mark that a proposal has in the margin.
var proposalLine = regexp.MustCompile(`^\s*(MOD|ADD|SUP|NOC|\(MOD\)|SUP\*|ADD\*)(?:\s+([A-Z]{2,6}/\d{1,4}(?:\([^)]*\))?(?:A\d{1,3})?(?:/\d{1,3})*))?(?:\s|$)`)

// bodyNamed finds the body of a family that speaks in an opening line: "The Plenipotentiary Conference
// ... (Dubai, 2018),". It is empty when none does.
func bodyNamed(line, family string, lang resolute.Lang) string {
	for _, b := range bodyNames() {
		if b.family == family && b.lang == lang && !b.short && strings.Contains(line, b.words) {
			return b.body
		}
	}
	return ""
}

// bodyIn finds the body that is named in a part of a citation, by its longest name, short ones too.
func bodyIn(words string, lang resolute.Lang) string {
	for _, b := range bodyNames() {
		if b.lang == lang && words != "" && strings.Contains(words, b.words) {
			return b.body
		}
	}
	return ""
}

// bodyName is one way of naming a body.
type bodyName struct {
	body, family, words string
	lang                resolute.Lang
	short               bool // letters that stand for it
}

// bodyNames are all names, longest first: "Human Rights Council" is not "Council".
var bodyNames = sync.OnceValue(func() []bodyName {
	var list []bodyName
	for _, row := range readTable("bodies.csv") {
		list = append(list, bodyName{row["body"], row["family"], row["words"], resolute.Lang(row["lang"]), row["short"] != ""})
	}
	slices.SortStableFunc(list, func(a, b bodyName) int { return len(b.words) - len(a.words) })
	return list
})
