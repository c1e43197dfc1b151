package mandate_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/mandate"
)

// garden is a text of one conference with the numbers of its tasks as given, and a task that refers
// to one of them.
func garden(edition, resolves, refers string) string {
	return "RESOLUTION 930 (" + edition + ")\nGardens\nThe World Telecommunication Development Conference (" + strings.TrimPrefix(edition, "Rev. ") + "),\nresolves\n" + resolves +
		"instructs the Secretary-General\nto report each year to the Council on " + refers + ".\n"
}

const (
	water = " to water the gardens of every school in the north;\n"
	oaks  = " to plant oaks along all roads that lead to a town;\n"
)

func TestAReferenceWithinATextIsHeldAgainstTheRevisionBefore(t *testing.T) {
	old := garden("Hyderabad, 2010", "1"+water, "resolves 1 above")
	for name, c := range map[string]struct{ text, want string }{
		"what it means has moved":        {garden("Rev. Dubai, 2014", "1"+oaks+"2"+water, "resolves 1 above"), "citation-of-renumbered-provision 8:39 resolves 2"},
		"the reference moved with it":    {garden("Rev. Dubai, 2014", "1"+oaks+"2"+water, "resolves 2 above"), ""},
		"nothing moved":                  {garden("Rev. Dubai, 2014", "1"+water+"2"+oaks, "resolves 1 above"), ""},
		"what it means is gone":          {garden("Rev. Dubai, 2014", "1"+oaks, "resolves 1 above"), "citation-of-renumbered-provision 7:39 another reference, or none"},
		"the number is gone":             {garden("Rev. Dubai, 2014", "1"+oaks+"2"+water, "resolves 3 above"), "citation-of-missing-provision 8:39 a provision of this text"},
		"a reference of this text alone": {garden("Rev. Dubai, 2014", "1"+oaks+"2"+water, "resolves 1 and 2"), "citation-of-renumbered-provision 8:39 resolves 2"},
	} {
		var got []string
		for _, f := range mandate.LintAfter(mandate.Parse(old), mandate.Parse(c.text)) {
			got = append(got, strings.Join([]string{f.Rule, fmt.Sprintf("%d:%d", f.Line, f.Column), f.Expected}, " "))
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// The account of an import and the page of the provision tell it too, by the threads that are kept.
func TestReferencesWithinATextAreKeptAsLinksOfThreads(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		m := open(store)
		take(t, m, garden("Hyderabad, 2010", "1"+water, "resolves 1 above"))
		account := take(t, m, garden("Rev. Dubai, 2014", "1"+oaks+"2"+water, "resolves 1 above"))
		if account.Total.Warning != 1 {
			t.Errorf("the account has %+v", account.Total)
		}
		r, err := m.Read(context.Background(), "itu:wtdc/res/930", 0)
		if err != nil || len(r.Findings) != 1 || r.Findings[0].Rule != "citation-of-renumbered-provision" || r.Findings[0].Line != 8 {
			t.Fatalf("%v, %+v", err, r.Findings)
		}
	})
}
