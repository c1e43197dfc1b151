package framework

import (
	"os"
	"slices"
	"strings"
	"testing"

	"resolute"
)

func TestEverySchemeIsFilledAndSourced(t *testing.T) {
	c := Builtin()
	counts := map[string]int{ActionLine: 19, Goal: 17, Target: 169, Indicator: 248, ITURegion: 6, Level: 4, Role: 4, Sector: 4}
	for _, s := range c.Schemes() {
		list := c.Concepts(s.Key)
		if want, fixed := counts[s.Key]; len(list) == 0 || (fixed && len(list) != want) {
			t.Errorf("scheme %s has %d concepts, want %d", s.Key, len(list), want)
		}
		if s.Source == "" || len(s.Addresses) == 0 || !s.Builtin {
			t.Errorf("scheme %+v: source, address and built-in wanted", s)
		}
		for i, concept := range list {
			if concept.Order != i+1 || concept.Scheme != s.Key || concept.Source == "" || concept.Confidence == "" || concept.Title[resolute.English] == "" {
				t.Errorf("%s %s at place %d: %+v", s.Key, concept.Code, i+1, concept)
			}
			if _, ok := c.Concept(concept.ParentScheme, concept.Parent); concept.Parent != "" && !ok {
				t.Errorf("%s %s: parent %s %s does not exist", s.Key, concept.Code, concept.ParentScheme, concept.Parent)
			}
		}
	}
}

func TestCodesCompareWithoutCase(t *testing.T) {
	for _, c := range []struct{ name, scheme, code, want string }{
		{"target in upper case", Target, "3.D", "3.d"},
		{"line in lower case", ActionLine, "c7.1", "C7.1"},
		{"outer blanks", Goal, " 9 ", "9"},
		{"a target that does not exist", Target, "9.99", ""},
		{"prose", Goal, "Goal 9", ""},
		{"no scheme", "none", "1", ""},
	} {
		got, ok := Builtin().Concept(c.scheme, c.code)
		if got.Code != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q, %v; want %q", c.name, got.Code, ok, c.want)
		}
	}
}

func TestAnAddressNamesItsScheme(t *testing.T) {
	for _, c := range []struct{ name, address, want string }{
		{"as printed", "https://resolute.example/scheme/wsis-action-line", ActionLine},
		{"final slash and case of the host", "HTTPS://Resolute.Example/scheme/wsis-action-line/", ActionLine},
		{"another publisher", "https://other-publisher.example/our-codes", ""},
		{"none", "", ""},
		{"no address at all", "%zz", ""},
	} {
		if got, ok := Builtin().SchemeByAddress(c.address); got != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q, %v; want %q", c.name, got, ok, c.want)
		}
	}
}

func TestTheMatrixAnswers(t *testing.T) {
	c := Builtin()
	for line, want := range map[string]string{"C2": "1.4 8.2 9.1 9.a 9.c 11.5 11.b", "c2": "1.4 8.2 9.1 9.a 9.c 11.5 11.b", "C3": "", "C99": ""} {
		if got := strings.Join(c.MatrixTargets(line), " "); got != want {
			t.Errorf("targets of %s = %q, want %q", line, got, want)
		}
	}
	if got := strings.Join(c.MatrixGoals("C2"), " "); got != "1 8 9 11" {
		t.Errorf("goals of C2 = %q", got)
	}
	union := map[string]bool{}
	for _, child := range c.Children(ActionLine, "C7") {
		for _, target := range c.MatrixTargets(child.Code) {
			union[target] = true
		}
	}
	if got := c.MatrixTargets("C7"); len(got) != len(union) || len(got) == 0 || len(c.Mappings(ActionLine, "C7", "")) != 0 {
		t.Errorf("C7 has %d targets, its children %d; mappings of its own %v", len(got), len(union), c.Mappings(ActionLine, "C7", ""))
	}
	links, cells := 0, 0
	for _, line := range c.Concepts(ActionLine) {
		links += len(c.Mappings(ActionLine, line.Code, ""))
		if line.Code != "C7" {
			cells += len(c.MatrixGoals(line.Code))
		}
	}
	if links != 189 {
		t.Errorf("%d links, want 189", links)
	}
	if cells != 124 {
		t.Errorf("%d cells of line and goal, want 124", cells)
	}
	for _, m := range c.Mappings(ActionLine, "C3", Goal) {
		if m.Source == "" || m.Confidence == "" || m.ValidFrom == "" {
			t.Errorf("link without source, confidence or day: %+v", m)
		}
	}
	if to := c.MappingsTo(Target, "9.C"); len(to) == 0 || to[0].To != "9.c" {
		t.Errorf("lines of 9.c = %v", to)
	}
}

func TestTheOrderIsByNumber(t *testing.T) {
	var codes []string
	for _, target := range Builtin().Children(Goal, "9") {
		codes = append(codes, target.Code)
	}
	if got := strings.Join(codes, " "); got != "9.1 9.2 9.3 9.4 9.5 9.a 9.b 9.c" {
		t.Errorf("targets of goal 9: %s", got)
	}
	goals := Builtin().Concepts(Goal)
	if goals[1].Code != "2" || goals[9].Code != "10" {
		t.Errorf("goals are not by number: %s, %s", goals[1].Code, goals[9].Code)
	}
	if kids := Builtin().Children(ITURegion, "AFR"); len(kids) != 9 {
		t.Errorf("%d initiatives of Africa over the cycles, want 9", len(kids))
	}
}

