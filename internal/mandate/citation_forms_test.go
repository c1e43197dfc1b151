package mandate_test

import (
	"strings"
	"testing"

	"resolute/internal/mandate"
)

// Each row is a form of citation, the body of the text that cites, and the ids.
var citationForms = []struct{ text, body, ids string }{
	// English
	{"Resolution 140 of the Plenipotentiary Conference (Rev. Dubai, 2018)", "itu:wtdc", "itu:pp/res/140@2018"},
	{"WTDC Resolution 37 (Rev. Kigali, 2022)", "itu:pp", "itu:wtdc/res/37@2022"},
	{"Resolutions 50 (Rev. Hammamet, 2016) of WTSA and 45 (Rev. Dubai, 2014) of WTDC", "itu:pp", "itu:wtsa/res/50@2016 itu:wtdc/res/45@2014"},
	{"Resolutions 20 and 21 of this assembly", "itu:wtsa", "itu:wtsa/res/20 itu:wtsa/res/21"},
	{"Resolution 77 (Rev. PP-22)", "itu:wtdc", "itu:pp/res/77@2022"},
	{"Resolution 1332 (Rev. 2016)", "itu:council", "itu:council/res/1332@2016"},
	{"Council Resolution 1332 (C11, last mod. C16)", "itu:pp", "itu:council/res/1332@2016"},
	{"Council Resolution 1336 (modified 2019)", "itu:pp", "itu:council/res/1336@2019"},
	{"Decisions 482 and 563 of the ITU Council", "itu:pp", "itu:council/dec/482 itu:council/dec/563"},
	{"Opinion 2 (Lisbon, 2009) of the World Telecommunication Policy Forum", "itu:pp", "itu:wtpf/opinion/2@2009"},
	{"Opinions 1 to 6", "itu:pp", ""},
	{"its resolution 2117 (2013)", "un:s", "un:s/res/2117(2013)"},
	{"resolution 1701 (2006) and resolution 1559 (2004)", "un:s", "un:s/res/1701(2006) un:s/res/1559(2004)"},
	{"Economic and Social Council resolution 2006/46 of 28 July 2006", "un:a", "un:e/res/2006/46@2006-07-28"},
	{"Annex to Decision 5 (Rev. Bucharest, 2022)", "itu:pp", "itu:pp/dec/5@2022#annex"},
	{"resolution 73/346, annex", "un:a", "un:a/res/73/346#annex"},
	{"paragraph 111 of the Tunis Agenda", "un:a", "wsis:tunis-agenda#111"},
	{"Resolution\u00a0140 (Rev.\u00a0Dubai, 2018)", "itu:wtdc", "itu:pp/res/140@2018"},
	{"resolution WHA66.24 (2013)", "who:wha", "who:wha/res/wha66.24@2013"},
	{"Resolution Conf. 10.3 (Rev. CoP19)", "cites:cop", "cites:cop/res/conf-10.3@cop19"},
	{"under Decision 18.24, paragraph b)", "cites:cop", "cites:cop/dec/18.24"},
	{"A/HRC/53/L.12/Rev.1 and E/2023/L.20", "un:a", "un:a/hrc/53/l.12/rev.1 un:e/2023/l.20"},
	{"S/RES/1325 (2000)", "un:a", "un:s/res/1325(2000)"},
	{"further instructs the Director of the Telecommunication Development Bureau 9", "itu:wtdc", "self#further_instructs-director-bdt_9"},
	{"the Resolution and its 17 goals of 2015", "un:a", ""},
	// French
	{"la Résolution 140 (Rév. Dubaï, 2018) de la Conférence de plénipotentiaires", "itu:wtdc", "itu:pp/res/140@2018"},
	{"les Résolutions 102, 130 et 133 (Rév. Dubaï, 2018)", "itu:wtdc", "itu:pp/res/102@2018 itu:pp/res/130@2018 itu:pp/res/133@2018"},
	{"Résolution 37 (Rév. Buenos Aires, 2017) de la présente Conférence", "itu:wtdc", "itu:wtdc/res/37@2017"},
	{"la Résolution 70/125 de l'Assemblée générale des Nations Unies", "itu:wtdc", "un:a/res/70/125"},
	{"sa résolution 77/150 du 14 décembre 2022", "un:a", "un:a/res/77/150@2022-12-14"},
	{"la résolution 1325 (2000) du Conseil de sécurité", "un:a", "un:s/res/1325(2000)"},
	{"Résolution 1332 du Conseil (2016)", "itu:pp", "itu:council/res/1332@2016"},
	{"Résolution UIT-R 61 (Rév. Genève, 2015)", "itu:pp", "itu:ra/res/61@2015"},
	{"§§ 20 et 25 de l'Engagement de Tunis", "itu:pp", "wsis:tunis-commitment#20 wsis:tunis-commitment#25"},
	{"numéro 81 de la Convention", "itu:pp", "itu:cv/81"},
	// Spanish
	{"la Resolución 140 (Rev. Dubái, 2018) de la Conferencia de Plenipotenciarios", "itu:wtdc", "itu:pp/res/140@2018"},
	{"las Resoluciones 102 (Rev. Dubái, 2018) y 200 (Busán, 2014)", "itu:wtdc", "itu:pp/res/102@2018 itu:pp/res/200@2014"},
	{"Resolución 37 (Rev. Buenos Aires, 2017) de la presente Conferencia", "itu:wtdc", "itu:wtdc/res/37@2017"},
	{"su resolución 77/150, de 14 de diciembre de 2022", "un:a", "un:a/res/77/150@2022-12-14"},
	{"Acuerdo 5 (Rev. Dubái, 2018)", "itu:wtdc", "itu:pp/dec/5@2018"},
	{"§ 27 de la Agenda de Túnez para la Sociedad de la Información", "itu:pp", "wsis:tunis-agenda#27"},
	{"números 6 y 7 del Artículo 1 de la Constitución de la UIT", "itu:pp", "itu:cs/6 itu:cs/7"},
	// Russian
	{"Резолюцию 140 (Пересм. Дубай, 2018 г.) Полномочной конференции", "itu:wtdc", "itu:pp/res/140@2018"},
	{"Резолюции 50 и 52 (Пересм. Хаммамет, 2016 г.) и 45 (Пересм. Дубай, 2014 г.)", "itu:pp", "itu:wtsa/res/50@2016 itu:wtsa/res/52@2016 itu:wtdc/res/45@2014"},
	{"Резолюция 58 (Пересм. Йоханнесбург, 2008 г.)", "itu:pp", "itu:wtsa/res/58@2008"},
	{"Резолюция 37 (Пересм. Буэнос-Айрес, 2017 г.) настоящей Конференции", "itu:wtdc", "itu:wtdc/res/37@2017"},
	{"своей резолюции 77/150 от 14 декабря 2022 года", "un:a", "un:a/res/77/150@2022-12-14"},
	{"резолюции 1325 (2000) Совета Безопасности", "un:a", "un:s/res/1325(2000)"},
	{"Резолюция МСЭ-R 61 (Пересм. Женева, 2015 г.)", "itu:pp", "itu:ra/res/61@2015"},
	{"резолюция 70/125 Генеральной Ассамблеи Организации Объединенных Наций", "itu:pp", "un:a/res/70/125"},
	{"§ 35 d) Тунисской программы", "itu:pp", "wsis:tunis-agenda#35d"},
	// Arabic
	{"القرار 140 (المراجَع في دبي، 2018) لمؤتمر المندوبين المفوضين", "itu:wtdc", "itu:pp/res/140@2018"},
	{"القرارات 102 و130 و133 (المراجَعة في دبي، 2018)", "itu:wtdc", "itu:pp/res/102@2018 itu:pp/res/130@2018 itu:pp/res/133@2018"},
	{"القـرار 200 (بوسان، 2014)", "itu:wtdc", "itu:pp/res/200@2014"},
	{"القرار 37 (المراجَع في بوينس آيرس، 2017) لهذا المؤتمر", "itu:wtdc", "itu:wtdc/res/37@2017"},
	{"قرار الجمعية العامة 70/125", "itu:wtdc", "un:a/res/70/125"},
	{"قرارها 77/150 المؤرخ 14 كانون الأول/ديسمبر 2022", "un:a", "un:a/res/77/150@2022-12-14"},
	{"قرار مجلس الأمن 1325 (2000)", "un:a", "un:s/res/1325(2000)"},
	{"القرار ١٤٠ (المراجَع في دبي، ٢٠١٨)", "itu:wtdc", "itu:pp/res/140@2018"},
	// Chinese
	{"第140号决议(2006年,安塔利亚,修订版)", "itu:council", "itu:pp/res/140@2006"},
	{"全权代表大会第140号决议（2018年，迪拜，修订版）", "itu:wtdc", "itu:pp/res/140@2018"},
	{"第140号决议(2006年,安塔利亚)和第102号决议(2006年,安塔利亚,修订版)", "itu:council", "itu:pp/res/140@2006 itu:pp/res/102@2006"},
	{"第102、130和133号决议（2018年，迪拜，修订版）", "itu:wtdc", "itu:pp/res/102@2018 itu:pp/res/130@2018 itu:pp/res/133@2018"},
	{"第50号和第52号决议（2016年，哈马马特，修订版）", "itu:wtdc", "itu:wtsa/res/50@2016 itu:wtsa/res/52@2016"},
	{"联合国大会第70/125号决议", "itu:wtdc", "un:a/res/70/125"},
	{"本届大会第37号决议（2017年，布宜诺斯艾利斯，修订版）", "itu:wtdc", "itu:wtdc/res/37@2017"},
	{"2022年12月14日第77/150号决议", "un:a", "un:a/res/77/150@2022-12-14"},
	{"安全理事会第1325(2000)号决议", "un:a", "un:s/res/1325(2000)"},
	{"《突尼斯议程》第27段", "itu:pp", "wsis:tunis-agenda#27"},
	{"理事会第1332号决议（2016年）", "itu:pp", "itu:council/res/1332@2016"},
	{"第5号决定（2018年，迪拜，修订版）", "itu:wtdc", "itu:pp/dec/5@2018"},
}

