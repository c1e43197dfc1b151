package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/browsertest"
	"resolute/internal/measure"
	"resolute/internal/web"
)

// fictionalUsers are invented shares of users of a service in real places, with a gap, estimates, a
// region that is no economy, and a breakdown.
func fictionalUsers() string {
	var b strings.Builder
	b.WriteString("dataflow,indicator,indicator_name,unit,area,area_name,sex,period,value,status,source,note,description\n")
	for n, area := range []string{"KEN", "UGA", "DNK", "BRA", "IND", "CHN", "FRA", "ZAF", "ETH", "NPL"} {
		for year := 2008; year <= 2024; year++ {
			if area == "UGA" && year > 2014 && year < 2018 {
				continue
			}
			status := ""
			if (year+n)%4 == 0 {
				status = "E"
			}
			fmt.Fprintf(&b, "MADE:UP,users,Users of a fictional service,%%,%s,%s,,%d,%d.%d,%s,Fictional office,Aged 15+.,A definition of our own.\n", area, area, year, 3+n*7+(year-2008), n, status)
		}
	}
	b.WriteString("MADE:UP,users,Users of a fictional service,%,WLD,World,,2024,51,,,,\nMADE:UP,users,Users of a fictional service,%,KEN,KEN,F,2024,17,,,,\nMADE:UP,answers,Answers,,KEN,KEN,,2024,yes,,,,\n")
	return strings.ReplaceAll(b.String(), ",Answers,,KEN,KEN,,2024,yes", ",Answers,,KEN,KEN,,2024,1")
}

