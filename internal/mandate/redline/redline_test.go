package redline_test

import (
	"fmt"
	"strings"
	"testing"

	"resolute/internal/mandate/redline"
)

// show writes a proposal within the text: [-struck-]{+put in+}, [=margin=], [?to look at?]; what
// is not sure ends in the certainty.
func show(text string) string {
	p := redline.Split(text)
	var b strings.Builder
	for _, l := range redline.Lines(text, p.Spans) {
		for _, piece := range l.Pieces {
			s := piece.Span
			if s == nil {
				b.WriteString(piece.Text)
				continue
			}
			frame := map[redline.Kind][2]string{redline.Deleted: {"[-", "-]"}, redline.Inserted: {"{+", "+}"}, redline.Mark: {"[=", "=]"}, redline.Doubtful: {"[?", "?]"}}[s.Kind]
			b.WriteString(frame[0] + s.Text + frame[1])
			if !s.Sure() {
				fmt.Fprintf(&b, "%.2g", s.Certainty)
			}
		}
		b.WriteString("\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// head is the head of a text that mixes the conferences of 2014 and 2018.
const head = "RESOLUTION 9 (Rev. Busan, 2014Dubai, 2018)\nOn lamps\nThe Plenipotentiary Conference (Busan, 2014Dubai, 2018),\n"

const headShown = "RESOLUTION 9 (Rev. [-Busan, 2014-]{+Dubai, 2018+})\nOn lamps\nThe Plenipotentiary Conference ([-Busan, 2014-]{+Dubai, 2018+}),\n"

func TestTwoValuesInOneSlot(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"two places and years without a gap", "(Lisbon, 2009Geneva, 2013)", "([-Lisbon, 2009-]{+Geneva, 2013+})"},
		{"with a gap, which goes with the old one", "(Rev. Hyderabad, 2010 Dubai, 2014)", "(Rev. [-Hyderabad, 2010 -]{+Dubai, 2014+})"},
		{"the newer one stands first: the calendar decides", "(Rev. Dubai, 2018Busan, 2014)", "(Rev. {+Dubai, 2018+}[-Busan, 2014-])"},
		{"a revision of a first text", "(Busan, 2014Rev. Dubai, 2018)", "([-Busan, 2014-]{+Rev. Dubai, 2018+})"},
		{"revisions of both", "(Rev. Busan, 2014Rev. Dubai, 2018)", "([-Rev. Busan, 2014-]{+Rev. Dubai, 2018+})"},
		{"places that the calendar does not know", "(Brigadoon, 2009Xanadu, 2013)", "([-Brigadoon, 2009-]{+Xanadu, 2013+})"},
		{"places glued, years glued", "(Rev. AntalyaGuadalajara, 20062010)", "(Rev. [-Antalya-]{+Guadalajara+}, [-2006-]{+2010+})"},
		{"unknown places glued", "(BrigadoonXanadu, 20092013)", "([-Brigadoon-]{+Xanadu+}, [-2009-]{+2013+})"},
		{"French", "(Rév. Dubaï, 2014Buenos Aires, 2017)", "(Rév. [-Dubaï, 2014-]{+Buenos Aires, 2017+})"},
		{"Russian", "(Пересм. Пусан, 2014 г.Дубай, 2018 г.)", "(Пересм. [-Пусан, 2014 г.-]{+Дубай, 2018 г.+})"},
		{"Arabic", "(المراجَع في بوسان، 2014دبي، 2018)", "(المراجَع في [-بوسان، 2014-]{+دبي، 2018+})"},
		{"Chinese", "(2014年，釜山2018年，迪拜，修订版)", "([-2014年，釜山-]{+2018年，迪拜+}，修订版)"},
		{"periods, each year glued", "the plan for 20162020-20192023", "the plan for [-2016-]{+2020+}-[-2019-]{+2023+}"},
		{"periods glued whole", "the plan for 2016-20192020-2023", "the plan for [-2016-2019-]{+2020-2023+}"},
		{"years with their tail", "(Geneva, 2007),2012),", "(Geneva, [-2007),-]{+2012),+}"},
		{"the same name with two numbers", "Resolution 7 (Rev. CoP17CoP18)", "Resolution 7 (Rev. [-CoP17-]{+CoP18+})"},
		{"two symbols", "its resolution 2019/242021/28", "its resolution [-2019/24-]{+2021/28+}"},
		{"two sessions", "its resolution 76/18977/150", "its resolution [-76/189-]{+77/150+}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(c.text); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestWhatLooksLikeTwoValuesAndIsNot(t *testing.T) {
	for _, text := range []string{
		"the plan (20162019)",
		"the plan for 20162019", // a period that lost its dash: nothing else is mixed
		"Year 2014 2015 2016 2017",
		"2020-2021 2022-2023",
		"conferences (Busan, 2014; Dubai, 2018)",
		"the number 20202020",
		"document 19992101",
		"a) (i) the first part of the first part;",
		"Recalling its resolutions 76/189 and 77/150,",
		"a) ...\na) ...\nb) ...",
	} {
		if got := show(text); got != text {
			t.Errorf("got %s", got)
		}
	}
}

func TestBesideOtherEvidence(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"two years with a blank", "resolves\n1 to report in 2018 2022 with care.", "resolves\n1 to report in [-2018 -]{+2022 +}with care."},
		{"two years without one", "resolves\n1 to realize Vision 20202030.", "resolves\n1 to realize Vision [-2020-]{+2030+}."},
		{"a joint with a conjunction behind what governs", "resolves\n1 to report on lamps, bearing in mind and the cost of oil.", "resolves\n1 to report on lamps[-, bearing in mind-]{+ and+} the cost of oil."},
		{"a joint the other way", "resolves\n1 to report on lamps and, bearing in mind the cost of oil.", "resolves\n1 to report on lamps[- and-]{+, bearing in mind+} the cost of oil."},
		{"a French joint", "décide\n1 de rendre compte des lampes et, compte tenu de leur prix.", "décide\n1 de rendre compte des lampes[- et-]{+, compte tenu de+} leur prix."},
		{"an insertion between commas is grammar", "resolves\n1 to report on lamps and, bearing in mind the cost of oil, on wicks.", "resolves\n1 to report on lamps and, bearing in mind the cost of oil, on wicks."},
		{"a name that came later", "resolves\n1 to inform CWG-WSIS&SDG.", "resolves\n1 to inform CWG-WSIS{+&SDG+}."},
		{"words that came later are a hint only", "resolves\n1 to go on;\n2 to speed up digital transformation.", "resolves\n1 to go on;\n[?2 to speed up digital transformation.?]0.5"},
		{"one thing in two roles", "resolves\n1 to act for:\ni) line C9, with the sole warden;\nii) lines C8 and C9, with a co-warden.", "resolves\n1 to act for:\n[?i) line C9, with the sole warden;?]0.7\nii) lines C8 and C9, with a co-warden."},
		{"a conference that is over", "requests the Secretary-General\nto tell the Standardization Assembly (Hammamet, 2016).", "requests the Secretary-General\n[?to tell the Standardization Assembly (Hammamet, 2016).?]0.5"},
		{"a list that begins again", "noting\na) one;\nb) two,\na) three;\nb) four,", "[?noting?]0.6\na) one;\nb) two,\n[?a) three;?]0.6\nb) four,"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, want := show(head+c.text), headShown+c.want; got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

func TestMarksOfAList(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"an item struck, the rest relettered", "noting\na) one;\nb) two;\ncb) three;\ndc) four,", "noting\na) one;\n[-b) two;-]\n[-c-]{+b+}) three;\n[-d-]{+c+}) four,"},
		{"an item put in", "noting\na) one;\nb) new;\nbc) two;\ncd) three,", "noting\na) one;\n{+b) new;+}\n[-b-]{+c+}) two;\n[-c-]{+d+}) three,"},
		{"two marks with brackets", "noting\na) one;\nb) a) two;\nc)b) three,", "noting\n[-a) one;-]\n[-b) -]{+a)+} two;\n[-c)-]{+b)+} three,"},
		{"numbers", "resolves\n1 to go;\n2 to stay;\n32 to sit;\n43 to stand.", "resolves\n1 to go;\n[-2 to stay;-]\n[-3-]{+2+} to sit;\n[-4-]{+3+} to stand."},
		{"roman numbers", "resolves\n1 to act for:\ni) one;\nii) two;\niiiii) three;\niviii) four.", "resolves\n1 to act for:\ni) one;\n[-ii) two;-]\n[-iii-]{+ii+}) three;\n[-iv-]{+iii+}) four."},
		{"Arabic letters", "وإذ يلاحظ\nأ )\tالأول؛\nب) أ )\tالثاني؛\nج)ب)\tالثالث،", "وإذ يلاحظ\n[-أ )\tالأول؛-]\n[-ب) -]{+أ )+}\tالثاني؛\n[-ج)-]{+ب)+}\tالثالث،"},
		{"Cyrillic letters", "отмечая\nа) первое;\nб) второе;\nвб) третье,", "отмечая\nа) первое;\n[-б) второе;-]\n[-в-]{+б+}) третье,"},
		{"a run of old items between kept ones", "noting\na) one;\nb) two;\nc) three;\nd) four;\neb) five,", "noting\na) one;\n[-b) two;-]\n[-c) three;-]\n[-d) four;-]\n[-e-]{+b+}) five,"},
		{"a doubled mark alone is doubtful", "noting\na) one;\nb) two;\nb) three;\nc) four,", "noting\na) one;\n[-b) two;-]0.6\n{+b) three;+}0.6\nc) four,"},
		{"an item cites what came later", "noting\na) Resolution 5 (Rev. Dubai, 2018), on wicks;\nab) two;\nbc) three,", "noting\n{+a) Resolution 5 (Rev. Dubai, 2018), on wicks;+}\n[-a-]{+b+}) two;\n[-b-]{+c+}) three,"},
		{"an item without mark that cites what was replaced", "noting\nthat lamps burn, as Resolution 5 (Rev. Busan, 2014) says;\nba) two;\ncb) three,", "noting\n[-that lamps burn, as Resolution 5 (Rev. Busan, 2014) says;-]0.85\n[-b-]{+a+}) two;\n[-c-]{+b+}) three,"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, want := show(head+c.text), headShown+c.want; got != want {
				t.Errorf("got  %s\nwant %s", strings.TrimPrefix(got, headShown), strings.TrimPrefix(want, headShown))
			}
		})
	}
}

func TestTheSameInstrumentTwice(t *testing.T) {
	text := head + "noting\na) Resolution 5 (Rev. Dubai, 2018), on wicks;\nb) Resolution 6 (Busan, 2014Rev. Dubai, 2018), on oil;\nb) Resolution 7 (Rev. Busan, 2014), on glass;\nc) Resolution 5 (Rev. Busan, 2014), on wicks;\ndc) the rest,"
	want := headShown + "noting\n{+a) Resolution 5 (Rev. Dubai, 2018), on wicks;+}\nb) Resolution 6 ([-Busan, 2014-]{+Rev. Dubai, 2018+}), on oil;\n[-b) Resolution 7 (Rev. Busan, 2014), on glass;-]\n[-c) Resolution 5 (Rev. Busan, 2014), on wicks;-]\n[-d-]{+c+}) the rest,"
	if got := show(text); got != want {
		t.Errorf("got  %s", got)
	}
	p := redline.Split(text)
	if got, want := letters(p.Restored), "5 before \"b) \" \"a) \"\n"; !strings.Contains(got, "before \"b) \" \"a) \"") {
		t.Errorf("restored %s, want %s", got, want)
	}
	for _, s := range p.Spans {
		if strings.HasPrefix(s.Text, "c) ") && s.Rule != "same-instrument-twice" {
			t.Errorf("rule %s", s.Rule)
		}
	}
}

func TestMarksInTheMargin(t *testing.T) {
	for text, want := range map[string]string{
		"MOD\t\tRESOLUTION 5 (Kyoto, 1994)": "[=MOD\t\t=]RESOLUTION 5 (Kyoto, 1994)",
		" ADD AFCP/55A3/1\nA text":          "[= ADD AFCP/55A3/1=]\nA text",
		"SUP":                               "[=SUP=]",
		"MODEST lamps":                      "MODEST lamps",
	} {
		if got := show(text); got != want {
			t.Errorf("%q: got %q", text, got)
		}
	}
}

func TestBothTexts(t *testing.T) {
	p := redline.Split("MOD\t" + head + "noting\na)\tone  thing\nand more;\nb) two;\ncb) three,\n_______\n\n")
	const first = "RESOLUTION 9 (Rev. %[1]s)\nOn lamps\nThe Plenipotentiary Conference (%[1]s),\nnoting\na) one thing and more;\n"
	if want := fmt.Sprintf(first, "Busan, 2014") + "b) two;\nc) three,\n"; p.Before != want {
		t.Errorf("before:\n%s\nwant\n%s", p.Before, want)
	}
	if want := fmt.Sprintf(first, "Dubai, 2018") + "b) three,\n"; p.After != want {
		t.Errorf("after:\n%s\nwant\n%s", p.After, want)
	}
}

func TestEveryRuleSaysWhyHowElseAndWhere(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range redline.Rules() {
		if r.Name == "" || r.Reason == "" || r.Other == "" || r.Example == "" || seen[r.Name] {
			t.Errorf("%+v", r)
		}
		seen[r.Name] = true
	}
}
