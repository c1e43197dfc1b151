package coverage_test

import (
	"context"
	"fmt"
	"maps"
	"testing"

	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
)

// Each case is what an activity that spent 1,000.00 states of its places, or its one transaction does.
func TestRegionsOfSeveralVocabulariesTellOneWhole(t *testing.T) {
	const (
		kenya = `<recipient-country code="KE" percentage="50"/>`
		south = `<recipient-region code="289" vocabulary="1" percentage="50"/>`
		afr   = `<recipient-region code="AFR" vocabulary="99" percentage="50"><narrative>Africa</narrative></recipient-region>`
	)
	for name, x := range map[string]struct{ places, kenya, regions, unlinked string }{
		"one vocabulary":                     {kenya + south, "500.00", "500.00", "0.00"},
		"the same again in another":          {kenya + south + afr, "500.00", "500.00", "0.00"},
		"the order says nothing":             {kenya + afr + south, "500.00", "500.00", "0.00"},
		"no vocabulary is the standard's":    {kenya + `<recipient-region code="289" percentage="50"/><recipient-region code="498" percentage="0"/>` + afr, "500.00", "500.00", "0.00"},
		"regions only, each vocabulary all":  {`<recipient-region code="289" percentage="100"/><recipient-region code="AFR" vocabulary="99" percentage="100"/>`, "0.00", "1000.00", "0.00"},
		"that which makes a whole":           {kenya + `<recipient-region code="289" percentage="30"/>` + afr, "500.00", "500.00", "0.00"},
		"none makes a whole":                 {kenya + `<recipient-region code="289" percentage="30"/><recipient-region code="AFR" vocabulary="99" percentage="40"/>`, "500.00", "300.00", "200.00"},
		"what is left is a whole":            {kenya + `<recipient-region code="289"/>` + afr, "500.00", "500.00", "0.00"},
		"without percentages, equal parts":   {`<recipient-country code="KE"/><recipient-region code="289"/><recipient-region code="AFR" vocabulary="99"/>`, "500.00", "500.00", "0.00"},
		"countries make the whole":           {`<recipient-country code="KE" percentage="100"/><recipient-region code="289" percentage="100"/><recipient-region code="AFR" vocabulary="99" percentage="0"/>`, "1000.00", "0.00", "0.00"},
		"two of one vocabulary are added":    {kenya + `<recipient-region code="289" percentage="20"/><recipient-region code="498" percentage="30"/>` + afr, "500.00", "500.00", "0.00"},
		"neither of two others is the first": {kenya + `<recipient-region code="B" vocabulary="99" percentage="30"/><recipient-region code="A" vocabulary="2" percentage="20"/>`, "500.00", "200.00", "300.00"},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				importText(t, d, "places.xml", fmt.Sprintf(`<iati-activities version="2.03"><iati-activity default-currency="USD"><iati-identifier>ZZ-P-1</iati-identifier><reporting-org ref="ZZ-P" type="40"><narrative>F</narrative></reporting-org>`+
					`<activity-status code="2"/><activity-date type="2" iso-date="2022-01-01"/>%s%s</iati-activity></iati-activities>`, x.places, paid("3", "2022-06-30", "1000", "")))
				table, err := newCoverage(d).Table(context.Background(), coverage.Query{By: coverage.ByCountry})
				if err != nil {
					t.Fatal(err)
				}
				spent := map[string]string{}
				for _, r := range table.Rows {
					spent[r.ID] = r.Spent["USD"].String()
				}
				if spent["KE"] != x.kenya || spent[coverage.RegionRow] != x.regions || table.Unlinked.Spent["USD"].String() != x.unlinked {
					t.Errorf("Kenya %s, regions %s, unlinked %s; want %s, %s, %s", spent["KE"], spent[coverage.RegionRow], table.Unlinked.Spent["USD"], x.kenya, x.regions, x.unlinked)
				}
			})
		})
	}
}

// The vocabulary is chosen for each activity and for each transaction by itself.
func TestEachLevelHasItsOwnVocabularyOfRegions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		own := `<recipient-country code="TZ"/><recipient-region code="AFR" vocabulary="99"/>`
		activity := `<iati-activity default-currency="USD"><iati-identifier>ZZ-P-%d</iati-identifier><reporting-org ref="ZZ-P" type="40"><narrative>F</narrative></reporting-org>` +
			`<activity-status code="2"/><activity-date type="2" iso-date="2022-01-01"/><recipient-country code="KE"/><recipient-region code="289"/>%s</iati-activity>`
		text := `<iati-activities version="2.03">`
		for i, money := range []string{paid("3", "2022-06-30", "1000", own) + paid("3", "2022-07-30", "1000", ""), paid("3", "2022-08-30", "1000", "")} {
			text += fmt.Sprintf(activity, i, money)
		}
		importText(t, d, "places.xml", text+`</iati-activities>`)
		table, err := newCoverage(d).Table(context.Background(), coverage.Query{By: coverage.ByCountry})
		if err != nil {
			t.Fatal(err)
		}
		spent := map[string]string{}
		for _, r := range table.Rows {
			if r.Activities > 0 {
				spent[r.ID] = r.Spent["USD"].String()
			}
		}
		if want := map[string]string{"KE": "1000.00", "TZ": "500.00", coverage.RegionRow: "1500.00"}; !maps.Equal(spent, want) {
			t.Errorf("spent %v, want %v", spent, want)
		}
	})
}
