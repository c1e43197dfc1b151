package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/browsertest"
	"resolute/internal/mandate"
	"resolute/internal/register"
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

// wells cites the text of ponds, and an edition that was not the newest.
const wells = "RESOLUTION 902 (Fiction, 2023)\nWells\nThe Plenipotentiary Conference of the International Telecommunication Union (Fiction, 2023),\nrecalling\na) Resolution 901 (Fiction, 2021) of this conference;\nb) Resolution 140 (Rev. Busan, 2014) of this conference,\nresolves\nto dig.\n"

// ponds is the text of another instrument, and boats an activity that answers two of its paragraphs.
const (
	ponds = "RESOLUTION 901 (Fiction, 2021)\nPonds\nThe Plenipotentiary Conference of the International Telecommunication Union (Fiction, 2021),\nresolves\n1 to count the ponds;\n2 to draw a map,\ninstructs the Secretary-General\n1 to launch boats.\n"
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
	if _, err := s.Register.ImportCSV(ctx, resolute.Operator(), register.Source{File: "boats.csv", Name: "boats.csv"}, strings.NewReader(boats), register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
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

// TestPagesOfAnotherInstrumentInABrowser looks at the pages whose paragraphs are those of a text that
// activities name.
func TestPagesOfAnotherInstrumentInABrowser(t *testing.T) {
	browser := browsertest.Start(t)
	s := site(t, 40)
	ctx := context.Background()
	if _, err := s.Mandate.Import(ctx, resolute.Operator(), mandate.File{Name: "ponds.txt", Data: []byte(ponds)}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Register.ImportCSV(ctx, resolute.Operator(), register.Source{File: "boats.csv", Name: "boats.csv"}, strings.NewReader(boats), register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	var addresses []string
	for _, address := range []string{"/mandate/itu:pp/res/901", "/gaps?instrument=itu:pp/res/901", "/gap/thread/itu:pp/res/901%23resolves_2/nothing?instrument=itu:pp/res/901"} {
		addresses = append(addresses, server.URL+address)
	}
	lookAll(t, browser, addresses)
}
