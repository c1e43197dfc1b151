package resolute_test

import (
	"testing"

	"resolute"
)

func TestParseCentsRoundsHalfToEvenOnce(t *testing.T) {
	for _, c := range []struct {
		in    string
		want  string
		exact bool
	}{
		{"1000.125", "1000.12", false},
		{"600.135", "600.14", false},
		{"250.625", "250.62", false},
		{"250.6250001", "250.63", false},
		{"-200.05", "-200.05", true},
		{"0", "0.00", true},
		{"-0.005", "0.00", false},
		{"-0.015", "-0.02", false},
		{"1e3", "1000.00", true},
		{"1e-10", "0.00", false},
		{"2.5e11", "250000000000.00", true},
		{".5", "0.50", true},
		{"7.", "7.00", true},
		{"89999999999999.99", "89999999999999.99", true},
		{"-89999999999999.994", "-89999999999999.99", false},
	} {
		got, exact, ok := resolute.ParseCents(c.in)
		if !ok || got.String() != c.want || exact != c.exact {
			t.Errorf("ParseCents(%q) = %s, %v, %v; want %s, %v", c.in, got, exact, ok, c.want, c.exact)
		}
	}
}

func TestParseCentsRefusesWhatIsNoNumber(t *testing.T) {
	for _, in := range []string{"", ".", "-", "1,000", "abc", "1e99", "99999999999999999999", "0x10", "NaN", "9e13", "-90000000000000", "89999999999999.995", "90000000000000000"} {
		if got, _, ok := resolute.ParseCents(in); ok {
			t.Errorf("ParseCents(%q) = %s, want refused", in, got)
		}
	}
}

func TestASumThatIsTooLargeStaysAtTheBound(t *testing.T) {
	for _, c := range []struct{ a, b, want resolute.Cents }{
		{1, 2, 3}, {5, -7, -2}, {resolute.MostSum, 0, resolute.MostSum}, {resolute.MostSum, -1, resolute.MostSum - 1},
		{resolute.MostSum, 1, resolute.MostSum}, {resolute.MostSum, resolute.MostSum, resolute.MostSum},
		{-resolute.MostSum, resolute.MostSum, 0}, {-resolute.MostSum, -2, -resolute.MostSum}, {-2, -resolute.MostSum, -resolute.MostSum},
	} {
		if got := c.a.Plus(c.b); got != c.want {
			t.Errorf("%d and %d make %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestTextFallsBackInTheDeclaredOrder(t *testing.T) {
	text := resolute.Text{"fr": "un", "ru": "раз", "sv": "ett"}
	if got, l := text.In("ar"); got != "un" || l != "fr" {
		t.Errorf("got %q in %q, want French", got, l)
	}
	if got, l := (resolute.Text{"sv": "ett", "de": "eins"}).In("en"); got != "eins" || l != "de" {
		t.Errorf("got %q in %q, want German as the first by code", got, l)
	}
}

func TestDirectionOfALanguage(t *testing.T) {
	for lang, want := range map[resolute.Lang]string{"ar": "rtl", "ur": "rtl", "fa": "rtl", "en": "ltr", "zh": "ltr", "sv": "ltr", "": "ltr"} {
		if got := lang.Dir(); got != want {
			t.Errorf("%q is written %s, want %s", lang, got, want)
		}
	}
}

func TestParsePeriod(t *testing.T) {
	for in, want := range map[string]resolute.Period{
		"":                       {},
		"2022..2026":             {From: "2022-01-01", To: "2026-12-31"},
		"2023":                   {From: "2023-01-01", To: "2023-12-31"},
		"2022-03-01..2024-12-31": {From: "2022-03-01", To: "2024-12-31"},
		"2022..":                 {From: "2022-01-01"},
	} {
		if got, err := resolute.ParsePeriod(in); err != nil || got != want {
			t.Errorf("ParsePeriod(%q) = %v, %v; want %v", in, got, err, want)
		}
	}
	for _, in := range []string{"2022-26", "2026..2022", "2022-02-30..2023", "x"} {
		if _, err := resolute.ParsePeriod(in); err == nil {
			t.Errorf("ParsePeriod(%q) accepted", in)
		}
	}
}

func TestNobodyMayDoWhatNoGrantGives(t *testing.T) {
	if err := (resolute.Actor{}).Can(resolute.Import, resolute.Object{Kind: "activity"}, "2026-01-01"); resolute.CodeOf(err) != resolute.Forbidden {
		t.Errorf("an actor without grants: %v, want forbidden", err)
	}
	ended := resolute.Actor{Grants: []resolute.Grant{{Role: resolute.OperatorRole, Scope: "*", Until: "2025-12-31"}}}
	if err := ended.Can(resolute.Import, resolute.Object{Kind: "activity"}, "2026-01-01"); err == nil {
		t.Error("an ended grant still gives a right")
	}
	if err := resolute.Operator().Can(resolute.Decide, resolute.Object{Kind: "tag"}, "2026-01-01"); err != nil {
		t.Errorf("the operator: %v", err)
	}
}
