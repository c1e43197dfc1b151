package web_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/mandate"
	"resolute/internal/web"
)

// oldLamps and newLamps are two revisions of a text of our own.
const oldLamps = `RESOLUTION 931 (Atlantis, 2031)
Lamps of the coast
The World Telecommunication Development Conference (Atlantis, 2031),
recalling
a) the outcomes of the summit on village lamps;
b) Resolution 140 (Rev. Busan, 2014) of the Plenipotentiary Conference, on the role of the union in harbours,
resolves
1 to lend rope and ladders to islands whose harbours freeze;
2 to keep a register of bells,
instructs the Director of the Telecommunication Development Bureau
1 to report each year on the state of the lamps to the council;
2 to teach divers how to mend cables under ice.
`

const newLamps = `RESOLUTION 931 (Rev. Elbonia, 2035)
Lamps of the coast and the islands
The World Telecommunication Development Conference (Elbonia, 2035),
recalling
a) Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference, on the role of the union in harbours;
b) the outcomes of the summit on village lamps,
resolves
to lend rope and ladders to islands whose harbours freeze,
instructs the Director of the Telecommunication Development Bureau
1 to report every second year on the state of the lamps to the council;
2 to teach divers how to mend cables under ice;
3 to count whales in the northern sea.
`

const lamps = "/mandate/itu:wtdc/res/931/compare"

// holding is a site that holds texts.
func holding(t testing.TB, texts ...string) *web.Site {
	t.Helper()
	s := site(t, 1)
	for _, text := range texts {
		if _, err := s.Mandate.Import(context.Background(), resolute.Operator(), mandate.File{Name: "text.txt", Data: []byte(text)}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Coverage.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	return s
}

// markup takes what is only spoken and the languages out of a page, so that marks read well.
func markup(page string) string {
	page = regexp.MustCompile(`<span class="vh"[^>]*>[^<]*</span>`).ReplaceAllString(page, "")
	return html.UnescapeString(page)
}

func TestThePageShowsWhatChangedWordByWord(t *testing.T) {
	h := holding(t, oldLamps, newLamps).Handler()
	for view, want := range map[string][]string{
		"": {"(Rev. <del>Busan</del>, <del>2014</del>) of", "(Rev. <ins>Dubai</ins>, <ins>2018</ins>) of", "<del>to keep a register of bells,</del>", "<ins>to count whales in the northern sea.</ins>",
			"unchanged: 3, reworded: 2, dropped: 1; new: 1", "Lamps of the coast<ins> and the islands</ins>", "not in this text"},
		"&view=inline": {"(Rev. <del>Busan</del><ins>Dubai</ins>, <del>2014</del><ins>2018</ins>) of", "to report <del>each</del><ins>every second</ins> year"},
	} {
		body := get(t, h, lamps+"?lang=en"+view).Body.String()
		for _, words := range want {
			if !strings.Contains(markup(body), words) {
				t.Errorf("view %q lacks %q", view, words)
			}
		}
		if !strings.Contains(body, `<del><span class="vh" lang="en" dir="ltr">deleted: </span>`) || !strings.Contains(body, "end of insertion") {
			t.Errorf("view %q does not say what was deleted and inserted to who cannot see it", view)
		}
	}
}

func TestWhatChangedForTheDirector(t *testing.T) {
	h := holding(t, oldLamps, newLamps).Handler()
	body := markup(get(t, h, lamps+"?lang=en&addressee=Director+of+the+Telecommunication+Development+Bureau").Body.String())
	if !strings.Contains(body, "for: \u2068Director of the Telecommunication Development Bureau\u2069</h1>") || !strings.Contains(body, "count whales") || strings.Contains(body, "<del>Busan</del>") {
		t.Error("the page of the Director does not show what changed for the Director alone")
	}
	body = get(t, h, lamps+"?lang=en&addressee=Nobody&old=99&show=wrong").Body.String()
	for _, name := range []string{"addressee=Nobody", "old=99", "show=wrong"} {
		if !strings.Contains(body, name) {
			t.Errorf("the page does not say that it does not understand %s", name)
		}
	}
}

func TestWhatChangedAsData(t *testing.T) {
	h := holding(t, oldLamps, newLamps).Handler()
	var data struct {
		Old, New struct{ Label string }
		Changes  []struct {
			Kind      string
			Old, New  *struct{ Text string }
			Stretches []struct{ Kind, Old, New string }
		}
	}
	if err := json.Unmarshal(get(t, h, strings.Replace(lamps, "compare", "compare.json", 1)).Body.Bytes(), &data); err != nil {
		t.Fatal(err)
	}
	if data.Old.Label != "Atlantis, 2031" || data.New.Label != "Rev. Elbonia, 2035" || len(data.Changes) != 7 {
		t.Fatalf("got %+v", data)
	}
	for _, c := range data.Changes {
		var old, new string
		for _, s := range c.Stretches {
			old, new = old+s.Old, new+s.New
		}
		if c.Old != nil && c.Old.Text != old || c.New != nil && c.New.Text != new {
			t.Errorf("the stretches of %+v are not its texts", c)
		}
	}
	rows, err := csv.NewReader(get(t, h, strings.Replace(lamps, "compare", "compare.csv?show=new", 1)).Body).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][0] != "new" {
		t.Errorf("got %v, %v", rows, err)
	}
}

func TestTheTextLeadsToWhatChanged(t *testing.T) {
	h := holding(t, oldLamps, newLamps).Handler()
	link := regexp.MustCompile(`href="([^"]+/compare\?[^"]+)"`).FindStringSubmatch(get(t, h, "/mandate/itu:wtdc/res/931?lang=en").Body.String())
	if link == nil {
		t.Fatal("the page of the text has no link to what changed")
	}
	if w := get(t, h, html.UnescapeString(link[1])); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "count whales") {
		t.Errorf("%s: status %d", link[1], w.Code)
	}
	if w := get(t, h, "/mandate/itu:wtdc/res/999/compare"); w.Code != http.StatusNotFound {
		t.Errorf("an unknown instrument: status %d", w.Code)
	}
}

