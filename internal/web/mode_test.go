package web_test

import (
	"net/http/httptest"
	"testing"

	"resolute/internal/browsertest"
)

// mainPages are few of the many kinds, chosen so that every part of the style sheet is met.
var mainPages = []string{"/", "/thread/R8", "/matrix", "/gaps", "/activities", "/area/KE", "/organisations", "/imports"}

// hidden counts what a reader of paper has no use for, yet still sees.
const hidden = `[...document.querySelectorAll('.nav, .langs, .skip, .find, .tabs, .filters, .chips, .change form')].filter(e => e.getClientRects().length && getComputedStyle(e).visibility !== 'hidden').length`

// cutTables counts the tables of which a region that scrolls hides a part.
const cutTables = `[...document.querySelectorAll('.scroll')].filter(e => getComputedStyle(e).overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1).length`

// dim counts the signs of states that have no colour of their own against the page.
const dim = `[...document.querySelectorAll('main .g')].filter(e => getComputedStyle(e).color === getComputedStyle(document.body).backgroundColor).length`

func TestMainPagesInEveryMode(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	server := httptest.NewServer(site(t, 80).Handler())
	t.Cleanup(server.Close)
	for _, address := range mainPages {
		t.Run(address, func(t *testing.T) {
			t.Parallel()
			inModes(t, browser.Open(t, server.URL+withLang(address, "en"), 1280))
		})
	}
	for _, address := range append([]string{"/line/C2", "/import/1", "/organisation/1"}, mainPages...) {
		for _, lang := range []string{"ar", "ru"} {
			t.Run("320 "+lang+address, func(t *testing.T) {
				t.Parallel()
				if n := browser.Open(t, server.URL+withLang(address, lang), 320).Overflow(); n > 0 {
					t.Errorf("%s in %s scrolls sideways by %d at 320", address, lang, n)
				}
			})
		}
	}
}

// inModes holds a page to what a reader in the dark, with forced colours or with paper would notice.
func inModes(t *testing.T, page *browsertest.Page) {
	if page.Number(hidden) == 0 {
		t.Error("the page has no part that paper could leave out: the test looks for the wrong ones")
	}
	page.In(browsertest.Print)
	if n := page.Number(hidden); n > 0 {
		t.Errorf("%d parts for finding one's way are printed", n)
	}
	if n := page.Number(cutTables); n > 0 {
		t.Errorf("%d tables are cut on paper", n)
	}
	page.In(browsertest.Forced)
	if n := page.Number(dim) + page.Overflow(); n > 0 {
		t.Errorf("with forced colours %d signs cannot be seen, or the page scrolls sideways", n)
	}
	page.In(browsertest.Dark)
	if got := page.Text(`getComputedStyle(document.body).backgroundColor`); got == "rgb(255, 255, 255)" {
		t.Error("the page stays white in the dark")
	}
	if found := page.Violations(); found != "" {
		t.Errorf("in the dark:\n%s", found)
	}
}
