package web

import (
	"strings"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/register"
)

// reason tells in the language of the page why a tag was derived, when the words are those of the rules as
// they are today; else in English, and marked so. What a person wrote, the words that a rule
// found and the lines that the matrix starts from may be in any language.
func (s *shell) reason(basis register.Basis, rule, text string) Passage {
	kind, _, _ := strings.Cut(rule, ":")
	told := false
	var here string
	switch {
	case basis != register.Derived || kind == "word" || rule == register.MatrixRule:
		return Passage{Text: text}
	case kind == "dac":
		here, told = s.sectorReasons(text)
	case kind == "marker":
		here, told = s.markerReason(rule, text)
	default: // what was found, and what it says
		here, told = s.foundReason(rule, text)
	}
	if !told {
		return s.In(resolute.Text{resolute.English: text})
	}
	return Passage{Text: here, Dir: s.Dir()} // it begins with a code
}

// ruleReason gives the reason of a rule, of which the English is known.
func (s *shell) ruleReason(rule, english string) Passage {
	if t := framework.ReasonOf(rule); t[resolute.English] == english {
		return s.In(t)
	}
	return s.In(resolute.Text{resolute.English: english})
}

// sectorReasons tells of each sector code why it gives the line.
func (s *shell) sectorReasons(text string) (string, bool) {
	var list []string
	for part := range strings.SplitSeq(text, "; ") {
		code, english, _ := strings.Cut(part, ": ")
		t := framework.ReasonOf("dac:" + code)
		if t[s.Lang] == "" || t[resolute.English] != english {
			return "", false
		}
		list = append(list, isolated(code)+s.Colon()+t[s.Lang])
	}
	return strings.Join(list, s.Semicolon()), true
}

// markerReason tells how much a marker signifies, and why that reaches a group.
func (s *shell) markerReason(rule, text string) (string, bool) {
	t := framework.ReasonOf(rule)
	begin, same := strings.CutSuffix(text, ": "+t[resolute.English])
	significance, stated := strings.CutPrefix(begin, "significance ")
	return s.T("activity.significance", "level", significance) + s.Colon() + t[s.Lang], same && stated && t[s.Lang] != ""
}

// foundReason tells which codes and words a rule found, and why they lead to a paragraph.
func (s *shell) foundReason(rule, text string) (string, bool) {
	t := framework.ReasonOf(rule)
	found, same := strings.CutSuffix(text, ": "+t[resolute.English])
	return isolated(found) + s.Colon() + t[s.Lang], same && t[s.Lang] != ""
}