func TestATextAloneHasNothingToBeComparedWith(t *testing.T) {
	h := holding(t, oldLamps).Handler()
	if body := get(t, h, lamps+"?lang=en").Body.String(); !strings.Contains(body, "Two texts are needed") || !strings.Contains(body, "resolute import resolution") {
		t.Error("the page does not say what is missing, or what to do")
	}
	if body := get(t, h, "/mandate/itu:wtdc/res/931?lang=en").Body.String(); strings.Contains(body, "/compare") {
		t.Error("the page of the text leads to a comparison with nothing")
	}
}

func TestYearlyResolutionsOfOneTitleAreCompared(t *testing.T) {
	yearly := func(number, day, words string) string {
		return "Resolution adopted by the General Assembly on " + day + "\n" + number + ". Lamps of the coast\nThe General Assembly,\nRecalling its resolution on lamps,\n1. Requests the Secretary-General to count " + words + " lamps of the coast.\n"
	}
	h := holding(t, yearly("98/7", "2 March 2030", "red"), yearly("99/1", "3 March 2031", "blue")).Handler()
	if body := markup(get(t, h, "/mandate/un:a/res/99/1/compare?lang=en").Body.String()); !strings.Contains(body, "to count <ins>blue</ins> lamps") || !strings.Contains(body, "98/7 (2030-03-02)") {
		t.Error("the resolution is not compared with that of the year before")
	}
}

func TestThePagesOfChangesStandInEveryLanguage(t *testing.T) {
	h := holding(t, oldLamps, newLamps).Handler()
	for _, lang := range resolute.Langs {
		for _, query := range []string{"", "&view=inline&show=all", "&show=kept&addressee=preamble", "&show=unsure"} {
			if w := get(t, h, lamps+"?lang="+string(lang)+query); w.Code != http.StatusOK || strings.Contains(w.Body.String(), "⟦") {
				t.Errorf("%s%s: status %d, or a key is missing", lang, query, w.Code)
			}
		}
	}
}

func TestAnnexesAndFootnotesStandBehindWhatChanged(t *testing.T) {
	behind := func(text, light, note string) string {
		return strings.TrimSuffix(text, "\n") + "\nANNEX 1\nRules of the coast\nEvery lamp burns " + light + " when fog comes in.\n[footnote 1] " + note + " are no lamps.\n"
	}
	h := holding(t, behind(oldLamps, "red", "Whales"), behind(newLamps, "green", "Herrings")).Handler()
	body := markup(get(t, h, lamps+"?lang=en&view=inline").Body.String())
	annex, note := strings.Index(body, "burns <del>red</del><ins>green</ins> when"), strings.Index(body, "<del>Whales</del><ins>Herrings</ins> are no lamps.")
	if last := strings.Index(body, "count whales"); last < 0 || annex < last || note < annex {
		t.Errorf("the paragraphs end at %d, the annex changes at %d, the footnote at %d", last, annex, note)
	}
	for _, words := range []string{"ANNEX 1</h2>", ">Footnotes</h2>", "unchanged: 3, reworded: 2, dropped: 1; new: 1", "they are not counted here"} {
		if !strings.Contains(body, words) {
			t.Errorf("the page lacks %q", words)
		}
	}
	rows, err := csv.NewReader(get(t, h, strings.Replace(lamps, "compare", "compare.csv?show=edited", 1)).Body).ReadAll()
	if err != nil || len(rows) != 5 || rows[3][14] != "annex" || rows[4][14] != "footnote" {
		t.Errorf("got %v, %v", rows, err)
	}
	if body := get(t, h, lamps+"?lang=en&addressee=preamble").Body.String(); strings.Contains(body, "Herrings") {
		t.Error("a footnote stands among what changed for one addressee")
	}
}
