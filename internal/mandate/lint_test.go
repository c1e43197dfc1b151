package mandate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"resolute/internal/mandate"
)

// golden reads the findings that a person found in the draft, by section.
func golden(t *testing.T) (required, others map[string]string) {
	t.Helper()
	_, rows := rowsIn(t, resolutions, "wtdc21-res30-draft.lint.tsv", "the golden findings are")
	required, others = map[string]string{}, map[string]string{}
	for _, row := range rows {
		key := fmt.Sprintf("%s %s:%s %q", row[1], row[2], row[3], row[4])
		if row[0] == "required" {
			required[key] = row[5]
		} else {
			others[key] = row[5]
		}
	}
	return required, others
}

func TestTheDraftHasTheFindingsThatAPersonFound(t *testing.T) {
	required, others := golden(t)
	got := map[string]bool{}
	for _, f := range mandate.Lint(parseFile(t, "wtdc21-res30-draft.txt")) {
		key := fmt.Sprintf("%s %d:%d %q", f.Rule, f.Line, f.Column, f.Found)
		got[key] = true
		expected, known := required[key]
		if !known {
			if _, other := others[key]; !other {
				t.Errorf("nobody else found %s (%s)", key, f.Message)
			}
			continue
		}
		if f.Expected != expected {
			t.Errorf("%s: expected %q, a person expected %q", key, f.Expected, expected)
		}
	}
	for key := range required {
		if !got[key] {
			t.Errorf("not found: %s", key)
		}
	}
	for key := range others {
		if !got[key] {
			t.Logf("not looked for: %s", key)
		}
	}
}

// requiredRules are the rules that a clean text keeps.
func requiredRules(t *testing.T) []string {
	required, _ := golden(t)
	var rules []string
	for key := range required {
		var rule string
		_, _ = fmt.Sscan(key, &rule)
		rules = append(rules, rule)
	}
	slices.Sort(rules)
	return slices.Compact(rules)
}

func TestCleanTextsHaveNoFinding(t *testing.T) {
	rules := requiredRules(t)
	for _, name := range []string{"itu/pp18-resolution-94.txt", "itu/pp18-resolution-150.txt", "itu/pp18-resolution-205.txt", "itu/pp18-resolution-209.txt", "un/A_RES_69_145.txt", "un/A_RES_56_183.txt"} {
		for _, f := range mandate.Lint(parseFile(t, name)) {
			if slices.Contains(rules, f.Rule) {
				t.Errorf("%s:%d:%d %s %q: %s", name, f.Line, f.Column, f.Rule, f.Found, f.Message)
			}
		}
	}
}

