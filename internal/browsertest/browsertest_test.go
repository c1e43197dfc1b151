package browsertest_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"resolute/internal/browsertest"
)

const faulty = `<!doctype html><html lang="en"><head><title>Faulty</title></head>
<body><main><h1>Faulty</h1><img src="x.png"><p lang="fr">Bonjour</p><p>Hello <bdi>Привет</bdi></p>
<div><svg width="600" height="10" role="img" aria-label="bar"></svg></div></main></body></html>`

func TestABrowserFindsPlantedFaults(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(faulty)) }))
	defer server.Close()
	page := browsertest.Start(t).Open(t, server.URL, 360)
	if got := page.Overflow(); got <= 0 {
		t.Errorf("a page 600 px wide overflows 360 px by %d", got)
	}
	if got := page.UnmarkedText(); strings.Contains(got, "Bonjour") || strings.Contains(got, "Привет") || !strings.Contains(got, "Hello") {
		t.Errorf("unmarked text = %q", got)
	}
	if got := page.Violations(); !strings.Contains(got, "image-alt") {
		t.Errorf("violations = %q, want image-alt", got)
	}
}

// A tab shows the page of the next test whole: at its own width, in no mode of the one before, and loaded
// anew where only the part behind # is another.
func TestATabKeepsNothingOfThePageBefore(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(faulty)) }))
	t.Cleanup(server.Close)
	browser := browsertest.Start(t)
	t.Run("one", func(t *testing.T) { browser.Open(t, server.URL, 360).Text(`document.body.id = "touched"`) })
	t.Run("the same further down", func(t *testing.T) {
		page := browser.Open(t, server.URL+"#made", 1280)
		if id, wide := page.Text(`document.body.id`), page.Number(`innerWidth`); id != "" || wide != 1280 {
			t.Errorf("the page has the id %q and is %d wide, want a new one of 1280", id, wide)
		}
		page.In(browsertest.Dark)
	})
	t.Run("by day", func(t *testing.T) {
		if dark := browser.Open(t, server.URL, 360).Number(`matchMedia('(prefers-color-scheme: dark)').matches ? 1 : 0`); dark != 0 {
			t.Error("the page is dark as the one before was")
		}
	})
}

func TestScriptTellsLanguagesApart(t *testing.T) {
	for lang, text := range map[string]string{"ar": "القرار 30 (WTDC)", "ru": "Резолюция 30, C2", "zh": "第30号决议", "fr": "Résolution 30"} {
		if !browsertest.Script(lang, text) {
			t.Errorf("%q is not seen as %s", text, lang)
		}
	}
	if browsertest.Script("ar", "No evidence has been reported") {
		t.Error("English passes as Arabic")
	}
}
