package rules

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var today = time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)

// treeOf reads a document by the standard library, a second way beside the scanner of package iati.
func treeOf(t testing.TB, document string) *Node {
	t.Helper()
	var tree Tree
	for d := xml.NewDecoder(strings.NewReader(document)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return tree.Root()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			tree.Open([]byte(token.Name.Local), int(d.InputOffset()))
			for _, a := range token.Attr {
				name := a.Name.Local
				if strings.HasSuffix(a.Name.Space, "/namespace") || a.Name.Space == "xml" {
					name = "xml:" + name
				}
				tree.Attribute([]byte(name), []byte(a.Value), int(d.InputOffset()))
			}
		case xml.EndElement:
			tree.Close()
		case xml.CharData:
			if tree.open != nil {
				tree.Append([]byte(string(token)))
			}
		}
	}
}

// clean breaks no rule and uses only codes of the lists.
const clean = `<iati-activities version="2.03"><iati-activity xml:lang="en" default-currency="USD" last-updated-datetime="2026-01-01T00:00:00">
<iati-identifier>XI-IATI-EC_TEST-A</iati-identifier><reporting-org ref="XI-IATI-EC_TEST" type="40"><narrative>F</narrative></reporting-org>
<title><narrative>T</narrative></title><description type="1"><narrative>D</narrative></description>
<participating-org role="1" type="10"><narrative>P</narrative></participating-org><activity-status code="2"/>
<activity-date type="1" iso-date="2024-01-01"/><activity-date type="3" iso-date="2026-12-31"/>
<recipient-country code="KE" percentage="40"/><recipient-region code="289" vocabulary="1" percentage="60"/>
<sector code="22040" vocabulary="1" percentage="33.3333"/><sector code="22020" vocabulary="1" percentage="66.6667"/>
<policy-marker vocabulary="1" code="1" significance="0"/>
<budget type="1" status="1"><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/><value value-date="2024-01-01">1</value></budget>
<transaction><transaction-type code="2"/><transaction-date iso-date="2024-02-01"/><value value-date="2024-02-01">1</value><provider-org ref="GB-COH-1"/></transaction>
<result type="1"><title><narrative>R</narrative></title><indicator measure="1"><title><narrative>I</narrative></title><baseline year="2024" value="3"/>
<period><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/><target value="4"/><actual value="5.5"/></period></indicator></result>
</iati-activity></iati-activities>`

func TestEachRuleFiresAndNoOther(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"", "", ""},
		{"XI-IATI-EC_TEST-A<", "XI-IATI-EC_TEST<", "1.1.21 1.1.3"},
		{"XI-IATI-EC_TEST-A", "GB-COH-9-A", "1.1.21"},
		{`XI-IATI-EC_TEST-A</iati-identifier>`, `GB-COH-9-A</iati-identifier><other-identifier type="B1" ref="GB-COH-9"/>`, ""},
		{`XI-IATI-EC_TEST-A`, ` XI-IATI-EC_TEST-A`, "1.1.21 1.3.1"},
		{`XI-IATI-EC_TEST-A`, `XI-IATI-EC_TEST-A/B`, "1.3.13"},
		{`ref="GB-COH-1"`, `ref=" GB-COH-1"`, "1.10.1"},
		{`ref="GB-COH-1"`, ``, "6.9.1"},
		{`xml:lang="en" `, ``, "4.1.1"},
		{`default-currency="USD" `, ``, "7.8.1"},
		{`2026-01-01T00:00:00`, `2026-02-02T00:00:00`, "11.1.1"},
		{`<narrative>T</narrative>`, `<narrative/>`, "4.3.1"},
		{`<narrative>P</narrative>`, ``, "6.10.1"},
		{`type="1" iso-date="2024-01-01"`, `type="4" iso-date="2024-01-01"`, "6.11.1"},
		{`type="1" iso-date="2024-01-01"`, `type="1" iso-date="2027-01-01"`, "11.1.2"},
		{`type="1" iso-date="2024-01-01"`, `type="2" iso-date="2026-02-02"`, "11.1.4"},
		{`percentage="40"`, `percentage="41"`, "3.4.2"},
		{`percentage="60"`, `percentage="160"`, "12.1.1 3.4.2"},
		{`percentage="33.3333"`, `percentage="33.3332"`, "2.1.2"},
		{`percentage="33.3333"`, `percentage="33.33329"`, ""},
		{` percentage="33.3333"`, ``, "2.1.1"},
		{` significance="0"`, ``, "6.14.1"},
		{`<sector code="22040" vocabulary="1" percentage="33.3333"/><sector code="22020" vocabulary="1" percentage="66.6667"/>`, ``, "6.2.2 6.7.2"},
		{`<provider-org `, `<sector code="22040"/><provider-org `, "6.6.2"},
		{`period-end iso-date="2024-12-31"/><value`, `period-end iso-date="2025-01-01"/><value`, "7.5.3"},
		{`period-end iso-date="2024-12-31"/><value`, `period-end iso-date="2023-01-01"/><value`, "8.6.3"},
		{`<transaction-date iso-date="2024-02-01"/>`, `<transaction-date iso-date="2026-02-02"/>`, "11.2.1"},
		{`<value value-date="2024-02-01">`, `<value value-date="2026-02-02">`, "11.2.2"},
		{`<baseline year="2024" value="3"/>`, `<baseline year="2024"/>`, "8.8.1"},
		{`value="4"`, `value="4 %"`, "8.9.2"},
		{`measure="1"`, `measure="5"`, "8.10.3 8.8.3 8.9.3"},
	} {
		document := strings.Replace(clean, c.old, c.new, 1)
		if c.old != "" && document == clean {
			t.Fatalf("%q is not in the document", c.old)
		}
		seen := map[string]bool{}
		for _, b := range Judge(treeOf(t, document), today) {
			seen[b.Rule.ID] = true
			if b.Path == "" || b.Rule.Message == "" {
				t.Errorf("%+v", b)
			}
		}
		if got := keys(seen); got != c.want {
			t.Errorf("%s -> %s: %q, want %q", c.old, c.new, got, c.want)
		}
	}
}

