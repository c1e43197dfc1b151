package mandate_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
	"resolute/internal/mandate"
)

const small = `RESOLUTION 30 (Rev. Fiction, 2001)
A title in words of our own
The World Telecommunication Development Conference (Fiction, 2001),
recalling
a) a first thing;
b) a second thing,
resolves to invite the Sector
1 to go on;
2 to begin:
i) here;
ii) and there,
requests the Secretary-General
to bring this to the next conference.
`

func open(d *db.DB) *mandate.Mandate {
	return &mandate.Mandate{DB: d, Now: func() time.Time { return time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC) }}
}

func threads(r *mandate.Reading) string {
	var list []string
	for _, w := range r.Provisions {
		list = append(list, strings.TrimPrefix(w.Thread, r.Instrument+"#"))
	}
	return strings.Join(list, " ")
}

func take(t *testing.T, m *mandate.Mandate, text string) ledger.Import {
	t.Helper()
	account, err := m.Import(context.Background(), resolute.Operator(), mandate.File{Name: "r.txt", Data: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	return account
}

func reading(t *testing.T, m *mandate.Mandate, instrument string) *mandate.Reading {
	t.Helper()
	r, err := m.Read(context.Background(), instrument, 0)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestATextIsStoredAsProvisionsWithLastingNames(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(d)
		if account := take(t, m, small); account.Read != 7 || account.New != 7 || account.State != ledger.Done {
			t.Fatalf("account %+v", account)
		}
		r := reading(t, m, mandate.BuiltIn())
		if got := threads(r); got != "recalling_a recalling_b resolves_1 resolves_2 resolves_2_i resolves_2_ii requests_p1" {
			t.Errorf("threads %s", got)
		}
		if r.Label != "Rev. Fiction, 2001" || r.Provisions[6].Text != "to bring this to the next conference." || r.Mixed {
			t.Errorf("label %q, last text %q, mixed %v", r.Label, r.Provisions[6].Text, r.Mixed)
		}
		if got := r.Provisions[6].Addressees; len(got) != 1 || got[0] != "Secretary-General" {
			t.Errorf("the last item speaks to %q", got)
		}
	})
}

func TestASecondTextOfAnEditionIsComparedWithTheFirst(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(d)
		take(t, m, small)
		if again := take(t, m, small); again.Unchanged != 7 || again.New != 0 || again.Changed != 0 {
			t.Errorf("the same text again: %+v", again.Counts)
		}
		corrected := take(t, m, strings.Replace(small, "1 to go on;", "1 to go on as before;", 1))
		if corrected.Changed != 1 || corrected.Unchanged != 6 || corrected.New != 0 {
			t.Errorf("one word corrected: %+v", corrected.Counts)
		}
		list, err := m.Revisions(context.Background(), mandate.BuiltIn())
		if err != nil || len(list) != 1 {
			t.Errorf("one edition is listed %d times, %v", len(list), err)
		}
	})
}

func TestTheLatestDayIsInForceWhateverTheOrderOfImport(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(d)
		take(t, m, strings.ReplaceAll(small, "2001", "2009"))
		take(t, m, small)
		if r := reading(t, m, mandate.BuiltIn()); r.Label != "Rev. Fiction, 2009" {
			t.Errorf("in force is %s", r.Label)
		}
		list, err := m.Revisions(context.Background(), "")
		if err != nil || len(list) != 2 || list[0].Label != "Rev. Fiction, 2009" {
			t.Errorf("revisions %+v, %v", list, err)
		}
	})
}

func TestAResolutionOfAnotherBodyIsAnotherInstrument(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(d)
		take(t, m, strings.Replace(small, "World Telecommunication Development Conference", "Plenipotentiary Conference", 1))
		if r := reading(t, m, mandate.BuiltIn()); r != nil {
			t.Error("a resolution 30 of the Plenipotentiary became the mandate")
		}
		if r := reading(t, m, "itu:pp/res/30"); r == nil || len(r.Provisions) != 7 {
			t.Errorf("resolution 30 of the Plenipotentiary: %+v", r)
		}
	})
}

func TestFindingsOfATextStandInItsAccountAndAtTheirProvision(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(d)
		account := take(t, m, strings.Replace(small, "b) a second", "a) a second", 1))
		if account.Total.Warning != 1 {
			t.Errorf("findings %+v", account.Total)
		}
		stored, err := ledger.Findings(context.Background(), d, account.ID, 0, 10)
		if err != nil || len(stored) != 1 || stored[0].Rule != "letter-repeated" || stored[0].Line != 6 {
			t.Errorf("stored findings %+v, %v", stored, err)
		}
		r := reading(t, m, mandate.BuiltIn())
		if list := r.FindingsOf(mandate.BuiltIn() + "#recalling_p2"); len(list) != 1 {
			t.Errorf("at the provision %+v", list)
		}
		if list := r.FindingsOf(mandate.BuiltIn() + "#recalling_a"); len(list) != 0 {
			t.Errorf("at the one before %+v", list)
		}
	})
}

func TestTheKeysOfAMixedPreambleAreProvisional(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(d)
		take(t, m, strings.Replace(small, "Rev. Fiction, 2001", "Rev. Dubai, 2014 Buenos Aires, 2017", 1))
		r := reading(t, m, mandate.BuiltIn())
		if !r.Mixed || !r.Provisions[0].Provisional || r.Provisions[2].Provisional {
			t.Errorf("mixed %v, recital provisional %v, operative provisional %v", r.Mixed, r.Provisions[0].Provisional, r.Provisions[2].Provisional)
		}
	})
}

