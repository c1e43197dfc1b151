package web_test

import (
	"fmt"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/browsertest"
)

// widths are those of a phone and of a desk.
var widths = []int64{360, 1280}

func TestPagesInABrowser(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	s := site(t, 80)
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	var addresses []string
	for _, address := range append(pages(t, s), pinnedPages(confirmed(t, s))...) {
		addresses = append(addresses, server.URL+address)
	}
	lookAll(t, browser, addresses)
}

// TestMain lets all tests look through one browser.
func TestMain(m *testing.M) { os.Exit(browsertest.Main(m)) }

// lookAll looks at pages in a language of each direction, as many at a time as there are processors. Servers
// must outlive the test that calls it: they end by t.Cleanup.
func lookAll(t *testing.T, browser *browsertest.Browser, addresses []string) {
	t.Helper()
	for _, address := range addresses {
		for _, lang := range []string{"en", "ar"} {
			t.Run(lang+address, func(t *testing.T) {
				t.Parallel()
				look(t, browser, withLang(address, lang), lang)
			})
		}
	}
}

// TestPagesOfTheOperatorInABrowser looks at the pages that only a person who is signed in sees, the
// look at a text, at a file with two texts and at a broken one among them.
func TestPagesOfTheOperatorInABrowser(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	s, v, link := operated(t)
	revised(t, s)
	unsigned := v.unsigned()
	v.post("/sign-in", url.Values{"code": {link}})
	signed := v.signed()
	addresses := []string{unsigned + "/sign-in?code=abc", unsigned + "/sign-in", unsigned + "/upload", signed + "/sign-in", signed + "/imports", signed + "/upload", unsigned + threadsAddress, signed + threadsAddress, signed + "/thread/itu:pp/res/140/resolves_2"}
	for name, text := range map[string]string{"our.txt": ourText, "broken.txt": "\xff", "own.csv": "id,title_en,actual_start\nW1,One,2024-01-01\n,None,2024-01-01\n", "two.html": "<html><p>RESOLUTION 30<p>resolves<p>1 to <del>go</del><ins>walk</ins> on.</html>"} {
		addresses = append(addresses, signed+v.sendFile(name, text).Header().Get("Location"))
	}
	addresses = append(addresses, signed+v.sendFile("both.html", twoTexts).Header().Get("Location")+"?side=both")
	lookAll(t, browser, addresses)
}

// pinnedPages are of a past version: figures, what shows the present all the same, and one that
// does not exist.
func pinnedPages(at int64) []string {
	return []string{fmt.Sprintf("/?at=%d", at), fmt.Sprintf("/thread/R8?at=%d", at), fmt.Sprintf("/matrix?at=%d", at), fmt.Sprintf("/imports?at=%d", at), "/coverage?at=9999"}
}

func withLang(address, lang string) string {
	if strings.Contains(address, "?") {
		return address + "&lang=" + lang
	}
	return address + "?lang=" + lang
}

// look opens one page and holds it, at both widths, to what a reader would notice.
func look(t *testing.T, browser *browsertest.Browser, address, lang string) {
	page := browser.Open(t, address, widths[0])
	for _, width := range widths {
		page.Resize(width)
		if n := page.Overflow(); n > 0 {
			t.Errorf("%s at %d: the page scrolls sideways by %d", address, width, n)
		}
		if text := page.UnmarkedText(); !browsertest.Script(lang, text) || strings.Contains(text, "⟦") {
			t.Errorf("%s: the words of the page are not those of its language: %.300q", address, text)
		}
	}
	page.Text(`document.querySelectorAll('main details').forEach(d => { d.open = true }), ''`)
	for _, width := range widths { // at last: without axe-core the test ends here
		page.Resize(width)
		if found := page.Violations(); found != "" {
			t.Errorf("%s at %d:\n%s", address, width, found)
		}
	}
}

