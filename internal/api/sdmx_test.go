package api_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/api"
	"resolute/internal/coverage"
	"resolute/internal/db/dbtest"
	"resolute/internal/framework"
	"resolute/internal/measure"
	"resolute/internal/register"
	"resolute/internal/sdmx"
)

const figures = "dataflow,indicator,area,sex,period,value,status,unit\n" +
	"ITU:DATAHUB,u,KEN,,2019,20,A,PT\nITU:DATAHUB,u,KEN,,2020,22,E,PT\nITU:DATAHUB,u,KEN,F,2020,18,,PT\nITU:DATAHUB,u,UGA,,2020,12,,PT\nITU:DATAHUB,p,UGA,,2021,3,,\nOWID,u,World,,2020,50,,\n"

// statistics is an interface to a register that holds a file of statistics.
func statistics(t *testing.T, file string) http.Handler {
	t.Helper()
	d := dbtest.SQLite(t)
	m := &measure.Measure{DB: d, Now: clock}
	if _, err := m.Import(context.Background(), resolute.Operator(), measure.Source{File: "a.csv"}, strings.NewReader(file)); err != nil {
		t.Fatal(err)
	}
	m.Now = func() time.Time { return clock().Add(time.Hour) }
	return (&api.API{DB: d, Measure: m, Register: &register.Register{DB: d, Now: clock}, Coverage: &coverage.Coverage{DB: d, Frameworks: &framework.Framework{DB: d, Now: clock}},
		Version: "test", Log: slog.New(slog.NewTextHandler(io.Discard, nil))}).Handler()
}

