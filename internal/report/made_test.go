package report_test

import (
	"context"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db/dbtest"
	"resolute/internal/framework"
	"resolute/internal/report"
	"resolute/internal/wording"
)

// TestFiguresAndTheirSentencesChangeTogether holds a summary by another rule and in one currency to the table of
// the same question: figures, sentences, addresses and commands.
func TestFiguresAndTheirSentencesChangeTogether(t *testing.T) {
	ctx, d := context.Background(), dbtest.SQLite(t)
	r := installed(t, d, 40)
	rates := "base,currency,day,rate,valid_days,source\n"
	for _, year := range []string{"2020", "2021", "2022", "2023"} {
		rates += "EUR,USD," + year + "-12-31,1.10,366,Fictional Bank\n"
	}
	f := &framework.Framework{DB: d, Now: clock}
	if _, err := f.ImportRates(ctx, resolute.Operator(), "rates.csv", strings.NewReader(rates)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Coverage.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []resolute.Lang{"en", "ar"} {
		before := written(t, r, report.Options{Period: period, Lang: lang})
		after := written(t, r, report.Options{Period: period, Lang: lang, Rule: "as-reported@1", Currency: "USD"})
		table, err := r.Coverage.Table(ctx, coverage.Query{By: coverage.ByLine, Period: period, Filter: coverage.Filter{Rule: "as-reported@1", Currency: "USD"}})
		if err != nil {
			t.Fatal(err)
		}
		if c := table.Conversion; len(c.Rates) == 0 || c.Without == 0 {
			t.Fatalf("%+v: want amounts with a rate and amounts without", c)
		}
		got, words := plain(t, after), wording.For(lang)
		for _, want := range append(report.ConversionWords(words, table.Conversion), words.T("coverage.rule_text.1"), words.T("report.annex_reported"),
			words.Money("USD", table.Total.Spent["USD"]), "--rule as-reported@1 --currency USD") {
			if !strings.Contains(got, want) {
				t.Errorf("%s: the summary does not say %q", lang, want)
			}
			if strings.Contains(plain(t, before), want) {
				t.Errorf("%s: the summary as reported says %q", lang, want)
			}
		}
		for _, other := range []string{words.T("coverage.rule_text.2"), words.T("report.money_text")} {
			if strings.Contains(got, other) {
				t.Errorf("%s: the summary in one currency says %q", lang, other)
			}
		}
		page := html(t, after)
		if links := strings.Count(page, "https://resolute.example/"); links != strings.Count(page, "currency=USD") || links != strings.Count(page, "rule=as-reported%401") {
			t.Errorf("%s: not each of %d addresses names rule and currency", lang, links)
		}
	}
}

func TestWhatIsNoRuleOrCurrencyIsRefused(t *testing.T) {
	r := installation(t, 5)
	for _, o := range []report.Options{{Lang: "en", Rule: "once@9"}, {Lang: "en", Currency: "XYZ"}} {
		if _, err := r.Summary(context.Background(), o); resolute.CodeOf(err) != resolute.Usage {
			t.Errorf("%+v: %v, want wrong usage", o, err)
		}
	}
}