// measured is a site that holds statistics.
func measured(t testing.TB) *web.Site {
	t.Helper()
	s := site(t, 20)
	for name, text := range map[string]string{"users.csv": fictionalUsers(), "answers.csv": "dataflow,indicator,area,period,value,kind\nMADE:UP,replies,KEN,2024,it depends,words\n"} {
		if _, err := s.Measure.Import(context.Background(), resolute.Operator(), measure.Source{File: name}, strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Coverage.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	return s
}

// indicatorPages is one address of every kind of page about indicators.
var indicatorPages = []string{"/indicators", "/indicators?q=nothing-like-this", "/indicator/MADE:UP/users", "/indicator/MADE:UP/users?area=KE", "/indicator/MADE:UP/users?area=KE&area=UG&area=DK&period=2010..2020",
	"/indicator/MADE:UP/users?view=map", "/indicator/MADE:UP/users?view=ranking&year=2019", "/indicator/MADE:UP/users?view=table", "/indicator/MADE:UP/users?view=divide&area=KE&area=DK", "/indicator/MADE:UP/users?area=KE&group=WORLD&group=ITU:AFR", "/indicator/MADE:UP/users?view=table&group=WORLD&area=DK", "/indicator/MADE:UP/users?view=ranking&group=WORLD", "/indicator/MADE:UP/users?view=revisions", "/indicator/MADE:UP/replies", "/indicator/MADE:UP/users?where=%7B%22SEX%22%3A%22F%22%7D"}

func TestIndicatorsInABrowser(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	server := httptest.NewServer(measured(t).Handler())
	t.Cleanup(server.Close)
	empty := httptest.NewServer(site(t, 0).Handler())
	t.Cleanup(empty.Close)
	compared := grouped(t)
	known(t, compared, "corrected.csv", "dataflow,indicator,area,period,value,status\nITU:DATAHUB,i99H,KAZ,2024,51.5,E\n")
	groups := httptest.NewServer(compared.Handler())
	t.Cleanup(groups.Close)
	addresses := []string{empty.URL + "/indicators"}
	for _, address := range indicatorPages {
		addresses = append(addresses, server.URL+address)
	}
	for _, address := range []string{"?area=KZ&group=ITU:CIS&group=LDC&group=WORLD", "?view=divide&group=ITU:CIS&group=LDC", "?view=revisions", "?view=map&area=KZ", "?view=ranking&group=ITU:CIS"} {
		addresses = append(addresses, groups.URL+usersPage+address)
	}
	lookAll(t, browser, addresses)
}

// says holds the body of an address to words; of words with a stroke between them one is enough.
func says(t *testing.T, address, body string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !slices.ContainsFunc(strings.Split(want, "|"), func(one string) bool { return strings.Contains(body, one) }) {
			t.Errorf("%s does not say %q", address, want)
		}
	}
}

func TestPagesOfIndicatorsSayWhatIsHeld(t *testing.T) {
	h := measured(t).Handler()
	for address, wants := range map[string][]string{
		"/indicators":                                          {"Users of a fictional service", "/indicator/MADE:UP/users"},
		"/indicator/MADE:UP/users":                             {"Economies with values: 10, 2008–2024", "Values: 168", "Upper tenth", `<svg class="chart"`},
		"/indicator/MADE:UP/users?area=UG":                     {"a gap in a line: no data", "90% interval|Past errors are too few", `class="dot open ln0"`},
		"/indicator/MADE:UP/users?view=map":                    {`<svg class="tiles"`, "no data", "Kenya: 19.0", `class="nd" fill="url(#m1n)"`, "estimate: "},
		"/indicator/MADE:UP/users?view=ranking":                {"82.9", "Nepal", "estimate"},
		"/indicator/MADE:UP/users?view=table":                  {"World", "–"},
		"/indicator/MADE:UP/users?view=divide":                 {"Gini of those left out", "insufficient|Least developed", "WLD", "Add exactly two countries", "blockquote"},
		"/indicator/MADE:UP/replies":                           {"are words"},
		"/indicator/MADE:UP/users?area=KE&area=DK&view=divide": {"In 2024, Users of a fictional service: Kenya 19.0\u00a0%, Denmark 33.2\u00a0%. The gap is 14.2 percentage points, the ratio 0.57.", "The leader had that value 14.2 years earlier", "data version"},
	} {
		body := get(t, h, withLang(address, "en")).Body.String()
		says(t, address, body, wants...)
	}
	for _, address := range []string{"/indicator/MADE:UP/none", "/indicator/NONE/users", "/indicator/"} {
		if got := get(t, h, address).Code; got != 404 {
			t.Errorf("%s: status %d, want 404", address, got)
		}
	}
}

// A period in which nothing is held is no answer in words, and the reader can choose another.
func TestIndicatorInAPeriodWithoutValues(t *testing.T) {
	h := measured(t).Handler()
	for _, view := range []string{"chart", "map", "ranking", "table", "divide"} {
		body := get(t, h, "/indicator/MADE:UP/users?lang=en&period=1990..1995&view="+view)
		text := body.Body.String()
		if body.Code != 200 || strings.Contains(text, "are words") || strings.Contains(text, "2008–1995") || !strings.Contains(text, "<form") || strings.Contains(text, "NaN") {
			t.Errorf("%s: status %d, %.300s", view, body.Code, text[strings.Index(text, "<main"):])
		}
	}
}

// What the page calls the newest of the five years before is that.
func TestMapLooksBackFiveYears(t *testing.T) {
	s := site(t, 0)
	text := "dataflow,indicator,unit,area,period,value\nX:Y,i,%,KEN,2019,1\nX:Y,i,%,UGA,2018,2\nX:Y,i,%,DNK,2024,3\nX:Y,i,%,FRA,2024,4\n"
	if _, err := s.Measure.Import(context.Background(), resolute.Operator(), measure.Source{File: "f.csv"}, strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Coverage.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	body := get(t, s.Handler(), "/indicator/X:Y/i?lang=en&view=ranking&year=2024").Body.String()
	_, list, _ := strings.Cut(body, `<ol class="rank">`)
	list, _, _ = strings.Cut(list, "</ol>")
	if !strings.Contains(list, "Kenya") || strings.Contains(list, "Uganda") {
		t.Errorf("want Kenya of 2019, not Uganda of 2018: %s", list)
	}
}

// Where less is better the lowest price leads, in the ranking and between two, and what is expected stays above nothing.
func TestPriceOfWhichLessIsBetter(t *testing.T) {
	s := site(t, 0)
	var b strings.Builder
	b.WriteString("dataflow,indicator,unit,area,period,value\n")
	for year := 2012; year <= 2024; year++ {
		for i, area := range []string{"KEN", "UGA", "DNK", "FRA"} {
			fmt.Fprintf(&b, "ITU:DATAHUB,i154_FBB_ts_GNI,%% GNI p.c.,%s,%d,%.3f\n", area, year, math.Exp(float64(5-i)-(0.25-0.05*float64(i)/3)*float64(year-2012)))
		}
	}
	if _, err := s.Measure.Import(context.Background(), resolute.Operator(), measure.Source{File: "f.csv"}, strings.NewReader(b.String())); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Coverage.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	const page = "/indicator/ITU:DATAHUB/i154_FBB_ts_GNI?lang=en&area=KE"
	for address, want := range map[string]string{
		page:                          `(?s)If the trend goes on and slows down.* 3\.06 in 2030.*in the unit of the indicator.*Less is better`,
		page + "&view=ranking":        `(?s)France.*Denmark.*Uganda.*Kenya`,
		page + "&area=FR&view=divide": `(?s)In 2024, .*Kenya .*France .*The gap is 6\.72.*ratio 11\.03.*had that value 12\.0 years earlier.*catches up in 48\.1 years`,
	} {
		if body := get(t, s.Handler(), address).Body.String(); !regexp.MustCompile(want).MatchString(body[strings.Index(body, "<main"):]) || strings.Contains(body, "Gompertz") {
			t.Errorf("%s: want %s, got %s", address, want, body)
		}
	}
}

// A long list is cut into pages; each indicator stands on one of them, and the file has all.
func TestListOfIndicatorsIsPaged(t *testing.T) {
	s := site(t, 0)
	var b strings.Builder
	b.WriteString("dataflow,indicator,area,period,value\n")
	for n := range 250 {
		fmt.Fprintf(&b, "X:Y,i%03d,KEN,2024,1\n", n)
	}
	if _, err := s.Measure.Import(context.Background(), resolute.Operator(), measure.Source{File: "f.csv"}, strings.NewReader(b.String())); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Coverage.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	h := s.Handler()
	seen := 0
	for page, want := range []int{100, 100, 50} {
		body := get(t, h, fmt.Sprintf("/indicators?lang=en&page=%d", page+1)).Body.String()
		if got := strings.Count(body, `href="/indicator/`); got != want || !strings.Contains(body, fmt.Sprintf("/indicator/X:Y/i%03d?", seen)) {
			t.Errorf("page %d has %d indicators, want %d from i%03d", page+1, got, want, seen)
		}
		if next := strings.Contains(body, fmt.Sprintf("page=%d", page+2)); next != (page < 2) {
			t.Errorf("page %d leads on: %v", page+1, next)
		}
		seen += want
	}
	if lines := strings.Count(get(t, h, "/indicators.csv?page=2").Body.String(), "\n"); lines != 251 {
		t.Errorf("the file has %d lines, want 251", lines)
	}
}

func TestIndicatorsAsData(t *testing.T) {
	h := measured(t).Handler()
	var page struct {
		View string
		Rows []struct {
			ISO2, Period, Status, Kind string
			Value                      json.Number
		}
	}
	if err := json.Unmarshal(get(t, h, "/indicator/MADE:UP/users.json?area=KE&view=table").Body.Bytes(), &page); err != nil {
		t.Fatal(err)
	}
	if page.View != "table" || len(page.Rows) != 17 || page.Rows[0].ISO2 != "KE" || page.Rows[0].Period != "2008" || page.Rows[0].Value != "3.0" || page.Rows[0].Status != "E" || page.Rows[0].Kind != "area" {
		t.Errorf("got %+v", page)
	}
	csv := get(t, h, "/indicator/MADE:UP/users.csv?view=table").Body.String()
	if lines := strings.Count(csv, "\n"); lines != 1+8*10-1+1 || !strings.Contains(csv, "MADE:UP,users,WLD,,World,2024,51,,%,,,area,") {
		t.Errorf("got %d lines, want the eight years of ten economies, of which one lacks a year, and the world:\n%.300s", lines, csv)
	}
	whole := get(t, h, "/statistics/MADE:UP/users.csv").Body.String()
	if lines := strings.Count(whole, "\n"); lines != 170 || !strings.Contains(whole, "MADE:UP,users,KEN,KEN,F,2024,17") {
		t.Errorf("all that is held has %d lines:\n%.300s", lines, whole)
	}
	if list := get(t, h, "/indicators.csv").Body.String(); !strings.Contains(list, "MADE:UP,users,Users of a fictional service,%,,11,12,169,2024") {
		t.Errorf("got %s", list)
	}
}

// What was known before an import can be asked for.
func TestIndicatorsAsOfAVersion(t *testing.T) {
	s := measured(t)
	before, err := s.Coverage.Version(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Measure.Import(context.Background(), resolute.Operator(), measure.Source{File: "new.csv"}, strings.NewReader("dataflow,indicator,area,period,value\nMADE:UP,users,KEN,2024,99\n")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Coverage.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	h := s.Handler()
	if body := get(t, h, "/indicator/MADE:UP/users.csv?area=KE").Body.String(); !strings.Contains(body, ",2024,99,") {
		t.Errorf("now: %s", body)
	}
	if body := get(t, h, fmt.Sprintf("/indicator/MADE:UP/users.csv?area=KE&at=%d", before.Seq)).Body.String(); !strings.Contains(body, ",2024,19.0,") {
		t.Errorf("before: %s", body)
	}
}

func TestFiguresStandBesideActivities(t *testing.T) {
	s := site(t, 20)
	text := "dataflow,indicator,indicator_name,unit,area,period,value,status\nITU:DATAHUB,i99H,Users as the source has it,%,KEN,2023,33.4,E\nITU:DATAHUB,i99H,Users as the source has it,%,UGA,2023,10,\nX:Y,odd,Something else,,KEN,2020,5,\n"
	if _, err := s.Measure.Import(context.Background(), resolute.Operator(), measure.Source{File: "f.csv"}, strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Coverage.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	h := s.Handler()
	country := get(t, h, "/area/KE?lang=fr").Body.String()
	for _, want := range []string{"Personnes utilisant l’Internet", "33,4", "est.", "qu’aucun profil ne montre\u00a0: 1.", "/indicator/ITU:DATAHUB/i99H?area=KE"} {
		if !strings.Contains(country, want) {
			t.Errorf("the page of Kenya lacks %q", want)
		}
	}
	if thread := get(t, h, "/thread/R9?lang=en").Body.String(); !strings.Contains(thread, "Individuals using the Internet") || !strings.Contains(thread, "middle of 2 economies") || !strings.Contains(thread, "21.7") {
		t.Error("the page of R9 lacks the middle of 10 and 33.4")
	}
	if body := get(t, h, "/thread/R8?lang=en").Body.String(); strings.Contains(body, "middle of") {
		t.Error("figures stand at a paragraph that they do not evidence")
	}
}
