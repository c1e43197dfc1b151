package dportal_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/register"
	"resolute/internal/register/dportal"
)

// fictional activities: one with two countries and two sectors, one without shares, one that repeats.
const fictional = `<iati-activities version="2.03">
<iati-activity default-currency="USD"><iati-identifier>ZZ-1-A</iati-identifier><reporting-org ref="ZZ-1" type="40"><narrative>Fictional Agency</narrative></reporting-org><title><narrative>Water 50% for all</narrative></title>
<participating-org ref="ZZ-9" role="1"><narrative>Fund</narrative></participating-org><activity-status code="2"/><activity-date type="1" iso-date="2020-01-01"/><activity-date type="2" iso-date="2020-02-01"/>
<recipient-country code="KE" percentage="75"/><recipient-country code="UG" percentage="25"/><sector code="22040" percentage="60"/><sector code="22020" percentage="40"/>
<budget><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/><value value-date="2020-01-01">500.50</value></budget>
<transaction><transaction-type code="2"/><transaction-date iso-date="2020-03-01"/><value value-date="2020-03-01">1000</value></transaction>
<transaction><transaction-type code="3"/><transaction-date iso-date="2021-03-01"/><value value-date="2021-03-01">400.25</value></transaction>
<transaction><transaction-type code="11"/><transaction-date iso-date="2021-04-01"/><value currency="EUR" value-date="2021-04-01">7</value></transaction></iati-activity>
<iati-activity default-currency="EUR"><iati-identifier>ZZ-1-B</iati-identifier><reporting-org ref="ZZ-1" type="40" secondary-reporter="1"><narrative>Fictional Agency</narrative></reporting-org><title><narrative>Réseaux Networks</narrative></title>
<activity-status code="3"/><recipient-country code="KE"/><recipient-country code="TZ"/>
<location><location-id vocabulary="G1" code="184745"/><name><narrative>Fictional Bay</narrative></name><point><pos>-1.25 36.5</pos></point><exactness code="2"/><feature-designation code="PPL"/></location><location/>
<transaction><transaction-type code="3"/><transaction-date iso-date="2022-03-01"/><value value-date="2022-03-01">10</value></transaction></iati-activity>
</iati-activities>`

