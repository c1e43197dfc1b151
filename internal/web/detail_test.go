package web_test

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/framework"
	"resolute/internal/wording"
)

// holds reports each text that the page at an address lacks.
func holds(t *testing.T, h http.Handler, address string, wants map[string]string) {
	t.Helper()
	body := get(t, h, address).Body.String()
	for what, want := range wants {
		if !strings.Contains(body, want) {
			t.Errorf("%s lacks %s: %q", address, what, want)
		}
	}
}

func TestConceptsShowTheirNeighboursInTheMatrix(t *testing.T) {
	h := site(t, 80).Handler()
	holds(t, h, "/line/C2?lang=en", map[string]string{
		"a goal that the matrix joins":    `href="/goal/9?lang=en"`,
		"a target that the matrix joins":  `href="/target/9.c?lang=en"`,
		"the activities that serve both":  `href="/activities?goal=9&amp;lang=en&amp;line=C2"`,
		"where the links are written":     "Links read from",
		"the heading of the neighbours":   wording.For("en").T("beside.title"),
		"activities by region":            `href="/activities?lang=en&amp;line=C2&amp;region=AFR"`,
		"a way to the parts of the money": `<details class="f"`,
	})
	holds(t, h, "/goal/9?lang=en", map[string]string{"an action line that the matrix joins": `href="/line/C2?lang=en"`})
	holds(t, h, "/target/9.c?lang=en", map[string]string{"an action line that the matrix joins": `href="/line/C2?lang=en"`, "its indicator": "9.c.1"})
}

func TestALineShowsTheWordsByWhichRulesProposeIt(t *testing.T) {
	h := site(t, 20).Handler()
	for _, rule := range framework.TaggingRules().Keywords {
		if len(rule.Words) > 0 {
			holds(t, h, "/line/"+rule.Line+"?lang=en", map[string]string{"a word of its rule": html.EscapeString(rule.Words[0])})
		}
	}
}

// TestNeighboursCountAsTheMatrixDoes holds the figure beside a goal to the cell of the matrix.
func TestNeighboursCountAsTheMatrixDoes(t *testing.T) {
	s := site(t, 80)
	h := s.Handler()
	matrix, err := s.Coverage.Matrix(context.Background(), coverage.MatrixQuery{})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"C2", "C7"} {
		row := slices.Index(matrix.Lines, line)
		for i, goal := range matrix.Columns {
			cell := matrix.Cells[row][i]
			figure := fmt.Sprintf(`<a href="/activities?goal=%s&amp;lang=en&amp;line=%s">%d</a>`, goal, line, cell.Activities)
			if got := strings.Contains(get(t, h, "/goal/"+goal+"?lang=en").Body.String(), figure); got != (cell.Linked && cell.Activities > 0) {
				t.Errorf("%s with goal %s: linked %v with %d activities in the matrix, beside the goal %v", line, goal, cell.Linked, cell.Activities, got)
			}
		}
	}
}

func TestAGapOfAConceptLeadsToTheGapsBehindIt(t *testing.T) {
	s := site(t, 80)
	h := s.Handler()
	for by, path := range map[string]string{coverage.ByLine: "/line/", coverage.ByGoal: "/goal/", coverage.ByTarget: "/target/", coverage.ByProvision: "/thread/"} {
		table, err := s.Coverage.Table(context.Background(), coverage.Query{By: by, Period: resolute.Period{From: "2020-01-01", To: "2021-12-31"}})
		if err != nil {
			t.Fatal(err)
		}
		tried := 0
		for _, row := range table.Rows {
			parent := slices.ContainsFunc(table.Rows, func(r coverage.Row) bool { return r.Parent == row.ID })
			if len(row.Gaps) == 0 || parent || tried == 3 { // what has parts has no gap of its own
				continue
			}
			tried++
			body := get(t, h, path+row.ID+"?lang=en&period=2020..2021").Body.String()
			found := regexp.MustCompile(`<b><a href="(/gaps?[/?][^"]*` + row.Gaps[0] + `[^"]*|/matrix\?[^"]*view=gaps[^"]*)"`).FindStringSubmatch(body)
			if found == nil {
				t.Errorf("%s%s has the gap %s and does not lead to it", path, row.ID, row.Gaps[0])
			} else if w := get(t, h, html.UnescapeString(found[1])); w.Code != http.StatusOK {
				t.Errorf("%s leads to %s: status %d", path+row.ID, found[1], w.Code)
			}
		}
		if tried == 0 {
			t.Errorf("no row by %s has a gap: the test tries nothing", by)
		}
	}
}

