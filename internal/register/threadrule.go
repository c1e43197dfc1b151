package register

import (
	"slices"
	"strings"

	"resolute/internal/framework"
)

// threadRule is a ThreadRule with its words compiled.
type threadRule struct {
	framework.ThreadRule
	words phrases
}

// threadFacts is what is known of an activity, over all its levels.
type threadFacts struct {
	view                            View
	lines, sectors, groups, schemes map[string]bool
}

func compileThread(r framework.ThreadRule) threadRule {
	words := make([]phrase, len(r.Words))
	for i, word := range r.Words {
		words[i] = phrase{0, word}
	}
	return threadRule{r, compilePhrases(words)}
}

// match tells whether every condition of the rule holds, and which values made it so.
func (r threadRule) match(f threadFacts) (string, bool) {
	var reasons []string
	for _, condition := range []struct {
		wanted []string
		found  func() []string
	}{
		{r.Lines, func() []string { return matching(r.Lines, f.lines, lineMatches) }},
		{r.Sectors, func() []string { return matching(r.Sectors, f.sectors, func(a, b string) bool { return a == b }) }},
		{r.Kinds, func() []string { return one(r.Kinds, f.view.Kind) }},
		{r.Levels, func() []string { return one(r.Levels, f.view.Level) }},
		{r.Groups, func() []string { return matching(r.Groups, f.groups, func(a, b string) bool { return a == b }) }},
		{r.Schemes, func() []string { return matching(r.Schemes, f.schemes, schemeMatches) }},
		{r.Words, func() []string {
			if hits := r.words.find(f.view.Words); len(hits) > 0 {
				return hits[0].words
			}
			return nil
		}},
	} {
		if len(condition.wanted) == 0 {
			continue
		}
		found := condition.found()
		if len(found) == 0 {
			return "", false
		}
		reasons = append(reasons, strings.Join(found, ", "))
	}
	return strings.Join(reasons, "; "), len(reasons) > 0
}

func one(wanted []string, value string) []string {
	if value != "" && slices.Contains(wanted, value) {
		return []string{value}
	}
	return nil
}

// matching gives the values of a set that one of the wanted matches, in order.
func matching(wanted []string, set map[string]bool, match func(wanted, value string) bool) []string {
	var found []string
	for value := range set {
		if slices.ContainsFunc(wanted, func(w string) bool { return match(w, value) }) {
			found = append(found, value)
		}
	}
	slices.Sort(found)
	return found
}

// lineMatches tells whether a line is the wanted one or its child ("C7.3" of "C7"); "*" is any.
func lineMatches(wanted, line string) bool {
	return wanted == "*" || line == wanted || strings.HasPrefix(line, wanted+".")
}

// schemeMatches reads a wanted key that ends in "*" as a beginning.
func schemeMatches(wanted, scheme string) bool {
	if head, ok := strings.CutSuffix(wanted, "*"); ok {
		return strings.HasPrefix(scheme, head)
	}
	return scheme == wanted
}
