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

// gardens is an instrument in two editions: the second strikes the paragraph on oaks and numbers the
// others anew. paths is a text whose paragraphs are numbered through.
const (
	gardens = "RESOLUTION 999 (Fiction, 2014)\nGardens\nThe Plenipotentiary Conference of the International Telecommunication Union (Fiction, 2014),\n" +
		"resolves\n1 to plant oaks along all roads of the north;\n2 to water the gardens of every school each morning;\n3 to count the flowers of the south with care,\n" +
		"instructs the Secretary-General\nto publish the number of gardens.\n"
	gardensRevised = "RESOLUTION 999 (Rev. Fiction, 2016)\nGardens\nThe Plenipotentiary Conference of the International Telecommunication Union (Fiction, 2016),\n" +
		"resolves\n1 to water the gardens of every school each morning;\n2 to count the flowers of the south with care,\n" +
		"instructs the Secretary-General\nto publish the number of gardens.\n"
	paths = "70/999. Paths\nResolution adopted by the General Assembly on 16 December 2015\nThe General Assembly,\nRecalling the paths,\n" +
		"1. Requests the Secretary-General to lay paths;\n2. Invites all to walk;\n3. Decides to stay.\n16 December 2015\n"
)

// citingGardens is a text of 2018 with a paragraph that cites.
func citingGardens(words string) string {
	return "RESOLUTION 31 (Fiction, 2018)\nTrees\nThe Plenipotentiary Conference of the International Telecommunication Union (Fiction, 2018),\nresolves\nto act as " + words + ".\n"
}

func TestAParagraphOfAnotherTextThatWasStruckIsFound(t *testing.T) {
	var held []*mandate.Document
	for _, text := range []string{gardensRevised, gardens, paths} {
		held = append(held, mandate.Parse(text))
	}
	for name, c := range map[string]struct{ words, want string }{
		"struck since the edition named":     {"resolves 1 of Resolution 999 (Fiction, 2014) of the Plenipotentiary Conference asks", "warning: this paragraph of itu:pp/res/999 (Fiction, 2014) was struck: itu:pp/res/999 (Rev. Fiction, 2016) has it no longer"},
		"renumbered since the edition named": {"resolves 3 of Resolution 999 (Fiction, 2014) of the Plenipotentiary Conference asks", "note: in itu:pp/res/999 (Rev. Fiction, 2016) this paragraph stands at resolves 2"},
		"there in the newest edition":        {"resolves 2 of Resolution 999 (Rev. Fiction, 2016) of the Plenipotentiary Conference asks", ""},
		"not in the newest edition":          {"resolves 3 of Resolution 999 (Rev. Fiction, 2016) of the Plenipotentiary Conference asks", "warning: itu:pp/res/999 (Rev. Fiction, 2016) has no paragraph resolves 3; the one of Fiction, 2014 stands at resolves 2 now"},
		"no edition named, the newest meant": {"resolves 3 of Resolution 999 of the Plenipotentiary Conference asks", "warning: itu:pp/res/999 (Rev. Fiction, 2016) has no paragraph resolves 3; the one of Fiction, 2014 stands at resolves 2 now"},
		"never there":                        {"resolves 9 of Resolution 999 (Fiction, 2014) of the Plenipotentiary Conference asks", "warning: itu:pp/res/999 (Fiction, 2014) has no paragraph resolves 9"},
		"the end of a range":                 {"resolves 1 to 7 of Resolution 999 (Rev. Fiction, 2016) of the Plenipotentiary Conference asks", "warning: itu:pp/res/999 (Rev. Fiction, 2016) has no paragraph resolves 7"},
		"an edition that is not held":        {"resolves 9 of Resolution 999 (Rev. Guadalajara, 2010) of the Plenipotentiary Conference asks", ""},
		"a heading that it does not have":    {"invites 1 of Resolution 999 (Rev. Fiction, 2016) of the Plenipotentiary Conference asks", ""},
		"the whole of it":                    {"Resolution 999 (Rev. Fiction, 2016) of the Plenipotentiary Conference asks", ""},
		"a number of a text with headings":   {"paragraph 9 of Resolution 999 (Rev. Fiction, 2016) of the Plenipotentiary Conference asks", ""},
		"a number that is there":             {"paragraphs 1 and 3 of General Assembly resolution 70/999 ask", ""},
		"a number that is not there":         {"paragraph 4 of General Assembly resolution 70/999 asks", "warning: un:a/res/70/999 has no paragraph 4"},
		"a number in an annex":               {"paragraph 46 of the annex to General Assembly resolution 70/999 asks", ""},
	} {
		got := ""
		for _, f := range mandate.LintAmong(mandate.Parse(citingGardens(c.words)), held) {
			if f.Rule == "citation-of-struck-provision" {
				got += fmt.Sprintf("%s: %s", f.Severity, f.Message)
			}
		}
		if got != c.want {
			t.Errorf("%s:\n%q\nwant\n%q", name, got, c.want)
		}
	}
}

