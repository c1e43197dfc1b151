package framework

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"resolute"
)

// everyName calls fn for each name of the built-in data that a reader can meet.
func everyName(fn func(what string, text resolute.Text)) {
	c := Builtin()
	for _, s := range c.Schemes() {
		fn("scheme "+s.Key, s.Title)
		for _, concept := range c.Concepts(s.Key) {
			fn(s.Key+" "+concept.Code, concept.Title)
			if len(concept.Short) > 0 || s.Key == ActionLine {
				fn(s.Key+" "+concept.Code+", short", concept.Short)
			}
		}
	}
	for _, g := range c.Groups() {
		fn("group "+g.Key, g.Name)
	}
	for _, country := range c.Countries() {
		fn("country "+country.ISO2, country.Name)
	}
}

func TestEveryNameStandsInSixLanguages(t *testing.T) {
	everyName(func(what string, text resolute.Text) {
		for _, l := range resolute.Langs {
			if text[l] == "" {
				t.Errorf("%s has no name in %s", what, l)
			}
		}
	})
}

// abbreviation is a short name that stays in Latin letters everywhere: ITU-R.
var abbreviation = regexp.MustCompile(`^[A-Z]+(-[A-Z]+)?$`)

func TestEveryNameIsInTheScriptOfItsLanguage(t *testing.T) {
	everyName(func(what string, text resolute.Text) { checkScripts(t, what, text) })
}

// checkScripts fails when a text is not written as its language is.
func checkScripts(t *testing.T, what string, text resolute.Text) {
	t.Helper()
	scripts := map[resolute.Lang]*unicode.RangeTable{resolute.Arabic: unicode.Arabic, resolute.Russian: unicode.Cyrillic, resolute.Chinese: unicode.Han}
	for _, l := range resolute.Langs {
		own, foreign := scripts[l], text[l]
		if own != nil && !abbreviation.MatchString(foreign) && !strings.ContainsFunc(foreign, func(r rune) bool { return unicode.Is(own, r) }) {
			t.Errorf("%s in %s is in another script: %q", what, l, foreign)
		}
		for _, other := range scripts {
			if other != own && strings.ContainsFunc(foreign, func(r rune) bool { return unicode.Is(other, r) }) {
				t.Errorf("%s in %s has letters of another language: %q", what, l, foreign)
			}
		}
	}
}

// unfit are signs that a language does not write: a half-width comma in Chinese, a breaking
// blank before a French colon.
var unfit = map[resolute.Lang]*regexp.Regexp{
	resolute.Arabic:  regexp.MustCompile(`[;?]|,\D`),
	resolute.Chinese: regexp.MustCompile(`[,;:()?]`),
	resolute.French:  regexp.MustCompile(` [:;%»]|« `),
	resolute.Spanish: regexp.MustCompile(` %`),
	resolute.Russian: regexp.MustCompile(` %`),
}

func TestNamesAreWellSet(t *testing.T) {
	everyName(func(what string, text resolute.Text) {
		for l, s := range text {
			if strings.TrimSpace(s) != s || strings.Contains(s, "  ") {
				t.Errorf("%s in %s has blanks too many: %q", what, l, s)
			}
			if sign := unfit[l]; sign != nil && sign.MatchString(s) {
				t.Errorf("%s in %s has the sign %q: %q", what, l, sign.FindString(s), s)
			}
			if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsDigit(r) && r > '9' }) {
				t.Errorf("%s in %s has a digit other than 0 to 9: %q", what, l, s)
			}
		}
	})
}

// TestOurNamesAreLabels keeps what we wrote ourselves short enough for a row of a table.
func TestOurNamesAreLabels(t *testing.T) {
	for key, called := range readNames() {
		for l, s := range called.text {
			if n := utf8.RuneCountInString(s); called.origin == "own" && key.scheme != "area-group" && n > 92 {
				t.Errorf("%s %s in %s has %d letters, want at most 92: %q", key.scheme, key.code, l, n, s)
			}
		}
	}
}

var year = regexp.MustCompile(`\b(19|20)\d\d\b`)

func TestYearsAreTheSameInEveryLanguage(t *testing.T) {
	everyName(func(what string, text resolute.Text) {
		want := strings.Join(year.FindAllString(text[resolute.English], -1), " ")
		for l, s := range text {
			for _, y := range strings.Fields(want) {
				if !strings.Contains(s, y) {
					t.Errorf("%s in %s lacks %s: %q", what, l, y, s)
				}
			}
		}
	})
}

func TestEveryRowOfNamesNamesSomething(t *testing.T) {
	c := Builtin()
	for key, called := range readNames() {
		if called.origin != "official" && called.origin != "own" {
			t.Errorf("%v has origin %q", key, called.origin)
		}
		_, concept := c.Concept(key.scheme, key.code)
		_, group := c.Group(key.code)
		_, scheme := c.Scheme(key.code)
		if !concept && (!group || key.scheme != "area-group") && (!scheme || key.scheme != "scheme") {
			t.Errorf("%v names nothing", key)
		}
	}
}

func TestTheEnglishOfNamesIsThatOfTheTables(t *testing.T) {
	c := Builtin()
	check := func(scheme, code, english string) {
		t.Helper()
		if concept, _ := c.Concept(scheme, code); concept.Title[resolute.English] != english {
			t.Errorf("%s %s is called %q, its table says %q", scheme, code, concept.Title[resolute.English], english)
		}
	}
	readTable("action_lines").each(func(_ int, r record) {
		check(ActionLine, r.get("code"), r.get("title"))
		if line, _ := c.Concept(ActionLine, r.get("code")); line.Short[resolute.English] != r.get("short_title") {
			t.Errorf("%s is short %q", line.Code, line.Short[resolute.English])
		}
	})
	readTable("sdg_goals").each(func(_ int, r record) { check(Goal, r.get("goal"), r.get("short_title")) })
	readTable("sdg_targets").each(func(_ int, r record) { check(Target, r.get("target"), r.get("label")) })
	readTable("sdg_indicators").each(func(_ int, r record) { check(Indicator, r.get("indicator"), r.get("label")) })
	readTable("frameworks").each(func(_ int, r record) {
		check(frameworkKey(r.get("framework"), r.get("cycle")), r.get("code"), r.get("title"))
	})
}

func TestAnIndicatorListedAgainIsNamedAsAtFirst(t *testing.T) {
	c := Builtin()
	for _, again := range []struct{ code, first string }{{"13.1.1", "1.5.1"}, {"12.2.2", "8.4.2"}, {"16.b.1", "10.3.1"}} {
		got, _ := c.Concept(Indicator, again.code)
		want, _ := c.Concept(Indicator, again.first)
		if got.Title[resolute.Chinese] == "" || got.Title[resolute.Chinese] != want.Title[resolute.Chinese] {
			t.Errorf("%s is called %q, %s is called %q", again.code, got.Title[resolute.Chinese], again.first, want.Title[resolute.Chinese])
		}
	}
	if own, _ := c.Concept(Indicator, "13.b.1"); own.Title[resolute.French] != "PMA et PEID dotés de plans climatiques" {
		t.Errorf("13.b.1, which has words of its own, is called %q", own.Title[resolute.French])
	}
}
