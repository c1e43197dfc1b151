package iati

import (
	"fmt"
	"strings"
	"testing"
)

func TestTheAddressOfADocumentSuggestsItsFormat(t *testing.T) {
	for address, want := range map[string]string{
		"https://a.example/report.pdf":              "application/pdf",
		"https://a.example/REPORT.PDF?v=2.html#p.3": "application/pdf",
		"https://a.example/v1.2/report":             pageFormat,
		"https://a.example":                         pageFormat,
		"https://a.example/pages/":                  pageFormat,
		"https://a.example/res.30":                  UnknownFormat,
		"https://a.example/a%2Epng":                 "image/png",
		"https://a.example/%zz.pdf":                 UnknownFormat,
		"mailto:a@a.example":                        UnknownFormat,
	} {
		if got := FormatOf(address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

// Every format that is suggested is on the list of the standard.
func TestSuggestedFormatsAreCodes(t *testing.T) {
	for ending, format := range formats {
		file := fmt.Sprintf(`<iati-activities version="2.03"><iati-activity><document-link url="u" format="%s"/></iati-activity></iati-activities>`, format)
		_, err := Check(strings.NewReader(file), Checking{}, func(f Fault) {
			if f.Rule == "code-unlisted" || f.Rule == "code-withdrawn" {
				t.Errorf("%s: %+v", ending, f)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
