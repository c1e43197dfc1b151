package mandate_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/mandate"
)

// rowsOf reads one of the tables of the room.
func rowsOf(t *testing.T, name string) []map[string]string {
	t.Helper()
	return cellsIn(t, "data", name, "the tables of the room are")
}

func TestEveryFormOfTitlesAndMarksHasAnExampleThatFits(t *testing.T) {
	for _, name := range []string{"titles.csv", "marks.csv"} {
		for _, row := range rowsOf(t, name) {
			if !regexp.MustCompile(row["pattern"]).MatchString(row["example"] + " ") {
				t.Errorf("%s: %q does not fit %s", name, row["example"], row["pattern"])
			}
		}
	}
}

func TestTablesOfTheGrammarAreWhole(t *testing.T) {
	classes := []string{"preambular", "directing", "observing", "adverb"}
	english := map[string]bool{}
	for _, row := range rowsOf(t, "verbs.csv") {
		if !resolute.Lang(row["lang"]).Known() || row["forms"] == "" || !slices.Contains(classes, row["class"]) {
			t.Errorf("verbs.csv: %v", row)
		}
		if row["lang"] == "en" {
			english[row["forms"]] = true
		} else if row["class"] != "adverb" && !english[row["means"]] && row["means"] != "deciding" {
			t.Errorf("verbs.csv: %s means %q, which is no English verb of the table", row["forms"], row["means"])
		}
	}
	for _, row := range rowsOf(t, "reasons.csv") {
		if v, err := strconv.ParseFloat(row["certainty"], 64); err != nil || v <= 0 || v > 1 || row["words"] == "" {
			t.Errorf("reasons.csv: %v", row)
		}
	}
}

// outline writes what was read: kind, path of the group and its addressees, then the paths of its
// items.
func outline(d *mandate.Document) string {
	var b strings.Builder
	for _, g := range d.Groups {
		kind := "pre"
		if g.Operative {
			kind = "op"
		}
		b.WriteString(kind + " " + g.Path + " [" + strings.Join(g.Addressees, "; ") + "]:")
		var down func([]mandate.Provision)
		down = func(items []mandate.Provision) {
			for _, p := range items {
				b.WriteString(" " + p.Path)
				if len(p.Addressees) > 0 {
					b.WriteString("(" + strings.Join(p.Addressees, "; ") + ")")
				}
				down(p.Items)
			}
		}
		down(g.Items)
		b.WriteString("\n")
	}
	return b.String()
}

