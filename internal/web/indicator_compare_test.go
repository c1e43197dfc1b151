package web_test

import (
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/browsertest"
	"resolute/internal/measure"
	"resolute/internal/web"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// users is the page of invented shares of users in real places.
const usersPage = "/indicator/ITU:DATAHUB/i99H"

// commonwealth are the countries that the data below are of, as ISO 3166 has them. They are all members of a
// region but three.
var commonwealth = []string{"ARM", "AZE", "BLR", "KAZ", "KGZ", "RUS", "TJK", "UZB"}

// invented gives a share and a number of people that say nothing about the country.
func invented(country, year int) (share float64, people int) {
	return float64(20+5*country) + float64(year-2015)*(1+float64(country)/4), 1000 * (country*country + 1)
}

// grouped is a site with invented shares of a region, of which one country reports late and some figures are
// estimates, of few of the least developed countries, and with people.
func grouped(t testing.TB) *web.Site {
	t.Helper()
	s := site(t, 0)
	var b strings.Builder
	b.WriteString("dataflow,indicator,indicator_name,unit,area,area_name,period,value,status,source,note\n")
	for n, area := range commonwealth {
		for year := 2015; year <= 2024; year++ {
			share, people := invented(n, year)
			status := ""
			if n > 5 {
				status = "E"
			}
			if n > 0 || year >= 2020 {
				fmt.Fprintf(&b, "ITU:DATAHUB,i99H,Users of a fictional service,%%,%s,%s,%d,%.2f,%s,Fictional office,Aged 15+.\n", area, area, year, share, status)
			}
			fmt.Fprintf(&b, "WB:WDI,SP.POP.TOTL,Invented people,,%s,%s,%d,%d,,,\n", area, area, year, people)
		}
	}
	b.WriteString("ITU:DATAHUB,i99H,Users of a fictional service,%,NPL,Nepal,2024,7,,,\n")
	known(t, s, "users.csv", b.String())
	return s
}

// known imports statistics so that pages show them.
func known(t testing.TB, s *web.Site, file, text string) {
	t.Helper()
	if _, err := s.Measure.Import(context.Background(), resolute.Operator(), measure.Source{File: file}, strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Coverage.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// rows reads a file of rows, each by its columns.
func rows(t *testing.T, text string) (list []map[string]string) {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		list = append(list, row)
	}
	return list
}

// The figure of a group is that which a reader reckons by hand, with what it rests on; one that too few of its
// areas make has no value, on the page and in the file.
func TestGroupsStandBesideCountries(t *testing.T) {
	h := grouped(t).Handler()
	address := "/indicator/ITU:DATAHUB/i99H?lang=en&area=KZ&group=ITU:CIS&group=LDC"
	var sum, weight float64
	for n := range commonwealth {
		share, people := invented(n, 2024)
		sum, weight = sum+share*float64(people), weight+float64(people)
	}
	want := sum / weight
	found := map[string]int{}
	for _, row := range rows(t, get(t, h, strings.Replace(address, "?", ".csv?", 1)).Body.String()) {
		found[row["kind"]+" "+row["area"]]++
		if row["area"] == "LDC" && (row["value"] != "" || row["areas_used"] == row["areas_of"]) {
			t.Errorf("the least developed countries have a figure of too few: %v", row)
		}
		if row["area"] != "ITU:CIS" || row["period"] != "2024" {
			continue
		}
		if got, err := strconv.ParseFloat(row["value"], 64); err != nil || got < want-1e-9 || got > want+1e-9 {
			t.Errorf("the region has %s in 2024, want %v", row["value"], want)
		}
		if row["rule"] != "weighted-mean" || row["weighed_by"] != "WB:WDI SP.POP.TOTL" || row["areas_used"] != "8" || row["members_on"] != "2024-12-31" || row["share_estimated"] == "0" {
			t.Errorf("the figure of the region rests on %v", row)
		}
	}
	if found["area KAZ"] != 10 || found["group ITU:CIS"] != 10 || found["group LDC"] != 10 || found["percentile "] == 0 || found["area ARM"] != 0 {
		t.Errorf("the file has %v, want the ten years of the country and both groups, the middle and nothing else", found)
	}
	body := get(t, h, address).Body.String()
	for _, want := range []string{strconv.FormatFloat(want, 'f', 1, 64), "insufficient", "weighted mean, weights: WB:WDI SP.POP.TOTL", "8 of 9 areas", "members on 31 December 2024", "areas with a value are not the same in all years: 7 to 8", `class="ln ln1 agg"`, "The same as a table"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// The catalogue names a weighted mean; a reader of plain means must see why.
func TestAPageSaysWhetherWeightsAreHeld(t *testing.T) {
	without := site(t, 0)
	known(t, without, "users.csv", "dataflow,indicator,indicator_name,unit,area,period,value\nITU:DATAHUB,i99H,Users of a fictional service,%,KAZ,2024,50\n")
	with := grouped(t)
	for _, c := range []struct {
		name, lang, says string
		site             *web.Site
	}{
		{"held", "en", "<dd><bdi>Population</bdi></dd>", with},
		{"held, in Arabic", "ar", "<dd><bdi>عدد السكان</bdi></dd>", with},
		{"not held", "en", "Population: not held here, so figures of groups are plain means", without},
	} {
		if body := get(t, c.site.Handler(), withLang(usersPage, c.lang)).Body.String(); !strings.Contains(body, c.says) {
			t.Errorf("%s: the page does not say %q", c.name, c.says)
		}
	}
}

// Of more than six nothing is dropped in silence, and no file passes for what was asked.
func TestSixAreCompared(t *testing.T) {
	h := grouped(t).Handler()
	address := "/indicator/ITU:DATAHUB/i99H%s?lang=en&area=AM&area=AZ&area=BY&area=KZ&area=KG&group=ITU:CIS&group=LDC"
	body := get(t, h, fmt.Sprintf(address, "")).Body.String()
	if !strings.Contains(body, "At most 6 are compared at once. Left out: Least developed countries.") || strings.Count(body, `<a class="pill" href=`) != 7 {
		t.Errorf("six of seven: %.600s", body[strings.Index(body, "<main"):])
	}
	if got := get(t, h, fmt.Sprintf(address, ".csv")).Code; got != 400 {
		t.Errorf("the file of seven: status %d, want 400", got)
	}
	for address, want := range map[string]string{"&group=NONE": "group=NONE", "&area=KE": "no data", "&aim=x&area=KZ": "aim=x", "&aim=1000&area=KZ": "aim=1000"} {
		if body := get(t, h, "/indicator/ITU:DATAHUB/i99H?lang=en"+address).Body.String(); !strings.Contains(body, want) {
			t.Errorf("%s does not say %q", address, want)
		}
	}
}

// The lines of inequality are of the same economies; that others report only later is said, and drawn apart.
func TestDivideWarnsWhenEconomiesChange(t *testing.T) {
	h := grouped(t).Handler()
	page := "/indicator/ITU:DATAHUB/i99H%s?lang=en&view=divide&group=ITU:CIS&area=KG"
	body := get(t, h, fmt.Sprintf(page, "")).Body.String()
	for _, want := range []string{"The economies that report are not the same in all years: 7 to 9. The lines are of the 7 that have a value in each year from 2015 to 2024", `<svg class="chart"`, "Gini of all that report",
		"percentage points", "wider apart", "among the 7 economies that have a value in each year, the Gini coefficient was ", "http://example.com/indicator/ITU:DATAHUB/i99H?area=KG&amp;at=1&amp;group=ITU%3ACIS&amp;lang=en&amp;view=divide"} {
		if !strings.Contains(body, want) {
			t.Errorf("the view does not say %q", want)
		}
	}
	same, every := map[string]string{}, map[string]string{}
	for _, row := range rows(t, get(t, h, fmt.Sprintf(page, ".csv")).Body.String()) {
		if row["measure"] == "gini" {
			map[string]map[string]string{"same economies": same, "all that report": every}[row["of"]][row["year"]] = row["areas_used"]
		}
	}
	if len(same) != 10 || same["2015"] != "7" || same["2024"] != "7" || every["2015"] != "7" || every["2024"] != "9" {
		t.Errorf("economies behind Gini: the same %v, all %v", same, every)
	}
}

// What is known of one country is judged by four methods, and the curves and simpler methods stand beside.
func TestVerdictsStandSideBySide(t *testing.T) {
	h := grouped(t).Handler()
	body := get(t, h, usersPage+"?lang=en&area=KZ").Body.String()
	for _, want := range []string{"growth-ratio@1", "linear-pace@1", "anticipated-progress@1", "Towards 95 in 2030", "no change", "damped-logit@1", `class="ln ln0 dash"`, `&#34;damping&#34;:0.85`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(body, "all groups of the tables") {
		t.Error("a country is no group")
	}
	if body := get(t, h, usersPage+"?lang=en&area=KZ&aim=36").Body.String(); !strings.Contains(body, "Towards 36 in 2030") || !strings.Contains(body, "target achieved") {
		t.Error("another aim, met in 2015 plus one, is not judged")
	}
}

// A group alone is expected by its own figures and by what all groups taught; beside one country the country is.
func TestWhatIsExpectedOfAGroup(t *testing.T) {
	h := grouped(t).Handler()
	const region, country = "What is expected of Commonwealth of Independent States", "What is expected of Kazakhstan"
	for query, want := range map[string]string{"&group=ITU:CIS": region, "&group=ITU:CIS&area=KZ": country, "&group=ITU:CIS&group=WORLD": "", "&group=ITU:CIS&area=KZ&area=UZ": "", "&group=LDC": ""} {
		body := get(t, h, usersPage+"?lang=en"+query).Body.String()
		if want == "" && strings.Contains(body, "What is expected of") || !strings.Contains(body, want) || (want == region) != strings.Contains(body, "part of the trend") {
			t.Errorf("%s: want %q", query, want)
		}
		if want == region && (!strings.Contains(body, "on all groups of the tables") || !strings.Contains(body, "time-weighted-linear@1")) {
			t.Errorf("%s: neither test nor verdicts", query)
		}
	}
	var last map[string]string
	for _, row := range rows(t, get(t, h, usersPage+".csv?lang=en&group=ITU:CIS").Body.String()) {
		if row["kind"] == "projection" {
			last = row
		}
	}
	if last["area"] != "ITU:CIS" || last["iso2"] != "" || last["area_name"] != "Commonwealth of Independent States" || last["period"] != "2030" {
		t.Errorf("the file says of 2030: %v", last)
	}
}

func TestRevisionsOfAnIndicator(t *testing.T) {
	s := grouped(t)
	known(t, s, "corrected.csv", "dataflow,indicator,area,period,value,status,source\nITU:DATAHUB,i99H,KAZ,2024,51.5,E,Second thoughts\nITU:DATAHUB,i99H,KAZ,2025,53,,New survey\n")
	h := s.Handler()
	body := get(t, h, usersPage+"?lang=en&view=revisions").Body.String()
	for _, want := range []string{"corrected.csv", "New: 1. Changed: 1. Removed: 0.", "50.75", "51.5 (E)", "Second thoughts", "not held", "The first values", "at=1&amp;lang=en&amp;view=revisions", "at=2&amp;lang=en&amp;view=revisions"} {
		if !strings.Contains(body, want) {
			t.Errorf("the view does not say %q", want)
		}
	}
	if body := get(t, h, usersPage+"?lang=en&view=revisions&at=1").Body.String(); strings.Contains(body, "corrected.csv") || !strings.Contains(body, "users.csv") {
		t.Error("as of the first import the second is known")
	}
	var lines []string
	for _, row := range rows(t, get(t, h, usersPage+".csv?view=revisions&area=KZ").Body.String()) {
		if row["data_version"] == "2" {
			lines = append(lines, row["change"]+" "+row["iso2"]+" "+row["period"]+" "+row["value_before"]+" "+row["value_after"]+" "+row["source_after"])
		}
	}
	if got := strings.Join(lines, "; "); got != "changed KZ 2024 50.75 51.5 Second thoughts; new KZ 2025  53 New survey" {
		t.Errorf("got %s", got)
	}
}

// The files of all views, as they are read elsewhere; goldens are rewritten with -update.
func TestFilesOfAnIndicator(t *testing.T) {
	h := grouped(t).Handler()
	for name, address := range map[string]string{
		"compare.csv": ".csv?lang=en&area=KZ&group=ITU:CIS&period=2022..2024", "compare.svg": ".svg?lang=en&area=KZ&group=ITU:CIS&period=2015..2024", "divide.svg": ".svg?lang=ar&view=divide",
		"ranking.svg": ".svg?lang=fr&view=ranking&group=ITU:CIS", "ranking.csv": ".csv?lang=en&view=ranking&group=ITU:CIS", "compare.json": ".json?lang=en&area=KG&period=2023..2024",
	} {
		got := regexp.MustCompile(`data version \d+ of`).ReplaceAllString(get(t, h, usersPage+address).Body.String(), "data version N of")
		path := filepath.Join("testdata", "indicator", name)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is not as it was: got\n%.1500s", name, got)
		}
	}
	svg := get(t, h, usersPage+".svg?view=map")
	if svg.Header().Get("Content-Type") != "image/svg+xml" || !strings.HasPrefix(svg.Header().Get("Content-Disposition"), "attachment") || strings.Contains(svg.Body.String(), "<a ") {
		t.Errorf("the map as a file: %v", svg.Header())
	}
	for address, want := range map[string]int{usersPage + ".svg?view=table": 404, "/statistics/ITU:DATAHUB/i99H": 404, "/statistics/ITU:DATAHUB/none.csv": 404, "/statistics/ITU:DATAHUB/i99H.xlsx": 200, usersPage + ".xlsx?view=divide": 200} {
		if got := get(t, h, address).Code; got != want {
			t.Errorf("%s: status %d, want %d", address, got, want)
		}
	}
	if icon := get(t, h, "/icon.svg"); icon.Code != 200 {
		t.Errorf("the icon: status %d", icon.Code)
	}
}

// Links of the page lead to files of all that is held, also in SDMX and as of a past version.
func TestLinksToAllThatIsHeld(t *testing.T) {
	s := grouped(t)
	known(t, s, "later.csv", "dataflow,indicator,area,period,value\nITU:DATAHUB,i99H,KAZ,2025,53\n")
	body := get(t, s.Handler(), usersPage+"?lang=en&at=1").Body.String()
	for _, want := range []string{`href="/statistics/ITU:DATAHUB/i99H.csv?at=1&amp;lang=en"`, `/sdmx/v2/data/dataflow/ITU/DATAHUB/1.0?asOf=` + url.QueryEscape("2026-"), "c%5BINDICATOR%5D=i99H&amp;format=ml2.1"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not link to %q", want)
		}
	}
	if whole := get(t, s.Handler(), "/statistics/ITU:DATAHUB/i99H.csv?at=1").Body.String(); strings.Contains(whole, ",2025,53") {
		t.Error("the file of the first version has what came later")
	}
}

// asked is the address that the form of filters leads to when a field is set.
func asked(page *browsertest.Page, field, value string) string {
	return page.Text(fmt.Sprintf(`(() => { const f = document.querySelector('form.filters'); f.elements[%q].value = %q; return f.action + '?' + new URLSearchParams(new FormData(f)) })()`, field, value))
}

// A reader comes from the list, adds a country and a group, and takes a sentence away whose address says the
// same when more is known.
func TestComparingInABrowser(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	s := grouped(t)
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	list := browser.Open(t, server.URL+"/indicators?lang=ar", 360)
	page := browser.Open(t, list.Text(`document.querySelector('main a[href*="/indicator/ITU:DATAHUB/i99H"]').href`), 360)
	page = browser.Open(t, asked(page, "area", "KZ"), 360)
	page = browser.Open(t, asked(page, "group", "ITU:CIS"), 360)
	if lines, dots := page.Number(`document.querySelectorAll('.chart .ln.agg').length`), page.Number(`document.querySelectorAll('.chart .dot.open').length`); lines != 1 || dots == 0 {
		t.Errorf("%d lines of groups and %d hollow dots in the chart", lines, dots)
	}
	divide := browser.Open(t, page.Text(`document.querySelector('.tabs a[href*="view=divide"]').href`), 360)
	sentence := `document.querySelector('blockquote p').textContent`
	quoted, address := divide.Text(sentence), divide.Text(`document.querySelector('blockquote a').href`)
	known(t, s, "later.csv", "dataflow,indicator,area,period,value\nITU:DATAHUB,i99H,KAZ,2024,99\n")
	if now := browser.Open(t, divide.Text(`location.href`), 360).Text(sentence); now == quoted {
		t.Error("the sentence is the same although a value changed")
	}
	if then := browser.Open(t, address, 360).Text(sentence); then != quoted {
		t.Errorf("at its address the sentence is %q, quoted was %q", then, quoted)
	}
	if n := divide.Overflow() + page.Overflow(); n > 0 {
		t.Errorf("the pages scroll sideways by %d", n)
	}
}
