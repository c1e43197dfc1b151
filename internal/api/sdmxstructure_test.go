package api_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/sdmx"
)

const (
	structure20 = "application/vnd.sdmx.structure+json;version=2.0.0"
	structure21 = "application/vnd.sdmx.structure+json;version=2.1.0"
	structure10 = "application/vnd.sdmx.structure+json;version=1.0.0"
	structureML = "application/vnd.sdmx.structure+xml;version=3.0.0"
	structureXM = "application/vnd.sdmx.structure+xml;version=2.1"
)

// told lists what a message of SDMX-JSON tells of, as class:id with the number of items.
func told(t *testing.T, body []byte) string {
	t.Helper()
	type artefact struct {
		ID, Structure     string
		External, Partial bool
		Agencies          []struct{ ID string }
		Codes             []struct{ ID string }
		Concepts          []struct{ ID string }
	}
	var m struct{ Data map[string][]artefact }
	if err := json.Unmarshal(bytes.ReplaceAll(bytes.ReplaceAll(body, []byte("isExternalReference"), []byte("external")), []byte("isPartial"), []byte("partial")), &m); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	var list []string
	for class, artefacts := range m.Data {
		for _, a := range artefacts {
			one := class + ":" + a.ID
			for _, i := range slices.Concat(a.Agencies, a.Codes, a.Concepts) {
				one += "," + i.ID
			}
			if a.External {
				one += " stub"
			}
			if a.Partial {
				one += " partial"
			}
			list = append(list, one)
		}
	}
	slices.Sort(list)
	return strings.Join(list, "; ")
}

func TestStructuresThatFollowFromWhatIsHeld(t *testing.T) {
	h := statistics(t, figures+"My table,x,KEN,,2020,1,,\n")
	const (
		v2, dsd = "/sdmx/v2/structure/", "dataStructures:DATAHUB"
		flow    = "dataflows:DATAHUB"
		lists   = "codelists:CL_DATAHUB_INDICATOR,p,u; codelists:CL_DATAHUB_REF_AREA,KEN,UGA; codelists:CL_DATAHUB_SEX,F,_Z"
		stubs   = "codelists:CL_DATAHUB_INDICATOR stub; codelists:CL_DATAHUB_REF_AREA stub; codelists:CL_DATAHUB_SEX stub"
		agency  = "agencySchemes:AGENCIES,ITU,RESOLUTE"
		used    = "conceptSchemes:CONCEPTS,COMMENT_OBS,INDICATOR,NATURE,OBS_STATUS,OBS_VALUE,REF_AREA,SEX,SOURCE_DETAIL,TIME_PERIOD,UNIT_MEASURE,UNIT_MULT"
	)
	for _, c := range []struct{ address, want string }{
		{v2 + "dataflow", flow + "; dataflows:OWID"},
		{v2 + "dataflow/ITU", flow},
		{v2 + "dataflow/*/DATAHUB,OWID/+", flow + "; dataflows:OWID"},
		{v2 + "dataflow/ITU/DATAHUB/1.0?references=children", agency + "; " + flow + "; " + dsd},
		{v2 + "dataflow/ITU/DATAHUB/1.0?references=datastructure", flow + "; " + dsd},
		{v2 + "dataflow/ITU/DATAHUB/1.0?references=descendants", agency + "; " + lists + "; " + used + "; " + flow + "; " + dsd},
		{v2 + "dataflow/ITU/DATAHUB/1.0?references=all", agency + "; " + lists + "; " + used + "; " + flow + "; " + dsd},
		{v2 + "dataflow/ITU/DATAHUB/1.0?references=codelist", lists + "; " + flow},
		{v2 + "datastructure/ITU/DATAHUB/1.0", dsd},
		{v2 + "datastructure/ITU/DATAHUB/1.0?references=parents", flow + "; " + dsd},
		{v2 + "datastructure/ITU/DATAHUB/1.0?references=codelist&detail=referencestubs", stubs + "; " + dsd},
		{v2 + "datastructure/ITU/DATAHUB/1.0?references=conceptscheme&detail=referencepartial", used + " partial; " + dsd},
		{v2 + "codelist/ITU/CL_DATAHUB_REF_AREA/1.0", "codelists:CL_DATAHUB_REF_AREA,KEN,UGA"},
		{v2 + "codelist/ITU/CL_DATAHUB_REF_AREA/~/UGA,TZA", "codelists:CL_DATAHUB_REF_AREA,UGA partial"},
		{v2 + "codelist/ITU/CL_DATAHUB_SEX?references=ancestors", "codelists:CL_DATAHUB_SEX,F,_Z; " + dsd + "; " + flow},
		{v2 + "codelist/ITU/CL_DATAHUB_SEX?references=parentsandsiblings", agency + "; " + lists + "; " + used + "; " + dsd},
		{v2 + "conceptscheme", used},
		{v2 + "agencyscheme/SDMX", agency},
		{v2 + "*/ITU?detail=allstubs", stubs + "; " + dsd + " stub; " + flow + " stub"},
		{"/sdmx/dataflow/ITU/DATAHUB/latest?references=children&format=json1.0", agency + "; " + flow + "; " + dsd},
		{"/sdmx/datastructure/all/DATAHUB+OWID/1.0?format=json1.0", dsd + "; dataStructures:OWID"},
	} {
		w := get(h, c.address)
		if w.Code != 200 {
			t.Errorf("%s: %d %s", c.address, w.Code, w.Body)
			continue
		}
		got := strings.Split(told(t, w.Body.Bytes()), "; ")
		want := strings.Split(c.want, "; ")
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s:\ngot  %s\nwant %s", c.address, strings.Join(got, "; "), strings.Join(want, "; "))
		}
	}
}