func TestMembershipAsOfADay(t *testing.T) {
	for _, c := range []struct {
		name, group, area, day string
		want                   Known
	}{
		{"last day of Bhutan as an LDC", "LDC", "BT", "2023-12-12", Member},
		{"the day after", "LDC", "BTN", "2023-12-13", NotMember},
		{"any case", "ldc", "bt", "2023-12-12", Member},
		{"by M49 code", "LDC", "064", "2023-12-12", Member},
		{"first day of the list", "LDC", "BTN", "1971-11-18", Member},
		{"before the list existed", "LDC", "BTN", "1971-11-17", NotKnown},
		{"never on the list", "LDC", "FR", "2000-01-01", NotMember},
		{"first day seen", "SIDS", "FJ", "2017-10-18", Member},
		{"before the first copy seen", "SIDS", "FJ", "2017-10-17", NotKnown},
		{"a later known stay of one country", "M49:150", "GG", "2020-01-01", NotKnown},
		{"from its first known day", "M49:150", "GG", "2024-09-26", Member},
		{"after the last known day of income", "WB:LIC", "ET", "2026-07-01", NotKnown},
		{"scheduled exit, last day inside", "LDC", "NP", "2026-11-23", Member},
		{"scheduled exit, first day outside", "LDC", "NP", "2026-11-24", NotMember},
		{"region before it is known of the country", "ITU:EUR", "GE", "2022-12-31", NotKnown},
		{"the world holds countries through its regions", "M49:001", "KE", "2024-01-01", Member},
		{"a region inside a region", "M49:002", "014", "2024-01-01", Member},
		{"a region is not inside another", "M49:019", "014", "2024-01-01", NotMember},
		{"unknown area", "LDC", "XK", "2024-01-01", NotKnown},
		{"unknown group", "G99", "KE", "2024-01-01", NotKnown},
		{"no day", "LDC", "BT", "", NotKnown},
	} {
		if got := Builtin().Membership(c.group, c.area, c.day); got != c.want {
			t.Errorf("%s: %s in %s on %s: %s, want %s", c.name, c.area, c.group, c.day, got, c.want)
		}
	}
	if got := NotKnown.String() + ", " + NotMember.String() + ", " + Member.String(); got != "not known, not a member, member" {
		t.Errorf("answers are called %s", got)
	}
}

func TestMembershipDuringAPeriod(t *testing.T) {
	for _, c := range []struct {
		name, group, area, from, to string
		want                        Known
	}{
		{"one day of the period is enough", "LDC", "BT", "2023-12-12", "2024-12-31", Member},
		{"all days after", "LDC", "BT", "2023-12-13", "2024-12-31", NotMember},
		{"open beginning reaches the stay", "LDC", "BT", "", "1980-01-01", Member},
		{"open end", "LDC", "BT", "2024-01-01", "", NotMember},
		{"partly before what is known", "SIDS", "KE", "2015-01-01", "2020-01-01", NotKnown},
		{"wholly before", "SIDS", "FJ", "2010-01-01", "2015-01-01", NotKnown},
		{"runs past what is known", "WB:LIC", "KE", "2020-01-01", "2027-01-01", NotKnown},
		{"member before the knowledge ends", "WB:LMC", "KE", "2020-01-01", "", Member},
	} {
		if got := Builtin().MembershipDuring(c.group, c.area, c.from, c.to); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestMembersOfADay(t *testing.T) {
	for _, c := range []struct {
		group, day string
		want       int
	}{
		{"LDC", "2023-12-12", 46}, {"LDC", "2023-12-13", 45}, {"LDC", "2026-06-30", 44},
		{"LLDC", "2026-06-30", 32}, {"SIDS", "2026-06-30", 53}, {"SIDS", "2010-01-01", 0}, {"M49:001", "2026-06-30", 248},
	} {
		if got := len(Builtin().Members(c.group, c.day)); got != c.want {
			t.Errorf("%s on %s: %d countries, want %d", c.group, c.day, got, c.want)
		}
	}
	spans := Builtin().GroupSpans("LDC", "BT")
	if len(spans) != 1 || spans[0].To != "2023-12-12" || spans[0].Source == "" {
		t.Errorf("spans of Bhutan = %+v", spans)
	}
}

func TestRegionsAndCountriesAreFound(t *testing.T) {
	c := Builtin()
	if r, ok := c.Region("arb"); !ok || r.Title[resolute.Spanish] != "Estados Árabes" {
		t.Errorf("region arb = %+v, %v", r, ok)
	}
	for _, code := range []string{"KE", "ken", "404"} {
		if k, ok := c.Country(code); !ok || k.ISO2 != "KE" || k.ITURegion != "AFR" || !k.ITUMember {
			t.Errorf("country %s = %+v, %v", code, k, ok)
		}
	}
	if _, ok := c.Country("ZZ"); ok {
		t.Error("ZZ is a country")
	}
	if !slices.IsSortedFunc(c.Countries(), func(x, y Country) int { return strings.Compare(x.ISO2, y.ISO2) }) {
		t.Error("countries are not by code")
	}
}

func BenchmarkReadingTheReferenceData(b *testing.B) {
	for b.Loop() {
		c, _ := assemble(readAreas(), readEditions(), dataHash())
		if len(c.Countries()) == 0 {
			b.Fatal("nothing read")
		}
	}
}

func BenchmarkMembership(b *testing.B) {
	c := Builtin()
	for b.Loop() {
		c.Membership("LDC", "BT", "2023-12-12")
	}
}

// sample reads a sample file beside the repository, or skips.
func sample(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile("../../../shared/samples/" + name)
	if os.IsNotExist(err) {
		t.Skip("the sample files are not beside the repository: " + name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return text
}
