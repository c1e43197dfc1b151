package web_test

import (
	"context"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/framework"
	"resolute/internal/register"
)

// derived is an activity from which every kind of rule derives something: two sectors that share a line, a
// marker, a word, and a rule of paragraphs.
const derived = `<?xml version="1.0" encoding="UTF-8"?><iati-activities version="2.03"><iati-activity xml:lang="en">
<iati-identifier>ZZ-WHY-1</iati-identifier><reporting-org ref="ZZ-WHY" type="10"><narrative>Ours</narrative></reporting-org>
<title><narrative>Statistics of broadband</narrative></title><activity-status code="2"/><activity-date type="2" iso-date="2024-01-01"/>
<recipient-country code="KE"/><sector vocabulary="1" code="11130" percentage="40"/><sector vocabulary="1" code="11330" percentage="40"/><sector vocabulary="1" code="16062" percentage="20"/>
<policy-marker vocabulary="1" code="11" significance="2"/>
</iati-activity></iati-activities>`

// TestWhyATagIsDerivedIsToldInTheLanguageOfThePage for each kind of rule, and what is no rule's words any
// more stays as it was told.
func TestWhyATagIsDerivedIsToldInTheLanguageOfThePage(t *testing.T) {
	ctx, s := context.Background(), site(t, 0)
	if _, err := s.Register.ImportIATI(ctx, resolute.Operator(), register.Source{File: "why.xml"}, strings.NewReader(derived), register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Coverage.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	list, err := s.Coverage.Activities(ctx, coverage.ListQuery{Limit: 1})
	if err != nil || len(list.Items) != 1 {
		t.Fatalf("%d activities, %v", len(list.Items), err)
	}
	page := func(lang resolute.Lang) string {
		return get(t, s.Handler(), "/activity/"+list.Items[0].Key+"?lang="+string(lang)).Body.String()
	}
	teachers, vocational, statistics := framework.ReasonOf("dac:11130"), framework.ReasonOf("dac:11330"), framework.ReasonOf("r30:statistics")
	told := func(colon, semicolon string, lang resolute.Lang) string { // also Arabic begins at its right, though the first sign is Latin
		return `<bdi dir="` + lang.Dir() + `">` + "\u206811130\u2069" + colon + teachers[lang] + semicolon + "\u206811330\u2069" + colon + vocational[lang]
	}
	for lang, want := range map[resolute.Lang]string{
		"en": told(": ", "; ", "en"),
		"fr": told("\u00a0: ", "\u00a0; ", "fr"),
		"zh": told("：", "；", "zh"),
		"ar": told(": ", "؛ ", "ar"),
	} {
		got := strings.ReplaceAll(page(lang), "&#39;", "'")
		for _, reason := range []string{want, statistics[lang], framework.ReasonOf("marker:11")[lang]} {
			if !strings.Contains(got, reason) {
				t.Errorf("%s: the page does not tell %q", lang, reason)
			}
		}
		if lang != "en" && strings.Contains(got, teachers["en"]) {
			t.Errorf("%s: the page tells a reason in English", lang)
		}
	}
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE tag SET reason = '11130: as it was told once' WHERE rule = 'dac:11130'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(page("ar"), `<bdi lang="en" dir="ltr">11130: as it was told once</bdi>`) {
		t.Error("a reason that no rule gives any more is not marked as English")
	}
}