// The texts of this table are made up for it; only the drafting is real.
var drafted = []struct{ name, text, key, want string }{
	{"English, double heading", "RESOLUTION 12 (Rev. Kigali, 2022)\nOn trees\nThe World Telecommunication Development Conference (Kigali, 2022),\nrecalling\nthe tree of 2010,\nresolves\n1 to plant:\ni) one;\nii) two;\n2 to water,\nrequests the Secretary-General and instructs the Director of BDT\nto report.\n",
		"itu:wtdc/res/12", "pre recalling []: recalling_p1\nop resolves []: resolves_1 resolves_1_i resolves_1_ii resolves_2\nop requests [Secretary-General; Director of BDT]: requests_p1\n"},
	{"French", "RÉSOLUTION 12 (Rév. Dubaï, 2018)\nDes arbres\nLa Conférence de plénipotentiaires de l'Union internationale des télécommunications (Dubaï, 2018),\nrappelant\na) la Résolution 11 de la Conférence;\nb) les arbres,\nconsidérant en outre\nqu'il faut de l'eau,\ndécide\n1 de planter dans la forêt;\n2 d'arroser les plantes,\ncharge le Directeur du Bureau de développement des télécommunications\nde faire rapport.\n",
		"itu:pp/res/12", "pre recalling []: recalling_a recalling_b\npre considering_further []: considering_further_p1\nop resolves []: resolves_1 resolves_2\nop instructs [Directeur du Bureau de développement des télécommunications]: instructs_p1\n"},
	{"Spanish", "RESOLUCIÓN 12 (Rev. Dubái, 2018)\nDe los árboles\nLa Conferencia de Plenipotenciarios de la Unión Internacional de Telecomunicaciones (Dubái, 2018),\nrecordando\na) la Resolución 11 de la Conferencia;\nb) los árboles,\nresuelve\n1 plantar en el bosque;\n2 regar las plantas,\nencarga al Secretario General\nque informe de la labor.\n",
		"itu:pp/res/12", "pre recalling []: recalling_a recalling_b\nop resolves []: resolves_1 resolves_2\nop instructs [Secretario General]: instructs_p1\n"},
	{"Russian, letters that only look Latin", "РЕЗОЛЮЦИЯ 12 (Пересм. Дубай, 2018 г.)\nО деревьях\nПолномочная конференция Международного союза электросвязи (Дубай, 2018 г.),\nнапоминая\nа) Резолюцию 11;\nb) деревья;\nс) воду,\nрешает\n1 сажать;\n2 поливать,\nпоручает Генеральному секретарю\nпредставить отчет.\n",
		"itu:pp/res/12", "pre recalling []: recalling_a recalling_b recalling_c\nop resolves []: resolves_1 resolves_2\nop instructs [Генеральному секретарю]: instructs_p1\n"},
	{"Arabic, with lengthening strokes and vowel marks", "القرار 12 (المراجَع في دبي، 2018)\nالأشجار\nإن مؤتمر المندوبين المفوضين للاتحاد الدولي للاتصالات (دبي، 2018)،\nإذ يذكّـر\nأ ) بالقرار 11؛\nب) بالأشجار،\nيقـرر\n1 أن يزرع؛\n2 أن يسقي،\nيكلف الأمين العام\nبتقديم تقرير.\n",
		"itu:pp/res/12", "pre recalling []: recalling_a recalling_b\nop resolves []: resolves_1 resolves_2\nop instructs [الأمين العام]: instructs_p1\n"},
	{"Chinese", "第12号决议（2018年，迪拜，修订版）\n树木\n国际电信联盟全权代表大会（2018年，迪拜），\n忆及\na) 第11号决议；\nb) 树木，\n做出决议\n1 种树；\n2 浇水，\n责成秘书长\n提交报告。\n",
		"itu:pp/res/12", "pre recalling []: recalling_a recalling_b\nop resolves []: resolves_1 resolves_2\nop instructs [秘书长]: instructs_p1\n"},
	{"General Assembly", "60/999. Trees\nThe General Assembly,\nRecalling its trees,\n1. Requests the Secretary-General to plant:\n(a) Oaks:\n(i) Old;\n(ii) Young;\n(b) Firs;\n2. Also decides to remain seized of trees.\nAnnex\n1. A tree is tall.\n",
		"un:a/res/60/999", "pre preamble []: preamble_p1 preamble_p2\nop  []: 1(Secretary-General) 1_a 1_a_i 1_a_ii 1_b 2\n"},
	{"General Assembly in Arabic", "الجمعية العامة،\nإذ تشير إلى قراراتها في شأن الأشجار،\nوإذ ترحب بالعمل على الغابات،\n٤ - تقرر ما يلي؛\n١ - تطلب إلى الأمين العام أن يزرع من أجل الأشجار؛\n2 - تقرر في هذا الشأن أن تبقي.\n",
		"", "pre preamble []: preamble_p1 preamble_p2 preamble_p3 preamble_p4\nop  []: 1(الأمين العام) 2\n"},
	{"one numbering for recitals and paragraphs", "Resolution of the General Assembly: 9.GA 7\nThe General Assembly,\n1. Having examined the trees,\n2. Recalling the oak,\n3. Welcomes the fir;\n4. Requests the Director-General to plant.\n",
		"unesco-ich:ga/res/9.ga-7", "pre preamble []: preamble_p1 1 2\nop  []: 3 4(Director-General)\n"},
	{"verbs in capitals, no numbers", "Conf. 18.99 On trees\nRECALLING the oak;\nRECOGNIZING the fir;\nDIRECTS the Secretariat to:\na) plant; and\nb) water; and\nURGES Parties to report.\n",
		"cites:cop/res/conf-18.99", "pre preamble []: preamble_p1 preamble_p2\nop  []: preamble_p3(Secretariat) preamble_p4 preamble_p5 preamble_p6(Parties)\n"},
	{"decisions directed to somebody", "18.98 - 18.99 Trees\nDecision directed to:\nStanding Committee\nThe Standing Committee shall:\na) plant;\nb) water.\n",
		"cites:cop/dec/18.98-18.99", "op  [Standing Committee]: p1 p1_a p1_b\n"},
	{"a report", "Report on trees\nI. Oaks\n1. An oak is old.\n2. It is tall.\nII. Firs\n3. A fir is green.\n", "", "op  []: 1 2\nop  []: 3\n"},
}

func TestDraftingOfManyBodiesInSixLanguages(t *testing.T) {
	for _, c := range drafted {
		d := mandate.Parse(c.text)
		if got := outline(d); got != c.want || d.Key() != c.key {
			t.Errorf("%s: key %q, want %q\n got %s\nwant %s", c.name, d.Key(), c.key, got, c.want)
		}
	}
}

