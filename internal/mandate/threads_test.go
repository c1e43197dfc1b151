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