func TestStatusesAndFormatsOfStructures(t *testing.T) {
	h := statistics(t, figures)
	for _, c := range []struct {
		address, accept string
		status          int
		media           string
	}{
		{"/sdmx/v2/structure/dataflow", "", 200, structure20},
		{"/sdmx/v2/structure", "", 200, structure20},
		{"/sdmx/v2/structure/dataflow", "application/xml", 200, structureML},
		{"/sdmx/v2/structure/dataflow", structureXM, 200, structureXM},
		{"/sdmx/v2/structure/dataflow", structure21 + ",*/*;q=0.1", 200, structure21},
		{"/sdmx/v2/structure/dataflow", "application/vnd.sdmx.structure+xml;version=3.1.0", 406, ""},
		{"/sdmx/v2/structure/dataflow", "text/csv", 406, ""},
		{"/sdmx/dataflow", "", 200, structureXM},
		{"/sdmx/dataflow", "*/*", 200, structureXM},
		{"/sdmx/dataflow", "application/json", 200, structure10},
		{"/sdmx/dataflow?format=json", "", 200, structure20},
		{"/sdmx/v2/structure/dataflow/NOBODY", "", 404, ""},
		{"/sdmx/v2/structure/dataflow/ITU/DATAHUB/2.0", "", 404, ""},
		{"/sdmx/v2/structure/categoryscheme", "", 404, ""},
		{"/sdmx/v2/structure/nonsense", "", 400, ""},
		{"/sdmx/v2/structure/dataflow/ITU/DATAHUB/1.0/KEN", "", 400, ""},
		{"/sdmx/v2/structure/dataflow?detail=some", "", 400, ""},
		{"/sdmx/v2/structure/dataflow?references=some", "", 400, ""},
		{"/sdmx/v2/structure/dataflow?nonsense=1", "", 400, ""},
		{"/sdmx/v2/structure/codelist/ITU/CL_DATAHUB_REF_AREA/1.0/TZA", "", 404, ""},
		{"/sdmx/v2/schema/dataflow/ITU/DATAHUB/1.0", "", 501, ""},
		{"/sdmx/v2/registration/id/1", "", 501, ""},
		{"/sdmx/metadata/DATAHUB", "", 501, ""},
		{"/sdmx/v2/availability/dataflow/ITU/DATAHUB/1.0", "", 200, structure20},
		{"/sdmx/v2/availability/dataflow/ITU/NONE", "", 404, ""},
		{"/sdmx/v2/availability/dataflow/ITU/DATAHUB/1.0/u.TZA.*", "", 204, ""},
		{"/sdmx/v2/availability/dataflow/ITU/DATAHUB/1.0/*/NONE", "", 422, ""},
		{"/sdmx/v2/availability/dataflow/ITU/DATAHUB/1.0/*?c[NONE]=1", "", 422, ""},
		{"/sdmx/v2/availability/dataflow/ITU/DATAHUB/1.0/*?mode=some", "", 400, ""},
		{"/sdmx/v2/availability/dataflow/ITU/DATAHUB/1.0/*?limit=1", "", 400, ""},
		{"/sdmx/v2/availability/dataflow/ITU/DATAHUB/1.0/*?asOf=2020-01-01", "", 404, ""},
		{"/sdmx/v2/availability/dataflow/ITU/DATAHUB/1.0/*", "text/csv", 406, ""},
		{"/sdmx/availableconstraint/DATAHUB/all/all/REF_AREA", "", 200, structureXM},
	} {
		w := get(h, c.address, "Accept", c.accept)
		if w.Code != c.status || c.media != "" && w.Header().Get("Content-Type") != c.media {
			t.Errorf("%s (%s): %d %s, want %d %s: %.200s", c.address, c.accept, w.Code, w.Header().Get("Content-Type"), c.status, c.media, w.Body)
		}
	}
}

