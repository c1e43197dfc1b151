package coverage_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"resolute/internal/coverage"
	"resolute/internal/db/dbtest"
)

// TestAFacetOfManyEqualValuesListsThoseThereIsRoomFor holds the list of organisations to its length.
func TestAFacetOfManyEqualValuesListsThoseThereIsRoomFor(t *testing.T) {
	d := dbtest.SQLite(t)
	var partners strings.Builder
	const organisations = 1100
	for i := range organisations {
		fmt.Fprintf(&partners, `<participating-org ref="ZZ-P-%d" role="4" type="40"><narrative>Fictional partner %d</narrative></participating-org>`, i, i)
	}
	importText(t, d, "many.xml", `<iati-activities version="2.03"><iati-activity xml:lang="en"><iati-identifier>ZZ-MANY-1</iati-identifier><reporting-org ref="ZZ-MANY" type="40"><narrative>Fictional</narrative></reporting-org>`+
		`<title><narrative>Many partners</narrative></title>`+partners.String()+`<activity-status code="2"/></iati-activity></iati-activities>`)
	list, err := newCoverage(d).Activities(context.Background(), coverage.ListQuery{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list.Facets {
		if f.Name == "org" && (len(f.Values) != 1000 || len(f.Values)+f.More != organisations) {
			t.Errorf("%d values and %d more of %d", len(f.Values), f.More, organisations)
		}
	}
}
