package coverage_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/mandate"
	"resolute/internal/register"
)

const ponds = `RESOLUTION 901 (Fiction, 2021)
Ponds for everyone
The Plenipotentiary Conference of the International Telecommunication Union (Fiction, 2021),
recalling
a) that ponds are few,
resolves
1 to count the ponds;
2 to draw maps of them:
a) of the north;
b) of the south,
instructs the Secretary-General
1 to tell the Council of the ponds;
2 to launch boats.
`

const pondsKey = "itu:pp/res/901"

func holdPonds(t testing.TB, d *db.DB) *mandate.Mandate {
	t.Helper()
	m := &mandate.Mandate{DB: d, Now: clock}
	if _, err := m.Import(context.Background(), resolute.Operator(), mandate.File{Name: "ponds.txt", Data: []byte(ponds)}); err != nil {
		t.Fatal(err)
	}
	return m
}

// ofPonds gives the answers for the paragraphs of the other instrument.
func ofPonds(t testing.TB, c *coverage.Coverage, m *mandate.Mandate) *coverage.Coverage {
	t.Helper()
	paragraphs, err := m.Paragraphs(context.Background(), pondsKey)
	if err != nil {
		t.Fatal(err)
	}
	on, err := c.Of(context.Background(), paragraphs)
	if err != nil {
		t.Fatal(err)
	}
	return on
}

// linked writes activities that state paragraphs of both instruments.
func linked(t *rapid.T) string {
	var b bytes.Buffer
	b.WriteString(`<iati-activities version="2.03">`)
	for i := range rapid.IntRange(1, 4).Draw(t, "activities") {
		fmt.Fprintf(&b, `<iati-activity default-currency="USD"><iati-identifier>ZZ-FICT-9-%d</iati-identifier><reporting-org ref="ZZ-FICT-9" type="40"><narrative>F</narrative></reporting-org>`, i)
		fmt.Fprintf(&b, `<activity-status code="2"/><activity-date type="2" iso-date="202%d-03-01"/><recipient-country code="KE"/>`, rapid.IntRange(0, 6).Draw(t, "year"))
		for _, code := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"resolves_1", "resolves_2", "resolves_2_a", "instructs_1", "resolves_99"}), 0, 4, rapid.ID).Draw(t, "ponds") {
			fmt.Fprintf(&b, `<sector vocabulary="99" vocabulary-uri="%s%s" code="%s"/>`, register.MandateAddress, pondsKey, code)
		}
		for _, code := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"R8", "R11.i"}), 0, 2, rapid.ID).Draw(t, "built in") {
			fmt.Fprintf(&b, `<sector vocabulary="99" vocabulary-uri="%situ:wtdc/res/30" code="%s"/>`, register.MandateAddress, code)
		}
		fmt.Fprintf(&b, `<transaction><transaction-type code="2"/><transaction-date iso-date="2022-06-30"/><value currency="USD" value-date="2022-01-01">%d.01</value></transaction></iati-activity>`, rapid.IntRange(1, 9999).Draw(t, "whole"))
	}
	b.WriteString(`</iati-activities>`)
	return b.String()
}

// TestAnotherInstrumentIsAnsweredAlikeBySnapshotAndDatabase asks one coverage that follows a history
// of files and a fresh one the same of both instruments.
func TestAnotherInstrumentIsAnsweredAlikeBySnapshotAndDatabase(t *testing.T) {
	ctx := context.Background()
	d := dbtest.SQLite(t)
	m := holdPonds(t, d)
	following := newCoverage(d)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		importText(t, d, fmt.Sprintf("file-%d.xml", n%3), linked(rt))
		if _, err := following.Refresh(ctx); err != nil {
			rt.Fatal(err)
		}
		for name, pair := range map[string][2]*coverage.Coverage{
			"the other instrument": {ofPonds(t, following, m), ofPonds(t, newCoverage(d), m)},
			"the built-in mandate": {following, newCoverage(d)},
		} {
			for _, by := range coverage.Views {
				q := coverage.Query{By: by, Period: resolute.Period{From: "2021-01-01", To: "2024-12-31"}}
				got, err := pair[0].Table(ctx, q)
				if err != nil {
					rt.Fatal(err)
				}
				want, err := pair[1].Table(ctx, q)
				if err != nil {
					rt.Fatal(err)
				}
				if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
					rt.Errorf("%s, %s: the snapshot differs from the database", name, by)
				}
				if by != coverage.ByGroup {
					rowsAddUp(rt, got)
				}
			}
			got, err := pair[0].Gaps(ctx, coverage.GapQuery{})
			if err != nil {
				rt.Fatal(err)
			}
			want, err := pair[1].Gaps(ctx, coverage.GapQuery{})
			if err != nil || fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
				rt.Errorf("%s: the gaps of the snapshot differ from those of the database, %v", name, err)
			}
		}
	})
}

