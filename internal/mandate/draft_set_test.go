package mandate_test

import (
	"context"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/mandate"
)

func TestTheConferenceOfADraftCanChange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		ctx, m := context.Background(), open(store)
		d := begun(t, m, small)
		body := d.Body()
		set := func(c mandate.DraftConference) error {
			after, err := m.SetDraft(ctx, resolute.Operator(), d.ID, c)
			if err == nil {
				d = after
			}
			return err
		}
		for _, c := range []struct {
			to         mandate.DraftConference
			label, day string
		}{
			{mandate.DraftConference{Version: 1, Place: " Harbour ", Year: 2031, Day: d.Day, Why: "moved"}, "Rev. Harbour, 2031", "2031-12-31"},
			{mandate.DraftConference{Version: 2, Place: "Harbour", Year: 2031, Day: "2031-05-04"}, "Rev. Harbour, 2031", "2031-05-04"},
			{mandate.DraftConference{Version: 3, Place: "Harbour", Year: 2031}, "Rev. Harbour, 2031", "2031-12-31"},
		} {
			if err := set(c.to); err != nil || d.Label() != c.label || d.Day != c.day || d.Body() != body {
				t.Fatalf("%+v gives %s, %s, %v; want %s, %s and the same words", c.to, d.Label(), d.Day, err, c.label, c.day)
			}
		}
		read, err := m.Draft(ctx, resolute.Operator(), d.ID)
		if err != nil || read.Draft.Label() != "Rev. Harbour, 2031" || read.Draft.Version != 4 {
			t.Fatalf("read again: %+v, %v", read.Draft, err)
		}
		back, err := m.RestoreDraft(ctx, resolute.Operator(), d.ID, 1, "")
		if err != nil || back.Label() != "Rev. Elsewhere, 2029" || back.Day != "2029-12-31" {
			t.Errorf("restored: %s, %s, %v", back.Label(), back.Day, err)
		}
		saves, err := m.DraftVersions(ctx, resolute.Operator(), d.ID)
		if err != nil || len(saves) != 5 || saves[3].Verb != "set" || saves[3].Why != "moved" {
			t.Errorf("saves: %+v, %v", saves, err)
		}
	})
}

func TestAConferenceThatCannotBeIsRefused(t *testing.T) {
	m := open(dbtest.SQLite(t))
	d := begun(t, m, small)
	for name, c := range map[string]struct {
		to   mandate.DraftConference
		by   resolute.Actor
		want resolute.Code
	}{
		"no year":                  {mandate.DraftConference{Version: 1, Place: "Harbour"}, resolute.Operator(), resolute.Invalid},
		"a day of another year":    {mandate.DraftConference{Version: 1, Year: 2031, Day: "2030-01-01"}, resolute.Operator(), resolute.Invalid},
		"a place with brackets":    {mandate.DraftConference{Version: 1, Year: 2031, Place: "Harbour)"}, resolute.Operator(), resolute.Invalid},
		"the one that stands":      {mandate.DraftConference{Version: 1, Place: d.Place, Year: d.Year, Day: d.Day}, resolute.Operator(), resolute.Invalid},
		"chosen on an old version": {mandate.DraftConference{Version: 9, Year: 2031}, resolute.Operator(), resolute.Conflict},
		"by nobody":                {mandate.DraftConference{Version: 1, Year: 2031}, resolute.Actor{ID: "nobody"}, resolute.Forbidden},
	} {
		if _, err := m.SetDraft(context.Background(), c.by, d.ID, c.to); resolute.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if _, err := m.SetDraft(context.Background(), resolute.Operator(), 99, mandate.DraftConference{Version: 1, Year: 2031}); resolute.CodeOf(err) != resolute.NotFound {
		t.Errorf("an unknown draft: %v", err)
	}
}
