package mandate_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/mandate"
)

// edition is a text of one instrument in a year, with the items of its one operative group.
func edition(year int, items ...string) string {
	text := fmt.Sprintf("RESOLUTION 140 (Rev. Fable, %d)\nA title in words of our own\nThe Plenipotentiary Conference of the International Telecommunication Union (Fable, %d),\nresolves\n", year, year)
	for i, item := range items {
		end := ";"
		if i == len(items)-1 {
			end = "."
		}
		text += fmt.Sprintf("%d %s%s\n", i+1, item, end)
	}
	return text
}

const (
	cables   = "to lay submarine cables to the islands that have none, and to say each year how many were reached"
	schools  = "to train teachers of rural schools in the use of computers, with help of the regional offices"
	safety   = "to bring national response teams together against attacks on networks"
	tariffs  = "to publish the tariffs of international roaming in each region, for operators and for their customers"
	hospital = "to connect every hospital of the least developed countries before the end of the decade"
)

func takeText(t *testing.T, m *mandate.Mandate, text string) {
	t.Helper()
	if _, err := m.Import(context.Background(), resolute.Operator(), mandate.File{Name: "r.txt", Data: []byte(text)}); err != nil {
		t.Fatal(err)
	}
}

// numbered lists the threads of the text of a year, by the numbers printed there.
func numbered(t *testing.T, m *mandate.Mandate, year string) string {
	t.Helper()
	r, found, err := m.Edition(context.Background(), "itu:pp/res/140", year)
	if err != nil || !found {
		t.Fatal(found, err)
	}
	reading, err := m.Read(context.Background(), r.Instrument, r.ID)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, w := range reading.Provisions {
		line := w.Mark + "=" + strings.TrimPrefix(w.Thread, "itu:pp/res/140#")
		if w.Perhaps != "" {
			line += "?" + strings.TrimPrefix(w.Perhaps, "itu:pp/res/140#")
		}
		list = append(list, line)
	}
	return strings.Join(list, " ")
}

func opened(d *db.DB) *mandate.Mandate {
	return &mandate.Mandate{DB: d, Now: func() time.Time { return time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC) }}
}

func TestAParagraphKeepsItsThreadThroughRevisions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := opened(d)
		takeText(t, m, edition(2031, cables, schools, safety))
		takeText(t, m, edition(2035, hospital, safety, strings.Replace(cables, "each year", "every second year", 1)))
		takeText(t, m, edition(2039, tariffs, safety, cables, schools))
		for year, want := range map[string]string{
			"2031": "1=resolves_1 2=resolves_2 3=resolves_3",
			"2035": "1=resolves_1@2035 2=resolves_3 3=resolves_1",
			"2039": "1=resolves_1@2039 2=resolves_3 3=resolves_1 4=resolves_4",
		} {
			if got := numbered(t, m, year); got != want {
				t.Errorf("%s: %s, want %s", year, got, want)
			}
		}
		through, err := m.Timeline(context.Background(), "itu:pp/res/140#resolves_1")
		if err != nil {
			t.Fatal(err)
		}
		var marks []string
		for _, w := range through {
			marks = append(marks, fmt.Sprint(w.Label, " ", w.Mark))
		}
		if got, want := strings.Join(marks, ", "), "Rev. Fable, 2031 1, Rev. Fable, 2035 3, Rev. Fable, 2039 3"; got != want {
			t.Errorf("timeline = %s, want %s", got, want)
		}
	})
}

// TestTheOrderOfImportsLosesNoThread takes the later revision in first.
func TestTheOrderOfImportsLosesNoThread(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := opened(d)
		takeText(t, m, edition(2035, hospital, safety, cables))
		takeText(t, m, edition(2031, cables, schools, safety))
		if got, want := numbered(t, m, "2031"), "1=resolves_3 2=resolves_2@2031 3=resolves_2"; got != want {
			t.Errorf("2031: %s, want %s", got, want)
		}
	})
}

func TestAThreadThatEndedIsStillFound(t *testing.T) {
	m := opened(dbtest.SQLite(t))
	takeText(t, m, edition(2031, cables, schools, safety))
	takeText(t, m, edition(2035, cables, safety))
	reading, w, err := m.Thread(context.Background(), "itu:pp/res/140/resolves_2")
	if err != nil || reading == nil || !strings.HasPrefix(w.Text, schools) || reading.Label != "Rev. Fable, 2031" {
		t.Errorf("the thread that ended: %+v %+v %v", reading, w, err)
	}
	if reading, _, err := m.Thread(context.Background(), "itu:pp/res/140/resolves_9"); reading != nil || err != nil {
		t.Errorf("a thread that never was: %v %v", reading, err)
	}
}

// TestTheSameEditionCorrectedKeepsItsThreads takes a corrected text of an edition in.
func TestTheSameEditionCorrectedKeepsItsThreads(t *testing.T) {
	m := opened(dbtest.SQLite(t))
	takeText(t, m, edition(2031, cables, schools, safety))
	takeText(t, m, edition(2031, cables, hospital, schools, safety))
	if got, want := numbered(t, m, "2031"), "1=resolves_1 2=resolves_2@2031 3=resolves_2 4=resolves_3"; got != want {
		t.Errorf("corrected: %s, want %s", got, want)
	}
	through, err := m.Timeline(context.Background(), "itu:pp/res/140#resolves_2")
	if err != nil || len(through) != 1 {
		t.Errorf("one edition stands once in a timeline: %v %v", through, err)
	}
}

