package api_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/mandate"
	"resolute/internal/measure"
)

// whole is a handler over activities, a text and statistics.
func whole(t *testing.T) (http.Handler, *coverage.Coverage) {
	t.Helper()
	h, c := handler(t)
	table := "dataflow,indicator,unit,area,period,value,status\n" +
		"ITU:DATAHUB,i99H,%,KEN,2016,20,\nITU:DATAHUB,i99H,%,KEN,2024,35,E\nITU:DATAHUB,i99H,%,UGA,2024,15,\nITU:DATAHUB,i154_FBB_ts_GNI,% GNI p.c.,KEN,2024,4,\n"
	ctx, m := context.Background(), &measure.Measure{DB: c.DB, Now: clock}
	if _, err := m.Import(ctx, resolute.Operator(), measure.Source{File: "a.csv"}, strings.NewReader(table)); err != nil {
		t.Fatal(err)
	}
	if _, err := (&mandate.Mandate{DB: c.DB, Now: clock}).Import(ctx, resolute.Operator(), mandate.File{Name: "text.txt", Data: []byte(text)}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	return h, c
}

// questions are some for each address of the description: those that are answered in full, and those
// that find little or nothing.
func questions(t *testing.T, c *coverage.Coverage) map[string][]string {
	t.Helper()
	const nothing, never = "?q=nobodysaysthis", "?period=1950..1951"
	asked := map[string][]string{
		"/coverage":             {never, "", "?by=country&lang=ar", "?by=group&currency=USD", "?by=target&rule=as-reported@1", "?instrument=itu:wtdc/res/30"},
		"/activities":           {nothing, "?limit=20", "?line=C2&sort=start"},
		"/locations":            {nothing, ""},
		"/iati":                 {""},
		"/matrix":               {never, "", "?targets_of=9"},
		"/matrix/targets":       {never, ""},
		"/figures":              {never, "", "?rule=as-reported@1", "?currency=USD"},
		"/areas/{code}/figures": {"/areas/KE/figures", "/areas/WORLD/figures", "/areas/LDC/figures?beside=KE", "/areas/FR/figures", "/areas/afr/figures?since=2024"},
		"/gaps":                 {never, "", "?targets_of=9", "?thread=R8"},
		"/instruments":          {nothing, "", "?held=true&lang=fr"},
		"/citations":            {"", "?by=provision", "?cited_by=itu:pp/res/140"},
		"/texts":                {"", "?instrument=itu:pp/res/2"},
		"/text":                 {""},
		"/provisions":           {nothing, "?q=networks"},
		"/roles":                {"", "?line=C6"},
		"/rules":                {""},
		"/imports":              {""},
		"/imports/{id}":         {"/imports/1", "/imports/2"},
		"/status":               {""},
	}
	list, err := c.Activities(context.Background(), coverage.ListQuery{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list.Items {
		asked["/activities/{key}"] = append(asked["/activities/{key}"], "/activities/"+a.Key)
	}
	gaps, err := c.Gaps(context.Background(), coverage.GapQuery{})
	if err != nil {
		t.Fatal(err)
	}
	for n, g := range gaps.List {
		if n%20 == 0 {
			asked["/gap"] = append(asked["/gap"], "?id="+url.QueryEscape(g.ID()))
		}
	}
	return asked
}

// Clients are made from the description: what is null must be allowed to be.
func TestAnswersAreAsTheDescriptionSays(t *testing.T) {
	h, c := whole(t)
	description, err := jsonschema.UnmarshalJSON(get(h, "/api/v1/openapi.json").Body)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.AssertFormat()
	if err := compiler.AddResource("https://resolute.example/openapi.json", description); err != nil {
		t.Fatal(err)
	}
	asked := questions(t, c)
	for path, item := range description.(map[string]any)["paths"].(map[string]any) {
		path = strings.TrimPrefix(path, "/api/v1")
		content := item.(map[string]any)["get"].(map[string]any)["responses"].(map[string]any)["200"].(map[string]any)["content"].(map[string]any)
		media, _ := content["application/json"].(map[string]any)
		if media["schema"] == nil { // a file
			continue
		}
		schema, err := compiler.Compile("https://resolute.example/openapi.json#/paths/" + strings.ReplaceAll("/api/v1"+path, "/", "~1") + "/get/responses/200/content/application~1json/schema")
		if err != nil {
			t.Fatal(err)
		}
		if len(asked[path]) == 0 {
			t.Errorf("%s: nothing is asked of it here", path)
		}
		for _, question := range asked[path] {
			if !strings.HasPrefix(question, "/") {
				question = path + question
			}
			w := get(h, "/api/v1"+question)
			answer, err := jsonschema.UnmarshalJSON(w.Body)
			if err == nil {
				err = schema.Validate(answer)
			}
			if err != nil || w.Code != http.StatusOK {
				t.Errorf("%s: status %d, %.1500v", question, w.Code, err)
			}
		}
	}
}
