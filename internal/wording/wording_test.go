package wording

import (
	"encoding/json"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/feature/plural"

	"resolute"
)

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

func placeholders(text string) []string {
	found := placeholder.FindAllString(text, -1)
	sort.Strings(found)
	return slices.Compact(found)
}

// needed are the categories that whole numbers can have in a language.
func needed(p *Printer) []string {
	seen := map[string]bool{}
	for n := range 200 {
		seen[category(p.tag, n)] = true
	}
	var list []string
	for _, c := range []plural.Form{plural.Zero, plural.One, plural.Two, plural.Few, plural.Many, plural.Other} {
		if seen[categories[c]] {
			list = append(list, categories[c])
		}
	}
	return list
}

func TestEveryKeyIsCompleteInSixLanguages(t *testing.T) {
	for _, lang := range resolute.Langs {
		p := For(lang)
		if len(p.messages) != len(Keys()) {
			t.Errorf("%s has %d keys, English %d", lang, len(p.messages), len(Keys()))
		}
		for _, key := range Keys() {
			source, own := catalogues()[resolute.English][key], p.messages[key]
			if source.forms == nil {
				checkText(t, lang, key, source.plain, own.plain)
				continue
			}
			for _, form := range needed(p) {
				if text := own.forms[form]; text == "" {
					t.Errorf("%s %s has no form %q", lang, key, form)
				} else if form == "other" || form == "many" || form == "few" {
					checkText(t, lang, key, source.forms["other"], text)
				}
			}
		}
	}
}

func checkText(t *testing.T, lang resolute.Lang, key, source, text string) {
	t.Helper()
	if strings.TrimSpace(text) == "" {
		t.Errorf("%s %s is empty", lang, key)
		return
	}
	if !slices.Equal(placeholders(source), placeholders(text)) {
		t.Errorf("%s %s has placeholders %v, want %v", lang, key, placeholders(text), placeholders(source))
	}
	script := map[resolute.Lang]*unicode.RangeTable{resolute.Arabic: unicode.Arabic, resolute.Russian: unicode.Cyrillic, resolute.Chinese: unicode.Han}[lang]
	if script != nil && !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(script, r) }) {
		t.Errorf("%s %s is not in the script of its language: %q", lang, key, text)
	}
	for _, r := range text {
		if unicode.IsDigit(r) && r > '9' {
			t.Errorf("%s %s has a digit other than 0 to 9: %q", lang, key, text)
		}
	}
}

func TestTheCataloguesAreSortedOneKeyALine(t *testing.T) {
	for _, lang := range resolute.Langs {
		raw, err := data.ReadFile("data/" + string(lang) + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var keys []string
		for line := range strings.Lines(string(raw)) {
			if key, _, ok := strings.Cut(strings.TrimSpace(line), `":`); ok {
				keys = append(keys, strings.TrimPrefix(key, `"`))
			}
		}
		if !slices.IsSorted(keys) || len(keys) != len(Keys()) {
			for i := 1; i < len(keys); i++ {
				if keys[i] < keys[i-1] {
					t.Errorf("%s: %s stands behind %s", lang, keys[i], keys[i-1])
				}
			}
			if len(keys) != len(Keys()) {
				t.Errorf("%s: %d lines with a key, %d keys", lang, len(keys), len(Keys()))
			}
		}
		if !json.Valid(raw) {
			t.Errorf("%s is no JSON", lang)
		}
	}
}

func TestPluralCategories(t *testing.T) {
	for lang, want := range map[resolute.Lang]map[int]string{
		"ar": {0: "zero", 1: "one", 2: "two", 3: "few", 5: "few", 11: "many", 21: "many", 100: "other", 101: "other", 102: "other", 111: "many", 1000000: "other"},
		"ru": {0: "many", 1: "one", 2: "few", 3: "few", 5: "many", 11: "many", 21: "one", 100: "many", 101: "one", 102: "few", 111: "many", 1000000: "many"},
		"fr": {0: "one", 1: "one", 2: "other", 21: "other"},
		"es": {0: "other", 1: "one", 2: "other"},
		"en": {0: "other", 1: "one", 2: "other", 21: "other"},
		"zh": {0: "other", 1: "other", 100: "other"},
	} {
		for n, category1 := range want {
			if got := category(For(lang).tag, n); got != category1 {
				t.Errorf("%s %d is %s, want %s", lang, n, got, category1)
			}
		}
	}
}

func TestNumbersMoneyAndDays(t *testing.T) {
	for lang, want := range map[resolute.Lang][4]string{
		"en": {"1,234,567", "1,234", "USD\u00a0−18,400.05", "21 November 2026"},
		"fr": {"1\u202f234\u202f567", "1\u202f234", "USD\u00a0−18\u202f400,05", "21 novembre 2026"},
		"es": {"1\u202f234\u202f567", "1234", "USD\u00a0−18\u202f400,05", "21 de noviembre de 2026"},
		"ru": {"1\u202f234\u202f567", "1\u202f234", "USD\u00a0−18\u202f400,05", "21 ноября 2026\u00a0г."},
		"zh": {"1,234,567", "1,234", "USD\u00a0−18,400.05", "2026年11月21日"},
		"ar": {"1,234,567", "1,234", "USD\u00a0−18,400.05", "21 نوفمبر 2026"},
	} {
		p := For(lang)
		if got := [4]string{p.Number(1234567), p.Number(1234), p.Money("USD", -1840005), p.Day("2026-11-21")}; got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
	if got := For("en").Percent(333_333); got != "33.3333%" {
		t.Errorf("Percent = %q", got)
	}
	if got := For("en").Years("2024-01-01", "2027-05-01") + For("en").Years("2024-01-01", "2024-05-01"); got != "2024–20272024" {
		t.Errorf("Years = %q", got)
	}
}

func TestAListHasTheCommaOfItsLanguage(t *testing.T) {
	for lang, want := range map[resolute.Lang]string{"en": "C2, C5", "fr": "C2, C5", "ar": "C2، C5", "zh": "C2、C5"} {
		if got := For(lang).List([]string{"C2", "C5"}); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}

func TestALabelHasTheColonOfItsLanguage(t *testing.T) {
	for lang, want := range map[resolute.Lang]string{"en": ": ", "fr": "\u00a0: ", "zh": "：", "ar": ": "} {
		if got := For(lang).Colon(); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}

func TestMatch(t *testing.T) {
	for header, want := range map[string]resolute.Lang{"ar-EG,en;q=0.5": "ar", "uk": "en", "de": "en", "": "en", "zh-Hant-TW": "zh", "fr-CA": "fr", "pt-BR, es;q=0.8": "es", "***": "en"} {
		if got := Match(header); got != want {
			t.Errorf("Match(%q) = %s, want %s", header, got, want)
		}
	}
}

func TestAMissingKeyShowsItself(t *testing.T) {
	if got := For("en").T("no.such.key"); got != "⟦no.such.key⟧" {
		t.Errorf("T = %q", got)
	}
}
