package web_test

import (
	"context"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/register"
	"resolute/internal/wording"
)

// tagged is an activity with tags of every kind of scheme, and an education sector, from which
// a rule derives a tag.
const tagged = `<?xml version="1.0" encoding="UTF-8"?><iati-activities version="2.03"><iati-activity xml:lang="fa">
<iati-identifier>ZZ-NAMES-1</iati-identifier><reporting-org ref="ZZ-NAMES" type="10"><narrative>Ours</narrative></reporting-org>
<title><narrative>مدرسه</narrative></title><activity-status code="2"/><activity-date type="2" iso-date="2024-01-01"/>
<recipient-country code="KE"/><sector vocabulary="1" code="11330" percentage="100"/>
<tag vocabulary="99" vocabulary-uri="https://resolute.example/scheme/itu-ri-2023-2025" code="AFR2"/>
<tag vocabulary="99" vocabulary-uri="https://resolute.example/scheme/sdg-indicator" code="13.1.1"/>
</iati-activity></iati-activities>`

// pageOfTagged imports an activity and gives its page in a language.
func pageOfTagged(t *testing.T, lang resolute.Lang) string {
	t.Helper()
	s := site(t, 0)
	if _, err := s.Register.ImportIATI(context.Background(), resolute.Operator(), register.Source{File: "names.xml"}, strings.NewReader(tagged), register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Coverage.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	list, err := s.Coverage.Activities(context.Background(), coverage.ListQuery{Limit: 1})
	if err != nil || len(list.Items) != 1 {
		t.Fatalf("%d activities, %v", len(list.Items), err)
	}
	return get(t, s.Handler(), "/activity/"+list.Items[0].Key+"?lang="+string(lang)).Body.String()
}

func TestTagsAreNamedInTheLanguageOfThePage(t *testing.T) {
	for lang, names := range map[resolute.Lang][]string{
		"ar": {"البنية التحتية للنطاق العريض والتوصيلية والتكنولوجيات الناشئة"},
		"zh": {"宽带基础设施、连通、新兴技术", "每10万人因灾死亡、失踪和受影响人数"},
		"ru": {"Инфраструктура ШПС, возможность соединений, новые технологии"},
	} {
		page := pageOfTagged(t, lang)
		for _, name := range names {
			if !strings.Contains(page, "<bdi>"+name+"</bdi>") {
				t.Errorf("%s: the page lacks %q, or marks it as a fallback", lang, name)
			}
		}
	}
}

func TestWhatIsInAnotherLanguageIsMarked(t *testing.T) {
	page := pageOfTagged(t, "fr")
	if !strings.Contains(page, `<bdi lang="fa" dir="rtl">مدرسه</bdi>`) {
		t.Error("a Persian title on a French page is not marked as Persian from right to left")
	}
}

func TestTheReviewOfTranslationsIsShown(t *testing.T) {
	h := site(t, 0).Handler()
	for _, r := range wording.Reviews() {
		p := wording.For("en")
		if page := get(t, h, "/about?lang=en").Body.String(); !strings.Contains(page, p.T("about.reviewed", "reviewed", r.Reviewed, "total", r.Total)) {
			t.Errorf("the page about the data does not count the texts of %s", r.Lang)
		}
		note := wording.For(r.Lang).T("shell.unreviewed")
		if page := get(t, h, "/about?lang="+string(r.Lang)).Body.String(); strings.Contains(page, note) != (r.Reviewed < r.Total) {
			t.Errorf("%s: the footer says %q: %v, with %d of %d reviewed", r.Lang, note, strings.Contains(page, note), r.Reviewed, r.Total)
		}
	}
	if page := get(t, h, "/about?lang=en").Body.String(); strings.Contains(page, wording.For("en").T("shell.unreviewed")) {
		t.Error("the English footer speaks of a translation")
	}
}