// TestDoubtBeginsAThread rewrites a paragraph so that its likeness leaves doubt.
func TestDoubtBeginsAThread(t *testing.T) {
	m := opened(dbtest.SQLite(t))
	takeText(t, m, edition(2031, cables, schools, safety))
	takeText(t, m, edition(2035, cables, "to ask regional offices for help when teachers of towns and villages learn to program", safety))
	if got, want := numbered(t, m, "2035"), "1=resolves_1 2=resolves_2@2035?resolves_2 3=resolves_3"; got != want {
		t.Errorf("2035: %s, want %s", got, want)
	}
	list, err := m.PerhapsContinued(context.Background(), "itu:pp/res/140#resolves_2")
	if err != nil || len(list) != 1 || list[0] != "itu:pp/res/140#resolves_2@2035" {
		t.Errorf("perhaps continued by %v, %v", list, err)
	}
}

// TestATextThatMixesTwoRevisionsTakesNoNameOfOthers takes a flattened redline in beside its two
// clean texts, after and before them: what stands at a place there is often not what the thread of
// that place is.
func TestATextThatMixesTwoRevisionsTakesNoNameOfOthers(t *testing.T) {
	recitals := func(label, items string) string {
		return "RESOLUTION 140 (Rev. " + label + ")\nA title in words of our own\nThe Plenipotentiary Conference of the International Telecommunication Union,\nrecalling\n" + items + "resolves\n1 to go on with this work in every region.\n"
	}
	first := recitals("Fable, 2031", "a) "+cables+";\nb) "+schools+",\n")
	second := recitals("Fable, 2035", "a) "+cables+";\nb) "+hospital+";\nc) "+schools+",\n")
	mixed := recitals("Fable, 2031 Tale, 2035", "a) "+cables+";\nb) "+hospital+";\nb) "+tariffs+";\nc) "+schools+",\n")
	mixed = strings.Replace(mixed, "1 to go on", "1 to stop, and not to go on", 1)
	for _, order := range [][]string{{first, second, mixed}, {mixed, first, second}} {
		dbtest.Each(t, func(t *testing.T, d *db.DB) {
			m := opened(d)
			for _, text := range order {
				takeText(t, m, text)
			}
			in, err := m.Read(context.Background(), "itu:pp/res/140", 0)
			if err != nil || in.Mixed {
				t.Errorf("in force: %+v %v, want the text of one revision", in.Revision, err)
			}
			for _, name := range []string{"recalling_a", "recalling_b", "recalling_b@2035", "resolves_1"} {
				saysOneThing(t, m, name)
			}
		})
	}
}

// saysOneThing holds that the wordings of a thread differ in their stops only.
func saysOneThing(t *testing.T, m *mandate.Mandate, name string) {
	t.Helper()
	through, err := m.Timeline(context.Background(), "itu:pp/res/140#"+name)
	if err != nil || len(through) == 0 {
		t.Fatal(name, err)
	}
	for _, w := range through[1:] {
		if strings.TrimRight(w.Text, ",;") != strings.TrimRight(through[0].Text, ",;") {
			t.Errorf("%s was %q and is %q in %s", name, through[0].Text, w.Text, w.Label)
		}
	}
}

// TestALanguageVersionHasTheThreadsOfItsRevision takes the French text of a revision in beside the
// English one.
func TestALanguageVersionHasTheThreadsOfItsRevision(t *testing.T) {
	french := func(year string, items ...string) string {
		text := "RÉSOLUTION 140 (Rév. Fable, " + year + ")\nUn titre dans nos mots\nLa Conférence de plénipotentiaires de l'Union internationale des télécommunications (Fable, " + year + "),\ndécide\n"
		for i, item := range items {
			text += fmt.Sprintf("%d %s;\n", i+1, item)
		}
		return text
	}
	cable, ecole, autre := "de poser des câbles vers les îles qui n'en ont pas", "de former les maîtres des écoles rurales avec l'aide des bureaux", "de publier les tarifs"
	for name, test := range map[string]struct{ text, want string }{
		"of the same day and shape": {french("2035", cable, ecole), "1=resolves_1@2035 2=resolves_1"},
		"of another shape":          {french("2035", cable, ecole, autre), "1=resolves_1@2035.2 2=resolves_2 3=resolves_3"},
		"of another day":            {french("2039", cable, ecole), "1=resolves_1@2039 2=resolves_2"},
	} {
		t.Run(name, func(t *testing.T) {
			m := opened(dbtest.SQLite(t))
			takeText(t, m, edition(2031, cables))
			takeText(t, m, edition(2035, hospital, cables))
			takeText(t, m, test.text)
			year := "2035"
			if strings.Contains(test.text, "2039") {
				year = "2039"
			}
			if got := numbered(t, m, year); got != test.want {
				t.Errorf("threads = %s, want %s", got, test.want)
			}
		})
	}
}

// TestAThreadGoesOnInOneParagraphOnly splits a paragraph in two.
func TestAThreadGoesOnInOneParagraphOnly(t *testing.T) {
	m := opened(dbtest.SQLite(t))
	takeText(t, m, edition(2031, cables+", "+schools, safety))
	takeText(t, m, edition(2035, cables, schools, safety))
	if got, want := numbered(t, m, "2035"), "1=resolves_1@2035?resolves_1 2=resolves_1 3=resolves_2"; got != want {
		t.Errorf("2035: %s, want %s", got, want)
	}
}
