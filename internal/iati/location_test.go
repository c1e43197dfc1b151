package iati_test

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
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

func TestFindingsAboutPoints(t *testing.T) {
	const other = "http://www.opengis.net/def/crs/EPSG/0/32737"
	for _, c := range []struct{ name, srs, pos, want, expected string }{
		{"a sound point", iati.WGS84, "-17.73 168.32", "", ""},
		{"no position", iati.WGS84, " ", "coordinates-invalid warning", "a blank between"},
		{"a comma between", iati.WGS84, "6.8216, -58.1618", "coordinates-invalid warning", "a blank between"},
		{"words", iati.WGS84, "near the lake", "coordinates-invalid warning", "a blank between"},
		{"metres", iati.WGS84, "62933.47 172718.65", "coordinates-invalid warning", "from -90 to 90"},
		{"a longitude beyond the date line", iati.WGS84, "2 -180.5", "coordinates-invalid warning", "from -90 to 90"},
		{"longitude first", iati.WGS84, "168.32 -17.73", "coordinates-swapped warning", "a blank between"},
		{"zero zero", iati.WGS84, "0 0", "coordinates-zero warning", "a blank between"},
		{"on the equator", iati.WGS84, "0 32.5", "", ""},
		{"another system", other, "9812000 261000", "coordinates-system warning", iati.WGS84},
		{"another name of the system", "EPSG:4326", "1 2", "coordinates-system note", iati.WGS84},
		{"another name, and longitude first", "EPSG:4326", "168.32 -17.73", "coordinates-swapped warning", "a blank between"},
	} {
		t.Run(c.name, func(t *testing.T) {
			location := `<location><point srsName="` + c.srs + `"><pos>` + c.pos + `</pos></point></location>`
			_, told := decode(location)
			got := ""
			for _, f := range told {
				got += f.Rule + " " + string(f.Severity)
				if !strings.Contains(f.Expected, c.expected) || f.Message == "" || f.Line != 2 || f.Column != 11 {
					t.Errorf("finding %+v", f)
				}
			}
			if got != c.want {
				t.Errorf("Decode tells %q, want %q", got, c.want)
			}
			verdict, faults := checkAs(t, []byte(strings.Replace(sound, "<transaction>", location+"<transaction>", 1)), iati.Checking{})
			if !verdict.Valid {
				t.Errorf("the schema has nothing against the words of a point: %+v", faults)
			}
			got = ""
			for _, f := range faults {
				if strings.HasPrefix(f.Rule, "coordinates-") {
					got += f.Rule + " " + string(f.Severity)
					if f.Line != 11 || f.Column != 11 || f.Path != "iati-activities/iati-activity/location/point" || f.RuleSeverity == "" || f.Record != "XX-1-A" {
						t.Errorf("fault %+v", f)
					}
				}
			}
			if got != c.want {
				t.Errorf("Check tells %q, want %q", got, c.want)
			}
		})
	}
}

func TestWhatThePointLacksTheSchemaTells(t *testing.T) {
	if _, told := decode(`<location><point srsName="` + iati.WGS84 + `"/></location>`); len(told) > 0 {
		t.Errorf("told %v", brief(told))
	}
}

func TestCodesOfALocationAreChecked(t *testing.T) {
	a, told := decode(`<location><location-reach code="3"/>`, `<exactness code="3"/>`, `<location-class code="5"/>`, `<feature-designation code="PPL"/></location>`)
	if got := strings.Join(brief(told), "; "); got != "unknown-code warning 2; unknown-code warning 3; unknown-code warning 4" {
		t.Errorf("told %s", got)
	}
	if l := a.Locations[0]; l.Reach != "3" || l.Exactness != "3" || l.Class != "5" || l.Feature != "PPL" {
		t.Errorf("read as %+v", l)
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

// What published places say stands in an activity that is written anew.
func TestPublishedLocationsAreWrittenWhole(t *testing.T) {
	read := 0
	for _, name := range []string{"bulk/mid.xml", "bulk/bulk.xml.gz", "real/maec-indonesia-2.01-es.xml", "real/mixed-2.03-sample.xml"} {
		all, _ := decodeAll(t, unzipped(t, filepath.Join(samples(t, "iati"), filepath.FromSlash(name))))
		for _, a := range all {
			again, _ := iati.Decode(iati.Root{Kind: iati.Activities, Version: "2.03"}, &iati.Element{Line: 1, Column: 1, Raw: iati.Marshal(a)})
			was, is := withoutPlaces(a).Locations, withoutPlaces(again).Locations
			if !reflect.DeepEqual(was, is) {
				t.Errorf("%s: %s\nread    %+v\nwritten %+v", name, a.Identifier, was, is)
			}
			read += len(was)
		}
	}
	if read < 2000 {
		t.Errorf("only %d locations were read", read)
	}
}

func TestLocationsOfTheFirstGeneration(t *testing.T) {
	for _, c := range []struct{ name, children, exactness, administrative string }{
		{"an exact point", `<coordinates latitude="1" longitude="2" precision="1"/>`, "1", "[]"},
		{"a point near it", `<coordinates latitude="1" longitude="2" precision="2"/>`, "2", "[]"},
		{"the middle of a country", `<coordinates latitude="1" longitude="2" precision="9"/>`, "2", "[]"},
		{"a precision that there is not", `<coordinates latitude="1" longitude="2" precision="10"/>`, "", "[]"},
		{"no precision", `<coordinates latitude="1" longitude="2"/>`, "", "[]"},
		{"an exactness stated beside it wins", `<coordinates latitude="1" longitude="2" precision="1"/><exactness code="2"/>`, "2", "[]"},
		{"a country", `<administrative country="AF" adm1="HER">Herat</administrative>`, "", "[{A4 0 AF}]"},
		{"a division by words alone", `<administrative>Herat</administrative>`, "", "[]"},
		{"a division with a code of its own", `<administrative country="AF" vocabulary="1" level="1" code="7"/>`, "", "[{G1 1 7}]"},
		{"a level that is not that of a country", `<administrative country="AF" level="2"/>`, "", "[{ 2 }]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := iati.Root{Kind: iati.Activities, Version: "1.05"}
			el := &iati.Element{Name: "iati-activity", Line: 1, Column: 1,
				Raw: []byte(`<iati-activity><iati-identifier>ZZ-FICT-1</iati-identifier><location>` + c.children + `</location></iati-activity>`)}
			a, _ := iati.Decode(root, el)
			if len(a.Locations) != 1 || a.Locations[0].Exactness != c.exactness || fmt.Sprint(a.Locations[0].Administrative) != c.administrative {
				t.Errorf("read as %+v", a.Locations)
			}
			upgraded, _ := root.Upgrade(el)
			all := strings.Join(saidIn(t, upgraded.Raw), "\x00")
			for _, said := range saidIn(t, el.Raw) {
				if !strings.Contains(all, said) && said != "1" { // of vocabulary 1, which is G1
					t.Errorf("%q is lost in %s", said, upgraded.Raw)
				}
			}
		})
	}
}
