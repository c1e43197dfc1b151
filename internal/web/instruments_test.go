package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/browsertest"
	"resolute/internal/ledger"
	"resolute/internal/mandate"
	"resolute/internal/register"
	"resolute/internal/wording"
)

func TestInstrumentsAreFoundOnTheirPageAndInItsData(t *testing.T) {
	h := site(t, 40).Handler()
	for address, want := range map[string][]string{
		"/instruments?q=digital+divide":                 {"/mandate/itu:wtdc/res/37", "instrument fits", "World Telecommunication Development Conference ("},
		"/instruments?body=itu:moon":                    {"body=itu:moon", "/mandate/itu:wtdc/res/37"},
		"/instruments?cited_by=itu:wtdc/res/30":         {"Cited by: itu:wtdc/res/30"},
		"/instruments?year=1066":                        {"No instrument fits"},
		"/instruments.csv?q=digital+divide":             {"itu:wtdc/res/37,itu:wtdc,resolution,37"},
		"/instruments.json?q=digital+divide&sort=cited": {`"total":`, `"facets":`, `"key":"itu:wtdc/res/37"`},
	} {
		w := get(t, h, address)
		for _, text := range want {
			if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), text) {
				t.Errorf("%s: status %d without %q", address, w.Code, text)
			}
		}
	}
}

func TestWhoCitesWhomIsShownWithHowTheEditionStands(t *testing.T) {
	s := site(t, 40)
	for name, text := range map[string]string{"ponds.txt": ponds, "wells.txt": wells} {
		if _, err := s.Mandate.Import(context.Background(), resolute.Operator(), mandate.File{Name: name, Data: []byte(text)}); err != nil {
			t.Fatal(err)
		}
	}
	h := s.Handler()
	for address, want := range map[string][]string{
		"/citations": {"Resolution 902", "/mandate/itu:pp/res/901", "Resolution 140", "older edition"},
		"/citations?by=provision&cited_by=itu:pp/res/902": {"/thread/itu:pp/res/902/recalling_b", "itu:pp/res/140@2014", "older already on the day of the citing text", "Rev. Bucharest, 2022"},
		"/citations?cites=itu:pp/res/901&lang=fr":         {"Résolution 902"},
		"/citations?cites=itu:pp/res/77777":               {"cites=itu:pp/res/77777"},
		"/citations?standing=tall":                        {"standing=tall"},
		"/citations?standing=followed&body=itu:pp":        {"No citation fits"},
		"/citations.csv?by=provision":                     {"itu:pp/res/902,", "itu:pp/res/140@2014,2014,,false"},
		"/citations.csv?cites=itu:pp/res/140":             {"itu:pp/res/902,itu:pp/res/140,1,1,1,false"},
		"/citations.json?by=provision":                    {`"standing_then":"older"`},
		"/mandate/itu:pp/res/902":                         {"What it cites", "itu:pp/res/901@2021", "newest known edition"},
		"/mandate/itu:pp/res/901":                         {"Cited by", "/thread/itu:pp/res/902/recalling_a"},
		"/mandate/itu:pp/res/140":                         {"/thread/itu:pp/res/902/recalling_b"},
	} {
		w := get(t, h, address)
		for _, text := range want {
			if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), text) {
				t.Errorf("%s: status %d without %q", address, w.Code, text)
			}
		}
	}
}

func TestAParagraphShowsWhoCitesItInOtherTexts(t *testing.T) {
	s := site(t, 40)
	for _, text := range []string{ponds, strings.Replace(wells, "to dig", "to dig as resolves 2 of Resolution 901 (Fiction, 2021) of this conference asks", 1)} {
		if _, err := s.Mandate.Import(context.Background(), resolute.Operator(), mandate.File{Name: "text.txt", Data: []byte(text)}); err != nil {
			t.Fatal(err)
		}
	}
	h := s.Handler()
	const citer = `href="/thread/itu:pp/res/902/resolves_p1"`
	for thread, want := range map[string]bool{"resolves_2": true, "resolves_1": false} {
		if w := get(t, h, "/thread/itu:pp/res/901/"+thread); w.Code != http.StatusOK || strings.Contains(w.Body.String(), citer) != want {
			t.Errorf("%s: status %d, shows who cites it: want %v", thread, w.Code, want)
		}
	}
}

// wells cites the text of ponds, and an edition that was not the newest.
const wells = "RESOLUTION 902 (Fiction, 2023)\nWells\nThe Plenipotentiary Conference of the International Telecommunication Union (Fiction, 2023),\nrecalling\na) Resolution 901 (Fiction, 2021) of this conference;\nb) Resolution 140 (Rev. Busan, 2014) of this conference,\nresolves\nto dig.\n"

