package mandate

import (
	"strings"
	"sync"
	"unicode"
)

// The classes of verbs.
const (
	preambular = "preambular"
	directing  = "directing" // gives a task
	observing  = "observing" // operative, without a task
)

// verbClasses tells the class of each known verb, in small letters.
var verbClasses = sync.OnceValue(func() map[string]string {
	classes := map[string]string{}
	for _, row := range readTable("verbs.csv") {
		classes[row["verb"]] = row["class"]
	}
	return classes
})

// adverbs stand before a verb and change nothing of it.
var adverbs = map[string]bool{"also": true, "further": true, "again": true, "once": true, "deeply": true, "gravely": true, "strongly": true, "fully": true}

// headVerb finds the verb that a text begins with, past its adverbs, and its class.
func headVerb(text string) (verb, class string) {
	for _, word := range strings.Fields(text) {
		small := strings.ToLower(strings.Trim(word, ",;:"))
		if adverbs[small] {
			continue
		}
		return strings.Trim(word, ",;:"), verbClasses()[small]
	}
	return "", ""
}

// addressees lists who a text with a directing verb at its head speaks to, as printed:
// "instructs the Secretary-General and the Directors of the Bureaux" gives both. A heading that
// only resolves speaks to nobody by name.
func addressees(text string) []string {
	if _, class := headVerb(text); class != directing {
		return nil
	}
	var list []string
	for _, phrase := range headingVerbs(text) {
		list = append(list, splitNames(phrase)...)
	}
	return list
}

// headingVerbs cuts a heading at its verbs and gives what stands behind each: a heading may hold
// two, "requests the Secretary-General and instructs the Director".
func headingVerbs(text string) []string {
	words := strings.Fields(text)
	var phrases [][]string
	for i, word := range words {
		small := strings.Trim(strings.ToLower(word), ",")
		switch {
		case verbClasses()[small] == directing, small == "invite" && i > 0, small == "instruct" && i > 0, small == "request" && i > 0:
			phrases = append(phrases, nil)
		case len(phrases) == 0 || len(phrases[len(phrases)-1]) == 0 && (small == "upon" || small == "on" || small == "to"):
		default:
			phrases[len(phrases)-1] = append(phrases[len(phrases)-1], word)
		}
	}
	var list []string
	for _, p := range phrases {
		for len(p) > 0 && (p[len(p)-1] == "and" || adverbs[p[len(p)-1]]) {
			p = p[:len(p)-1]
		}
		list = append(list, strings.Join(p, " "))
	}
	return list
}

// splitNames cuts "Member States, Sector Members, Associates and Academia" into names. An "and"
// cuts only before another name of its own: "the Directors of the Radiocommunication and
// Development Bureaux" is one.
func splitNames(phrase string) []string {
	var list []string
	for _, part := range strings.Split(phrase, ",") {
		part = strings.TrimSpace(part)
		for {
			before, after, found := cutNames(part)
			list = append(list, cleanName(before))
			if !found {
				break
			}
			part = after
		}
	}
	kept := list[:0]
	for _, name := range list {
		if name != "" && unicode.IsUpper(firstRune(name)) {
			kept = append(kept, name)
		}
	}
	return kept
}

func cutNames(part string) (before, after string, found bool) {
	part = strings.TrimPrefix(part, "and ")
	before, after, found = strings.Cut(part, " and ")
	if !found || strings.Contains(before, " of ") && !strings.HasPrefix(after, "the ") && !strings.HasPrefix(after, "to ") {
		return part, "", false
	}
	return before, after, true
}

func cleanName(name string) string {
	name = strings.TrimSpace(name)
	for _, article := range []string{"the ", "all ", "its ", "each ", "and ", "to "} {
		name = strings.TrimPrefix(name, article)
	}
	return strings.TrimSpace(name)
}
