package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/register"
)

// stating is a site that holds a file of organisations, with the address of the page of one of them.
func stating(t *testing.T) (http.Handler, string) {
	t.Helper()
	s := site(t, 5)
	file, err := os.ReadFile(filepath.Join("..", "iati", "testdata", "organisations.xml"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Register.ImportIATI(context.Background(), resolute.Operator(), register.Source{File: "organisations.xml"}, strings.NewReader(string(file)), register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	all, err := s.Directory.Organisations(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range all {
		if o.Ref == "XM-EXAMPLE-1" {
			return s.Handler(), "/organisation/" + strconv.FormatInt(o.ID, 10)
		}
	}
	t.Fatal("the directory does not know XM-EXAMPLE-1")
	return nil, ""
}

func TestThePageOfAnOrganisationShowsWhatItStates(t *testing.T) {
	h, page := stating(t)
	for lang, words := range map[string][]string{
		"en": {"Total budget", "1,250,000.50", "-10", "Annual report", "https://example.org/report.pdf", "no data", "Kenya", "organisations.xml", "Lines of its budgets and expenditure", "Training", "750,000", "500,000.50", "All of it", ">E1<"},
		"fr": {"Budget total", "pas de données", "Formation", "Lignes de ses budgets"},
		"ar": {"إجمالي الميزانية", "كينيا"}, "zh": {"总预算"}, "es": {"Presupuesto total"}, "ru": {"Общий бюджет"},
	} {
		body := get(t, h, page+"?lang="+lang).Body.String()
		for _, word := range words {
			if !strings.Contains(strings.ReplaceAll(body, "−", "-"), word) {
				t.Errorf("%s: the page lacks %q", lang, word)
			}
		}
	}
	var data struct {
		Statement struct {
			Periods []struct {
				From    string
				Budgets []struct{ Currency, Amount string } `json:"total_budgets"`
			}
			Lines []struct{ Of, From, Ref, Currency, Amount string }
		}
	}
	if err := json.Unmarshal(get(t, h, page+".json").Body.Bytes(), &data); err != nil {
		t.Fatal(err)
	}
	if p := data.Statement.Periods; len(p) != 3 || p[0].From != "2026-01-01" || p[0].Budgets[0].Amount != "0.00" || p[1].Budgets[0].Amount != "1250000.50" {
		t.Errorf("data: %+v", p)
	}
	if l := data.Statement.Lines; len(l) != 3 || l[0].Of != "budget" || l[0].Amount != "750000.00" || l[1].Currency == "" || l[1].Amount != "500000.50" || l[2].Of != "expenditure" || l[2].Ref != "E1" {
		t.Errorf("lines: %+v", l)
	}
}

func TestAnOrganisationThatStatesNothingHasNoData(t *testing.T) {
	h := site(t, 5).Handler()
	if body := get(t, h, "/organisation/1?lang=en").Body.String(); !strings.Contains(body, "No file of organizations states anything about it: no data.") {
		t.Error("the page does not say that nothing is stated")
	}
}

func TestFilesOfOrganisationsHaveLastingAddresses(t *testing.T) {
	h, _ := stating(t)
	if body := get(t, h, "/iati?lang=en").Body.String(); !strings.Contains(body, "/iati/organisations/XM-EXAMPLE-1.xml") {
		t.Error("the list of files does not lead to it")
	}
	w := get(t, h, "/iati/organisations/XM-EXAMPLE-1.xml")
	if body := w.Body.String(); w.Code != http.StatusOK || strings.Count(body, "<organisation-identifier>") != 2 || !strings.HasSuffix(body, "</iati-organisations>\n") {
		t.Errorf("%d %s", w.Code, body)
	}
	for _, address := range []string{"/iati/organisations/NOBODY.xml", "/iati/organisations/XM-EXAMPLE-1", "/iati/organisations/XM-EXAMPLE-1.json"} {
		if w := get(t, h, address); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", address, w.Code)
		}
	}
}