// ponds is the text of another instrument, and boats an activity that answers two of its paragraphs.
const (
	ponds = "RESOLUTION 901 (Fiction, 2021)\nPonds\nThe Plenipotentiary Conference of the International Telecommunication Union (Fiction, 2021),\nrecalling\na) that ponds are few,\nresolves\n1 to count the ponds;\n2 to draw a map,\ninstructs the Secretary-General\n1 to launch boats.\n"
	boats = "id,reporter,title_en,status,actual_start,countries,amounts,paragraphs\na1,F <ZZ-FICT-9>,Fictional boats,implementation,2022-01-01,KE,commitment 2022-02-01 USD 100,itu:pp/res/901#resolves_1:60|itu:pp/res/901#instructs_1:40\n"
)

func TestAnotherInstrumentHasItsCoverageOnPages(t *testing.T) {
	s := site(t, 40)
	ctx := context.Background()
	if _, err := s.Mandate.Import(ctx, resolute.Operator(), mandate.File{Name: "ponds.txt", Data: []byte(ponds)}); err != nil {
		t.Fatal(err)
	}
	h := s.Handler()
	if body := get(t, h, "/mandate/itu:pp/res/901").Body.String(); !strings.Contains(body, "No activity names a paragraph of this text yet.") {
		t.Error("the page of a text that nothing answers does not say so")
	}
	if _, err := s.Register.ImportTable(ctx, resolute.Operator(), register.Source{File: "boats.csv", Name: "boats.csv"}, strings.NewReader(boats), register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	refreshed(t, s)
	for address, want := range map[string][]string{
		"/mandate/itu:pp/res/901":                                                   {"1 activity", "to draw a map", `href="/thread/itu:pp/res/901/resolves_2"`},
		"/coverage?instrument=itu:pp/res/901":                                       {"Resolution 901", "resolves_1", "to draw a map", "instrument=itu%3App%2Fres%2F901"},
		"/gaps?instrument=itu:pp/res/901":                                           {"Resolution 901", "to draw a map"},
		"/gaps?instrument=itu:pp/res/901&addressee=sg&lang=ar":                      {"launch boats"},
		"/gap/thread/itu:pp/res/901%23resolves_2/nothing?instrument=itu:pp/res/901": {"to draw a map", "count the ponds"},
		"/activities?instrument=itu:pp/res/901&thread=itu:pp/res/901%23resolves_1":  {"Fictional boats"},
		"/coverage.csv?instrument=itu:pp/res/901":                                   {"itu:pp/res/901#resolves_1"},
		"/gaps.json?instrument=itu:pp/res/901&gap=nothing":                          {`"id":"thread/itu:pp/res/901#resolves_2/nothing"`},
		"/coverage?instrument=itu:pp/res/777":                                       {"instrument=itu:pp/res/777", "R8"},
		"/line/C2?instrument=itu:pp/res/901":                                        {"instrument=itu:pp/res/901"},
	} {
		w := get(t, h, address)
		for _, text := range want {
			if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), text) {
				t.Errorf("%s: status %d without %q", address, w.Code, text)
			}
		}
		if size := packedSize(t, w.Body.Bytes()); size > 50_000 {
			t.Errorf("%s: %d bytes packed", address, size)
		}
	}
}