func TestAnAnnexIsNoPartOfTheText(t *testing.T) {
	d := mandate.Parse("60/999. Trees\nThe General Assembly,\nRecalling its trees,\n1. Decides.\n10th plenary meeting\n1 May 2006\nAnnex I\nOn oaks\n1. An oak is tall.\n2. A fir is green.\n")
	if len(d.Annexes) != 1 || d.Annexes[0].Heading != "Annex I" || len(d.Annexes[0].Groups) != 1 || len(d.Annexes[0].Groups[0].Items) != 2 {
		t.Errorf("annexes %+v", d.Annexes)
	}
	if d.Day != "2006-05-01" {
		t.Errorf("day %q", d.Day)
	}
}

func TestMarksOfProposals(t *testing.T) {
	for text, want := range map[string]string{
		"MOD MEX/18A3/1\nRESOLUTION 12 (Rev. Dubai, 2018)\nTrees\nresolves\nto plant.\n": "MOD MEX/18A3/1 12",
		" SUP\tAFCP/55A3/1\nRESOLUTION 9 (Dubai, 2018)\nTrees\nresolves\nto cut.\n":      "SUP AFCP/55A3/1 9",
		"ADD\tRESOLUTION 7\nTrees\nresolves\nto plant.\n":                                "ADD  7",
	} {
		d := mandate.Parse(text)
		if got := d.Mark + " " + d.Proposal + " " + d.Number; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestASentenceThatCitesIsNoTitle(t *testing.T) {
	d := mandate.Parse("The World Telecommunication Development Conference (Kigali, 2022),\na) Resolution 34 (Rev. Busan, 2014) of the Plenipotentiary Conference, on trees;\nb) the oak,\n")
	if d.Number != "" || outline(d) != "pre unheaded []: unheaded_a unheaded_b\n" {
		t.Errorf("number %q, %s", d.Number, outline(d))
	}
}

func TestCertaintySaysWhy(t *testing.T) {
	doc := mandate.Parse("RESOLUTION 12 (Dubai, 2018)\nTrees\nThe Plenipotentiary Conference (Dubai, 2018),\nrecalling\na) one;\nb) two;\ne) three,\nresolves\nto plant.\n").JSON(nil)
	var got []string
	for _, g := range doc.Groups {
		got = append(got, g.Certainty.Reason)
		for _, p := range g.Items {
			got = append(got, p.Certainty.Reason)
			if p.Certainty.Value == 0 || p.Certainty.Words == "" {
				t.Errorf("%s: %+v", p.ID, p.Certainty)
			}
		}
	}
	want := []string{"verb-alone", "mark-first", "mark-follows", "mark-gap", "verb-alone", "single-item"}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestExcerptsOfOtherBodies(t *testing.T) {
	for name, want := range map[string]string{
		"cites-conf-18.3-opening":          "pre preamble []: preamble_p1 preamble_p2 preamble_p3 preamble_p4 preamble_p5 preamble_p6\n",
		"cites-decisions-18.23-18.26":      "op  [Animals Committee; Plants Committee]: p1\nop  [Standing Committee]: p2 p2_a p2_b\n",
		"iucn-2020-motion-n-opening":       "pre preamble []: preamble_p1 preamble_p2 preamble_p3 preamble_p4 preamble_p5 preamble_p6\n",
		"itu-council-ru-page":              "pre unheaded []: unheaded_b unheaded_c\npre considering []:\n",
		"itu-council-zh-res1081-opening":   "pre considering []: considering_a considering_b considering_c\npre recalling []: recalling_p1\npre noting []: noting_p1\npre recognizing []: recognizing_p1\n",
		"itu-council-zh-wgwsis-page":       "op unheaded []: unheaded_2 unheaded_3 unheaded_4 unheaded_5\n",
		"unesco-ich-2ga-9b":                "pre preamble []: preamble_p1 1 2 3\nop  []: 4\n",
		"who-wha71-digital-health-opening": "pre preamble []: preamble_p1 preamble_p2 preamble_p3 preamble_p4 preamble_p5\n",
	} {
		if got := outline(parseFile(t, "excerpts/"+name+".txt")); got != want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, want)
		}
	}
}

func TestAShortTextIsInItsLanguage(t *testing.T) {
	for text, want := range map[string]resolute.Lang{
		"RESOLUTION 30 (Rev. Fiction, 2001)\nA title\nresolves\na) a first thing;\nb) a second.\n":      resolute.English,
		"RÉSOLUTION 30 (Rév. Fiction, 2001)\nUn titre\ndécide\nde rendre compte à la conférence.\n":     resolute.French,
		"RESOLUCIÓN 30 (Rev. Fiction, 2001)\nUn título\nresuelve\ninformar a la próxima conferencia.\n": resolute.Spanish,
	} {
		if got := mandate.Parse(text).Lang; got != want {
			t.Errorf("%q is taken for %s, want %s", text, got, want)
		}
	}
}