func TestCounterExamples(t *testing.T) {
	for name, want := range map[string][]string{
		"itu/pp18-resolution-160.txt": {"citation-older-than-known note 10"},
		"un/A_RES_60_252.txt":         {"footnote-mark-without-footnote warning 15", "footnote-mark-without-footnote warning 22"},
	} {
		rules := requiredRules(t)
		var got []string
		for _, f := range mandate.Lint(parseFile(t, name)) {
			if slices.Contains(rules, f.Rule) {
				got = append(got, fmt.Sprintf("%s %s %d", f.Rule, f.Severity, f.Line))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

// What is stale is judged by the day of the text: the conference that adopts it is not over, and
// what is two conferences old was likely left on purpose.
func TestStaleCitationsAreJudgedByTheDayOfTheText(t *testing.T) {
	head := "RESOLUTION 160 (Rev. Dubai, 2018)\nTitle\nThe Plenipotentiary Conference (Dubai, 2018),\n"
	for name, c := range map[string]struct{ text, want string }{
		"the edition in force":                 {"recalling\na) Resolution 34 (Rev. Dubai, 2018) of the Plenipotentiary Conference,\n", ""},
		"the edition of the conference before": {"recalling\na) Resolution 34 (Rev. Busan, 2014) of the Plenipotentiary Conference,\n", "citation-older-than-known warning"},
		"an edition older than that":           {"recalling\na) Resolution 34 (Rev. Guadalajara, 2010) of the Plenipotentiary Conference,\n", "citation-older-than-known note"},
		"a task at a conference that is over":  {"resolves to instruct the Secretary-General\n1 to report to the next Plenipotentiary Conference (Busan, 2014) on the results.\n", "citation-of-past-conference warning"},
		"a task at the conference that adopts": {"resolves to instruct the Secretary-General\n1 to report to the Plenipotentiary Conference (Dubai, 2018) on the results.\n", ""},
		"a task at the next conference":        {"resolves to instruct the Secretary-General\n1 to report to the next Plenipotentiary Conference (Bucharest, 2022) on the results.\n", ""},
		"a task that was, in a recital":        {"recalling\na) the decision to report to the Plenipotentiary Conference (Busan, 2014) on the results,\n", ""},
	} {
		got := ""
		for _, f := range mandate.Lint(mandate.Parse(head + c.text)) {
			if strings.HasPrefix(f.Rule, "citation-o") {
				got += f.Rule + " " + string(f.Severity)
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Each language has its own words for a task at a conference; what a conference has done, or
// decided, is none.
func TestATaskAtAConferenceThatIsOverIsSeenInSixLanguages(t *testing.T) {
	heads := map[string]string{
		"en": "RESOLUTION 160 (Rev. Dubai, 2018)\nTitle of the text\nThe Plenipotentiary Conference of the International Telecommunication Union (Dubai, 2018),\nresolves to instruct the Secretary-General\n1 ",
		"fr": "RÉSOLUTION 160 (Rév. Dubaï, 2018)\nTitre de la résolution\nLa Conférence de plénipotentiaires de l'Union internationale des télécommunications (Dubaï, 2018),\ncharge le Secrétaire général\n1 ",
		"es": "RESOLUCIÓN 160 (Rev. Dubái, 2018)\nTítulo de la resolución\nLa Conferencia de Plenipotenciarios de la Unión Internacional de Telecomunicaciones (Dubái, 2018),\nencarga al Secretario General\n1 ",
		"ru": "РЕЗОЛЮЦИЯ 160 (Пересм. Дубай, 2018 г.)\nНазвание резолюции\nПолномочная конференция Международного союза электросвязи (Дубай, 2018 г.),\nпоручает Генеральному секретарю\n1 ",
		"ar": "القرار 160 (المراجَع في دبي، 2018)\nعنوان القرار\nإن مؤتمر المندوبين المفوضين للاتحاد الدولي للاتصالات (دبي، 2018)،\nيكلف الأمين العام\n1 ",
		"zh": "第160号决议（2018年，迪拜，修订版）\n决议的标题\n国际电信联盟全权代表大会（2018年，迪拜），\n责成秘书长\n1 ",
	}
	for _, c := range []struct {
		lang, task string
		want       string // found
	}{
		{"en", "to report on the results to the next Plenipotentiary Conference (Busan, 2014).", "(Busan, 2014)"},
		{"fr", "de présenter un rapport à la prochaine Conférence de plénipotentiaires (Busan, 2014).", "(Busan, 2014)"},
		{"es", "que presente un informe a la próxima Conferencia de Plenipotenciarios (Busán, 2014).", "(Busán, 2014)"},
		{"ru", "представить отчет следующей Полномочной конференции (Пусан, 2014 г.).", "(Пусан, 2014 г.)"},
		{"ar", "أن يقدم تقريراً إلى مؤتمر المندوبين المفوضين المقبل (بوسان، 2014).", "(بوسان، 2014)"},
		{"zh", "向下届全权代表大会（2014年，釜山）提交报告。", "（2014年，釜山）"},
		{"fr", "de présenter un rapport à la prochaine Conférence de plénipotentiaires (Bucarest, 2022).", ""},
		{"fr", "de présenter un rapport sur les décisions de la Conférence de plénipotentiaires (Busan, 2014).", ""},
		{"es", "que presente un informe sobre las decisiones de la Conferencia de Plenipotenciarios (Busán, 2014).", ""},
		{"ru", "представить отчет о выполнении решений Полномочной конференции (Пусан, 2014 г.).", ""},
		{"ar", "أن يقدم تقريراً عن قرارات مؤتمر المندوبين المفوضين (بوسان، 2014).", ""},
		{"zh", "执行全权代表大会（2014年，釜山）的决定。", ""},
	} {
		got := ""
		doc := mandate.Parse(heads[c.lang] + c.task + "\n")
		for _, f := range mandate.Lint(doc) {
			if f.Rule == "citation-of-past-conference" {
				got += f.Found
			}
		}
		if got != c.want || string(doc.Lang) != c.lang {
			t.Errorf("%s (%s, of %s): %q, want %q", c.task, doc.Lang, doc.Day, got, c.want)
		}
	}
}

// FuzzLint holds citations and findings of any text to its lines.
func FuzzLint(f *testing.F) {
	f.Add("RESOLUTION 30 (Rev. BusanDubai, 20142018)\nTitle\nThe Plenipotentiary Conference (Dubai, 2018),\nrecalling\na) b)§§ 27 c) and 50 d) of the Tunis Agenda;\na) Resolutions 102 and 130 (Rev. Dubai, 2018) of this conference1,\n")
	f.Add("70/125. T\nThe General Assembly,\nRecalling its resolution 70/1 of 25 September 2015,\n1. Requests the Secretary-General to report;\n(a) in time;\n(i) and in full.\n")
	f.Fuzz(func(t *testing.T, text string) {
		doc := mandate.Parse(text)
		for _, c := range mandate.Cite(doc) {
			line := []rune(strings.TrimRight(doc.Lines[c.Line-1], "\r\n"))
			if c.Start < 0 || c.Start >= c.End || c.End > len(line) {
				t.Fatalf("citation %d..%d of a line of %d signs", c.Start, c.End, len(line))
			}
		}
		for _, x := range mandate.Lint(doc) {
			if x.Line < 1 || x.Line > len(doc.Lines) || x.Column < 1 || x.Column > len([]rune(doc.Lines[x.Line-1]))+1 || x.Found == "" {
				t.Fatalf("finding %+v of %d lines", x, len(doc.Lines))
			}
		}
	})
}

func BenchmarkLint(b *testing.B) {
	text := "RESOLUTION 30 (Rev. Dubai, 2018)\nTitle\nThe Plenipotentiary Conference (Dubai, 2018),\nrecalling\n" +
		strings.Repeat("a) Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference, on the outcomes of WSIS and § 27 of the Tunis Agenda;\n", 200)
	doc := mandate.Parse(text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		mandate.Lint(doc)
	}
}