// A program that knows nothing but the address finds the dataflows, their structures and the data.
func TestADataflowIsFoundAndFetchedByItsStructure(t *testing.T) {
	h := statistics(t, figures)
	for name, c := range map[string]struct{ flows, structure, data string }{
		"version 2": {"/sdmx/v2/structure/dataflow/*/*/~", "/sdmx/v2/structure/datastructure/ITU/DATAHUB/1.0?references=all", "/sdmx/v2/data/dataflow/ITU/DATAHUB/1.0/u.KEN.*"},
		"version 1": {"/sdmx/dataflow/all/all/latest", "/sdmx/datastructure/ITU/DATAHUB/1.0?references=all", "/sdmx/data/ITU,DATAHUB,1.0/u.KEN."},
	} {
		for _, format := range []string{"ml2.1", "ml3.0", "json1.0", "json2.0"} {
			form := func(address string) *bytes.Reader {
				sign := "?"
				if strings.Contains(address, "?") {
					sign = "&"
				}
				return bytes.NewReader(get(h, address+sign+"format="+format).Body.Bytes())
			}
			flows, err := sdmx.ReadStructures(form(c.flows))
			ref := sdmx.Ref{Class: sdmx.Dataflow, Agency: "ITU", ID: "DATAHUB", Version: "1.0"}
			if err != nil || flows.Flows[ref].ID != "DATAHUB" {
				t.Fatalf("%s %s: %v, %+v", name, format, err, flows)
			}
			known, err := sdmx.ReadStructures(form(c.structure))
			if err != nil {
				t.Fatal(name, format, err)
			}
			known.Add(flows)
			var findings []string
			s, err := sdmx.Survey(form(c.data), known, func(f resolute.Finding) { findings = append(findings, f.Rule+" "+f.Message) })
			if err != nil || s.Observations() != 3 || len(findings) > 0 {
				t.Errorf("%s %s: %d observations, %v, %v", name, format, s.Observations(), findings, err)
			}
		}
	}
}