// TestAParagraphOfAnyInstrumentShowsItsEvidence holds the page of a paragraph of another instrument
// to the blocks of the built-in mandate, and each of its links to a page that is there.
func TestAParagraphOfAnyInstrumentShowsItsEvidence(t *testing.T) {
	s := site(t, 40)
	ctx := context.Background()
	if _, err := s.Mandate.Import(ctx, resolute.Operator(), mandate.File{Name: "ponds.txt", Data: []byte(ponds)}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Register.ImportTable(ctx, resolute.Operator(), register.Source{File: "boats.csv", Name: "boats.csv"}, strings.NewReader(boats), register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	refreshed(t, s)
	h := s.Handler()
	const answered, missing, recital = "/thread/itu:pp/res/901/resolves_1", "/thread/itu:pp/res/901/resolves_2", "/thread/itu:pp/res/901/recalling_a"
	holds(t, h, answered+"?lang=en", map[string]string{
		"its words":                "to count the ponds",
		"the activity":             "Fictional boats",
		"the money, shared":        "60.00",
		"a gap of it":              `/gap/thread/itu:pp/res/901%23resolves_1/no-result?instrument=itu%3App%2Fres%2F901&amp;lang=en`,
		"where":                    `href="/activities?instrument=itu%3App%2Fres%2F901&amp;lang=en&amp;region=AFR&amp;thread=itu%3App%2Fres%2F901%23resolves_1"`,
		"who":                      `<bdi>F</bdi>`,
		"the text that it is from": `<bdi>Resolution 901</bdi>`,
		"how to cite it":           "Resolution 901 · ITU Plenipotentiary Conference",
		"the rule of its figures":  wording.For("en").T("coverage.rule"),
		"where it stands":          `href="/instruments?lang=en" aria-current="page"`,
	})
	holds(t, h, missing+"?lang=en", map[string]string{
		"what that means": wording.For("en").T("state.nothing.meaning"),
	})
	if text := get(t, h, "/mandate/itu:pp/res/901?lang=en").Body.String(); !strings.Contains(text, "data version") || !strings.Contains(text, "Log size") {
		t.Error("the page of a text that no table knows does not say on which data it stands")
	}
	for _, address := range []string{answered, missing} {
		for _, m := range regexp.MustCompile(`href="(/[^"]*)"`).FindAllStringSubmatch(get(t, h, address+"?lang=en").Body.String(), -1) {
			link := html.UnescapeString(m[1])
			body := get(t, h, link)
			if strings.HasPrefix(link, "/api/") { // of the other edge
				continue
			}
			if body.Code != http.StatusOK || strings.Contains(body.Body.String(), "was not understood") {
				t.Errorf("%s leads to %s: status %d", address, link, body.Code)
			}
		}
		if got := get(t, h, address+".csv").Body.String(); !strings.HasPrefix(got, "row,by,id,parent,") || !strings.Contains(got, "itu:pp/res/901#resolves_") {
			t.Errorf("%s as a table: %s", address, got)
		}
	}
	var data struct {
		Coverage   struct{ Activities int }
		Addressees []string
	}
	if err := json.Unmarshal(get(t, h, "/thread/itu:pp/res/901/instructs_1.json").Body.Bytes(), &data); err != nil || data.Coverage.Activities != 1 || strings.Join(data.Addressees, " ") != "Secretary-General" {
		t.Errorf("as data: %+v, %v", data, err)
	}
	if body := get(t, h, recital).Body.String(); strings.Contains(body, wording.For("en").T("coverage.rule")) {
		t.Error("a recital has figures")
	}
}

// TestPagesOfAnotherInstrumentInABrowser looks at the pages whose paragraphs are those of a text that
// activities name.
func TestPagesOfAnotherInstrumentInABrowser(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	s := site(t, 40)
	ctx := context.Background()
	if _, err := s.Mandate.Import(ctx, resolute.Operator(), mandate.File{Name: "ponds.txt", Data: []byte(ponds)}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Register.ImportTable(ctx, resolute.Operator(), register.Source{File: "boats.csv", Name: "boats.csv"}, strings.NewReader(boats), register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	refreshed(t, s)
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	var addresses []string
	for _, address := range []string{"/mandate/itu:pp/res/901", "/thread/itu:pp/res/901/resolves_1", "/thread/itu:pp/res/901/resolves_2", "/gaps?instrument=itu:pp/res/901", "/gap/thread/itu:pp/res/901%23resolves_2/nothing?instrument=itu:pp/res/901"} {
		addresses = append(addresses, server.URL+address)
	}
	lookAll(t, browser, addresses)
}

func TestFindingsOfATextLeadToTheirRules(t *testing.T) {
	s := site(t, 40)
	var account ledger.Import
	for _, text := range []string{ponds, wells} {
		var err error
		if account, err = s.Mandate.Import(context.Background(), resolute.Operator(), mandate.File{Name: "text.txt", Data: []byte(text)}); err != nil {
			t.Fatal(err)
		}
	}
	h := s.Handler()
	for address, want := range map[string][]string{
		"/mandate/itu:pp/res/902":             {`href="/rules#citation-older-than-known"`, "/thread/itu:pp/res/902/recalling_b", "before the day of this text"},
		"/mandate/itu:pp/res/902?view=today":  {"before the day on which it is judged"},
		"/mandate/itu:pp/res/901":             {"Nothing was found."},
		"/thread/itu:pp/res/902/recalling_b":  {`href="/rules#citation-older-than-known"`},
		"/rules":                              {`id="missing-rev"`, "A revision is cited as if it were the first text.", "Resolution 200 (Rev. Dubai, 2018)"},
		"/rules?lang=fr":                      {"Une révision est citée", "Fautif"},
		"/rules.json?lang=zh":                 {"修订版被当作最初文本引用。", `"right":`},
		fmt.Sprintf("/import/%d", account.ID): {"/rules#citation-older-than-known"},
	} {
		w := get(t, h, address)
		for _, text := range want {
			if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), text) {
				t.Errorf("%s: status %d without %q", address, w.Code, text)
			}
		}
	}
}
