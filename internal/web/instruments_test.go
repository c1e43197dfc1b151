package web_test

import (
	"net/http"
	"strings"
	"testing"
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