func TestWhatDataThereAre(t *testing.T) {
	h := statistics(t, figures)
	const hub = "/sdmx/v2/availability/dataflow/ITU/DATAHUB/1.0"
	for _, c := range []struct{ address, want string }{
		{hub, "INDICATOR=p,u REF_AREA=KEN,UGA SEX=F,_Z TIME_PERIOD=2019-01-01..2021-12-31 series=4 observations=5"},
		{hub + "/u.*.*", "INDICATOR=u REF_AREA=KEN,UGA SEX=F,_Z TIME_PERIOD=2019-01-01..2020-12-31 series=3 observations=4"},
		{hub + "/u.KEN.*?c[TIME_PERIOD]=ge:2020", "INDICATOR=u REF_AREA=KEN SEX=F,_Z TIME_PERIOD=2020-01-01..2020-12-31 series=2 observations=2"},
		{hub + "/*?c[OBS_VALUE]=lt:15", "INDICATOR=p,u REF_AREA=UGA SEX=_Z TIME_PERIOD=2020-01-01..2021-12-31 series=2 observations=2"},
		{hub + "/*/SEX", "SEX=F,_Z series=4 observations=5"},
		{hub + "/*/TIME_PERIOD,REF_AREA", "REF_AREA=KEN,UGA TIME_PERIOD=2019-01-01..2021-12-31 series=4 observations=5"},
		{hub + "/*?c[SEX]=F&mode=exact", "INDICATOR=u REF_AREA=KEN SEX=F TIME_PERIOD=2020-01-01..2020-12-31 series=1 observations=1"},
		{hub + "/*?c[SEX]=F&mode=available", "INDICATOR=u REF_AREA=KEN SEX=F,_Z TIME_PERIOD=2020-01-01..2020-12-31 series=1 observations=1"},
		{hub + "/*.UGA.F?mode=available", "REF_AREA=KEN SEX=_Z series=0 observations=0"},
		{hub + "/u.KEN.*?c[TIME_PERIOD]=ge:2020&mode=available", "INDICATOR=u REF_AREA=KEN,UGA SEX=F,_Z TIME_PERIOD=2019-01-01..2020-12-31 series=2 observations=2"},
		{hub + "/*?updatedAfter=2026-01-01", "INDICATOR=p,u REF_AREA=KEN,UGA SEX=F,_Z TIME_PERIOD=2019-01-01..2021-12-31 series=4 observations=5"},
		{"/sdmx/availableconstraint/ITU,DATAHUB,1.0/u.KEN+UGA.?startPeriod=2020", "INDICATOR=u REF_AREA=KEN,UGA SEX=F,_Z TIME_PERIOD=2020-01-01..2020-12-31 series=3 observations=3"},
		{"/sdmx/availableconstraint/DATAHUB/all/all/SEX", "SEX=F,_Z series=4 observations=5"},
	} {
		w := get(h, c.address, "Accept", structure21)
		if got := region(t, w); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.address, got, c.want)
		}
	}
	lists := told(t, bytes.ReplaceAll(get(h, hub+"/p.*.*?references=codelist,dataflow&format=json2.0").Body.Bytes(), []byte(`"role"`), []byte(`"x-role"`)))
	if want := "codelists:CL_DATAHUB_INDICATOR,p partial; codelists:CL_DATAHUB_REF_AREA,UGA partial; codelists:CL_DATAHUB_SEX,_Z partial; dataConstraints:CR_A_DATAHUB; dataflows:DATAHUB"; lists != want {
		t.Errorf("lists of what is available: %s", lists)
	}
}