// ask gives the rows of an answer as text.
func ask(t *testing.T, d *db.DB, query string) string {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	q, err := dportal.Parse(values)
	if err != nil {
		return "error " + string(resolute.CodeOf(err))
	}
	var rows []string
	err = dportal.Run(context.Background(), d, q, func(values []any) error {
		cells := make([]string, len(values))
		for i, v := range values {
			cells[i] = fmt.Sprint(v)
		}
		rows = append(rows, strings.Join(cells, " "))
		return nil
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return strings.Join(rows, "; ")
}

func TestQuestions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := &register.Register{DB: d, Now: func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }}
		if _, err := r.ImportIATI(context.Background(), resolute.Operator(), register.Source{File: "f.xml"}, strings.NewReader(fictional), register.ImportOptions{}); err != nil {
			t.Fatal(err)
		}
		for query, want := range map[string]string{
			"select=aid,status_code,day_start,flags":           "ZZ-1-A 2 18293 0; ZZ-1-B 3 <nil> 1",
			"select=aid,commitment,spend,spend_eur,funder_ref": "ZZ-1-A 1000 400.25 <nil> ZZ-9; ZZ-1-B <nil> <nil> 10 <nil>",
			"select=count":                                         "2",
			"select=aid&limit=1":                                   "ZZ-1-A",
			"select=aid&limit=1&page=2":                            "ZZ-1-B",
			"select=aid&limit=-1":                                  "ZZ-1-A; ZZ-1-B",
			"select=aid&limit=1&skip=1":                            "ZZ-1-B",
			"select=aid&orderby=aid-":                              "ZZ-1-B; ZZ-1-A",
			"select=aid&reporting_ref=ZZ-1&status_code=2|4":        "ZZ-1-A",
			"select=aid&status_code_gt=2":                          "ZZ-1-B",
			"select=aid&status_code_nteq=2":                        "ZZ-1-B",
			"select=aid&day_start_lteq=2020-02-01":                 "ZZ-1-A",
			"select=aid&day_start_lt=2020-02-01|null":              "ZZ-1-B",
			"select=aid&day_start_null=1":                          "ZZ-1-B",
			"select=aid&day_start_not_null=1":                      "ZZ-1-A",
			"select=aid&title_like=%2550%25":                       "ZZ-1-A",
			"select=aid&text_search=WATER":                         "ZZ-1-A",
			"select=aid&text_search=wat":                           "",
			"select=aid&aid=ZZ-1-B":                                "ZZ-1-B",
			"from=country&select=aid,country_code,country_percent": "ZZ-1-A KE 75; ZZ-1-A UG 25; ZZ-1-B KE 50; ZZ-1-B TZ 50",
			"select=country_code,count&groupby=country_code&orderby=count-&country_code=ke|UG":                                                                                        "KE 2; UG 1",
			"from=trans&select=aid,trans_code,trans_day,trans_value,trans_usd&trans_currency=USD":                                                                                     "ZZ-1-A C 18322 1000 1000; ZZ-1-A D 18687 400.25 400.25",
			"select=sum_trans_value&trans_code=D|3&trans_currency=USD":                                                                                                                "400.25",
			"from=trans&select=trans_code,any_aid,max_trans_day&groupby=trans_code&orderby=1":                                                                                         "11 ZZ-1-A 18718; C ZZ-1-A 18322; D ZZ-1-B 19052",
			"from=trans,country&select=country_code,sum_of_percent_of_trans_usd&groupby=country_code&orderby=1&trans_code=C":                                                          "KE 750; UG 250",
			"from=budget&select=budget_value,budget_day_start,budget_type":                                                                                                            "500.5 18262 1",
			"from=act,sector&select=sector_group,sector_code,sector_percent&orderby=3-":                                                                                               "220 22040 60; 220 22020 40",
			"select=round1_spend,round0_spend&aid=ZZ-1-A":                                                                                                                             "400.3 400",
			"from=location&select=aid,location_code,location_gazetteer_ref,location_gazetteer,location_name,location_longitude,location_latitude,location_precision,location_percent": "ZZ-1-B PPL G1 184745 Fictional Bay 36.5 -1.25 2 <nil>; ZZ-1-B <nil> <nil> <nil> <nil> <nil> <nil> <nil> <nil>",
			"from=location&select=location_name,location_latitude&location_latitude_lt=-1&location_longitude_gteq=36.5":                                                               "Fictional Bay -1.25",
			"from=location,country&select=country_code,count&groupby=country_code&orderby=1&location_precision=2":                                                                     "KE 1; TZ 1",
			"select=aid,location_code&location_code_not_null=1&reporting_ref=ZZ-1":                                                                                                    "ZZ-1-B PPL",
			"from=location&select=location_percent,count&groupby=location_percent":                                                                                                    "<nil> 2",
			"from=trans&select=trans_flags,count&groupby=trans_flags":                                                                                                                 "0 4",
			"from=budget&select=budget,count&groupby=budget":                                                                                                                          "budget 1",
			"from=location&select=aid&location_latitude_gt=north":                                                                                                                     "error usage",
			"select=aid&limit=-1&skip=1":                "ZZ-1-B",
			"select=aid&title_like=%25WATER%25":         "ZZ-1-A",
			"select=aid&title_like=R%C3%89SEAUX%25":     "ZZ-1-B",
			`select=aid&title_like=%25\`:                "",
			"select=aid&status_code_like=2":             "error usage",
			"select=aid&day_start_like=2020":            "error usage",
			"select=aid,funder_ref&orderby=funder_ref":  "ZZ-1-A ZZ-9; ZZ-1-B <nil>",
			"select=aid,funder_ref&orderby=funder_ref-": "ZZ-1-A ZZ-9; ZZ-1-B <nil>",
			"select=aid&funder_ref_nteq=ZZ-8|null":      "ZZ-1-A",
			"select=aid&day_start_nteq=2021-01-01|null": "ZZ-1-A",
			"select=aid&day_start_nteq=2021-01-01":      "ZZ-1-A",
			"nonsense=1":                                "error usage",
			"select=aid,count":                          "error usage",
			"select=drop":                               "error usage",
			"select=aid&orderby=title":                  "error usage",
			"select=aid&groupby=nothing":                "error usage",
			"select=aid&limit=-7":                       "error usage",
			"select=aid&limit=many":                     "error usage",
			"select=aid&page=0":                         "error usage",
			"select=aid&day_start_gt=tomorrow":          "error usage",
			"select=aid&status_code=two":                "error usage",
			"select=sum_title":                          "error usage",
		} {
			if got := ask(t, d, query); got != want {
				t.Errorf("%s:\n got %s\nwant %s", query, got, want)
			}
		}
		if got := ask(t, d, "select=stats&from=act,trans,budget,country,sector"); !strings.HasPrefix(got, "12 ") {
			t.Errorf("stats: %s", got)
		}
		var keys []string
		q, err := dportal.Parse(url.Values{"country_code": {"KE"}})
		if err == nil {
			err = dportal.EachKey(context.Background(), d, q, func(key string) error { keys = append(keys, key); return nil })
		}
		if err != nil || len(keys) != 2 || keys[0] == keys[1] {
			t.Errorf("keys: %v, %v", keys, err)
		}
	})
}

// Sectors in three digits beside those in five are the same work once more.
func TestSectorsAreTakenFromOneList(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := &register.Register{DB: d, Now: func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }}
		file := strings.Replace(fictional, `<sector code="22040" percentage="60"/>`, `<sector vocabulary="2" code="220" percentage="100"/><sector code="22040" percentage="60"/>`, 1)
		file = strings.Replace(file, `<recipient-country code="TZ"/>`, `<recipient-country code="TZ"/><sector vocabulary="2" code="111"/>`, 1)
		if _, err := r.ImportIATI(context.Background(), resolute.Operator(), register.Source{File: "f.xml"}, strings.NewReader(file), register.ImportOptions{}); err != nil {
			t.Fatal(err)
		}
		if got, want := ask(t, d, "from=sector&select=aid,sector_code,sector_percent&orderby=2"), "ZZ-1-B 111 100; ZZ-1-A 22020 40; ZZ-1-A 22040 60"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

// What some countries state leaves the others the rest, as figures have it.
func TestSharesAddUpToTheWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := &register.Register{DB: d, Now: func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }}
		for share, want := range map[string]string{"60": "KE 60; TZ 20; UG 20", "100": "KE 100; TZ 0; UG 0"} {
			file := strings.Replace(strings.Replace(fictional, `<recipient-country code="KE"/>`, `<recipient-country code="KE" percentage="`+share+`"/>`, 1), `<recipient-country code="TZ"/>`, `<recipient-country code="TZ"/><recipient-country code="UG"/>`, 1)
			if _, err := r.ImportIATI(context.Background(), resolute.Operator(), register.Source{File: "f.xml"}, strings.NewReader(file), register.ImportOptions{}); err != nil {
				t.Fatal(err)
			}
			if got := ask(t, d, "from=country&select=country_code,country_percent&aid=ZZ-1-B&orderby=1"); got != want {
				t.Errorf("with %s stated: got %s, want %s", share, got, want)
			}
		}
	})
}

// Nothing is converted, so no function of rows sets amounts of several currencies against one another.
func TestAmountsOfSeveralCurrencies(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := &register.Register{DB: d, Now: func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }}
		if _, err := r.ImportIATI(context.Background(), resolute.Operator(), register.Source{File: "f.xml"}, strings.NewReader(fictional), register.ImportOptions{}); err != nil {
			t.Fatal(err)
		}
		for query, want := range map[string]string{
			"from=trans&select=sum_trans_value,avg_trans_value,min_trans_value,max_trans_value,count":       "<nil> <nil> <nil> <nil> 4",
			"from=trans&select=sum_trans_usd,avg_trans_usd,min_trans_usd,max_trans_usd,sum_trans_eur":       "<nil> <nil> <nil> <nil> <nil>",
			"select=sum_trans_usd,avg_trans_value&trans_currency=USD":                                       "1400.25 700.125",
			"select=sum_trans_value,sum_trans_usd,sum_trans_eur&trans_code=C":                               "1000 1000 <nil>",
			"select=trans_currency,sum_trans_value,sum_trans_usd&groupby=trans_currency&orderby=1":          "EUR 17 <nil>; USD 1400.25 1400.25",
			"select=trans_code,sum_trans_value,sum_trans_usd&groupby=trans_code&orderby=1":                  "11 7 <nil>; C 1000 1000; D <nil> <nil>",
			"select=country_code,sum_of_percent_of_trans_usd&groupby=country_code&orderby=1&trans_code=D":   "KE <nil>; TZ <nil>; UG 100.0625",
			"select=country_code,sum_of_percent_of_trans_value&groupby=country_code&orderby=1&trans_code=D": "KE <nil>; TZ 5; UG 100.0625",
			"select=sum_commitment,sum_spend,max_spend_eur,sum_commitment_eur":                              "1000 <nil> <nil> <nil>",
			"select=aid,sum_spend,sum_spend_eur&groupby=aid":                                                "ZZ-1-A 400.25 <nil>; ZZ-1-B <nil> 10",
			"select=sum_budget_value,sum_budget_usd,sum_budget_eur":                                         "500.5 500.5 <nil>",
			"select=any_trans_value,count_trans_value&trans_code=D":                                         "400.25 2",
		} {
			if got := ask(t, d, query); got != want {
				t.Errorf("%s:\n got %s\nwant %s", query, got, want)
			}
		}
	})
}

func TestTablesAreAddedForWhatIsSelected(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for query, want := range map[string]string{
			"select=sum_trans_usd":                           "<nil>",
			"select=country_code,count&groupby=country_code": "",
			"select=count&groupby=sector_code":               "",
			"select=aid,any_location_name&groupby=1":         "",
			"select=count":                                   "0",
			"select=sum_country_code":                        "error usage",
		} {
			if got := ask(t, d, query); got != want {
				t.Errorf("%s:\n got %s\nwant %s", query, got, want)
			}
		}
		if _, err := dportal.Parse(url.Values{"select": {"nothing"}}); err == nil || !strings.Contains(err.Error(), "act, trans, budget, country, sector, location") {
			t.Errorf("select=nothing: %v", err)
		}
	})
}

// Spellings that each database reads in its own way are refused, not handed on.
func TestNumbersOfAQuestion(t *testing.T) {
	for value, sound := range map[string]bool{"10": true, "-1.5": true, "1e3": true, "NaN": false, "Inf": false, "0x10": false, "1e999": false, "ten": false} {
		_, err := dportal.Parse(url.Values{"from": {"act,trans"}, "trans_usd_gt": {value}})
		if sound != (err == nil) || err != nil && resolute.CodeOf(err) != resolute.Usage {
			t.Errorf("%s: %v", value, err)
		}
	}
}

// No question may reach the database as anything but values.
func FuzzParse(f *testing.F) {
	for _, query := range []string{"select=aid", "from=act,trans&trans_usd_gt=1|null&groupby=1&orderby=1-", "title_like=%25'%3B--&limit=-1", "select=stats&from=budget"} {
		f.Add(query)
	}
	d := dbtest.SQLite(f)
	f.Fuzz(func(t *testing.T, query string) {
		values, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		q, err := dportal.Parse(values)
		if err != nil {
			if resolute.CodeOf(err) != resolute.Usage {
				t.Fatal(err)
			}
			return
		}
		if err := dportal.Run(context.Background(), d, q, func([]any) error { return nil }); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	})
}

// SQLite ends a sum of whole numbers beyond 64 bits with an error, which would be that of all activities.
func TestASumBeyond64BitsIsAnswered(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const paid = `<transaction><transaction-type code="3"/><transaction-date iso-date="2021-03-01"/><value value-date="2021-03-01">80000000000000</value></transaction>`
		text := `<iati-activities version="2.03"><iati-activity default-currency="USD"><iati-identifier>ZZ-1-C</iati-identifier><reporting-org ref="ZZ-1" type="40"/>` + strings.Repeat(paid, 1200) + `</iati-activity></iati-activities>`
		r := &register.Register{DB: d, Now: func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }}
		if _, err := r.ImportIATI(context.Background(), resolute.Operator(), register.Source{File: "f.xml"}, strings.NewReader(text), register.ImportOptions{}); err != nil {
			t.Fatal(err)
		}
		if got := ask(t, d, "select=aid,spend"); got != "ZZ-1-C 9.6e+16" {
			t.Errorf("got %s, want 9.6e+16", got)
		}
	})
}
