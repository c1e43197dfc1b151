package web_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/browsertest"
	"resolute/internal/measure"
	"resolute/internal/web"
	"resolute/internal/wording"
)

// fictionalFigures are invented figures of the catalogue's indicators in real places: users in most
// countries of a region, with estimates and a gap, a price, and a count without a better direction.
func fictionalFigures() string {
	var b strings.Builder
	b.WriteString("dataflow,indicator,unit,area,period,value,status,source\n")
	for n, area := range []string{"KEN", "UGA", "TZA", "RWA", "ETH", "DNK", "FRA"} {
		for year := 2010; year <= 2024; year++ {
			if area == "KEN" && year == 2013 {
				continue
			}
			status := ""
			if year%4 == 0 {
				status = "E"
			}
			fmt.Fprintf(&b, "MADE:UP,users,%%,%s,%d,%d,%s,Fictional office\n", area, year, 10+n/2*5+(year-2010)*2, status)
		}
		fmt.Fprintf(&b, "MADE:UP,fb_price,%% GNI p.c.,%s,2024,%d.5,,Fictional office\nMADE:UP,fixed_tel,per 100,%s,2023,%d,P,\nMADE:UP,cov4g,%%,%s,2022,%d,,\n", area, 1+n, area, n, area, 80+n)
	}
	return b.String()
}

