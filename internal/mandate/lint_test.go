package mandate_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"resolute/internal/mandate"
)

// golden reads the findings that a person found in the draft, by section.
func golden(t *testing.T) (required, others map[string]string) {
	t.Helper()
	file, err := os.Open(filepath.Join(resolutions, "wtdc21-res30-draft.lint.tsv"))
	if err != nil {
		t.Skip("the golden findings are not tried: ../shared/samples/resolutions is absent")
	}
	defer func() { _ = file.Close() }()
	r := csv.NewReader(file)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	required, others = map[string]string{}, map[string]string{}
	for _, row := range rows[1:] {
		key := fmt.Sprintf("%s %s:%s %q", row[1], row[2], row[3], row[4])
		if row[0] == "required" {
			required[key] = row[5]
		} else {
			others[key] = row[5]
		}
	}
	return required, others
}

func TestTheDraftHasTheFindingsThatAPersonFound(t *testing.T) {
	required, others := golden(t)
	got := map[string]bool{}
	for _, f := range mandate.Lint(parseFile(t, "wtdc21-res30-draft.txt")) {
		key := fmt.Sprintf("%s %d:%d %q", f.Rule, f.Line, f.Column, f.Found)
		got[key] = true
		expected, known := required[key]
		if !known {
			if _, other := others[key]; !other {
				t.Errorf("nobody else found %s (%s)", key, f.Message)
			}
			continue
		}
		if f.Expected != expected {
			t.Errorf("%s: expected %q, a person expected %q", key, f.Expected, expected)
		}
	}
	for key := range required {
		if !got[key] {
			t.Errorf("not found: %s", key)
		}
	}
	for key := range others {
		if !got[key] {
			t.Logf("not looked for: %s", key)
		}
	}
}

// requiredRules are the rules that a clean text keeps.
func requiredRules(t *testing.T) []string {
	required, _ := golden(t)
	var rules []string
	for key := range required {
		var rule string
		_, _ = fmt.Sscan(key, &rule)
		rules = append(rules, rule)
	}
	slices.Sort(rules)
	return slices.Compact(rules)
}

func TestCleanTextsHaveNoFinding(t *testing.T) {
	rules := requiredRules(t)
	for _, name := range []string{"itu/pp18-resolution-94.txt", "itu/pp18-resolution-150.txt", "itu/pp18-resolution-205.txt", "itu/pp18-resolution-209.txt", "un/A_RES_69_145.txt", "un/A_RES_56_183.txt"} {
		for _, f := range mandate.Lint(parseFile(t, name)) {
			if slices.Contains(rules, f.Rule) {
				t.Errorf("%s:%d:%d %s %q: %s", name, f.Line, f.Column, f.Rule, f.Found, f.Message)
			}
		}
	}
}

func TestCounterExamples(t *testing.T) {
	for name, want := range map[string][]string{
		"itu/pp18-resolution-160.txt": {"citation-older-than-known note 10"},
		"un/A_RES_60_252.txt":         {"footnote-mark-without-footnote warning 15", "footnote-mark-without-footnote warning 22"},
	} {
		rules := requiredRules(t)
		var got []string
		for _, f := range mandate.Lint(parseFile(t, name)) {
			if slices.Contains(rules, f.Rule) {
				got = append(got, fmt.Sprintf("%s %s %d", f.Rule, f.Severity, f.Line))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
