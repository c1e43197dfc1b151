package web_test

import (
	"strings"
	"testing"
)

func TestAnErrorIsToldInTheLanguageOfThePage(t *testing.T) {
	t.Parallel()
	h := site(t, 0).Handler()
	for address, want := range map[string]string{
		"/activity/nope":                `<bdi dir="ltr">/activity/nope</bdi>`,
		"/organisation/999":             `<bdi dir="ltr">/organisation/999</bdi>`,
		"/gap/foo":                      `<bdi dir="ltr">/gap/foo</bdi>`,
		"/coverage?by=foo":              "无法识别：\u2068by=foo\u2069。",
		"/activities.csv?area=QQ":       "无法识别：\u2068area=QQ\u2069。",
		"/coverage.csv?group=QQ&by=foo": "无法识别：",
	} {
		body := get(t, h, withLang(address, "zh")).Body.String()
		if !strings.Contains(body, want) || strings.Contains(body, `<bdi lang="en" dir="ltr">`) {
			t.Errorf("%s: not %s, or in English: %.600s", address, want, body[strings.Index(body, "<main"):])
		}
	}
	if body := get(t, h, "/activity/nope?lang=en").Body.String(); !strings.Contains(body, "no activity has the key") {
		t.Error("the English page lost the details")
	}
	if data := get(t, h, "/activity/nope.json?lang=zh").Body.String(); !strings.Contains(data, "no activity has the key") {
		t.Errorf("data lost the details: %s", data)
	}
}

func TestAddresseesOfAComparisonAreNamedInTheLanguageOfThePage(t *testing.T) {
	t.Parallel()
	h := holding(t, oldLamps, newLamps).Handler()
	body := get(t, h, lamps+"?lang=zh").Body.String()
	for _, want := range []string{`>电信发展局主任</option>`, `>电信发展局主任</bdi>`} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(body, `>Director of the Telecommunication Development Bureau<`) {
		t.Error("an addressee that is known in six languages is in English")
	}
}
