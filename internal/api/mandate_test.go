package api_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/api"
	"resolute/internal/coverage"
	"resolute/internal/db/dbtest"
	"resolute/internal/framework"
	"resolute/internal/mandate"
)

// text is a resolution in words of our own.
const text = "RESOLUTION 30 (Rev. Fiction, 2001)\nA title\nThe World Telecommunication Development Conference (Fiction, 2001),\nrecalling\n" +
	"a) Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference,\nresolves\n8 to protect networks.\n"

// shelf is a handler over one text and no activity.
func shelf(t *testing.T) http.Handler {
	t.Helper()
	d := dbtest.SQLite(t)
	m := &mandate.Mandate{DB: d, Now: clock}
	if _, err := m.Import(context.Background(), resolute.Operator(), mandate.File{Name: "text.txt", Data: []byte(text)}); err != nil {
		t.Fatal(err)
	}
	c := &coverage.Coverage{DB: d, Frameworks: &framework.Framework{DB: d, Now: clock}}
	return (&api.API{DB: d, Coverage: c, Mandate: m, Version: "test", Log: slog.New(slog.NewTextHandler(io.Discard, nil))}).Handler()
}

func read(t *testing.T, h http.Handler, address string, into any) {
	t.Helper()
	w := get(h, address)
	if err := json.Unmarshal(w.Body.Bytes(), into); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%s: status %d, %v: %s", address, w.Code, err, w.Body)
	}
}

func TestATextIsReadWithItsCitations(t *testing.T) {
	h := shelf(t)
	var got struct {
		Text       struct{ Label string }
		Provisions []struct {
			Thread string
			Cites  []struct{ IDs []string }
		}
		Findings []resolute.Finding
	}
	read(t, h, "/api/v1/text", &got)
	if got.Text.Label != "Rev. Fiction, 2001" || len(got.Provisions) != 2 || got.Provisions[1].Thread != "itu:wtdc/res/30#resolves_8" {
		t.Errorf("text %+v", got)
	}
	if len(got.Provisions[0].Cites) != 1 || got.Provisions[0].Cites[0].IDs[0] != "itu:pp/res/140@2018" {
		t.Errorf("citations %+v", got.Provisions[0].Cites)
	}
	if w := get(h, "/api/v1/text?instrument=itu:pp/res/1"); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "no text of itu:pp/res/1 is held") {
		t.Errorf("a text that is not held: status %d, %s", w.Code, w.Body)
	}
}

func TestInstrumentsTellWhatIsHeldAndCited(t *testing.T) {
	var got struct {
		Instruments []struct {
			Key   string
			Held  int `json:"texts_held"`
			Cited int `json:"citing_provisions"`
		}
	}
	read(t, shelf(t), "/api/v1/instruments", &got)
	seen := 0
	for _, i := range got.Instruments {
		if i.Key == "itu:wtdc/res/30" && i.Held == 1 || i.Key == "itu:pp/res/140" && i.Cited == 1 && i.Held == 0 {
			seen++
		}
	}
	if seen != 2 {
		t.Errorf("%d instruments, of which %d are as they should be", len(got.Instruments), seen)
	}
}

func TestInstrumentsAreFoundByREST(t *testing.T) {
	h := shelf(t)
	var got struct {
		Total, Of   int
		Next        string
		Instruments []struct{ Key string }
	}
	read(t, h, "/api/v1/instruments?body=itu:wtdc&q=digital&limit=1", &got)
	if got.Total < 1 || got.Of <= got.Total || len(got.Instruments) != 1 || !strings.HasPrefix(got.Instruments[0].Key, "itu:wtdc/") {
		t.Errorf("found %+v", got)
	}
	if w := get(h, "/api/v1/instruments?cites=itu:moon/res/1"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "itu:moon/res/1") {
		t.Errorf("an unknown instrument: status %d, %s", w.Code, w.Body)
	}
}

func TestWhoCitesWhomByREST(t *testing.T) {
	h := shelf(t)
	var got struct {
		Citations int
		Pairs     []struct{ From, To string }
		Edges     []struct{ Thread, ID, Standing string }
	}
	read(t, h, "/api/v1/citations?cites=itu:pp/res/140", &got)
	if len(got.Pairs) != 1 || got.Pairs[0].From != "itu:wtdc/res/30" {
		t.Errorf("pairs %+v", got.Pairs)
	}
	read(t, h, "/api/v1/citations?by=provision&instrument=itu:pp/res/140&limit=1", &got)
	if got.Citations != 1 || len(got.Edges) != 1 || got.Edges[0].Standing == "" || !strings.HasPrefix(got.Edges[0].ID, "itu:pp/res/140") {
		t.Errorf("citations %+v", got)
	}
	if w := get(h, "/api/v1/citations?cites=itu:moon/res/1"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "itu:moon/res/1") {
		t.Errorf("an unknown instrument: status %d, %s", w.Code, w.Body)
	}
}

func TestRulesAreExplainedByREST(t *testing.T) {
	var got struct {
		Rules []struct{ Rule, What, Example, Right string }
	}
	read(t, shelf(t), "/api/v1/rules?lang=es", &got)
	for _, r := range got.Rules {
		if r.Rule == "missing-rev" && r.What == "Una revisión se cita como si fuera el primer texto." && r.Example != r.Right {
			return
		}
	}
	t.Errorf("rules %+v", got.Rules)
}

func TestProvisionsAreFoundByREST(t *testing.T) {
	var got struct {
		Total      int
		Provisions []struct{ Alias, Thread, Instrument string }
	}
	h := shelf(t)
	read(t, h, "/api/v1/provisions?q=networks", &got)
	if got.Total != 1 || got.Provisions[0].Alias != "R8" || got.Provisions[0].Instrument != "itu:wtdc/res/30" {
		t.Errorf("found %+v", got)
	}
	if w := get(h, "/api/v1/provisions"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("without words: status %d", w.Code)
	}
}

func TestTheTwoRolesOfC6AreBothGiven(t *testing.T) {
	var got struct {
		Claims []struct {
			Alias, Role string
			Contradicts bool
		}
	}
	read(t, shelf(t), "/api/v1/roles?line=C6", &got)
	var roles []string
	for _, c := range got.Claims {
		if c.Contradicts {
			roles = append(roles, c.Alias+" "+c.Role)
		}
	}
	if strings.Join(roles, ", ") != "R11.i sole facilitator, R11.ii co-facilitator" {
		t.Errorf("contradicting claims of C6: %v", roles)
	}
}

func TestAValueThatNamesNothingIsAProblem(t *testing.T) {
	h := shelf(t)
	for address, want := range map[string]struct {
		status int
		says   string
	}{
		"/api/v1/roles?line=C99":                              {http.StatusUnprocessableEntity, "unknown action line"},
		"/api/v1/roles?line=c10":                              {http.StatusOK, "claims"},
		"/api/v1/texts?instrument=zz":                         {http.StatusUnprocessableEntity, "unknown instrument"},
		"/api/v1/texts?instrument=itu:pp/res/140":             {http.StatusOK, `"texts":[]`},
		"/api/v1/text?instrument=itu:wtdc/res/30&revision=99": {http.StatusNotFound, "no text of itu:wtdc/res/30 has the number 99"},
		"/api/v1/text?instrument=itu:pp/res/140&revision=99":  {http.StatusNotFound, "no text of itu:pp/res/140 is held"},
	} {
		if w := get(h, address); w.Code != want.status || !strings.Contains(w.Body.String(), want.says) {
			t.Errorf("%s: status %d: %s", address, w.Code, w.Body)
		}
	}
}