func region(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	var m struct {
		Data struct {
			Available []struct {
				Region struct {
					Keys []struct {
						ID     string
						Values []struct{ Value string }
						Range  struct {
							Start struct{ Period string } `json:"startPeriod"`
							End   struct{ Period string } `json:"endPeriod"`
						} `json:"timeRange"`
					} `json:"keyValues"`
				} `json:"cubeRegion"`
				Series json.Number `json:"seriesCount"`
				Obs    json.Number `json:"obsCount"`
			} `json:"availabilityConstraints"`
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &m); err != nil || len(m.Data.Available) != 1 {
		t.Fatalf("%d, %v: %s", w.Code, err, w.Body)
	}
	one := m.Data.Available[0]
	var parts []string
	for _, k := range one.Region.Keys {
		var codes []string
		for _, v := range k.Values {
			codes = append(codes, v.Value)
		}
		if k.Range.Start.Period != "" {
			codes = []string{k.Range.Start.Period + ".." + k.Range.End.Period}
		}
		parts = append(parts, k.ID+"="+strings.Join(codes, ","))
	}
	return strings.Join(append(parts, "series="+one.Series.String(), "observations="+one.Obs.String()), " ")
}

func TestHTTPOfSDMX(t *testing.T) {
	h := statistics(t, figures)
	ask := func(method, address string, headers ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, address, nil)
		for i := 0; i+1 < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	for _, address := range []string{"/sdmx/v2/data/dataflow/ITU/DATAHUB/1.0/*", "/sdmx/v2/structure/datastructure", "/sdmx/v2/availability/dataflow/ITU/DATAHUB/1.0"} {
		whole := ask("GET", address)
		if vary := whole.Header().Get("Vary"); vary != "Accept, Accept-Language, Accept-Encoding" || whole.Header().Get("Accept-Ranges") != "none" {
			t.Errorf("%s: Vary %q, Accept-Ranges %q", address, vary, whole.Header().Get("Accept-Ranges"))
		}
		head := ask("HEAD", address)
		for _, name := range []string{"Content-Type", "ETag", "Vary", "Last-Modified", "Cache-Control", "Access-Control-Allow-Origin"} {
			if got, want := head.Header().Get(name), whole.Header().Get(name); got != want || want == "" {
				t.Errorf("HEAD %s: %s %q, GET %q", address, name, got, want)
			}
		}
		if head.Code != 200 || head.Body.Len() > 0 {
			t.Errorf("HEAD %s: %d with %d bytes", address, head.Code, head.Body.Len())
		}
		if part := ask("GET", address, "Range", "bytes=0-9"); part.Code != 200 || part.Body.Len() != whole.Body.Len() {
			t.Errorf("a range of %s: %d with %d bytes", address, part.Code, part.Body.Len())
		}
		modified := whole.Header().Get("Last-Modified")
		for want, headers := range map[int][]string{
			http.StatusNotModified:       {"If-Modified-Since", modified},
			http.StatusOK:                {"If-Modified-Since", "Thu, 01 Jan 2026 00:00:00 GMT"},
			http.StatusNotModified * 10:  {"If-None-Match", `"other", ` + whole.Header().Get("ETag")},
			http.StatusNotModified * 100: {"If-None-Match", "W/" + whole.Header().Get("ETag"), "If-Modified-Since", "Thu, 01 Jan 2026 00:00:00 GMT"},
			http.StatusOK * 10:           {"If-None-Match", `"other"`, "If-Modified-Since", modified},
			http.StatusOK * 100:          {"If-None-Match", whole.Header().Get("ETag"), "Accept-Language", "fr"},
		} {
			for want > 599 {
				want /= 10
			}
			if got := ask("GET", address, headers...); got.Code != want || want == http.StatusNotModified && got.Body.Len() > 0 {
				t.Errorf("%s with %q: %d, want %d", address, headers, got.Code, want)
			}
		}
		for coding, packs := range map[string]bool{"gzip": true, "deflate, gzip;q=0.5": true, "*": true, "identity": false, "gzip;q=0": false, "*, gzip;q=0": false, "br": false} {
			w := ask("GET", address, "Accept-Encoding", coding)
			body := io.Reader(w.Body)
			if (w.Header().Get("Content-Encoding") == "gzip") != packs {
				t.Errorf("%s accepting %s: %q", address, coding, w.Header().Get("Content-Encoding"))
				continue
			}
			if packs {
				z, err := gzip.NewReader(w.Body)
				if err != nil {
					t.Fatal(err)
				}
				body = z
				if tag := w.Header().Get("ETag"); tag != "W/"+whole.Header().Get("ETag") || ask("GET", address, "Accept-Encoding", coding, "If-None-Match", tag).Code != 304 {
					t.Errorf("%s packed: ETag %s", address, tag)
				}
			}
			if got, err := io.ReadAll(body); err != nil || !bytes.Equal(got, whole.Body.Bytes()) {
				t.Errorf("%s accepting %s: %v, another answer", address, coding, err)
			}
		}
	}
	for address, want := range map[string]int{"/sdmx/v2/data/dataflow/ITU/NONE": 404, "/sdmx/v2/structure/nonsense": 400} {
		w := ask("GET", address, "Accept-Encoding", "gzip")
		if w.Code != want || w.Header().Get("ETag") != "" || w.Header().Get("Last-Modified") != "" {
			t.Errorf("%s: %d with %v", address, w.Code, w.Header())
		}
	}
	if w := ask("POST", "/sdmx/v2/structure/dataflow"); w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d %v", w.Code, w.Header())
	}
}