func TestQuestionsOfSDMX(t *testing.T) {
	h := statistics(t, figures)
	const (
		csv21, json20 = "application/vnd.sdmx.data+csv;version=2.1.0", "application/vnd.sdmx.data+json;version=2.0.0"
		ml30, ml21    = "application/vnd.sdmx.data+xml;version=3.0.0", "application/vnd.sdmx.structurespecificdata+xml;version=2.1"
		json10        = "application/vnd.sdmx.data+json;version=1.0.0"
		generic       = "application/vnd.sdmx.genericdata+xml;version=2.1"
		hub           = "/sdmx/v2/data/dataflow/ITU/DATAHUB/1.0"
	)
	for _, c := range []struct {
		address, accept string
		status          int
		media           string
		rows            int
	}{
		{hub, "", 200, json20, 5},
		{hub + "/*", "*/*", 200, json20, 5},
		{hub + "/*", "text/html,application/xhtml+xml,*/*;q=0.8", 200, json20, 5},
		{hub + "/*", csv21, 200, csv21, 5},
		{hub + "/*", "application/vnd.sdmx.data+csv;version=2.0.0", 200, csv21, 5},
		{hub + "/*", "application/vnd.sdmx.data+csv;version=1.0.0", 200, "application/vnd.sdmx.data+csv;version=1.0.0", 5},
		{hub + "/*", "text/csv", 200, csv21, 5},
		{hub + "/*", "application/xml", 200, ml30, 5},
		{hub + "/*", ml30 + ";q=0.5," + ml21, 200, ml21, 5},
		{hub + "/*?format=csv", "", 200, csv21, 5},
		{hub + "/*?format=ml2.1", "", 200, ml21, 5},
		{hub + "/*?format=application/vnd.sdmx.data+csv", "", 200, csv21, 5},
		{hub + "/*?format=application/vnd.sdmx.data%2Bxml%3Bversion=3.0.0", "", 200, ml30, 5},
		{hub + "/*?format=application/vnd.sdmx.data+json%3Bversion%3D2.0.0", "", 200, json20, 5},
		{hub + "/*?format=csv1.0", "", 200, "application/vnd.sdmx.data+csv;version=1.0.0", 5},
		{hub + "/*", generic, 200, generic, 5},
		{hub + "/*", json10, 200, json10, 5},
		{hub + "/*", "application/vnd.sdmx.data+json;version=1.0.0-wd", 200, json10, 5},
		{hub + "/*", "application/vnd.sdmx.data+json;version=2.1.0", 200, "application/vnd.sdmx.data+json;version=2.1.0", 5},
		{"/sdmx/v2/data/*/*/*/*/*", json10, 406, "", 0},
		{hub + "/*", "application/vnd.sdmx.data+xml;version=2.0.0", 406, "", 0},
		{hub + "/*", csv21 + ";labels=both", 200, csv21 + ";labels=both", 5},
		{hub + "/*?labels=name", csv21, 200, csv21 + ";labels=name", 5},
		{hub + "/*?format=csv1.0&labels=both", "", 200, "application/vnd.sdmx.data+csv;version=1.0.0;labels=both", 5},
		{hub + "/*?format=csv1.0&labels=name", "", 406, "", 0},
		{hub + "/*?labels=name", csv21 + ";labels=both", 406, "", 0},
		{hub + "/*?labels=all", csv21, 406, "", 0},
		{hub + "/*?labels=both", ml30, 406, "", 0},
		{hub + "/*?labels=id", ml30, 200, ml30, 5},
		{hub + "/u.*.*", csv21, 200, csv21, 4},
		{hub + "/u.KEN._Z,p.UGA.*", csv21, 200, csv21, 3},
		{hub + "/u.KEN", csv21, 200, csv21, 3},
		{hub + "/u.KEN.F.2020", csv21, 422, "", 0},
		{hub + "/u..F", csv21, 400, "", 0},
		{hub + "/u.TZA.*", csv21, 204, "", 0},
		{"/sdmx/v2/data/*/*/*/*/*", csv21, 200, csv21, 6},
		{"/sdmx/v2/data/dataflow/ITU/NONE/1.0/*", csv21, 404, "", 0},
		{"/sdmx/v2/data/datastructure/ITU/DATAHUB/1.0/*", csv21, 501, "", 0},
		{"/sdmx/v2/other", csv21, 404, "", 0},
		{hub + "/*?c[REF_AREA]=KEN,UGA&c[TIME_PERIOD]=ge:2020+le:2020", csv21, 200, csv21, 3},
		{hub + "/*?c[OBS_VALUE]=lt:15", csv21, 200, csv21, 2},
		{hub + "/*?c[NONE]=1", csv21, 422, "", 0},
		{hub + "/*?c[OBS_VALUE]=xx:15", csv21, 400, "", 0},
		{hub + "/*?c[OBS_VALUE]=lt:0" + strings.Repeat(",lt:0", 1500), csv21, 400, "", 0},
		{hub + "/*?c[OBS_VALUE]=20.0", csv21, 200, csv21, 1},
		{hub + "/*?lastNObservations=1", csv21, 200, csv21, 4},
		{hub + "/*?limit=2&offset=4", csv21, 200, csv21, 1},
		{hub + "/*?limit=none", csv21, 400, "", 0},
		{hub + "/*?nonsense=1", csv21, 400, "", 0},
		{hub + "/*?updatedAfter=2026-01-01", csv21, 200, csv21, 5},
		{hub + "/*?updatedAfter=2036-01-01", csv21, 204, "", 0},
		{hub + "/*?updatedAfter=2026-03-01&asOf=2026-02-01", csv21, 400, "", 0},
		{hub + "/*?includeHistory=true", json20, 200, json20, 5},
		{hub + "/*?includeHistory=true", csv21, 406, "", 0},
		{hub + "/*?includeHistory=perhaps", json20, 400, "", 0},
		{hub + "/*?sort=OBS_VALUE:desc", csv21, 200, csv21, 5},
		{hub + "/*?sort=NONE", csv21, 422, "", 0},
		{hub + "/*?sort=SEX:up", csv21, 400, "", 0},
		{hub + "/*?reportingYearStartDay=--07-01", csv21, 501, "", 0},
		{hub + "/*?dimensionAtObservation=REF_AREA", json20, 501, "", 0},
		{hub + "/*?asOf=2026-10-01", csv21, 200, csv21, 5},
		{hub + "/*?asOf=2020-01-01", csv21, 404, "", 0},
		{hub + "/*?asOf=yesterday", csv21, 400, "", 0},
		{hub + "/" + strings.Repeat("u.KEN.F,", 2000) + "u.KEN.F", csv21, 414, "", 0},
		{"/sdmx/data/ITU,DATAHUB,1.0/u.KEN+UGA.?startPeriod=2020&endPeriod=2020", csv21, 200, csv21, 3},
		{"/sdmx/data/DATAHUB/all?detail=dataonly", ml21, 200, ml21, 5},
		{"/sdmx/data/DATAHUB/u../ALL/", "", 200, generic, 4},
		{"/sdmx/data/DATAHUB/u../ITU", "", 501, "", 0},
		{"/sdmx/data/DATAHUB?detail=nothing", ml21, 400, "", 0},
		{"/sdmx/data/DATAHUB", "", 200, generic, 5},
		{"/sdmx/data/DATAHUB", "application/json", 200, json10, 5},
	} {
		w := get(h, c.address, "Accept", c.accept)
		if w.Code != c.status || c.media != "" && w.Header().Get("Content-Type") != c.media {
			t.Errorf("%.100s (%s): %d %s, want %d %s: %.200s", c.address, c.accept, w.Code, w.Header().Get("Content-Type"), c.status, c.media, w.Body)
			continue
		}
		if c.rows <= 0 {
			continue
		}
		s, err := sdmx.Survey(strings.NewReader(w.Body.String()), sdmx.Structures{}, func(resolute.Finding) {})
		if err != nil || s.Observations() != c.rows {
			t.Errorf("%.100s (%s): %d observations, %v; want %d: %.300s", c.address, c.accept, s.Observations(), err, c.rows, w.Body)
		}
		tag := w.Header().Get("ETag")
		if again := get(h, c.address, "Accept", c.accept, "If-None-Match", tag); tag == "" || again.Code != 304 {
			t.Errorf("%s asked again with %q: %d", c.address, tag, again.Code)
		}
	}
	if body := get(h, hub+"/*?attributes=none&format=csv").Body.String(); strings.Contains(body, "OBS_STATUS") {
		t.Errorf("without attributes: %s", body)
	}
}

