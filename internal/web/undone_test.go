package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"resolute/internal/mandate"
)

// A form that cannot be obeyed is answered in the language of its page: which field is to blame, why, what was
// typed and the way back.
func TestAMistakeInAFormLeadsBackToIt(t *testing.T) {
	s, v, link := operated(t)
	alike(t, s)
	list := v.candidates("")
	keep := list.Candidates[list.of(t, "missing-list")].Organisations[0]
	lampsIn(t, s)
	revised(t, s)
	v.post("/sign-in", url.Values{"code": {link}})
	text := url.Values{"instrument": {"itu:pp/res/9"}, "revision": {"1"}, "provision": {"resolves_1"}, "as": {"split"}, "words": {"nowhere at all"}, "reason": {"so printed"}}
	thread := url.Values{"revision": {"3"}, "path": {"resolves_2"}, "verb": {mandate.JoinThread}, "reason": {"so printed"}}
	for name, c := range map[string]struct {
		page, address string
		values        url.Values
		more          []string // further values, name and value
		want          []string
	}{
		"an organisation that is not known": {"/organisation/1?lang=fr", "/organisation/decide", url.Values{"verb": {"merge"}, "organisation": {keep.Key}, "other": {"ref:NOBODY"}, "reason": {"le même"}}, nil,
			[]string{"Aucune organisation n’est connue", "Son numéro, sa référence", "<bdi dir=\"auto\">ref:NOBODY</bdi>", "le même"}},
		"an organisation with itself": {"/organisation/1?lang=ru", "/organisation/decide", url.Values{"verb": {"merge"}, "organisation": {keep.Key}, "other": {keep.Key}, "reason": {"x"}}, nil,
			[]string{"организация не объединяется сама с собой"}},
		"words that are not there": {"/mandate/itu:pp/res/9?lang=es&provision=resolves_1&view=structure", "/structure/correct", text, nil,
			[]string{"Una disposición se divide antes de palabras", "nowhere at all", "Palabras con las que empieza la segunda parte"}},
		"no paragraph to continue": {threadsAddress + "&lang=ar", "/thread/decide", thread, []string{"target", " "}, []string{"اذكر الفقرة الأقدم"}},
		"an unknown paragraph":     {threadsAddress + "&lang=zh", "/thread/decide", thread, []string{"target", "resolves_99"}, []string{"均无此段落", "resolves_99"}},
		"a text that is gone":      {"/?lang=en", "/redline/decide", url.Values{"revision": {"99"}}, nil, []string{"This was not done", "no such text is held"}},
	} {
		t.Run(name, func(t *testing.T) {
			values := url.Values{"form": {v.form()}}
			for key, list := range c.values {
				values[key] = slices.Clone(list)
			}
			for i := 0; i < len(c.more); i += 2 {
				values.Set(c.more[i], c.more[i+1])
			}
			sender := &visitor{t: t, handler: v.handler, cookies: v.cookies, origin: v.origin, page: c.page}
			w := sender.post(c.address, values)
			body := w.Body.String()
			if w.Code != http.StatusBadRequest || strings.Contains(body, `id="find-lost"`) {
				t.Errorf("answer %d, or a search for what was not asked for", w.Code)
			}
			path, _, _ := strings.Cut(c.page, "?")
			for _, want := range append(c.want, `class="btn" href="`+path+"?", `hreflang="fr" href="`+path+"?") {
				if !strings.Contains(body, want) {
					t.Errorf("the page lacks %q:\n%s", want, body)
				}
			}
		})
	}
}

// What a browser says about the page of a form leads to no other site, and carries no code of a link on.
func TestTheWayBackToAFormStaysOnTheSite(t *testing.T) {
	_, v, link := operated(t)
	v.post("/sign-in", url.Values{"code": {link}})
	form := v.form()
	for _, page := range []string{"//evil.example/x", ".evil.example/x", "/sign-in?code=" + link, "/\\evil.example"} {
		v.page = page
		body := v.post("/organisation/decide?lang=en", url.Values{"form": {form}, "organisation": {"ref:NOBODY"}}).Body.String()
		if !strings.Contains(body, "This was not done") || strings.Contains(body, `href="//`) || strings.Contains(body, `href="/\`) || strings.Contains(body, link) {
			t.Errorf("sent from %s: %s", page, body)
		}
	}
}
