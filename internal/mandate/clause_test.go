package mandate_test

import (
	"regexp"
	"strings"
	"testing"

	"resolute/internal/mandate"
)

var numberBefore = regexp.MustCompile(`^[0-9٠-٩]{1,3}\s*[.\-–]?\s+`)

// speaking is the line with which the General Assembly opens, in each language.
var speaking = map[string]string{"en": "The General Assembly,", "fr": "L'Assemblée générale,", "es": "La Asamblea General,", "ru": "Генеральная Ассамблея,", "ar": "إن الجمعية العامة،", "zh": "大会，"}

// verbOf reads a clause as part of a text and gives the verb that was found at its head.
func verbOf(lang, clause string, operative bool) string {
	clause = numberBefore.ReplaceAllString(clause, "")
	if operative {
		clause = "1. " + clause
	}
	verb := ""
	mandate.Parse(speaking[lang] + "\n" + clause + "\n").Walk(func(g *mandate.Group, _ string, p *mandate.Provision) {
		if p.Line == 2 && g.Operative == operative {
			verb = p.Verb
		}
	})
	return verb
}

func TestVerbsOfClausesAlignedInSixLanguages(t *testing.T) {
	head, rows := rowsIn(t, resolutions, "un/six-languages.tsv", "the aligned clauses are")
	known, all := map[string]int{}, 0
	for _, row := range rows {
		operative := numberBefore.MatchString(row[1])
		if verbOf("en", row[1], operative) == "" || !operative && !strings.HasSuffix(row[1], ",") {
			continue
		}
		all++
		for i, lang := range head[1:] {
			if verbOf(lang, row[i+1], operative) != "" {
				known[lang]++
			}
		}
	}
	t.Logf("clauses with a verb of the drafting: %d; found by language: %v", all, known)
	for lang, n := range known {
		if all < 100 || n*100 < all*95 {
			t.Errorf("%s: the verb of %d of %d clauses is known, want 95 %%", lang, n, all)
		}
	}
}
