package framework

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"resolute"
)

// column gathers the values of one column of an embedded table.
func column(table, name string) map[string]int {
	found := map[string]int{}
	readTable(table).each(func(_ int, r record) { found[r.get(name)]++ })
	return found
}

func wantUnique(t *testing.T, table string, columns ...string) {
	t.Helper()
	seen := map[string]bool{}
	readTable(table).each(func(n int, r record) {
		var key []string
		for _, c := range columns {
			key = append(key, r.get(c))
		}
		joined := strings.Join(key, " ")
		if seen[joined] {
			t.Errorf("%s row %d: %v %q stands twice", table, n, columns, joined)
		}
		seen[joined] = true
	})
}

func TestKeysAreUnique(t *testing.T) {
	wantUnique(t, "action_lines", "code")
	wantUnique(t, "wsis_sdg_matrix", "action_line", "sdg_goal", "sdg_target")
	wantUnique(t, "sdg_targets", "target")
	wantUnique(t, "sdg_indicators", "target", "indicator")
	wantUnique(t, "countries", "iso2")
	wantUnique(t, "countries", "iso3")
	wantUnique(t, "countries", "m49")
	wantUnique(t, "area_groups", "group")
	wantUnique(t, "area_membership", "group", "area", "from")
	wantUnique(t, "frameworks", "framework", "cycle", "code")
	wantUnique(t, "schemes", "key")
	wantUnique(t, "lists", "scheme", "code")
	wantUnique(t, "dac_action_line", "dac_code")
	wantUnique(t, "line_thread", "rule")
}

func TestTheMatrixHoldsTogether(t *testing.T) {
	lines, goals := column("action_lines", "code"), column("sdg_goals", "goal")
	goalOf := map[string]string{}
	readTable("sdg_targets").each(func(_ int, r record) { goalOf[r.get("target")] = r.get("goal") })
	filled := map[string]bool{}
	readTable("wsis_sdg_matrix").each(func(n int, r record) {
		line, goal, target := r.get("action_line"), r.get("sdg_goal"), r.get("sdg_target")
		filled[line] = true
		if lines[line] == 0 || goals[goal] == 0 || (target != "" && goalOf[target] != goal) {
			t.Errorf("row %d: line %s, goal %s, target %s do not go together", n, line, goal, target)
		}
		if (r.get("level") == "target") != (target != "") {
			t.Errorf("row %d: level %s with target %q", n, r.get("level"), target)
		}
	})
	readTable("action_lines").each(func(_ int, r record) {
		code := r.get("code")
		if parent := r.get("parent"); parent != "" && lines[parent] == 0 {
			t.Errorf("parent %s of %s is no line", parent, code)
		}
		if filled[code] == (code == "C7") {
			t.Errorf("line %s has rows of its own: %v; every leaf has, C7 has none", code, filled[code])
		}
	})
}

func TestGoalsTargetsAndIndicatorsHoldTogether(t *testing.T) {
	targets, indicators := column("sdg_targets", "goal"), column("sdg_indicators", "goal")
	readTable("sdg_goals").each(func(_ int, r record) {
		goal := r.get("goal")
		if got := strconv.Itoa(targets[goal]); got != r.get("targets") {
			t.Errorf("goal %s has %s targets, its row says %s", goal, got, r.get("targets"))
		}
		if got := strconv.Itoa(indicators[goal]); got != r.get("indicator_listings") {
			t.Errorf("goal %s has %s listings, its row says %s", goal, got, r.get("indicator_listings"))
		}
	})
	goalOf, original, unsd := map[string]string{}, map[string]bool{}, map[string]string{}
	readTable("sdg_targets").each(func(_ int, r record) { goalOf[r.get("target")] = r.get("goal") })
	unique := 0
	originals := map[string]int{}
	readTable("sdg_indicators").each(func(_ int, r record) {
		if goalOf[r.get("target")] != r.get("goal") {
			t.Errorf("indicator %s: target %s is not of goal %s", r.get("indicator"), r.get("target"), r.get("goal"))
		}
		unsd[r.get("indicator")] = r.get("unsd_code")
		if r.get("repeats") == "" {
			unique++
			original[r.get("indicator")] = true
			originals[r.get("unsd_code")]++
		}
	})
	if unique != 231 {
		t.Errorf("%d unique indicators, want 231", unique)
	}
	for code, n := range originals {
		if n != 1 {
			t.Errorf("UNSD code %s belongs to %d originals", code, n)
		}
	}
	readTable("sdg_indicators").each(func(_ int, r record) {
		first, code := r.get("repeats"), r.get("indicator")
		if first == "" {
			return
		}
		if !original[first] {
			t.Errorf("%s repeats %s, which is no original", code, first)
		}
		if unsd[first] != unsd[code] && code != "13.b.1" { // the known exception
			t.Errorf("%s and %s carry different UNSD codes", code, first)
		}
	})
}

func TestFrameworksHoldTogether(t *testing.T) {
	groups, schemes := column("area_groups", "group"), column("schemes", "key")
	rows := map[string]bool{}
	readTable("frameworks").each(func(_ int, r record) {
		rows[r.get("framework")+r.get("cycle")+r.get("code")] = true
	})
	readTable("frameworks").each(func(n int, r record) {
		if key := frameworkKey(r.get("framework"), r.get("cycle")); schemes[key] == 0 {
			t.Errorf("row %d: scheme %s is not in schemes.csv", n, key)
		}
		parent := r.get("parent")
		switch r.get("parent_kind") {
		case "row":
			if !rows[r.get("framework")+r.get("cycle")+parent] {
				t.Errorf("row %d: parent %s is not in its framework", n, parent)
			}
		case "area":
			if groups["ITU:"+parent] == 0 {
				t.Errorf("row %d: parent %s is no ITU region", n, parent)
			}
		case "":
			if parent != "" {
				t.Errorf("row %d: parent %s of no kind", n, parent)
			}
		default:
			t.Errorf("row %d: parent_kind %s", n, r.get("parent_kind"))
		}
		if region := r.get("region"); region != "" && groups["ITU:"+region] == 0 {
			t.Errorf("row %d: region %s", n, region)
		}
	})
}

