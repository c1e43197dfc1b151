package directory_test

import (
	"context"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/directory"
)

func TestAPartyIsKnownByItsReferenceElseByItsName(t *testing.T) {
	for name, c := range map[string]struct {
		party directory.Party
		want  string
	}{
		"reference wins":              {directory.Party{Ref: " xm-dac-41303 ", Name: "Any"}, "ref:XM-DAC-41303"},
		"case and double blanks":      {directory.Party{Name: "FICTIONAL  village council"}, "name:fictional village council"},
		"composed and decomposed":     {directory.Party{Name: "Re\u0301publique"}, "name:république"},
		"another script":              {directory.Party{Name: "МИНИСТЕРСТВО"}, "name:министерство"},
		"neither reference nor name":  {directory.Party{Type: "10"}, ""},
		"a reference of blanks alone": {directory.Party{Ref: "  ", Name: "Council"}, "name:council"},
	} {
		if got := c.party.Key(); got != c.want {
			t.Errorf("%s: key %q, want %q", name, got, c.want)
		}
	}
}

func ensure(t *testing.T, d *db.DB, known map[string]int64, parties ...directory.Party) map[string]int64 {
	t.Helper()
	var ids map[string]int64
	err := d.Write(context.Background(), func(tx *db.Tx) (err error) {
		ids, err = directory.Ensure(context.Background(), tx, resolute.Operator(), 7, parties, known)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestEnsureEntersEachPartyOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		first := ensure(t, d, nil,
			directory.Party{Ref: "ZZ-1", Name: "Agency  One", Type: "40"}, directory.Party{Ref: "zz-1", Name: "Another spelling"},
			directory.Party{Name: "Village Council"}, directory.Party{})
		if first["ref:ZZ-1"] == 0 || first["name:village council"] == 0 || first["ref:ZZ-1"] == first["name:village council"] {
			t.Fatalf("ids = %v, want two numbers", first)
		}
		again := ensure(t, d, nil, directory.Party{Name: "village  COUNCIL"}, directory.Party{Ref: "ZZ-2"})
		if again["name:village council"] != first["name:village council"] {
			t.Errorf("the same name got another id: %v, %v", first, again)
		}
		if cached := ensure(t, d, first, directory.Party{Ref: "ZZ-1", Name: "Agency One"}); len(cached) != 0 {
			t.Errorf("a cached party was looked up again: %v", cached)
		}
		got, err := directory.Directory{DB: d}.Organisation(context.Background(), first["ref:ZZ-1"])
		want := directory.Organisation{ID: first["ref:ZZ-1"], Key: "ref:ZZ-1", Ref: "ZZ-1", Name: "Agency One", Type: "40", Owner: "operator", State: resolute.Approved, Import: 7}
		if err != nil || got != want {
			t.Errorf("got %+v, %v; want %+v", got, err, want)
		}
		all, err := directory.Directory{DB: d}.Organisations(context.Background())
		if err != nil || len(all) != 3 {
			t.Errorf("all = %v, %v; want three", all, err)
		}
	})
}

func TestAnUnknownOrganisationIsNotFound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if _, err := (directory.Directory{DB: d}).Organisation(context.Background(), 99); resolute.CodeOf(err) != resolute.NotFound {
			t.Errorf("got %v, want not found", err)
		}
	})
}

func TestAnOrganisationIsNamedByNumberKeyOrReference(t *testing.T) {
	d := dbtest.SQLite(t)
	ids := ensure(t, d, nil, directory.Party{Ref: "XX-A-1", Name: "Alpha"}, directory.Party{Name: "Village Council"}, directory.Party{Ref: "1", Name: "Number one"}, directory.Party{Ref: "4"})
	for text, want := range map[string]string{
		"XX-A-1": "ref:XX-A-1", "xx-a-1": "ref:XX-A-1", "ref:XX-A-1": "ref:XX-A-1", "ref:xx-a-1 ": "ref:XX-A-1",
		"village  council": "name:village council", "name:Village Council": "name:village council",
		"2": "name:village council", "ref:1": "ref:1", "3": "ref:1", "4": "ref:4", // itself by number and by reference
	} {
		if got, err := directoryOf(d).Named(context.Background(), text); err != nil || got.ID != ids[want] {
			t.Errorf("%q names %+v, %v; want %s", text, got, err, want)
		}
	}
	for text, want := range map[string]resolute.Code{"1": resolute.Usage, "9": resolute.NotFound, "ref:9": resolute.NotFound, "": resolute.NotFound} {
		if got, err := directoryOf(d).Named(context.Background(), text); resolute.CodeOf(err) != want {
			t.Errorf("%q names %+v, %v; want %s", text, got, err, want)
		}
	}
}
