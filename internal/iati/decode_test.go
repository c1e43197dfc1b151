package iati_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/iati"
)

// decode decodes an activity with the given children, each on a line of its own from line 2 on,
// after an identifier and an actual start. Its default currency is CHF, its language English.
func decode(children ...string) (iati.Activity, []resolute.Finding) {
	raw := "<iati-activity xml:lang=\"en\" default-currency=\"CHF\"><iati-identifier>ZZ-FICT-1</iati-identifier>" +
		"<activity-date type=\"2\" iso-date=\"2022-01-01\"/>\n" + strings.Join(children, "\n") + "</iati-activity>"
	return iati.Decode(iati.Root{Kind: iati.Activities}, &iati.Element{Line: 1, Column: 1, Raw: []byte(raw)})
}

// transaction is a transaction around a value element.
func transaction(value string) string {
	return `<transaction><transaction-type code="3"/><transaction-date iso-date="2022-01-01"/>` + value + `</transaction>`
}

// brief writes findings as "rule severity line".
func brief(findings []resolute.Finding) (lines []string) {
	for _, f := range findings {
		lines = append(lines, fmt.Sprintf("%s %s %d", f.Rule, f.Severity, f.Line))
	}
	slices.Sort(lines)
	return lines
}

func TestWhatDecodeFinds(t *testing.T) {
	for _, c := range []struct {
		name     string
		children []string
		want     []string
	}{
		{"nothing in a sound activity", nil, nil},
		{"an unknown date type", []string{`<activity-date type="5" iso-date="2022-01-01"/>`}, []string{"unknown-code warning 2"}},
		{"a date without type", []string{``, `<activity-date iso-date="2022-01-01"/>`}, []string{"unknown-code warning 3"}},
		{"a day that does not exist", []string{`<activity-date type="1" iso-date="2022-02-30"/>`}, []string{"date-invalid warning 2"}},
		{"a date without day", []string{`<activity-date type="1"/>`}, []string{"date-invalid warning 2"}},
		{"an unknown status", []string{`<activity-status code="9"/>`}, []string{"unknown-code warning 2"}},
		{"a role in words", []string{`<participating-org role="FUNDING"/>`}, []string{"code-older note 2"}},
		{"a letter code of the first generation", []string{`<transaction><transaction-type code="D"/><transaction-date iso-date="2022-01-01"/><value>1</value></transaction>`},
			[]string{"code-older note 2"}},
		{"an empty transaction", []string{`<transaction/>`},
			[]string{"transaction-date-missing warning 2", "transaction-type-missing warning 2", "value-invalid warning 2"}},
		{"a transaction date that is none", []string{`<transaction><transaction-type code="3"/>`, `<transaction-date iso-date="0"/><value>1</value></transaction>`},
			[]string{"date-invalid warning 3"}},
		{"a value with a thousands separator", []string{transaction(`<value>1,000</value>`)}, []string{"value-invalid warning 2"}},
		{"values of 90 million million", []string{transaction(`<value>9e13</value>`), transaction(`<value>-90000000000000</value>`)}, []string{"value-invalid warning 2", "value-invalid warning 3"}},
		{"an empty value", []string{transaction(`<value/>`)}, []string{"value-invalid warning 2"}},
		{"a value with an exponent", []string{transaction(`<value>1e3</value>`)}, []string{"value-notation note 2"}},
		{"a tiny value with an exponent", []string{transaction(`<value>1e-10</value>`)}, []string{"value-notation note 2", "value-rounded note 2"}},
		{"exponents once for an activity", []string{transaction(`<value>1e3</value>`), transaction(`<value>1e3</value>`)}, []string{"value-notation note 2"}},
		{"lost digits of a budget", []string{`<budget><period-start iso-date="2022-01-01"/><period-end iso-date="2022-12-31"/>`, `<value>0.005</value></budget>`},
			[]string{"value-rounded note 3"}},
		{"an unknown currency", []string{transaction(`<value currency="ABC">1</value>`)}, []string{"unknown-code warning 2"}},
		{"a value date that is none", []string{transaction(`<value value-date="soon">1</value>`)}, []string{"date-invalid warning 2"}},
		{"a tag of an own vocabulary without address", []string{`<tag vocabulary="99" code="x"/>`}, []string{"vocabulary-uri-missing warning 2"}},
		{"two own vocabularies, each told once", []string{`<tag vocabulary="99" code="x"/><tag vocabulary="99" code="y"/>`, `<sector vocabulary="99" code="x"/>`},
			[]string{"vocabulary-uri-missing warning 2", "vocabulary-uri-missing warning 3"}},
		{"a tag with address", []string{`<tag vocabulary="99" code="x" vocabulary-uri="https://example.org/"/>`}, nil},
		{"a tag without vocabulary", []string{`<tag code="x"/>`}, []string{"unknown-code warning 2"}},
		{"a second own sector vocabulary without address", []string{`<sector vocabulary="98" code="x"/>`}, []string{"vocabulary-uri-missing warning 2"}},
		{"thirds that make 99.99", []string{`<sector code="1" percentage="33.33"/>`, `<sector code="2" percentage="33.33"/>`, `<sector code="3" percentage="33.33"/>`},
			[]string{"percentage-sum warning 2"}},
		{"thirds with many decimals", []string{`<sector code="1" percentage="33.333333"/>`, `<sector code="2" percentage="33.333333"/>`, `<sector code="3" percentage="33.333334"/>`}, nil},
		{"vocabularies apart", []string{`<sector code="1"/>`, `<sector vocabulary="7" code="9" percentage="100"/>`}, nil},
		{"own vocabularies of two addresses, each a whole", []string{`<sector vocabulary="99" vocabulary-uri="https://a.example/" code="1"/>`, `<sector vocabulary="99" vocabulary-uri="https://b.example/" code="x" percentage="100"/>`}, nil},
		{"an own vocabulary of one address that is not", []string{`<sector vocabulary="99" vocabulary-uri="https://a.example/" code="1"/><sector vocabulary="99" vocabulary-uri="https://b.example/" code="1"/>`, `<sector vocabulary="99" vocabulary-uri="https://b.example/" code="2"/>`},
			[]string{"percentage-sum warning 2"}},
		{"the address of a vocabulary of the standard tells nothing apart", []string{`<sector vocabulary="2" vocabulary-uri="https://a.example/" code="1"/>`, `<sector vocabulary="2" code="2"/>`}, []string{"percentage-sum warning 2"}},
		{"several sectors without percentage", []string{`<sector code="1"/>`, `<sector code="2"/>`}, []string{"percentage-sum warning 2"}},
		{"some sectors without percentage", []string{`<sector code="1" percentage="100"/>`, `<sector code="2"/>`}, []string{"percentage-sum warning 2"}},
		{"a single sector below 100", []string{``, `<sector code="1" percentage="60"/>`}, []string{"percentage-sum warning 3"}},
		{"country and region that make 100 together", []string{`<recipient-country code="KE" percentage="60"/>`, `<recipient-region code="298" percentage="40"/>`}, nil},
		{"countries that do not", []string{`<recipient-country code="KE" percentage="60"/>`, `<recipient-country code="UG" percentage="30"/>`}, []string{"percentage-sum warning 2"}},
		{"regions of two vocabularies, each a whole", []string{`<recipient-region code="298" percentage="100"/>`, `<recipient-region vocabulary="99" code="x" percentage="100"/>`}, nil},
		{"regions of two addresses, each a whole", []string{`<recipient-region vocabulary="99" vocabulary-uri="https://a.example/" code="x" percentage="100"/>`, `<recipient-region vocabulary="99" vocabulary-uri="https://b.example/" code="x" percentage="100"/>`}, nil},
		{"a negative percentage", []string{`<sector code="1" percentage="-5"/>`}, []string{"bad-value warning 2"}},
		{"a percentage beyond belief", []string{`<sector code="1" percentage="1000.1"/>`}, []string{"bad-value warning 2"}},
		{"a percentage with its sign", []string{`<sector code="1" percentage="100 %"/>`}, []string{"bad-value note 2"}},
		{"text without narrative", []string{`<title>plain</title>`, `<description>plain</description>`}, []string{"narrative-missing note 2"}},
		{"two narratives in one language", []string{`<title><narrative>a</narrative><narrative>b</narrative></title>`}, []string{"narrative-repeated note 2"}},
		{"the same narrative twice", []string{`<title><narrative>a</narrative><narrative>a</narrative></title>`}, nil},
		{"a language that is none", []string{`<title><narrative xml:lang="English">a</narrative></title>`}, []string{"narrative-language note 2"}},
		{"markup in a narrative", []string{`<title><narrative>a <b>c</b></narrative></title>`}, []string{"narrative-markup note 2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, findings := decode(c.children...)
			if got := brief(findings); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q\nin %+v", got, c.want, findings)
			}
			for _, f := range findings {
				if f.Record != "ZZ-FICT-1" || f.Message == "" || f.Column < 1 {
					t.Errorf("finding without record, message or column: %+v", f)
				}
			}
		})
	}
}