func TestFiltersInForceAreChipsThatCanBeTakenAway(t *testing.T) {
	h := site(t, 80).Handler()
	for _, path := range []string{"/coverage", "/line/C2", "/goal/9", "/target/9.c", "/thread/R8", "/area/KE", "/organisation/1"} {
		body := get(t, h, path+"?lang=en&kind=project&sector=D&period=2021..2024").Body.String()
		for what, want := range map[string]string{
			"one filter less":   `href="` + path + `?lang=en&amp;period=2021..2024&amp;sector=D"`,
			"another one less":  `href="` + path + `?kind=project&amp;lang=en&amp;period=2021..2024"`,
			"no period":         `href="` + path + `?kind=project&amp;lang=en&amp;sector=D"`,
			"no filter at all":  `href="` + path + `?lang=en">` + wording.For("en").T("activities.clear"),
			"what a chip takes": "Period: 2021–2024",
		} {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks the chip for %s: %q", path, what, want)
			}
		}
		if strings.Contains(get(t, h, path+"?lang=en").Body.String(), wording.For("en").T("activities.filters_set")) {
			t.Errorf("%s shows chips without a filter", path)
		}
	}
}

// number reads a figure of a page.
func number(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

var counted = regexp.MustCompile(`<td class="q\d"><a href="(/activities\?[^"]+)">(\d+)<`)

func TestAnAreaSaysWhoWorksOnWhichParagraph(t *testing.T) {
	h := site(t, 200).Handler()
	for _, area := range []string{"/area/AFR?lang=en", "/area/KE?lang=en&period=2022..2026", "/area/LDC?lang=en"} {
		body := get(t, h, area).Body.String()
		cells := counted.FindAllStringSubmatch(body, -1)
		if len(cells) == 0 || !strings.Contains(body, wording.For("en").T("area.work_nobody")) {
			t.Errorf("%s shows nobody at work, or not what nobody works on", area)
		}
		for i, cell := range cells {
			if i%7 != 0 {
				continue
			}
			want := wording.For("en").T("activities.count", "n", number(t, cell[2]))
			if list := get(t, h, html.UnescapeString(cell[1])).Body.String(); !strings.Contains(list, "<b>"+want+"</b>") {
				t.Errorf("%s says %s, the list %s does not", area, want, cell[1])
			}
		}
	}
	empty := get(t, site(t, 0).Handler(), "/area/AFR?lang=en").Body.String()
	if !strings.Contains(empty, wording.For("en").T("area.work_none")) || strings.Contains(empty, `class="heat`) {
		t.Error("an empty installation does not say that nobody is known to work, or shows a table")
	}
}

func TestTheLedgerBearsTheSignOfTheList(t *testing.T) {
	h := site(t, 80).Handler()
	list := get(t, h, "/imports?lang=en").Body.String()
	for _, m := range regexp.MustCompile(`href="(/import/\d+)\?lang=en".*?(<span class="tag s-\w+">.*?</span>)`).FindAllStringSubmatch(list, -1) {
		holds(t, h, m[1]+"?lang=en", map[string]string{"the sign of the list": m[2]})
	}
	size := regexp.MustCompile(`Log size [\d,.]*`)
	if got, want := size.FindString(get(t, h, "/import/1?lang=en").Body.String()), size.FindString(list); got != want || got == "Log size " {
		t.Errorf("the footer of a ledger says %q, that of the list %q", got, want)
	}
}

func TestEveryRuleIsListedAlsoWhenNothingFollows(t *testing.T) {
	h := site(t, 0).Handler()
	rules := framework.TaggingRules()
	wants := map[string]string{"the words for nothing": ">" + wording.For("en").T("about.gives_nothing") + "<"}
	for _, rule := range rules.Sectors {
		wants["the sector rule "+rule.ID] = ">" + rule.ID + "<"
	}
	for _, rule := range rules.Keywords {
		wants["the word rule "+rule.ID] = ">" + rule.ID + "<"
	}
	for _, rule := range rules.Markers {
		wants["the marker rule "+rule.ID] = ">" + rule.ID + "<"
	}
	for _, rule := range rules.Scopes {
		wants["the scope rule "+rule.ID] = ">" + rule.ID + "<"
	}
	holds(t, h, "/about?lang=en", wants)
}