func TestCountriesAddUp(t *testing.T) {
	basis := map[string]int{}
	readTable("countries").each(func(_ int, r record) {
		basis[r.get("itu_region_basis")]++
		if (r.get("itu_region_basis") == "") != (r.get("itu_region") == "") {
			t.Errorf("%s: region %q, basis %q", r.get("iso2"), r.get("itu_region"), r.get("itu_region_basis"))
		}
	})
	if basis["member"] != 194 || basis["res99"] != 1 {
		t.Errorf("basis = %v, want 194 members and 1 by Resolution 99", basis)
	}
	for _, c := range Builtin().Countries() {
		for _, l := range resolute.Langs {
			if c.Name[l] == "" {
				t.Errorf("%s has no name in %s", c.ISO2, l)
			}
		}
	}
}

func TestSpansAreSound(t *testing.T) {
	groups, filled := column("area_groups", "group"), map[string]bool{}
	iso3, m49 := column("countries", "iso3"), map[string]bool{}
	for _, c := range []string{"m49_region", "m49_subregion", "m49_intermediate"} {
		for code := range column("countries", c) {
			m49[code] = true
		}
	}
	spans := map[string][]resolute.Period{}
	readTable("area_membership").each(func(n int, r record) {
		group, area, from, to, known := r.get("group"), r.get("area"), r.get("from"), r.get("to"), r.get("known_from")
		filled[group] = true
		if groups[group] == 0 || (iso3[area] == 0 && !m49[area]) {
			t.Errorf("row %d: group %s, area %s", n, group, area)
		}
		for _, day := range []string{from, to, known} {
			if day != "" && !resolute.ValidDay(day) {
				t.Errorf("row %d: %q is no day", n, day)
			}
		}
		begin := from
		if begin == "" {
			begin = known
		}
		if begin == "" || (to != "" && begin > to) {
			t.Errorf("row %d: from %q, known from %q, to %q", n, from, known, to)
		}
		for _, other := range spans[group+" "+area] {
			if other.Overlaps(begin, to) {
				t.Errorf("row %d: overlaps %v", n, other)
			}
		}
		spans[group+" "+area] = append(spans[group+" "+area], resolute.Period{From: begin, To: to})
	})
	for group := range groups {
		if !filled[group] {
			t.Errorf("group %s is empty", group)
		}
	}
}

func TestAnAreaIsInOneExclusiveGroupAtMost(t *testing.T) {
	c := Builtin()
	days := map[string]bool{}
	readTable("area_membership").each(func(_ int, r record) {
		days[r.get("from")], days[r.get("to")], days[r.get("known_from")] = true, true, true
	})
	delete(days, "")
	for _, prefix := range []string{"ITU:", "WB:"} {
		for _, country := range c.Countries() {
			for day := range days {
				if in := memberOf(c, prefix, country.ISO3, day); len(in) > 1 {
					t.Errorf("%s is in %v on %s", country.ISO2, in, day)
				}
			}
		}
	}
}

func memberOf(c *Catalogue, prefix, area, day string) []string {
	var in []string
	for _, g := range c.Groups() {
		if strings.HasPrefix(g.Key, prefix) && c.Membership(g.Key, area, day) == Member {
			in = append(in, strings.TrimPrefix(g.Key, prefix))
		}
	}
	return in
}

func TestMembershipOfTheDayOfTheSnapshotEqualsTheFlagsOfCountries(t *testing.T) {
	const day = "2026-06-30"
	c, memberships := Builtin(), 0
	readTable("countries").each(func(_ int, r record) {
		iso := r.get("iso3")
		for group, flag := range map[string]string{"LDC": "ldc", "LLDC": "lldc", "SIDS": "sids"} {
			if got := c.Membership(group, iso, day) == Member; got != r.flag(flag) {
				t.Errorf("%s in %s: %v, flag %v", iso, group, got, r.flag(flag))
			}
		}
		if got := strings.Join(memberOf(c, "ITU:", iso, day), "|"); got != r.get("itu_region") {
			t.Errorf("%s is in ITU region %q, its row says %q", iso, got, r.get("itu_region"))
		}
		if got := strings.Join(memberOf(c, "WB:", iso, day), "|"); r.get("wb_income") != "" && got != r.get("wb_income") {
			t.Errorf("%s has income %q, its row says %q", iso, got, r.get("wb_income"))
		}
		in := memberOf(c, "UNRC:", iso, day)
		memberships += len(in)
		if want := r.list("un_regional_commissions"); !slices.Equal(sorted(in), sorted(want)) {
			t.Errorf("%s is in commissions %v, its row says %v", iso, in, want)
		}
	})
	if memberships != 230 {
		t.Errorf("%d memberships of commissions, want 230", memberships)
	}
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}

func TestConfidenceIsAToC(t *testing.T) {
	grade := regexp.MustCompile(`^[ABC]$`)
	for _, table := range []string{"action_lines", "wsis_sdg_matrix", "frameworks", "area_membership", "lists"} {
		for value := range column(table, "confidence") {
			if !grade.MatchString(value) {
				t.Errorf("%s: confidence %q", table, value)
			}
		}
	}
}