func TestFindingsAboutTheWholeActivity(t *testing.T) {
	for _, c := range []struct {
		name, raw string
		want      []string
	}{
		{"no identifier", `<iati-activity><activity-date type="1" iso-date="2022-01-01"/></iati-activity>`, []string{"identifier-missing error 7"}},
		{"an empty identifier, at its own line", "<iati-activity>\n<iati-identifier> </iati-identifier>\n<activity-date type=\"1\" iso-date=\"2022-01-01\"/></iati-activity>",
			[]string{"identifier-missing error 8"}},
		{"no date", "<iati-activity>\n<iati-identifier>x</iati-identifier></iati-activity>", []string{"activity-undated warning 7"}},
		{"no readable date", `<iati-activity><iati-identifier>x</iati-identifier><activity-date type="1" iso-date="2022"/></iati-activity>`,
			[]string{"activity-undated warning 7", "date-invalid warning 7"}},
		{"money without any currency", `<iati-activity><iati-identifier>x</iati-identifier><activity-date type="1" iso-date="2022-01-01"/>` + transaction("<value>1</value>") + `</iati-activity>`,
			[]string{"currency-missing warning 7"}},
		{"bytes that were never in a file", `<iati-activity><iati-identifier>x</iati-identifier><activity-date type="1" iso-date="2022-01-01"/><title>`,
			[]string{"not-well-formed error 7"}},
		{"a hierarchy in words", `<iati-activity hierarchy="top"><iati-identifier>x</iati-identifier><activity-date type="1" iso-date="2022-01-01"/></iati-activity>`,
			[]string{"bad-value warning 7"}},
		{"an update at no time", `<iati-activity last-updated-datetime="yesterday"><iati-identifier>x</iati-identifier><activity-date type="1" iso-date="2022-01-01"/></iati-activity>`,
			[]string{"date-invalid note 7"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, findings := iati.Decode(iati.Root{}, &iati.Element{Line: 7, Column: 3, Raw: []byte(c.raw)})
			if got := brief(findings); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestFindingsAboutOneActivityAreBounded(t *testing.T) {
	_, findings := decode(slices.Repeat([]string{`<transaction/>`}, 2000)...)
	if len(findings) != 1001 || findings[1000].Rule != "more-findings" {
		t.Errorf("%d findings, the last %+v", len(findings), findings[len(findings)-1])
	}
}

func TestAPercentageSumNamesItsGroup(t *testing.T) {
	for children, want := range map[string]string{
		`<sector vocabulary="7" code="1" percentage="60"/>`:                                                      "sector vocabulary 7: percentages add up to 60",
		`<recipient-country code="KE" percentage="60.5"/>`:                                                       "recipient-country: percentages add up to 60.5",
		`<recipient-region code="298" percentage="1e-4"/>`:                                                       "recipient-region vocabulary 1: percentages add up to 0.0001",
		`<recipient-country code="KE" percentage="100"/><recipient-region code="298" percentage="100"/>`:         "recipient-country and recipient-region vocabulary 1: percentages add up to 200",
		`<sector code="1" percentage="90"/><sector code="2"/><sector code="3"/>`:                                 "sector vocabulary 1: percentages add up to 90, and 2 of 3 entries have none",
		`<sector code="1"/><sector code="2"/>`:                                                                   "sector vocabulary 1: 2 entries and no percentages; equal shares are taken",
		strings.Repeat(`<sector code="1" percentage="1000"/>`, 429) + `<sector code="1" percentage="596.7296"/>`: "sector vocabulary 1: percentages add up to 429596.7296", // a whole more than 32 bits hold
	} {
		if _, findings := decode(children); len(findings) != 1 || findings[0].Message != want {
			t.Errorf("got %+v, want %q", findings, want)
		}
	}
}

func TestACodeInAHoleOfItsListIsNotAmongThoseExpected(t *testing.T) {
	_, told := decode(`<collaboration-type code="5"/>`)
	if len(told) != 1 || told[0].Found != "5" || told[0].Expected != "one of 1, 2, 3, 4, 6, 7, 8" {
		t.Errorf("findings %+v", told)
	}
}

func TestFindingsRepeatLittleOfTheFile(t *testing.T) {
	_, findings := decode(`<activity-status code="` + strings.Repeat("é", 1000) + `"/>`)
	f := findings[0]
	if len(f.Found) > 310 || len(f.Message) > 310 || !strings.HasSuffix(f.Found, "é…") {
		t.Errorf("a finding of %d and %d bytes: %q", len(f.Found), len(f.Message), f.Found)
	}
}

func TestDatesKeepTheirDay(t *testing.T) {
	for printed, want := range map[string]string{
		"2021-02-01":                        "2021-02-01",
		" 2021-02-01 ":                      "2021-02-01",
		"2021-02-01Z":                       "2021-02-01",
		"2021-02-01+02:00":                  "2021-02-01",
		"2021-02-01T23:30:00":               "2021-02-01",
		"2021-02-01T23:30:00.123-05:00":     "2021-02-01",
		"2021-02-01 or so":                  "",
		"2021-2-1":                          "",
		"01/02/2021":                        "",
		"2021":                              "",
		"2023-02-29":                        "",
		"2021-02-01T23:30:00 and then more": "",
	} {
		a, findings := decode(`<activity-date type="1" iso-date="` + printed + `"/>`)
		if got := a.Dates[1].Day; got != want || (want == "") != (len(findings) == 1) {
			t.Errorf("%q is read as %q with findings %v, want %q", printed, got, findings, want)
		}
	}
}

func TestLastUpdatedIsBroughtToUTC(t *testing.T) {
	for printed, want := range map[string]string{
		"2024-05-01T10:20:30Z":      "2024-05-01T10:20:30Z",
		"2024-05-01T10:20:30.5Z":    "2024-05-01T10:20:30Z",
		"2024-05-01T10:20:30+02:00": "2024-05-01T08:20:30Z",
		"2024-05-01T10:20:30":       "2024-05-01T10:20:30Z",
		"2024-05-01":                "2024-05-01T00:00:00Z",
		"2024-05-01Z":               "2024-05-01T00:00:00Z",
		"2024-05-01 10:20:30":       "2024-05-01T10:20:30Z",
		"2024-05-01 10:20":          "2024-05-01T10:20:00Z",
		"2024-05-01 10:20:30+02:00": "2024-05-01T08:20:30Z",
		"2024-05-01 late":           "2024-05-01 late",
		"May 2024":                  "May 2024",
		"":                          "",
	} {
		raw := `<iati-activity last-updated-datetime="` + printed + `"><iati-identifier>x</iati-identifier></iati-activity>`
		a, _ := iati.Decode(iati.Root{}, &iati.Element{Line: 1, Column: 1, Raw: []byte(raw)})
		if a.LastUpdated != want {
			t.Errorf("%q is read as %q, want %q", printed, a.LastUpdated, want)
		}
	}
}

func TestSharesAreExact(t *testing.T) {
	for printed, want := range map[string]iati.Share{
		"100": iati.Whole, "33.33": 333_300, " 50 ": 500_000, "50%": 500_000, "0": 0, "0.0001": 1, "12.34565": 123_457,
		"1e2": iati.Whole, "5E-1": 5_000, "+7": 70_000, ".5": 5_000, "1000": 10 * iati.Whole,
		"-1": iati.NotStated, "1000.5": iati.NotStated, "half": iati.NotStated, "": iati.NotStated, "1,5": iati.NotStated, "1e99": iati.NotStated, "0.01e4": iati.NotStated, "0.1e3": iati.Whole, "NaN": iati.NotStated,
	} {
		a, _ := decode(`<sector code="1" percentage="` + printed + `"/>`)
		if got := a.Sectors[0].Share; got != want {
			t.Errorf("%q is read as %d, want %d", printed, got, want)
		}
	}
	if a, _ := decode(`<sector code="1"/>`); a.Sectors[0].Share != iati.NotStated {
		t.Errorf("a sector without percentage has share %d", a.Sectors[0].Share)
	}
}

func TestNarrativesFindTheirLanguage(t *testing.T) {
	for _, c := range []struct {
		name, title string
		want        resolute.Text
	}{
		{"of the activity", `<title><narrative>a</narrative></title>`, resolute.Text{"en": "a"}},
		{"their own", `<title><narrative>a</narrative><narrative xml:lang="fr">b</narrative></title>`, resolute.Text{"en": "a", "fr": "b"}},
		{"of the element between", `<title xml:lang="es"><narrative>a</narrative></title>`, resolute.Text{"es": "a"}},
		{"without region and case", `<title><narrative xml:lang="pt-BR">a</narrative><narrative xml:lang="FR_fr">b</narrative></title>`, resolute.Text{"pt": "a", "fr": "b"}},
		{"empty ones are none", `<title><narrative> </narrative><narrative xml:lang="fr"/></title>`, nil},
		{"repeated ones are kept", `<title><narrative>a</narrative><narrative>b</narrative><narrative>c</narrative></title>`, resolute.Text{"en": "a\nb\nc"}},
		{"outer white space goes, inner stays", "<title><narrative>\n  a \n b\t</narrative></title>", resolute.Text{"en": "a \n b"}},
		{"references, CDATA and comments", `<title><narrative>&lt;a&#x62;<!-- no -->&amp;<![CDATA[&amp; <c>]]></narrative></title>`, resolute.Text{"en": "<ab&&amp; <c>"}},
		{"line ends become one", "<title><narrative>a\r\nb\rc<![CDATA[\r\nd]]></narrative></title>", resolute.Text{"en": "a\nb\nc\nd"}},
		{"a lonely direction control goes", "<title><narrative>a\u202eb</narrative></title>", resolute.Text{"en": "ab"}},
		{"a pair of them stays", "<title><narrative>a\u2067b\u2069</narrative></title>", resolute.Text{"en": "a\u2067b\u2069"}},
		{"an end closes nothing", "<title><narrative>a\u2069b\u202c</narrative></title>", resolute.Text{"en": "ab"}},
		{"an isolate ends what was opened in it", "<title><narrative>\u2066a\u202bb\u2069c\u202c</narrative></title>", resolute.Text{"en": "\u2066ab\u2069c"}},
		{"other characters of that block stay", "<title><narrative>“a” – b</narrative></title>", resolute.Text{"en": "“a” – b"}},
		{"elements of other namespaces are passed over", `<title><x:narrative>no</x:narrative><narrative>a</narrative></title>`, resolute.Text{"en": "a"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if a, _ := decode(c.title); !reflect.DeepEqual(a.Title, c.want) {
				t.Errorf("got %q, want %q", a.Title, c.want)
			}
		})
	}
	a, _ := iati.Decode(iati.Root{Lang: "ru"}, &iati.Element{Raw: []byte(`<iati-activity><title><narrative>a</narrative></title></iati-activity>`)})
	if a.Title["ru"] != "a" || a.Lang != "ru" {
		t.Errorf("the root's language is not inherited: %v", a.Title)
	}
}

func TestWhatTheStandardAssumes(t *testing.T) {
	a, _ := decode(`<sector code="22040"/>`, `<recipient-region code="298"/>`, `<policy-marker code="1" significance="0"/>`,
		`<budget><value>1</value></budget>`, `<result><indicator measure="1"/></result>`, transaction(`<value currency=" eur ">1</value>`), transaction(`<value>2</value>`))
	if a.Sectors[0].Vocabulary != "1" || a.Regions[0].Vocabulary != "1" || a.Markers[0].Vocabulary != "1" {
		t.Errorf("vocabularies: %+v %+v %+v", a.Sectors, a.Regions, a.Markers)
	}
	if b := a.Budgets[0]; b.Type != "1" || b.Status != "1" {
		t.Errorf("budget: %+v", b)
	}
	if !a.Results[0].Indicators[0].Ascending || a.Hierarchy != 1 || a.Humanitarian != nil {
		t.Errorf("ascending, hierarchy or humanitarian of %+v", a)
	}
	if one, two := a.Transactions[0].Value, a.Transactions[1].Value; one.Currency != "EUR" || two.Currency != "CHF" {
		t.Errorf("currencies: %+v %+v", one, two)
	}
}

func TestElementsInAnyOrderAndInTheWrongPlace(t *testing.T) {
	a, _ := decode(transaction(`<value>1</value>`), `<unknown><transaction/><title><narrative>no</narrative></title></unknown>`,
		`<title><narrative>late</narrative></title>`, `<title><narrative>later</narrative></title>`)
	if len(a.Transactions) != 1 || a.Title["en"] != "late" {
		t.Errorf("transactions %d, title %q", len(a.Transactions), a.Title)
	}
}

func TestTheLastUpdateIsTakenInUTC(t *testing.T) {
	for printed, want := range map[string]string{
		"2024-02-29T23:59:59Z":      "2024-02-29T23:59:59Z",
		"2023-02-29T23:59:59Z":      "",
		"2024-02-28T24:00:00Z":      "",
		"2024-02-28T23:60:00Z":      "",
		"2024-02-28T23:59:60Z":      "",
		"0000-02-28T23:59:59Z":      "",
		"2024-02-28T23:59:59+01:00": "2024-02-28T22:59:59Z",
		"2024-02-28T23:59":          "2024-02-28T23:59:00Z",
	} {
		a, told := iati.Decode(iati.Root{Version: "2.03"}, &iati.Element{Line: 1, Column: 1, Raw: []byte(`<iati-activity last-updated-datetime="` + printed + `"/>`)})
		refused := slices.ContainsFunc(told, func(f resolute.Finding) bool { return f.Rule == "date-invalid" })
		if want == "" && (!refused || a.LastUpdated != printed) || want != "" && (refused || a.LastUpdated != want) {
			t.Errorf("%s: %s, told %v", printed, a.LastUpdated, told)
		}
	}
}

// A million activities are read with a few hundred allocations each; one more for each token would
// make that thousands.
func TestDecodingMakesFewThings(t *testing.T) {
	eachElement(t, generatedFile(t, 1), func(root iati.Root, el *iati.Element) {
		if n := testing.AllocsPerRun(50, func() { iati.Decode(root, el) }); n > 800 {
			t.Errorf("%.0f allocations for an activity", n)
		}
	})
}
