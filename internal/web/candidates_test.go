package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/browsertest"
	"resolute/internal/register"
	"resolute/internal/web"
	"resolute/internal/wording"
)

// alike takes in activities whose organisations look like one, in five ways.
func alike(t *testing.T, s *web.Site) {
	t.Helper()
	var b strings.Builder
	b.WriteString(`<iati-activities version="2.03">`)
	for i, p := range []struct{ ref, name, country string }{
		{"XM-DAC-99041", "Agency of bridges", "KE"}, {"99041", "Agency of bridges", "KE"}, {"XM-DAC-99041", "Agency of bridges", "UG"},
		{"GB-COH-1111111", "Office of wells", "KE"}, {"GB-COH-2222222", "Office of wells", "FR"},
		{"XX-TWO-1", "School of law", "KE"}, {"XX-TWO-1", "Water board", "KE"},
		{"", "Café de la paix", "FR"}, {"ZZ-1-2", "CAFÉ de la paix", "SN"}, {"ZZ-1-3", "Café de  la paix", ""}, {"1", "First of all", "SN"},
	} {
		ref, place := "", ""
		if p.ref != "" {
			ref = fmt.Sprintf(` ref="%s"`, p.ref)
		}
		if p.country != "" {
			place = fmt.Sprintf(`<recipient-country code="%s"/>`, p.country)
		}
		fmt.Fprintf(&b, `<iati-activity default-currency="USD"><iati-identifier>ZZ-P-%d</iati-identifier><reporting-org ref="ZZ-P" type="40"><narrative>P</narrative></reporting-org><title><narrative xml:lang="en">T</narrative></title>`+
			`<participating-org%s role="1" type="10"><narrative>%s</narrative></participating-org><activity-status code="2"/><activity-date type="2" iso-date="2022-01-01"/>%s<sector vocabulary="1" code="22040"/></iati-activity>`, i, ref, p.name, place)
	}
	b.WriteString(`</iati-activities>`)
	ctx := context.Background()
	if _, err := s.Register.ImportIATI(ctx, resolute.Operator(), register.Source{File: "alike.xml"}, strings.NewReader(b.String()), register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Coverage.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
}

type candidateList struct {
	Total      int
	Next       string
	Candidates []struct {
		ID, Reason, Value string
		Weak              bool
		For, Against      []string
		Organisations     []struct {
			ID         int64
			Key        string
			Activities int
			Countries  []string
		}
	}
}

func (v *visitor) candidates(query string) (list candidateList) {
	v.t.Helper()
	w := v.get("/organisations/candidates.json?" + query)
	if err := json.Unmarshal(w.Body.Bytes(), &list); err != nil {
		v.t.Fatalf("candidates %s: %d, %v", query, w.Code, err)
	}
	return list
}

func (l candidateList) of(t *testing.T, reason string) (index int) {
	t.Helper()
	for i, c := range l.Candidates {
		if c.Reason == reason {
			return i
		}
	}
	t.Fatalf("no candidate with the reason %s among %+v", reason, l.Candidates)
	return 0
}

func TestCandidatesSayWhatSpeaksForAndAgainst(t *testing.T) {
	s, v, _ := operated(t)
	alike(t, s)
	list := v.candidates("")
	agency := list.Candidates[list.of(t, "missing-list")]
	if fmt.Sprint(agency.For) != "[name type country]" || agency.Weak || agency.Organisations[0].Activities != 2 || fmt.Sprint(agency.Organisations[0].Countries) != "[KE UG]" {
		t.Errorf("one number with its list and without: %+v", agency)
	}
	wells := v.candidates("q=wells").Candidates[0]
	if !wells.Weak || fmt.Sprint(wells.Against) != "[country list]" {
		t.Errorf("two of one list: %+v, want it weak, with the list against it", wells)
	}
	page := v.get("/organisations/candidates?lang=en").Body.String()
	if n := strings.Count(page, "By name alone"); n < 2 {
		t.Errorf("the page says %d times that a name alone speaks for a candidate", n)
	}
	if strings.Contains(page, "/organisation/decide") {
		t.Error("a reader has a form to decide")
	}
	for query, want := range map[string]int{"area=UG": 2, "area=SN": 1, "reason=several-names": 1, "q=nothing-like-this": 0, "area=KE&reason=same-name": 2, fmt.Sprintf("org=%d", agency.Organisations[0].ID): 2} {
		if got := v.candidates(query).Total; got != want {
			t.Errorf("%s: %d candidates, want %d", query, got, want)
		}
	}
	for _, query := range []string{"area=XX", "page=garbage", "reason=colour", "org=999999", "unheard=of"} {
		for _, form := range []string{"", ".json", ".csv"} {
			if w := v.get("/organisations/candidates" + form + "?lang=en&" + query); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), strings.SplitN(query, "=", 2)[0]) {
				t.Errorf("%s?%s: %d, want a refusal that names it", form, query, w.Code)
			}
		}
	}
	if rows := strings.Count(v.get("/organisations/candidates.csv").Body.String(), "\n"); rows != 1+2+2+2+3+1 {
		t.Errorf("the table has %d lines", rows)
	}
}