func TestATextHeldShowsThatAnOlderEditionIsCited(t *testing.T) {
	held := []*mandate.Document{mandate.Parse(gardens), mandate.Parse(gardensRevised)}
	for edition, want := range map[string]int{"Fiction, 2014": 1, "Rev. Fiction, 2016": 0} {
		got := 0
		for _, f := range mandate.LintAmong(mandate.Parse(citingGardens("Resolution 999 ("+edition+") of the Plenipotentiary Conference asks")), held) {
			if f.Rule == "citation-older-than-known" && f.Expected == "Rev. Fiction, 2016" {
				got++
			}
		}
		if got != want {
			t.Errorf("%s: %d findings, want %d", edition, got, want)
		}
	}
	early := strings.ReplaceAll(citingGardens("Resolution 999 (Fiction, 2014) of the Plenipotentiary Conference asks"), "2018", "2015")
	for _, f := range mandate.LintAmong(mandate.Parse(early), held) {
		t.Errorf("what came after the day of a text is held against it: %s", f.Message)
	}
}

func struckIn(findings []resolute.Finding) (list []string) {
	for _, f := range findings {
		if f.Rule == "citation-of-struck-provision" {
			list = append(list, fmt.Sprintf("%s %d:%d %q", f.Severity, f.Line, f.Column, f.Found))
		}
	}
	return list
}

func TestFindingsAgainstTheShelfFollowWhatIsHeld(t *testing.T) {
	const want = `warning 5:11 "resolves 1 of Resolution 999 (Fiction, 2014) of the Plenipotentiary Conference"`
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(d)
		ctx := context.Background()
		take(t, m, citingGardens("resolves 1 of Resolution 999 (Fiction, 2014) of the Plenipotentiary Conference asks"))
		if got := struckIn(reading(t, m, "itu:pp/res/31").Findings); got != nil {
			t.Errorf("nothing else is held, and %v was found", got)
		}
		take(t, m, gardens)
		if got := struckIn(reading(t, m, "itu:pp/res/31").Findings); got != nil {
			t.Errorf("the edition named has it, and %v was found", got)
		}
		revised := take(t, m, gardensRevised)
		if got := strings.Join(struckIn(reading(t, m, "itu:pp/res/31").Findings), " "); got != want {
			t.Errorf("the page shows %s", got)
		}
		all, err := m.LintHeld(ctx, mandate.HeldQuery{}, nil)
		if got := strings.Join(struckIn(all), " "); err != nil || got != want {
			t.Errorf("the shelf has %s, %v", got, err)
		}
		if f := all[0]; f.File != "itu:pp/res/31" || f.Record != "itu:pp/res/31#resolves_p1" {
			t.Errorf("the finding names %s and %s", f.File, f.Record)
		}
		if early, err := m.LintHeld(ctx, mandate.HeldQuery{Day: "2015-06-01"}, nil); err != nil || struckIn(early) != nil {
			t.Errorf("in 2015: %v, %v", struckIn(early), err)
		}
		if _, err := m.Undo(ctx, resolute.Operator(), revised.ID); err != nil {
			t.Fatal(err)
		}
		if got := struckIn(reading(t, m, "itu:pp/res/31").Findings); got != nil {
			t.Errorf("the revision was taken back, and %v is still found", got)
		}
		if _, err := m.LintHeld(ctx, mandate.HeldQuery{Instrument: "itu:pp/res/1"}, nil); resolute.CodeOf(err) != resolute.NotFound {
			t.Errorf("an instrument that is not held: %v", err)
		}
	})
}

func TestTheAccountOfAnImportTellsWhatWasStruck(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(d)
		take(t, m, gardens)
		take(t, m, gardensRevised)
		if account := take(t, m, citingGardens("resolves 1 of Resolution 999 (Fiction, 2014) of the Plenipotentiary Conference asks")); account.Total.Warning < 1 {
			t.Errorf("account %+v", account.Total)
		}
	})
}