func TestAReaderFindsTheEvidenceBehindAFigure(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	s := site(t, 80)
	server := httptest.NewServer(s.Handler())
	defer server.Close()
	follow := func(page *browsertest.Page, link string) string {
		return page.Text(`document.querySelector(` + "`" + link + "`" + `).href`)
	}
	home := browser.Open(t, server.URL+"/?lang=en", 1280)
	thread := browser.Open(t, follow(home, `.spine a[href*="/thread/R8"]`), 1280)
	list := browser.Open(t, follow(thread, `.facts a[href*="/activities"]`), 1280)
	shown, rows := thread.Text(`document.querySelector('.facts a[href*="/activities"]').textContent`), list.Number(`document.querySelectorAll('table.list tbody tr').length`)
	if shown != list.Text(`document.querySelector('.answer b').textContent.split(' ')[0]`) || rows == 0 {
		t.Errorf("the figure says %s, the list behind it has %d rows", shown, rows)
	}
	activity := browser.Open(t, follow(list, `table.list tbody a`), 1280)
	if !strings.Contains(activity.Text(`document.querySelector('pre').textContent`), "<iati-activity") {
		t.Error("the activity does not show what was received")
	}
}

// From the map a reader comes to all locations of a country, further on in their list, to an activity, and
// finds there the location that the list showed.
func TestAReaderFindsWhereInACountryAnActivityIs(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	s := site(t, 40)
	withFile(t, s, strings.Replace(bay, "<location/>", strings.Repeat("<location/>", 60), 1))
	server := httptest.NewServer(s.Handler())
	defer server.Close()
	for _, width := range widths {
		places := browser.Open(t, server.URL+"/places?lang=en&area=KE&q=ZZ-BAY-1", width)
		list := browser.Open(t, places.Text(`document.querySelector('.more a[href*="/places/locations"]').href`), width)
		if shown, said := list.Number(`document.querySelectorAll('table.list tbody tr').length`), list.Text(`document.querySelector('.answer b').textContent`); shown != 50 || said != "62 locations" {
			t.Errorf("the list says %s and shows %d", said, shown)
		}
		rest := browser.Open(t, list.Text(`document.querySelector('a[rel="next"]').href`), width)
		if n := rest.Number(`document.querySelectorAll('table.list tbody tr').length`); n != 12 {
			t.Errorf("the last page shows %d of the 12 that are left", n)
		}
		activity := browser.Open(t, list.Text(`document.querySelector('table.list tbody td a').href`), width)
		if text := activity.Text(`[...document.querySelectorAll('table.list tbody tr')].find(r => r.textContent.includes('BAY-1')).textContent`); !strings.Contains(text, "-1.25, 36.5") {
			t.Errorf("the activity does not show the point: %s", text)
		}
		for _, page := range []*browsertest.Page{places, list, activity} {
			if found := page.Violations(); found != "" || page.Overflow() > 0 {
				t.Errorf("at %d: sideways by %d\n%s", width, page.Overflow(), found)
			}
		}
	}
}

// lists are the pages whose tables a reader must see whole, whatever the language.
var lists = []string{"/activities", "/iati", "/organisations", "/imports", "/coverage", "/figures", "/gaps", "/goal/9", "/thread/R8", "/area/KE", "/places/locations"}

// cutLists names the regions that hide a part of a list. Heat maps may scroll: they say so and
// keep their first column in sight.
const cutLists = `[...document.querySelectorAll('.scroll')].filter(e => e.querySelector('table.list') && e.scrollWidth > e.clientWidth).map(e => e.getAttribute('aria-label') + ' by ' + (e.scrollWidth - e.clientWidth)).join('; ')`

func TestListsAreWholeInEveryLanguage(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	server := httptest.NewServer(site(t, 80).Handler())
	t.Cleanup(server.Close)
	for _, address := range lists {
		for _, lang := range resolute.Langs {
			t.Run(string(lang)+address, func(t *testing.T) {
				t.Parallel()
				page := browser.Open(t, server.URL+withLang(address, string(lang)), widths[0])
				for _, width := range widths {
					page.Resize(width)
					if n := page.Overflow(); n > 0 {
						t.Errorf("%s in %s at %d: the page scrolls sideways by %d", address, lang, width, n)
					}
					if cut := page.Text(cutLists); cut != "" {
						t.Errorf("%s in %s at %d: a reader must scroll %s", address, lang, width, cut)
					}
				}
			})
		}
	}
}