func TestAnActivityAnswersParagraphsOfTwoInstruments(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		m := holdPonds(t, d)
		importText(t, d, "a.xml", `<iati-activities version="2.03"><iati-activity default-currency="USD"><iati-identifier>ZZ-FICT-9-1</iati-identifier><reporting-org ref="ZZ-FICT-9" type="40"><narrative>F</narrative></reporting-org>
			<activity-status code="2"/><activity-date type="2" iso-date="2022-03-01"/>
			<sector vocabulary="99" vocabulary-uri="https://resolute.example/mandate/itu:pp/res/901" code="resolves_2_a"/>
			<sector vocabulary="99" vocabulary-uri="https://resolute.example/mandate/itu:wtdc/res/30" code="R8"/>
			<transaction><transaction-type code="2"/><transaction-date iso-date="2022-06-30"/><value currency="USD" value-date="2022-01-01">10</value></transaction></iati-activity></iati-activities>`)
		base := newCoverage(d)
		for id, c := range map[string]*coverage.Coverage{"R8": base, pondsKey + "#resolves_2_a": ofPonds(t, base, m), pondsKey + "#resolves_2": ofPonds(t, base, m)} {
			table, err := c.Table(ctx, coverage.Query{By: coverage.ByProvision})
			if err != nil {
				t.Fatal(err)
			}
			row, known := table.Row(id)
			if !known || row.Activities != 1 || row.Commitments["USD"] != 1000 || table.Unlinked.Activities != 0 {
				t.Errorf("%s: %+v, unlinked %d", id, row, table.Unlinked.Activities)
			}
		}
		gaps, err := ofPonds(t, base, m).Gaps(ctx, ofPonds(t, base, m).OfParagraphs(coverage.GapQuery{Kinds: []string{coverage.Nothing}}))
		if err != nil || gaps.Cells != 0 || gaps.Threads != 4 {
			t.Errorf("%d paragraphs and %d cells lack something, want 4 and none: %v", gaps.Threads, gaps.Cells, err)
		}
	})
}

func TestAnInstrumentWithoutATextSaysWhatToDo(t *testing.T) {
	d := dbtest.SQLite(t)
	m := &mandate.Mandate{DB: d, Now: clock}
	if _, err := m.Paragraphs(context.Background(), "itu:pp/res/140"); resolute.CodeOf(err) != resolute.NotFound {
		t.Errorf("no text: %v", err)
	}
	if list, err := m.Paragraphs(context.Background(), "ITU:WTDC/RES/30"); err != nil || len(list) != 48 {
		t.Errorf("the built-in mandate has %d rows, %v", len(list), err)
	}
}

// TestAnotherInstrumentIsDerivedAtEveryVersion asks about the ponds before and after a second file,
// at the version before by both ways, and holds the log of readings to one.
func TestAnotherInstrumentIsDerivedAtEveryVersion(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		m := holdPonds(t, d)
		boat := func(file, id, code string) {
			importText(t, d, file, fmt.Sprintf(`<iati-activities version="2.03"><iati-activity default-currency="USD"><iati-identifier>%s</iati-identifier><reporting-org ref="ZZ-FICT-9" type="40"><narrative>F</narrative></reporting-org>
				<activity-status code="2"/><activity-date type="2" iso-date="2022-03-01"/><sector vocabulary="99" vocabulary-uri="%s%s" code="%s"/></iati-activity></iati-activities>`, id, register.MandateAddress, pondsKey, code))
		}
		boat("a.xml", "ZZ-FICT-9-1", "resolves_1")
		c := newCoverage(d)
		if _, err := c.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
		provisions := func(on *coverage.Coverage) string {
			t.Helper()
			table, err := on.Table(ctx, coverage.Query{By: coverage.ByProvision})
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprintf("%+v", table)
		}
		before := provisions(ofPonds(t, c, m))
		head, err := c.Version(ctx)
		if err != nil {
			t.Fatal(err)
		}
		boat("b.xml", "ZZ-FICT-9-2", "resolves_2_a")
		if provisions(ofPonds(t, c, m)) != before {
			t.Error("the other instrument is ahead of the answers that it was asked of")
		}
		if _, err := c.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
		now := ofPonds(t, c, m)
		if provisions(now) == before {
			t.Error("the second activity changes nothing")
		}
		past := at(t, now, head.Seq)
		if got := provisions(past); got != before {
			t.Errorf("at %d\n got %s\nwant %s", head.Seq, got, before)
		}
		if got := provisions(ofPonds(t, at(t, c, head.Seq), m)); got != before {
			t.Errorf("of version %d\n got %s\nwant %s", head.Seq, got, before)
		}
		if n := c.ReadsAnew(); n != 1 {
			t.Errorf("everything was read %d times", n)
		}
	})
}
