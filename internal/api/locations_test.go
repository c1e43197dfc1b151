package api_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

type location struct {
	Activity            string
	N                   int
	Latitude, Longitude *float64
	Countries           []string
}

func TestLocationsAreListedAPageAtATimeAndWhole(t *testing.T) {
	h, _ := handler(t)
	var seen []location
	total := -1
	for next := ""; ; {
		var page struct {
			Total     int
			Next      string
			Locations []location
		}
		if w := get(h, "/api/v1/locations?limit=3&sort=title&cursor="+next); json.Unmarshal(w.Body.Bytes(), &page) != nil || w.Code != http.StatusOK {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		seen, total = append(seen, page.Locations...), page.Total
		if next = page.Next; next == "" {
			break
		}
	}
	if len(seen) != total || total == 0 {
		t.Fatalf("%d locations on all pages, %d in all", len(seen), total)
	}

	var whole struct {
		Total     int
		Locations []location
	}
	w := get(h, "/api/v1/locations.json?sort=title")
	if err := json.Unmarshal(w.Body.Bytes(), &whole); err != nil || fmt.Sprint(names(whole.Locations)) != fmt.Sprint(names(seen)) || whole.Total != total {
		t.Errorf("whole: %v, %d of %d locations: %.300s", err, len(whole.Locations), whole.Total, w.Body)
	}
	w = get(h, "/api/v1/locations.csv?sort=title")
	if rows, err := csv.NewReader(w.Body).ReadAll(); err != nil || len(rows) != total+1 || rows[1][0] != seen[0].Activity {
		t.Errorf("table: %d rows, %v", len(rows), err)
	}

	var map_ struct {
		Type     string
		Features []struct {
			Type       string
			ID         string
			Geometry   *struct{ Coordinates [2]float64 }
			Properties location
		}
	}
	w = get(h, "/api/v1/locations.geojson?sort=title")
	if err := json.Unmarshal(w.Body.Bytes(), &map_); err != nil || map_.Type != "FeatureCollection" || len(map_.Features) != total || w.Header().Get("Content-Type") != "application/geo+json" {
		t.Fatalf("map: %v, %d features, %s", err, len(map_.Features), w.Header())
	}
	for i, f := range map_.Features {
		l := seen[i]
		switch {
		case f.ID != fmt.Sprintf("%s/%d", l.Activity, l.N) || f.Type != "Feature" || f.Properties.N != l.N:
			t.Errorf("feature %d is %+v, want %+v", i, f, l)
		case (f.Geometry == nil) != (l.Latitude == nil):
			t.Errorf("feature %s has the geometry %v", f.ID, f.Geometry)
		case l.Latitude != nil && f.Geometry.Coordinates != [2]float64{*l.Longitude, *l.Latitude}:
			t.Errorf("feature %s lies at %v: the longitude stands first", f.ID, f.Geometry.Coordinates)
		}
	}
}

func names(list []location) (names []string) {
	for _, l := range list {
		names = append(names, fmt.Sprint(l.Activity, l.N))
	}
	return names
}

func TestWhatIsAskedOfLocationsIsUnderstoodOrRefused(t *testing.T) {
	h, _ := handler(t)
	for address, want := range map[string]int{"/api/v1/locations?area=ke": 200, "/api/v1/locations.geojson?area=KE&lang=fr": 200, "/api/v1/locations.csv?area=QQ": 422, "/api/v1/locations?sort=size": 422,
		"/api/v1/locations?cursor=x": 422, "/api/v1/locations.json?limit=3": 422, "/api/v1/locations.geojson?at=99999": 404} {
		if w := get(h, address); w.Code != want {
			t.Errorf("%s: status %d, want %d: %.200s", address, w.Code, want, w.Body)
		}
	}
	if w := get(h, "/api/v1/locations.geojson?q=nothing-like-this"); !strings.HasSuffix(w.Body.String(), "\"features\":[\n]}\n") {
		t.Errorf("no locations: %s", w.Body)
	}
}
