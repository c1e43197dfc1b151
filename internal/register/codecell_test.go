package register_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
	"resolute/internal/register"
)

// cellsTold takes a file in and gives rule, cell and what was found of each finding, at first and when the
// file comes again, as a preview says them too.
func cellsTold(t *testing.T, r *register.Register, src register.Source, raw string) []string {
	t.Helper()
	brief := func(findings []resolute.Finding) (told []string) {
		for _, f := range findings {
			told = append(told, fmt.Sprintf("%s %s %s", f.Rule, f.Path, f.Found))
		}
		return told
	}
	var first []string
	for _, step := range []string{"first", "again"} {
		p, err := r.PreviewTable(context.Background(), operator, src, strings.NewReader(raw), register.PreviewOptions{Findings: 20})
		if err != nil {
			t.Fatal(err)
		}
		account := takeIn(t, r, src, []byte(raw))
		findings, err := ledger.Findings(context.Background(), r.DB, account.ID, 0, 20)
		if err != nil {
			t.Fatal(err)
		}
		told := brief(findings)
		if first == nil {
			first = told
		}
		if !slices.Equal(brief(p.Findings), told) || !slices.Equal(first, told) {
			t.Errorf("%s: previewed %q, taken in %q; at first %q", step, brief(p.Findings), told, first)
		}
	}
	return first
}

// TestAFindingNamesTheCellOfItsScheme where the same code stands in columns and lines of several schemes.
func TestAFindingNamesTheCellOfItsScheme(t *testing.T) {
	activities := "id,title_en,actual_start,goals,targets,countries,paragraphs,code,share\nW1,One,2024-01-01,C2,C2,KE,itu:wtdc/res/30#resolves_99:60|R8:40,mine,own"
	for name, c := range map[string]struct {
		sheets []bookSheet
		want   string
	}{
		"two columns":                     {[]bookSheet{sheetOf("Activities", "id,title_en,actual_start,action_lines,goals\nW1,One,2024-01-01,9,9")}, "Activities!D2 9"},
		"two other columns":               {[]bookSheet{sheetOf("Activities", "id,title_en,actual_start,countries,targets\nW1,One,2024-01-01,KE,KE")}, "Activities!E2 KE"},
		"each of two columns":             {[]bookSheet{sheetOf("Activities", "id,title_en,actual_start,goals,targets\nW1,One,2024-01-01,C2,C2")}, "Activities!D2 C2, Activities!E2 C2"},
		"a paragraph under its whole key": {[]bookSheet{sheetOf("Activities", activities)}, "Activities!D2 C2, Activities!E2 C2, Activities!G2 resolves_99"},
		"lines of two schemes":            {[]bookSheet{sheetOf("Tags", "activity,scheme,code\nW0,wsis-action-line,C2\nW0,sdg-goal,C2\nW0,sdg-target,C2")}, "Tags!C3 C2, Tags!C4 C2"},
		"a line of a place and one of a tag": {[]bookSheet{sheetOf("Places", "activity,place_kind,code\nW0,country,C2\nW0,region,XX"), sheetOf("Tags", "activity,scheme,code\nW0,wsis-action-line,XX")},
			"Places!C2 C2, Tags!C2 XX"},
	} {
		t.Run(name, func(t *testing.T) {
			r := open(dbtest.SQLite(t))
			takeIn(t, r, register.Source{File: "own.csv"}, []byte("id,title_en,actual_start\nW0,Zero,2024-01-01\n"))
			var got []string
			for _, told := range cellsTold(t, r, register.Source{File: "own.xlsx", Name: "own.csv", Partial: true}, string(bookOf(t, c.sheets...))) {
				if cell, ok := strings.CutPrefix(told, "unknown-code "); ok {
					got = append(got, cell)
				}
			}
			slices.Sort(got)
			if strings.Join(got, ", ") != c.want {
				t.Errorf("told %q, want %q", got, c.want)
			}
		})
	}
}

// TestAFindingAboutALineThatStandsNamesNoCell of the file, which has columns of the same names.
func TestAFindingAboutALineThatStandsNamesNoCell(t *testing.T) {
	r := open(dbtest.SQLite(t))
	src := register.Source{File: "own.csv"}
	takeIn(t, r, src, []byte("id,reporter,title_en,actual_start\nW1,<A>,One,2024-01-01\n"))
	takeIn(t, r, src, []byte("activity,scheme,code,share\nW1,sdg-goal,C2,many\n"))
	got := cellsTold(t, r, src, "id,title_en,code,share,scheme\nW1,Another,x,y,z\n")
	slices.Sort(got)
	want := []string{"bad-value  many", "unknown-code  C2", "unknown-column C1 code", "unknown-column D1 share", "unknown-column E1 scheme"}
	if !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
}

func TestAMisspeltSchemeIsToldWithTheNearest(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		takeIn(t, r, register.Source{File: "own.csv"}, []byte("id,reporter,title_en,actual_start\nW1,<A>,One,2024-01-01\n"))
		lines := "activity,scheme,code\nW1,Wsis-Acton-Line,C2\nW1,sdg_target,9.c\nW1,action-line,C2\nW1,thread,R8\nW1,3,x\nW1,tag 4,x\nW1,https://example.org/own,x\nW1,wsis-acton-line,C5\n"
		src := register.Source{File: "tags.csv", Name: "own.csv", Partial: true}
		got := cellsTold(t, r, src, lines)
		want := []string{"unknown-scheme B2 Wsis-Acton-Line", "unknown-scheme B3 sdg_target"}
		if !slices.Equal(got, want) {
			t.Errorf("told %q, want %q", got, want)
		}
		p, err := r.PreviewTable(context.Background(), operator, src, strings.NewReader(lines), register.PreviewOptions{Findings: 20})
		if err != nil || len(p.Findings) == 0 {
			t.Fatal(p.Findings, err)
		}
		f := p.Findings[0]
		if f.Severity != resolute.SeverityWarning || !strings.HasPrefix(f.Expected, "wsis-action-line, action-line, ") || !strings.HasPrefix(f.Message, `scheme "Wsis-Acton-Line": no such scheme (nearest: wsis-action-line, `) {
			t.Errorf("told %+v", f)
		}
		for _, c := range r.Checks(true) {
			if c.Name != register.FindingUnknownScheme {
				continue
			}
			err := d.View(context.Background(), func(q db.Queryer) error {
				found, err := c.Find(context.Background(), q, 10)
				if err == nil && found.Count != 2 {
					t.Errorf("the check found %+v, want 2", found)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return
		}
		t.Error("there is no check of schemes")
	})
}
