package mandate_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/mandate"
)

// pondsRevised is a further edition of the first text of the shelf, and carts a text that cites the
// first one after that.
const (
	pondsRevised = `RESOLUTION 901 (Rev. Fiction, 2005)
Ponds for everyone
The Plenipotentiary Conference of the International Telecommunication Union (Fiction, 2005),
recalling
a) that ponds are few,
instructs the Secretary-General
1 to count the ponds.
`
	carts = `RESOLUTION 904 (Fiction, 2007)
Carts
The Plenipotentiary Conference of the International Telecommunication Union (Fiction, 2007),
recalling
a) Resolution 901 (Fiction, 2001) of this conference, and Resolution 901 (Rev. Fiction, 2005) of this conference;
b) Resolution 77/150 of the General Assembly,
resolves
to pull carts to the ponds of Resolution 901 of this conference.
`
)

func citing(t *testing.T, m *mandate.Mandate, q mandate.GraphQuery) mandate.Graph {
	t.Helper()
	q.Day = "2026-06-01"
	g, err := m.Graph(context.Background(), q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	return g
}

func onGraph(t *testing.T, d *db.DB) *mandate.Mandate {
	t.Helper()
	m := open(d)
	for _, text := range append([]string{pondsRevised, carts}, shelfTexts...) {
		take(t, m, text)
	}
	return m
}

func TestEachCitationTellsWhatItNamesAndHowThatStands(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var got []string
		for _, e := range citing(t, onGraph(t, d), mandate.GraphQuery{By: mandate.ByCitation}).Edges {
			got = append(got, fmt.Sprintf("%s %s %s then %s %v", e.Thread, e.ID, e.Standing, e.Then, e.Held))
		}
		want := []string{
			"itu:pp/res/902#recalling_a itu:pp/res/901@2001 older then in-force true",
			"itu:pp/res/904#recalling_a itu:pp/res/901@2001 older then older true",
			"itu:pp/res/904#recalling_a itu:pp/res/901@2005 in-force then in-force true",
			"itu:pp/res/904#recalling_b un:a/res/77/150 unnamed then unnamed false",
			"itu:pp/res/904#resolves_p1 itu:pp/res/901 unnamed then unnamed true",
			"itu:wtdc/res/903#recalling_a itu:pp/res/901@2001 older then in-force true",
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("the graph is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}

func TestWhoCitesWhomIsNarrowedAndCounted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := onGraph(t, d)
		for name, c := range map[string]struct {
			q    mandate.GraphQuery
			want string
		}{
			"the most citations first":    {mandate.GraphQuery{}, "904>901:3/2/1 902>901:1/1/1 904>150:1/1/0 903>901:1/1/1"},
			"what one cites, in any case": {mandate.GraphQuery{From: "ITU:PP/RES/904"}, "904>901:3/2/1 904>150:1/1/0"},
			"who cites one":               {mandate.GraphQuery{To: "un:a/res/77/150"}, "904>150:1/1/0"},
			"both ways":                   {mandate.GraphQuery{Instrument: "itu:pp/res/902"}, "902>901:1/1/1"},
			"by the body that cites":      {mandate.GraphQuery{Body: "itu:wtdc"}, "903>901:1/1/1"},
			"by the body that is cited":   {mandate.GraphQuery{CitedBody: "un:a"}, "904>150:1/1/0"},
			"by standing":                 {mandate.GraphQuery{Standing: mandate.StandsInForce}, "904>901:1/1/0"},
		} {
			var got []string
			for _, p := range citing(t, m, c.q).Pairs {
				last := func(key string) string { return key[strings.LastIndexByte(key, '/')+1:] }
				got = append(got, fmt.Sprintf("%s>%s:%d/%d/%d", last(p.From), last(p.To), p.Citations, p.Provisions, p.Older))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s: %s, want %s", name, strings.Join(got, " "), c.want)
			}
		}
		g := citing(t, m, mandate.GraphQuery{Body: "itu:pp"})
		if g.Of != 6 || g.Citations != 5 || g.Citing != 2 || g.Cited != 2 || g.Total != 3 {
			t.Errorf("%d of %d citations in %d pairs, by %d of %d", g.Citations, g.Of, g.Total, g.Citing, g.Cited)
		}
		for _, f := range g.Facets {
			if f.Name == "body" && len(f.Values) != 2 {
				t.Errorf("the counts of bodies follow their own filter: %+v", f)
			}
		}
	})
}

func TestPagesOfTheGraphHoldEachRowOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := onGraph(t, d)
		for _, by := range mandate.GraphRows {
			whole := citing(t, m, mandate.GraphQuery{By: by})
			rows := 0
			q := mandate.GraphQuery{By: by, Limit: 1}
			for {
				g := citing(t, m, q)
				if by == mandate.ByPair && g.Pairs[0].To != whole.Pairs[rows].To || by == mandate.ByCitation && g.Edges[0].ID != whole.Edges[rows].ID {
					t.Fatalf("%s: page %d holds another row than the whole", by, rows+1)
				}
				rows++
				if q.Cursor = g.Next; q.Cursor == "" {
					break
				}
			}
			if rows != whole.Total {
				t.Errorf("%s: %d pages of one row, %d rows", by, rows, whole.Total)
			}
		}
	})
}

func TestWhatTheGraphDoesNotHaveIsToldByName(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := onGraph(t, d)
		for field, q := range map[string]mandate.GraphQuery{"instrument": {Instrument: "x"}, "cited_by": {From: "x"}, "cites": {To: "x"}, "body": {Body: "x"}, "cited_body": {CitedBody: "x"},
			"standing": {Standing: "tall"}, "by": {By: "colour"}, "page": {Cursor: "!"}} {
			if _, err := m.Graph(context.Background(), q); resolute.CodeOf(err) != resolute.Usage {
				t.Errorf("%s: %v", field, err)
			}
		}
		if g, err := m.CitedBy(context.Background(), "itu:pp/res/1", "2026-06-01", 9); err != nil || g.Total != 0 || g.Of != 6 {
			t.Errorf("one that nothing cites: %d of %d, %v", g.Total, g.Of, err)
		}
	})
}

func TestWhatIsKnownMayBeAskedForWhereNothingCites(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := &mandate.Mandate{DB: d}
		for name, q := range map[string]mandate.GraphQuery{"instrument": {Instrument: "itu:pp/res/140"}, "cited_by": {From: "ITU:PP/res/140"}, "cites": {To: "itu:pp/res/140"},
			"body": {Body: "itu:pp"}, "cited_body": {CitedBody: "un:a"}} {
			if g, err := m.Graph(context.Background(), q); err != nil || g.Total != 0 {
				t.Errorf("%s: %d rows, %v; want none", name, g.Total, err)
			}
		}
		for want, q := range map[string]mandate.GraphQuery{"unknown instrument": {To: "x"}, "unknown body": {CitedBody: "x"}} {
			if _, err := m.Graph(context.Background(), q); resolute.CodeOf(err) != resolute.Usage || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v", want, err)
			}
		}
	})
}
