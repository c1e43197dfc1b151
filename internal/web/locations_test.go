package web_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/register"
	"resolute/internal/web"
)

// bay is a fictional activity in two countries with a location that says all and two that say little.
const bay = `<iati-activities version="2.03"><iati-activity xml:lang="en" default-currency="USD"><iati-identifier>ZZ-BAY-1</iati-identifier>` +
	`<reporting-org ref="ZZ-BAY" type="40"><narrative>Fictional Bay Agency</narrative></reporting-org><title><narrative>Masts of the bay</narrative></title><activity-status code="2"/>` +
	`<activity-date type="2" iso-date="2022-01-01"/><recipient-country code="KE" percentage="50"/><recipient-country code="UG" percentage="50"/>` +
	`<location ref="BAY-1"><location-reach code="1"/><location-id vocabulary="G1" code="184745"/><name><narrative>Fictional Bay</narrative><narrative xml:lang="fr">Baie fictive</narrative></name>` +
	`<description><narrative>The pier by the sea</narrative></description><activity-description><narrative>Two masts</narrative></activity-description><administrative vocabulary="A4" level="1" code="KE-30"/>` +
	`<point srsName="http://www.opengis.net/def/crs/EPSG/0/4326"><pos>-1.25 36.5</pos></point><exactness code="2"/><location-class code="2"/><feature-designation code="PPL"/></location>` +
	`<location><name><narrative>=Nowhere</narrative></name><point srsName="http://www.opengis.net/def/crs/EPSG/0/4326"><pos>0 0</pos></point></location><location/></iati-activity></iati-activities>`

func withBay(t testing.TB, s *web.Site) { withFile(t, s, bay) }

func withFile(t testing.TB, s *web.Site, text string) {
	t.Helper()
	if _, err := s.Register.ImportIATI(context.Background(), resolute.Operator(), register.Source{File: "bay.xml"}, strings.NewReader(text), register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Coverage.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestLocationsAreListedUnderEachCountryOfTheirActivity(t *testing.T) {
	s := site(t, 60)
	withBay(t, s)
	h := s.Handler()
	for _, address := range []string{"/places?lang=en&q=ZZ-BAY-1&area=KE", "/places/locations?lang=en&q=ZZ-BAY-1&area=KE", "/places/locations?lang=en&q=ZZ-BAY-1&area=UG"} {
		body := get(t, h, address).Body.String()
		for _, want := range []string{"3 locations", "Fictional Bay", "BAY-1", "populated place", "approximate", "-1.25, 36.5", "Masts of the bay", ">Kenya<", ">Uganda<", "no point that can be used", "no name", "IATI gives a location no country of its own"} {
			if !strings.Contains(body, want) {
				t.Errorf("%s does not show %q", address, want)
			}
		}
	}
	if body := get(t, h, "/places/locations?lang=en&q=ZZ-BAY-1&area=TZ").Body.String(); strings.Contains(body, "Fictional Bay") || !strings.Contains(body, "No activity here states a location.") {
		t.Error("the bay is listed in Tanzania")
	}
	if body := get(t, h, "/places/locations?lang=fr&q=ZZ-BAY-1").Body.String(); !strings.Contains(body, "Baie fictive") || !strings.Contains(body, "lieu habité") {
		t.Error("the page in French does not show the French name and class")
	}
}

func TestAnActivityShowsItsLocations(t *testing.T) {
	s := site(t, 0)
	withBay(t, s)
	h := s.Handler()
	found := regexp.MustCompile(`/activity/[a-z2-7]+`).FindString(get(t, h, "/places/locations?lang=en").Body.String())
	body := get(t, h, found+"?lang=en").Body.String()
	for _, want := range []string{"Fictional Bay", "GeoNames 184745", "level 1: <bdi dir=\"ltr\">ISO 3166 KE-30</bdi>", "The pier by the sea", "Two masts", "the activity happens here", "populated place", "PPL", "no point that can be used: <bdi dir=\"ltr\">0 0</bdi>"} {
		if !strings.Contains(body, want) {
			t.Errorf("%s does not show %q", found, want)
		}
	}
}

func TestEveryPageOfLocationsIsReachedOnce(t *testing.T) {
	s := site(t, 60)
	withFile(t, s, strings.Replace(bay, "<location/>", strings.Repeat("<location/>", 120), 1))
	h := s.Handler()
	var whole struct {
		Total     int
		Locations []struct {
			Activity string
			N        int
		}
	}
	if err := json.Unmarshal(get(t, h, "/places/locations.json?sort=title&lang=en").Body.Bytes(), &whole); err != nil || whole.Total != len(whole.Locations) || whole.Total <= 50 {
		t.Fatalf("%d locations of %d, %v", len(whole.Locations), whole.Total, err)
	}
	want := make([]string, len(whole.Locations))
	for i, l := range whole.Locations {
		want[i] = l.Activity
	}
	var got []string
	row := regexp.MustCompile(`<td data-l="[^"]+"><a href="/activity/([a-z2-7]+)`)
	next := regexp.MustCompile(`rel="next" href="([^"]+)"`)
	for address := "/places/locations?sort=title&lang=en"; address != ""; {
		body := get(t, h, address).Body.String()
		for _, m := range row.FindAllStringSubmatch(body, -1) {
			got = append(got, m[1])
		}
		address = ""
		if m := next.FindStringSubmatch(body); m != nil {
			address = strings.ReplaceAll(m[1], "&amp;", "&")
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the pages show %d locations, the file %d, or another order", len(got), len(want))
	}
}

func TestLocationsAsFiles(t *testing.T) {
	s := site(t, 60)
	withBay(t, s)
	h := s.Handler()
	rows, err := csv.NewReader(get(t, h, "/places/locations.csv?q=ZZ-BAY-1&lang=en").Body).ReadAll()
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if got, want := strings.Join(rows[1][1:], ";"), "1;ZZ-BAY-1;Masts of the bay;Fictional Bay Agency;KE|UG;BAY-1;Fictional Bay;2;2;1;PPL;-1.25;36.5;G1:184745;A4/1:KE-30"; got != want {
		t.Errorf("row\n%s\nwant\n%s", got, want)
	}
	if rows[2][7] != "'=Nowhere" {
		t.Errorf("a name can run as a formula: %q", rows[2][7])
	}
	w := get(t, h, "/places/locations.geojson?q=ZZ-BAY-1&lang=en")
	var features struct {
		Type     string
		Features []struct {
			Type     string
			Geometry *struct {
				Type        string
				Coordinates []float64
			}
			Properties map[string]any
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &features); err != nil || w.Header().Get("Content-Type") != "application/geo+json" || features.Type != "FeatureCollection" || len(features.Features) != 3 {
		t.Fatalf("%v: %s", err, w.Body)
	}
	if g := features.Features[0].Geometry; g == nil || g.Type != "Point" || fmt.Sprint(g.Coordinates) != "[36.5 -1.25]" {
		t.Errorf("the bay lies at %+v", g)
	}
	if !strings.Contains(w.Body.String(), `"geometry":null`) || features.Features[1].Geometry != nil {
		t.Error("what has no point has a geometry")
	}
	for address, want := range map[string]int{"/places/locations.geojson?area=QQ": 400, "/places/locations.csv?page=x": 400, "/places.geojson": 404, "/places/locations.xlsx": 404, "/places/locations?page=" + url.QueryEscape("x"): 200} {
		if w := get(t, h, address); w.Code != want {
			t.Errorf("%s: status %d, want %d", address, w.Code, want)
		}
	}
}