func TestCitationFormsOfSixLanguages(t *testing.T) {
	for _, c := range citationForms {
		var ids []string
		for _, found := range mandate.CiteLine(c.text, 1, c.body) {
			ids = append(ids, found.IDs()...)
		}
		if got := strings.Join(ids, " "); got != c.ids {
			t.Errorf("%s (%s)\n got %s\nwant %s", c.text, c.body, got, c.ids)
		}
	}
}

func TestEverySymbolHasAnExampleThatIsRead(t *testing.T) {
	for _, row := range rowsOf(t, "symbols.csv") {
		found := mandate.CiteLine(row["example"], 1, "un:a")
		if len(found) != 1 || strings.Join(found[0].IDs(), " ") != row["id"] {
			t.Errorf("%s: %+v, want %s", row["example"], found, row["id"])
		}
	}
}

func TestACitationGoesOnInTheNextLine(t *testing.T) {
	list := mandate.Cite(mandate.Parse("RESOLUTION 12 (Dubai, 2018)\nTrees\nThe Plenipotentiary Conference (Dubai, 2018),\nrecalling\nResolution 140\n(Rev. Dubai, 2018) and Resolution 71 (Rev. Dubai, 2018),\n"))
	if len(list) != 1 || strings.Join(list[0].IDs(), " ") != "itu:pp/res/140@2018 itu:pp/res/71@2018" || list[0].Line != 5 || list[0].Start != 0 || list[0].End != 14 {
		t.Errorf("%+v", list)
	}
}

// FuzzCite holds citations of any line in any language to its signs.
func FuzzCite(f *testing.F) {
	for _, c := range citationForms {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsAny(text, "\r\n") {
			return
		}
		for _, c := range mandate.CiteLine(text, 1, "itu:pp") {
			if c.Start < 0 || c.Start >= c.End || c.End > len([]rune(text)) {
				t.Fatalf("citation %d..%d of a line of %d signs", c.Start, c.End, len([]rune(text)))
			}
		}
	})
}
