package mandate_test

import (
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/mandate"
	"resolute/internal/mandate/calendar"
)

// reference reads a table of facts by the names of its columns.
func reference(t *testing.T, name string) []map[string]string {
	t.Helper()
	return cellsIn(t, facts, name, "the tables against their source are")
}

func TestConferencesAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range calendar.Conferences() {
		if seen[c.Key] {
			t.Errorf("%s stands twice", c.Key)
		}
		seen[c.Key] = true
		if c.Status == "held" && (c.Start == "" || c.End == "") || c.Start > c.End || c.Start != "" && !strings.HasPrefix(c.Start, c.Key[strings.Index(c.Key, "@")+1:]) {
			t.Errorf("%s lasts from %q to %q", c.Key, c.Start, c.End)
		}
		for _, day := range []string{c.Start, c.End} {
			if day != "" && !resolute.ValidDay(day) {
				t.Errorf("%s: %q is no day", c.Key, day)
			}
		}
		for _, lang := range resolute.Langs {
			if c.Place[lang] == "" {
				t.Errorf("%s has no place in %s", c.Key, lang)
			}
		}
	}
}

func TestConferencesAreThoseOfTheReference(t *testing.T) {
	var want, got []string
	for _, row := range reference(t, "place_names.csv") {
		want = append(want, row["conference"]+" "+row["start"]+" "+row["end"]+" "+row["en"]+" "+row["ar"]+" "+row["dates_confidence"])
	}
	for _, c := range calendar.Conferences() {
		got = append(got, c.Key+" "+c.Start+" "+c.End+" "+c.Place["en"]+" "+c.Place["ar"]+" "+c.Confidence)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("%d conferences, the reference has %d", len(got), len(want))
	}
}

func TestInstrumentsAreThoseOfTheReferenceAndMore(t *testing.T) {
	for _, table := range []string{"instruments.csv", "cited_instruments.csv"} {
		for _, row := range reference(t, table) {
			if i, known := mandate.InstrumentOf(row["key"]); row["kind"] != "draft resolution" && (!known || i.Kind != row["kind"]) {
				t.Errorf("%s of %s: known %v, kind %q", row["key"], table, known, i.Kind)
			}
		}
	}
}

func TestEditionsAreOfKnownInstrumentsAndConferences(t *testing.T) {
	conferences := map[string]string{}
	for _, c := range calendar.Conferences() {
		conferences[c.Key] = c.Body
	}
	for _, i := range mandate.Instruments() {
		firsts := 0
		for k, e := range i.Editions {
			if e.First {
				firsts++
			}
			if e.Year == 0 || e.First && k > 0 || !slices.Contains([]string{"A", "B", "C"}, e.Confidence) {
				t.Errorf("%s: edition %+v", i.Key, e)
			}
			if body, known := conferences[e.Conference]; known && body != i.Body || !known && i.Body != "itu:council" {
				t.Errorf("%s: the edition of %s is of another body", i.Key, e.Conference)
			}
		}
		if firsts > 1 {
			t.Errorf("%s was adopted %d times", i.Key, firsts)
		}
		if _, known := mandate.InstrumentOf(i.FollowedBy); i.FollowedBy != "" && !known {
			t.Errorf("%s is followed by %s, which is not known", i.Key, i.FollowedBy)
		}
	}
}

func TestRoleClaimsAreThoseOfTheReference(t *testing.T) {
	rows := reference(t, "role_claims.csv")
	claims := mandate.RoleClaims()
	if len(rows) != len(claims) {
		t.Fatalf("%d claims, the reference has %d", len(claims), len(rows))
	}
	for i, row := range rows {
		c := claims[i]
		if c.Instrument != row["instrument"] || c.Alias != row["thread_alias"] || c.Path != row["provision_path"] || c.ActionLine != row["action_line"] || c.Role != row["role"] || c.LikelyStruck != row["likely_struck"] {
			t.Errorf("claim %d is %+v, the reference says %v", i+1, c, row)
		}
	}
}