func TestAnImportOfATextCanBeUndone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		m := open(d)
		first := take(t, m, small)
		second := take(t, m, strings.Replace(small, "to go on", "to stop", 1))
		if _, err := m.Undo(ctx, resolute.Operator(), first.ID); resolute.CodeOf(err) != resolute.Conflict {
			t.Errorf("undo of an earlier import: %v", err)
		}
		if _, err := m.Undo(ctx, resolute.Actor{}, second.ID); resolute.CodeOf(err) != resolute.Forbidden {
			t.Errorf("without the right: %v", err)
		}
		reading(t, m, mandate.BuiltIn()) // so that it is remembered
		undone, err := m.Undo(ctx, resolute.Operator(), second.ID)
		if err != nil || undone.State != ledger.Undone {
			t.Fatalf("undo: %+v, %v", undone, err)
		}
		if r := reading(t, m, mandate.BuiltIn()); r.Provisions[2].Text != "to go on;" {
			t.Errorf("after undo the text is %q", r.Provisions[2].Text)
		}
		if r, err := m.Read(ctx, mandate.BuiltIn(), reading(t, m, mandate.BuiltIn()).ID+1); err != nil || r != nil {
			t.Errorf("the undone text is still read: %v, %v", r, err)
		}
	})
}

func TestProvisionsAreFoundByTheirWords(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(d)
		take(t, m, small)
		list, total, err := m.Find(context.Background(), "BRING conference", 5)
		if err != nil || total != 1 || len(list) != 1 || list[0].Thread != mandate.BuiltIn()+"#requests_p1" || list[0].Alias != "Q1" {
			t.Errorf("found %d %+v, %v", total, list, err)
		}
		if _, total, _ := m.Find(context.Background(), "thing", 1); total != 2 {
			t.Errorf("two provisions hold the word, counted %d", total)
		}
		if _, total, _ := m.Find(context.Background(), "  ", 5); total != 0 {
			t.Errorf("nothing typed finds %d", total)
		}
	})
}

func TestAThreadIsReadByItsKeyOrItsAddress(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(d)
		take(t, m, small)
		for _, name := range []string{"itu:wtdc/res/30#resolves_2_ii", "itu:wtdc/res/30/resolves_2_ii"} {
			if r, w, err := m.Thread(context.Background(), name); err != nil || r == nil || w.Text != "and there," {
				t.Errorf("%s: %+v, %v", name, w, err)
			}
		}
		for _, name := range []string{"itu:wtdc/res/30/resolves_9", "nothing", "itu:pp/res/1/resolves_1"} {
			if r, _, err := m.Thread(context.Background(), name); err != nil || r != nil {
				t.Errorf("%s was found: %v, %v", name, r, err)
			}
		}
	})
}

func TestWhatIsNoResolutionIsRefusedWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		m := open(d)
		nobody := strings.Replace(strings.Replace(small, "The World Telecommunication Development Conference (Fiction, 2001),", "Somebody,", 1), "RESOLUTION 30", "RESOLUTION 31", 1)
		for name, text := range map[string]string{"empty": "", "of no known body": nobody, "no UTF-8": "RESOLUTION 30\xff", "no provision": "RESOLUTION 30\n"} {
			account, err := m.Import(ctx, resolute.Operator(), mandate.File{Name: "r.txt", Data: []byte(text)})
			if resolute.CodeOf(err) != resolute.Invalid || account.State != ledger.Refused || account.Total.Error != 1 || account.Read != 0 {
				t.Errorf("%s: %+v, %v", name, account, err)
			}
		}
		if r := reading(t, m, mandate.BuiltIn()); r != nil {
			t.Errorf("refused texts left %+v", r)
		}
		if _, err := m.Import(ctx, resolute.Actor{}, mandate.File{Name: "r.txt", Data: []byte(small)}); resolute.CodeOf(err) != resolute.Forbidden {
			t.Errorf("without the right: %v", err)
		}
	})
}

func TestATextWithoutBodyIsTakenForTheMandateAndSaysSo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(d)
		account := take(t, m, strings.Replace(small, "The World Telecommunication Development Conference (Fiction, 2001),", "In words of our own,", 1))
		if account.Total.Note != 1 || reading(t, m, mandate.BuiltIn()) == nil {
			t.Errorf("account %+v", account)
		}
	})
}

func TestParagraphsAreFoundByWords(t *testing.T) {
	if list := mandate.FindParagraphs("statistical"); len(list) == 0 || list[0].Alias != "R9" {
		t.Errorf("statistical finds %+v", list)
	}
}

func TestTheRevisionInForceIsThatOfTheDay(t *testing.T) {
	i, _ := mandate.InstrumentOf("ITU:PP/RES/140")
	for day, want := range map[string]string{"2021-12-31": "Rev. Dubai, 2018", "2015-01-01": "Rev. Busan, 2014", "2024-01-01": "Rev. Bucharest, 2022"} {
		if e, ok := i.InForce(day); !ok || e.Label() != want {
			t.Errorf("on %s: %s", day, e.Label())
		}
	}
	if _, ok := i.InForce("1990-01-01"); ok {
		t.Error("an edition is known of 1990")
	}
}

func TestEveryTitledInstrumentIsTitledInSixLanguages(t *testing.T) {
	for _, i := range mandate.Instruments() {
		for _, lang := range resolute.Langs {
			if len(i.Title) > 0 && i.Title[lang] == "" {
				t.Errorf("%s has no title in %s", i.Key, lang)
			}
		}
	}
}