func TestCodesAreLookedUpWhereTheirListHolds(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"", "", ""},
		{`code="KE"`, `code="XX"`, "Country"},
		{`code="22040"`, `code="22099"`, "Sector"},
		{`code="22040" vocabulary="1"`, `code="22099" vocabulary="99"`, ""},
		{`xml:lang="en"`, `xml:lang="qq"`, "Language"},
		{`measure="1"`, `measure="9"`, "IndicatorMeasure"},
		{`default-currency="USD"`, `default-currency="US$"`, "Currency"},
		{`role="1"`, `role=" 1 "`, ""},
	} {
		seen := map[string]bool{}
		for _, u := range Codes(treeOf(t, strings.Replace(clean, c.old, c.new, 1))) {
			seen[u.List.Name] = true
		}
		if got := keys(seen); got != c.want {
			t.Errorf("%s: %q, want %q", c.new, got, c.want)
		}
	}
}

func TestACodeThatIsWithdrawnSaysSinceWhen(t *testing.T) {
	document := strings.Replace(clean, "<policy-marker ", `<country-budget-items vocabulary="1"/><policy-marker `, 1)
	got := Codes(treeOf(t, document))
	if len(got) != 1 || got[0].List.Name != "BudgetIdentifierVocabulary" || got[0].Withdrawn == "" || got[0].Path != "iati-activities/iati-activity/country-budget-items" {
		t.Errorf("%+v", got)
	}
}

// A rule that is asked for each vocabulary is asked once for each, however often it stands.
func TestALoopAsksOnceForEachValue(t *testing.T) {
	document := strings.Replace(clean, "<policy-marker ", `<sector code="a" vocabulary="2" percentage="50"/><sector code="b" vocabulary="2" percentage="60"/><policy-marker `, 1)
	sums := 0
	for _, b := range Judge(treeOf(t, document), today) {
		if b.Rule.ID == "2.1.2" {
			sums++
		}
	}
	if sums != 1 {
		t.Errorf("told %d times, want once", sums)
	}
}

func keys(set map[string]bool) string {
	var list []string
	for k := range set {
		list = append(list, k)
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// The suite that the makers of the rules test their testers with: each kind of rule, a document that
// follows it and one that does not.
func TestKindsOfRuleAsTheirMakersTestThem(t *testing.T) {
	folder := filepath.Join(samples, "suites/ruleset-meta")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the sample files are not there: ", err)
	}
	for _, c := range []struct {
		ruleset, document string
		good              bool
	}{
		{"at_least_one", "at_least_one_bad", false}, {"at_least_one", "at_least_one_ref", true}, {"at_least_one", "at_least_one_narrative", true},
		{"date_now", "date_now_bad", false}, {"date_now", "date_now_good", true},
		{"date_order", "date_bad", false},
		{"forloop", "forloop_bad", false}, {"forloop", "forloop_good", true},
		{"if_then", "if_then_good", true},
		{"one_or_all", "one_or_all_currency_all_bad", false}, {"one_or_all", "one_or_all_currency_bad", false},
		{"one_or_all", "one_or_all_sector_bad", false}, {"one_or_all", "one_or_all_sector_all_bad", false}, {"one_or_all", "one_or_all_sector_all_good", true},
		{"one_or_all", "one_or_all_lang_good", true}, {"one_or_all", "one_or_all_currency_good", true},
		{"period_time", "period_time_bad", false}, {"time_limit", "time_limit_bad", false}, {"total_expenditure", "total_expenditure_bad", false},
		{"recipient_country", "recipient_country_good", true},
		{"regex_matches", "regex_good", true}, {"regex_matches", "regex_bad", false},
		{"result_indicator_baseline_selector_with_conditions", "results_indicator_baseline_value_good", true},
		{"result_indicator_period_actual_selector_with_conditions", "results_indicator_period_actual_value_good", true},
		{"result_indicator_period_target_selector_with_conditions", "results_indicator_period_target_value_bad", false},
		{"sector_percentage_sum", "sector_percentage_sum_bad", false}, {"sector_percentage_sum", "sector_percentage_sum_good", true},
		{"unique", "unique_good", true}, {"title_exists", "description", false}, {"title_text_exists", "description", false},
	} {
		data, err := os.ReadFile(filepath.Join(folder, c.ruleset+".json"))
		if err != nil {
			t.Fatal(err)
		}
		document, err := os.ReadFile(filepath.Join(folder, c.document+".xml"))
		if err != nil {
			t.Fatal(err)
		}
		root := treeOf(t, string(document))
		broken := 0
		list, err := parseRules("\n"+strings.Join(rowsOf(t, data), "\n"), "\n-\ta rule")
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range list {
			for _, it := range r.context.from(scope{node: root}) {
				broken += len(judge{now: today}.ask(r, it.node))
			}
		}
		if (broken == 0) != c.good {
			t.Errorf("%s by %s: broken %d times, good is %v", c.document, c.ruleset, broken, c.good)
		}
	}
}
