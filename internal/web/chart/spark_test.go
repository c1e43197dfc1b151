package chart_test

import (
	"strings"
	"testing"

	"resolute/internal/web/chart"
)

func TestSparkBreaksAtGapsAndHollowsEstimates(t *testing.T) {
	spark := chart.Spark{Share: true, Points: []chart.Point{{Year: 2010, Value: 0}, {Year: 2011, Value: 50, Open: true}, {Year: 2014, Value: 60}, {Year: 2018, Value: 90}, {Year: 2020, Value: 100}}}
	got := string(spark.SVG())
	want := `<svg class="spark" viewBox="0 0 112 28" aria-hidden="true" focusable="false"><polyline points="4,24 14.4,14"/><circle class="open" cx="14.4" cy="14" r="2"/>` +
		`<circle cx="45.6" cy="12" r="2.5"/><circle cx="87.2" cy="6" r="2.5"/><circle cx="108" cy="4" r="2.5"/></svg>`
	if got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestSparkOfFewValues(t *testing.T) {
	if got := (chart.Spark{}).SVG(); got != "" {
		t.Errorf("without values: got %s", got)
	}
	for name, points := range map[string][]chart.Point{"one": {{Year: 2020, Value: 7}}, "the same twice": {{Year: 2019, Value: 7}, {Year: 2020, Value: 7}}} {
		if got := string(chart.Spark{Points: points}.SVG()); strings.Contains(got, "NaN") || strings.Contains(got, "Inf") || !strings.Contains(got, `cy="14"`) {
			t.Errorf("%s: got %s", name, got)
		}
	}
	counts := chart.Spark{Points: []chart.Point{{Year: 2019, Value: 1000}, {Year: 2020, Value: 1010}}}
	if got := string(counts.SVG()); !strings.Contains(got, `points="4,24 108,4"`) {
		t.Errorf("what is no share fills the height: got %s", got)
	}
}
