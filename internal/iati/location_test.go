package iati_test

import (
	"reflect"
	"testing"

	"resolute"
	"resolute/internal/iati"
)

func TestALocationIsReadWhole(t *testing.T) {
	a, findings := decode(`<location ref="KE-7"><location-reach code="1"/><location-id vocabulary="G1" code="1821306"/><location-id vocabulary="G2" code="relation/7"/>`,
		`<name><narrative>Lake site</narrative><narrative xml:lang="fr">Site du lac</narrative></name>`,
		`<description><narrative>East bank</narrative></description><activity-description xml:lang="ar"><narrative>أبراج</narrative></activity-description>`,
		`<administrative vocabulary="G1" level="1" code="1453782"/><administrative vocabulary="A4" code="KE"/>`,
		`<point srsName="http://www.opengis.net/def/crs/EPSG/0/4326"><pos> -0.50  34.250 </pos></point>`,
		`<exactness code="2"/><location-class code="2"/><feature-designation code="PPLQ"/><x:mark xmlns:x="https://example.org/">kept in the bytes</x:mark></location>`)
	want := iati.Location{Ref: "KE-7", Reach: "1", Gazetteers: []iati.Gazetteer{{Vocabulary: "G1", Code: "1821306"}, {Vocabulary: "G2", Code: "relation/7"}},
		Name: resolute.Text{"en": "Lake site", "fr": "Site du lac"}, Description: resolute.Text{"en": "East bank"}, ActivityDescription: resolute.Text{"ar": "أبراج"},
		Administrative: []iati.Administrative{{Vocabulary: "G1", Level: "1", Code: "1453782"}, {Vocabulary: "A4", Code: "KE"}},
		Point:          iati.Point{SRSName: iati.WGS84, Pos: "-0.50  34.250", Latitude: -0.5, Longitude: 34.25, OK: true, Line: 6, Column: 1},
		Exactness:      "2", Class: "2", Feature: "PPLQ", Line: 2}
	if len(a.Locations) != 1 || !reflect.DeepEqual(a.Locations[0], want) {
		t.Errorf("got  %+v\nwant %+v", a.Locations, want)
	}
	if len(findings) > 0 {
		t.Errorf("findings about a sound location: %v", brief(findings))
	}
}

func TestWhatAPointSays(t *testing.T) {
	const other, wgs = "http://www.opengis.net/def/crs/EPSG/0/32737", iati.WGS84
	for _, c := range []struct {
		name, srs, pos      string
		latitude, longitude float64
		ok                  bool
	}{
		{"degrees", wgs, "-17.73 168.32", -17.73, 168.32, true},
		{"the corners of the earth", wgs, "-90 180", -90, 180, true},
		{"on the equator", wgs, "0 32.5", 0, 32.5, true},
		{"a line end between", wgs, "1.5\n\t2", 1.5, 2, true},
		{"several blanks between", wgs, "1.5   2", 1.5, 2, true},
		{"a sign that says nothing", wgs, "+1.5 -0", 1.5, 0, true},
		{"scientific notation", wgs, "1.5e1 2E-1", 15, 0.2, true},
		{"a system not stated is the one there is", "", "1 2", 1, 2, true},
		{"the system by another of its names", "EPSG:4326", "1 2", 1, 2, true},
		{"another system", other, "1 2", 0, 0, false},
		{"metres", wgs, "62933.47 172718.65", 0, 0, false},
		{"a latitude beyond the pole", wgs, "90.0001 2", 0, 0, false},
		{"a longitude beyond the date line", wgs, "2 -180.5", 0, 0, false},
		{"a comma between", wgs, "6.8216, -58.1618", 0, 0, false},
		{"decimal commas", wgs, "6,82 -58,16", 0, 0, false},
		{"one number", wgs, "6.82", 0, 0, false},
		{"three numbers", wgs, "6.82 1 2", 0, 0, false},
		{"three numbers on two lines", wgs, "6.82\n1 2", 0, 0, false},
		{"words", wgs, "six seven", 0, 0, false},
		{"no number that is a number to a computer", wgs, "NaN Inf", 0, 0, false},
		{"hexadecimal digits", wgs, "0x1p2 1_0", 0, 0, false},
		{"zero zero", wgs, "0 0.000", 0, 0, false},
		{"minus zero", wgs, "-0 0", 0, 0, false},
		{"nothing", wgs, "", 0, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, _ := decode(`<location><point srsName="` + c.srs + `"><pos>` + c.pos + `</pos></point></location>`)
			want := iati.Point{SRSName: c.srs, Pos: c.pos, Latitude: c.latitude, Longitude: c.longitude, OK: c.ok, Line: 2, Column: 11}
			if got := a.Locations[0].Point; got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

func TestOfWhatStandsTwiceTheFirstCounts(t *testing.T) {
	a, _ := decode(`<location><name/><name><narrative>One</narrative></name><name><narrative>Two</narrative></name><exactness/><exactness code="1"/><exactness code="2"/>`,
		`<point><pos/><pos>1 2</pos><pos>3 4</pos></point><point><pos>5 6</pos></point></location>`)
	l := a.Locations[0]
	if l.Name["en"] != "One" || l.Exactness != "1" || l.Point.Pos != "1 2" {
		t.Errorf("read as %+v", l)
	}
}