func TestAProvisionOfAnotherInstrumentIsOneCitation(t *testing.T) {
	for text, want := range map[string]string{
		"as resolves 1 to 11 of Resolution 25 (Rev. Dubai, 2018) of the Plenipotentiary Conference asks": "itu:pp/res/25@2018#resolves_1 itu:pp/res/25@2018#resolves_11",
		"under instructs the Secretary-General 3 of Resolution 140 (Rev. Dubai, 2018)":                   "itu:pp/res/140@2018#instructs-sg_3",
		"le décide 9 de la Résolution 140 (Rév. Dubaï, 2018) de la Conférence de plénipotentiaires":      "itu:pp/res/140@2018#resolves_9",
		"el resuelve 9 de la Resolución 140 (Rev. Dubái, 2018) de la Conferencia de Plenipotenciarios":   "itu:pp/res/140@2018#resolves_9",
		"в пункте 9 раздела решает Резолюции 140 (Пересм. Дубай, 2018 г.) Полномочной конференции":       "itu:pp/res/140@2018#resolves_9",
		"الفقرة 9 من يقرر من القرار 140 (المراجَع في دبي، 2018) لمؤتمر المندوبين المفوضين":               "itu:pp/res/140@2018#resolves_9",
		"as resolves 5 above and in Resolution 140 (Rev. Dubai, 2018)":                                   "self#resolves_5 itu:pp/res/140@2018",
		"resolves 2 and Resolution 140 (Rev. Dubai, 2018)":                                               "self#resolves_2 itu:pp/res/140@2018",
		"paragraph 46 of the annex to General Assembly resolution 32/197 of 20 December 1977":            "un:a/res/32/197@1977-12-20#annex",
	} {
		var got []string
		for _, c := range mandate.CiteLine(text, 1, "itu:pp") {
			got = append(got, c.IDs()...)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", text, strings.Join(got, " "), want)
		}
	}
}

func TestAParagraphKnowsWhoCitesItThroughItsThread(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(d)
		for _, text := range []string{gardens, gardensRevised, paths,
			citingGardens("resolves 3 of Resolution 999 (Fiction, 2014) of the Plenipotentiary Conference asks, and paragraphs 1 and 3 of General Assembly resolution 70/999 ask")} {
			take(t, m, text)
		}
		newest := reading(t, m, "itu:pp/res/999")
		for thread, want := range map[string]string{
			newest.Provisions[1].Thread: "itu:pp/res/31#resolves_p1 itu:pp/res/999@2014#resolves_3", // resolves 2 of 2016 was resolves 3
			newest.Provisions[0].Thread: "",
			"un:a/res/70/999#1":         "itu:pp/res/31#resolves_p1 un:a/res/70/999#1",
			"un:a/res/70/999#2":         "",
			"un:a/res/70/999#3":         "itu:pp/res/31#resolves_p1 un:a/res/70/999#3",
		} {
			edges, err := m.Citers(context.Background(), thread, "2026-06-01")
			var got []string
			for _, e := range edges {
				got = append(got, e.Thread+" "+e.ID)
			}
			if err != nil || strings.Join(got, " ") != want {
				t.Errorf("%s is cited by %v, want %s; %v", thread, got, want, err)
			}
		}
	})
}

func TestADraftIsHeldAgainstTheTextsItCites(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(d)
		take(t, m, gardens)
		take(t, m, gardensRevised)
		draft := begun(t, m, small)
		if err := edit(t, m, &draft, mandate.DraftEdit{Verb: mandate.EditText, Key: "resolves_1", Text: "to act as resolves 3 of Resolution 999 (Rev. Fiction, 2016) of the Plenipotentiary Conference asks;"}); err != nil {
			t.Fatal(err)
		}
		if got := struckIn(draftOf(t, m, draft.ID).FindingsOf("resolves_1")); len(got) != 1 {
			t.Errorf("the line has %v", got)
		}
	})
}

// A text that is taken back while all are looked at is left out; what is wrong with the others stays.
func TestLintOfAllTextsGoesOnWhenOneIsTakenBack(t *testing.T) {
	m := open(dbtest.SQLite(t))
	bringIn := func(name, text string) int64 {
		account, err := m.Import(context.Background(), resolute.Operator(), mandate.File{Name: name, Data: []byte(text)})
		if err != nil {
			t.Fatal(err)
		}
		return account.ID
	}
	bringIn("gardens.txt", gardens)
	bringIn("trees.txt", citingGardens("resolves 9 of Resolution 999 (Fiction, 2014) of the Plenipotentiary Conference asks"))
	last := bringIn("paths.txt", paths)
	found, err := m.LintHeld(context.Background(), mandate.HeldQuery{}, func(done, _ int) {
		if done == 1 {
			if _, err := m.Undo(context.Background(), resolute.Operator(), last); err != nil {
				t.Fatal(err)
			}
		}
	})
	if err != nil || len(struckIn(found)) != 1 {
		t.Errorf("found %v, %v", found, err)
	}
}
