package mandate_test

import (
	"context"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/mandate"
)

// shelfTexts are three texts of our own: two of one body, of which the second cites the first, and
// one of another body.
var shelfTexts = []string{`RESOLUTION 901 (Fiction, 2001)
Ponds for everyone
The Plenipotentiary Conference of the International Telecommunication Union (Fiction, 2001),
recalling
a) that ponds are few,
instructs the Secretary-General
1 to count the ponds;
2 to draw a map.
`, `RESOLUTION 902 (Fiction, 2003)
Bridges over ponds
The Plenipotentiary Conference of the International Telecommunication Union (Fiction, 2003),
recalling
a) Resolution 901 (Fiction, 2001) of this conference,
instructs the Director of the Telecommunication Development Bureau
1 to build bridges;
2 to count the visitors.
`, `RESOLUTION 903 (Fiction, 2003)
Boats
The World Telecommunication Development Conference (Fiction, 2003),
recalling
a) Resolution 901 (Fiction, 2001) of the Plenipotentiary Conference,
requests the Secretary-General
1 to launch boats on the ponds.
`}

func onShelf(t *testing.T, m *mandate.Mandate, q mandate.ShelfQuery) mandate.ShelfList {
	t.Helper()
	list, err := m.Shelf(context.Background(), q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	return list
}

func keysOf(list mandate.ShelfList) string {
	var keys []string
	for _, s := range list.Items {
		keys = append(keys, s.Key)
	}
	return strings.Join(keys, " ")
}

func TestInstrumentsAreFoundByWordsBodyAddresseeYearAndCitation(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(d)
		for _, text := range shelfTexts {
			take(t, m, text)
		}
		for name, c := range map[string]struct {
			q    mandate.ShelfQuery
			want string
		}{
			"a word of the text":              {mandate.ShelfQuery{Text: "ponds", Held: true}, "itu:pp/res/901 itu:pp/res/902 itu:wtdc/res/903"},
			"words of title and text":         {mandate.ShelfQuery{Text: "bridges visitors"}, "itu:pp/res/902"},
			"a word of our own title":         {mandate.ShelfQuery{Text: "digital divide", Body: "itu:wtdc"}, "itu:wtdc/res/37"},
			"kind and number":                 {mandate.ShelfQuery{Text: "resolution 140"}, "itu:pp/res/140"},
			"a key":                           {mandate.ShelfQuery{Text: "ITU:PP/RES/901"}, "itu:pp/res/901"},
			"body, in any case":               {mandate.ShelfQuery{Body: "ITU:WTDC", Held: true}, "itu:wtdc/res/903"},
			"an addressee by code":            {mandate.ShelfQuery{Addressee: "sg"}, "itu:pp/res/901 itu:wtdc/res/903"},
			"an addressee by words":           {mandate.ShelfQuery{Addressee: "development bureau"}, "itu:pp/res/902"},
			"the year of the text":            {mandate.ShelfQuery{Year: "2003", Held: true}, "itu:pp/res/902 itu:wtdc/res/903"},
			"kind":                            {mandate.ShelfQuery{Kind: "opinion"}, "itu:wtpf/opinion/4"},
			"what it cites":                   {mandate.ShelfQuery{Cites: "itu:pp/res/901"}, "itu:pp/res/902 itu:wtdc/res/903"},
			"who cites it":                    {mandate.ShelfQuery{CitedBy: "itu:pp/res/902"}, "itu:pp/res/901"},
			"the most cited":                  {mandate.ShelfQuery{Sort: mandate.ByCited, Limit: 1}, "itu:pp/res/901"},
			"the newest, equal ones by key":   {mandate.ShelfQuery{Sort: mandate.ByNewest, Held: true}, "itu:pp/res/902 itu:wtdc/res/903 itu:pp/res/901"},
			"filters are joined, not chosen":  {mandate.ShelfQuery{Addressee: "sg", Cites: "itu:pp/res/901"}, "itu:wtdc/res/903"},
			"a year that nothing has is none": {mandate.ShelfQuery{Year: "1066"}, ""},
		} {
			if got := keysOf(onShelf(t, m, c.q)); got != c.want {
				t.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
	})
}

func TestCountsOfAFacetLeaveItsOwnFilterOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(d)
		for _, text := range shelfTexts {
			take(t, m, text)
		}
		list := onShelf(t, m, mandate.ShelfQuery{Held: true, Body: "itu:pp"})
		if list.Total != 2 || list.Held != 3 || list.Of <= 3 {
			t.Errorf("%d of %d, %d held", list.Total, list.Of, list.Held)
		}
		counts := map[string]int{}
		for _, f := range list.Facets {
			for _, v := range f.Values {
				counts[f.Name+" "+v.Value] = v.Count
			}
		}
		for value, want := range map[string]int{"body itu:pp": 2, "body itu:wtdc": 1, "year 2003": 1, "year 2001": 1, "addressee sg": 1, "addressee director-bdt": 1, "kind resolution": 2} {
			if counts[value] != want {
				t.Errorf("%s: %d, want %d", value, counts[value], want)
			}
		}
	})
}

func TestPagesOfInstrumentsHoldEachOnceThoughTextsCome(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(d)
		take(t, m, shelfTexts[0])
		for _, sort := range mandate.ShelfSorts {
			whole := onShelf(t, m, mandate.ShelfQuery{Sort: sort})
			var paged []string
			q := mandate.ShelfQuery{Sort: sort, Limit: 7}
			for {
				page := onShelf(t, m, q)
				paged = append(paged, keysOf(page))
				if q.Cursor = page.Next; q.Cursor == "" {
					break
				}
			}
			if got, want := strings.Join(paged, " "), keysOf(whole); got != want {
				t.Errorf("%s: pages hold\n%s\nthe whole\n%s", sort, got, want)
			}
		}
		q := mandate.ShelfQuery{Limit: 7}
		q.Cursor = onShelf(t, m, q).Next
		before := keysOf(onShelf(t, m, q))
		take(t, m, strings.Replace(shelfTexts[0], "RESOLUTION 901", "RESOLUTION 11", 1)) // stands behind the first page
		if after := keysOf(onShelf(t, m, mandate.ShelfQuery{Limit: 7, Cursor: q.Cursor})); !strings.HasPrefix(before, strings.Fields(after)[0]) {
			t.Errorf("the second page began with %s, and now with %s", before, after)
		}
	})
}

func TestWhatNoInstrumentHasIsToldByName(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(d)
		for field, q := range map[string]mandate.ShelfQuery{"body": {Body: "moon"}, "kind": {Kind: "poem"}, "cites": {Cites: "itu:moon/res/1"}, "cited_by": {CitedBy: "x"}, "sort": {Sort: "colour"}, "page": {Cursor: "!"}} {
			_, err := m.Shelf(context.Background(), q)
			if resolute.CodeOf(err) != resolute.Usage || !strings.Contains(err.Error(), "want") && field != "page" {
				t.Errorf("%s: %v", field, err)
			}
		}
	})
}
