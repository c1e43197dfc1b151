package mandate_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/mandate"
)

// begun takes a text in and begins a draft from it.
func begun(t *testing.T, m *mandate.Mandate, text string) mandate.Draft {
	t.Helper()
	take(t, m, text)
	d, err := m.BeginDraft(context.Background(), resolute.Operator(), mandate.NewDraft{Instrument: mandate.BuiltIn(), Place: "Elsewhere", Year: 2029, Why: "for the conference"})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// edit does a deed on the draft as it stands.
func edit(t *testing.T, m *mandate.Mandate, d *mandate.Draft, e mandate.DraftEdit) error {
	t.Helper()
	e.Version = d.Version
	after, err := m.EditDraft(context.Background(), resolute.Operator(), d.ID, e)
	if err == nil {
		*d = after
	}
	return err
}

func draftOf(t *testing.T, m *mandate.Mandate, id int64) *mandate.DraftReading {
	t.Helper()
	r, err := m.Draft(context.Background(), resolute.Operator(), id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestADeedOnADraftGivesAText(t *testing.T) {
	for _, c := range []struct {
		name     string
		deed     mandate.DraftEdit
		old, new string // what of the text is replaced by what
	}{
		{"other words", mandate.DraftEdit{Verb: mandate.EditText, Key: "resolves_1", Text: "to stop;"}, "1 to go on;", "1 to stop;"},
		{"blanks alone are no change", mandate.DraftEdit{Verb: mandate.EditText, Key: "resolves_1", Text: " to  go\r\non; "}, "", ""},
		{"a mark of one's own", mandate.DraftEdit{Verb: mandate.EditText, Key: "resolves_1", Mark: "1bis", Text: "to go on;"}, "1 to go on;", "1bis to go on;"},
		{"a provision between", mandate.DraftEdit{Verb: mandate.AddAfter, Key: "resolves_1", Text: "to rest;"}, "2 to begin:", "2 to rest;\n3 to begin:"},
		{"a provision before the first", mandate.DraftEdit{Verb: mandate.AddBefore, Key: "recalling_a", Text: "an older thing;"}, "a) a first thing;\nb) a second thing,", "a) an older thing;\nb) a first thing;\nc) a second thing,"},
		{"a part behind the parts", mandate.DraftEdit{Verb: mandate.AddBelow, Key: "resolves_2", Text: "elsewhere,"}, "ii) and there,\n", "ii) and there,\niii) elsewhere,\n"},
		{"a first part", mandate.DraftEdit{Verb: mandate.AddBelow, Key: "resolves_1", Text: "slowly;"}, "1 to go on;\n", "1 to go on;\ni) slowly;\n"},
		{"the numbering closes the gap", mandate.DraftEdit{Verb: mandate.Strike, Key: "resolves_1"}, "1 to go on;\n2 to begin:", "1 to begin:"},
		{"parts are struck with their whole", mandate.DraftEdit{Verb: mandate.Strike, Key: "resolves_2"}, "2 to begin:\ni) here;\nii) and there,\n", ""},
		{"a provision moves with its parts", mandate.DraftEdit{Verb: mandate.MoveUp, Key: "resolves_2"}, "1 to go on;\n2 to begin:\ni) here;\nii) and there,", "1 to begin:\ni) here;\nii) and there,\n2 to go on;"},
		{"a part moves down", mandate.DraftEdit{Verb: mandate.MoveDown, Key: "resolves_2_i"}, "i) here;\nii) and there,", "i) and there,\nii) here;"},
		{"a heading reads otherwise", mandate.DraftEdit{Verb: mandate.EditText, Key: "heading.4", Text: "recalling further"}, "recalling\n", "recalling further\n"},
		{"a new group behind a list", mandate.DraftEdit{Verb: mandate.AddHeading, Key: "resolves_2", Text: "invites Member States"}, "requests the", "invites Member States\nrequests the"},
		{"the title", mandate.DraftEdit{Verb: mandate.EditText, Key: "title", Text: "Another title"}, "A title in words of our own", "Another title"},
		{"the conference is written in", mandate.DraftEdit{Verb: mandate.WriteEvent}, "Fiction, 2001", "Elsewhere, 2029"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := open(dbtest.SQLite(t))
			d := begun(t, m, small)
			if err := edit(t, m, &d, c.deed); err != nil {
				t.Fatal(err)
			}
			want := small
			if c.old != "" {
				want = strings.ReplaceAll(small, c.old, c.new)
			}
			if got := d.Body(); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestADeedThatCannotBeIsRefused(t *testing.T) {
	m := open(dbtest.SQLite(t))
	d := begun(t, m, small)
	for name, c := range map[string]struct {
		deed mandate.DraftEdit
		want resolute.Code
	}{
		"an unknown line":        {mandate.DraftEdit{Verb: mandate.Strike, Key: "resolves_9"}, resolute.NotFound},
		"an unknown deed":        {mandate.DraftEdit{Verb: "burn", Key: "resolves_1"}, resolute.Invalid},
		"no words":               {mandate.DraftEdit{Verb: mandate.EditText, Key: "resolves_1", Text: "  "}, resolute.Invalid},
		"the first moves up":     {mandate.DraftEdit{Verb: mandate.MoveUp, Key: "resolves_1"}, resolute.Invalid},
		"the last moves down":    {mandate.DraftEdit{Verb: mandate.MoveDown, Key: "requests_p1"}, resolute.Invalid},
		"the title is struck":    {mandate.DraftEdit{Verb: mandate.Strike, Key: "title"}, resolute.Invalid},
		"a line without end":     {mandate.DraftEdit{Verb: mandate.EditText, Key: "resolves_1", Text: strings.Repeat("a", mandate.LongestDraftLine+1)}, resolute.Invalid},
		"a mark with a blank":    {mandate.DraftEdit{Verb: mandate.EditText, Key: "resolves_1", Text: "to go on;", Mark: "1 b"}, resolute.Invalid},
		"text that is no UTF-8":  {mandate.DraftEdit{Verb: mandate.EditText, Key: "resolves_1", Text: "\xff"}, resolute.Invalid},
		"a heading cannot move":  {mandate.DraftEdit{Verb: mandate.MoveUp, Key: "heading.4"}, resolute.Invalid},
		"a new line needs words": {mandate.DraftEdit{Verb: mandate.AddAfter, Key: "resolves_1"}, resolute.Invalid},
	} {
		if err := edit(t, m, &d, c.deed); resolute.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if _, err := m.Drafts(context.Background(), resolute.Actor{ID: "nobody"}, ""); resolute.CodeOf(err) != resolute.Forbidden {
		t.Errorf("a reader sees drafts: %v", err)
	}
}

func TestEverySaveOfADraftIsAVersion(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		ctx := context.Background()
		m := open(store)
		d := begun(t, m, small)
		before, _ := audit.Newest(ctx, store)
		if err := edit(t, m, &d, mandate.DraftEdit{Verb: mandate.Strike, Key: "resolves_1", Why: "done"}); err != nil {
			t.Fatal(err)
		}
		stale := mandate.DraftEdit{Version: 1, Verb: mandate.EditText, Key: "resolves_2", Text: "to begin at once:"}
		_, err := m.EditDraft(ctx, resolute.Operator(), d.ID, stale)
		var outdated *mandate.Outdated
		if !errors.As(err, &outdated) || outdated.Draft.Version != 2 || outdated.Edit.Text != stale.Text || resolute.CodeOf(err) != resolute.Conflict {
			t.Errorf("a save on version 1 while 2 stands: %v", err)
		}
		back, err := m.RestoreDraft(ctx, resolute.Operator(), d.ID, 1, "not done")
		if err != nil || back.Version != 3 || back.Body() != small {
			t.Errorf("version 1 again: version %d, %v, text\n%s", back.Version, err, back.Body())
		}
		if after, _ := audit.Newest(ctx, store); after.Seq != before.Seq+2 {
			t.Errorf("two deeds left %d changes", after.Seq-before.Seq)
		}
		versions, err := m.DraftVersions(ctx, resolute.Operator(), d.ID)
		if err != nil || len(versions) != 3 || versions[0].Restores != 1 || versions[1].Why != "done" || versions[1].Actor != "operator" || versions[2].Verb != "begin" {
			t.Errorf("versions %+v, %v", versions, err)
		}
		if r := reading(t, m, mandate.BuiltIn()); r.Label != "Rev. Fiction, 2001" {
			t.Errorf("in force is %s: a draft never is", r.Label)
		}
		if list, err := m.Drafts(ctx, resolute.Operator(), mandate.BuiltIn()); err != nil || len(list) != 1 || list[0].Version != 3 || list[0].Day != "2029-12-31" {
			t.Errorf("drafts %+v, %v", list, err)
		}
	})
}

func TestADraftSaysWhatChanged(t *testing.T) {
	m := open(dbtest.SQLite(t))
	d := begun(t, m, small)
	if r := draftOf(t, m, d.ID); r.Mark() != mandate.MarkNone || r.New.Body != small || len(r.Others) > 0 {
		t.Errorf("untouched: %s, others %v", r.Mark(), r.Others)
	}
	for _, e := range []mandate.DraftEdit{{Verb: mandate.Strike, Key: "resolves_1"}, {Verb: mandate.AddAfter, Key: "recalling_b", Text: "a third thing,"},
		{Verb: mandate.EditText, Key: "requests_p1", Text: "to bring this to every conference."}, {Verb: mandate.EditText, Key: "title", Text: "Another title"}} {
		if err := edit(t, m, &d, e); err != nil {
			t.Fatal(err)
		}
	}
	r := draftOf(t, m, d.ID)
	var got []string
	for _, c := range r.Changes {
		w := c.New
		if w == nil {
			w = c.Old
		}
		got = append(got, mandate.ProposalMark(c)+" "+w.Path)
	}
	if want := "NOC recalling_a, NOC recalling_b, ADD new.1, SUP resolves_1, MOD resolves_2, NOC resolves_2_i, NOC resolves_2_ii, MOD requests_p1"; strings.Join(got, ", ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), want)
	}
	if len(r.Others) != 1 || r.Others[0].Key != "title" || !strings.HasPrefix(r.New.Body, "MOD\nRESOLUTION 30") {
		t.Errorf("others %v", r.Others)
	}
	if names, counts := r.Addressees(); strings.Join(names, "|") != "|Sector|Secretary-General" || counts["Secretary-General"] != 1 || counts["Sector"] != 2 || counts[""] != 1 {
		t.Errorf("changed for %q %v", names, counts)
	}
}

func TestADraftIsJudgedAsOfItsOwnDay(t *testing.T) {
	m := open(dbtest.SQLite(t))
	d := begun(t, m, strings.Replace(small, "a) a first thing;", "a) Resolution 140 (Rev. Antalya, 2006) of the Plenipotentiary Conference;", 1))
	if err := edit(t, m, &d, mandate.DraftEdit{Verb: mandate.AddBefore, Key: "recalling_a", Text: "a thing before;"}); err != nil {
		t.Fatal(err)
	}
	for _, f := range draftOf(t, m, d.ID).FindingsOf("recalling_a") {
		if f.Rule == "citation-older-than-known" && f.Found == "Rev. Antalya, 2006" {
			return
		}
	}
	t.Errorf("no stale citation on its line: %+v", draftOf(t, m, d.ID).Findings)
}

// TestAnyTextIsDraftedSignForSign holds that nothing is lost when a text becomes lines, on the
// texts of the samples.
func TestAnyTextIsDraftedSignForSign(t *testing.T) {
	paths, _ := filepath.Glob("../../../shared/samples/resolutions/*.txt")
	if len(paths) == 0 {
		t.Skip("no texts in ../shared/samples/resolutions")
	}
	drafted := 0
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		m := open(dbtest.SQLite(t))
		account, err := m.Import(context.Background(), resolute.Operator(), mandate.File{Name: "r.txt", Data: text})
		if err != nil || account.Read == 0 {
			continue
		}
		held, err := m.Revisions(context.Background(), "")
		if err != nil || len(held) != 1 {
			t.Fatalf("%s: %v", path, err)
		}
		d, err := m.BeginDraft(context.Background(), resolute.Operator(), mandate.NewDraft{Instrument: held[0].Instrument, Year: 2029})
		if held[0].Mixed {
			if resolute.CodeOf(err) != resolute.Invalid {
				t.Errorf("%s mixes two revisions: %v", path, err)
			}
			continue
		}
		base, _ := m.Read(context.Background(), held[0].Instrument, held[0].ID)
		if err != nil || d.Body() != base.Body {
			t.Errorf("%s: %v, or the text is another one", path, err)
			continue
		}
		if n := provisionsOf(d); n != held[0].Provisions {
			t.Errorf("%s: %d provisions in the draft, %d in the text", path, n, held[0].Provisions)
		}
		drafted++
	}
	t.Logf("%d of %d texts", drafted, len(paths))
}

func provisionsOf(d mandate.Draft) int {
	n := 0
	for _, l := range d.Lines {
		if l.Kind == mandate.DraftProvision {
			n++
		}
	}
	return n
}

// TestDeedsLeaveTheBaseAsItWas does any deeds in any order: the base stays, what was not touched
// keeps its words, and the first version brings all of it back.
func TestDeedsLeaveTheBaseAsItWas(t *testing.T) {
	m := open(dbtest.SQLite(t))
	d := begun(t, m, small)
	random := rand.New(rand.NewPCG(1, 2))
	for range 150 {
		l := d.Lines[random.IntN(len(d.Lines))]
		verb := mandate.DraftVerbs[random.IntN(len(mandate.DraftVerbs))]
		if err := edit(t, m, &d, mandate.DraftEdit{Verb: verb, Key: l.Key, Text: "some words;"}); err != nil && resolute.CodeOf(err) == resolute.Internal {
			t.Fatalf("%s %s: %v", verb, l.Key, err)
		}
		if r := draftOf(t, m, d.ID); r.Base.Body != small {
			t.Fatalf("after %s %s the base reads\n%s", verb, l.Key, r.Base.Body)
		}
	}
	back, err := m.RestoreDraft(context.Background(), resolute.Operator(), d.ID, 1, "")
	if err != nil || back.Body() != small {
		t.Errorf("%v: the first version reads\n%s", err, back.Body())
	}
}