// profiled is a site that holds activities, and figures of the catalogue's indicators.
func profiled(t testing.TB, activities int) *web.Site {
	t.Helper()
	s := site(t, activities)
	if _, err := s.Measure.Import(context.Background(), resolute.Operator(), measure.Source{File: "f.csv"}, strings.NewReader(fictionalFigures())); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Coverage.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestProfilesInABrowser(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	server := httptest.NewServer(profiled(t, 80).Handler())
	t.Cleanup(server.Close)
	var addresses []string
	for _, address := range []string{"/area/KE", "/area/KE/figures", "/area/KE/figures?beside=DK", "/area/AFR/figures", "/area/LDC/figures?beside=KE", "/area/NP/figures", "/area/WORLD/figures"} {
		addresses = append(addresses, server.URL+address)
	}
	lookAll(t, browser, addresses)
}

func TestProfileSetsFiguresBesideActivities(t *testing.T) {
	t.Parallel()
	s := profiled(t, 80)
	h, en := s.Handler(), wording.For("en")
	for address, wants := range map[string][]string{
		"/area/KE": {`id="figures"`, "Individuals using the Internet", "<b>38.0</b>", "2024 · est.", "World: <b>6 of 7</b>", "Africa: <b>4 of 5</b>", "shared with others: 1", "the lowest is first", "neither high nor low is better",
			"&#43;18.0", "since 2015", "ratio of growth: <b>", "linear pace: ", "target 100.0 by 2030, from 2015 on", `<svg class="spark"`, "from 10.0 in 2010 to 38.0 in 2024; years with a value: 14",
			"insufficient", "countries: 5 of 49", "Core indicators without data here: ", "Fictional office", `<bdi class="hash">P</bdi>`, "/indicator/MADE:UP/users?area=KE", `/area/KE/figures.xlsx`, `<bdi class="code">17.8</bdi>`},
		"/area/KE/figures?beside=DK":            {"Denmark: <b>48.0</b>", `<option value="DK" selected>`, "/area/DK", "beside=DK"},
		"/area/AFR/figures":                     {"Africa in figures", "insufficient", "lowest 38.0, middle 38.0, highest 43.0|lowest", "countries with data: 5", "Gini"},
		"/area/NP/figures":                      {en.T("profile.empty")},
		"/area/world/figures":                   {"World in figures", "plain mean of the countries", "lowest 38.0, middle", "countries with data: 7", en.T("profile.world_note"), `href="/coverage?lang=en"`, `href="/coverage?by=country&amp;lang=en"`, `<option value="">no other area</option>`, `<span class="quiet">no other area</span>`, "/area/WORLD/figures.csv?lang=en", "cannot be judged", "no target"},
		"/area/WORLD":                           {"World in figures"},
		"/area/WORLD/figures?beside=KE&area=UG": {"Kenya: <b>38.0</b>"},
		"/area/LDC/figures":                     {`<option value="">World</option><option value="LLDC">`, `href="/area/WORLD/figures?lang=en#figures"`},
		"/area/KE?beside=KE":                    {"beside=KE", "Africa: "},
	} {
		body := get(t, h, withLang(address, "en")).Body.String()
		says(t, address, body, wants...)
	}
	if code := get(t, h, "/area/XX/figures").Code; code != 404 {
		t.Errorf("an unknown area: status %d, want 404", code)
	}
}

// The activities beside a figure are those that the list behind the link has.
func TestActivitiesBesideAFigureAreThoseOfTheList(t *testing.T) {
	t.Parallel()
	h := profiled(t, 300).Handler()
	for address, place := range map[string]string{"/area/KE": "area=KE&", "/area/KE/figures?region=EUR": "area=KE&", "/area/WORLD/figures": "", "/area/WORLD/figures?area=KE": ""} {
		page, linked := get(t, h, withLang(address, "en")).Body.String(), 0
		for _, of := range []string{"thread=R9", "thread=M5", "thread=M1", "target=17.8", "target=9.c"} {
			_, code, _ := strings.Cut(of, "=")
			var list struct {
				Total int `json:"total"`
			}
			if err := json.Unmarshal(get(t, h, "/activities.json?"+place+of).Body.Bytes(), &list); err != nil {
				t.Fatal(err)
			}
			want := fmt.Sprintf(`<bdi class="code">%s</bdi>: 0<`, code)
			if list.Total > 0 {
				linked++
				want = fmt.Sprintf(`<bdi class="code">%s</bdi>: <a href="/activities?%slang=en&amp;%s">%d</a>`, code, strings.ReplaceAll(place, "&", "&amp;"), of, list.Total)
			}
			if !strings.Contains(page, want) {
				t.Errorf("%s lacks %s", address, want)
			}
		}
		if linked == 0 {
			t.Errorf("%s: nothing is done in the demonstration about what the figures show: the test proves nothing", address)
		}
	}
}

// Lists of areas lead to the profiles of those that have figures, and to no others.
func TestListsOfAreasLeadToFigures(t *testing.T) {
	t.Parallel()
	with, without := profiled(t, 300).Handler(), site(t, 300).Handler()
	for address, link := range map[string]string{"/indicators": "/area/WORLD/figures", "/coverage?by=country&show=answered": "/area/WORLD/figures", "/": "/area/AFR/figures", "/coverage?by=country": "/area/KE/figures", "/coverage?by=itu-region": "/area/AFR/figures", "/coverage?by=group": "/area/LDC/figures", "/area/AFR": "/area/KE/figures"} {
		body := get(t, with, withLang(address, "en")).Body.String()
		if !strings.Contains(body, `href="`+link+`?lang=en"`) {
			t.Errorf("%s does not lead to %s", address, link)
		}
		if strings.Contains(body, "/area/NG/figures") {
			t.Errorf("%s leads to the figures of a country that has none", address)
		}
		if strings.Contains(get(t, without, withLang(address, "en")).Body.String(), link+"?lang=en") && address != "/area/AFR" {
			t.Errorf("%s leads to figures though none are held", address)
		}
	}
}

func TestProfileAsFiles(t *testing.T) {
	h := profiled(t, 20).Handler()
	var data measure.Profile
	if err := json.Unmarshal(get(t, h, "/area/KE/figures.json").Body.Bytes(), &data); err != nil || data.Area != "KE" || len(data.Figures) != 4 || data.DataVersion == 0 {
		t.Errorf("as JSON: %v, %+v", err, data)
	}
	rows, err := csv.NewReader(get(t, h, "/area/KE/figures.csv?beside=DK").Body).ReadAll()
	if err != nil || len(rows) != 1+len(data.Figures)+len(data.Missing) {
		t.Fatalf("as CSV: %d rows, %v; want a header, %d figures and %d without data", len(rows), err, len(data.Figures), len(data.Missing))
	}
	cell := func(name string) string {
		for n, column := range rows[0] {
			if column == name {
				return rows[1][n]
			}
		}
		return "no column " + name
	}
	for name, want := range map[string]string{"concept": "users", "name": "Individuals using the Internet", "year": "2024", "value": "38", "status": "E", "since_year": "2015", "change": "18", "rank": "6", "tied": "1", "rank_of": "7",
		"target": "100", "threads": "R9|M5", "DK year": "2024", "DK value": "48"} {
		if got := cell(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	book := get(t, h, "/area/KE/figures.xlsx").Body.Bytes()
	if _, err := zip.NewReader(bytes.NewReader(book), int64(len(book))); err != nil {
		t.Errorf("as a workbook: %v", err)
	}
	if code := get(t, h, "/area/KE/figures.csv?beside=nowhere").Code; code != 400 {
		t.Errorf("a file beside what nobody knows: status %d, want 400", code)
	}
}
