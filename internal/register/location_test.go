package register_test

import (
	"context"
	"reflect"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/register"
)

// sites are a location that says all, one that says nothing, and one whose point nobody filled in.
const sites = `<location ref="L1"><location-reach code="1"/><location-id vocabulary="G1" code="184745"/><location-id vocabulary="A4" code="KE-30"/>` +
	`<name><narrative>Fictional Bay</narrative><narrative xml:lang="fr">Baie fictive</narrative></name><description><narrative>by the sea</narrative></description>` +
	`<administrative vocabulary="G1" level="1" code="184742"/><point srsName="http://www.opengis.net/def/crs/EPSG/0/4326"><pos>-1.2833 36.8167</pos></point>` +
	`<exactness code="1"/><location-class code="2"/><feature-designation code="PPL"/></location>` +
	`<location/><location><name><narrative>Nowhere</narrative></name><point><pos>0 0</pos></point><exactness code="2"/></location>`

var projectedSites = []register.Location{
	{N: 1, Ref: "L1", Name: resolute.Text{"en": "Fictional Bay", "fr": "Baie fictive"}, Reach: "1", Exactness: "1", Class: "2", Feature: "PPL",
		Point:          &register.Point{Latitude: -1.2833, Longitude: 36.8167},
		Gazetteers:     []register.GazetteerCode{{Vocabulary: "G1", Code: "184745"}, {Vocabulary: "A4", Code: "KE-30"}},
		Administrative: []register.Administrative{{Vocabulary: "G1", Level: "1", Code: "184742"}}},
	{N: 2, Name: resolute.Text{}},
	{N: 3, Name: resolute.Text{"en": "Nowhere"}, Exactness: "2"},
}

func TestAnActivityKeepsItsLocations(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		load(t, r, src, iatiFile(activity{id: "A", extra: sites}, activity{id: "B"}))
		located(t, r, d, "A", projectedSites)
		located(t, r, d, "B", nil)
	})
}

func located(t *testing.T, r *register.Register, d *db.DB, id string, want []register.Location) {
	t.Helper()
	p, err := r.Activity(context.Background(), key(t, d, id))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(p.Locations, want) {
		t.Errorf("%s has the locations\n%+v\nwant\n%+v", id, p.Locations, want)
	}
}

// A database of a program that did not read locations has them once it is migrated, without another
// import: of the versions that readers see, of those before, and of as many as do not fit one batch.
func TestAnOlderDatabaseGetsItsLocationsFromItsDocuments(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		r := open(d)
		many := []activity{{id: "A", extra: sites}}
		for n := range 1100 {
			many = append(many, activity{id: "M" + string(rune('a'+n/100)) + string(rune('a'+n/10%10)) + string(rune('a'+n%10))})
		}
		load(t, r, src, iatiFile(many...))
		many[0].title = "changed"
		load(t, r, src, iatiFile(many...))
		execute(t, d, `DROP TABLE location`)
		execute(t, d, `DROP TABLE unlocated`)
		execute(t, d, `DELETE FROM migration WHERE number = 36`)
		if n, err := d.Migrate(ctx); err != nil || n != 1 {
			t.Fatalf("%d steps were run, %v", n, err)
		}
		if n, err := r.Unread(ctx); err != nil || n != 1102 {
			t.Fatalf("%d documents are to be read, %v, want all 1102", n, err)
		}
		located(t, r, d, "A", nil)
		if err := r.ReadUnread(ctx); err != nil {
			t.Fatal(err)
		}
		located(t, r, d, "A", projectedSites)
		if n := count(t, d, `SELECT COUNT(*) FROM location`); n != 6 {
			t.Errorf("%d locations are stored, want three of each version of A", n)
		}
		if n, err := r.Unread(ctx); err != nil || n != 0 {
			t.Errorf("%d documents are still to be read, %v", n, err)
		}
		for _, check := range r.Checks(true) {
			if check.Name != "projection-derived" {
				continue
			}
			if found, err := check.Find(ctx, d, 5); err != nil || found.Count != 0 {
				t.Errorf("%d activities are not as their documents give them, %v: %v", found.Count, err, found.Records)
			}
		}
	})
}

// A document that cannot be unpacked has no locations, and keeps nobody from theirs.
func TestABrokenDocumentKeepsNobodyFromItsLocations(t *testing.T) {
	d := dbtest.SQLite(t)
	r := open(d)
	load(t, r, src, iatiFile(activity{id: "A", extra: sites}, activity{id: "B", extra: sites}))
	execute(t, d, `DELETE FROM location`)
	execute(t, d, `INSERT INTO unlocated (version) SELECT version FROM activity`)
	execute(t, d, `UPDATE doc SET bytes = x'00' WHERE version IN (SELECT version FROM activity WHERE iati_id = 'A')`)
	if err := r.ReadUnread(context.Background()); err != nil {
		t.Fatal(err)
	}
	located(t, r, d, "B", projectedSites)
	if n := count(t, d, `SELECT COUNT(*) FROM location`); n != 3 {
		t.Errorf("%d locations, want those of B", n)
	}
}

func execute(t *testing.T, d *db.DB, statement string) {
	t.Helper()
	err := d.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), statement)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
