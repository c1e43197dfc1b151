package coverage_test

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/register"
)

// sited is a fictional activity with so many locations.
func sited(id, countries string, locations int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<iati-activity default-currency="USD"><iati-identifier>ZZ-SITE-%s</iati-identifier><reporting-org ref="ZZ-SITE" type="40"><narrative>Fictional Agency</narrative></reporting-org>`+
		`<title><narrative>Masts %s</narrative></title><activity-status code="2"/><activity-date type="2" iso-date="2022-01-01"/>%s`, id, id, countries)
	for n := range locations {
		fmt.Fprintf(&b, `<location><name><narrative>Fictional Place %s %d</narrative></name><point><pos>%d.5 36.25</pos></point><exactness code="1"/></location>`, id, n+1, n%90)
	}
	return b.String() + "</iati-activity>"
}

const (
	kenya = `<recipient-country code="KE"/>`
	both  = `<recipient-country code="KE" percentage="60"/><recipient-country code="UG" percentage="40"/>`
)

// sitedFile holds activities with no, one, some and many locations.
func sitedFile() string {
	return `<iati-activities version="2.03">` + sited("A", kenya, 3) + sited("B", both, 1) + sited("C", kenya, 0) + sited("D", "", 2) + sited("E", `<recipient-country code="UG"/>`, 120) + `</iati-activities>`
}

// allLocations reads a list page by page, as lines of text.
func allLocations(t *testing.T, c *coverage.Coverage, q coverage.ListQuery) (lines []string, list coverage.LocationList) {
	t.Helper()
	for {
		page, err := c.Locations(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Items) > q.Limit || len(page.Items) == 0 && page.Total > 0 {
			t.Fatalf("a page of %d has %d", q.Limit, len(page.Items))
		}
		for _, l := range page.Items {
			lines = append(lines, locationLine(l))
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return lines, page
		}
	}
}

func locationLine(l coverage.Located) string {
	name, _ := l.Name.In(resolute.English)
	return fmt.Sprintf("%s %d %s %v", l.Activity.Identifier, l.N, name, l.Activity.Countries)
}

func TestLocationsOfAnAreaAreThoseOfItsActivities(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		importText(t, d, "sites.xml", sitedFile())
		c := newCoverage(d)
		lines, list := allLocations(t, c, coverage.ListQuery{Filter: coverage.Filter{Areas: []string{"KE"}}, Sort: coverage.ByTitle, Lang: "en", Limit: 2})
		want := []string{"ZZ-SITE-A 1 Fictional Place A 1 [KE]", "ZZ-SITE-A 2 Fictional Place A 2 [KE]", "ZZ-SITE-A 3 Fictional Place A 3 [KE]", "ZZ-SITE-B 1 Fictional Place B 1 [KE UG]"}
		if !reflect.DeepEqual(lines, want) {
			t.Errorf("Kenya has %q, want %q", lines, want)
		}
		if list.Total != 4 || list.Activities != 2 || list.Without != 1 {
			t.Errorf("%d locations of %d activities, %d without: want 4, 2, 1", list.Total, list.Activities, list.Without)
		}
		if _, list = allLocations(t, c, coverage.ListQuery{Filter: coverage.Filter{Areas: []string{"UG"}}, Limit: 100}); list.Total != 121 {
			t.Errorf("Uganda has %d locations, want those of the activity in both countries too", list.Total)
		}
		if _, list = allLocations(t, c, coverage.ListQuery{Filter: coverage.Filter{Text: "nothing-like-this"}, Limit: 1}); list.Total != 0 || list.Without != 0 {
			t.Errorf("nothing gives %+v", list)
		}
	})
}

func TestPagesOfLocationsAreTheWholeListOnceWhateverTheOrder(t *testing.T) {
	ctx := context.Background()
	d := dbtest.SQLite(t)
	loadDemo(t, d, 120)
	importText(t, d, "sites.xml", sitedFile())
	c := newCoverage(d)
	for _, sort := range coverage.Sorts {
		var whole []string
		err := c.EachLocation(ctx, coverage.ListQuery{Sort: sort, Lang: "en"}, func(l coverage.Located) error {
			whole = append(whole, locationLine(l))
			return nil
		})
		if err != nil || len(whole) < 126 {
			t.Fatalf("%s: %d locations in all, %v", sort, len(whole), err)
		}
		for _, limit := range []int{1, 2, 7, 119, 120, 121, 1000} {
			lines, list := allLocations(t, c, coverage.ListQuery{Sort: sort, Lang: "en", Limit: limit})
			if !reflect.DeepEqual(lines, whole) || list.Total != len(whole) {
				t.Errorf("%s by %d: %d locations on all pages, %d in all, %d counted", sort, limit, len(lines), len(whole), list.Total)
			}
		}
	}
}

// Where only the first of many activities has a location, all others are still looked through.
func TestTheOnlyLocationMayBeThatOfTheFirstActivity(t *testing.T) {
	d := dbtest.SQLite(t)
	file := sited("first", kenya, 1)
	for n := range 200 {
		file += sited(fmt.Sprintf("W%03d", n), kenya, 0)
	}
	importText(t, d, "sites.xml", `<iati-activities version="2.03">`+file+`</iati-activities>`)
	if _, list := allLocations(t, newCoverage(d), coverage.ListQuery{Limit: 5}); list.Total != 1 || list.Without != 200 {
		t.Errorf("%d locations, %d activities without, want 1 and 200", list.Total, list.Without)
	}
}

func TestAPageOfLocationsHasAThousandAtMost(t *testing.T) {
	d := dbtest.SQLite(t)
	importText(t, d, "sites.xml", `<iati-activities version="2.03">`+sited("A", kenya, 1005)+`</iati-activities>`)
	page, err := newCoverage(d).Locations(context.Background(), coverage.ListQuery{Limit: 5000})
	if err != nil || len(page.Items) != 1000 || page.Total != 1005 || page.Next == "" {
		t.Errorf("%d of %d locations, next %q, %v", len(page.Items), page.Total, page.Next, err)
	}
}

// The count beside the list, made from columns, is that of the rows that activities are read with.
func TestCountedLocationsAreThoseThatActivitiesHave(t *testing.T) {
	ctx := context.Background()
	d := dbtest.SQLite(t)
	loadDemo(t, d, 120)
	importText(t, d, "sites.xml", sitedFile())
	c, r := newCoverage(d), &register.Register{DB: d, Now: clock}
	for _, f := range []coverage.Filter{{}, {Areas: []string{"KE"}}, {Lines: []string{"C2"}}, {Regions: []string{"AFR"}}} {
		want := coverage.LocationList{}
		err := c.EachActivity(ctx, coverage.ListQuery{Filter: f}, func(a coverage.Summary) error {
			p, err := r.Activity(ctx, a.Key)
			want.Total += len(p.Locations)
			if len(p.Locations) > 0 {
				want.Activities++
			} else {
				want.Without++
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.Locations(ctx, coverage.ListQuery{Filter: f})
		if err != nil || got.Total != want.Total || got.Activities != want.Activities || got.Without != want.Without {
			t.Errorf("%+v: %d locations of %d activities and %d without, %v; want %d, %d, %d", f, got.Total, got.Activities, got.Without, err, want.Total, want.Activities, want.Without)
		}
	}
}

// A list of one period is no answer for another.
func TestLocationsOfAPeriodAreThoseOfItsActivities(t *testing.T) {
	d := dbtest.SQLite(t)
	importText(t, d, "sites.xml", `<iati-activities version="2.03">`+sited("A", kenya, 2)+strings.ReplaceAll(sited("B", kenya, 3), "2022-01-01", "2025-01-01")+`</iati-activities>`)
	c := newCoverage(d)
	for _, want := range []struct {
		period resolute.Period
		total  int
	}{{resolute.Period{}, 5}, {resolute.Period{To: "2023-12-31"}, 2}, {resolute.Period{}, 5}} {
		if _, list := allLocations(t, c, coverage.ListQuery{Period: want.period, Limit: 100}); list.Total != want.total {
			t.Errorf("%+v: %d locations, want %d", want.period, list.Total, want.total)
		}
	}
}

func TestAPastVersionHasItsLocations(t *testing.T) {
	ctx := context.Background()
	d := dbtest.SQLite(t)
	importText(t, d, "sites.xml", sitedFile())
	then := newest(t, d)
	importText(t, d, "sites.xml", strings.Replace(sitedFile(), `code="KE"/>`, `code="TZ"/>`, 1))
	past, err := newCoverage(d).At(ctx, then.Seq)
	if err != nil {
		t.Fatal(err)
	}
	for c, want := range map[*coverage.Coverage]int{past: 4, newCoverage(d): 1} {
		if list, err := c.Locations(ctx, coverage.ListQuery{Filter: coverage.Filter{Areas: []string{"KE"}}}); err != nil || list.Total != want {
			t.Errorf("%d locations, %v, want %d", list.Total, err, want)
		}
	}
}

func TestABrokenPlaceInAListOfLocationsIsRefused(t *testing.T) {
	d := dbtest.SQLite(t)
	importText(t, d, "sites.xml", sitedFile())
	c := newCoverage(d)
	page, err := c.Locations(context.Background(), coverage.ListQuery{Limit: 1})
	if err != nil || page.Next == "" {
		t.Fatalf("%+v, %v", page, err)
	}
	head := page.Next[:strings.LastIndexByte(page.Next, '.')+1]
	for _, cursor := range []string{"x", "..", "a.b.c", page.Next + ".1", page.Next + "x", "!!." + page.Next, head + "-1"} {
		if _, err := c.Locations(context.Background(), coverage.ListQuery{Cursor: cursor}); resolute.CodeOf(err) != resolute.Usage {
			t.Errorf("%q: %v", cursor, err)
		}
	}
	if behind, err := c.Locations(context.Background(), coverage.ListQuery{Cursor: head + "9999", Limit: 1}); err != nil || len(behind.Items) != 1 || behind.Items[0].N != 1 {
		t.Errorf("behind more locations than the activity has: %+v, %v, want the first of the next", behind.Items, err)
	}
	if _, err := c.Locations(context.Background(), coverage.ListQuery{Sort: "size"}); resolute.CodeOf(err) != resolute.Usage {
		t.Errorf("an unknown order: %v", err)
	}
}
