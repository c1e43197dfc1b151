package web_test

import (
	"encoding/json"
	"html"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	lackLink   = regexp.MustCompile(`<a href="(/activities\?[^"]*lacks=[^"]*)">(?:<bdi>)?([\d,]+)`)
	regionLink = regexp.MustCompile(`<a href="(/activities\?[^"]*area=region[^"]*)">[^0-9]*?(?:<b>)?([\d,]+)<`)
	rowLink    = regexp.MustCompile(`<td class="num"[^>]*><a href="(/activities\?[^"]*)">([\d,]+)<`)
)

// totalOf is how many activities the list of a link has.
func totalOf(t *testing.T, h http.Handler, href string) string {
	t.Helper()
	var list struct{ Total int }
	w := get(t, h, strings.Replace(html.UnescapeString(href), "?", ".json?", 1))
	if err := json.Unmarshal(w.Body.Bytes(), &list); err != nil || w.Code != http.StatusOK {
		t.Errorf("%s: status %d, %v", href, w.Code, err)
	}
	return strconv.Itoa(list.Total)
}

// TestWhatIsLackingLeadsToTheListOfIt follows the counts of activities without a place, a date, money or a location,
// of those for a region, and of rows of tables, under filters and periods as they fall.
func TestWhatIsLackingLeadsToTheListOfIt(t *testing.T) {
	t.Parallel()
	h := site(t, 120).Handler()
	random := rand.New(rand.NewPCG(7, 7))
	pick := func(list ...string) string { return list[random.IntN(len(list))] }
	pages := []string{"/activities", "/places", "/places/locations", "/coverage?by=country", "/coverage?by=itu-region", "/line/C2", "/goal/9", "/thread/R8", "/area/AFR"}
	queries := []string{""}
	for range 12 {
		queries = append(queries, pick("", "line=C2", "goal=9", "group=LDC", "status=2&status=4", "region=AFR", "q=a", "rule=as-reported@1")+"&"+pick("", "period=2022", "period=2019..2021", "period=..2020")+"&"+
			pick("", "", "lacks=money", "lacks=money&lacks=place", "area=KE", "area=KE&area=region", "area=region", "currency=USD"))
	}
	met := map[string]int{}
	for _, page := range pages {
		for _, query := range queries {
			path, own, _ := strings.Cut(page, "?")
			address := path + "?lang=en&" + own + "&" + query
			body := get(t, h, address).Body.String()
			links := append(lackLink.FindAllStringSubmatch(body, -1), regionLink.FindAllStringSubmatch(body, -1)...)
			for _, m := range append(links, rowLink.FindAllStringSubmatch(body, 6)...) {
				asked, err := url.Parse(html.UnescapeString(m[1]))
				if err != nil {
					t.Fatal(err)
				}
				met[page+" "+strings.Join(asked.Query()["lacks"], "")+strings.Join(asked.Query()["area"], "")]++
				if got, want := totalOf(t, h, m[1]), strings.ReplaceAll(m[2], ",", ""); got != want {
					t.Errorf("%s: %s stands before a list of %s: %s", address, want, got, m[1])
				}
			}
		}
	}
	for _, led := range []string{"/activities place", "/activities money", "/activities date", "/places place", "/places location", "/places region", "/places/locations location",
		"/coverage?by=country place", "/coverage?by=country region", "/coverage?by=itu-region region", "/line/C2 region"} {
		if met[led] == 0 {
			t.Errorf("no link of %s", led)
		}
	}
}
