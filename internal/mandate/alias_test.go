package mandate_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"resolute"
	"resolute/internal/mandate"
)

func TestTheBuiltInMandateHas48RowsAnd44Leaves(t *testing.T) {
	leaves, seen := 0, map[string]bool{}
	for _, a := range mandate.Aliases() {
		if seen[a.Alias] || seen[a.Thread] {
			t.Errorf("%s or its thread occurs twice", a.Alias)
		}
		seen[a.Alias], seen[a.Thread] = true, true
		if a.Parent != "" && !seen[a.Parent] {
			t.Errorf("%s is part of %s, which does not stand before it", a.Alias, a.Parent)
		}
		if a.Leaf() {
			leaves++
		}
	}
	if len(mandate.Aliases()) != 48 || leaves != 44 {
		t.Errorf("%d rows and %d leaves, want 48 and 44", len(mandate.Aliases()), leaves)
	}
}

func TestEveryRowIsWordedInSixLanguages(t *testing.T) {
	for _, a := range mandate.Aliases() {
		for _, lang := range resolute.Langs {
			text := a.Wording[lang]
			if text == "" || utf8.RuneCountInString(text) > 130 || strings.TrimSpace(text) != text {
				t.Errorf("%s in %s: %q", a.Alias, lang, text)
			}
		}
	}
}

func TestAThreadIsFoundByAllItsNames(t *testing.T) {
	for _, name := range []string{"R11.ii", "r11.II", "itu:wtdc/res/30#resolves_11_ii", "itu:wtdc/res/30/resolves_11_ii"} {
		if a, ok := mandate.Resolve(name); !ok || a.Alias != "R11.ii" {
			t.Errorf("Resolve(%q) = %+v, %v", name, a, ok)
		}
	}
	if _, ok := mandate.Resolve("R99"); ok {
		t.Error("R99 was found")
	}
}