// What cannot be found in time is no fault of ours: a part of it may be.
func TestAQuestionThatTakesTooLong(t *testing.T) {
	h := statistics(t, figures)
	ctx, cancel := context.WithDeadline(context.Background(), time.Now())
	defer cancel()
	for _, address := range []string{"/sdmx/v2/data/*?c[OBS_VALUE]=lt:15", "/sdmx/v2/availability/*?c[OBS_VALUE]=lt:15"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil).WithContext(ctx))
		if w.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: %d %s", address, w.Code, w.Body)
		}
	}
}

// Names of components, indicators, areas and codes of the standard stand in the language of the reader; what has
// none goes by its code alone. Whether they are shown or not the data are the same.
func TestAnswersBearNames(t *testing.T) {
	h := statistics(t, "dataflow,indicator,indicator_name,area,area_name,sex,period,value,note\nITU:DATAHUB,i99H,Users; of a fictional service,KEN,Kenya,,2020,22,Source: a survey\n"+
		"ITU:DATAHUB,i99H,Users; of a fictional service,X1,\"Fictional region, north\",_T,2020,18,\n"+
		"ITU:DATAHUB,i99H,Users; of a fictional service,X2,,,2020,5,\n")
	const all = "/sdmx/v2/data/dataflow/ITU/DATAHUB/1.0/*"
	for _, c := range []struct{ query, lang, want string }{
		{"format=csv&labels=both", "fr", "STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR: Indicateur,REF_AREA: Pays ou zone,SEX: Sexe,TIME_PERIOD: Période,OBS_VALUE: Valeur,COMMENT_OBS: Note sur la valeur\n" +
			"dataflow,ITU:DATAHUB(1.0): ITU:DATAHUB,R,i99H: Personnes utilisant l’Internet,KEN: Kenya,_Z: Sans objet,2020,22,Source: a survey\n" +
			"dataflow,ITU:DATAHUB(1.0): ITU:DATAHUB,R,i99H: Personnes utilisant l’Internet,\"X1: Fictional region, north\",_T: Total,2020,18,\n" +
			"dataflow,ITU:DATAHUB(1.0): ITU:DATAHUB,R,i99H: Personnes utilisant l’Internet,X2,_Z: Sans objet,2020,5,\n"},
		{"format=csv&labels=name", "en;q=0.5", "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,INDICATOR,Indicator,REF_AREA,Country or area,SEX,Sex,TIME_PERIOD,Period,OBS_VALUE,Value,COMMENT_OBS,Note on the value\n" +
			"dataflow,ITU:DATAHUB(1.0),ITU:DATAHUB,R,i99H,Users; of a fictional service,KEN,Kenya,_Z,Not applicable,2020,,22,,Source: a survey,\n" +
			"dataflow,ITU:DATAHUB(1.0),ITU:DATAHUB,R,i99H,Users; of a fictional service,X1,\"Fictional region, north\",_T,Total,2020,,18,,,\n" +
			"dataflow,ITU:DATAHUB(1.0),ITU:DATAHUB,R,i99H,Users; of a fictional service,X2,,_Z,Not applicable,2020,,5,,,\n"},
		{"format=csv1.0&labels=both", "es", "DATAFLOW,INDICATOR: Indicador,"},
		{"format=json", "ar", `{"id":"KEN","name":"كينيا"}`},
		{"format=json1.0", "zh", `{"id":"KEN","name":"肯尼亚"}`},
		{"format=json", "fr", `"id":"REF_AREA","name":"Pays ou zone"`},
		{"format=json2.1", "en", `{"id":"X1","name":"Fictional region, north"}`},
	} {
		w := get(h, all+"?"+c.query, "Accept-Language", c.lang)
		lang, _, _ := strings.Cut(c.lang, ";")
		if !strings.Contains(w.Body.String(), c.want) || w.Header().Get("Content-Language") != lang {
			t.Errorf("%s in %s: %s, want %s in\n%s", c.query, c.lang, w.Header().Get("Content-Language"), c.want, w.Body)
		}
	}
	plain, named := get(h, all+"?format=csv"), get(h, all+"?format=csv&labels=name")
	if plain.Header().Get("Content-Language") != "" {
		t.Error("an answer without names is in no language")
	}
	var texts [2]strings.Builder
	for i, message := range []string{plain.Body.String(), named.Body.String()} {
		in := strings.NewReader(message)
		s, err := sdmx.Survey(in, sdmx.Structures{}, func(resolute.Finding) {})
		if err != nil {
			t.Fatal(err)
		}
		in.Reset(message)
		if err := sdmx.Convert(in, &texts[i], sdmx.CSV21, s, sdmx.Structures{}, sdmx.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	if texts[0].String() != texts[1].String() {
		t.Errorf("names changed the data:\n%s\n%s", &texts[0], &texts[1])
	}
}

func TestAnAnswerAsOfAMomentIsWhatWasKnownThen(t *testing.T) {
	d := dbtest.SQLite(t)
	now := clock()
	m := &measure.Measure{DB: d, Now: clock}
	for n, value := range []string{"20", "25"} {
		m.Now = clock
		if n == 1 {
			m.Now = func() time.Time { return now.AddDate(0, 1, 0) }
		}
		if _, err := m.Import(context.Background(), resolute.Operator(), measure.Source{File: "a.csv"}, strings.NewReader("dataflow,indicator,area,period,value\nX:Y,u,KEN,2020,"+value+"\n")); err != nil {
			t.Fatal(err)
		}
	}
	h := (&api.API{DB: d, Measure: m, Register: &register.Register{DB: d, Now: clock}, Coverage: &coverage.Coverage{DB: d, Frameworks: &framework.Framework{DB: d, Now: clock}},
		Version: "test", Log: slog.New(slog.NewTextHandler(io.Discard, nil))}).Handler()
	for query, want := range map[string]string{"": ",25", "&asOf=2026-10-15T00:00:00Z": ",20"} {
		if body := get(h, "/sdmx/v2/data/*/X/Y?format=csv"+query).Body.String(); !strings.Contains(body, want) {
			t.Errorf("%s: %s", query, body)
		}
	}
}
