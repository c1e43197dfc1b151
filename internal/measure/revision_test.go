package measure_test

import (
	"fmt"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/measure"
)

// revisionsInWords writes revisions, newest first: counts, then each value before and after.
func revisionsInWords(list []measure.Revision) string {
	text := func(o *measure.Observation) string {
		if o == nil {
			return "-"
		}
		return strings.TrimSpace(o.Value + " " + o.Status)
	}
	var lines []string
	for _, r := range list {
		what := r.File
		if r.Undone {
			what += " undone"
		}
		line := fmt.Sprintf("%s +%d ~%d -%d:", what, r.New, r.Changed, r.Removed)
		for _, v := range r.Values {
			line += fmt.Sprintf(" %s %s %s>%s;", v.Area, v.Period, text(v.Before), text(v.After))
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestRevisionsTellWhatEachChangeDid(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		take(t, m, "first.csv", columns+"u,Users,%,KEN,,2020,10,,,\nu,Users,%,KEN,,2021,12,E,,\nu,Users,%,UGA,,2020,5,,,\nu,Users,%,KEN,F,2020,9,,,\n")
		take(t, m, "other.csv", columns+"w,Else,%,KEN,,2020,1,,,\n")
		second := take(t, m, "second.csv", columns+"u,Users,%,KEN,,2021,12.5,,,\nu,Users,%,KEN,,2022,14,,,\n")
		if _, err := m.Undo(ctx, resolute.Operator(), second.ID); err != nil {
			t.Fatal(err)
		}
		first := "first.csv +3 ~0 -0: KEN 2020 ->10; KEN 2021 ->12 E; UGA 2020 ->5;"
		news := "second.csv +1 ~1 -0: KEN 2021 12 E>12.5; KEN 2022 ->14;"
		back := "second.csv undone +0 ~1 -1: KEN 2021 12.5>12 E; KEN 2022 14>-;"
		for name, c := range map[string]struct {
			areas []string
			dims  map[string]string
			at    int64
			want  string
		}{
			"everything":             {nil, nil, 0, back + "\n" + news + "\n" + first},
			"before it was undone":   {nil, nil, second.Seq, news + "\n" + first},
			"before it was imported": {nil, nil, second.Seq - 1, first},
			"of an area":             {[]string{"UGA"}, nil, 0, "first.csv +1 ~0 -0: UGA 2020 ->5;"},
			"of a breakdown":         {nil, map[string]string{"SEX": "F"}, 0, "first.csv +1 ~0 -0: KEN 2020 ->9;"},
		} {
			list, err := m.Revisions(ctx, users, c.dims, c.areas, c.at)
			if err != nil {
				t.Fatal(err)
			}
			if got := revisionsInWords(list); got != c.want {
				t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
			}
			for _, r := range list {
				if r.At.IsZero() || r.Seq == 0 || r.Import == 0 {
					t.Errorf("%s: a revision without moment, change or import: %+v", name, r)
				}
			}
		}
	})
}
