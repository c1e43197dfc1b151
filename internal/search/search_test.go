package search_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"resolute/internal/search"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Genève":                    "geneve",
		"AÑO Español":               "año español",
		"Œuvre, Straße":             "oeuvre, strasse",
		"Ещё Йод":                   "еще йод",
		"ＩＣＴ":                       "ict",
		"المُجْتَمَع":               "المجتمع",
		"الإنترنـت":                 "الانترنت",
		"信息社会":                      "信息社会",
		"e\u0301cole":               "ecole",
		"Ǿresund":                   "oresund",
		"год ٢٠٣٠ ۲۰۲۱":             "год 2030 2021",
		"همکاری":                    "همكاري",
		"infor\u00admación \u200fx": "informacion x",
		"Подготовки\u0306":          "подготовкй",
	} {
		if got := search.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTokens(t *testing.T) {
	for in, want := range map[string][]string{
		"Target 9.c, line C7.1.": {"target", "9.c", "line", "c7.1"},
		"End. Next":              {"end", "next"},
		"信息社会 2030":              {"信息", "息社", "社会", "2030"},
		"使用ICT设备":                {"使用", "ict", "设备"},
		"水":                      {"水"},
		"二〇三〇年":                  {"二〇", "〇三", "三〇", "〇年"},
		"XM-DAC-41303-P1":        {"xm", "dac", "41303", "p1"},
		"l'accès à l'Internet":   {"l", "acces", "a", "l", "internet"},
		"":                       nil,
	} {
		if got := search.Tokens(in); !slices.Equal(got, want) {
			t.Errorf("Tokens(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestQueryFindsInSixLanguages(t *testing.T) {
	for _, c := range []struct{ text, typed string }{
		{"Rural broadband in Côte d'Ivoire", "cote rur"},
		{"Le Sommet mondial à Genève", "geneve"},
		{"Formación del año 2024", "año form"},
		{"Подготовка учителей всё ещё", "еще учител"},
		{"مجتمع المعلومات والاتصالات", "معلومات"},
		{"مجتمع المعلومات والاتصالات", "اتصالات"},
		{"معلومات واتصالات", "المعلومات"},
		{"信息社会世界峰会", "社会"},
		{"信息社会世界峰会", "峰"},
		{"identifier XX-1", "xx 1"},
		{"A policy for rural networks", "policies network"},
		{"Training in each country", "trainings countries"},
		{"Un réseau numérique national", "réseaux numériques"},
		{"Red de mujeres: capacitación en una región", "redes capacitaciones regiones"},
		{"Развитие цифровой связи", "развития цифровая связь"},
		{"Accès des écoles rurales", "l'accès"},
		{"Accès des écoles rurales", "l’école"},
		{"Formation d’élèves", "qu'élève D'ÉLÈVE"},
		{"Plan national de Côte d'Ivoire", "cote d'ivoire"},
		{"Skills for women", "women's skills"},
		{"L", "l"},
		{"L'A", "l'a"},
		{"L'S", "l's"},
		{"تدريب النساء وتنمية المهارات", "تنمية"},
		{"تدريب النساء وتنمية المهارات", "التنمية"},
		{"برنامج لتدريب المعلمات", "تدريب"},
		{"برنامج لتدريب المعلمات", "معلمة"},
		{"خدمة للمواطنين", "الخدمات"},
		{"الوصول وبخدمات الشبكات", "خدمة الشبكة"},
		{"برنامج وللتنمية المستدامة", "تنمية"},
		{"شراكة وبالتعاون مع البلديات", "التعاون"},
		{"Rural broadband", `"broadband"`},
		{"Rural broadband", `“rural” broad`},
		{"Rural broadband", `"broad`},
	} {
		words := search.Padded(search.Index(c.text)...)
		if !search.ParseQuery(c.typed).Match(words) {
			t.Errorf("%q does not find %q", c.typed, c.text)
		}
	}
}

func TestQueryDoesNotFindWhatIsNotThere(t *testing.T) {
	for _, c := range []struct{ text, typed string }{
		{"Rural broadband", "band"},
		{"Rural broadband", "rural satellite"},
		{"Año nuevo", "ano"},
		{"Rural broadband", `"broad"`},
		{"Rural networks", `"network"`},
		{"Organic farming", "organization"},
		{"Accès des écoles", `"l'accès"`},
		{"وتنمية", `"تنمية"`},
		{"بريد", "يد"},
		{"ذات", "ذه"},
		{"信息社会", "会信"},
		{"abc", "b"},
	} {
		if search.ParseQuery(c.typed).Match(search.Padded(search.Index(c.text)...)) {
			t.Errorf("%q finds %q", c.typed, c.text)
		}
	}
	if !search.ParseQuery(" ,. ").Empty() {
		t.Error("a query without words is not empty")
	}
}

func TestEveryTextIsFoundByItsOwnWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		if !search.ParseQuery(text).Match(search.Padded(search.Index(text)...)) {
			t.Fatalf("%q is not found by itself", text)
		}
	})
}

func TestFoldingTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := search.Fold(rapid.String().Draw(t, "text"))
		if twice := search.Fold(once); twice != once {
			t.Fatalf("%q folds to %q", once, twice)
		}
	})
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"9.c", "信息社会", "المعلومات", "é\xff", "\xf4ˡ", "ß.1."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, w := range search.Tokens(s) {
			if w == "" || strings.ContainsAny(w, " \n\t") || (utf8.ValidString(s) && !utf8.ValidString(w)) {
				t.Fatalf("Tokens(%q) holds %q", s, w)
			}
		}
		if once := search.Fold(s); search.Fold(once) != once {
			t.Fatalf("%q folds to %q", once, search.Fold(once))
		}
	})
}

func BenchmarkIndex(b *testing.B) {
	text := strings.Repeat("Support to the national broadband plan of the ministry, phase 2; réseau dorsal rural à Genève. ", 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		search.Index(text)
	}
}

// BenchmarkMatch scans the words of 15,000 activities once an operation.
func BenchmarkMatch(b *testing.B) {
	texts := make([]string, 15_000)
	for i := range texts {
		texts[i] = search.Padded(search.Index(longText, "XM-DEMO-"+strconv.Itoa(i))...)
	}
	q := search.ParseQuery("sommet demo minis")
	for b.Loop() {
		for _, words := range texts {
			q.Match(words)
		}
	}
}

// longText has about the length of an activity's titles and descriptions.
var longText = strings.Join([]string{
	"Support to the national broadband plan: backbone, towers and access in remote districts, phase 2.",
	"The ministry and partners build 900 km of fibre, train 120 technicians and open twenty community centres.",
	"Appui au plan national : réseau dorsal, pylônes et accès dans les districts isolés, suite du Sommet.",
	"Поддержка национального плана широкополосной связи в отдалённых районах.",
	"دعم الخطة الوطنية للنطاق العريض في المناطق النائية والمعزولة",
	"支持国家宽带计划，覆盖偏远地区",
}, " ")
