package web_test

import (
	"strings"
	"testing"
)

func TestInstrumentsAndTheirEditionsAreNamedInTheLanguageOfThePage(t *testing.T) {
	t.Parallel()
	h := site(t, 20).Handler()
	for lang, wants := range map[string][]string{
		"ar": {"المراجَع في كيغالي، 2022", "المراجَع في 2015", "غوادالاخارا، عام 2010", ">الدستور<", ">خطة عمل جنيف<"},
		"en": {"Rev. Kigali, 2022", "Rev. 2015", "Guadalajara, 2010", ">Constitution<", ">Geneva Plan of Action<", ">WSIS&#43;10 Statement and Vision<"},
		"es": {"Rev. Kigali, 2022", "Rev. Bucarest, 2022", ">Constitución<", ">Plan de Acción de Ginebra<"},
		"fr": {"Rév. Kigali, 2022", "Rév. 2015", ">Plan d’action de Genève<"},
		"ru": {"Пересм. Кигали, 2022 г.", "Пересм. 2015 г.", ">Устав<", ">Женевский план действий<"},
		"zh": {"2022年，基加利，修订版", "2015年，修订版", "2010年，瓜达拉哈拉", ">《组织法》<", ">《日内瓦行动计划》<"},
	} {
		body := get(t, h, "/instruments?lang="+lang).Body.String() + get(t, h, "/instruments?kind=outcome+document&lang="+lang).Body.String() + get(t, h, "/instruments?kind=statement&lang="+lang).Body.String() +
			get(t, h, "/mandate/itu:wtdc/res/37?lang="+lang).Body.String()
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s: no %s", lang, want)
			}
		}
		if lang != "en" && strings.Contains(body, `<bdi lang="en" dir="ltr">Rev. `) {
			t.Errorf("%s: an edition of a known conference is in English", lang)
		}
	}
}

func TestInstrumentsAreNarrowedByTheirKind(t *testing.T) {
	t.Parallel()
	body := get(t, site(t, 0).Handler(), "/instruments?lang=en&kind=outcome+document").Body.String()
	if strings.Contains(body, "Not understood") || !strings.Contains(body, "4 instruments fit.") || strings.Contains(body, "itu:pp/res/140</bdi>") {
		t.Error("the kind of an instrument is taken for one of activities")
	}
}