func TestTheListOfCandidatesIsReadPageByPageToItsEnd(t *testing.T) {
	s, v, _ := operated(t)
	var b strings.Builder
	b.WriteString(`<iati-activities version="2.03">`)
	for i := range 130 {
		fmt.Fprintf(&b, `<iati-activity default-currency="USD"><iati-identifier>ZZ-P-%d</iati-identifier><reporting-org ref="ZZ-P" type="40"><narrative>P</narrative></reporting-org><title><narrative xml:lang="en">T</narrative></title>`+
			`<participating-org ref="YY-%d" role="1"><narrative>Office %d</narrative></participating-org><activity-status code="2"/><activity-date type="2" iso-date="2022-01-01"/></iati-activity>`, i, i, i%65)
	}
	b.WriteString(`</iati-activities>`)
	if _, err := s.Register.ImportIATI(context.Background(), resolute.Operator(), register.Source{File: "many.xml"}, strings.NewReader(b.String()), register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	met, next, pages := map[string]bool{}, "", 0
	for {
		list := v.candidates("page=" + next)
		for _, c := range list.Candidates {
			if met[c.ID] {
				t.Errorf("%s stands on two pages", c.Value)
			}
			met[c.ID] = true
		}
		if pages++; list.Next == "" {
			break
		}
		next = list.Next
	}
	if len(met) != 65 || pages != 3 {
		t.Errorf("%d candidates on %d pages, want 65 on 3", len(met), pages)
	}
}

func TestThePersonWhoMayDecidesAboutOrganisationsAndTakesItBack(t *testing.T) {
	s, v, link := operated(t)
	alike(t, s)
	list := v.candidates("")
	agency := list.Candidates[list.of(t, "missing-list")]
	keep, gone := agency.Organisations[0], agency.Organisations[1]
	form := func(pairs ...string) url.Values {
		values := url.Values{"reason": {"they wrote so"}}
		for i := 0; i < len(pairs); i += 2 {
			values.Add(pairs[i], pairs[i+1])
		}
		return values
	}
	merge := form("verb", "merge", "organisation", keep.Key, "other", keep.Key, "other", gone.Key)
	for _, address := range []string{"/organisation/decide", "/organisation/undo"} {
		if w := v.post(address, merge); w.Code != http.StatusForbidden {
			t.Errorf("a reader decides at %s: %d", address, w.Code)
		}
	}
	if after := v.candidates(""); after.Total != list.Total {
		t.Fatal("what was refused was done")
	}
	v.post("/sign-in", url.Values{"code": {link}})
	if w := v.post("/organisation/decide", merge); w.Code != http.StatusForbidden {
		t.Errorf("without the token of the form: %d", w.Code)
	}
	decide := func(values url.Values, want string) string {
		t.Helper()
		values.Set("form", v.form())
		w := v.post("/organisation/decide", values)
		if at := w.Header().Get("Location"); w.Code != http.StatusSeeOther || !strings.HasPrefix(at, want) {
			t.Fatalf("%v: %d to %q, want %q: %s", values, w.Code, w.Header().Get("Location"), want, w.Body)
		}
		return strings.SplitN(w.Header().Get("Location"), "#", 2)[0]
	}
	undo := regexp.MustCompile(`name="decision" value="(\d+)"`)
	takeBack := func(page string) {
		t.Helper()
		m := undo.FindStringSubmatch(v.get(page + "?lang=en").Body.String())
		if m == nil {
			t.Fatalf("%s has nothing to take back", page)
		}
		if w := v.post("/organisation/undo", url.Values{"form": {v.form()}, "decision": {m[1]}, "reason": {"it was wrong"}}); w.Code != http.StatusSeeOther {
			t.Fatalf("taken back: %d %s", w.Code, w.Body)
		}
	}
	total := func(query string) int { return v.candidates(query).Total }

	page := decide(merge, fmt.Sprintf("/organisation/%d", keep.ID))
	if body := v.get(page + "?lang=en").Body.String(); !strings.Contains(body, "A. Person") || !strings.Contains(body, "they wrote so") || !strings.Contains(body, ">3 activities<") {
		t.Errorf("the page does not follow the merge, or does not tell who did it and why")
	}
	if n := total("reason=missing-list"); n != 0 {
		t.Errorf("%d candidates are left of what was merged", n)
	}
	decide(form("verb", "prefer", "organisation", gone.Key), page)
	if !strings.Contains(v.get(page+"?lang=en").Body.String(), "is shown as") {
		t.Error("the identifier was not chosen")
	}
	takeBack(page)
	decide(form("verb", "split", "organisation", gone.Key), fmt.Sprintf("/organisation/%d", gone.ID))
	takeBack(fmt.Sprintf("/organisation/%d", gone.ID))
	takeBack(page)
	if n := total("reason=missing-list"); n != 1 {
		t.Errorf("%d candidates once it was taken back, want the one", n)
	}

	two := v.candidates("reason=several-names").Candidates[0].Organisations[0]
	page = decide(form("verb", "split", "organisation", two.Key, "name", "Water board"), fmt.Sprintf("/organisation/%d", two.ID))
	if body := v.get(page + "?lang=en").Body.String(); !strings.Contains(body, "is another organization") || !strings.Contains(body, ">1 activity<") {
		t.Error("the name was not split off")
	}
	takeBack(page)

	wells := v.candidates("q=wells").Candidates[0]
	decide(form("verb", "dismiss", "organisation", wells.Organisations[0].Key, "other", wells.Organisations[1].Key), "/organisations/candidates")
	if n := total("q=wells"); n != 0 {
		t.Errorf("what is not one comes again: %d", n)
	}
	takeBack("/organisations/candidates")
	if n := total("q=wells"); n != 1 {
		t.Errorf("a dismissal that was taken back leaves %d candidates", n)
	}

	for name, c := range map[string]struct {
		values url.Values
		want   int
	}{
		"nothing known": {form("verb", "marry", "organisation", keep.Key), http.StatusBadRequest},
		"no reason":     {url.Values{"verb": {"merge"}, "organisation": {keep.Key}, "other": {gone.Key}}, http.StatusBadRequest},
		"nobody":        {form("verb", "merge", "organisation", keep.Key, "other", "ref:NOBODY"), http.StatusBadRequest},
		"two of a word": {form("verb", "merge", "organisation", keep.Key, "other", "1"), http.StatusBadRequest},
		"itself":        {form("verb", "merge", "organisation", keep.Key, "other", keep.Key), http.StatusBadRequest},
		"one already":   {form("verb", "split", "organisation", keep.Key), http.StatusConflict},
	} {
		c.values.Set("form", v.form())
		w := v.post("/organisation/decide", c.values)
		if w.Code != c.want {
			t.Errorf("%s: %d, want %d", name, w.Code, c.want)
		}
		if name == "two of a word" && !strings.Contains(w.Body.String(), wording.For("en").T("error.form.usage.organisation")) {
			t.Errorf("%s: the page does not say why", name)
		}
	}
}

// TestCandidatesInABrowser goes from a candidate to the merge, its page, and back, and looks at each page.
func TestCandidatesInABrowser(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	s, v, link := operated(t)
	alike(t, s)
	unsigned := v.unsigned()
	v.post("/sign-in", url.Values{"code": {link}})
	signed := v.signed()
	page := browser.Open(t, signed+"/organisations/candidates?lang=en&reason=missing-list", 1280)
	send := func(fill, button, arrives string) {
		t.Helper()
		page.Text(`(() => { document.querySelector('` + fill + `').value = 'the same agency'; document.querySelector('` + button + `').click(); return '' })()`)
		for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
			if page.Text(`document.readyState == 'complete' ? location.pathname + location.hash + (document.body.innerText.includes('Taken back') ? ' undone' : '') : ''`) == arrives {
				return
			}
		}
		t.Fatalf("the form does not lead to %s but to %s", arrives, page.Text(`location.href`))
	}
	agency := v.candidates("reason=missing-list").Candidates[0].Organisations[0].ID
	arrives := fmt.Sprintf("/organisation/%d#history", agency)
	send(`article input[name=reason]`, `article button[value=merge]`, arrives)
	if told := page.Text(`document.querySelector('#history + ul').innerText`); !strings.Contains(told, "the same agency") || !strings.Contains(told, "A. Person") {
		t.Errorf("the page tells %q", told)
	}
	lookAll(t, browser, []string{fmt.Sprintf("%s/organisation/%d", signed, agency)})
	send(`#history + ul input[name=reason]`, `#history + ul button`, arrives+" undone")
	if n := v.candidates("reason=missing-list").Total; n != 1 {
		t.Errorf("%d candidates after it was taken back, want the one", n)
	}
	lookAll(t, browser, []string{signed + "/organisations/candidates", unsigned + "/organisations/candidates", unsigned + "/organisations/candidates?area=XX"})
	for _, lang := range resolute.Langs {
		page := browser.Open(t, signed+"/organisations/candidates?lang="+string(lang), widths[0])
		page.Text(`(() => { document.querySelectorAll('details.f').forEach(d => { d.open = true }); return '' })()`)
		if n, cut := page.Overflow(), page.Text(cutLists); n > 0 || cut != "" {
			t.Errorf("in %s, with all forms open: the page scrolls sideways by %d, a reader must scroll %s", lang, n, cut)
		}
		if found := page.Violations(); found != "" {
			t.Errorf("in %s, with all forms open:\n%s", lang, found)
		}
	}
}
