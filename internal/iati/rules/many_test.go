package rules

import (
	"strings"
	"testing"
	"time"
)

// What is very many, or very long, is judged at once: walking all of it for each takes minutes.
func TestVeryManyAreJudgedAtOnce(t *testing.T) {
	const n = 100_000
	of := func(part string) string { return strings.Repeat(part, n) }
	name := strings.Repeat("n", 1<<20)
	for what, c := range map[string]struct {
		activity, rule string
		told           int
	}{
		"identifiers and owners": {of(`<iati-identifier>XM-A-123</iati-identifier><other-identifier type="B1" ref="XM-B"/>`) +
			`<iati-identifier>XM-B-1</iati-identifier><iati-identifier>XM</iati-identifier>`, "1.1.21", n + 1},
		"indicators of a result with references": {`<result>` + of(`<reference code="1"/>`) + of(`<indicator/>`) + `<indicator><reference/></indicator></result>`, "8.11.1", 1},
		"a number of a million digits":           {`<sector percentage="0.` + strings.Repeat("3", 1<<20) + `"/>` + of(`<sector percentage="0.001"/>`), "2.1.2", 1},
		"numbers with large exponents":           {of(`<sector percentage="1e-999999"/>`), "2.1.2", 0},
		"an identifier of hyphens":               {`<iati-identifier>/` + strings.Repeat("-", 1<<20) + `</iati-identifier>`, "1.3.13", 1},
		"codes in an element of a long name":     {`<` + name + `>` + of(`<a xml:lang="xx-none"/>`) + `</` + name + `>`, "", n},
	} {
		root := treeOf(t, `<iati-activities><iati-activity>`+c.activity+`</iati-activity></iati-activities>`)
		began, told := time.Now(), 0
		for _, b := range Judge(root, today) {
			if b.Rule.ID == c.rule {
				told++
			}
		}
		codes := len(Codes(root))
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%s: judging took %v", what, took)
		}
		if c.rule == "" {
			told = codes
		}
		if told != c.told {
			t.Errorf("%s: rule %q told %d times, want %d", what, c.rule, told, c.told)
		}
	}
}

// A number is one of the schema, and no more of its digits count than any sum needs.
func TestDecimal(t *testing.T) {
	long := strings.Repeat("3", 99)
	for text, want := range map[string]string{"100": "100.0000", "+0.5": "0.5000", "-.5": "-0.5000", "7.": "7.0000", "0" + long[:3]: "333.0000",
		"33." + long: "33.3333", strings.Repeat("0", 99) + "1": "1.0000", "": "", ".": "", "1e2": "", "1/3": "", "0x1": "", "1 2": "", "1a2": "", "+-1": "", "1.2.3": ""} {
		n, ok := decimal(text)
		if ok != (want != "") || ok && n.FloatString(4) != want {
			t.Errorf("%q: %v %v, want %q", text, n, ok, want)
		}
	}
}

// Prefixes are found as by trying each.
func TestPrefixesAreFound(t *testing.T) {
	prefixes := shortest([]string{"b-", "a-b-", "a-", "b-c-d-"})
	for text, want := range map[string]bool{"a-": true, "a": false, "a-z": true, "b-c": true, "c-": false, "": false, "ab-": false} {
		if got := begins(text, prefixes); got != want {
			t.Errorf("%q in %q: %v, want %v", text, prefixes, got, want)
		}
	}
	if !begins("anything", shortest([]string{"b", ""})) {
		t.Error("nothing begins all")
	}
}
